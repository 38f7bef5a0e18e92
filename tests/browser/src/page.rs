//! The page in a browser: opening it, waiting for what it shows, running script in it.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::chromium;
use crate::driver::Driver;
use crate::webdriver::Session;

/// How long to wait for what must come. Long, since other work can hold the machine.
const DEADLINE: Duration = Duration::from_secs(30);
const POLL_EVERY: Duration = Duration::from_millis(20);

/// Functions that every script can use.
const IN_PAGE: &str = include_str!("in_page.js");
/// Listens for what the page's policy had to stop, from the first moment on.
const WATCH_POLICY: &str = "window.stopped = []; addEventListener('securitypolicyviolation', event =>
    stopped.push(`${event.effectiveDirective} stopped ${event.blockedURI} ${event.sample}`));";

/// Who comes, and with what.
#[derive(Clone, Debug)]
pub struct Visit {
    pub language: &'static str,
    pub theme: Theme,
    pub screen: Screen,
    /// With a screen reader.
    pub is_read_aloud: bool,
    /// Scripts that run before the page's own.
    pub before: Vec<String>,
}

/// The colours that the system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

/// The size of the viewport, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    pub width: u32,
    pub height: u32,
    /// Pixels of the device in one of CSS.
    pub scale: f64,
    /// A phone or tablet.
    pub touch: bool,
}

impl Screen {
    pub const DESKTOP: Screen = Screen { width: 1440, height: 900, scale: 1.0, touch: false };
    pub const PHONE: Screen = Screen { width: 390, height: 844, scale: 1.0, touch: true };
}

impl Default for Visit {
    fn default() -> Self {
        Visit {
            language: "fr-FR",
            theme: Theme::Light,
            screen: Screen::DESKTOP,
            is_read_aloud: false,
            before: Vec::new(),
        }
    }
}

/// A browser, and the page in its current tab.
pub struct Page {
    session: Session,
    visit: Visit,
    /// Parts of complaints that this test brings about.
    expected_complaints: RefCell<Vec<String>>,
    is_gone: bool,
    // Ended after the session.
    _driver: Driver,
}

/// A node of what a screen reader gets.
#[derive(Clone, Debug)]
pub struct Spoken {
    pub role: String,
    pub name: String,
    pub description: String,
}

/// A tab of the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab(String);

impl Page {
    pub(crate) fn start(bench: &Bench, visit: &Visit) -> Page {
        let driver = Driver::start(bench.config);
        let proxy = bench.server.host();
        let start = chromium::Start {
            profile: bench.profile(),
            language: visit.language,
            proxy: &proxy,
            is_read_aloud: visit.is_read_aloud,
        };
        let session = Session::new(&driver.url(), &chromium::capabilities(bench.config, &start));
        session.post("timeouts", json!({ "script": 30_000, "pageLoad": 30_000 }));
        let page = Page {
            session,
            visit: visit.clone(),
            expected_complaints: RefCell::default(),
            is_gone: false,
            _driver: driver,
        };
        page.prepare_tab();
        page
    }

    fn prepare_tab(&self) {
        chromium::set_screen(&self.session, self.visit.screen);
        chromium::set_theme(&self.session, self.visit.theme);
        chromium::add_preload_script(&self.session, WATCH_POLICY);
        for script in &self.visit.before {
            chromium::add_preload_script(&self.session, script);
        }
    }

    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// Goes to an address and waits until the page there is ready.
    #[track_caller]
    pub fn open(&self, url: &str) {
        self.go(url);
        self.wait_ready();
    }

    /// Goes to an address.
    #[track_caller]
    pub fn go(&self, url: &str) {
        self.session.post("url", json!({ "url": url }));
    }

    #[track_caller]
    pub fn reload(&self) {
        self.session.post("refresh", json!({}));
        self.wait_ready();
    }

    #[track_caller]
    pub fn wait_ready(&self) {
        self.wait("the page is ready", || self.is("window.sourcier && document.querySelector('#article')"));
        self.script_later("sourcier.ready");
        self.wait("the fonts are there", || self.is("document.fonts.status === 'loaded'"));
    }

    /// The value of an expression in the page.
    #[track_caller]
    pub fn script(&self, expression: &str) -> Value {
        self.script_with(expression, json!([]))
    }

