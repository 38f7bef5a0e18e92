//! The whole work at a sequence number, as lines in chunks.
//!
//! A chunk is a string of lines; each line says its place and holds one thing: the head, the
//! schema, a part of the text's structure, a field, an entity, an annotation, a relation, a
//! paragraph, a step of the history. A damaged line costs that one thing. Writing takes a chunk at a time, from handles that later
//! edits leave as they are, so that a person goes on working meanwhile.

mod write;

mod read;

mod restore;

use std::rc::Rc;

use crate::edit::history::Step;
use crate::journal::damage::{Damage, Part};
use crate::journal::wire::members::{Members, count, flag, number, text};
use crate::json::{Map, Value};
use crate::model::annotation::Annotation;
use crate::model::document::{Document, Fields};
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, DocumentId};
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::Relation;
use crate::model::structure::{Part as TextPart, Structure};

pub use read::{SnapshotReading, read_snapshot};
pub use write::SnapshotWriter;

/// The version of snapshots that this program writes. It reads the older ones too.
pub const SNAPSHOT_VERSION: u32 = 3;

/// What a snapshot holds.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotParts {
    /// The number of the last record whose transaction is in it; 0 before the first.
    pub seq: u64,
    /// Of the form it was read from: 1 knew neither relations nor entities, and has those of files
    /// as JSON in `carried`; before 3 there was no structure.
    pub version: u32,
    pub document_id: DocumentId,
    /// Of the text that all offsets are of.
    pub text_sha256: Rc<str>,
    /// When the document came here, in milliseconds since 1970 in UTC.
    pub created_ms: u64,
    /// As it was given to [`SnapshotWriter::new`]; `None` where its line is lost.
    pub schema_json: Option<String>,
    pub structure: Vec<TextPart>,
    pub fields: Fields,
    pub modified_ms: Option<u64>,
    pub carried: Map,
    pub entities: Vec<Entity>,
    pub annotations: Vec<Annotation>,
    pub relations: Vec<Relation>,
    /// Each under its index in `BlockIndex::paragraphs`.
    pub paragraphs: Vec<(u32, ParagraphState)>,
    /// Active time of the document, in milliseconds.
    pub active_ms: u64,
    /// Active time of annotations, in milliseconds.
    pub timing: Vec<(AnnotationId, u64)>,
    /// Oldest first, as in the history.
    pub done: Vec<Step>,
    pub undone: Vec<Step>,
    pub is_sealed: bool,
    /// Whether nothing is lost: then the history fits the annotations.
    pub is_whole: bool,
}

/// Why there is no snapshot in some chunks.
#[derive(Clone, Debug, PartialEq)]
pub enum SnapshotError {
    /// Whole, but of a version that this program does not know: made by a newer one.
    UnknownVersion(String),
    /// The line that says what the others are is missing or damaged.
    NoHead(Vec<Damage>),
}

#[derive(Clone, Debug, PartialEq)]
struct Head {
    document: Rc<str>,
    sha256: Rc<str>,
    created: u64,
    modified: Option<u64>,
    sealed: bool,
    /// Active milliseconds of the document.
    active: u64,
    structure: usize,
    fields: usize,
    entities: usize,
    annotations: usize,
    relations: usize,
    paragraphs: usize,
    timing: usize,
    done: usize,
    undone: usize,
}

/// What a line holds, by the counts of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Head,
    Schema,
    Carried,
    TextPart(usize),
    Field(usize),
    Entity(usize),
    Annotation(usize),
    Relation(usize),
    Paragraph(usize),
    Timing(usize),
    Done(usize),
    Undone(usize),
}

/// From the index of a thing in its part to its place.
type PlaceOf = fn(usize) -> Place;

/// Lines before the parts: head, schema, carried.
const LINES_BEFORE_PARTS: usize = 3;

