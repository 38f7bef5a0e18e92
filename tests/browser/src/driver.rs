//! The driver's process: started on a port of its own choice, ended with the value.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;

use crate::config::Config;

/// A running driver.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// One driver for one browser, so that nothing is left when a test dies.
    pub fn start(config: &Config) -> Driver {
        const TRIES_MAX: usize = 5;
        // The port that it picks must be free for IPv4 and IPv6; where it is not, it gives up.
        let driver = (0..TRIES_MAX).find_map(|_| Driver::try_start(config));
        driver.unwrap_or_else(|| panic!("{} does not start", config.driver.display()))
    }

    fn try_start(config: &Config) -> Option<Driver> {
        let mut process = Command::new(&config.driver)
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {}: {error}", config.driver.display()));
        let mut lines = BufReader::new(process.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
        let Some(port) = lines.find_map(|line| port_in(&line)) else {
            let _ = process.wait();
            return None;
        };
        // What it says later must not fill the pipe.
        thread::spawn(move || lines.for_each(drop));
        Some(Driver { process, port })
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// "ChromeDriver was started successfully on port 41234."
fn port_in(line: &str) -> Option<u16> {
    // An earlier line names the port that was asked for: 0.
    line.rsplit_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
}
