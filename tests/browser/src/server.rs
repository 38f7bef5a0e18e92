//! A static server as a plain host would be: files, media types, an hour in the HTTP cache. It
//! notes every request, and can be told to serve another folder, or to be away.
//!
//! It is also the browser's proxy for everything that is not on this machine, so that a request
//! to another host is noted too, and refused.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    pub method: String,
    /// `/path` for one to this server; a whole address for one to any other.
    pub target: String,
}

#[derive(Debug)]
struct Site {
    /// `None` while the server is away.
    folder: Option<PathBuf>,
    /// Files that take the place of those in the folder.
    replaced: HashMap<String, Vec<u8>>,
    requests: Vec<Request>,
}

/// Serves until the process ends.
#[derive(Debug)]
pub struct Server {
    port: u16,
    site: Arc<Mutex<Site>>,
}

impl Server {
    pub fn start(folder: &Path) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let site =
            Site { folder: Some(folder.to_path_buf()), replaced: HashMap::new(), requests: Vec::new() };
        let site = Arc::new(Mutex::new(site));
        let served = site.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let site = served.clone();
                thread::spawn(move || answer(stream, &site));
            }
        });
        Server { port, site }
    }

    /// `127.0.0.1:port`.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{}", self.host(), path.trim_start_matches('/'))
    }

    /// What was asked for until now.
    pub fn requests(&self) -> Vec<Request> {
        self.lock().requests.clone()
    }

    pub fn forget_requests(&self) {
        self.lock().requests.clear();
    }

    /// Serves this folder from now on; `None` drops every connection.
    pub fn serve(&self, folder: Option<&Path>) {
        self.lock().folder = folder.map(Path::to_path_buf);
    }

    /// Serves other bytes under a path.
    pub fn replace(&self, path: &str, bytes: Vec<u8>) {
        self.lock().replaced.insert(path.to_string(), bytes);
    }

    fn lock(&self) -> MutexGuard<'_, Site> {
        self.site.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers the one request of a connection.
fn answer(mut stream: TcpStream, site: &Mutex<Site>) {
    // A browser opens connections ahead of need; they must not stay for ever.
    let _ = stream.set_read_timeout(Some(Duration::from_secs(60)));
    let Some(request) = read_request(&stream) else { return };
    let found = {
        let mut site = site.lock().unwrap_or_else(PoisonError::into_inner);
        site.requests.push(request.clone());
        let Some(folder) = &site.folder else { return };
        let path = request.target.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
        let path = if path.is_empty() { "index.html" } else { path };
        find(folder, &site.replaced, path).map(|bytes| (media_type(path), bytes))
    };
    let is_known = request.method == "GET" && request.target.starts_with('/');
    let (status, media_type, bytes) = match found {
        Some((media_type, bytes)) if is_known => ("200 OK", media_type, bytes),
        _ => ("404 Not Found", "text/plain", b"not here".to_vec()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\
         Cache-Control: max-age=3600\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes));
}

fn read_request(stream: &TcpStream) -> Option<Request> {
    const HEAD_BYTES_MAX: u64 = 64 << 10;
    let mut lines = BufReader::new(stream.take(HEAD_BYTES_MAX)).lines();
    let first = lines.next()?.ok()?;
    // The rest of the head: nothing in it matters here.
    while !lines.next()?.ok()?.is_empty() {}
    let mut words = first.split(' ');
    Some(Request { method: words.next()?.to_string(), target: words.next()?.to_string() })
}

fn find(folder: &Path, replaced: &HashMap<String, Vec<u8>>, path: &str) -> Option<Vec<u8>> {
    if let Some(bytes) = replaced.get(path) {
        return Some(bytes.clone());
    }
    let is_inside = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    is_inside.then(|| fs::read(folder.join(path)).ok()).flatten()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
