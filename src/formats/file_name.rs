//! The name of an exported file, made from the document's title.

use crate::edit::state::State;
use crate::model::document::field_text;
use crate::text::unicode::is_letter_or_number;

/// The most characters of a title that go into a file name.
const STEM_LEN_MAX: usize = 60;

/// The name of a file without its extension: the title or headline in letters, digits and `-`, or
/// the document's id. Holds no time, so that the same work gives the same name.
pub fn file_stem(state: &State) -> String {
    ["title", "headline"]
        .iter()
        .filter_map(|key| field_text(&state.fields, key))
        .chain([state.document.id.as_str()])
        .map(stem_of)
        .find(|stem| !stem.is_empty())
        .unwrap_or_else(|| "sourcier".to_owned())
}

pub fn stem_of(title: &str) -> String {
    let mut stem = String::new();
    for character in title.chars() {
        if stem.chars().count() >= STEM_LEN_MAX {
            break;
        }
        if is_letter_or_number(character) {
            stem.push(character);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    stem.trim_end_matches('-').to_owned()
}
