//! How many bytes the site costs, part by part, and the limits for them.

use crate::{
    Result,
    site::{Program, Site},
};

/// For what the first screen needs, text to work on included: the first part of the wasm, JavaScript and
/// styles, compressed with brotli. It holds what was reached, so that growth is seen: whoever raises it says
/// in the change for what.
pub const FIRST_SCREEN_LIMIT_BYTES: usize = 450_000;
/// For that and all that is loaded later.
pub const WHOLE_LIMIT_BYTES: usize = 650_000;

const BROTLI_QUALITY: i32 = 11;
const BROTLI_WINDOW: i32 = 24;

/// Sizes of one kind of file of one program, in bytes.
struct Part {
    program: Program,
    kind: &'static str,
    raw_bytes: usize,
    brotli_bytes: usize,
}

pub struct Report {
    parts: Vec<Part>,
    wasm_unoptimised_bytes: usize,
    single_file_bytes: usize,
}

impl Report {
    /// `wasm_unoptimised_bytes` is the size of the page's wasm before wasm-opt, for comparison only.
    pub fn new(site: &Site, wasm_unoptimised_bytes: usize, single_file_bytes: usize) -> Result<Report> {
        let mut sizes = Vec::new();
        let page = ["wasm", "js", "css"].map(|kind| (Program::Page, kind));
        let parts = Program::PARTS.map(|program| (program, "wasm"));
        let scripts = [Program::Exchange, Program::PageReader].map(|program| (program, "js"));
        for (program, kind) in page.into_iter().chain(parts).chain(scripts) {
            let (_, bytes) = site.only(program, &format!(".{kind}"))?;
            sizes.push(Part { program, kind, raw_bytes: bytes.len(), brotli_bytes: brotli_bytes(bytes)? });
        }
        Ok(Report { parts: sizes, wasm_unoptimised_bytes, single_file_bytes })
    }

    /// What the first screen needs.
    fn first_screen_bytes(&self) -> usize {
        let is_first = |part: &&Part| part.program == Program::Page;
        self.parts.iter().filter(is_first).map(|part| part.brotli_bytes).sum()
    }

    fn whole_bytes(&self) -> usize {
        self.parts.iter().map(|part| part.brotli_bytes).sum()
    }

    pub fn print(&self) {
        println!("  {:15}{:>11}{:>11}", "", "raw", "brotli");
        for Part { program, kind, raw_bytes, brotli_bytes } in &self.parts {
            let name = format!("{} {kind}", program.stem());
            println!("  {name:15}{:>11}{:>11}", grouped(*raw_bytes), grouped(*brotli_bytes));
        }
        let line = |what: &str, bytes: usize, limit: usize| {
            println!("  {what:15}{:>11}{:>11}  of {}", "", grouped(bytes), grouped(limit));
        };
        line("first screen", self.first_screen_bytes(), FIRST_SCREEN_LIMIT_BYTES);
        line("everything", self.whole_bytes(), WHOLE_LIMIT_BYTES);
        println!("  the page's wasm before wasm-opt: {}", grouped(self.wasm_unoptimised_bytes));
        println!("  sourcier.html: {}", grouped(self.single_file_bytes));
    }

    pub fn check(&self) -> Result<String> {
        let first = check("first screen", self.first_screen_bytes(), FIRST_SCREEN_LIMIT_BYTES)?;
        let whole = check("everything", self.whole_bytes(), WHOLE_LIMIT_BYTES)?;
        Ok(format!("{first}, {whole}"))
    }
}

fn check(what: &str, bytes: usize, limit: usize) -> Result<String> {
    let summary = format!("{what} {} of {} bytes", grouped(bytes), grouped(limit));
    if bytes <= limit { Ok(summary) } else { Err(format!("too big: {summary}")) }
}

fn brotli_bytes(bytes: &[u8]) -> Result<usize> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)
        .map_err(|error| format!("brotli: {error}"))
}

/// With a thin space between thousands, as in `122 592`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).unwrap()).collect();
    groups.join(" ")
}

#[test]
fn a_limit_holds_at_below_and_above() {
    assert!(check("", 9, 10).is_ok());
    assert!(check("", 10, 10).is_ok());
    assert!(check("", 11, 10).is_err());
}

#[test]
fn groups_digits_and_compresses() {
    assert_eq!((grouped(7), grouped(122_592)), ("7".to_owned(), "122 592".to_owned()));
    assert!(brotli_bytes(&[b'a'; 10_000]).unwrap() < 100);
}
