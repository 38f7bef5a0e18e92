//! Words: UAX #29, and a boundary after an elided article or pronoun (« l’|ONU »).
//!
//! A word is a segment with a letter or a digit in it; white space, punctuation and emoji are none.
//! A hyphen is a boundary, so the `a` of « a-t-il » is a word. Where a script has no spaces, browsers
//! find words by dictionaries; in native builds each Chinese character is a word.
//! Every function looks at a window round the place: it reaches to the nearest breaks that are
//! certain whatever lies beyond, which in real texts are a few bytes away. Offsets are in bytes of
//! `text`; a place past the end counts as the end.

use std::ops::Range;

use crate::text::graphemes;
use crate::text::span::{TextOffset, TextSpan};
use crate::text::unicode::{Unit, is_letter_or_number, is_number, segment_ends};

/// Bytes looked at on each side of a place. A longer run without a certain break is cut, near the
/// place and between graphemes, so the ends of a longer word depend on where it was asked for.
pub const WORD_WINDOW_BYTES: usize = 4096;

/// What loses its vowel before an apostrophe and is a word of its own, in lower case.
const ELIDED: [&str; 13] =
    ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];

/// The word that holds the character after `offset`, else the one that ends at `offset`. `None` in
/// white space and punctuation.
pub fn word_at(text: &str, offset: TextOffset) -> Option<TextSpan> {
    let index = offset.floor_in(text);
    let after = segment_at(text, index).filter(|segment| is_word(&text[segment.clone()]));
    let found = after.or_else(|| {
        let before = graphemes::previous_grapheme(text, TextOffset::new(index)).to_usize();
        segment_at(text, before).filter(|segment| segment.end == index && is_word(&text[segment.clone()]))
    });
    found.and_then(TextSpan::from_range)
}

/// The end of the word that `offset` is in, else of the next word, else the end of the text.
///
/// Forward goes to an end and backward to a start, as on a Mac: extending a selection then never
/// takes the space after a word. Costs O(distance).
pub fn next_word_boundary(text: &str, offset: TextOffset) -> TextOffset {
    let index = offset.floor_in(text);
    if let Some(segment) = segment_at(text, index).filter(|segment| is_word(&text[segment.clone()])) {
        return TextOffset::new(segment.end);
    }
    let next = text[index..].find(is_letter_or_number).map(|skipped| index + skipped);
    let segment = next.and_then(|next| segment_at(text, next));
    TextOffset::new(segment.map_or(text.len(), |segment| segment.end))
}

/// The start of the word that `offset` is in or behind, else 0. Costs O(distance).
pub fn previous_word_boundary(text: &str, offset: TextOffset) -> TextOffset {
    let index = offset.ceil_in(text);
    if let Some(segment) = segment_at(text, index)
        && segment.start < index
        && is_word(&text[segment.clone()])
    {
        return TextOffset::new(segment.start);
    }
    let previous = text[..index].rfind(is_letter_or_number);
    let segment = previous.and_then(|previous| segment_at(text, previous));
    TextOffset::new(segment.map_or(0, |segment| segment.start))
}

/// The word that has `offset` strictly inside it, so that an end there would cut it.
pub(crate) fn word_cut_at(text: &str, offset: TextOffset) -> Option<Range<usize>> {
    let index = offset.floor_in(text);
    segment_at(text, index).filter(|segment| segment.start < index && is_word(&text[segment.clone()]))
}

/// The words of `span` and what lies between them, without gaps. For spans such as sentences, whose
/// ends are no places within words. O(length of the span).
pub fn segments_in(text: &str, span: TextSpan) -> Vec<TextSpan> {
    let window = span.range_in(text);
    let grapheme_ends = segment_ends(Unit::Grapheme, &text[window.clone()]);
    let mut segments = Vec::new();
    let mut start = window.start;
    for end in segment_ends(Unit::Word, &text[window.clone()]) {
        if grapheme_ends.binary_search(&end).is_err() {
            continue;
        }
        let end = window.start + end;
        while start < end {
            let part = part_at(text, start..end, start);
            start = part.end;
            segments.extend(TextSpan::from_range(part));
        }
    }
    segments
}

fn is_word(segment: &str) -> bool {
    segment.chars().any(is_letter_or_number)
}

