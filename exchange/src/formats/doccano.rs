//! doccano's JSON Lines: for sequence labelling, and with relations.
//!
//! As read by doccano 1.8's `backend/data_import`. A document a line; places count code points. Keys
//! that doccano does not know become metadata of the example and come out again, so the fields of
//! the document go there. For sequence labelling a span is `[start, end, label]` and nothing more.
//! With relations spans have ids: whole numbers, which are unlike each other in the whole file, and
//! both lists are always there, since doccano wants both columns.

use std::rc::Rc;

use sourcier::json::{Map, Value};
use sourcier::model::annotation::Annotation;

use crate::carries::{Carries, Entities};
use crate::draft::SAME_AS;
use crate::export::{Exporter, Out, Written, shared_path};
use crate::formats::text_rows::{fields_json, first_row, read, triple};
use crate::import::{InFile, Likeness, Reader};
use crate::options::Options;
use crate::shared::id_index::IdIndex;
use crate::shared::json_lines;
use crate::work::{Linked, Work};

pub const SPANS: Written = Written {
    id: "doccano",
    carries: Carries { fields: true, ..Carries::SPANS },
    exporter: |options| Box::new(Examples { options, has_relations: false, id_last: 0 }),
};
pub const RELATIONS: Written = Written {
    id: "doccano-relations",
    carries: Carries { fields: true, relations: true, entities: Entities::Links, ..Carries::SPANS },
    exporter: |options| Box::new(Examples { options, has_relations: true, id_last: 0 }),
};
pub const SPANS_READER: Reader = Reader { id: "doccano", recognise: recognise_spans, read };
pub const RELATIONS_READER: Reader = Reader { id: "doccano-relations", recognise: recognise_relations, read };

struct Examples {
    options: Options,
    has_relations: bool,
    /// The id that was given last.
    id_last: u64,
}

impl Exporter for Examples {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let path = shared_path(&self.options, work, "jsonl");
        let mut example = Map::new();
        example.insert("text", work.text());
        if self.has_relations {
            self.add_relations(work, &mut example);
        } else {
            let label =
                |annotation: &Rc<Annotation>| triple(work, annotation.target.envelope(), &annotation.label);
            example.insert("label", work.annotations().map(label).collect::<Value>());
        }
        example.insert("document", work.stem);
        // The keys of all lines are the same: a table of them has no holes.
        example.insert("fields", fields_json(work));
        out.write(&path, &json_lines::line(example));
    }
}

impl Examples {
    fn add_relations(&mut self, work: Work<'_>, example: &mut Map) {
        let first = self.id_last + 1;
        let mut entities = Vec::new();
        for annotation in work.annotations() {
            self.id_last += 1;
            let (start, end) = work.code_points(annotation.target.envelope());
            entities.push(
                Map::new()
                    .with("id", self.id_last)
                    .with("start_offset", start)
                    .with("end_offset", end)
                    .with("label", work.label_name(&annotation.label)),
            );
        }
        let index = IdIndex::new(work.annotations().map(|annotation| annotation.id.as_str()));
        let mut relations = Vec::new();
        let mut push = |kind: &str, from: &str, to: &str| {
            if let (Some(from), Some(to)) = (index.get(from), index.get(to)) {
                self.id_last += 1;
                let (from, to) = (first + from as u64, first + to as u64);
                relations.push(
                    Map::new()
                        .with("id", self.id_last)
                        .with("from_id", from)
                        .with("to_id", to)
                        .with("type", kind),
                );
            }
        };
        for Linked { relation, from, to } in work.relations() {
            push(relation.kind.as_str(), from.id.as_str(), to.id.as_str());
        }
        for (later, earlier) in work.same_as_links() {
            push(SAME_AS, later.id.as_str(), earlier.id.as_str());
        }
        example.insert("entities", entities);
        example.insert("relations", relations);
    }
}

fn recognise_spans(file: &InFile) -> Likeness {
    let Some(row) = first_row(file).filter(|row| row["text"].is_string()) else { return Likeness::No };
    let is_span = |item: &Value| {
        (item[0].is_u64() && item[1].is_u64() && item[2].is_string()) || item["start_offset"].is_u64()
    };
    // Labels of whole texts are words.
    match row["label"].as_array().or(row["labels"].as_array()) {
        Some([]) => Likeness::Possible,
        Some(labels) if labels.iter().all(is_span) => Likeness::Certain,
        _ => Likeness::No,
    }
}

fn recognise_relations(file: &InFile) -> Likeness {
    let Some(row) = first_row(file).filter(|row| row["text"].is_string()) else { return Likeness::No };
    match (row["entities"].as_array(), row["relations"].as_array()) {
        (Some(entities), _) if entities.iter().any(|entity| entity["start_offset"].is_u64()) => {
            Likeness::Certain
        }
        (_, Some(relations)) if relations.iter().any(|relation| !relation["from_id"].is_null()) => {
            Likeness::Certain
        }
        (Some(entities), Some(_)) if entities.is_empty() && row["spans"].is_null() => Likeness::Possible,
        _ => Likeness::No,
    }
}

#[cfg(test)]
mod tests;
