//! Everything that is worked out once per text.

use crate::text::blocks::BlockIndex;
use crate::text::offsets::OffsetIndex;

/// The indexes of one text. Made once in O(n), since texts never change.
#[derive(Clone, Debug)]
pub struct TextIndex {
    pub offsets: OffsetIndex,
    pub blocks: BlockIndex,
}

impl TextIndex {
    pub fn new(text: &str) -> TextIndex {
        TextIndex { offsets: OffsetIndex::new(text), blocks: BlockIndex::new(text) }
    }
}
