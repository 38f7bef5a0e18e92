//! How many bytes a first visit costs, part by part, and the limit for them.

use crate::{Result, site::Site};

/// For wasm, JavaScript and styles together, compressed with brotli. It holds what was reached, so
/// that growth is seen: whoever raises it says in the change for what.
pub const BROTLI_LIMIT_BYTES: usize = 398_300;

const BROTLI_QUALITY: i32 = 11;
const BROTLI_WINDOW: i32 = 24;

/// Sizes of one kind of file, in bytes.
struct Part {
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
    /// `wasm_unoptimised_bytes` is the size before wasm-opt, for comparison only.
    pub fn new(site: &Site, wasm_unoptimised_bytes: usize, single_file_bytes: usize) -> Result<Report> {
        let mut parts = Vec::new();
        for kind in ["wasm", "js", "css"] {
            let is_kind = |path: &str| path.ends_with(&format!(".{kind}")) && path != "sw.js";
            let mut part = Part { kind, raw_bytes: 0, brotli_bytes: 0 };
            for (_, bytes) in site.files.iter().filter(|(path, _)| is_kind(path)) {
                part.raw_bytes += bytes.len();
                part.brotli_bytes += brotli_bytes(bytes)?;
            }
            parts.push(part);
        }
        Ok(Report { parts, wasm_unoptimised_bytes, single_file_bytes })
    }

    pub fn brotli_bytes(&self) -> usize {
        self.parts.iter().map(|part| part.brotli_bytes).sum()
    }

    pub fn print(&self) {
        println!("  {:8}{:>11}{:>11}", "", "raw", "brotli");
        for Part { kind, raw_bytes, brotli_bytes } in &self.parts {
            println!("  {kind:8}{:>11}{:>11}", grouped(*raw_bytes), grouped(*brotli_bytes));
        }
        let raw_bytes: usize = self.parts.iter().map(|part| part.raw_bytes).sum();
        println!("  {:8}{:>11}{:>11}", "in all", grouped(raw_bytes), grouped(self.brotli_bytes()));
        println!("  the limit in brotli is {}", grouped(BROTLI_LIMIT_BYTES));
        println!("  wasm before wasm-opt: {}", grouped(self.wasm_unoptimised_bytes));
        println!("  sourcier.html: {}", grouped(self.single_file_bytes));
    }

    pub fn check(&self) -> Result<String> {
        check(self.brotli_bytes())
    }
}

fn check(brotli_bytes: usize) -> Result<String> {
    let summary = format!("{} of {} bytes", grouped(brotli_bytes), grouped(BROTLI_LIMIT_BYTES));
    if brotli_bytes <= BROTLI_LIMIT_BYTES { Ok(summary) } else { Err(format!("too big: {summary}")) }
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
fn the_limit_holds_at_below_and_above() {
    assert!(check(BROTLI_LIMIT_BYTES - 1).is_ok());
    assert!(check(BROTLI_LIMIT_BYTES).is_ok());
    assert!(check(BROTLI_LIMIT_BYTES + 1).is_err());
}

#[test]
fn groups_digits_and_compresses() {
    assert_eq!((grouped(7), grouped(122_592)), ("7".to_owned(), "122 592".to_owned()));
    assert!(brotli_bytes(&[b'a'; 10_000]).unwrap() < 100);
}
