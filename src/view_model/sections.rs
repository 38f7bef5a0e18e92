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

/// The article as it is drawn.
#[derive(Debug, Default)]
pub struct ArticleView {
    sections: Vec<Rc<SectionView>>,
    /// All sections before this one have their text.
    next_empty: usize,
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

impl ArticleView {
    /// All sections, still empty. O(number of sections).
    pub fn new(state: &State) -> ArticleView {
        let len = state.document.index.blocks.blocks().len();
        let sections = (0..len).step_by(SECTION_BLOCKS).map(|start| {
            let blocks = start..(start + SECTION_BLOCKS).min(len);
            Rc::new(SectionView {
                blocks,
                is_empty: true,
                marks: None,
                times_left: 0,
                paragraphs: Vec::new(),
            })
        });
        ArticleView { sections: sections.collect(), next_empty: 0 }
    }

    /// Gives the next `count` sections that are empty their plain text.
    pub fn draw_more(&mut self, count: usize) {
        for _ in 0..count {
            self.skip_drawn();
            if let Some(section) = self.sections.get_mut(self.next_empty) {
                Rc::make_mut(section).is_empty = false;
            }
        }
    }

    /// Whether some sections are still empty.
    pub fn is_partial(&mut self) -> bool {
        self.skip_drawn();
        self.next_empty < self.sections.len()
    }

    fn skip_drawn(&mut self) {
        let rest = self.sections.iter().skip(self.next_empty);
        self.next_empty += rest.take_while(|section| !section.is_empty).count();
    }

    pub fn sections(&self) -> &[Rc<SectionView>] {
        &self.sections
    }

    /// Draws the marks of a section, in the text and in the margin. Whether anything changed.
    pub fn fill(&mut self, state: &State, idx: usize) -> bool {
        let Some(section) = self.sections.get_mut(idx).filter(|section| section.marks.is_none()) else {
            return false;
        };
        let marks = section.blocks.clone().map(|block| marks_of(state, block)).collect();
        let paragraphs = section.blocks.clone().map(|block| paragraph_of(state, block)).collect();
        let section = Rc::make_mut(section);
        section.is_empty = false;
        section.marks = Some(marks);
        section.paragraphs = paragraphs;
        true
    }

    /// Whether a section has its marks.
    pub fn is_filled(&self, idx: usize) -> bool {
        self.sections.get(idx).is_some_and(|section| section.marks.is_some())
    }

    /// Takes the marks of a section away: plain text again, as before anyone came near.
    pub fn leave(&mut self, idx: usize) {
        if let Some(section) = self.sections.get_mut(idx).filter(|section| section.marks.is_some()) {
            let section = Rc::make_mut(section);
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
            let Some(section) = self.sections.get_mut(block / SECTION_BLOCKS) else { continue };
            if let Some(drawn) = section.paragraphs.get(block % SECTION_BLOCKS)
                && *drawn != paragraph_of(state, block)
            {
                Rc::make_mut(section).paragraphs[block % SECTION_BLOCKS] = paragraph_of(state, block);
            }
        }
    }

    /// Draws everything again: another view of the marks, or another schema.
    pub fn refresh_all(&mut self, state: &State) {
        for section in 0..self.sections.len() {
            if self.sections[section].marks.is_some() {
                for block in self.sections[section].blocks.clone() {
                    self.refresh_block(state, block);
                }
            }
        }
    }

    fn refresh_block(&mut self, state: &State, block: usize) {
        let Some(section) = self.sections.get_mut(block / SECTION_BLOCKS) else { return };
        let Some(marks) = &section.marks else { return };
        let in_section = block % SECTION_BLOCKS;
        let fresh = marks_of(state, block);
        if marks[in_section] != fresh
            && let Some(marks) = &mut Rc::make_mut(section).marks
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
