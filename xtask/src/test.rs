//! `cargo xtask test`: every check there is, here and in CI.
//!
//! The order is from quick to slow. Clippy, the native tests and the browser tests share the debug
//! profile; only the page itself is built for release, once.

use crate::{
    Result, bench,
    command::{self, command},
    consumers, dist,
    project::Project,
    setup,
    steps::{Outcome, Steps},
    tools, unknown,
};

const BROWSER_TESTS: &str = "sourcier-browser-tests";
const BENCH: &str = "bench, smallest size";

pub struct Options {
    /// Neither wasm nor a browser.
    is_fast: bool,
    has_browser: bool,
    /// Sets up the programs that read our files where they are not there yet.
    has_consumers: bool,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Options> {
        let mut options = Options { is_fast: false, has_browser: true, has_consumers: false };
        for argument in arguments {
            match argument.as_str() {
                "--fast" => options.is_fast = true,
                "--no-browser" => options.has_browser = false,
                "--consumers" => options.has_consumers = true,
                _ => return Err(unknown(argument)),
            }
        }
        Ok(options)
    }
}

pub fn run(project: &Project, options: &Options) -> Result<()> {
    let mut steps = Steps::new();
    steps.run("format", || component("rustfmt").and_then(|()| cargo(project, "fmt --all --check")).into());
    steps.run("clippy", || {
        let clippy = "clippy --quiet --workspace --all-targets -- --deny warnings";
        component("clippy").and_then(|()| cargo(project, clippy)).into()
    });
    steps.run("purity", || cargo(project, "check --quiet --lib --no-default-features").into());
    steps.run("native tests", || {
        cargo(project, &format!("test --quiet --workspace --exclude {BROWSER_TESTS}")).into()
    });
    steps.run("consumers", || match options.has_consumers || consumers::are_set_up(project) {
        false => Outcome::Skipped("needs --consumers".to_owned()),
        true => consumers::check(project),
    });
    if options.is_fast {
        for name in ["wasm build", "size", "browser tests", BENCH] {
            steps.run(name, || Outcome::Skipped("--fast".to_owned()));
        }
        return steps.finish();
    }

    let mut release = None;
    steps.run("wasm build", || {
        match setup::prepare(project).and_then(|chain| dist::build(project, &chain)) {
            Ok(built) => {
                release = Some(built);
                Outcome::Passed(String::new())
            }
            Err(message) => Outcome::Failed(message),
        }
    });
    steps.run("size", || release.as_ref().map_or_else(no_build, size));
    steps.run("browser tests", || match options.has_browser {
        false => Outcome::Skipped("--no-browser".to_owned()),
        true if release.is_none() => no_build(),
        true => browser_tests(project),
    });
    steps.run(BENCH, || match options.has_browser {
        false => Outcome::Skipped("--no-browser".to_owned()),
        true if release.is_none() => no_build(),
        true => bench::smoke(project),
    });
    steps.finish()
}

fn size(release: &dist::Release) -> Outcome {
    release.sizes.print();
    // Without wasm-opt and Terser the sizes say nothing about what people will load.
    if let Some(how) = &release.shrinking_missing {
        return Outcome::Missing(format!("without wasm-opt and Terser: {how}"));
    }
    release.sizes.check().map_or_else(Outcome::Failed, Outcome::Passed)
}

fn browser_tests(project: &Project) -> Outcome {
    let tools = tools::browser().and_then(|browser| Ok((browser, tools::npm_tools(project)?)));
    let (browser, npm_tools) = match tools {
        Ok(tools) => tools,
        Err(how) => return Outcome::Missing(how),
    };
    let mut tests = command("cargo");
    tests.args(["test", "--quiet", "--package", BROWSER_TESTS]).current_dir(&project.root);
    browser.tell(&mut tests, project);
    tests.env("SOURCIER_AXE", npm_tools.axe);
    command::run(&mut tests).into()
}

fn no_build() -> Outcome {
    Outcome::Skipped("the wasm build failed".to_owned())
}

fn cargo(project: &Project, arguments: &str) -> Result<()> {
    command::run(command("cargo").args(arguments.split(' ')).current_dir(&project.root))
}

/// Adds clippy or rustfmt where rustup was told to install the least.
fn component(name: &str) -> Result<()> {
    let program = if name == "clippy" { "clippy-driver" } else { name };
    if command::output(command(program).arg("--version")).is_some() {
        return Ok(());
    }
    command::run(command("rustup").args(["component", "add", name]))
}

#[test]
fn reads_options() {
    let parse = |text: &str| Options::parse(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let options = parse("--fast --no-browser --consumers").unwrap();
    assert_eq!((options.is_fast, options.has_browser, options.has_consumers), (true, false, true));
    let options = parse("").unwrap();
    assert!(options.has_browser && !options.has_consumers);
    assert!(parse("--slow").is_err());
}
