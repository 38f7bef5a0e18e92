//! The tokens and sentences of a text, for the formats that are made of them.
//!
//! A token is a word, or one mark of punctuation, or one symbol; an elided article is a token of its
//! own (« l’ », « ONU »). White space of any kind is in no token, not even between the digits of
//! « 10 000 », since the programs that read such files cut there; every other character is in
//! exactly one. Tokens are also cut where an annotation that is written starts or ends, so that its
//! words are whole tokens. Sentences lie within paragraphs. All offsets are in bytes of the text.

use std::ops::Range;

use sourcier::sorted::sort_unique;
use sourcier::text::sentences::sentences_in;
use sourcier::text::span::{TextOffset, TextSpan};
use sourcier::text::words::segments_in;

use crate::work::Work;

/// The tokens of a text in order, and how they make sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    pub spans: Vec<TextSpan>,
    /// Indexes of `spans`: no sentence is empty, and each token is in exactly one.
    pub sentences: Vec<Range<usize>>,
}

/// How a span lies on tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// The tokens that share a character with the span, as indexes of [`Tokens::spans`]. Not empty.
    pub tokens: Range<usize>,
    /// Whether the span starts where the first token does and ends where the last one does, apart
    /// from white space.
    pub is_exact: bool,
}

impl Tokens {
    /// The tokens of a document, cut at the ends of `spans`, which may be in any order. O(n · log n).
    pub fn new<'t>(work: Work<'_>, spans: impl Iterator<Item = &'t TextSpan>) -> Tokens {
        let text = work.text();
        let mut cuts: Vec<TextOffset> = spans.flat_map(|span| [span.start(), span.end()]).collect();
        sort_unique(&mut cuts);
        let mut tokens = Tokens::default();
        for &paragraph in work.state.document.index.blocks.paragraphs() {
            for sentence in sentences_in(text, paragraph, work.state.language()) {
                let first = tokens.spans.len();
                for segment in segments_in(text, sentence) {
                    push_cut(text, segment, &cuts, &mut tokens.spans);
                }
                if tokens.spans.len() > first {
                    tokens.sentences.push(first..tokens.spans.len());
                }
            }
        }
        tokens
    }

    /// From the start of the sentence's first token to the end of its last.
    pub fn sentence_span(&self, sentence: &Range<usize>) -> Option<TextSpan> {
        let tokens = self.spans.get(sentence.clone())?;
        TextSpan::new(tokens.first()?.start(), tokens.last()?.end())
    }

    /// The tokens of a span. `None` where it holds nothing but white space. O(log n).
    pub fn align(&self, text: &str, span: TextSpan) -> Option<Alignment> {
        let first = self.spans.partition_point(|token| token.end() <= span.start());
        let end = self.spans.partition_point(|token| token.start() < span.end());
        if first >= end {
            return None;
        }
        let words = trimmed(text, span)?;
        let is_exact = self.spans[first].start() == words.start() && self.spans[end - 1].end() == words.end();
        Some(Alignment { tokens: first..end, is_exact })
    }

    /// Makes one sentence of those that a range of tokens reaches over, for formats in which nothing
    /// goes beyond a sentence. O(number of sentences).
    pub fn join_sentences(&mut self, ranges: &[Range<usize>]) {
        // How far each first token of a range reaches; then one walk joins what is reached.
        let mut reach: Vec<usize> = (0..self.spans.len()).collect();
        for range in ranges.iter().filter(|range| !range.is_empty()) {
            reach[range.start] = reach[range.start].max(range.end - 1);
        }
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(self.sentences.len());
        let mut reached = 0;
        for sentence in &self.sentences {
            match joined.last_mut() {
                Some(last) if reached >= sentence.start => last.end = sentence.end,
                _ => joined.push(sentence.clone()),
            }
            let furthest = reach[sentence.clone()].iter().copied().max().unwrap_or(0);
            reached = reached.max(furthest);
        }
        self.sentences = joined;
    }
}

/// The span without white space at its ends. `None` where there is nothing else.
pub fn trimmed(text: &str, span: TextSpan) -> Option<TextSpan> {
    let words = &text[span.range()];
    let start = span.end().to_usize() - words.trim_start_matches(is_white).len();
    let end = span.start().to_usize() + words.trim_end_matches(is_white).len();
    TextSpan::from_range(start..end.max(start))
}

/// White space for any of the programs that read tokens: that of Unicode, the separators that Python
/// takes for it, and two characters without width that once were, one of which is also the mark of
/// the byte order.
pub fn is_white(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{1C}'..='\u{1F}' | '\u{200B}' | '\u{FEFF}')
}

/// The parts of a segment between white space and cuts.
fn push_cut(text: &str, segment: TextSpan, cuts: &[TextOffset], tokens: &mut Vec<TextSpan>) {
    let mut cut_idx = cuts.partition_point(|&cut| cut <= segment.start());
    let mut start = segment.start().to_usize();
    for (skipped, character) in text[segment.range()].char_indices() {
        let place = segment.start().to_usize() + skipped;
        let is_cut = cuts.get(cut_idx).is_some_and(|cut| cut.to_usize() == place);
        cut_idx += usize::from(is_cut);
        if is_cut || is_white(character) {
            tokens.extend(TextSpan::from_range(start..place));
            start = if is_white(character) { place + character.len_utf8() } else { place };
        }
    }
    tokens.extend(TextSpan::from_range(start..segment.end().to_usize()));
}

#[cfg(test)]
mod tests;