    /// As [`Page::script`]; the expression knows the arguments as `arguments[0]` and so on.
    #[track_caller]
    pub fn script_with(&self, expression: &str, arguments: Value) -> Value {
        let script = format!("{IN_PAGE}\nreturn {expression};");
        self.session.post("execute/sync", json!({ "script": script, "args": arguments }))
    }

    /// The value of an expression that gives a promise.
    #[track_caller]
    pub fn script_later(&self, expression: &str) -> Value {
        self.script_later_with(expression, json!([]))
    }

    /// As [`Page::script_later`], with arguments. Panics where the promise is refused.
    #[track_caller]
    pub fn script_later_with(&self, expression: &str, arguments: Value) -> Value {
        let script = format!(
            "{IN_PAGE}\nconst answer = arguments[arguments.length - 1];
             (async () => ({expression}))().then(
                 (value) => answer({{ value: value ?? null }}),
                 (error) => answer({{ refused: String(error) }}));"
        );
        // Arrow functions see the arguments of the function around them.
        let body = json!({ "script": script, "args": arguments });
        let mut answer = self.session.post("execute/async", body);
        assert!(answer["refused"].is_null(), "{expression}: {}", answer["refused"]);
        answer["value"].take()
    }

    /// Whether an expression in the page is true.
    #[track_caller]
    pub fn is(&self, expression: &str) -> bool {
        self.script(&format!("Boolean({expression})")) == true
    }

    #[track_caller]
    pub fn text(&self, expression: &str) -> String {
        self.script(expression).as_str().unwrap_or_default().to_string()
    }

    #[track_caller]
    pub fn number(&self, expression: &str) -> f64 {
        self.script(expression).as_f64().unwrap_or(f64::NAN)
    }

    /// Waits until a condition holds; panics after the deadline.
    #[track_caller]
    pub fn wait(&self, what: &str, condition: impl Fn() -> bool) {
        let start = Instant::now();
        while !condition() {
            assert!(start.elapsed() < DEADLINE, "waited in vain until {what}");
            thread::sleep(POLL_EVERY);
        }
    }

    /// Waits until an expression in the page is true.
    #[track_caller]
    pub fn wait_for(&self, expression: &str) {
        self.wait(expression, || self.is(expression));
    }

    /// Waits until a value is the expected one; panics with both after the deadline.
    #[track_caller]
    pub fn expect<T: PartialEq + std::fmt::Debug>(&self, expected: T, value: impl Fn() -> T) {
        if let Err(found) = self.reach(&expected, value) {
            panic!("expected {expected:#?}\nfound {found:#?}");
        }
    }

    /// Waits until a value is the expected one, or gives the last other one after the deadline.
    #[track_caller]
    pub(crate) fn reach<T: PartialEq>(&self, expected: &T, value: impl Fn() -> T) -> Result<(), T> {
        let start = Instant::now();
        loop {
            let found = value();
            if found == *expected {
                return Ok(());
            }
            if start.elapsed() >= DEADLINE {
                return Err(found);
            }
            thread::sleep(POLL_EVERY);
        }
    }

    /// Waits until what was asked for is painted, and what moves has come to rest.
    #[track_caller]
    pub fn wait_frames(&self) {
        self.script_later(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
                .then(() => Promise.all(document.getAnimations().map((animation) => animation.finished)))
                .then(() => null)",
        );
    }

    pub fn tab(&self) -> Tab {
        Tab(self.session.get("window").as_str().unwrap_or_default().to_string())
    }

    /// Opens another tab, where the same visitor looks, and makes it the current one.
    pub fn new_tab(&self) -> Tab {
        let made = self.session.post("window/new", json!({ "type": "window" }));
        let tab = Tab(made["handle"].as_str().unwrap_or_default().to_string());
        self.switch_to(&tab);
        self.prepare_tab();
        tab
    }

    pub fn switch_to(&self, tab: &Tab) {
        self.session.post("window", json!({ "handle": tab.0 }));
    }

    /// Closes the current tab and goes to another.
    pub fn close_tab(&self, then: &Tab) {
        self.check_complaints();
        self.session.delete("window").expect("the tab closes");
        self.switch_to(then);
    }

