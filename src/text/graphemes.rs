//! Boundaries of graphemes: what a person sees as one character (UAX #29, extended clusters).
//!
//! CR LF is one grapheme, and so is a family of emoji or a letter with its accents. Nearly every
//! place is known from its two neighbours alone; for the others the segmenter is asked about the
//! stretch from the last such place. So the cost of each function is O(length of the grapheme), and
//! in a row of flags, or of letters of a script not known here, O(length of the row). All offsets
//! are in bytes of `text`; a place past the end counts as the end.

use std::ops::Range;

use crate::text::span::TextOffset;
use crate::text::unicode::{Unit, segment_ends};

/// Bytes that the segmenter is given at first behind a place. If the grapheme is longer, it is
/// asked again about more.
const REACH_BYTES: usize = 64;

/// The first boundary after `offset`, or the end of the text.
pub fn next_grapheme(text: &str, offset: TextOffset) -> TextOffset {
    let start = offset.floor_in(text);
    let mut characters = text[start..].char_indices();
    let (Some((_, before)), Some((len, after))) = (characters.next(), characters.next()) else {
        return TextOffset::new(text.len());
    };
    let is_known = are_surely_apart(before, after);
    TextOffset::new(if is_known { start + len } else { grapheme_holding(text, start).end })
}

/// The last boundary before `offset`, or 0.
pub fn previous_grapheme(text: &str, offset: TextOffset) -> TextOffset {
    let mut characters = text[..offset.ceil_in(text)].char_indices().rev();
    let (Some((start, after)), Some((_, before))) = (characters.next(), characters.next()) else {
        return TextOffset(0);
    };
    let is_known = are_surely_apart(before, after);
    TextOffset::new(if is_known { start } else { grapheme_holding(text, start).start })
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
    let Some((before, after)) = text.split_at_checked(index) else { return false };
    match (before.chars().next_back(), after.chars().next()) {
        (Some(before), Some(after)) => {
            are_surely_apart(before, after) || grapheme_holding(text, index).start == index
        }
        _ => true,
    }
}

/// The grapheme that holds the character at `index`.
fn grapheme_holding(text: &str, index: usize) -> Range<usize> {
    let start = sure_boundary_before(text, index);
    let mut reach = REACH_BYTES;
    loop {
        let limit = TextOffset::new((index + reach).min(text.len())).ceil_in(text);
        let mut grapheme = start..start;
        for end in segment_ends(Unit::Grapheme, &text[start..limit]) {
            grapheme = grapheme.end..start + end;
            if grapheme.contains(&index) {
                break;
            }
        }
        // One that ends where the stretch was cut may go on behind it.
        if grapheme.end < limit || limit == text.len() {
            return grapheme;
        }
        reach *= 8;
    }
}

/// The last place at or before `index` where a grapheme surely starts.
fn sure_boundary_before(text: &str, index: usize) -> usize {
    let mut after = text[index..].chars().next();
    for (start, before) in text[..index].char_indices().rev() {
        if after.is_some_and(|after| are_surely_apart(before, after)) {
            return start + before.len_utf8();
        }
        after = Some(before);
    }
    0
}

/// Whether a grapheme ends between the two, whatever stands around them. No for many pairs that
/// are apart too.
fn are_surely_apart(before: char, after: char) -> bool {
    // What is put before numbers, and joins the character behind it.
    let is_prefix = matches!(before, '\u{600}'..='\u{605}' | '\u{6DD}' | '\u{70F}' | '\u{890}' | '\u{891}'
        | '\u{8E2}' | '\u{D4E}' | '\u{11000}'..='\u{11FFF}');
    let is_joiner = before == '\u{200D}';
    let is_line_end = before == '\r' && after == '\n';
    starts_grapheme(after) && !(is_prefix || is_joiner || is_line_end)
}

/// Whether the character joins none before it but a prefix or a joiner: all of Latin, Greek,
/// Cyrillic and Chinese, and what is frequent of Hebrew, Arabic, Thai, Japanese and emoji.
fn starts_grapheme(character: char) -> bool {
    matches!(character, '\0'..='\u{2FF}' | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{590}'
        | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{64A}' | '\u{E01}'..='\u{E30}'
        | '\u{1E00}'..='\u{200B}' | '\u{2010}'..='\u{205F}' | '\u{20A0}'..='\u{20CF}'
        | '\u{2100}'..='\u{2BFF}' | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}'
        | '\u{30A0}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{1F300}'..='\u{1F3FA}'
        | '\u{1F400}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests;
