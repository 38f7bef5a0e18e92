//! What needs the tables of Unicode: where characters, words and sentences end (UAX #29), lower
//! case, and what is a letter.
//!
//! The tables would weigh 30 kB in the page, and every browser has its own: the page gives them to
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

/// What a character is. A letter of most scripts is neither upper nor lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharacterKind {
    Letter,
    /// A digit of any script, or another number: `½`, `Ⅳ`.
    Number,
    UpperCase,
    LowerCase,
}

/// The rules of Unicode, by whoever has its tables. What takes a text costs O(n).
#[derive(Clone, Copy, Debug)]
pub struct Unicode {
    /// The ends of all segments of a text, in bytes and in order: the last one is the length of the
    /// text, and an empty text has none.
    pub segment_ends: fn(Unit, &str) -> Vec<usize>,
    /// The text in lower case; the length may change.
    pub lower_case: fn(&str) -> String,
    pub is_of_kind: fn(CharacterKind, char) -> bool,
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
    let own: Option<String> = text.chars().map(lower_latin).collect();
    own.unwrap_or_else(|| (rules().lower_case)(text))
}

/// A character of Latin-1, or one that has no case, in lower case; `None` for others.
fn lower_latin(character: char) -> Option<char> {
    match character {
        '×' => Some('×'),
        'À'..='Þ' => char::from_u32(u32::from(character) + 0x20),
        '\0'..='ÿ' => Some(character.to_ascii_lowercase()),
        // Dashes, quotation marks, the ellipsis.
        '\u{2010}'..='\u{2027}' => Some(character),
        _ => None,
    }
}

pub fn is_letter(character: char) -> bool {
    is_of_kind(CharacterKind::Letter, character)
}

pub fn is_number(character: char) -> bool {
    is_of_kind(CharacterKind::Number, character)
}

pub fn is_letter_or_number(character: char) -> bool {
    is_letter(character) || is_number(character)
}

pub fn is_upper_case(character: char) -> bool {
    is_of_kind(CharacterKind::UpperCase, character)
}

pub fn is_lower_case(character: char) -> bool {
    is_of_kind(CharacterKind::LowerCase, character)
}

fn is_of_kind(kind: CharacterKind, character: char) -> bool {
    match (kind, character) {
        (CharacterKind::Letter, '\0'..='\x7F') => character.is_ascii_alphabetic(),
        (CharacterKind::Number, '\0'..='\x7F') => character.is_ascii_digit(),
        (CharacterKind::UpperCase, '\0'..='\x7F') => character.is_ascii_uppercase(),
        (CharacterKind::LowerCase, '\0'..='\x7F') => character.is_ascii_lowercase(),
        // Most of what is not ASCII in our languages.
        (CharacterKind::Letter, 'À'..='ÿ') => !matches!(character, '×' | '÷'),
        _ => (rules().is_of_kind)(kind, character),
    }
}

/// The ends of all characters, in bytes: the segments of a browser that has no rules for them.
pub fn character_ends(_: Unit, text: &str) -> Vec<usize> {
    text.char_indices().map(|(start, character)| start + character.len_utf8()).collect()
}

fn rules() -> &'static Unicode {
    UNICODE.get_or_init(|| own::UNICODE)
}

#[cfg(not(target_arch = "wasm32"))]
mod own {
    use super::{CharacterKind, Unicode, Unit};
    use unicode_segmentation::UnicodeSegmentation;

    pub const UNICODE: Unicode = Unicode { segment_ends, lower_case: str::to_lowercase, is_of_kind };

    fn is_of_kind(kind: CharacterKind, character: char) -> bool {
        match kind {
            CharacterKind::Letter => character.is_alphabetic(),
            CharacterKind::Number => character.is_numeric(),
            CharacterKind::UpperCase => character.is_uppercase(),
            CharacterKind::LowerCase => character.is_lowercase(),
        }
    }

    fn segment_ends(unit: Unit, text: &str) -> Vec<usize> {
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
}

/// The page has given its own by the time that there is a text.
#[cfg(target_arch = "wasm32")]
mod own {
    use super::{Unicode, character_ends};

    pub const UNICODE: Unicode = Unicode {
        segment_ends: character_ends,
        lower_case: str::to_ascii_lowercase,
        is_of_kind: |_, _| false,
    };
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
    fn what_characters_are() {
        for character in (0..=0x2FFF).filter_map(char::from_u32) {
            let kinds = [is_letter, is_number, is_letter_or_number, is_upper_case, is_lower_case];
            let expected = [
                character.is_alphabetic(),
                character.is_numeric(),
                character.is_alphanumeric(),
                character.is_uppercase(),
                character.is_lowercase(),
            ];
            assert_eq!(kinds.map(|is_kind| is_kind(character)), expected, "{character:?}");
        }
    }

    #[test]
    fn lower_case_of_all_letters() {
        for (text, lower) in
            [("", ""), ("Mme", "mme"), ("L’ÉTAT", "l’état"), ("ΟΔΟΣ", "οδος"), ("İ", "i\u{307}")]
        {
            assert_eq!(lower_case(text), lower);
        }
        for character in (0..=0x2FFF).filter_map(char::from_u32) {
            let text = character.to_string();
            assert_eq!(lower_case(&text), text.to_lowercase(), "{character:?}");
        }
    }
}
