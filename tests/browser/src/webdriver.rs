//! As much of WebDriver as the tests need, and nothing of any one browser.
//!
//! See <https://www.w3.org/TR/webdriver2/>. A command that fails panics with the browser's words:
//! a test has no use for an error that it did not expect.

use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;

/// How long one command may take, a page load included.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(60);

/// A session with a browser.
pub struct Session {
    agent: Agent,
    url: String,
    /// What the browser says about itself.
    pub capabilities: Value,
}

impl Session {
    pub fn new(driver_url: &str, capabilities: &Value) -> Session {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(COMMAND_TIMEOUT))
            .build()
            .new_agent();
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = send(agent.post(format!("{driver_url}/session")).send_json(body));
        let answer = answer.unwrap_or_else(|error| panic!("no browser: {error}"));
        let id = answer["sessionId"].as_str().expect("a session has an id");
        let url = format!("{driver_url}/session/{id}");
        Session { agent, url, capabilities: answer["capabilities"].clone() }
    }

    /// Sends a command and gives its value.
    #[track_caller]
    pub fn post(&self, command: &str, body: Value) -> Value {
        self.try_post(command, body).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    pub fn try_post(&self, command: &str, body: Value) -> Result<Value, String> {
        send(self.agent.post(format!("{}/{command}", self.url)).send_json(body))
    }

    #[track_caller]
    pub fn get(&self, command: &str) -> Value {
        let answer = send(self.agent.get(format!("{}/{command}", self.url)).call());
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Ends a part of the session, or with an empty command the session itself.
    pub fn delete(&self, command: &str) -> Result<Value, String> {
        let url = format!("{}/{command}", self.url);
        send(self.agent.delete(url.trim_end_matches('/')).call())
    }
}

type Answer = Result<ureq::http::Response<ureq::Body>, ureq::Error>;

fn send(answer: Answer) -> Result<Value, String> {
    let mut answer = answer.map_err(|error| error.to_string())?;
    let is_ok = answer.status().is_success();
    // A screenshot or an export may be larger than ureq's usual limit.
    let body = answer.body_mut().with_config().limit(256 << 20).read_json::<Value>();
    let mut body = body.map_err(|error| error.to_string())?;
    let value = body["value"].take();
    if is_ok {
        return Ok(value);
    }
    let words = |key: &str| value[key].as_str().unwrap_or_default().to_string();
    Err(format!("{}: {}", words("error"), words("message")))
}
