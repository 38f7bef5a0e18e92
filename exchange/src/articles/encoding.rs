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

/// The encoding of HTML: as any other, but where the bytes leave it open, the one that it declares
/// itself, in lower case and as it stands there.
///
/// A declaration does not count against valid UTF-8, which text in other encodings hardly ever is:
/// whoever saved or converted the page may have left it as it was.
pub fn html_encoding_of(bytes: &[u8]) -> String {
    let guessed = encoding_of(bytes);
    let is_open = guessed == "windows-1252" || (guessed == UTF_8 && bytes.is_ascii());
    let declared = declared_encoding(bytes).filter(|_| is_open);
    match declared.as_deref() {
        None => guessed.to_owned(),
        // What browsers take these for.
        Some("iso-8859-1" | "latin1" | "us-ascii" | "ascii" | "utf-8" | "utf8") => guessed.to_owned(),
        // Such a page could not have said so.
        Some(declared) if declared.starts_with("utf-16") => guessed.to_owned(),
        Some(declared) => declared.to_owned(),
    }
}

/// What `<meta charset="…">`, `<meta http-equiv … content="…; charset=…">` or the declaration of XML say.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(PATTERN_LEN)]).to_ascii_lowercase();
    let metas = start.split("<meta").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    let declared = metas.filter_map(|meta| meta.split_once("charset=")).map(|(_, value)| value);
    let xml = start.split_once("?>").and_then(|(xml, _)| xml.split_once("encoding=")).map(|(_, value)| value);
    declared.chain(xml).find_map(|value| {
        let value = value.trim_start_matches(['"', '\'', ' ']);
        let is_part =
            |next: char| next.is_ascii_alphanumeric() || matches!(next, '-' | '_' | ':' | '.' | '+');
        let label = &value[..value.find(|next| !is_part(next)).unwrap_or(value.len())];
        (!label.is_empty()).then(|| label.to_owned())
    })
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
    #[test]
    fn html_says_itself_what_it_is_in() {
        for (bytes, encoding) in [
            (&b"<meta charset='iso-8859-15'>\xa4"[..], "iso-8859-15"),
            (
                b"<META http-equiv=Content-Type content=\"text/html; CHARSET=Windows-1251\">\xe9",
                "windows-1251",
            ),
            (b"<?xml version='1.0' encoding='Shift_JIS'?><html>\x83", "shift_jis"),
            (b"<meta charset=iso-2022-jp>\x1b$B", "iso-2022-jp"),
            (b"<meta charset=\"latin1\">\xe9", "windows-1252"),
            (b"<meta charset=utf-8>\xe9", "windows-1252"),
            (b"<meta charset=utf-16>plain", UTF_8),
            ("<meta charset=iso-8859-1>é".as_bytes(), UTF_8),
            (b"<meta charset=><meta name=x>", UTF_8),
        ] {
            assert_eq!(html_encoding_of(bytes), encoding, "{bytes:?}");
        }
    }
}
