//! The SHA-256 of a text, by which files say which text they annotate.

use sha2::{Digest, Sha256};

/// The SHA-256 of the UTF-8 bytes of `text` as 64 lower-case hexadecimal digits. O(n).
pub fn sha256_hex(text: &str) -> String {
    let mut hasher = Hasher::new();
    hasher.update(text.as_bytes());
    hasher.finish_hex()
}

/// The same in slices, so that a long text can be hashed without blocking the page.
#[derive(Clone, Debug, Default)]
pub struct Hasher {
    sha256: Sha256,
}

impl Hasher {
    pub fn new() -> Hasher {
        Hasher::default()
    }

    /// Slices may end anywhere, inside characters too.
    pub fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
    }

    /// 64 lower-case hexadecimal digits.
    pub fn finish_hex(self) -> String {
        hex(&self.sha256.finalize())
    }
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
        hex.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    hex
}

#[cfg(test)]
mod tests;
