//! Tools that are not Rust: Chromium and its driver, Node, and three packages for Node.
//!
//! As root on Debian the missing ones are installed; elsewhere the error says how to get them.

use crate::{
    Result,
    command::{self, command},
    project::Project,
};
use std::{env, fs, path::PathBuf, process::Command};

const BINARYEN_VERSION: &str = "132.0.0";
const TERSER_VERSION: &str = "5.51.4";
const AXE_VERSION: &str = "4.14.1";

/// What the npm packages bring, in the build folder.
pub struct NpmTools {
    /// To be run by Node, as is the next.
    pub wasm_opt: PathBuf,
    pub terser: PathBuf,
    /// The accessibility rules, one script to inject.
    pub axe: PathBuf,
}

pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

impl Browser {
    /// Tells a program that drives a browser which one, and where the release is.
    pub fn tell(&self, program: &mut Command, project: &Project) {
        program.env("SOURCIER_DIST", project.dist());
        program.env("SOURCIER_CHROMEDRIVER", &self.driver).env("SOURCIER_CHROMIUM", &self.chromium);
    }
}

/// Binaryen, Terser and axe-core at their pinned versions, installed where not yet there.
pub fn npm_tools(project: &Project) -> Result<NpmTools> {
    need("node", "nodejs")?;
    let dir = project.target.join("tools");
    let packages = [("binaryen", BINARYEN_VERSION), ("terser", TERSER_VERSION), ("axe-core", AXE_VERSION)];
    let modules = dir.join("node_modules");
    let is_there = |(name, version): &(&str, &str)| {
        let manifest = fs::read_to_string(modules.join(name).join("package.json")).unwrap_or_default();
        manifest.contains(&format!("\"version\": \"{version}\""))
    };
    if !packages.iter().all(is_there) {
        need("npm", "npm")?;
        fs::create_dir_all(&dir).map_err(|error| format!("cannot make the folder for tools: {error}"))?;
        // All at once: without a package.json, npm removes what it is not asked for.
        let mut npm = command(command::find_program("npm").unwrap_or_else(|| "npm".into()));
        npm.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
        npm.args(packages.map(|(name, version)| format!("{name}@{version}")));
        command::run(npm.arg("--prefix").arg(".").current_dir(&dir))?;
    }
    Ok(NpmTools {
        wasm_opt: modules.join("binaryen/bin/wasm-opt"),
        terser: modules.join("terser/bin/terser"),
        axe: modules.join("axe-core/axe.min.js"),
    })
}

/// Chromium and its driver; the variables that the browser tests read may name others.
pub fn browser() -> Result<Browser> {
    let driver =
        named_by("SOURCIER_CHROMEDRIVER").map_or_else(|| need("chromedriver", "chromium-driver"), Ok)?;
    let others = || ["chromium-browser", "google-chrome"].into_iter().find_map(command::find_program);
    let chromium =
        named_by("SOURCIER_CHROMIUM").or_else(|| command::find_program("chromium")).or_else(others);
    let chromium = chromium.map_or_else(|| need("chromium", "chromium"), Ok)?;
    Ok(Browser { chromium, driver })
}

/// Installs Debian packages. Fails when this is no Debian or we are not root.
pub fn apt_install(packages: &[&str]) -> Result<()> {
    let is_root = command::output(command("id").arg("-u")).as_deref() == Some("0");
    if !is_root || !fs::exists("/etc/debian_version").unwrap_or(false) {
        return Err("as root on Debian this happens by itself".to_owned());
    }
    command::run(command("apt-get").args(["update", "-qq"]))?;
    let mut install = command("apt-get");
    install.args(["install", "-qq", "-y", "--no-install-recommends"]).args(packages);
    command::run(install.env("DEBIAN_FRONTEND", "noninteractive"))
}

/// The program, from Debian's `package` where it is missing.
fn need(program: &str, package: &str) -> Result<PathBuf> {
    if let Some(path) = command::find_program(program) {
        return Ok(path);
    }
    println!("  {program}: missing, installing {package}");
    apt_install(&[package]).map_err(|error| format!("{program} is missing; install {package} ({error})"))?;
    command::find_program(program)
        .ok_or_else(|| format!("{program} is missing, also after installing {package}"))
}

fn named_by(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from)
}
