//! Boundaries of graphemes: what a person sees as one character (UAX #29, extended clusters).
//!
//! CR LF is one grapheme, and so is a family of emoji or a letter with its accents. The cost of
//! each function is O(length of the grapheme), and in a row of flags O(length of the row). All
//! offsets are in bytes of `text`; a place past the end counts as the end.

use unicode_segmentation::GraphemeCursor;

use crate::text::span::TextOffset;

/// The first boundary after `offset`, or the end of the text.
pub fn next_grapheme(text: &str, offset: TextOffset) -> TextOffset {
    let start = offset.floor_in(text);
    TextOffset::new(cursor(text, start).next_boundary(text, 0).ok().flatten().unwrap_or(text.len()))
}

/// The last boundary before `offset`, or 0.
pub fn previous_grapheme(text: &str, offset: TextOffset) -> TextOffset {
    let end = offset.ceil_in(text);
    TextOffset::new(cursor(text, end).prev_boundary(text, 0).ok().flatten().unwrap_or(0))
}

/// The last boundary at or before `offset`.
pub fn grapheme_start(text: &str, offset: TextOffset) -> TextOffset {
    let start = offset.floor_in(text);
    if is_boundary(text, start) { TextOffset::new(start) } else { previous_grapheme(text, start.into()) }
}

/// The first boundary at or after `offset`.
pub fn grapheme_end(text: &str, offset: TextOffset) -> TextOffset {
    let end = offset.ceil_in(text);
    if is_boundary(text, end) { TextOffset::new(end) } else { next_grapheme(text, end.into()) }
}

/// Whether a grapheme starts or ends at the byte `index`. False inside a character.
pub(crate) fn is_boundary(text: &str, index: usize) -> bool {
    text.is_char_boundary(index) && cursor(text, index).is_boundary(text, 0).unwrap_or(true)
}

/// `index` lies between two characters of `text`. The cursor sees the whole text, so that none of
/// its methods asks for more context.
fn cursor(text: &str, index: usize) -> GraphemeCursor {
    GraphemeCursor::new(index, text.len(), true)
}

#[cfg(test)]
mod tests;
