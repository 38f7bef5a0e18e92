//! The whole work at a sequence number, as lines in chunks.
//!
//! A chunk is a string of lines; each line says its place and holds one thing: the head, the
//! schema, a field, an annotation, a step of the history. A damaged line costs that one thing.
//! Writing takes a chunk at a time, from handles that later edits leave as they are, so that a
//! person goes on working meanwhile.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::edit::editor::Editor;
use crate::edit::history::Step;
use crate::edit::transaction::Edit;
use crate::journal::damage::{Damage, Part};
use crate::journal::frame::{seal, unseal};
use crate::journal::wire::{WireAnnotation, WireStep, value_of_json, value_to_json};
use crate::model::annotation::Annotation;
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::Fields;
use crate::model::ids::{AnnotationId, DocumentId, FieldKey};
use crate::model::schema::AttributeValue;
use crate::sorted::{SortedMap, SortedSet};

/// The version of snapshots that this program writes.
pub const SNAPSHOT_VERSION: u32 = 1;

/// What a snapshot holds.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotParts {
    /// The number of the last record whose transaction is in it; 0 before the first.
    pub seq: u64,
    pub document_id: DocumentId,
    /// Of the text that all offsets are of.
    pub text_sha256: Rc<str>,
    /// When the document came here, in milliseconds since 1970 in UTC.
    pub created_ms: u64,
    /// As it was given to [`SnapshotWriter::new`]; `None` where its line is lost.
    pub schema_json: Option<String>,
    pub fields: Fields,
    pub modified_ms: Option<u64>,
    pub carried: Map<String, Value>,
    pub annotations: Vec<Annotation>,
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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    document: Rc<str>,
    sha256: Rc<str>,
    created: u64,
    modified: Option<u64>,
    sealed: bool,
    fields: usize,
    annotations: usize,
    done: usize,
    undone: usize,
}

/// The first line of each chunk. `of` is the number of all chunks, said by the last one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChunkHead {
    lines: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<usize>,
}

/// What a line holds, by the counts of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Head,
    Schema,
    Carried,
    Field(usize),
    Annotation(usize),
    Done(usize),
    Undone(usize),
}

/// Lines before the fields: head, schema, carried.
const LINES_BEFORE_FIELDS: usize = 3;

impl Head {
    fn lines(&self) -> usize {
        LINES_BEFORE_FIELDS + self.fields + self.annotations + self.done + self.undone
    }

    /// `None` past the last line.
    fn place(&self, line: usize) -> Option<Place> {
        let mut idx = match line {
            0 => return Some(Place::Head),
            1 => return Some(Place::Schema),
            2 => return Some(Place::Carried),
            _ => line - LINES_BEFORE_FIELDS,
        };
        let places = [Place::Field, Place::Annotation, Place::Done, Place::Undone];
        let parts = [self.fields, self.annotations, self.done, self.undone].into_iter().zip(places);
        for (len, place) in parts {
            if idx < len {
                return Some(place(idx));
            }
            idx -= len;
        }
        None
    }
}

/// Writes a snapshot of an editor as it was when the writer was made.
#[derive(Clone, Debug)]
pub struct SnapshotWriter {
    seq: u64,
    head: Head,
    schema_json: String,
    carried: Rc<Map<String, Value>>,
    fields: Vec<(FieldKey, AttributeValue)>,
    annotations: AnnotationSet,
    done: Vec<Rc<Step>>,
    undone: Vec<Rc<Step>>,
    next_line: usize,
    next_chunk: usize,
}

impl SnapshotWriter {
    /// `seq` is the number of the last record made for `editor`. Takes handles and copies no
    /// annotation and no step: O(fields + steps of the history), and the SHA-256 of the text
    /// where it is not known yet.
    pub fn new(editor: &Editor, schema_json: &str, seq: u64) -> SnapshotWriter {
        let (state, history) = (editor.state(), editor.history());
        let head = Head {
            document: state.document.id.0.clone(),
            sha256: state.document.sha256().clone(),
            created: state.document.created_ms,
            modified: state.modified_ms,
            sealed: history.is_sealed(),
            fields: state.fields.len(),
            annotations: state.annotations.len(),
            done: history.done().len(),
            undone: history.undone().len(),
        };
        SnapshotWriter {
            seq,
            head,
            schema_json: schema_json.to_string(),
            carried: state.carried.clone(),
            fields: state.fields.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            annotations: state.annotations.clone(),
            done: history.done().cloned().collect(),
            undone: history.undone().to_vec(),
            next_line: 0,
            next_chunk: 0,
        }
    }

    /// The next chunk of up to `lines_max` things (at least one); `None` after the last. Chunks
    /// belong together in this order.
    pub fn next_chunk(&mut self, lines_max: usize) -> Option<String> {
        let total = self.head.lines();
        if self.next_line >= total {
            return None;
        }
        let end = self.next_line.saturating_add(lines_max.max(1)).min(total);
        let of = (end == total).then_some(self.next_chunk + 1);
        let head = json(&ChunkHead { lines: end - self.next_line, of });
        let mut chunk = self.sealed_line('c', self.next_chunk, &head);
        for line in self.next_line..end {
            chunk.push('\n');
            chunk.push_str(&self.sealed_line('l', line, &self.content(line)));
        }
        self.next_line = end;
        self.next_chunk += 1;
        Some(chunk)
    }

