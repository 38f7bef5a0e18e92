//! Paragraphs, and the blocks they are shown in.
//!
//! Paragraphs lie between blank lines; in a text without a blank line between two others, each
//! line is one. A blank line is empty or white space only. Lines end at LF, CR LF, CR, U+0085,
//! U+2028 and U+2029. A long paragraph is cut into several blocks, so that no block takes long to
//! draw. Every character that is not white space lies in exactly one paragraph and one block.

use std::ops::Range;

use crate::sorted::sort_by;
use crate::text::graphemes;
use crate::text::span::{TextOffset, TextSpan};
use crate::text::words;

/// The most bytes of a block, unless a single grapheme is longer.
pub const BLOCK_LEN_MAX: usize = 4096;

/// A paragraph or a piece of a long one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// In bytes. The pieces of a paragraph follow each other without a gap.
    pub span: TextSpan,
    /// Index into [`BlockIndex::paragraphs`].
    pub paragraph: u32,
    /// 0 for the first piece of its paragraph.
    pub piece: u32,
}

/// The paragraphs and blocks of one text, both in order. All offsets are in bytes of that text; a
/// place past the end counts as behind the last paragraph. Lookups cost O(log n).
#[derive(Clone, Debug)]
pub struct BlockIndex {
    paragraphs: Vec<TextSpan>,
    blocks: Vec<Block>,
    text_end: TextOffset,
}

impl BlockIndex {
    /// O(n).
    pub fn new(text: &str) -> BlockIndex {
        BlockIndex::cut(text, &[])
    }

    /// The same with blocks that are cut where the lines of these spans start and end; the
    /// paragraphs stay as they are. O(n + spans · log).
    pub fn cut(text: &str, spans: &[TextSpan]) -> BlockIndex {
        let paragraphs = paragraphs_of(text);
        let mut cuts = Vec::with_capacity(2 * spans.len());
        for span in spans {
            cuts.push(span.start());
            cuts.push(TextOffset::new(next_line(text, span.end().to_usize())));
        }
        sort_by(&mut cuts, Ord::cmp);
        let mut cuts = cuts.into_iter().peekable();
        let mut blocks = Vec::with_capacity(paragraphs.len());
        for (paragraph, span) in paragraphs.iter().enumerate() {
            let Range { mut start, end } = span.range();
            let mut pieces = Vec::with_capacity(1);
            while let Some(cut) = cuts.next_if(|cut| cut.to_usize() <= end) {
                if cut.to_usize() > start {
                    push_pieces(text, start..cut.to_usize(), &mut pieces);
                    start = cut.to_usize();
                }
            }
            if start < end {
                push_pieces(text, start..end, &mut pieces);
            }
            for (piece, span) in pieces.into_iter().filter_map(TextSpan::from_range).enumerate() {
                blocks.push(Block { span, paragraph: paragraph as u32, piece: piece as u32 });
            }
        }
        BlockIndex { paragraphs, blocks, text_end: TextOffset::new(text.len()) }
    }

    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// From the start of the first line, indent included, to the end of the last without its line
    /// end.
    pub fn paragraphs(&self) -> &[TextSpan] {
        &self.paragraphs
    }

    /// The block that holds `offset` or ends there; of two pieces that meet there, the second.
    /// `None` between blocks.
    pub fn block_at(&self, offset: TextOffset) -> Option<usize> {
        let last = self.blocks.partition_point(|block| block.span.start() <= offset).checked_sub(1)?;
        self.blocks[last].span.touches_offset(offset).then_some(last)
    }

    /// The block that [`BlockIndex::block_at`] gives, else the nearest one in bytes, the later of
    /// two. `None` only in a text without blocks.
    pub fn nearest_block(&self, offset: TextOffset) -> Option<usize> {
        let next = self.blocks.partition_point(|block| block.span.start() <= offset);
        let Some(previous) = next.checked_sub(1) else {
            return (!self.blocks.is_empty()).then_some(0);
        };
        let distance_back = offset.0.saturating_sub(self.blocks[previous].span.end().0);
        let is_next_nearer = self
            .blocks
            .get(next)
            .is_some_and(|block| distance_back > 0 && block.span.start().0 - offset.0 <= distance_back);
        Some(if is_next_nearer { next } else { previous })
    }

    /// The blocks that share a byte with `span`. Empty between blocks.
    pub fn blocks_touching(&self, span: TextSpan) -> Range<usize> {
        let start = self.blocks.partition_point(|block| block.span.end() <= span.start());
        let end = self.blocks.partition_point(|block| block.span.start() < span.end());
        start..end.max(start)
    }

    /// The paragraph that holds `offset` or ends there; `None` between paragraphs.
    pub fn paragraph_at(&self, offset: TextOffset) -> Option<usize> {
        let last = self.paragraphs.partition_point(|span| span.start() <= offset).checked_sub(1)?;
        self.paragraphs[last].touches_offset(offset).then_some(last)
    }

