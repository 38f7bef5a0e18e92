//! A row for each document: its text, spans, relations, entities and fields.

use serde_json::{Value, json};
use sourcier::model::annotation::{Annotation, Certainty};

use crate::carries::{Carries, Entities, Fragments};
use crate::export::{Exporter, Out, Written, shared_path};
use crate::hf::card::Card;
use crate::json_lines;
use crate::losses::{LossKind, Losses};
use crate::work::{Linked, Work, value_text};

pub const WRITTEN: Written = Written {
    id: "hf-spans",
    carries: Carries {
        fragments: Fragments::Whole,
        entities: Entities::Whole,
        relations: true,
        attributes: true,
        notes: true,
        certainty: true,
        fields: true,
        ..Carries::SPANS
    },
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
            relations.push(json!({
                "id": relation.id.as_str(), "type": relation.kind.as_str(),
                "source": from.id.as_str(), "target": to.id.as_str(),
            }));
        }
        let entities = work.state.entities.iter().map(|(id, entity)| {
            let (label, name, identifier) = (entity.label.as_str(), &*entity.name, &*entity.identifier);
            json!({"id": id.as_str(), "label": label, "name": name, "identifier": identifier})
        });
        let fields = work.state.fields.iter();
        let fields = fields.map(|(key, value)| json!({"key": key.as_str(), "value": value_text(value)}));
        let row = json!({
            "id": work.stem, "text": work.text(), "spans": spans, "relations": relations,
            "entities": entities.collect::<Value>(), "fields": fields.collect::<Value>(),
        });
        out.write(&path, &json_lines::line(&row));
        self.card.add(work, &path, 1);
    }

    fn finish(&mut self, out: &mut Out) {
        out.write("README.md", &self.card.text(FEATURES));
    }
}

/// Every span has every key, so that all rows have the same columns.
fn span(work: Work<'_>, annotation: &Annotation, losses: &mut Losses) -> Value {
    let envelope = annotation.target.envelope();
    let (start, end) = work.code_points(envelope);
    let fragment = |(start, end): (u32, u32)| json!({"start": start, "end": end});
    let fragments = annotation.target.fragments().iter().map(|it| fragment(work.code_points(*it)));
    let mut attributes = Vec::new();
    for (key, value) in &annotation.attributes {
        if !work.keeps_as_text(annotation, key, value) {
            losses.add(LossKind::AttributeForm, key.as_str(), 1);
        }
        attributes.push(json!({"key": key.as_str(), "value": value_text(value)}));
    }
    json!({
        "id": annotation.id.as_str(), "start": start, "end": end,
        "label": work.label_name(&annotation.label), "text": work.slice(envelope),
        "fragments": fragments.collect::<Value>(), "attributes": attributes, "note": &*annotation.note,
        "certainty": if annotation.certainty == Certainty::Unsure { "unsure" } else { "sure" },
        "entity": annotation.entity.as_ref().map_or("", |entity| entity.as_str()),
    })
}
