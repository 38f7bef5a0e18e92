//! Files that were damaged at random, for importers: each seed gives the same damage again.

use crate::import::InFile;
use crate::samples::origin::stands_in;

/// Xorshift (Marsaglia, 2003).
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub fn new(seed: u64) -> Random {
        Random { state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1 }
    }

    /// Below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state % limit as u64) as usize
    }
}

/// What stands in formats: more likely to lead somewhere than any bytes.
const PIECES: [&[u8]; 24] = [
    b"\"",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"\\",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"1e308",
    b"null",
    b"\t",
    b"\n",
    b"\r\n",
    b"_",
    b"|",
    b"<",
    b"/>",
    b"&#0;",
    b"\xEF\xBB\xBF",
    b"\xFF",
    "𝒜\u{301}".as_bytes(),
];

/// The bytes with one to four places flipped, cut, doubled or filled.
pub(crate) fn mutated(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let start = random.below(bytes.len());
        let end = (start + 1 + random.below(24)).min(bytes.len());
        match random.below(5) {
            0 => bytes[start] ^= 1 << random.below(8),
            1 => drop(bytes.drain(start..end)),
            2 => {
                let copy = bytes[start..end].to_vec();
                let place = random.below(bytes.len());
                bytes.splice(place..place, copy);
            }
            3 => drop(bytes.splice(start..start, PIECES[random.below(PIECES.len())].iter().copied())),
            _ => drop(bytes.splice(start..end, PIECES[random.below(PIECES.len())].iter().copied())),
        }
    }
    bytes
}

/// Damages one of the files of each sample of a format in many ways and reads them all: whoever
/// panics or makes up a text fails, with the seed in the message.
pub(crate) fn check_mutations(format: &str, case_count: u64) {
    for name in super::SAMPLES {
        let exported = super::export_of(format, &[&super::sample(name)], Default::default());
        let files = super::as_input(&exported);
        for seed in 0..case_count {
            let mut random = Random::new(seed + 1);
            let mut files: Vec<InFile> = files.clone();
            let idx = random.below(files.len());
            files[idx].bytes = mutated(&files[idx].bytes, &mut random);
            let read = || {
                // A document whose text is not there waits for it.
                for draft in super::read(format, &files).0.into_iter().filter(|draft| draft.sha256.is_none())
                {
                    let stands = stands_in(format, &draft.text, &files);
                    assert!(stands, "{:?} is in none of the files", draft.text);
                    let text = draft.text.clone();
                    let (opened, _) = super::opened_draft(draft, &super::sample("empty"));
                    assert_eq!(*opened.state.document.text, *text);
                }
            };
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
            assert!(result.is_ok(), "{format}/{name}, seed {seed}");
        }
    }
}
