//! What was found damaged, as facts. The interface turns them into sentences, and offers the raw
//! strings as a file.

use std::rc::Rc;

use crate::edit::apply::EditError;
use crate::journal::record::RecordError;
use crate::model::ids::{AnnotationId, EntityId, RelationId};

/// One thing that is not as it was stored, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Damage {
    /// A record cannot be read. It was skipped. `place` counts the records from 0.
    Record { place: usize, error: RecordError, raw: String },
    /// The records from `first` to `last` are missing.
    RecordsMissing { first: u64, last: u64 },
    /// A second, different record with a number that was had already. It was skipped.
    RecordTwice { seq: u64, raw: String },
    /// A record was made for another state, since something before it is lost. What it made of
    /// what it touches was taken over as a step of its own.
    RecordRebased { seq: u64, error: EditError, raw: String },
    /// A record cannot be applied at all: it would mark words that the text does not have.
    RecordRefused { seq: u64, error: EditError, raw: String },
    /// A line of the snapshot cannot be read. It was skipped.
    Line { chunk: usize, line: usize, raw: String },
    /// Lines of the snapshot are missing: these parts of it are lost, or their lines damaged.
    LinesMissing { part: Part, count: usize },
    /// An annotation of the snapshot marks words that the text does not have. It was left out.
    OutsideText { id: AnnotationId },
    /// A paragraph of the snapshot is not in the text. Its state was left out.
    NoParagraph { paragraph: u32 },
    /// An annotation at an end of a relation is lost. The relation was left out.
    Dangling { id: RelationId },
    /// Mentions say that they are of an entity that is lost. It was made again, under the words of
    /// its first mention.
    EntityRemade { id: EntityId },
    /// Something that was lost from the snapshot came back from the undo history.
    Restored { part: Part, name: Rc<str> },
    /// Steps of the undo history no longer fit the work. They were forgotten.
    StepsForgotten { undo: usize, redo: usize },
}

/// A part of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Schema,
    /// What the file held that this version does not know.
    Carried,
    Fields,
    Entities,
    Annotations,
    Relations,
    Paragraphs,
    /// Headings, quotes, items of lists, links.
    Structure,
    /// The active time of annotations.
    Timing,
    UndoSteps,
    RedoSteps,
}
