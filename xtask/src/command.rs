//! Running other programs and looking for them.

use crate::Result;
use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A command that also finds what `cargo install` has installed, where PATH does not name that folder.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env("PATH", search_path());
    command
}

/// Runs `command` with its output on the terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let name = describe(command);
    println!("  $ {name}");
    let status = command.status().map_err(|error| format!("`{name}` did not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` failed ({status})")) }
}

/// Runs `command` and gives what it prints; its errors go to the terminal.
pub fn run_for_output(command: &mut Command) -> Result<String> {
    let name = describe(command);
    println!("  $ {name}");
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("`{name}` did not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{name}` failed ({})", output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("`{name}` printed what is not UTF-8"))
}

/// What `command` prints, or `None` when it cannot be run or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The program of that name on the search path.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let file_name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&search_path()).map(|dir| dir.join(&file_name)).find(|path| path.is_file())
}

/// The folder where `cargo install` puts programs.
pub fn cargo_bin() -> PathBuf {
    env::var_os("CARGO_INSTALL_ROOT").map_or_else(cargo_home, PathBuf::from).join("bin")
}

pub fn cargo_home() -> PathBuf {
    let home = || env::home_dir().unwrap_or_default().join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}

fn search_path() -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut dirs: Vec<PathBuf> = env::split_paths(&path).collect();
    // Last: where PATH names it, its place there stays.
    dirs.push(cargo_bin());
    env::join_paths(dirs).unwrap_or(path)
}

/// The command as one would type it, with the program's name only.
fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ")
}
