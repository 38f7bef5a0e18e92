//! Tags, and the chunks that they make.

use std::ops::Range;

/// The label of tags that have none.
const NO_LABEL: &str = "SPAN";

/// What a tag says of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag<'t> {
    Outside,
    /// `B-`
    First(&'t str),
    /// `I-`, `M-`
    Inside(&'t str),
    /// `L-`, `E-`
    Last(&'t str),
    /// `U-`, `S-`
    Single(&'t str),
}

impl<'t> Tag<'t> {
    /// `None` for what is no tag of any scheme.
    pub fn read(tag: &'t str) -> Option<Tag<'t>> {
        if tag == "O" {
            return Some(Tag::Outside);
        }
        let (prefix, label) = match tag.split_once('-') {
            Some((prefix, label)) if !label.is_empty() => (prefix, label),
            Some(_) => return None,
            None => (tag, NO_LABEL),
        };
        match prefix {
            "B" => Some(Tag::First(label)),
            "I" | "M" => Some(Tag::Inside(label)),
            "L" | "E" => Some(Tag::Last(label)),
            "U" | "S" => Some(Tag::Single(label)),
            _ => None,
        }
    }

    fn label(self) -> Option<&'t str> {
        match self {
            Tag::Outside => None,
            Tag::First(label) | Tag::Inside(label) | Tag::Last(label) | Tag::Single(label) => Some(label),
        }
    }
}

/// A row of tokens with one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagChunk<'t> {
    pub tokens: Range<usize>,
    pub label: &'t str,
}

/// The chunks of a sentence, whose first token has the index `first`; the indexes of tags that do
/// not go with those before them go to `wrong`. Such a tag begins a chunk.
pub fn chunks<'t>(tags: &[Tag<'t>], first: usize, wrong: &mut Vec<usize>) -> Vec<TagChunk<'t>> {
    let mut chunks: Vec<TagChunk<'t>> = Vec::new();
    // Whether the last chunk may go on.
    let mut is_open = false;
    for (skipped, &tag) in tags.iter().enumerate() {
        let idx = first + skipped;
        let Some(label) = tag.label() else {
            is_open = false;
            continue;
        };
        let goes_on = matches!(tag, Tag::Inside(_) | Tag::Last(_));
        match chunks.last_mut() {
            Some(chunk) if goes_on && is_open && chunk.label == label => chunk.tokens.end = idx + 1,
            _ => {
                if goes_on {
                    wrong.push(idx);
                }
                chunks.push(TagChunk { tokens: idx..idx + 1, label });
            }
        }
        is_open = matches!(tag, Tag::First(_) | Tag::Inside(_));
    }
    chunks
}

/// Whether the tags of a file are IOB1, where `B-` stands only between two chunks of one label that
/// touch, and other chunks begin with `I-`.
pub fn is_iob1(sentences: &[Vec<Tag<'_>>]) -> bool {
    let mut has_first_inside = false;
    for tags in sentences {
        let mut before = Tag::Outside;
        for &tag in tags {
            match tag {
                Tag::First(label) if before.label() != Some(label) => return false,
                Tag::Last(_) | Tag::Single(_) => return false,
                Tag::Inside(label) => has_first_inside |= before.label() != Some(label),
                Tag::First(_) | Tag::Outside => {}
            }
            before = tag;
        }
    }
    has_first_inside
}