    /// How many lines the snapshot has, and how many are written: for a progress bar.
    pub fn progress(&self) -> (usize, usize) {
        (self.next_line, self.head.lines())
    }

    fn sealed_line(&self, kind: char, number: usize, content: &str) -> String {
        seal(&format!("s {SNAPSHOT_VERSION} {} {kind} {number} {content}", self.seq))
    }

    fn content(&self, line: usize) -> String {
        match self.head.place(line) {
            Some(Place::Head) => json(&self.head),
            Some(Place::Schema) => json(&self.schema_json),
            Some(Place::Carried) => json(&*self.carried),
            Some(Place::Field(idx)) => json(&(&self.fields[idx].0.0, value_to_json(&self.fields[idx].1))),
            Some(Place::Annotation(idx)) => {
                json(&self.annotations.nth(idx).map(|annotation| WireAnnotation::new(annotation)))
            }
            Some(Place::Done(idx)) => json(&WireStep::new(&self.done[idx])),
            Some(Place::Undone(idx)) => json(&WireStep::new(&self.undone[idx])),
            None => String::new(),
        }
    }
}

/// None of the stored types can fail: their keys are strings, their numbers finite.
fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl SnapshotParts {
    /// The work before its first snapshot: nothing but a document.
    pub fn empty(document_id: DocumentId, text_sha256: Rc<str>, created_ms: u64) -> SnapshotParts {
        SnapshotParts {
            seq: 0,
            document_id,
            text_sha256,
            created_ms,
            schema_json: None,
            fields: Fields::new(),
            modified_ms: None,
            carried: Map::new(),
            annotations: Vec::new(),
            done: Vec::new(),
            undone: Vec::new(),
            is_sealed: false,
            is_whole: true,
        }
    }
}

/// Reads the chunks of a snapshot, in any order. What is damaged is told and left out; where the
/// undo history still holds a lost annotation or field, it comes back from there.
pub fn read_snapshot(chunks: &[String]) -> Result<(SnapshotParts, Vec<Damage>), SnapshotError> {
    let mut damages = Vec::new();
    let mut lines = Vec::new();
    for (chunk, text) in chunks.iter().enumerate() {
        for (idx, raw) in text.split('\n').enumerate() {
            match Line::read(raw) {
                Ok(line) => lines.push((line, (chunk, idx, raw))),
                Err(LineError::UnknownVersion(version)) => {
                    return Err(SnapshotError::UnknownVersion(version));
                }
                Err(LineError::Damaged) => damages.push(damaged_line((chunk, idx, raw))),
            }
        }
    }
    let head = lines.iter().find_map(|(line, _)| Some((line.head()?, line.seq)));
    let Some((head, seq)) = head else {
        return Err(SnapshotError::NoHead(damages));
    };
    let mut reading = Reading::new(head, seq);
    for (line, source) in &lines {
        if line.seq != seq || reading.take_up(line).is_none() {
            damages.push(damaged_line(*source));
        }
    }
    reading.report_missing(&mut damages);
    Ok((reading.finish(&mut damages), damages))
}

fn damaged_line((chunk, line, raw): (usize, usize, &str)) -> Damage {
    Damage::Line { chunk, line, raw: raw.to_string() }
}

/// A whole line, with its content not yet read.
struct Line<'r> {
    seq: u64,
    is_chunk_head: bool,
    number: usize,
    content: &'r str,
}

enum LineError {
    Damaged,
    UnknownVersion(String),
}

impl<'r> Line<'r> {
    fn read(raw: &'r str) -> Result<Line<'r>, LineError> {
        let body = unseal(raw).ok_or(LineError::Damaged)?;
        let mut words = body.splitn(6, ' ');
        let mut word = || words.next().ok_or(LineError::Damaged);
        if word()? != "s" {
            return Err(LineError::Damaged);
        }
        let version = word()?;
        if version != SNAPSHOT_VERSION.to_string() {
            return Err(LineError::UnknownVersion(version.to_string()));
        }
        let seq = word()?.parse().map_err(|_| LineError::Damaged)?;
        let is_chunk_head = word()? == "c";
        let number = word()?.parse().map_err(|_| LineError::Damaged)?;
        Ok(Line { seq, is_chunk_head, number, content: word()? })
    }

    fn head(&self) -> Option<Head> {
        if self.is_chunk_head || self.number != 0 { None } else { parsed(self.content) }
    }
}

fn parsed<T: for<'de> Deserialize<'de>>(content: &str) -> Option<T> {
    serde_json::from_str(content).ok()
}

/// A snapshot of which some lines are read, each under its index.
struct Reading {
    head: Head,
    parts: SnapshotParts,
    has_carried: bool,
    annotations: SortedMap<usize, Annotation>,
    done: SortedMap<usize, Step>,
    undone: SortedMap<usize, Step>,
}

impl Reading {
    fn new(head: Head, seq: u64) -> Reading {
        let empty =
            SnapshotParts::empty(DocumentId(head.document.clone()), head.sha256.clone(), head.created);
        Reading {
            parts: SnapshotParts { seq, modified_ms: head.modified, is_sealed: head.sealed, ..empty },
            head,
            has_carried: false,
            annotations: SortedMap::new(),
            done: SortedMap::new(),
            undone: SortedMap::new(),
        }
    }

