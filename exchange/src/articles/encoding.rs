//! Which encoding a file is in: the mark of the byte order, the pattern of UTF-16, valid UTF-8, and
//! else Windows-1252, in which every byte is something. The decoding itself is handed in: browsers
//! know all encodings (<https://encoding.spec.whatwg.org/>), whose names are used here.

/// Makes text of bytes in an encoding, named as browsers do. `None` for a name that is not known.
pub type Decode = fn(&[u8], &str) -> Option<String>;

pub const UTF_8: &str = "utf-8";
/// How many bytes are looked at for the pattern of UTF-16.
const PATTERN_LEN: usize = 4096;

/// The encoding that the bytes are most likely in.
pub fn encoding_of(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\xFF\xFE") {
        return "utf-16le";
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return "utf-16be";
    }
    if let Some(utf16) = utf16_pattern(bytes) {
        return utf16;
    }
    if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { "windows-1252" }
}

/// Letters of Europe have a zero byte in UTF-16, always on the same side.
fn utf16_pattern(bytes: &[u8]) -> Option<&'static str> {
    let start = &bytes[..bytes.len().min(PATTERN_LEN) & !1];
    let zeros = |side: usize| start.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), start.len() / 2);
    match () {
        () if pairs > 1 && odd * 2 > pairs && even * 8 < odd => Some("utf-16le"),
        () if pairs > 1 && even * 2 > pairs && odd * 8 < even => Some("utf-16be"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let utf16 = |text: &str, big: bool| -> Vec<u8> {
            let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            text.encode_utf16().flat_map(bytes).collect()
        };
        for (bytes, encoding) in [
            (Vec::new(), UTF_8),
            (b"plain".to_vec(), UTF_8),
            ("\u{feff}été".as_bytes().to_vec(), UTF_8),
            ("部长说谎".as_bytes().to_vec(), UTF_8),
            (b"\xe9t\xe9 \x93dit\x94".to_vec(), "windows-1252"),
            (utf16("\u{feff}été", false), "utf-16le"),
            (utf16("\u{feff}été", true), "utf-16be"),
            (utf16("L’été à Moscou", false), "utf-16le"),
            (utf16("L’été à Moscou", true), "utf-16be"),
        ] {
            assert_eq!(encoding_of(&bytes), encoding, "{bytes:?}");
        }
    }
}
