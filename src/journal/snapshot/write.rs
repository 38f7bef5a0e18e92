//! Writing a snapshot, a chunk at a time.

use std::rc::Rc;

use crate::edit::editor::Editor;
use crate::edit::history::Step;
use crate::formats::json::part_to_json;
use crate::journal::edits_line::EditsLine;
use crate::journal::frame::seal;
use crate::journal::snapshot::{Head, Place, SNAPSHOT_VERSION};
use crate::journal::wire::step_to_json;
use crate::journal::wire::things::{
    annotation_to_json, entity_to_json, paragraph_to_json, relation_to_json, value_to_json,
};
use crate::json::{Map, Value};
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::Document;
use crate::model::entity::Entity;
use crate::model::ids::FieldKey;
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::RelationSet;
use crate::model::schema::AttributeValue;
use crate::model::timing::Timing;

/// Writes a snapshot of an editor as it was when the writer was made.
#[derive(Clone, Debug)]
pub struct SnapshotWriter {
    seq: u64,
    head: Head,
    schema_json: String,
    carried: Rc<Map>,
    document: Rc<Document>,
    fields: Vec<(FieldKey, AttributeValue)>,
    entities: Vec<Rc<Entity>>,
    annotations: AnnotationSet,
    relations: RelationSet,
    paragraphs: Vec<(u32, ParagraphState)>,
    timing: Timing,
    done: Vec<Rc<Step>>,
    undone: Vec<Rc<Step>>,
    next_line: usize,
    next_chunk: usize,
    /// Lines of the next chunk that are written already, or in part.
    prepared: Vec<(usize, EditsLine)>,
}

impl SnapshotWriter {
    /// `seq` is the number of the last record made for `editor`. Takes handles and copies no
    /// annotation and no step: O(fields + entities + paragraphs + steps of the history), and the SHA-256 of the text
    /// where it is not known yet.
    pub fn new(editor: &Editor, schema_json: &str, seq: u64) -> SnapshotWriter {
        let (state, history) = (editor.state(), editor.history());
        let head = Head {
            document: state.document.id.0.clone(),
            sha256: state.document.sha256().clone(),
            created: state.document.created_ms,
            modified: state.modified_ms,
            sealed: history.is_sealed(),
            active: state.timing.document_ms(),
            structure: state.document.structure.parts().len(),
            fields: state.fields.len(),
            entities: state.entities.len(),
            annotations: state.annotations.len(),
            relations: state.relations.len(),
            paragraphs: state.paragraphs.len(),
            timing: state.timing.len(),
            done: history.done().len(),
            undone: history.undone().len(),
        };
        SnapshotWriter {
            seq,
            head,
            schema_json: schema_json.to_string(),
            carried: state.carried.clone(),
            document: state.document.clone(),
            fields: state.fields.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            entities: state.entities.values().cloned().collect(),
            annotations: state.annotations.clone(),
            relations: state.relations.clone(),
            paragraphs: state.paragraphs.iter().map(|(paragraph, state)| (*paragraph, *state)).collect(),
            timing: state.timing.clone(),
            done: history.done().cloned().collect(),
            undone: history.undone().to_vec(),
            next_line: 0,
            next_chunk: 0,
            prepared: Vec::new(),
        }
    }

    /// The next chunk of up to `lines_max` things (at least one); `None` after the last. Chunks
    /// belong together in this order.
    pub fn next_chunk(&mut self, lines_max: usize) -> Option<String> {
        let total = self.head.lines();
        if self.next_line >= total {
            return None;
        }
        let end = self.end_of_next(lines_max);
        let mut head = Map::from_iter([("lines", Value::from(end - self.next_line))]);
        if end == total {
            head.insert("of", self.next_chunk + 1);
        }
        let mut chunk = self.sealed_line('c', self.next_chunk, &Value::Object(head));
        for line in self.next_line..end {
            chunk.push('\n');
            chunk.push_str(&self.line(line));
        }
        self.next_line = end;
        self.next_chunk += 1;
        Some(chunk)
    }

