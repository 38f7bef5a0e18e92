//! Sentences: UAX #29 with the abbreviations of the language.
//!
//! A single line break ends no sentence; a paragraph does. No sentence starts with a lower-case
//! letter, so « Vraiment ? » a-t-il dit is one. Closing quotes after the final stop belong to it.
//! A sentence's span has no white space at its ends. Offsets are in bytes of `text`; a place past
//! the end counts as the end.

use std::ops::Range;

use crate::text::abbreviations::{Language, may_end_after};
use crate::text::blocks::BlockIndex;
use crate::text::graphemes::{self, grapheme_end, grapheme_start};
use crate::text::span::{TextOffset, TextSpan};
use crate::text::unicode::{Unit, is_letter_or_number, is_lower_case, segment_ends};

/// Bytes looked at on each side of a place. A sentence that is longer is cut there.
pub const SENTENCE_WINDOW_BYTES: usize = 4096;

/// The sentence of `paragraph` that holds `offset`: in the white space between two, the first of
/// them. The paragraph itself if it has nothing but white space.
pub fn sentence_at(text: &str, paragraph: TextSpan, offset: TextOffset, language: Language) -> TextSpan {
    let index = offset.floor_in(text);
    let sentences = sentences_round(text, paragraph, index, language);
    let last_started = sentences.iter().rfind(|sentence| sentence.start <= index);
    let sentence = last_started.or(sentences.first()).cloned();
    sentence.and_then(TextSpan::from_range).unwrap_or(paragraph)
}

/// All sentences of `paragraph`, in order. O(length of the paragraph).
pub fn sentences_in(text: &str, paragraph: TextSpan, language: Language) -> Vec<TextSpan> {
    let paragraph = paragraph.range_in(text);
    let mut sentences = Vec::new();
    let mut start = paragraph.start;
    while start < paragraph.end {
        let end = TextOffset::new((start + SENTENCE_WINDOW_BYTES).min(text.len()));
        let end = grapheme_end(text, end).to_usize().min(paragraph.end);
        let mut found = sentences_of(&text[start..end], language);
        // The window may have cut the last one: the next window starts with it.
        if end < paragraph.end && found.len() > 1 {
            found.pop();
        }
        let found_end = found.last().map_or(end, |sentence| start + sentence.end);
        let found = found.into_iter().map(|it| start + it.start..start + it.end);
        sentences.extend(found.filter_map(TextSpan::from_range));
        start = if end == paragraph.end { end } else { found_end };
    }
    sentences
}

/// The end of the sentence that `offset` is in, else of the next, else the end of the text.
pub fn next_sentence_boundary(
    text: &str,
    blocks: &BlockIndex,
    offset: TextOffset,
    language: Language,
) -> TextOffset {
    let index = offset.floor_in(text);
    let first = blocks.paragraphs().partition_point(|paragraph| paragraph.end().to_usize() <= index);
    for &paragraph in &blocks.paragraphs()[first..] {
        let sentences = sentences_round(text, paragraph, index.max(paragraph.start().to_usize()), language);
        if let Some(sentence) = sentences.iter().find(|sentence| sentence.end > index) {
            return TextOffset::new(sentence.end);
        }
    }
    TextOffset::new(text.len())
}

/// The start of the sentence that `offset` is in, else of the one before, else 0.
pub fn previous_sentence_boundary(
    text: &str,
    blocks: &BlockIndex,
    offset: TextOffset,
    language: Language,
) -> TextOffset {
    let index = offset.ceil_in(text);
    let after = blocks.paragraphs().partition_point(|paragraph| paragraph.start().to_usize() < index);
    for &paragraph in blocks.paragraphs()[..after].iter().rev() {
        let sentences = sentences_round(text, paragraph, index.min(paragraph.end().to_usize()), language);
        if let Some(sentence) = sentences.iter().rfind(|sentence| sentence.start < index) {
            return TextOffset::new(sentence.start);
        }
    }
    TextOffset(0)
}

