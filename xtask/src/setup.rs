//! Sets up what building the page needs: the wasm target, Trunk, wasm-bindgen.
//!
//! Every tool is looked for first and installed only when it is missing or of another version. Tools go
//! where `cargo install` puts them, so that the next clone on the machine finds them.

use crate::{
    Result,
    command::{self, command},
    project::Project,
    steps::seconds,
    tools,
};
use std::{env, ffi::OsString, fs, path::PathBuf, process::Command, time::Instant};

const TRUNK_VERSION: &str = "0.21.14";
const WASM_TARGET: &str = "wasm32-unknown-unknown";
const TARGET_DIR: &str = "CARGO_TARGET_DIR";

/// Debian's own Rust, for where rustup cannot fetch the wasm target. It brings the sources of the
/// standard library, which is then built along.
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];

/// By which the packages are known to be there.
const DEBIAN_FILES: [&str; 4] = [
    "/usr/bin/rustc",
    "/usr/bin/cargo",
    "/usr/bin/wasm-ld-19",
    "/usr/lib/rustlib/src/rust/library/Cargo.lock",
];

/// How to call Trunk on this machine.
pub struct Toolchain {
    variables: Vec<(&'static str, OsString)>,
}

impl Toolchain {
    pub fn trunk(&self, project: &Project) -> Command {
        let mut trunk = command("trunk");
        trunk.current_dir(&project.root).envs(self.variables.iter().cloned());
        if env::var_os("NO_COLOR").is_some() {
            trunk.env("NO_COLOR", "true"); // Trunk refuses the customary `1`.
        }
        trunk
    }

    /// For release builds: without this machine's folders in the messages of panics, so that the
    /// same sources give the same bytes anywhere.
    pub fn trunk_release(&self, project: &Project) -> Command {
        let registry = command::cargo_home().join("registry/src");
        let registries = fs::read_dir(registry).into_iter().flatten().flatten().map(|entry| entry.path());
        let folders = registries.chain([project.root.clone()]);
        let mut flags: Vec<String> =
            folders.map(|folder| format!("--remap-path-prefix={}/=", folder.display())).collect();
        // Less code for the SHA-256, of which there is one for each text.
        flags.push("--cfg=sha2_backend_soft=\"compact\"".to_owned());
        let mut trunk = self.trunk(project);
        trunk.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        trunk
    }

    /// Where Cargo, called by Trunk, puts what it builds for the wasm target.
    pub fn wasm_dir(&self, project: &Project) -> PathBuf {
        let own = self.variables.iter().find(|(name, _)| *name == TARGET_DIR);
        own.map_or_else(|| project.target.clone(), |(_, dir)| dir.into()).join(WASM_TARGET)
    }
}

/// Sets up what is missing, and says what it does and how long it took.
pub fn prepare(project: &Project) -> Result<Toolchain> {
    let started = Instant::now();
    let toolchain = wasm_target(project)?;
    tool("trunk", "trunk", TRUNK_VERSION, "three minutes")?;
    let version = project.locked_version("wasm-bindgen")?;
    tool("wasm-bindgen", "wasm-bindgen-cli", &version, "one minute")?;
    println!("  set-up took {}", seconds(started.elapsed()));
    Ok(toolchain)
}

fn wasm_target(project: &Project) -> Result<Toolchain> {
    if has_wasm_target() {
        println!("  {WASM_TARGET}: there");
        return Ok(Toolchain { variables: Vec::new() });
    }
    if DEBIAN_FILES.iter().all(|path| fs::exists(path).unwrap_or(false)) {
        println!("  {WASM_TARGET}: by Debian's own Rust");
        return Ok(debian_toolchain(project));
    }
    let by_rustup = timed(&format!("{WASM_TARGET}: adding by rustup"), || {
        command::run(command("rustup").args(["target", "add", WASM_TARGET]))
    });
    if by_rustup.is_ok() && has_wasm_target() {
        return Ok(Toolchain { variables: Vec::new() });
    }
    println!("  {WASM_TARGET}: rustup could not add it, trying Debian's own Rust");
    timed("installing it", || tools::apt_install(&DEBIAN_PACKAGES)).map_err(|error| {
        let packages = DEBIAN_PACKAGES.join(" ");
        format!(
            "the target {WASM_TARGET} is missing; `rustup target add {WASM_TARGET}` adds it, or \
             Debian's packages {packages} ({error})"
        )
    })?;
    Ok(debian_toolchain(project))
}

fn has_wasm_target() -> bool {
    let mut rustc = command("rustc");
    let dir = command::output(rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]));
    dir.is_some_and(|dir| fs::read_dir(dir).is_ok_and(|mut files| files.next().is_some()))
}

/// With a build folder of its own: the two compilers would throw away each other's work.
fn debian_toolchain(project: &Project) -> Toolchain {
    let mut path = OsString::from("/usr/bin:");
    path.push(env::var_os("PATH").unwrap_or_default());
    path.push(":");
    path.push(command::cargo_bin());
    let variables = vec![
        ("PATH", path),
        ("RUSTC", "/usr/bin/rustc".into()),
        ("RUSTC_BOOTSTRAP", "1".into()),
        ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".into()),
        ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19".into()),
        (TARGET_DIR, project.target.join("debian").into()),
    ];
    Toolchain { variables }
}

/// Installs `program` from `package` unless it is there in that version.
fn tool(program: &str, package: &str, version: &str, duration: &str) -> Result<()> {
    let found = command::output(command(program).arg("--version"));
    match found.as_deref().and_then(|line| line.split_whitespace().nth(1)) {
        Some(found) if found == version => {
            println!("  {program} {version}: there");
            return Ok(());
        }
        Some(other) => println!("  {program}: found {other}, which {version} will replace"),
        None => {}
    }
    timed(&format!("{program} {version}: building it, about {duration} on two cores"), || {
        install(package, version, &["--locked"]).or_else(|_| {
            // Some releases lock a crate that is gone from the registry.
            println!("  … that did not work; once more with newer dependencies");
            install(package, version, &[])
        })
    })
}

/// A debug build without debug info: much quicker to make, and quick enough to use.
fn install(package: &str, version: &str, extra: &[&str]) -> Result<()> {
    let build_dir = BuildDir::new(package);
    let mut cargo = command("cargo");
    cargo.args(["install", package, "--version", version, "--debug", "--quiet"]).args(extra);
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_TARGET_DIR", &build_dir.0);
    // Not from within the project: its settings are not for other packages.
    command::run(cargo.current_dir(env::temp_dir()))
}

/// A folder to build in, removed when dropped.
struct BuildDir(PathBuf);

impl BuildDir {
    fn new(package: &str) -> BuildDir {
        BuildDir(env::temp_dir().join(format!("sourcier-{package}-{}", std::process::id())))
    }
}

impl Drop for BuildDir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0); // May never have been made.
    }
}

fn timed(what: &str, action: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("  {what}");
    let started = Instant::now();
    action()?;
    println!("  … done in {}", seconds(started.elapsed()));
    Ok(())
}
