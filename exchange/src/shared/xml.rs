//! What all XML formats share: characters that XML cannot hold, and a writer into a string.

use std::borrow::Cow;

/// Whether XML 1.0 can hold a character at all, escaped or not.
fn is_held(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The text with U+FFFD for each character that XML cannot hold, and their number. Places stay
/// right: each of them is one code point and one UTF-16 unit, as U+FFFD is.
pub(crate) fn held(text: &str) -> (Cow<'_, str>, usize) {
    let count = text.chars().filter(|&character| !is_held(character)).count();
    match count {
        0 => (text.into(), 0),
        _ => (text.chars().map(|it| if is_held(it) { it } else { '\u{FFFD}' }).collect(), count),
    }
}

/// Writes elements one after the other.
#[derive(Default)]
pub(crate) struct XmlOut {
    out: String,
}

impl XmlOut {
    /// Starts with the declaration.
    pub fn new() -> XmlOut {
        XmlOut { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned() }
    }

    pub fn without_declaration() -> XmlOut {
        XmlOut::default()
    }

    /// `<name key="value"/>`. Line breaks and tabulators in values are escaped, or they would be
    /// read as blanks.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, "/>");
    }

    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, ">");
    }

    #[inline(never)]
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Characters between elements. A carriage return is escaped, or it would be read as LF.
    pub fn text(&mut self, text: &str) {
        self.escaped(text, false);
    }

    pub fn line(&mut self) {
        self.out.push('\n');
    }

    pub fn finish(self) -> String {
        self.out
    }

    #[inline(never)]
    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            self.escaped(value, true);
            self.out.push('"');
        }
        self.out.push_str(end);
    }

    #[inline(never)]
    fn escaped(&mut self, text: &str, is_value: bool) {
        for character in held(text).0.chars() {
            let escape = match character {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\r' => "&#13;",
                '\'' if is_value => "&apos;",
                '"' if is_value => "&quot;",
                '\n' if is_value => "&#10;",
                '\t' if is_value => "&#9;",
                other => {
                    self.out.push(other);
                    continue;
                }
            };
            self.out.push_str(escape);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced_and_white_space_is_escaped() {
        assert_eq!(held("a\u{1}\u{FFFE}\t"), ("a\u{FFFD}\u{FFFD}\t".into(), 2));
        let mut out = XmlOut::new();
        out.open("a", &[("k", "\t\r\n<\"\u{0}")]);
        out.text("a\r\n<&\u{1F}");
        out.close("a");
        let expected = "<a k=\"&#9;&#13;&#10;&lt;&quot;\u{FFFD}\">a&#13;\n&lt;&amp;\u{FFFD}</a>";
        assert_eq!(out.finish().lines().skip(1).collect::<Vec<_>>().join("\n"), expected);
    }
}
