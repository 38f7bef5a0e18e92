//! All automation of the project: `cargo xtask serve`, `test`, `bench` and `dist`.
//!
//! Two commands do everything on a fresh machine that has Rust; what is missing is set up on the way.
//! `dist` turns Trunk's release build into a [`site::Site`] in memory, changes it step by step, and
//! writes it as a folder for any host and as one self-contained file.

mod bench;
mod command;
mod consumers;
mod csp;
mod digest;
mod dist;
mod exchange;
mod html;
mod page_reader;
mod project;
mod serve;
mod setup;
mod shrink;
mod single_file;
mod site;
mod size;
mod split;
mod steps;
mod test;
mod tools;
mod worker;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask serve [--open] [--release] [--port N]   set up, build and serve on 127.0.0.1:8080
cargo xtask test [--fast] [--no-browser] [--consumers]
                                                    every check there is
    --fast         no wasm build, no sizes, no browser
    --no-browser   no browser
    --consumers    the programs that our files are for read them: sets up their Python packages once
cargo xtask bench [--smoke] [--samples N] [--only open,scroll] [--cases small,large]
                                                    the release beside a bare page, in a real browser
    --smoke        the smallest document once, without judging times
    --samples N    open each document N times
cargo xtask dist                                    the release: dist/ and dist/sourcier.html";

/// What went wrong, as a sentence for the person at the terminal.
type Result<T> = std::result::Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nerror: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let project = project::Project::find();
    let Some((name, options)) = arguments.split_first() else {
        println!("{USAGE}");
        return Ok(());
    };
    match name.as_str() {
        "serve" => serve::run(&project, &serve::Options::parse(options)?),
        "bench" => bench::run(&project, &bench::Options::parse(options)?),
        "test" => test::run(&project, &test::Options::parse(options)?),
        "dist" => {
            no_more(options)?;
            dist::run(&project)
        }
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(unknown(name)),
    }
}

fn no_more(options: &[String]) -> Result<()> {
    options.first().map_or(Ok(()), |option| Err(unknown(option)))
}

fn unknown(argument: &str) -> String {
    format!("unknown argument `{argument}`\n\n{USAGE}")
}
