//! What a test works at: a server, a profile of its own, and the browsers started on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use crate::chromium;
use crate::config::{Config, config};
use crate::page::{Page, Visit};
use crate::server::{Request, Server};

/// How many tests have a browser at one time.
const BENCHES_MAX: usize = 2;

/// A server with the built page, and a profile that browsers can share one after the other.
pub struct Bench {
    pub config: &'static Config,
    pub server: Server,
    profile: PathBuf,
    _place: Place,
}

/// Runs a test in a browser just started, as on a first visit. The page is open and ready.
pub fn visit(test: impl FnOnce(&mut Page)) {
    visit_as(&Visit::default(), test);
}

/// As [`visit`], by a visitor of this kind.
pub fn visit_as(visit: &Visit, test: impl FnOnce(&mut Page)) {
    bench(|bench| {
        let mut page = bench.visit(visit);
        test(&mut page);
    });
}

/// Runs a test that starts its browsers itself. Does nothing, and says so, where there is no
/// built page to test.
pub fn bench(test: impl FnOnce(&Bench)) {
    if let Some(config) = config() {
        test(&Bench::new(config));
    }
}

/// Says on the terminal that a part of the tests was skipped, and why. Panics under `CI`.
pub fn skip(reason: &str) {
    crate::config::skip(reason);
}

impl Bench {
    fn new(config: &'static Config) -> Bench {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let place = Place::take();
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let profile = std::env::temp_dir().join(format!("sourcier-test-{}-{number}", process::id()));
        fs::create_dir_all(&profile).expect("a folder for the profile");
        Bench { config, server: Server::start(&config.dist), profile, _place: place }
    }

    /// A browser on this bench's profile, with nothing open yet.
    pub fn start(&self, visit: &Visit) -> Page {
        Page::start(self, visit)
    }

    /// A browser with the page open and ready.
    pub fn visit(&self, visit: &Visit) -> Page {
        let page = self.start(visit);
        page.open(&self.server.url(""));
        page
    }

    /// What the pages asked for until now, the browser's own errands left out.
    pub fn requests(&self) -> Vec<Request> {
        let mut requests = self.server.requests();
        requests.retain(|request| !chromium::is_own_errand(&request.target));
        requests
    }

    pub fn profile(&self) -> &Path {
        &self.profile
    }

    /// Waits for the file that the browser saves, gives its text, and takes it away.
    #[track_caller]
    pub fn wait_download(&self, page: &Page) -> String {
        String::from_utf8(self.wait_file(page).1).expect("a text")
    }

    /// Waits for the file that the browser saves, gives its name and its bytes, and takes it away.
    #[track_caller]
    pub fn wait_file(&self, page: &Page) -> (String, Vec<u8>) {
        let saved = || {
            let file = fs::read_dir(self.profile.join("downloads")).ok()?.flatten().next()?.path();
            // While it is written it has a name of its own.
            let name = file.file_name()?.to_string_lossy().into_owned();
            let is_whole = !name.starts_with('.')
                && !name.ends_with(".crdownload")
                && !name.ends_with(".tmp")
                // Before it is renamed, an empty file holds its place.
                && fs::metadata(&file).is_ok_and(|file| file.len() > 0);
            is_whole.then_some((name, file))
        };
        page.wait("a file is saved", || saved().is_some());
        let (name, file) = saved().expect("the file that was there");
        let bytes = fs::read(&file).expect("the file can be read");
        fs::remove_file(file).expect("the file goes");
        (name, bytes)
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.profile);
    }
}

static TAKEN: Mutex<usize> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

/// One of the places for a test with a browser.
struct Place;

impl Place {
    fn take() -> Place {
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |taken: &mut usize| *taken >= BENCHES_MAX;
        let mut taken = FREED.wait_while(taken, is_full).unwrap_or_else(PoisonError::into_inner);
        *taken += 1;
        Place
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        FREED.notify_one();
    }
}
