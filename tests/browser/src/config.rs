//! What the tests are told from outside: the built page, the browser and its driver.

use std::env;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Set by `cargo xtask test`.
pub struct Config {
    /// The release: a folder with `index.html` and `sourcier.html`.
    pub dist: PathBuf,
    pub driver: PathBuf,
    pub browser: PathBuf,
    /// The accessibility rules, a script to inject.
    pub axe: Option<PathBuf>,
}

/// `None`, and a line that says why, where there is nothing to test. Panics under `CI`.
pub fn config() -> Option<&'static Config> {
    static CONFIG: OnceLock<Option<Config>> = OnceLock::new();
    CONFIG.get_or_init(|| read().map_err(|reason| skip(&reason)).ok()).as_ref()
}

/// Says on the terminal that a test was skipped, past the test runner, which would swallow it.
pub fn skip(reason: &str) {
    assert!(env::var_os("CI").is_none(), "{reason}");
    let _ = writeln!(std::io::stderr(), "\nBROWSER TESTS SKIPPED: {reason}");
}

fn read() -> Result<Config, String> {
    let dist = path("SOURCIER_DIST")
        .ok_or("SOURCIER_DIST is not set: run `cargo xtask test`, or name the folder of a release")?;
    if !dist.join("index.html").is_file() {
        return Err(format!("SOURCIER_DIST has no index.html: {}", dist.display()));
    }
    Ok(Config {
        dist,
        driver: path("SOURCIER_CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into()),
        browser: path("SOURCIER_CHROMIUM").unwrap_or_else(|| "chromium".into()),
        axe: path("SOURCIER_AXE"),
    })
}

fn path(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}
