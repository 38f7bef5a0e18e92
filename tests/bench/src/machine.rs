//! What it was measured on, and how much memory a browser takes.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// As the JSON file says it. What cannot be found out is null.
pub struct Machine {
    processor: Option<String>,
    cores: Option<usize>,
    memory_kb: Option<u64>,
    /// Of the last minute, when the measuring began: others may be at work.
    load: Option<f64>,
    system: Option<String>,
    browser: String,
    commit: Option<String>,
    samples: usize,
}

impl Machine {
    pub fn look(browser: String, samples: usize) -> Machine {
        let line_of = |path: &str, key: &str| {
            let text = fs::read_to_string(path).ok()?;
            let line = text.lines().find(|line| line.starts_with(key))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        };
        let number = |text: String| text.split_whitespace().next()?.parse().ok();
        Machine {
            processor: line_of("/proc/cpuinfo", "model name"),
            cores: std::thread::available_parallelism().ok().map(usize::from),
            memory_kb: line_of("/proc/meminfo", "MemTotal").and_then(number),
            load: fs::read_to_string("/proc/loadavg")
                .ok()
                .and_then(|load| load.split(' ').next()?.parse().ok()),
            system: output("uname", &["-sr"]),
            browser,
            commit: output("git", &["rev-parse", "--short", "HEAD"]),
            samples,
        }
    }

    pub fn to_json(&self) -> Value {
        json!({
            "processor": self.processor, "cores": self.cores, "memoryKb": self.memory_kb,
            "loadBefore": self.load, "system": self.system, "browser": self.browser,
            "commit": self.commit, "rounds": self.samples,
            "notes": "headless, painted by software, at a scale of 1; times by performance.now in the page",
        })
    }
}

/// The memory of the largest renderer among the processes under `browser`, in bytes.
pub fn renderer_bytes(browser: u64) -> Option<u64> {
    let processes: Vec<(u64, u64)> =
        fs::read_dir("/proc").ok()?.flatten().filter_map(|entry| parent_of(&entry.path())).collect();
    let mut family = vec![browser];
    let mut next = 0;
    while next < family.len() {
        let parent = family[next];
        family.extend(processes.iter().filter(|(_, of)| *of == parent).map(|(process, _)| *process));
        next += 1;
    }
    let is_renderer = |process: &&u64| {
        let command = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&command).contains("--type=renderer")
    };
    family.iter().filter(is_renderer).filter_map(|process| resident_bytes(*process)).max()
}

/// A process and its parent, from its folder in `/proc`.
fn parent_of(folder: &Path) -> Option<(u64, u64)> {
    let process = folder.file_name()?.to_str()?.parse().ok()?;
    let stat = fs::read_to_string(folder.join("stat")).ok()?;
    // The name, in brackets, may have spaces and brackets in it.
    let after_name = stat.rsplit_once(')')?.1;
    Some((process, after_name.split_whitespace().nth(1)?.parse().ok()?))
}

fn resident_bytes(process: u64) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    // Without the pages of files, which all renderers share.
    let line = status.lines().find(|line| line.starts_with("RssAnon:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1024)
}

fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
