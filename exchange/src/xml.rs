//! What all XML formats share: characters that XML cannot hold, and a writer into a string.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesStart, Event};

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

/// Writes elements one after the other. A vector takes all bytes, so nothing can fail.
pub(crate) struct XmlOut {
    writer: Writer<Vec<u8>>,
}

impl XmlOut {
    /// Starts with the declaration.
    pub fn new() -> XmlOut {
        let mut out = XmlOut::without_declaration();
        out.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        out.line();
        out
    }

    pub fn without_declaration() -> XmlOut {
        XmlOut { writer: Writer::new(Vec::new()) }
    }

    pub fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("a vector takes all bytes");
    }

    /// `<name key="value"/>`. Line breaks and tabulators in values are escaped, or they would be
    /// read as blanks.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(start(name, attributes)));
    }

    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(start(name, attributes)));
    }

    pub fn close(&mut self, name: &str) {
        self.event(Event::End(quick_xml::events::BytesEnd::new(name)));
    }

    /// Characters between elements. A carriage return is escaped, or it would be read as LF.
    pub fn text(&mut self, text: &str) {
        let text = held(text).0;
        self.event(Event::Text(quick_xml::events::BytesText::from_escaped(
            quick_xml::escape::partial_escape(text),
        )));
    }

    pub fn line(&mut self) {
        self.writer.get_mut().push(b'\n');
    }

    pub fn finish(self) -> String {
        String::from_utf8_lossy(&self.writer.into_inner()).into_owned()
    }
}

fn start<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, &*held(value).0));
    }
    start
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
