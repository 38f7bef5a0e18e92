//! The project's own text files, and Rust sources without comments and strings.

use std::{fs, path::Path};

pub struct Source {
    /// From the root of the project, with `/` between folders.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
    }

    /// A problem in the line where byte `at` of a text lies that has the same lines as ours.
    pub fn problem(&self, at: usize, text: &str, message: &str) -> String {
        let line = text[..at].matches('\n').count() + 1;
        format!("{}:{line}: {message}", self.path)
    }
}

const EXTENSIONS: [&str; 9] = ["rs", "css", "js", "html", "toml", "md", "json", "webmanifest", "svg"];

/// Every text file of ours, but for what is built and what tests read as data.
pub fn read_all() -> Vec<Source> {
    let mut sources = Vec::new();
    read_dir(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut sources);
    sources.sort_by(|left, right| left.path.cmp(&right.path));
    sources
}

fn read_dir(dir: &Path, prefix: &str, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(dir).expect("the project can be read") {
        let entry = entry.expect("the project can be read").path();
        let path = format!("{prefix}{}", entry.file_name().unwrap_or_default().to_string_lossy());
        let is_foreign = ["target", "dist", "node_modules", ".git", "tests/data", "static/vendor"]
            .contains(&path.as_str());
        if entry.is_dir() && !is_foreign {
            read_dir(&entry, &format!("{path}/"), sources);
        } else if path == ".ci/run" || EXTENSIONS.iter().any(|known| path.ends_with(&format!(".{known}"))) {
            let text = fs::read_to_string(&entry).unwrap_or_else(|error| panic!("{path}: {error}"));
            sources.push(Source { path, text });
        }
    }
}

/// Rust code with the insides of comments, strings and characters left out, and the same lines.
pub fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let skipped = not_code_length(rest, code.chars().next_back());
        if skipped == 0 {
            code.push(next);
            rest = &rest[next.len_utf8()..];
        } else {
            code.extend(rest[..skipped].chars().filter(|char| *char == '\n'));
            rest = &rest[skipped..];
        }
    }
    code
}

/// The string literals of Rust code: where each starts, in bytes, and what stands between its quotes.
pub fn strings(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let skipped = not_code_length(&text[at..], text[..at].chars().next_back());
        let literal = &text[at..at + skipped];
        if let (true, Some(start), Some(end)) =
            (!literal.starts_with('/'), literal.find('"'), literal.rfind('"'))
            && start < end
        {
            found.push((at, &literal[start + 1..end]));
        }
        at += skipped.max(next.len_utf8());
    }
    found
}

/// How many bytes of comment, string or character stand at the start; 0 for code.
fn not_code_length(text: &str, before: Option<char>) -> usize {
    let follows_name = before.is_some_and(|last| last.is_alphanumeric() || last == '_');
    match text.chars().next() {
        Some('/') if text.starts_with("//") => text.find('\n').unwrap_or(text.len()),
        Some('/') if text.starts_with("/*") => text.find("*/").map_or(text.len(), |end| end + 2),
        Some('r') if !follows_name => raw_string_length(text),
        Some('"') => string_length(text),
        Some('\'') => character_length(text),
        _ => 0,
    }
}

/// Of `r"…"` or `r#"…"#` at the start; 0 when there is none.
fn raw_string_length(text: &str) -> usize {
    let hashes = text[1..].chars().take_while(|next| *next == '#').count();
    let start = 1 + hashes + 1;
    if text.as_bytes().get(start - 1) != Some(&b'"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    text[start..].find(&end).map_or(text.len(), |at| start + at + end.len())
}

fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, next) in text.char_indices().skip(1) {
        match next {
            '"' if !is_escaped => return at + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}

/// Of a character literal at the start; 0 for a lifetime.
fn character_length(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, _))) => text[at + 1..].find('\'').map_or(0, |end| at + 1 + end + 1),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

#[test]
fn leaves_out_what_is_not_code() {
    let check = |text: &str, code: &str| assert_eq!(code_only(text), code, "{text}");
    check("a // b\nc", "a \nc");
    check("a /* b\n */ c", "a \n c");
    check(r#"a("b\"c", d)"#, "a(, d)");
    check("a(r#\"b\"c\nd\"#, e)", "a(\n, e)");
    check(r"a('b', '\'', '\u{1f}', '«') + c::<'static>()", "a(, , , ) + c::<'static>()");
    check("for_r(\"b\")", "for_r()");
}

#[test]
fn finds_strings() {
    let check = |text: &str, found: &[(usize, &str)]| assert_eq!(strings(text), found, "{text}");
    check(r#"a("b\"c", '"', "d") // "e""#, &[(2, r#"b\"c"#), (15, "d")]);
    check("r#\"b\"c\"# + \"\"", &[(0, "b\"c"), (11, "")]);
}