/// The sentences of `paragraph` in a window round `index`, in order.
fn sentences_round(text: &str, paragraph: TextSpan, index: usize, language: Language) -> Vec<Range<usize>> {
    let paragraph = paragraph.range_in(text);
    let index = index.clamp(paragraph.start, paragraph.end);
    let start = TextOffset::new(index.saturating_sub(SENTENCE_WINDOW_BYTES));
    let start = grapheme_start(text, start).to_usize().max(paragraph.start);
    let end = TextOffset::new((index + SENTENCE_WINDOW_BYTES).min(text.len()));
    let end = grapheme_end(text, end).to_usize().min(paragraph.end);
    sentences_of(&text[start..end], language).into_iter().map(|it| start + it.start..start + it.end).collect()
}

/// All sentences of `window`, which is part of one paragraph.
fn sentences_of(window: &str, language: Language) -> Vec<Range<usize>> {
    let plain = without_line_ends(window);
    let mut sentences = Vec::new();
    let mut start = 0;
    for index in segment_ends(Unit::Sentence, &plain).into_iter().filter(|&end| end < plain.len()) {
        let end = after_closing(&plain, start, index);
        if end > start && graphemes::is_boundary(window, end) && ends_sentence(&plain, end, language) {
            sentences.push(start..end);
            start = end;
        }
    }
    sentences.push(start..plain.len());
    sentences.into_iter().filter_map(|sentence| trimmed(window, sentence)).collect()
}

fn trimmed(window: &str, sentence: Range<usize>) -> Option<Range<usize>> {
    let text = &window[sentence.clone()];
    let start = sentence.end - text.trim_start().len();
    let end = sentence.start + text.trim_end().len();
    let start = grapheme_start(window, TextOffset::new(start)).to_usize().max(sentence.start);
    let end = grapheme_end(window, TextOffset::new(end)).to_usize().min(sentence.end);
    (start < end).then_some(start..end)
}

/// The window with characters of the same length in place of some, so that UAX #29 takes a line
/// end for a space and an ellipsis for three dots.
fn without_line_ends(window: &str) -> String {
    let mut plain = String::with_capacity(window.len());
    for character in window.chars() {
        match character {
            '\n' | '\r' => plain.push(' '),
            '\u{85}' => plain.push('\u{A0}'),
            '\u{2028}' | '\u{2029}' => plain.push('\u{2003}'),
            '…' => plain.push_str("..."),
            other => plain.push(other),
        }
    }
    debug_assert_eq!(plain.len(), window.len());
    plain
}

/// The place after closing quotes and brackets that stand a space apart from the stop at `index`,
/// as in French: « Vraiment ? » Then after the white space.
fn after_closing(plain: &str, start: usize, mut index: usize) -> usize {
    loop {
        let rest = &plain[index..];
        let spaces = rest.len() - rest.trim_start().len();
        let mut characters = rest[spaces..].chars();
        let Some(closing) = characters.next().filter(|&character| is_closing(character)) else {
            return index + spaces;
        };
        // German opens with », English with ’: an opening mark has its word right behind it.
        let is_opening = characters.next().is_some_and(is_letter_or_number)
            || closing == '"' && plain[start..index].matches('"').count().is_multiple_of(2);
        if is_opening {
            return index + spaces;
        }
        index += spaces + closing.len_utf8();
    }
}

fn is_closing(character: char) -> bool {
    matches!(character, '»' | '›' | '”' | '’' | '"' | '\'' | ')' | ']' | '}')
}

/// Whether a stop that UAX #29 takes for the end of a sentence is one. The next would start at
/// `index`.
fn ends_sentence(plain: &str, index: usize, language: Language) -> bool {
    let (before, after) = plain.split_at(index);
    let after = after.trim_start();
    let is_opening = |character: char| {
        matches!(character, '(' | '[' | '«' | '‹' | '“' | '‘' | '"' | '\'' | ' ' | '\u{A0}' | '\u{202F}')
    };
    if after.trim_start_matches(is_opening).starts_with(is_lower_case) {
        return false;
    }
    if after.starts_with([',', ';', ':', '-', '–', '—']) {
        return false;
    }
    let before =
        before.trim_end_matches(|character: char| character.is_whitespace() || is_closing(character));
    let is_stop = |character: char| matches!(character, '.' | '?' | '!');
    let sentence = before.trim_end_matches(is_stop);
    // « (?) », « […] »: a remark within the sentence.
    if sentence.ends_with(['(', '[']) {
        return false;
    }
    let is_single_dot = before.len() == sentence.len() + 1 && before.ends_with('.');
    !is_single_dot || may_end_after(sentence, after, language)
}

#[cfg(test)]
mod tests;
