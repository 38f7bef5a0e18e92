//! What needs the tables of Unicode: where characters, words and sentences end (UAX #29), and lower
//! case.
//!
//! The tables would weigh 25 kB in the page, and every browser has its own: the page gives them to
//! [`use_unicode`] before it opens a text. Native builds, and with them the tests, have those of the
//! crate unicode-segmentation and of the standard library.

use std::sync::OnceLock;

/// What a text is cut into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// What a person sees as one character: an extended grapheme cluster.
    Grapheme,
    /// A word, or what lies between two words. Nothing says which.
    Word,
    /// A sentence with the white space after it.
    Sentence,
}

/// The rules of Unicode, by whoever has its tables. Both cost O(n).
#[derive(Clone, Copy, Debug)]
pub struct Unicode {
    /// The ends of all segments of a text, in bytes and in order: the last one is the length of the
    /// text, and an empty text has none.
    pub segment_ends: fn(Unit, &str) -> Vec<usize>,
    /// The text in lower case; the length may change.
    pub lower_case: fn(&str) -> String,
}

static UNICODE: OnceLock<Unicode> = OnceLock::new();

/// From now on these rules count. Does nothing when there are some already.
pub fn use_unicode(unicode: Unicode) {
    let _ = UNICODE.set(unicode);
}

/// [`Unicode::segment_ends`]. Give it the neighbourhood of a place, not a whole text.
pub(crate) fn segment_ends(unit: Unit, text: &str) -> Vec<usize> {
    (rules().segment_ends)(unit, text)
}

/// The text in lower case, for comparisons; the length may change.
pub fn lower_case(text: &str) -> String {
    // Most words need no table.
    if text.is_ascii() { text.to_ascii_lowercase() } else { (rules().lower_case)(text) }
}

fn rules() -> &'static Unicode {
    UNICODE.get_or_init(|| Unicode { segment_ends: own::segment_ends, lower_case: own::lower_case })
}

#[cfg(not(target_arch = "wasm32"))]
mod own {
    use super::Unit;
    use unicode_segmentation::UnicodeSegmentation;

    pub fn segment_ends(unit: Unit, text: &str) -> Vec<usize> {
        let mut ends: Vec<usize> = match unit {
            Unit::Grapheme => text.grapheme_indices(true).map(|(start, _)| start).collect(),
            Unit::Word => text.split_word_bound_indices().map(|(start, _)| start).collect(),
            Unit::Sentence => text.split_sentence_bound_indices().map(|(start, _)| start).collect(),
        };
        // Each segment ends where the next one starts.
        if !ends.is_empty() {
            ends.remove(0);
            ends.push(text.len());
        }
        ends
    }

    pub fn lower_case(text: &str) -> String {
        text.to_lowercase()
    }
}

/// For a browser without these rules: each character is a segment, and only ASCII has two cases.
#[cfg(target_arch = "wasm32")]
mod own {
    use super::Unit;

    pub fn segment_ends(_: Unit, text: &str) -> Vec<usize> {
        text.char_indices().map(|(start, character)| start + character.len_utf8()).collect()
    }

    pub fn lower_case(text: &str) -> String {
        text.to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_segments() {
        let text = "Un, été\u{301}. Deux.";
        for (unit, drawing) in [
            (Unit::Grapheme, "U|n|,| |é|t|é\u{301}|.| |D|e|u|x|.|"),
            (Unit::Word, "Un|,| |été\u{301}|.| |Deux|.|"),
            (Unit::Sentence, "Un, été\u{301}. |Deux.|"),
        ] {
            let places: Vec<_> = segment_ends(unit, text).into_iter().map(Into::into).collect();
            assert_eq!(crate::text::samples::draw(text, &places), drawing);
            assert!(segment_ends(unit, "").is_empty());
        }
    }

    #[test]
    fn lower_case_of_all_letters() {
        for (text, lower) in
            [("", ""), ("Mme", "mme"), ("L’ÉTAT", "l’état"), ("ΟΔΟΣ", "οδος"), ("İ", "i\u{307}")]
        {
            assert_eq!(lower_case(text), lower);
        }
    }
}