    /// Encodes up to `edits_max` edits of a step in the next chunk, where a step has more of them: in one go it would
    /// take long. Whether there were any; what is left undone [`SnapshotWriter::next_chunk`] does.
    pub fn prepare(&mut self, lines_max: usize, edits_max: usize) -> bool {
        for number in self.next_line..self.end_of_next(lines_max) {
            let Some(step) = self.step(number).filter(|step| step.edits.len() > edits_max) else { continue };
            let known = self.prepared.iter().position(|(prepared, _)| *prepared == number);
            let at = known.unwrap_or_else(|| {
                self.prepared.push((number, self.step_line(number, &step)));
                self.prepared.len() - 1
            });
            let line = &mut self.prepared[at].1;
            let left = &step.edits[line.pushed()..];
            if !left.is_empty() {
                line.push(&left[..edits_max.min(left.len())]);
                return true;
            }
        }
        false
    }

    fn end_of_next(&self, lines_max: usize) -> usize {
        self.next_line.saturating_add(lines_max.max(1)).min(self.head.lines())
    }

    fn line(&mut self, number: usize) -> String {
        let Some(step) = self.step(number) else {
            return self.sealed_line('l', number, &self.content(number));
        };
        let known = self.prepared.iter().position(|(prepared, _)| *prepared == number);
        let mut line = match known {
            Some(at) => self.prepared.swap_remove(at).1,
            None => self.step_line(number, &step),
        };
        line.push(&step.edits[line.pushed()..]);
        line.finish()
    }

    /// The step that a line holds.
    fn step(&self, number: usize) -> Option<Rc<Step>> {
        match self.head.place(number)? {
            Place::Done(idx) => Some(self.done[idx].clone()),
            Place::Undone(idx) => Some(self.undone[idx].clone()),
            _ => None,
        }
    }

    fn step_line(&self, number: usize, step: &Step) -> EditsLine {
        EditsLine::new(&self.head_of('l', number), step_to_json(step))
    }

    /// How many lines the snapshot has, and how many are written: for a progress bar.
    pub fn progress(&self) -> (usize, usize) {
        (self.next_line, self.head.lines())
    }

    fn sealed_line(&self, kind: char, number: usize, content: &Value) -> String {
        seal(&format!("{}{content}", self.head_of(kind, number)))
    }

    /// What stands before the JSON of a line.
    fn head_of(&self, kind: char, number: usize) -> String {
        format!("s {SNAPSHOT_VERSION} {} {kind} {number} ", self.seq)
    }

    fn content(&self, line: usize) -> Value {
        match self.head.place(line) {
            Some(Place::Head) => self.head.to_json(),
            Some(Place::Schema) => Value::from(&*self.schema_json),
            Some(Place::Carried) => Value::Object((*self.carried).clone()),
            Some(Place::TextPart(idx)) => {
                part_to_json(&self.document.structure.parts()[idx], &|place| place.0)
            }
            Some(Place::Field(idx)) => {
                let (key, value) = &self.fields[idx];
                Value::Array(vec![Value::from(&key.0), value_to_json(value)])
            }
            Some(Place::Entity(idx)) => entity_to_json(&self.entities[idx]),
            Some(Place::Annotation(idx)) => {
                self.annotations.nth(idx).map_or(Value::Null, |annotation| annotation_to_json(annotation))
            }
            Some(Place::Relation(idx)) => {
                self.relations.nth(idx).map_or(Value::Null, |relation| relation_to_json(relation))
            }
            Some(Place::Paragraph(idx)) => {
                let (paragraph, state) = self.paragraphs[idx];
                Value::Array(vec![Value::from(paragraph), paragraph_to_json(state)])
            }
            Some(Place::Timing(idx)) => self.timing.nth(idx).map_or(Value::Null, |timed| {
                Value::Array(vec![Value::from(&timed.id.0), Value::from(timed.active_ms)])
            }),
            Some(Place::Done(_) | Place::Undone(_)) | None => Value::Null,
        }
    }
}
