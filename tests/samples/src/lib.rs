//! Long documents for tests and benches: the sample article repeated and varied, marked all over.
//!
//! Plain and seeded: the same kind gives the same bytes on every machine. Nothing of Sourcier is used,
//! so that the native tests, the Criterion benches, the browser tests and the bench all work on the
//! same documents, and none of them on Sourcier's own idea of a file.

mod json;
mod links;
mod marks;
mod random;
mod text;

pub use random::Random;

use std::ops::Range;

/// The labels used, of the schema for claims and evidence: three of statements, two of markers, three
/// of entities.
pub const LABELS: [&str; 8] = ["QUOTE", "CLAIM", "ALLEGATION", "CUE", "HEDGE", "PERSON", "ORG", "PLACE"];

/// What kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Paragraphs as in the article.
    Article { size_bytes: usize, annotations: usize },
    /// The same sentences without any line break.
    OneLine { size_bytes: usize, annotations: usize },
}

impl Kind {
    pub const SMALL: Kind = Kind::Article { size_bytes: 100_000, annotations: 1_000 };
    pub const MIDDLE: Kind = Kind::Article { size_bytes: 1_000_000, annotations: 10_000 };
    pub const LARGE: Kind = Kind::Article { size_bytes: 3_000_000, annotations: 30_000 };
    /// A megabyte without a line break.
    pub const ONE_LINE: Kind = Kind::OneLine { size_bytes: 1_000_000, annotations: 10_000 };
    /// 2,000 annotations in one paragraph: one for every three words.
    pub const DENSE: Kind = Kind::OneLine { size_bytes: 40_000, annotations: 2_000 };

    fn size_bytes(self) -> usize {
        let (Kind::Article { size_bytes, .. } | Kind::OneLine { size_bytes, .. }) = self;
        size_bytes
    }

    fn annotations(self) -> usize {
        let (Kind::Article { annotations, .. } | Kind::OneLine { annotations, .. }) = self;
        annotations
    }
}

/// A document with everything that was marked in it.
#[derive(Clone, Debug)]
pub struct Sample {
    pub id: String,
    /// At least as long as its kind says, and less than a paragraph longer.
    pub text: String,
    /// In the order of the native file: the earlier start first, then the longer one, then the id.
    pub annotations: Vec<Annotation>,
    /// In the order of their first mentions.
    pub entities: Vec<Entity>,
    /// In the order of their `from` ends, then of their `to` ends.
    pub relations: Vec<Relation>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    pub id: String,
    /// One of [`LABELS`].
    pub label: &'static str,
    /// In bytes, sorted and apart; one of three per cent has two.
    pub fragments: Vec<Range<usize>>,
    /// The id of the entity that the words mention.
    pub entity: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Entity {
    pub id: String,
    pub label: &'static str,
    pub name: String,
}

/// One annotation says something of another, both by their places in [`Sample::annotations`].
#[derive(Clone, Debug)]
pub struct Relation {
    pub id: String,
    pub kind: &'static str,
    pub from: usize,
    pub to: usize,
}

impl Annotation {
    /// From the first marked byte to the last one.
    pub fn envelope(&self) -> Range<usize> {
        self.fragments[0].start..self.fragments[self.fragments.len() - 1].end
    }
}

impl Sample {
    pub fn new(kind: Kind) -> Sample {
        let text = text::text_of(kind);
        let paragraphs = paragraphs_of(&text);
        let mut annotations = marks::annotations(&text, &paragraphs, kind.annotations());
        let entities = links::entities(&text, &mut annotations);
        let relations = links::relations(&annotations);
        Sample { id: "d-sample".to_owned(), text, annotations, entities, relations }
    }

    /// The paragraphs in bytes: what lies between blank lines.
    pub fn paragraphs(&self) -> Vec<Range<usize>> {
        paragraphs_of(&self.text)
    }

    /// As Sourcier's own file, version 2 of its format, with the text.
    pub fn native_json(&self) -> String {
        json::native(self)
    }
}

fn paragraphs_of(text: &str) -> Vec<Range<usize>> {
    let place = |paragraph: &str| paragraph.as_ptr().addr() - text.as_ptr().addr();
    text.split("\n\n").map(|paragraph| place(paragraph)..place(paragraph) + paragraph.len()).collect()
}

#[cfg(test)]
mod tests;
