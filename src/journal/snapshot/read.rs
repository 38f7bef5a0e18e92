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

/// How many lines a step takes up: a millisecond of work.
const STEP: usize = 256;

/// Reads the chunks of a snapshot, in any order. What is damaged is told and left out; where the
/// undo history still holds something that is lost, it comes back from there.
pub fn read_snapshot(chunks: &[String]) -> Result<(SnapshotParts, Vec<Damage>), SnapshotError> {
    let mut reading = SnapshotReading::new(chunks);
    while reading.step() {}
    reading.finish()
}

/// A snapshot that is read in steps: between two of them the caller can let others at the page, or leave it.
pub struct SnapshotReading<'c> {
    chunks: &'c [String],
    /// The lines of the chunks looked at so far.
    lines: Vec<SourceLine<'c>>,
    /// How many chunks were looked at, and how many lines taken up.
    looked_at: usize,
    taken_up: usize,
    /// From when all chunks are looked at: the head may be in any.
    reading: Option<Reading>,
    /// Of a newer program, which ends it.
    unknown_version: Option<String>,
    damages: Vec<Damage>,
}

/// A whole line, and where it stands: chunk, line, and what is there.
struct SourceLine<'c> {
    line: Line<'c>,
    source: (usize, usize, &'c str),
}

impl<'c> SnapshotReading<'c> {
    pub fn new(chunks: &'c [String]) -> SnapshotReading<'c> {
        SnapshotReading {
            chunks,
            lines: Vec::new(),
            looked_at: 0,
            taken_up: 0,
            reading: None,
            unknown_version: None,
            damages: Vec::new(),
        }
    }

    /// Goes on a little. Whether there is more to do before [`SnapshotReading::finish`].
    pub fn step(&mut self) -> bool {
        if let Some(text) = self.chunks.get(self.looked_at) {
            self.look_at(text);
        } else if self.reading.is_none() {
            let head = self.lines.iter().find_map(|found| Some((found.line.head()?, &found.line)));
            self.reading = head.map(|(head, line)| Reading::new(head, line));
            return self.reading.is_some();
        } else {
            self.take_up();
        }
        self.unknown_version.is_none() && (self.reading.is_none() || self.taken_up < self.lines.len())
    }

    /// How much is done. To read what the lines say takes three times as long as to see that they are whole.
    pub fn percent(&self) -> usize {
        let looked_at = self.looked_at * 25 / self.chunks.len().max(1);
        looked_at + self.taken_up * 75 / self.lines.len().max(1)
    }

    fn look_at(&mut self, text: &'c str) {
        for (idx, raw) in text.split('\n').enumerate() {
            let source = (self.looked_at, idx, raw);
            match Line::read(raw) {
                Ok(line) => self.lines.push(SourceLine { line, source }),
                Err(LineError::UnknownVersion(version)) => {
                    self.unknown_version = Some(version);
                    return;
                }
                Err(LineError::Damaged) => self.damages.push(damaged_line(source)),
            }
        }
        self.looked_at += 1;
    }

    fn take_up(&mut self) {
        let Some(reading) = &mut self.reading else { return };
        let of_head = (reading.parts.seq, reading.parts.version);
        for found in self.lines.iter().skip(self.taken_up).take(STEP) {
            let is_of_it = (found.line.seq, found.line.version) == of_head;
            if !is_of_it || reading.take_up(&found.line).is_none() {
                self.damages.push(damaged_line(found.source));
            }
            self.taken_up += 1;
        }
    }

    /// What came out, once [`SnapshotReading::step`] said that there is no more to do.
    pub fn finish(self) -> Result<(SnapshotParts, Vec<Damage>), SnapshotError> {
        if let Some(version) = self.unknown_version {
            return Err(SnapshotError::UnknownVersion(version));
        }
        let mut damages = self.damages;
        match self.reading {
            Some(reading) => Ok((reading.finish(&mut damages), damages)),
            None => Err(SnapshotError::NoHead(damages)),
        }
    }
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

    fn finish(mut self, damages: &mut Vec<Damage>) -> SnapshotParts {
        self.report_missing(damages);
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
