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
        let mut process = Command::new(&config.driver)
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {}: {error}", config.driver.display()));
        let mut lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        let port = loop {
            let line = lines.next().and_then(Result::ok).expect("the driver says its port");
            if let Some(port) = port_in(&line) {
                break port;
            }
        };
        // What it says later must not fill the pipe.
        thread::spawn(move || lines.for_each(drop));
        Driver { process, port }
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
