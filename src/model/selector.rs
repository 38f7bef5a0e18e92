//! Finding words again in a text that is not quite the one they were marked in.
//!
//! A [`TextQuote`] is the marked words with some of what stood before and after them, as in the
//! Web Annotation model. Used where files come in; inside the program places are byte offsets.

use std::ops::Range;

use crate::text::span::{TextOffset, TextSpan};

/// How far round the old place a quote is looked for first.
const NEARBY_BYTES: usize = 4 * 1024;
/// What comparing the context of one occurrence counts as.
const OCCURRENCE_BYTES: u64 = 64;

/// Words and what stands round them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextQuote<'q> {
    pub exact: &'q str,
    /// What ends where the words start; may be empty.
    pub prefix: &'q str,
    /// What starts where the words end; may be empty.
    pub suffix: &'q str,
}

/// Where a quote was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuoteMatch {
    pub span: TextSpan,
    /// 50 for the words, up to 50 more for the context. Without context to compare: 100 where
    /// the words occur once, 50 where they occur more often.
    pub score_percent: u8,
    /// Another occurrence has as good a context, and this one was only nearer.
    pub is_ambiguous: bool,
}

/// How many bytes may still be searched, so that a hostile or hopeless file ends in a report and
/// not in a frozen page.
#[derive(Clone, Copy, Debug)]
pub struct SearchBudget {
    pub bytes_left: u64,
}

impl TextQuote<'_> {
    /// Whether the words stand at `span`, in bytes of `text`.
    pub fn is_at(&self, text: &str, span: TextSpan) -> bool {
        text.get(span.range()) == Some(self.exact)
    }

    /// Whether everything that stands round the words does so at `span`, in bytes of `text`.
    pub fn has_context_at(&self, text: &str, span: TextSpan) -> bool {
        self.agreement(text, span.range()) == self.context_len()
    }

    /// The occurrence whose context agrees best, and of equal ones the nearest to `near` (in
    /// bytes of `text`, clipped to it). `None` where the words do not occur, or neither at `near`
    /// nor before the budget ends. O(length of the text), less where the context agrees fully at
    /// `near` or not far from it.
    pub fn find(&self, text: &str, near: TextOffset, budget: &mut SearchBudget) -> Option<QuoteMatch> {
        if self.exact.is_empty() {
            return None;
        }
        let near = near.floor_in(text);
        let expected =
            TextSpan::from_range(near..near + self.exact.len()).filter(|&span| self.is_at(text, span));
        let context_len = self.context_len();
        if let Some(span) = expected.filter(|&span| context_len > 0 && self.has_context_at(text, span)) {
            return Some(QuoteMatch { span, score_percent: 100, is_ambiguous: false });
        }
        let nearby = TextOffset::new(near.saturating_sub(NEARBY_BYTES)).floor_in(text)
            ..TextOffset::new((near + self.exact.len() + NEARBY_BYTES).min(text.len())).ceil_in(text);
        let is_whole = nearby == (0..text.len());
        let (found, is_sure) = self.best_in(text, near, nearby, budget);
        if is_whole || is_sure {
            return found;
        }
        let unsure = || expected.map(|span| QuoteMatch { span, score_percent: 50, is_ambiguous: true });
        self.best_in(text, near, 0..text.len(), budget).0.or(found).or_else(unsure)
    }

    /// The best occurrence in a part of the text, and whether its whole context agrees. Of equal
    /// ones it is the nearest to `near`. O(length of the part).
    pub fn best_in(
        &self,
        text: &str,
        near: usize,
        range: Range<usize>,
        budget: &mut SearchBudget,
    ) -> (Option<QuoteMatch>, bool) {
        let Some(bytes_left) = budget.bytes_left.checked_sub(range.len() as u64) else {
            return (None, false);
        };
        budget.bytes_left = bytes_left;
        let first_len = self.exact.chars().next().map_or(1, char::len_utf8);
        let (mut best, mut count_best, mut from) = (None, 0, range.start);
        while let Some(found) = text[from..range.end].find(self.exact) {
            let start = from + found;
            from = start + first_len;
            let agreement = self.agreement(text, start..start + self.exact.len());
            let rank = (agreement, std::cmp::Reverse(start.abs_diff(near)));
            match best {
                Some((best_rank, _)) if best_rank >= rank => {
                    let (best_agreement, _) = best_rank;
                    count_best += usize::from(best_agreement == agreement);
                }
                Some(((best_agreement, _), _)) if best_agreement == agreement => {
                    (best, count_best) = (Some((rank, start)), count_best + 1);
                }
                _ => (best, count_best) = (Some((rank, start)), 1),
            }
            match budget.bytes_left.checked_sub(OCCURRENCE_BYTES) {
                Some(bytes_left) => budget.bytes_left = bytes_left,
                None => {
                    count_best += 1;
                    break;
                }
            }
        }
        let Some(((agreement, _), start)) = best else { return (None, false) };
        let context_len = self.context_len();
        let score_percent = if context_len == 0 && count_best > 1 { 50 } else { self.score(agreement) };
        let span = TextSpan::from_range(start..start + self.exact.len());
        let found = span.map(|span| QuoteMatch { span, score_percent, is_ambiguous: count_best > 1 });
        (found, context_len > 0 && agreement == context_len)
    }

    fn score(&self, agreement: usize) -> u8 {
        match self.context_len() {
            0 => 100,
            context_len => 50 + (50 * agreement / context_len) as u8,
        }
    }

    fn context_len(&self) -> usize {
        marks(self.prefix.chars()).count() + marks(self.suffix.chars()).count()
    }

    /// How many characters of the context stand next to `range` too, counted from it outwards.
    fn agreement(&self, text: &str, range: Range<usize>) -> usize {
        let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else {
            return 0;
        };
        let same = |(left, right): &(char, char)| left == right;
        let before = marks(before.chars().rev()).zip(marks(self.prefix.chars().rev()));
        let after = marks(after.chars()).zip(marks(self.suffix.chars()));
        before.take_while(same).count() + after.take_while(same).count()
    }
}

/// The characters that count in a context: a line end is the same with and without CR.
fn marks(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.filter(|mark| *mark != '\r')
}

/// Up to `len` code points that end at `offset`, a byte offset of `text`.
pub fn context_before(text: &str, offset: TextOffset, len: usize) -> &str {
    let before = &text[..offset.floor_in(text)];
    let start = before.char_indices().rev().take(len).last().map_or(before.len(), |(index, _)| index);
    &before[start..]
}

/// Up to `len` code points that start at `offset`, a byte offset of `text`.
pub fn context_after(text: &str, offset: TextOffset, len: usize) -> &str {
    let after = &text[offset.ceil_in(text)..];
    let end = after.char_indices().nth(len).map_or(after.len(), |(index, _)| index);
    &after[..end]
}

#[cfg(test)]
mod tests;
