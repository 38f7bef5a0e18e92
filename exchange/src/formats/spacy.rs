//! JSON Lines for spaCy: a document a line, with its text, `entities` as `[start, end, label]`
//! without overlaps for `Doc.ents`, and all annotations as `spans` for `Doc.spans["sc"]`.
//!
//! spaCy has no place of its own for attributes, notes and relations: they stand under keys that
//! its loaders do not read, and come back here. Places count code points. spaCy takes no span that
//! starts or ends with white space, so what stands at the ends is left off.

use std::rc::Rc;

use sourcier::json::{Map, Value};
use sourcier::model::entity::Entity;
use sourcier::model::ids::EntityId;

use crate::carries::Carries;
use crate::export::{Exporter, Out, Written, shared_path};
use crate::formats::text_rows::{fields_json, first_row, read, span_json, triple};
use crate::import::{InFile, Likeness, Reader};
use crate::losses::{LossKind, Losses};
use crate::options::Options;
use crate::shared::id_index::IdIndex;
use crate::shared::json_lines;
use crate::shared::layer::flat;
use crate::work::{Linked, Work};

pub const WRITTEN: Written =
    Written { id: "spacy", carries: CARRIES, exporter: |options| Box::new(Rows { options }) };
pub const READER: Reader = Reader { id: "spacy", recognise, read };

const CARRIES: Carries = Carries::CONTENT;

/// The name of spaCy's default group of spans.
const SPANS_KEY: &str = "sc";

struct Rows {
    options: Options,
}

impl Exporter for Rows {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let path = shared_path(&self.options, work, "jsonl");
        let row = row(work, &self.options, &mut out.losses);
        out.write(&path, &json_lines::line(row));
    }
}

fn row(work: Work<'_>, options: &Options, losses: &mut Losses) -> Map {
    // Annotations without a place among the entities are not lost: all are among the spans.
    let entities: Vec<Value> = flat(work, options, &mut Losses::default())
        .into_iter()
        .map(|(span, annotation)| triple(work, span, &annotation.label))
        .collect();
    let mut spans = Vec::new();
    let mut ids = Vec::new();
    for annotation in work.annotations() {
        let Some((_, mut span)) = span_json(work, annotation, losses) else { continue };
        if let Some(id) = &annotation.entity {
            span.insert("entity", id.as_str());
        }
        ids.push(annotation.id.as_str());
        spans.push(span);
    }
    let index = IdIndex::new(ids.into_iter());
    let mut relations = Vec::new();
    for Linked { relation, from, to } in work.relations() {
        let (kind, from, to) = (relation.kind.as_str(), from.id.as_str(), to.id.as_str());
        match (index.get(from), index.get(to)) {
            (Some(_), Some(_)) => {
                relations.push(Map::new().with("type", kind).with("from", from).with("to", to))
            }
            _ => losses.add(LossKind::Relation, kind, 1),
        }
    }
    Map::new()
        .with("text", work.text())
        .with("entities", entities)
        .with("spans", spans)
        .with("spans_key", SPANS_KEY)
        .with("relations", relations)
        .with("clusters", clusters(work))
        .with("meta", fields_json(work).with("document", work.stem))
}

/// The entities that the spans name by their ids.
fn clusters(work: Work<'_>) -> Value {
    let cluster = |(id, entity): (&EntityId, &Rc<Entity>)| {
        let (label, name, identifier) = (entity.label.as_str(), &*entity.name, &*entity.identifier);
        Map::new().with("id", id.as_str()).with("label", label).with("name", name).with("kb_id", identifier)
    };
    work.state.entities.iter().map(cluster).collect()
}

fn recognise(file: &InFile) -> Likeness {
    let Some(row) = first_row(file) else { return Likeness::No };
    let row = match &row {
        // The form of spaCy 2: a pair of the text and what is known of it.
        Value::Array(pair) => match &pair[..] {
            [Value::String(_), row @ Value::Object(_)] => row,
            _ => return Likeness::No,
        },
        row if row["text"].is_string() => row,
        _ => return Likeness::No,
    };
    let is_triple = |item: &Value| item[0].is_u64() && item[1].is_u64() && item[2].is_string();
    let entities = row["entities"].as_array();
    if row["spans_key"].is_string() || row["ents"].is_array() {
        return Likeness::Certain;
    }
    match entities.map(|entities| entities.iter().all(is_triple)) {
        Some(true) if entities.is_some_and(|entities| !entities.is_empty()) => Likeness::Certain,
        Some(true) => Likeness::Possible,
        _ => Likeness::No,
    }
}

#[cfg(test)]
mod tests;
