//! How a text was laid out where it came from: headings, quotes, items of lists, links.
//!
//! For display alone: no part changes the text or has a place in the work, and all of it is fixed
//! with the text. A text that came without any has an empty list and costs nothing.

use std::rc::Rc;

use crate::model::iris::is_iri;
use crate::sorted::sort_by_key;
use crate::text::blocks::is_of_lines;
use crate::text::span::{TextOffset, TextSpan};

/// The most parts of a text; no article has as many.
pub const PART_COUNT_MAX: usize = 100_000;
/// The most lists in each other that are told apart.
pub const LIST_LEVEL_MAX: u8 = 9;

const HEADING_LEVEL_MAX: u8 = 6;
/// In bytes.
const ADDRESS_LEN_MAX: usize = 2_000;

/// What a part of a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    Quote,
    /// Of level 1 to 6.
    Heading {
        level: u8,
    },
    /// An item of a list: how many lists it stands in, itself counted, and its number where the
    /// list is an ordered one. What it holds of inner lists is not in its span.
    Item {
        level: u8,
        number: Option<u32>,
    },
    Link {
        address: Rc<str>,
    },
}

/// A stretch of text that is something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub kind: PartKind,
    pub span: TextSpan,
}

/// Parts that may lie on each other, from the outermost. Those of one layer never do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Quotes,
    /// Headings and items of lists.
    Lines,
    Links,
}

/// The parts of one text: quotes first, then headings and items, then links, each in text order
/// and apart from each other. Quotes, headings and items are whole lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    parts: Vec<Part>,
}

impl Structure {
    /// Those of the parts that fit the text and each other, and how many do not: in no order or
    /// another text, upon an earlier one of their layer, without a right level, with an address
    /// that no link of a web page has, or too many. O(n log n).
    pub fn of(text: &str, mut parts: Vec<Part>) -> (Structure, usize) {
        let given = parts.len();
        parts.truncate(PART_COUNT_MAX);
        sort_by_key(&mut parts, |part| (part.layer(), part.span.start()));
        let mut free = (Layer::Quotes, TextOffset(0));
        parts.retain(|part| {
            let place = (part.layer(), part.span.start());
            let is_free = place >= free || place.0 > free.0;
            let fits = is_free && part.fits(text);
            if fits {
                free = (place.0, part.span.end());
            }
            fits
        });
        let left_out = given - parts.len();
        (Structure { parts }, left_out)
    }

    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The spans that have lines of their own on the screen.
    pub fn lines(&self) -> Vec<TextSpan> {
        let len = self.parts.partition_point(|part| part.layer() < Layer::Links);
        self.parts[..len].iter().map(|part| part.span).collect()
    }

    /// The quote that holds the character at `place`. O(log n), as the next ones.
    pub fn quote_at(&self, place: TextOffset) -> Option<&Part> {
        self.part_at(Layer::Quotes, place)
    }

    /// The heading or item that holds the character at `place`.
    pub fn line_at(&self, place: TextOffset) -> Option<&Part> {
        self.part_at(Layer::Lines, place)
    }

    /// The address of the link that the character at `place` is in.
    pub fn link_at(&self, place: TextOffset) -> Option<&Rc<str>> {
        match &self.part_at(Layer::Links, place)?.kind {
            PartKind::Link { address } => Some(address),
            _ => None,
        }
    }

    /// The spans of the links that share a character with a span.
    pub fn links_in(&self, span: TextSpan) -> impl Iterator<Item = TextSpan> {
        let is_before = |part: &Part| (part.layer(), part.span.end()) <= (Layer::Links, span.start());
        let first = self.parts.partition_point(is_before);
        self.parts[first..].iter().map(|part| part.span).take_while(move |link| link.start() < span.end())
    }

    fn part_at(&self, layer: Layer, place: TextOffset) -> Option<&Part> {
        let next = self.parts.partition_point(|part| (part.layer(), part.span.start()) <= (layer, place));
        let part = self.parts.get(next.checked_sub(1)?)?;
        (part.layer() == layer && part.span.contains(place)).then_some(part)
    }
}

impl Part {
    fn layer(&self) -> Layer {
        match self.kind {
            PartKind::Quote => Layer::Quotes,
            PartKind::Heading { .. } | PartKind::Item { .. } => Layer::Lines,
            PartKind::Link { .. } => Layer::Links,
        }
    }

    fn fits(&self, text: &str) -> bool {
        let is_level = |level: u8, max: u8| (1..=max).contains(&level);
        let is_right = match &self.kind {
            PartKind::Quote => true,
            PartKind::Heading { level } => is_level(*level, HEADING_LEVEL_MAX),
            PartKind::Item { level, .. } => is_level(*level, LIST_LEVEL_MAX),
            PartKind::Link { address } => is_address(address),
        };
        is_right
            && text.get(self.span.range()).is_some()
            && (self.layer() == Layer::Links || is_of_lines(text, self.span))
    }
}

/// Whether a text is an address that links of web pages lead to. It is shown and never asked for;
/// still, nothing is kept here that would run.
fn is_address(text: &str) -> bool {
    let scheme = text.split(':').next().unwrap_or_default();
    ["https", "http", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        && text.len() <= ADDRESS_LEN_MAX
        && is_iri(text)
}

#[cfg(test)]
mod tests;