    /// `None` where the content is not what the line's place asks for.
    fn take_up(&mut self, line: &Line<'_>) -> Option<()> {
        if line.is_chunk_head {
            return parsed::<ChunkHead>(line.content).map(|_| ());
        }
        match self.head.place(line.number)? {
            Place::Head => {}
            Place::Schema => self.parts.schema_json = Some(parsed(line.content)?),
            Place::Carried => {
                self.parts.carried = parsed(line.content)?;
                self.has_carried = true;
            }
            Place::Field(_) => {
                let (key, value): (Rc<str>, Value) = parsed(line.content)?;
                self.parts.fields.insert(FieldKey(key), value_of_json(value)?);
            }
            Place::Annotation(idx) => {
                self.annotations.insert(idx, parsed::<WireAnnotation>(line.content)?.read()?);
            }
            Place::Done(idx) => {
                self.done.insert(idx, parsed::<WireStep>(line.content)?.read()?);
            }
            Place::Undone(idx) => {
                self.undone.insert(idx, parsed::<WireStep>(line.content)?.read()?);
            }
        }
        Some(())
    }

    fn report_missing(&mut self, damages: &mut Vec<Damage>) {
        let missing = [
            (Part::Schema, usize::from(self.parts.schema_json.is_none())),
            (Part::Carried, usize::from(!self.has_carried)),
            (Part::Fields, self.head.fields.saturating_sub(self.parts.fields.len())),
            (Part::Annotations, self.head.annotations.saturating_sub(self.annotations.len())),
            (Part::UndoSteps, self.head.done.saturating_sub(self.done.len())),
            (Part::RedoSteps, self.head.undone.saturating_sub(self.undone.len())),
        ];
        for (part, count) in missing.into_iter().filter(|(_, count)| *count > 0) {
            damages.push(Damage::LinesMissing { part, count });
            self.parts.is_whole = false;
        }
    }

    fn finish(self, damages: &mut Vec<Damage>) -> SnapshotParts {
        let mut parts = self.parts;
        let (done_len, undone_len) = (self.done.len(), self.undone.len());
        parts.annotations = self.annotations.into_values().collect();
        parts.done = unbroken(self.done, self.head.done);
        parts.undone = unbroken(self.undone, self.head.undone);
        let (undo, redo) = (done_len - parts.done.len(), undone_len - parts.undone.len());
        if undo + redo > 0 {
            damages.push(Damage::StepsForgotten { undo, redo });
        }
        if !parts.is_whole {
            restore_lost(&mut parts, damages);
        }
        parts
    }
}

/// The steps after the last one lost: those before it could never be reached.
fn unbroken(mut steps: SortedMap<usize, Step>, len: usize) -> Vec<Step> {
    let mut unbroken: Vec<Step> = (0..len).rev().map_while(|idx| steps.remove(&idx)).collect();
    unbroken.reverse();
    unbroken
}

/// Brings back what is lost but stands in the history: the last step that touched an annotation
/// or a field says how it is now.
fn restore_lost(parts: &mut SnapshotParts, damages: &mut Vec<Damage>) {
    let done = parts.done.iter().rev().flat_map(|step| step.edits.iter().rev());
    let undone = parts.undone.iter().rev().flat_map(|step| step.edits.iter());
    let now: Vec<Edit> = done.cloned().chain(undone.map(Edit::inverse)).collect();
    let mut seen: SortedSet<AnnotationId> =
        parts.annotations.iter().map(|annotation| annotation.id.clone()).collect();
    let mut seen_fields: SortedSet<FieldKey> = parts.fields.keys().cloned().collect();
    for edit in &now {
        let (part, name) = match edit {
            Edit::Annotation(change) => {
                let Some(id) = change.after.as_ref().or(change.before.as_ref()).map(|side| side.id.clone())
                else {
                    continue;
                };
                let is_first = seen.insert(id.clone());
                let Some(after) = change.after.as_ref().filter(|_| is_first) else { continue };
                parts.annotations.push(after.as_ref().clone());
                (Part::Annotations, id.0)
            }
            Edit::Field { key, change } => {
                let is_first = seen_fields.insert(key.clone());
                let Some(after) = change.after.as_ref().filter(|_| is_first) else { continue };
                parts.fields.insert(key.clone(), after.clone());
                (Part::Fields, key.0.clone())
            }
            _ => continue,
        };
        damages.push(Damage::Restored { part, name });
    }
}

#[cfg(test)]
mod tests;
