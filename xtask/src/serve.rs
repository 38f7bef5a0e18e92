//! `cargo xtask serve`: set-up, then Trunk's server, which builds again after each change.

use crate::{Result, command, project::Project, setup, unknown};

const PORT: u16 = 8080;

pub struct Options {
    opens_browser: bool,
    is_release: bool,
    port: u16,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Options> {
        let mut options = Options { opens_browser: false, is_release: false, port: PORT };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--open" => options.opens_browser = true,
                "--release" => options.is_release = true,
                "--port" => {
                    let port = arguments.next().and_then(|port| port.parse().ok());
                    options.port = port.ok_or("--port needs a number, as in `--port 8081`")?;
                }
                _ => return Err(unknown(argument)),
            }
        }
        Ok(options)
    }
}

pub fn run(project: &Project, options: &Options) -> Result<()> {
    println!("== set-up");
    let toolchain = setup::prepare(project)?;
    println!("\n== build and serve; Ctrl+C stops it");
    println!("  Sourcier will be at http://127.0.0.1:{}/", options.port);
    let mut trunk =
        if options.is_release { toolchain.trunk_release(project) } else { toolchain.trunk(project) };
    trunk.args(["serve", "--address", "127.0.0.1", "--port", &options.port.to_string()]);
    trunk.arg("--dist").arg(project.target.join("trunk"));
    if options.opens_browser {
        trunk.arg("--open");
    }
    if options.is_release {
        trunk.arg("--release");
    }
    command::run(&mut trunk)
}

#[test]
fn reads_options() {
    let parse = |text: &str| Options::parse(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let options = parse("--open --port 8081").unwrap();
    assert_eq!((options.opens_browser, options.is_release, options.port), (true, false, 8081));
    assert_eq!(parse("").unwrap().port, PORT);
    assert!(parse("--port").is_err() && parse("--port x").is_err() && parse("--fast").is_err());
}
