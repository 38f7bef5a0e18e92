//! What a person said of whole paragraphs: without it, words that nobody marked are no evidence
//! that there was nothing to mark.

use std::rc::Rc;

use crate::sorted::SortedMap;

/// What a person said of one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphState {
    /// Read, and all marked that is to be marked.
    Seen,
    /// Read, and there is nothing to mark.
    NothingHere,
}

/// The states of paragraphs, under their index in `BlockIndex::paragraphs`. Absent: not seen yet.
pub type Paragraphs = Rc<SortedMap<u32, ParagraphState>>;
