//! Texts with LF alone at the ends of lines, for programs that lose count at a carriage return.

use std::borrow::Cow;

use sourcier::text::span::TextSpan;

use crate::work::Work;

/// A document's text with LF for each CR LF and CR. In a file of its own, a mark of the byte order
/// that is text gets another one in front, which readers take off or count.
pub struct LfText<'s> {
    pub text: Cow<'s, str>,
    /// The lines that ended otherwise.
    pub changed_count: usize,
    /// The marks in front.
    mark_count: u32,
    /// The places of the carriage returns that went without another character in their place, in
    /// code points of the old text.
    gone: Vec<u32>,
}

impl<'s> LfText<'s> {
    /// The text as a file of its own. O(n).
    pub fn new(work: Work<'s>) -> LfText<'s> {
        LfText::of(work, work.text_file())
    }

    /// The text within another file, where no mark is taken off. O(n).
    pub fn within(work: Work<'s>) -> LfText<'s> {
        LfText::of(work, work.text().into())
    }

    fn of(work: Work<'s>, old: Cow<'s, str>) -> LfText<'s> {
        let mark_count = u32::from(old.len() > work.text().len());
        if !old.contains('\r') {
            return LfText { text: old, changed_count: 0, mark_count, gone: Vec::new() };
        }
        let (mut text, mut gone, mut changed_count) = (String::with_capacity(old.len()), Vec::new(), 0);
        text.extend((0..mark_count).map(|_| '\u{FEFF}'));
        let mut characters = work.text().chars().zip(0..).peekable();
        while let Some((character, place)) = characters.next() {
            match character {
                '\r' if characters.peek().is_some_and(|(next, _)| *next == '\n') => {
                    gone.push(place);
                    changed_count += 1;
                }
                '\r' => {
                    text.push('\n');
                    changed_count += 1;
                }
                other => text.push(other),
            }
        }
        LfText { text: text.into(), changed_count, mark_count, gone }
    }

    /// Start and end of a span of the document in code points of this text. They are one where the
    /// span held nothing but the CR of a CR LF.
    pub fn code_points(&self, work: Work<'_>, span: TextSpan) -> (u32, u32) {
        let (start, end) = work.code_points(span);
        let gone_before = |place: u32| self.gone.partition_point(|&gone| gone < place) as u32;
        (start + self.mark_count - gone_before(start), end + self.mark_count - gone_before(end))
    }
}

/// Whether text readers of other programs may end a line here: what Python's `splitlines` knows.
pub fn ends_line(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The parts of a span that lie on one line each and hold more than white space.
pub fn lines_of(text: &str, span: TextSpan, is_break: fn(char) -> bool) -> Vec<TextSpan> {
    let mut lines = Vec::new();
    let mut start = span.start().to_usize();
    for line in text[span.range()].split(is_break) {
        if !line.trim().is_empty() {
            lines.extend(TextSpan::from_range(start..start + line.len()));
        }
        start += line.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{sample, with_text};

    #[test]
    fn places_move_with_the_ends_of_lines() {
        for (old, new, changed_count) in [
            ("", "", 0),
            ("a\nb", "a\nb", 0),
            ("a\r\nb\rc\r\n\r\nd", "a\nb\nc\n\nd", 4),
            ("\u{FEFF}a\r\nb", "\u{FEFF}\u{FEFF}a\nb", 1),
            ("\u{FEFF}a", "\u{FEFF}\u{FEFF}a", 0),
            ("\r", "\n", 1),
        ] {
            let state = with_text(sample("empty"), old);
            let work = Work { state: &state, stem: "d" };
            let text = LfText::new(work);
            assert_eq!((&*text.text, text.changed_count), (new, changed_count));
            let new: Vec<char> = new.chars().collect();
            for (start, character) in old.char_indices().filter(|(_, character)| *character != '\r') {
                let span = TextSpan::from_range(start..start + character.len_utf8()).expect("not empty");
                let (start, end) = text.code_points(work, span);
                assert_eq!(new[start as usize..end as usize], [character], "{old:?}");
            }
        }
    }

    #[test]
    fn spans_are_parted_at_the_ends_of_lines() {
        for (text, expected) in [
            ("a b", "a b"),
            ("a\r\nb\u{2028}c", "a|b|c"),
            (" a \n \n b\n", " a | b"),
            ("\n", ""),
            ("é\u{85}é", "é|é"),
        ] {
            let span = TextSpan::from_range(0..text.len()).expect("not empty");
            let lines = lines_of(text, span, ends_line);
            let lines: Vec<&str> = lines.iter().map(|line| &text[line.range()]).collect();
            assert_eq!(lines.join("|"), expected);
        }
    }
}
