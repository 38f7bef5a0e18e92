//! The programs that our files are for, as Python packages, and their checks of the golden files.
//!
//! They are in a virtual environment in the build folder, which only `--consumers` makes: about a
//! minute and one gigabyte, once. The ordinary test needs no Python.

use crate::{
    Result,
    command::{self, command},
    project::Project,
    steps::Outcome,
};
use std::{fs, path::PathBuf};

const CHECKS: &str = "tests/consumers";

/// The second is installed without the packages that it asks for, most of which are of a web server.
const REQUIREMENTS: [(&str, &[&str]); 2] =
    [("requirements.txt", &["--constraint", "constraints.txt"]), ("requirements-bare.txt", &["--no-deps"])];

/// What an environment was made of, so that one of other requirements is made anew.
const STAMP: &str = "made-of.txt";

/// Whether the packages are there as they are required now.
pub fn are_set_up(project: &Project) -> bool {
    fs::read_to_string(environment(project).join(STAMP)).is_ok_and(|made_of| made_of == wanted(project))
}

/// Runs all checks, after setting up what is missing.
pub fn check(project: &Project) -> Outcome {
    if !are_set_up(project) {
        let Some(python) = command::find_program("python3") else {
            return Outcome::Missing("python3 is missing; Python 3.11 or newer has it".to_owned());
        };
        if let Err(message) = set_up(project, python) {
            return Outcome::Failed(message);
        }
    }
    let mut run = command(python(project));
    command::run(run.arg("-B").arg(format!("{CHECKS}/run.py")).current_dir(&project.root)).into()
}

fn set_up(project: &Project, python3: PathBuf) -> Result<()> {
    command::run(command(python3).args(["-m", "venv", "--clear"]).arg(environment(project)))?;
    for (file, options) in REQUIREMENTS {
        let mut pip = command(python(project));
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        command::run(pip.args(["--requirement", file]).args(options).current_dir(project.root.join(CHECKS)))?;
    }
    fs::write(environment(project).join(STAMP), wanted(project))
        .map_err(|error| format!("cannot write into the environment: {error}"))
}

fn environment(project: &Project) -> PathBuf {
    project.target.join("consumers-venv")
}

fn python(project: &Project) -> PathBuf {
    environment(project).join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

/// The contents of all files of requirements.
fn wanted(project: &Project) -> String {
    let files = ["requirements.txt", "requirements-bare.txt", "constraints.txt"];
    let read = |file| fs::read_to_string(project.root.join(CHECKS).join(file)).unwrap_or_default();
    files.map(read).concat()
}
