//! All that only Chromium has: its options, and what goes past WebDriver to its DevTools.
//!
//! Another browser gets a file like this one. Firefox and WebKit have a preference or a BiDi
//! command for most of it; a test that needs what a browser lacks is skipped there by name.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::config::Config;
use crate::page::{Screen, Theme};
use crate::webdriver::Session;

/// Hosts that the browser itself asks now and then, whatever it is told: for updates, for the
/// time, to be quick at a search. No page of ours has any business there.
const OWN_HOSTS: [&str; 5] = ["google.com", "googleapis.com", "gvt1.com", "gstatic.com", "duckduckgo.com"];

/// Whether a request, as the proxy gets it, is the browser's own and not the page's.
pub fn is_own_errand(target: &str) -> bool {
    let host = target.split_once("://").map_or(target, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    OWN_HOSTS.iter().any(|own| host == *own || host.ends_with(&format!(".{own}")))
}

/// What the browser must be started with.
pub struct Start<'s> {
    pub profile: &'s Path,
    /// The browser's languages, the first one counting: `fr-FR`.
    pub language: &'s str,
    /// Everything that is not on this machine goes there.
    pub proxy: &'s str,
    /// Whether the browser takes it that a screen reader is there.
    pub is_read_aloud: bool,
}

pub fn capabilities(config: &Config, start: &Start<'_>) -> Value {
    let mut arguments = vec![
        "--headless".to_string(),
        "--disable-gpu".into(),
        "--disable-quic".into(),
        "--no-first-run".into(),
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--disable-sync".into(),
        // Asks a server for the time.
        "--disable-features=NetworkTimeServiceQuerying".into(),
        "--disable-dev-shm-usage".into(),
        "--force-color-profile=srgb".into(),
        format!("--user-data-dir={}", start.profile.display()),
        format!("--lang={}", start.language),
    ];
    if start.is_read_aloud {
        arguments.push("--force-renderer-accessibility".into());
    }
    if is_root() {
        arguments.push("--no-sandbox".into());
    }
    json!({
        "browserName": "chrome",
        "pageLoadStrategy": "normal",
        "unhandledPromptBehavior": "accept",
        "proxy": { "proxyType": "manual", "httpProxy": start.proxy, "sslProxy": start.proxy },
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "binary": config.browser,
            "args": arguments,
            "prefs": {
                // No connections ahead of need: those to a search engine are not the page's.
                "net.network_prediction_options": 2,
                "intl.accept_languages": start.language,
                "download.default_directory": start.profile.join("downloads"),
            },
        },
    })
}

/// Runs a script in every document of the current tab, before any of its own.
pub fn add_preload_script(session: &Session, script: &str) {
    devtools(session, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
}

/// Makes the system light or dark.
pub fn set_theme(session: &Session, theme: Theme) {
    let value = match theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
    devtools(session, "Emulation.setEmulatedMedia", json!({ "features": features }));
}

/// Lays the page out for paper.
pub fn set_print(session: &Session) {
    devtools(session, "Emulation.setEmulatedMedia", json!({ "media": "print" }));
}

/// Gives the page a viewport of this size, in CSS pixels.
pub fn set_screen(session: &Session, screen: Screen) {
    devtools(
        session,
        "Emulation.setDeviceMetricsOverride",
        json!({
            "width": screen.width, "height": screen.height, "deviceScaleFactor": screen.scale,
            "mobile": screen.touch,
        }),
    );
    let touch = json!({ "enabled": screen.touch, "maxTouchPoints": 5 });
    devtools(session, "Emulation.setTouchEmulationEnabled", touch);
}

/// The errors on the console since the last call.
pub fn console_errors(session: &Session) -> Vec<String> {
    let entries = session.try_post("se/log", json!({ "type": "browser" })).unwrap_or_default();
    let entries = entries.as_array().cloned().unwrap_or_default();
    let is_error = |entry: &&Value| entry["level"] == "SEVERE";
    entries.iter().filter(is_error).map(|entry| entry["message"].to_string()).collect()
}

/// The number of the browser's process.
pub fn process(session: &Session) -> u64 {
    session.capabilities["goog:processID"].as_u64().expect("the browser tells its process")
}

pub fn collect_garbage(session: &Session) {
    devtools(session, "HeapProfiler.collectGarbage", json!({}));
}

/// How many nodes and listeners there are, those that are no longer in the page but cannot go included.
pub fn nodes_and_listeners(session: &Session) -> (u64, u64) {
    let counters = devtools(session, "Memory.getDOMCounters", json!({}));
    let count = |key: &str| counters[key].as_u64().expect("a count");
    (count("nodes"), count("jsEventListeners"))
}

/// How long scripts have run in the current page, in seconds.
pub fn script_seconds(session: &Session) -> f64 {
    devtools(session, "Performance.enable", json!({}));
    let answer = devtools(session, "Performance.getMetrics", json!({}));
    let mut metrics = answer["metrics"].as_array().into_iter().flatten();
    let found = metrics.find(|metric| metric["name"] == "ScriptDuration");
    found.and_then(|metric| metric["value"].as_f64()).expect("the time of scripts")
}

/// What a screen reader gets of an element and all in it: role, name and description of each node.
pub fn spoken(session: &Session, selector: &str) -> Vec<[String; 3]> {
    let document = devtools(session, "DOM.getDocument", json!({ "depth": 0 }));
    let find = json!({ "nodeId": document["root"]["nodeId"], "selector": selector });
    let element = devtools(session, "DOM.querySelector", find);
    let answer = devtools(session, "Accessibility.queryAXTree", json!({ "nodeId": element["nodeId"] }));
    let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_string();
    let nodes = answer["nodes"].as_array().into_iter().flatten();
    nodes.map(|node| [&node["role"], &node["name"], &node["description"]].map(text)).collect()
}

/// Ends the browser at once, as a crash or a power cut would.
pub fn kill(session: &Session) {
    let process = process(session);
    let status = Command::new("kill").args(["-9", &process.to_string()]).status();
    assert!(status.is_ok_and(|status| status.success()), "the browser was gone before");
    // Its profile is free once the process is gone.
    while Path::new(&format!("/proc/{process}/exe")).exists() {
        std::thread::yield_now();
    }
}

fn devtools(session: &Session, command: &str, parameters: Value) -> Value {
    session.post("goog/cdp/execute", json!({ "cmd": command, "params": parameters }))
}

/// Chromium's sandbox does not run as root.
fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0)
}