    /// The end of the paragraph that `offset` is in, else of the next, else the end of the text.
    pub fn next_paragraph_boundary(&self, offset: TextOffset) -> TextOffset {
        let next = self.paragraphs.partition_point(|span| span.end() <= offset);
        self.paragraphs.get(next).map_or(self.text_end, |span| span.end())
    }

    /// The start of the paragraph that `offset` is in, else of the one before, else 0.
    pub fn previous_paragraph_boundary(&self, offset: TextOffset) -> TextOffset {
        let after = self.paragraphs.partition_point(|span| span.start() < offset);
        after.checked_sub(1).map_or(TextOffset(0), |previous| self.paragraphs[previous].start())
    }
}

/// Whether a span of the text starts where a line does and ends where one does.
pub fn is_of_lines(text: &str, span: TextSpan) -> bool {
    let Range { start, end } = span.range();
    let is_inside_line_end = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
    let starts = start == 0 || text[..start].ends_with(is_line_end) && !is_inside_line_end(start);
    starts && (end == text.len() || text[end..].starts_with(is_line_end) && !is_inside_line_end(end))
}

/// Where the line begins that follows the one which ends at `end`.
fn next_line(text: &str, end: usize) -> usize {
    let mut ends = text[end..].chars();
    match ends.next() {
        Some('\r') if ends.next() == Some('\n') => end + 2,
        Some(next) if is_line_end(next) => end + next.len_utf8(),
        _ => end,
    }
}

/// The lines of `text` without their ends. A line end at the end of the text starts no line.
fn lines_of(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let len = line_len(rest);
        let line = start..start + len;
        start = next_line(text, line.end);
        Some(line)
    })
}

/// How many bytes there are before the first line end.
fn line_len(text: &str) -> usize {
    // The first bytes of all that ends a line: most of a text is neither.
    let may_end = |byte: &u8| matches!(byte, b'\n' | b'\r' | 0xC2 | 0xE2);
    let mut len = 0;
    while let Some(skipped) = text.as_bytes()[len..].iter().position(may_end) {
        len += skipped;
        match text[len..].chars().next() {
            Some(character) if !is_line_end(character) => len += character.len_utf8(),
            _ => return len,
        }
    }
    text.len()
}

fn is_line_end(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn paragraphs_of(text: &str) -> Vec<TextSpan> {
    // Runs of lines with text, and the same lines each for itself.
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut is_after_blank = true;
    for line in lines_of(text) {
        if text[line.clone()].trim().is_empty() {
            is_after_blank = true;
            continue;
        }
        match runs.last_mut() {
            Some(run) if !is_after_blank => run.end = line.end,
            _ => runs.push(line.clone()),
        }
        lines.push(line);
        is_after_blank = false;
    }
    let paragraphs = if runs.len() > 1 { runs } else { lines };
    paragraphs.into_iter().filter_map(TextSpan::from_range).collect()
}

/// Cuts a part of a paragraph into pieces of at most [`BLOCK_LEN_MAX`] bytes.
#[inline(never)]
fn push_pieces(text: &str, paragraph: Range<usize>, pieces: &mut Vec<Range<usize>>) {
    let mut start = paragraph.start;
    while paragraph.end - start > BLOCK_LEN_MAX {
        let end = start + piece_len(&text[start..paragraph.end]);
        pieces.push(start..end);
        start = end;
    }
    pieces.push(start..paragraph.end);
}

/// How long the piece at the start of `rest` is. `rest` starts with a grapheme and is longer than
/// [`BLOCK_LEN_MAX`].
fn piece_len(rest: &str) -> usize {
    let limit = TextOffset::new(BLOCK_LEN_MAX).floor_in(rest);
    if let Some(len) = last_word_start(rest, BLOCK_LEN_MAX / 2, limit) {
        return len;
    }
    let len = words::word_cut_at(rest, limit.into()).map_or(limit, |word| word.start);
    if len >= BLOCK_LEN_MAX / 2 && graphemes::is_boundary(rest, len) {
        return len;
    }
    match graphemes::grapheme_start(rest, limit.into()).to_usize() {
        0 => graphemes::grapheme_end(rest, limit.into()).to_usize(),
        len => len,
    }
}

/// The last place after `min` and not after `max` that has white space before it and none behind.
fn last_word_start(rest: &str, min: usize, max: usize) -> Option<usize> {
    let min = TextOffset::new(min).floor_in(rest);
    let mut is_space_after = rest[max..].chars().next().is_none_or(char::is_whitespace);
    for (skipped, character) in rest[min..max].char_indices().rev() {
        let place = min + skipped + character.len_utf8();
        if character.is_whitespace() && !is_space_after && graphemes::is_boundary(rest, place) {
            return Some(place);
        }
        is_space_after = character.is_whitespace();
    }
    None
}

#[cfg(test)]
mod tests;
