//! Places and stretches of a text, in UTF-8 bytes.
//!
//! A [`TextOffset`] lies between two characters; a [`TextSpan`] is a stretch that is never empty.
//! Neither knows its text: the functions that take both put a place inside a character back to the
//! start of it, and a place past the end at the end.

use std::ops::Range;

/// A place between two characters: the number of UTF-8 bytes before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextOffset(pub u32);

impl TextOffset {
    /// Texts are smaller than 4 GiB; a larger `offset` is a bug and becomes `u32::MAX`.
    pub fn new(offset: usize) -> TextOffset {
        debug_assert!(u32::try_from(offset).is_ok(), "offset {offset} is past 4 GiB");
        TextOffset(u32::try_from(offset).unwrap_or(u32::MAX))
    }

    pub fn to_usize(self) -> usize {
        self.0 as usize
    }

    /// The place as an index that `text` can be sliced at: not past the end, not in a character.
    pub(crate) fn floor_in(self, text: &str) -> usize {
        let mut index = self.to_usize().min(text.len());
        while !text.is_char_boundary(index) {
            index -= 1;
        }
        index
    }

    /// As [`TextOffset::floor_in`], but a place in a character goes to the end of it.
    pub(crate) fn ceil_in(self, text: &str) -> usize {
        let mut index = self.to_usize().min(text.len());
        while !text.is_char_boundary(index) {
            index += 1;
        }
        index
    }
}

impl From<usize> for TextOffset {
    fn from(offset: usize) -> TextOffset {
        TextOffset::new(offset)
    }
}

/// A half-open stretch of text in UTF-8 bytes, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextSpan {
    // Invariant: start < end.
    start: TextOffset,
    end: TextOffset,
}

impl TextSpan {
    /// `None` if the span would be empty or turned round.
    pub fn new(start: TextOffset, end: TextOffset) -> Option<TextSpan> {
        (start < end).then_some(TextSpan { start, end })
    }

    /// `None` if the range is empty or turned round.
    pub fn from_range(range: Range<usize>) -> Option<TextSpan> {
        TextSpan::new(TextOffset::new(range.start), TextOffset::new(range.end))
    }

    pub fn start(self) -> TextOffset {
        self.start
    }

    pub fn end(self) -> TextOffset {
        self.end
    }

    /// At least 1.
    pub fn len_bytes(self) -> u32 {
        self.end.0 - self.start.0
    }

    /// Whether the character after `offset` is in the span: the start counts, the end does not.
    pub fn contains(self, offset: TextOffset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether a caret at `offset` is in the span or at one of its ends.
    pub fn touches_offset(self, offset: TextOffset) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether the two overlap or one starts where the other ends.
    pub fn touches(self, other: TextSpan) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: TextSpan) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether every byte of `other` is in this span; a span covers itself.
    pub fn covers(self, other: TextSpan) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// What the two share; `None` if they do not overlap.
    pub fn intersection(self, other: TextSpan) -> Option<TextSpan> {
        TextSpan::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// For slicing the text the span belongs to. Slicing another text with it may panic; use
    /// `text.get(span.range())` where the two could disagree.
    pub fn range(self) -> Range<usize> {
        self.start.to_usize()..self.end.to_usize()
    }

    /// The span as a range that `text` can be sliced with: ends in characters move outwards.
    pub(crate) fn range_in(self, text: &str) -> Range<usize> {
        self.start.floor_in(text)..self.end.ceil_in(text)
    }
}

#[cfg(test)]
mod tests;
