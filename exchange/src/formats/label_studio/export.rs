//! Writing tasks.

use sourcier::json::{Map, Value};
use sourcier::model::annotation::{Annotation, Certainty};
use sourcier::model::schema::AttributeValue;

use crate::export::{Exporter, Out, shared_path};
use crate::formats::label_studio::config::{Config, Kind};
use crate::formats::label_studio::{CERTAINTY, ENTITY, ENTITY_ID, IDENTIFIER, LABEL, TEXT, control_of};
use crate::formats::text_rows::fields_json;
use crate::losses::LossKind;
use crate::options::Options;
use crate::shared::id_index::IdIndex;
use crate::shared::line_ends::LfText;
use crate::work::{Linked, Work, dated_json, time_text, value_json, value_text};

/// One list of tasks for all documents.
pub(super) struct Tasks {
    options: Options,
    config: Config,
    path: String,
    config_path: String,
}

impl Tasks {
    pub fn new(options: Options) -> Tasks {
        Tasks { options, config: Config::default(), path: String::new(), config_path: String::new() }
    }
}

impl Exporter for Tasks {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        self.config.add(work);
        let separator = if self.path.is_empty() { "[\n" } else { ",\n" };
        self.path = shared_path(&self.options, work, "label-studio.json");
        self.config_path = shared_path(&self.options, work, "label-studio.xml");
        let text = LfText::within(work);
        out.losses.add(LossKind::LineEnds, "", text.changed_count);
        let task = Task { work, text, config: &self.config }.json(out);
        out.write(&self.path, &format!("{separator}{task}"));
    }

    fn finish(&mut self, out: &mut Out) {
        if !self.path.is_empty() {
            out.write(&self.path, "\n]\n");
            out.write(&self.config_path, &self.config.xml());
        }
    }
}

/// One document.
struct Task<'t> {
    work: Work<'t>,
    text: LfText<'t>,
    config: &'t Config,
}

impl Task<'_> {
    fn json(&self, out: &mut Out) -> Map {
        let mut result = Vec::new();
        let mut written = Vec::new();
        for annotation in self.work.annotations() {
            let envelope = annotation.target.envelope();
            let (start, end) = self.text.code_points(self.work, envelope);
            if start == end {
                // Nothing but a carriage return: in a text without any there is no such place.
                let place = self.work.place(envelope);
                out.losses.add_at(LossKind::Misaligned, annotation.label.as_str(), place);
                continue;
            }
            written.push(annotation.id.as_str());
            self.push_region(annotation, (start, end), &mut result, out);
        }
        let written = IdIndex::new(written.into_iter());
        let is_written = |annotation: &Annotation| written.get(annotation.id.as_str()).is_some();
        for Linked { relation, from, to } in self.work.relations() {
            if is_written(from) && is_written(to) {
                result.push(
                    Map::new()
                        .with("type", "relation")
                        .with("from_id", from.id.as_str())
                        .with("to_id", to.id.as_str())
                        .with("direction", "right")
                        .with("labels", [relation.kind.as_str()]),
                );
            } else {
                out.losses.add(LossKind::Relation, relation.kind.as_str(), 1);
            }
        }
        Map::new()
            .with("data", Map::new().with("text", &*self.text.text))
            .with(
                "meta",
                Map::new()
                    .with("id", self.work.state.document.id.as_str())
                    .with("fields", fields_json(self.work)),
            )
            .with("annotations", [Map::new().with("result", result)])
    }

    /// The region with its label, and one more entry for each attribute.
    fn push_region(
        &self,
        annotation: &Annotation,
        (start, end): (u32, u32),
        result: &mut Vec<Map>,
        out: &mut Out,
    ) {
        // The words as they are in the text that goes out.
        let words = self.work.slice(annotation.target.envelope());
        let words = words.replace("\r\n", "\n").replace('\r', "\n");
        let entry = |control: &str, kind: &str, values: Value| {
            let mut value = Map::new().with("start", start).with("end", end).with("text", &words);
            // The texts of a text control stand in the place of the words.
            value.insert(if kind == "textarea" { "text" } else { kind }, values);
            Map::new()
                .with("id", annotation.id.as_str())
                .with("from_name", control)
                .with("to_name", TEXT)
                .with("type", kind)
                .with("value", value)
        };
        let label = self.work.label_name(&annotation.label);
        let region = entry(LABEL, "labels", Value::from([label]));
        result.push(region.with("meta", self.meta(annotation)));
        if annotation.certainty == Certainty::Unsure {
            result.push(entry(CERTAINTY, "choices", Value::from(["unsure"])));
        }
        for (key, value) in &annotation.attributes {
            let control = control_of(key.as_str());
            let is_kept = self.work.keeps_as_text(annotation, key, value);
            if !is_kept || !self.config.holds(key.as_str(), value) {
                let place = self.work.place(annotation.target.envelope());
                out.losses.add_at(LossKind::AttributeForm, key.as_str(), place);
            }
            let (kind, values) = match (self.config.kind(key.as_str()), value) {
                (Some(Kind::Number), AttributeValue::Number(_)) => ("number", value_json(value)),
                (Some(Kind::Choices), value) => ("choices", Value::from([&value_text(value)])),
                (_, value) => ("textarea", Value::from([&value_text(value)])),
            };
            result.push(entry(&control, kind, values));
        }
        if let Some(entity) = self.work.state.entity_of(annotation) {
            let texts =
                [(ENTITY, &*entity.name), (ENTITY_ID, entity.id.as_str()), (IDENTIFIER, &*entity.identifier)];
            for (control, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
                result.push(entry(control, "textarea", Value::from([text])));
            }
        }
    }

    /// The note, where Label Studio shows it, and what it has no control for.
    fn meta(&self, annotation: &Annotation) -> Map {
        let provenance = &annotation.provenance;
        let mut details = Map::new()
            .with("annotator", provenance.annotator.as_str())
            .with("created", time_text(provenance.created_ms))
            .with("changed", time_text(provenance.changed_ms))
            .with("byHand", annotation.by_hand.iter().map(|key| key.as_str()).collect::<Value>());
        if annotation.target.is_discontinuous() {
            let fragments = annotation.target.fragments().iter().map(|&span| {
                let (start, end) = self.text.code_points(self.work, span);
                Value::from([start, end])
            });
            details.insert("fragments", Value::from_iter(fragments));
        }
        if !annotation.dated.is_empty() {
            details.insert("dated", dated_json(annotation));
        }
        let mut meta = Map::new().with("sourcier", details);
        if !annotation.note.is_empty() {
            meta.insert("text", Value::from([&*annotation.note]));
        }
        meta
    }
}