    pub fn set_screen(&self, screen: Screen) {
        chromium::set_screen(&self.session, screen);
    }

    pub fn set_theme(&self, theme: Theme) {
        chromium::set_theme(&self.session, theme);
    }

    /// A picture of the viewport, in `target/screenshots`.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let picture = self.session.get("screenshot");
        let bytes = BASE64.decode(picture.as_str().unwrap_or_default()).expect("a picture");
        let folder = target_folder().join("screenshots");
        fs::create_dir_all(&folder).expect("a folder for screenshots");
        let path = folder.join(format!("{name}.png"));
        fs::write(&path, bytes).expect("a screenshot is written");
        path
    }

    /// This test brings about complaints with these words; they are no failure.
    pub fn expect_complaints(&self, words: &[&str]) {
        self.expected_complaints.borrow_mut().extend(words.iter().map(|word| (*word).to_string()));
    }

    /// Panics where the page's policy had to stop something, or an error is on the console.
    #[track_caller]
    pub fn check_complaints(&self) {
        let complaints = self.complaints();
        assert!(complaints.is_empty(), "the browser complains: {complaints:#?}");
    }

    fn complaints(&self) -> Vec<String> {
        let mut complaints = chromium::console_errors(&self.session);
        let stopped = self.session.try_post(
            "execute/sync",
            json!({ "script": "return window.stopped?.splice(0) ?? []", "args": [] }),
        );
        let stopped = stopped.unwrap_or_default();
        complaints.extend(stopped.as_array().into_iter().flatten().map(|line| line.to_string()));
        let expected = self.expected_complaints.borrow();
        complaints.retain(|complaint| !expected.iter().any(|words| complaint.contains(words)));
        complaints
    }

    /// Shows the page as it is printed. A print itself the driver gives ten seconds, which long texts on slow
    /// machines do not keep to.
    pub fn set_print(&self) {
        chromium::set_print(&self.session);
    }

    /// What a screen reader gets of an element and all in it.
    #[track_caller]
    pub fn spoken(&self, selector: &str) -> Vec<Spoken> {
        let nodes = chromium::spoken(&self.session, selector).into_iter();
        nodes.map(|[role, name, description]| Spoken { role, name, description }).collect()
    }

    /// The browser and its version.
    pub fn browser_name(&self) -> String {
        let says = |key: &str| self.session.capabilities[key].as_str().unwrap_or("?").to_string();
        format!("{} {}", says("browserName"), says("browserVersion"))
    }

    /// The process of the browser itself.
    pub fn browser_process(&self) -> u64 {
        chromium::process(&self.session)
    }

    /// Lets the page's memory go that nothing needs any more.
    pub fn collect_garbage(&self) {
        chromium::collect_garbage(&self.session);
    }

    /// How many nodes and listeners the page has and holds on to.
    pub fn nodes_and_listeners(&self) -> (u64, u64) {
        self.collect_garbage();
        chromium::nodes_and_listeners(&self.session)
    }

    /// How long scripts of this page have run until now, in seconds.
    pub fn script_seconds(&self) -> f64 {
        chromium::script_seconds(&self.session)
    }

    /// Ends the browser as a person does who closes its window.
    pub fn close(mut self) {
        self.check_complaints();
        self.is_gone = true;
        self.session.delete("").expect("the browser closes");
    }

    /// Ends the browser at once, as a crash or a power cut would.
    pub fn kill(mut self) {
        self.is_gone = true;
        chromium::kill(&self.session);
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if self.is_gone {
            return;
        }
        if thread::panicking() {
            let name = thread::current().name().unwrap_or("test").replace("::", "-");
            eprintln!("complaints: {:#?}", self.complaints());
            eprintln!("screenshot: {}", self.screenshot(&format!("failed-{name}")).display());
            let _ = self.session.delete("");
            return;
        }
        let complaints = self.complaints();
        let _ = self.session.delete("");
        assert!(complaints.is_empty(), "the browser complains: {complaints:#?}");
    }
}

/// Where cargo builds.
pub fn target_folder() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => project_folder().join("target"),
    }
}

/// The root of the project.
pub fn project_folder() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.ancestors().nth(2).unwrap_or(tests)
}
