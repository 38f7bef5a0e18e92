//! The article in sections of some dozens of blocks, filled with marks where someone looks.
//!
//! Measured: containment belongs on sections, not on paragraphs; an edit must redraw only the
//! blocks it touches. What did not change keeps its pointer, so that comparing is free.

use std::ops::Range;
use std::rc::Rc;

use crate::edit::state::State;
use crate::model::paragraphs::ParagraphState;
use crate::text::span::{TextOffset, TextSpan};
use crate::view_model::segments::{Segment, segments_of};

/// How many blocks a section holds.
pub const SECTION_BLOCKS: usize = 32;

/// How many sections a part holds.
const PART_SECTIONS: usize = 8;

/// The article as it is drawn. Its sections are held in parts, so that drawing it again after a change of
/// one section costs a look at the parts and at the blocks of one of them, not at all sections.
#[derive(Debug, Default)]
pub struct ArticleView {
    parts: Vec<Rc<PartView>>,
    len: usize,
    /// All sections before this one have their text.
    next_empty: usize,
}

/// Some sections that follow one another.
#[derive(Clone, Debug)]
pub struct PartView {
    /// The number of the first section.
    pub first: usize,
    pub sections: Vec<Rc<SectionView>>,
}

/// Some dozens of blocks.
#[derive(Clone, Debug)]
pub struct SectionView {
    /// Where the blocks stand in the document's `BlockIndex`.
    pub blocks: Range<usize>,
    /// Whether the blocks are not in the page yet: a long text comes in piece by piece.
    pub is_empty: bool,
    /// The marks of each block, or nothing before anyone comes near: plain text then.
    pub marks: Option<Vec<Rc<[Segment]>>>,
    /// How often the section was left. What a browser keeps of marks it keeps with the elements of the
    /// blocks: those are made anew then.
    pub times_left: usize,
    /// What was said of the paragraph that each block begins; empty before anyone comes near.
    pub paragraphs: Vec<Option<ParagraphState>>,
}

impl PartView {
    /// Whether a section of it has its marks.
    pub fn has_marks(&self) -> bool {
        self.sections.iter().any(|section| section.marks.is_some())
    }
}

impl ArticleView {
    /// All sections, still empty. O(number of sections).
    pub fn new(state: &State) -> ArticleView {
        let len = state.document.index.blocks.blocks().len();
        let section = |idx: usize| {
            let start = idx * SECTION_BLOCKS;
            let blocks = start..(start + SECTION_BLOCKS).min(len);
            Rc::new(SectionView {
                blocks,
                is_empty: true,
                marks: None,
                times_left: 0,
                paragraphs: Vec::new(),
            })
        };
        let len = len.div_ceil(SECTION_BLOCKS);
        let part = |first: usize| {
            let sections = (first..(first + PART_SECTIONS).min(len)).map(section);
            Rc::new(PartView { first, sections: sections.collect() })
        };
        ArticleView { parts: (0..len).step_by(PART_SECTIONS).map(part).collect(), len, next_empty: 0 }
    }

    /// How many sections there are.
    pub fn section_count(&self) -> usize {
        self.len
    }

    pub fn parts(&self) -> &[Rc<PartView>] {
        &self.parts
    }

    pub fn section(&self, idx: usize) -> Option<&Rc<SectionView>> {
        self.parts.get(idx / PART_SECTIONS)?.sections.get(idx % PART_SECTIONS)
    }

    /// A section that changes, and with it the part that holds it: both are drawn again.
    fn section_mut(&mut self, idx: usize) -> Option<&mut SectionView> {
        let part = Rc::make_mut(self.parts.get_mut(idx / PART_SECTIONS)?);
        Some(Rc::make_mut(part.sections.get_mut(idx % PART_SECTIONS)?))
    }

    /// Gives the next `count` sections that are empty their plain text.
    pub fn draw_more(&mut self, count: usize) {
        for _ in 0..count {
            self.skip_drawn();
            if let Some(section) = self.section_mut(self.next_empty) {
                section.is_empty = false;
            }
        }
    }

    /// Whether some sections are still empty.
    pub fn is_partial(&mut self) -> bool {
        self.skip_drawn();
        self.next_empty < self.len
    }

    fn skip_drawn(&mut self) {
        while self.section(self.next_empty).is_some_and(|section| !section.is_empty) {
            self.next_empty += 1;
        }
    }