/// The segment that holds the character at `index`: a word, or what lies between two words.
/// `None` at the end of the text.
fn segment_at(text: &str, index: usize) -> Option<Range<usize>> {
    if index >= text.len() {
        return None;
    }
    let window = window_round(text, index);
    let grapheme_ends = segment_ends(Unit::Grapheme, &text[window.clone()]);
    let mut start = window.start;
    for end in segment_ends(Unit::Word, &text[window.clone()]) {
        // UAX #29 has word breaks within a few rare graphemes: they are none here.
        if grapheme_ends.binary_search(&end).is_err() {
            continue;
        }
        let end = window.start + end;
        if index < end {
            return Some(part_at(text, start..end, index));
        }
        start = end;
    }
    None
}

/// The part of a segment at `index`: narrow no-break spaces, which UAX #29 takes for letters, are
/// apart except in numbers (« 10 000 »), and so are elided forms at the start: « qu’|d’|autres ».
fn part_at(text: &str, mut segment: Range<usize>, index: usize) -> Range<usize> {
    while let Some(space) = space_in(text, segment.clone()) {
        if space.contains(&index) {
            return space;
        }
        segment = if index < space.start { segment.start..space.start } else { space.end..segment.end };
    }
    while let Some(len) = elided_len(&text[segment.clone()]) {
        let cut = segment.start + len;
        if cut >= segment.end || !graphemes::is_boundary(text, cut) {
            break;
        }
        if index < cut {
            return segment.start..cut;
        }
        segment.start = cut;
    }
    segment
}

/// The first narrow no-break space of a segment that is not between two digits, as a grapheme.
fn space_in(text: &str, segment: Range<usize>) -> Option<Range<usize>> {
    let content = &text[segment.clone()];
    content.match_indices('\u{202F}').find_map(|(start, space)| {
        let (before, after) = (&content[..start], &content[start + space.len()..]);
        let is_in_number = before.ends_with(is_number) && after.starts_with(is_number);
        let start = segment.start + start;
        let end = graphemes::next_grapheme(text, TextOffset::new(start)).to_usize();
        (!is_in_number && graphemes::is_boundary(text, start)).then_some(start..end)
    })
}

/// The length of an elided form with its apostrophe at the start of `word`.
fn elided_len(word: &str) -> Option<usize> {
    let (form, _) = word.split_once(['’', '\''])?;
    let apostrophe = word[form.len()..].chars().next()?;
    ELIDED
        .iter()
        .any(|elided| elided.eq_ignore_ascii_case(form))
        .then_some(form.len() + apostrophe.len_utf8())
}

/// A stretch round `index` whose word breaks are those of the whole text, as far as the word at
/// `index` goes.
fn window_round(text: &str, index: usize) -> Range<usize> {
    certain_break_before(text, index)..certain_break_after(text, index)
}

/// The last place at or before `index` where a word certainly starts or ends, whatever lies around
/// it: before white space or a Chinese stop.
fn certain_break_before(text: &str, index: usize) -> usize {
    let earliest = TextOffset::new(index.saturating_sub(WORD_WINDOW_BYTES)).floor_in(text);
    let mut after = text[index..].chars().next();
    for (skipped, before) in text[earliest..index].char_indices().rev() {
        let place = earliest + skipped + before.len_utf8();
        if after.is_some_and(|after| breaks_between(before, after)) && graphemes::is_boundary(text, place) {
            return place;
        }
        after = Some(before);
    }
    graphemes::grapheme_start(text, TextOffset::new(earliest)).to_usize()
}

/// The first such place after `index`.
fn certain_break_after(text: &str, index: usize) -> usize {
    let latest = TextOffset::new((index + WORD_WINDOW_BYTES).min(text.len())).ceil_in(text);
    let mut characters = text[index..latest].char_indices();
    let mut before = characters.next().map(|(_, character)| character);
    for (skipped, after) in characters {
        let place = index + skipped;
        if before.is_some_and(|before| breaks_between(before, after)) && graphemes::is_boundary(text, place) {
            return place;
        }
        before = Some(after);
    }
    graphemes::grapheme_end(text, TextOffset::new(latest)).to_usize()
}

fn breaks_between(before: char, after: char) -> bool {
    matches!(after, ' ' | '\n' | '\r' | '、' | '。' | '，' | '！' | '？') && !before.is_whitespace()
}

#[cfg(test)]
mod tests;
