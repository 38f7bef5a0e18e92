//! A row for each document: its text, spans, relations, entities and fields.

use sourcier::json::{Map, Value};
use sourcier::model::annotation::{Annotation, Certainty};

use crate::carries::Carries;
use crate::export::{Exporter, Out, Written, shared_path};
use crate::formats::hf::card::Card;
use crate::losses::{LossKind, Losses};
use crate::shared::json_lines;
use crate::work::{Linked, Work, value_text};

pub const WRITTEN: Written = Written {
    id: "hf-spans",
    carries: Carries::CONTENT,
    exporter: |options| Box::new(Documents { card: Card::new(options) }),
};

struct Documents {
    card: Card,
}

/// The columns, as YAML below `features:`.
const FEATURES: &str = "  - name: id
    dtype: string
  - name: text
    dtype: string
  - name: spans
    list:
    - name: id
      dtype: string
    - name: start
      dtype: int64
    - name: end
      dtype: int64
    - name: label
      dtype: string
    - name: text
      dtype: string
    - name: fragments
      list:
      - name: start
        dtype: int64
      - name: end
        dtype: int64
    - name: attributes
      list:
      - name: key
        dtype: string
      - name: value
        dtype: string
    - name: note
      dtype: string
    - name: certainty
      dtype: string
    - name: entity
      dtype: string
  - name: relations
    list:
    - name: id
      dtype: string
    - name: type
      dtype: string
    - name: source
      dtype: string
    - name: target
      dtype: string
  - name: entities
    list:
    - name: id
      dtype: string
    - name: label
      dtype: string
    - name: name
      dtype: string
    - name: identifier
      dtype: string
  - name: fields
    list:
    - name: key
      dtype: string
    - name: value
      dtype: string
";

impl Exporter for Documents {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let path = shared_path(self.card.options(), work, "jsonl");
        let mut spans = Vec::new();
        for annotation in work.annotations() {
            self.card.labels().add(work.label_name(&annotation.label), 1);
            spans.push(span(work, annotation, &mut out.losses));
        }
        let mut relations = Vec::new();
        for Linked { relation, from, to } in work.relations() {
            self.card.relations().add(relation.kind.as_str(), 1);
            relations.push(
                Map::new()
                    .with("id", relation.id.as_str())
                    .with("type", relation.kind.as_str())
                    .with("source", from.id.as_str())
                    .with("target", to.id.as_str()),
            );
        }
        let entities = work.state.entities.iter().map(|(id, entity)| {
            let (label, name, identifier) = (entity.label.as_str(), &*entity.name, &*entity.identifier);
            Map::new()
                .with("id", id.as_str())
                .with("label", label)
                .with("name", name)
                .with("identifier", identifier)
        });
        let fields = work.state.fields.iter();
        let fields =
            fields.map(|(key, value)| Map::new().with("key", key.as_str()).with("value", value_text(value)));
        let row = Map::new()
            .with("id", work.stem)
            .with("text", work.text())
            .with("spans", spans)
            .with("relations", relations)
            .with("entities", entities.collect::<Value>())
            .with("fields", fields.collect::<Value>());
        out.write(&path, &json_lines::line(row));
        self.card.add(work, &path, 1);
    }

    fn finish(&mut self, out: &mut Out) {
        out.write("README.md", &self.card.text(FEATURES));
    }
}

/// Every span has every key, so that all rows have the same columns.
fn span(work: Work<'_>, annotation: &Annotation, losses: &mut Losses) -> Map {
    let envelope = annotation.target.envelope();
    let (start, end) = work.code_points(envelope);
    let fragment = |(start, end): (u32, u32)| Map::new().with("start", start).with("end", end);
    let fragments = annotation.target.fragments().iter().map(|it| fragment(work.code_points(*it)));
    let mut attributes = Vec::new();
    for (key, value) in &annotation.attributes {
        if !work.keeps_as_text(annotation, key, value) {
            losses.add(LossKind::AttributeForm, key.as_str(), 1);
        }
        attributes.push(Map::new().with("key", key.as_str()).with("value", value_text(value)));
    }
    Map::new()
        .with("id", annotation.id.as_str())
        .with("start", start)
        .with("end", end)
        .with("label", work.label_name(&annotation.label))
        .with("text", work.slice(envelope))
        .with("fragments", fragments.collect::<Value>())
        .with("attributes", attributes)
        .with("note", &*annotation.note)
        .with("certainty", if annotation.certainty == Certainty::Unsure { "unsure" } else { "sure" })
        .with("entity", annotation.entity.as_ref().map_or("", |entity| entity.as_str()))
}
