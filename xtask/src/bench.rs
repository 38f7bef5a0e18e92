//! `cargo xtask bench`: the release beside a bare page, in one real browser.
//!
//! The bench is a program of its own, `tests/bench`, so that xtask stays quick to build.

use crate::{
    Result,
    command::{self, command},
    dist,
    project::Project,
    setup::{self, Toolchain},
    steps::Outcome,
    tools, unknown,
};
use std::path::{Path, PathBuf};

#[derive(Default)]
pub struct Options {
    is_smoke: bool,
    /// How often each document is opened; the bench's own number where none is given.
    samples: Option<u32>,
    /// Passed on: which parts, and on which documents.
    choices: Vec<String>,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Options> {
        let mut options = Options::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--smoke" => options.is_smoke = true,
                "--samples" => {
                    let samples = arguments.next().and_then(|samples| samples.parse().ok());
                    options.samples = Some(samples.ok_or("--samples needs a number, as in `--samples 9`")?);
                }
                "--only" | "--cases" => {
                    let chosen = arguments.next().ok_or_else(|| format!("{argument} needs names"))?;
                    options.choices.extend([argument.clone(), chosen.clone()]);
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
    println!("\n== release");
    dist::build(project, &toolchain)?;
    println!("\n== bench");
    drive(project, &tools::browser()?, Some(&empty_page(project, &toolchain)?), options)
}

/// Builds what the start is measured beside: a page of Yew with nothing on it. The folder.
fn empty_page(project: &Project, toolchain: &Toolchain) -> Result<PathBuf> {
    let dir = project.target.join("bench-empty");
    let mut trunk = toolchain.trunk_release(project);
    trunk.args(["build", "--release", "--public-url", "./", "--dist"]).arg(&dir);
    command::run(trunk.arg(project.root.join("tests/bench/empty/index.html")))?;
    Ok(dir)
}

/// Goes through everything once with the smallest document, in the release that is there.
pub fn smoke(project: &Project) -> Outcome {
    match tools::browser() {
        Ok(browser) => {
            drive(project, &browser, None, &Options { is_smoke: true, ..Options::default() }).into()
        }
        Err(how) => Outcome::Missing(how),
    }
}

fn drive(
    project: &Project,
    browser: &tools::Browser,
    empty_page: Option<&Path>,
    options: &Options,
) -> Result<()> {
    let mut bench = command("cargo");
    bench.args(["run", "--quiet", "--package", "sourcier-bench", "--"]).current_dir(&project.root);
    if options.is_smoke {
        bench.arg("--smoke");
    }
    if let Some(samples) = options.samples {
        bench.args(["--samples", &samples.to_string()]);
    }
    bench.args(&options.choices);
    if let Some(folder) = empty_page {
        bench.env("SOURCIER_EMPTY_PAGE", folder);
    }
    browser.tell(&mut bench, project);
    command::run(&mut bench)
}

#[test]
fn reads_options() {
    let parse = |text: &str| Options::parse(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let options = parse("--smoke --samples 9 --only open,start").unwrap();
    assert_eq!((options.is_smoke, options.samples), (true, Some(9)));
    assert_eq!(options.choices, ["--only", "open,start"]);
    assert!(!parse("").unwrap().is_smoke && parse("--samples").is_err() && parse("--fast").is_err());
}
