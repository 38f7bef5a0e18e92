//! Where things are: the checkout, the build folder, what Cargo.lock says.

use crate::Result;
use std::{env, fs, path::PathBuf};

pub struct Project {
    /// The root of the checkout.
    pub root: PathBuf,
    /// Cargo's build folder, also home of our own intermediate results.
    pub target: PathBuf,
}

impl Project {
    /// The project whose `cargo xtask` runs now.
    pub fn find() -> Project {
        // Cargo sets it at run time; the one known when compiling may be of another checkout that
        // shares the build folder.
        let manifest_dir =
            env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = PathBuf::from(manifest_dir).parent().expect("xtask/ lies in the checkout").to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => root.join(dir),
            None => root.join("target"),
        };
        Project { root, target }
    }

    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The version of `package` in Cargo.lock.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let lock = fs::read_to_string(&path).map_err(|error| format!("Cargo.lock: {error}"))?;
        version_in_lock(&lock, package).ok_or_else(|| format!("Cargo.lock does not name {package}"))
    }
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[test]
fn reads_the_version_of_exactly_that_package() {
    let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
    assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
    assert_eq!(version_in_lock(lock, "wasm"), None);
}
