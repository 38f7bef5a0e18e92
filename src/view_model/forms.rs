//! How a block of the article is set: as a heading, in a quote, as an item of a list.

use crate::model::document::Document;
use crate::model::structure::PartKind;
use crate::text::blocks::Block;

/// About how many bytes a line of the article holds.
const BYTES_PER_LINE: u32 = 72;

/// The form of one block. All of it is fixed with the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Of a heading, 1 to 6; else 0.
    pub heading_level: u8,
    pub is_quote: bool,
    /// How many lists the block stands in.
    pub list_level: u8,
    /// Whether an item begins here, and its number where its list is an ordered one.
    pub item: Option<Option<u32>>,
    /// Whether the next block goes on with the same quote or list.
    pub goes_on: bool,
}

/// The form of a block, by its index. O(log parts).
pub fn form_of(document: &Document, idx: usize) -> Form {
    if document.structure.is_empty() {
        return Form::default();
    }
    let blocks = document.index.blocks.blocks();
    let form = alone(document, &blocks[idx]);
    let next = blocks.get(idx + 1).map(|next| alone(document, next)).unwrap_or_default();
    let goes_on = form.is_quote && next.is_quote || form.list_level > 0 && next.list_level > 0;
    Form { goes_on, ..form }
}

/// The form of a block, whatever follows.
fn alone(document: &Document, block: &Block) -> Form {
    let (structure, start) = (&document.structure, block.span.start());
    let mut form = Form { is_quote: structure.quote_at(start).is_some(), ..Form::default() };
    if let Some(part) = structure.line_at(start) {
        match part.kind {
            PartKind::Heading { level } => form.heading_level = level,
            PartKind::Item { level, number } => {
                form.list_level = level;
                form.item = (part.span.start() == start).then_some(number);
            }
            PartKind::Quote | PartKind::Link { .. } => {}
        }
    }
    form
}

/// About how many lines some blocks take, a gap between two counting as half a line.
pub fn estimated_lines(document: &Document, blocks: std::ops::Range<usize>) -> usize {
    let lines = |idx: usize| {
        let len = document.index.blocks.blocks()[idx].span.len_bytes();
        match form_of(document, idx) {
            // The letters of great headings are half as large again.
            Form { heading_level: 1 | 2, .. } => (len * 3 / 2 / BYTES_PER_LINE + 1) * 3 / 2,
            _ => len / BYTES_PER_LINE + 1,
        }
    };
    let half = blocks.len() / 2;
    blocks.map(lines).sum::<u32>() as usize + half
}

#[cfg(test)]
mod tests;
