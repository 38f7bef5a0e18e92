//! Reading a snapshot: whatever of it is whole.

use crate::edit::history::Step;
use crate::formats::json::part_of_json;
use crate::journal::damage::{Damage, Part};
use crate::journal::frame::unseal;
use crate::journal::record::known_version;
use crate::journal::snapshot::restore::restore_lost;
use crate::journal::snapshot::{Head, Place, SNAPSHOT_VERSION, SnapshotError, SnapshotParts};
use crate::journal::wire::members::{Members, count, number, several, short_number, text};
use crate::journal::wire::step_of_json;
use crate::journal::wire::things::{
    annotation_of_json, entity_of_json, paragraph_of_json, relation_of_json, value_of_json,
};
use crate::json::{Value, from_str};
use crate::model::annotation::Annotation;
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, DocumentId, FieldKey};
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::Relation;
use crate::model::structure::Part as TextPart;
use crate::sorted::SortedMap;
use crate::text::span::TextOffset;

/// Reads the chunks of a snapshot, in any order. What is damaged is told and left out; where the
/// undo history still holds something that is lost, it comes back from there.
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
    let head = lines.iter().find_map(|(line, _)| Some((line.head()?, line)));
    let Some((head, head_line)) = head else {
        return Err(SnapshotError::NoHead(damages));
    };
    let mut reading = Reading::new(head, head_line);
    for (line, source) in &lines {
        let is_of_it = (line.seq, line.version) == (head_line.seq, head_line.version);
        if !is_of_it || reading.take_up(line).is_none() {
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
    version: u32,
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
        let version = known_version(version, SNAPSHOT_VERSION)
            .ok_or_else(|| LineError::UnknownVersion(version.to_string()))?;
        let seq = word()?.parse().map_err(|_| LineError::Damaged)?;
        let is_chunk_head = word()? == "c";
        let number = word()?.parse().map_err(|_| LineError::Damaged)?;
        Ok(Line { version, seq, is_chunk_head, number, content: word()? })
    }

    fn head(&self) -> Option<Head> {
        if self.is_chunk_head || self.number != 0 { None } else { Head::of_json(parsed(self.content)?) }
    }
}

fn parsed(content: &str) -> Option<Value> {
    from_str(content).ok()
}

/// How many lines the chunk has, and, said by the last one, how many chunks there are.
fn check_chunk_head(json: Value) -> Option<()> {
    let mut members = Members::of(json)?;
    members.take("lines", count)?;
    members.optional("of", count)?;
    members.end()
}

/// A snapshot of which some lines are read, each under its index.
struct Reading {
    head: Head,
    parts: SnapshotParts,
    has_carried: bool,
    structure: SortedMap<usize, TextPart>,
    entities: SortedMap<usize, Entity>,
    annotations: SortedMap<usize, Annotation>,
    relations: SortedMap<usize, Relation>,
    paragraphs: SortedMap<usize, (u32, ParagraphState)>,
    timing: SortedMap<usize, (AnnotationId, u64)>,
    done: SortedMap<usize, Step>,
    undone: SortedMap<usize, Step>,
}

impl Reading {
    fn new(head: Head, line: &Line<'_>) -> Reading {
        let empty =
            SnapshotParts::empty(DocumentId(head.document.clone()), head.sha256.clone(), head.created);
        Reading {
            parts: SnapshotParts {
                seq: line.seq,
                version: line.version,
                modified_ms: head.modified,
                active_ms: head.active,
                is_sealed: head.sealed,
                ..empty
            },
            head,
            has_carried: false,
            structure: SortedMap::new(),
            entities: SortedMap::new(),
            annotations: SortedMap::new(),
            relations: SortedMap::new(),
            paragraphs: SortedMap::new(),
            timing: SortedMap::new(),
            done: SortedMap::new(),
            undone: SortedMap::new(),
        }
    }

    /// `None` where the content is not what the line's place asks for.
    fn take_up(&mut self, line: &Line<'_>) -> Option<()> {
        let json = parsed(line.content)?;
        if line.is_chunk_head {
            return check_chunk_head(json);
        }
        match self.head.place(line.number)? {
            Place::Head => {}
            Place::Schema => self.parts.schema_json = Some(text(json)?.to_string()),
            Place::Carried => {
                let Value::Object(carried) = json else { return None };
                self.parts.carried = carried;
                self.has_carried = true;
            }
            Place::TextPart(idx) => {
                let place = |value: &Value| Some(TextOffset(value.as_u64()?.try_into().ok()?));
                self.structure.insert(idx, part_of_json(&json, &place)?);
            }
            Place::Field(_) => {
                let [key, value] = several(json)?;
                self.parts.fields.insert(FieldKey(text(key)?), value_of_json(value)?);
            }
            Place::Annotation(idx) => drop(self.annotations.insert(idx, annotation_of_json(json)?)),
            Place::Entity(idx) => drop(self.entities.insert(idx, entity_of_json(json)?)),
            Place::Relation(idx) => drop(self.relations.insert(idx, relation_of_json(json)?)),
            Place::Paragraph(idx) => {
                let [paragraph, state] = several(json)?;
                self.paragraphs.insert(idx, (short_number(paragraph)?, paragraph_of_json(state)?));
            }
            Place::Timing(idx) => {
                let [id, active_ms] = several(json)?;
                self.timing.insert(idx, (AnnotationId(text(id)?), number(active_ms)?));
            }
            Place::Done(idx) => drop(self.done.insert(idx, step_of_json(json)?)),
            Place::Undone(idx) => drop(self.undone.insert(idx, step_of_json(json)?)),
        }
        Some(())
    }

    fn report_missing(&mut self, damages: &mut Vec<Damage>) {
        let missing = [
            (Part::Schema, usize::from(self.parts.schema_json.is_none())),
            (Part::Carried, usize::from(!self.has_carried)),
            (Part::Structure, self.head.structure.saturating_sub(self.structure.len())),
            (Part::Fields, self.head.fields.saturating_sub(self.parts.fields.len())),
            (Part::Entities, self.head.entities.saturating_sub(self.entities.len())),
            (Part::Relations, self.head.relations.saturating_sub(self.relations.len())),
            (Part::Paragraphs, self.head.paragraphs.saturating_sub(self.paragraphs.len())),
            (Part::Timing, self.head.timing.saturating_sub(self.timing.len())),
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
        parts.structure = self.structure.into_values().collect();
        parts.entities = self.entities.into_values().collect();
        parts.annotations = self.annotations.into_values().collect();
        parts.relations = self.relations.into_values().collect();
        parts.paragraphs = self.paragraphs.into_values().collect();
        parts.timing = self.timing.into_values().collect();
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
