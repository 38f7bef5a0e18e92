//! What is told about a file that was opened: facts, for others to put into sentences.

use std::rc::Rc;

use crate::json::Value;
use crate::model::ids::{AnnotationId, EntityId, LabelId, RelationTypeId};

/// Something in a file that is not as it should be, and what was done about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The place in the file's list of annotations, from 0; `None` for the document.
    pub annotation: Option<usize>,
    pub fact: Fact,
    pub remedy: Remedy,
}

/// What is not as it should be. Offsets are in the unit of the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// The text is not the one that the file was made for.
    HashDiffers { stated: Rc<str>, actual: Rc<str> },
    /// `document.length` is not the length of the text, in code points.
    LengthDiffers { stated: u64, actual: u64 },
    /// A part that should be there is absent.
    Missing { key: &'static str },
    /// A part has a type it should not have.
    WrongType { key: &'static str },
    /// A time that is no RFC 3339 time after 1970.
    BadTime { key: &'static str, found: Rc<str> },
    /// A word that is not among those that the part may hold.
    UnknownWord { key: &'static str, found: Rc<str> },
    /// An entry of `annotations` that is no object.
    NotAnObject,
    /// `start` or `end` is no place at all.
    BadOffset { key: &'static str, offset: OffsetFact },
    /// The start lies behind the end.
    Reversed { start: u64, end: u64 },
    /// Start and end are one.
    EmptySpan { at: u64 },
    /// The text at the offsets is not the surface that the file states.
    SurfaceDiffers,
    /// The words are not in the new version of the text.
    WordsGone,
    /// Of the parts of a discontinuous annotation, the new version has only some.
    PartsGone { given: usize, found: usize },
    /// So much of the text changed that the words were not looked for everywhere.
    SearchEnded,
    /// In a text that is not the file's, and without a surface to look for.
    NothingToFind,
    /// Fragments that are no spans, lie outside the annotation, overlap or touch, are out of
    /// order or do not reach both of its ends.
    FragmentsAdjusted { given: usize, kept: usize },
    /// An end lies inside what a person sees as one character.
    InsideGrapheme,
    /// Another annotation of the file has the id.
    DuplicateId { id: Rc<str> },
    /// The schema has no such label. Reported once for each label, at its first annotation.
    UnknownLabel { label: LabelId, count: usize },
    /// An annotation is a mention of an entity of which the file says nothing. Reported once for
    /// each entity, at its first annotation.
    UnknownEntity { entity: EntityId },
    /// Something is wrong with an entry of `entities`, counted from 0.
    Entity { entity: usize, fact: Box<Fact> },
    /// No annotation is a mention of the entity.
    NoMentions,
    /// Something is wrong with an entry of `relations`, counted from 0.
    Relation { relation: usize, fact: Box<Fact> },
    /// The file has no annotation with the id at this end of a relation, or it found no place in
    /// the text.
    UnknownEnd { key: &'static str, id: Rc<str> },
    /// A relation from an annotation to itself.
    SameEnds,
    /// The schema does not let relations of this type have these ends.
    ForbiddenEnds { kind: RelationTypeId },
    /// The schema has no such type of relations. Reported once for each type.
    UnknownRelationType { kind: RelationTypeId, count: usize },
    /// An entry of `document.paragraphs`, counted from 0, is no paragraph of this text, or one that
    /// had an entry already.
    NoParagraph { paragraph: usize },
    /// An entry of `document.paragraphs`, counted from 0, is only a part of a paragraph.
    PartOfParagraph { paragraph: usize },
    /// The file says something of paragraphs, but of another text.
    ParagraphsOfOtherText { count: usize },
    /// Entries of `document.structure` that have no right place in this text, lie upon others, are
    /// of a kind that this version does not know, or hold what no part can be.
    Parts { count: usize },
    /// More annotations than are read.
    TooMany { count: usize, count_max: usize },
}

/// Why a number is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetFact {
    Missing,
    NotANumber,
    Negative,
    /// Has decimals.
    NotWhole,
    /// Beyond 2⁵³, where JSON numbers are not exact.
    TooLarge,
    /// Past the end of the text, whose length in the file's unit is `len`.
    PastEnd {
        given: u64,
        len: u64,
    },
    /// Between the two UTF-16 units of one character.
    InsideCharacter {
        given: u64,
    },
}

/// What was done about a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Taken as it is.
    Accepted,
    /// The usual value stands in its place.
    Default,
    /// The annotation got a fresh id.
    FreshId(AnnotationId),
    /// The annotation was found elsewhere, see [`Moved`].
    Moved,
    /// The annotation was left out, see [`Unplaced`].
    Unplaced,
    /// The entry was left out of the work, and comes out again in every file.
    Kept,
    /// The rest was left out.
    LeftOut,
}

/// An annotation that was found at another place than its file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The place in the file's list of annotations, from 0.
    pub annotation: usize,
    pub id: AnnotationId,
    pub surface: Rc<str>,
    /// Start and end as the file states them, in code points, where they are numbers.
    pub from: Option<(u64, u64)>,
    /// Start and end in code points of the text.
    pub to: (u64, u64),
    /// See `QuoteMatch`: 50 for the words, up to 50 more for what stands round them.
    pub score_percent: u8,
    /// Another place was as good and farther from the old one.
    pub is_ambiguous: bool,
}

/// An annotation without a place in the text. It stays in the file under `unplaced`.
#[derive(Clone, Debug, PartialEq)]
pub struct Unplaced {
    /// The place in the file's list of annotations, from 0.
    pub annotation: usize,
    pub fact: Fact,
    /// The entry of the file.
    pub json: Value,
}