    /// Draws the marks of a section, in the text and in the margin. Whether anything changed.
    pub fn fill(&mut self, state: &State, idx: usize) -> bool {
        let Some(section) = self.section(idx).filter(|section| section.marks.is_none()) else {
            return false;
        };
        let marks = section.blocks.clone().map(|block| marks_of(state, block)).collect();
        let paragraphs = section.blocks.clone().map(|block| paragraph_of(state, block)).collect();
        if let Some(section) = self.section_mut(idx) {
            section.is_empty = false;
            section.marks = Some(marks);
            section.paragraphs = paragraphs;
        }
        true
    }

    /// Whether a section has its marks.
    pub fn is_filled(&self, idx: usize) -> bool {
        self.section(idx).is_some_and(|section| section.marks.is_some())
    }

    /// Takes the marks of a section away: plain text again, as before anyone came near.
    pub fn leave(&mut self, idx: usize) {
        if !self.is_filled(idx) {
            return;
        }
        if let Some(section) = self.section_mut(idx) {
            section.marks = None;
            section.times_left += 1;
            section.paragraphs = Vec::new();
        }
    }

    /// As [`ArticleView::fill`], the section in which a place is or which is nearest to it.
    pub fn fill_at(&mut self, state: &State, place: TextOffset) -> bool {
        ArticleView::section_at(state, place).is_some_and(|section| self.fill(state, section))
    }

    /// The section in which a place is or which is nearest to it.
    pub fn section_at(state: &State, place: TextOffset) -> Option<usize> {
        state.document.index.blocks.nearest_block(place).map(|block| block / SECTION_BLOCKS)
    }

    /// Draws the blocks again that `spans` touch, where they are drawn. Blocks that come out the
    /// same keep their pointer. O(blocks touched).
    pub fn refresh(&mut self, state: &State, spans: &[TextSpan]) {
        for span in spans {
            for block in state.document.index.blocks.blocks_touching(*span) {
                self.refresh_block(state, block);
            }
        }
    }

    /// Draws the margin again beside these paragraphs, by their index in `BlockIndex::paragraphs`.
    /// O(paragraphs × log blocks).
    pub fn refresh_paragraphs(&mut self, state: &State, paragraphs: &[u32]) {
        let index = &state.document.index.blocks;
        for paragraph in paragraphs {
            let Some(span) = index.paragraphs().get(*paragraph as usize) else { continue };
            let block = index.blocks_touching(*span).start;
            let (section, in_section) = (block / SECTION_BLOCKS, block % SECTION_BLOCKS);
            let drawn = self.section(section).and_then(|section| section.paragraphs.get(in_section));
            let fresh = paragraph_of(state, block);
            if drawn.is_some_and(|drawn| *drawn != fresh)
                && let Some(section) = self.section_mut(section)
            {
                section.paragraphs[in_section] = fresh;
            }
        }
    }

    /// Draws everything again: another view of the marks, or another schema.
    pub fn refresh_all(&mut self, state: &State) {
        for section in 0..self.len {
            let filled = self.section(section).filter(|section| section.marks.is_some());
            for block in filled.map_or(0..0, |section| section.blocks.clone()) {
                self.refresh_block(state, block);
            }
        }
    }

    fn refresh_block(&mut self, state: &State, block: usize) {
        let (section, in_section) = (block / SECTION_BLOCKS, block % SECTION_BLOCKS);
        let Some(drawn) = self.section(section).and_then(|section| section.marks.as_ref()) else { return };
        let fresh = marks_of(state, block);
        if drawn[in_section] != fresh
            && let Some(marks) = self.section_mut(section).and_then(|section| section.marks.as_mut())
        {
            marks[in_section] = fresh;
        }
    }
}

fn marks_of(state: &State, block: usize) -> Rc<[Segment]> {
    Rc::from(segments_of(state, state.document.index.blocks.blocks()[block].span))
}

/// What was said of the paragraph that a block begins; `None` too for the later pieces of one.
fn paragraph_of(state: &State, block: usize) -> Option<ParagraphState> {
    let block = &state.document.index.blocks.blocks()[block];
    state.paragraphs.get(&block.paragraph).copied().filter(|_| block.piece == 0)
}

#[cfg(test)]
mod tests;