impl Head {
    fn to_json(&self) -> Value {
        let mut json = Map::new();
        json.insert("document", &self.document);
        json.insert("sha256", &self.sha256);
        json.insert("created", self.created);
        if let Some(modified) = self.modified {
            json.insert("modified", modified);
        }
        json.insert("sealed", self.sealed);
        json.insert("active", self.active);
        json.insert("structure", self.structure);
        json.insert("fields", self.fields);
        json.insert("entities", self.entities);
        json.insert("annotations", self.annotations);
        json.insert("relations", self.relations);
        json.insert("paragraphs", self.paragraphs);
        json.insert("timing", self.timing);
        json.insert("done", self.done);
        json.insert("undone", self.undone);
        Value::Object(json)
    }

    /// Older versions lacked some of the counts.
    fn of_json(json: Value) -> Option<Head> {
        let mut members = Members::of(json)?;
        let head = Head {
            document: members.take("document", text)?,
            sha256: members.take("sha256", text)?,
            created: members.take("created", number)?,
            modified: members.optional("modified", number)?,
            sealed: members.take("sealed", flag)?,
            active: members.usual("active", number)?,
            structure: members.usual("structure", count)?,
            fields: members.take("fields", count)?,
            entities: members.usual("entities", count)?,
            annotations: members.take("annotations", count)?,
            relations: members.usual("relations", count)?,
            paragraphs: members.usual("paragraphs", count)?,
            timing: members.usual("timing", count)?,
            done: members.take("done", count)?,
            undone: members.take("undone", count)?,
        };
        members.end()?;
        Some(head)
    }

    fn lines(&self) -> usize {
        LINES_BEFORE_PARTS + self.parts().into_iter().map(|(len, _)| len).sum::<usize>()
    }

    /// The parts with a line for each thing, in their order. Older versions had fewer, in the
    /// same order.
    fn parts(&self) -> [(usize, PlaceOf); 9] {
        [
            (self.structure, Place::TextPart),
            (self.fields, Place::Field),
            (self.entities, Place::Entity),
            (self.annotations, Place::Annotation),
            (self.relations, Place::Relation),
            (self.paragraphs, Place::Paragraph),
            (self.timing, Place::Timing),
            (self.done, Place::Done),
            (self.undone, Place::Undone),
        ]
    }

    /// `None` past the last line.
    fn place(&self, line: usize) -> Option<Place> {
        let mut idx = match line {
            0 => return Some(Place::Head),
            1 => return Some(Place::Schema),
            2 => return Some(Place::Carried),
            _ => line - LINES_BEFORE_PARTS,
        };
        for (len, place) in self.parts() {
            if idx < len {
                return Some(place(idx));
            }
            idx -= len;
        }
        None
    }
}

impl SnapshotParts {
    /// The work before its first snapshot: nothing but a document.
    pub fn empty(document_id: DocumentId, text_sha256: Rc<str>, created_ms: u64) -> SnapshotParts {
        SnapshotParts {
            seq: 0,
            // Whatever the records after it are: bringing nothing up to date is harmless.
            version: 1,
            document_id,
            text_sha256,
            created_ms,
            schema_json: None,
            structure: Vec::new(),
            fields: Fields::new(),
            modified_ms: None,
            carried: Map::new(),
            entities: Vec::new(),
            annotations: Vec::new(),
            relations: Vec::new(),
            paragraphs: Vec::new(),
            active_ms: 0,
            timing: Vec::new(),
            done: Vec::new(),
            undone: Vec::new(),
            is_sealed: false,
            is_whole: true,
        }
    }

    /// The document of the work with its structure, which is taken out. Parts that its text does
    /// not have are told.
    pub fn structured(&mut self, document: Document, damages: &mut Vec<Damage>) -> Document {
        let (structure, left_out) = Structure::of(&document.text, std::mem::take(&mut self.structure));
        if left_out > 0 {
            damages.push(Damage::LinesMissing { part: Part::Structure, count: left_out });
        }
        document.with_structure(structure)
    }
}

#[cfg(test)]
mod tests;
