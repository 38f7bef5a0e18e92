//! What a selection becomes before it is annotated: no white space at its ends, nothing cut.
//!
//! Spans are in bytes of `text`; one that reaches past the end stops there. All functions cost
//! O(white space at the ends) and a window round each end. White space is Unicode's White_Space,
//! no-break spaces (U+00A0, U+202F) included.

use std::ops::Range;

use crate::text::graphemes::{grapheme_end, grapheme_start};
use crate::text::span::{TextOffset, TextSpan};
use crate::text::words::word_cut_at;

/// The span without white space at its ends; `None` if there is nothing else in it. White space
/// that carries a combining mark stays.
pub fn trim_white_space(text: &str, span: TextSpan) -> Option<TextSpan> {
    trim(text, span.range_in(text)).and_then(TextSpan::from_range)
}

/// The span without white space at its ends, grown to whole graphemes. `None` if it is only white
/// space.
pub fn snap_to_graphemes(text: &str, span: TextSpan) -> Option<TextSpan> {
    let range = trim(text, span.range_in(text))?;
    TextSpan::from_range(grow_to_graphemes(text, range))
}

/// The span without white space at its ends, then grown to whole words where an end cuts one.
/// Selected punctuation is kept. `None` if it is only white space.
pub fn snap_to_words(text: &str, span: TextSpan) -> Option<TextSpan> {
    let range = grow_to_graphemes(text, trim(text, span.range_in(text))?);
    let start = word_cut_at(text, range.start.into()).map_or(range.start, |word| word.start);
    let end = word_cut_at(text, range.end.into()).map_or(range.end, |word| word.end);
    TextSpan::from_range(start..end)
}

/// `range` lies between characters of `text`.
fn trim(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let selected = text.get(range.clone())?;
    let start = range.end - selected.trim_start().len();
    let end = range.start + selected.trim_end().len();
    if start >= end {
        return None;
    }
    // A space with a combining mark is one grapheme: taking the space away would cut it.
    let start = grapheme_start(text, TextOffset::new(start)).to_usize().max(range.start);
    let end = grapheme_end(text, TextOffset::new(end)).to_usize().min(range.end);
    Some(start..end)
}

fn grow_to_graphemes(text: &str, range: Range<usize>) -> Range<usize> {
    let start = grapheme_start(text, TextOffset::new(range.start)).to_usize();
    start..grapheme_end(text, TextOffset::new(range.end)).to_usize()
}

#[cfg(test)]
mod tests;
