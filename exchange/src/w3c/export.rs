//! Writing Web Annotations.

use serde_json::{Map, Value, json};
use sourcier::model::annotation::{Annotation, Certainty, Provenance};
use sourcier::model::ids::{AttributeKey, EntityId};
use sourcier::model::iris::is_iri;
use sourcier::model::schema::AttributeValue;
use sourcier::sorted::SortedSet;
use sourcier::text::span::TextSpan;

use crate::carries::Carries;
use crate::export::{Exporter, Options, Out, Written};
use crate::iri::{Names, text_iri, vocabulary};
use crate::losses::LossKind;
use crate::names::safe_name;
use crate::w3c::{CONTEXT, SCHEMA_FIELDS, term};
use crate::work::{Linked, Work, time_text, value_json, value_text};

/// The most UTF-16 units of a prefix or suffix: clients that look for quotes fail beyond.
const CONTEXT_LEN_MAX: usize = 32;

const CARRIES: Carries = Carries { paragraphs: false, timing: false, ..Carries::MENTIONED };

pub const WRITTEN: Written =
    Written { id: "w3c", carries: CARRIES, exporter: |options| Box::new(WebAnnotations { options }) };

struct WebAnnotations {
    options: Options,
}

impl Exporter for WebAnnotations {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let one = One::new(work, &self.options);
        let collection = one.collection();
        let mut text = serde_json::to_string_pretty(&collection).unwrap_or_default();
        text.push('\n');
        out.write(&format!("{}.jsonld", work.stem), &text);
        if self.options.is_positions_only {
            out.losses.add(LossKind::Text, "", 1);
        } else {
            out.write(&format!("{}.txt", work.stem), &work.text_file());
        }
    }
}

/// One document on its way out.
struct One<'s> {
    work: Work<'s>,
    names: Names,
    vocabulary: String,
    source: Value,
    /// What the annotator of the document is called.
    annotator_name: String,
    annotator_id: String,
    has_quotes: bool,
}

impl<'s> One<'s> {
    fn new(work: Work<'s>, options: &Options) -> One<'s> {
        let mut source = json!({"id": text_iri(work), "type": "Text", "format": "text/plain"});
        for (key, field) in [("language", "language"), ("via", "url")] {
            if let Some(text) = work.field(field).filter(|text| key != "via" || is_iri(text)) {
                source[key] = text.into();
            }
        }
        let carried = work.state.carried.get("annotator").and_then(|carried| carried.get("id")?.as_str());
        One {
            work,
            names: Names::new(work),
            vocabulary: vocabulary(&work.state.schema.id),
            source,
            annotator_name: work.annotator_name(options),
            annotator_id: carried.unwrap_or(&options.annotator_id).to_owned(),
            has_quotes: !options.is_positions_only,
        }
    }

    fn collection(&self) -> Value {
        let state = self.work.state;
        let items = self.items();
        let mut collection = json!({
            "@context": [CONTEXT, {"news": self.vocabulary}],
            "id": self.names.collection(),
            "type": "AnnotationCollection",
            "label": self.work.field("headline").unwrap_or(state.document.id.as_str()),
            "dcterms:conformsTo": format!("{} {}", state.schema.id, state.schema.version),
            "schema:about": self.source,
            "created": time_text(state.document.created_ms),
        });
        if let Some(modified_ms) = state.modified_ms {
            collection["modified"] = time_text(modified_ms).into();
        }
        if !self.annotator_name.is_empty() {
            collection["creator"] = self.person(&self.annotator_id);
        }
        self.fields(&mut collection);
        collection["total"] = items.len().into();
        // A page may not be empty.
        if !items.is_empty() {
            let page = self.names.page();
            collection["first"] = json!({
                "id": page, "type": "AnnotationPage", "partOf": self.names.collection(), "startIndex": 0,
                "items": items,
            });
            collection["last"] = page.into();
        }
        collection
    }

    /// The fields: by the properties of schema.org where it has them, the others under their keys.
    fn fields(&self, collection: &mut Value) {
        let mut others = Vec::new();
        for (key, value) in self.work.state.fields.iter() {
            let property = SCHEMA_FIELDS.iter().find(|(field, _)| *field == key.as_str());
            let text = value.as_text();
            match (property, key.as_str()) {
                (Some((_, property)), _) if text.is_some() => collection[*property] = text.into(),
                (_, "language") if text.is_some() => {}
                (_, "url") if text.is_some_and(is_iri) => {}
                (_, "notes") if text.is_some() => {}
                _ => others.push(json!({"news:key": key.as_str(), "news:data": data(value)})),
            }
        }
        if !others.is_empty() {
            collection["news:field"] = others.into();
        }
    }

    fn items(&self) -> Vec<Value> {
        let mut named = SortedSet::new();
        let mut items: Vec<Value> =
            self.work.annotations().map(|annotation| self.annotation(annotation, &mut named)).collect();
        items.extend(self.work.relations().into_iter().map(|linked| self.relation(linked)));
        if let Some(notes) = self.work.field("notes") {
            items.push(json!({
                "id": self.names.notes(), "type": "Annotation", "motivation": "commenting",
                "body": {"type": "TextualBody", "purpose": "commenting", "value": notes, "format": "text/plain"},
                "target": self.source["id"],
            }));
        }
        items
    }

    /// `named` are the entities whose name stands in an earlier annotation.
    fn annotation(&self, annotation: &'s Annotation, named: &mut SortedSet<&'s EntityId>) -> Value {
        let state = self.work.state;
        let mut motivation = vec!["classifying"];
        // `assessing` was not in the context that the W3C published until 2021.
        if self.work.is_statement(annotation) {
            motivation.push("oa:assessing");
        }
        let entity = state.entity_of(annotation);
        let identifier = entity.map(|entity| &*entity.identifier).filter(|identifier| is_iri(identifier));
        if identifier.is_some() {
            motivation.push("identifying");
        }
        let motivation = if motivation.len() == 1 { json!(motivation[0]) } else { json!(motivation) };
        let mut json = json!({
            "id": self.names.annotation(annotation.id.as_str()), "type": "Annotation", "motivation": motivation,
        });
        self.provenance(&annotation.provenance, &mut json);
        json["news:localId"] = annotation.id.as_str().into();
        if annotation.certainty == Certainty::Unsure {
            json["news:certainty"] = "unsure".into();
        }
        if let Some(entity) = entity {
            let mut member = json!({"id": self.names.entity(entity.id.as_str())});
            if named.insert(&entity.id) {
                // The name is words of the article.
                let name = Some(&*entity.name).filter(|_| self.has_quotes).unwrap_or_default();
                let texts = [
                    ("news:localId", entity.id.as_str()),
                    ("label", name),
                    ("news:identifier", &entity.identifier),
                ];
                for (key, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
                    member[key] = text.into();
                }
            }
            json["news:entity"] = member;
        }
        json["body"] = self.bodies(annotation, identifier).into();
        let targets: Vec<Value> =
            annotation.target.fragments().iter().map(|&span| self.target(span)).collect();
        json["target"] = if targets.len() == 1 { targets[0].clone() } else { targets.into() };
        json
    }

    fn bodies(&self, annotation: &Annotation, identifier: Option<&str>) -> Vec<Value> {
        let label = annotation.label.as_str();
        let class = format!("{}{}", self.vocabulary, safe_name(self.work.label_name(&annotation.label)));
        let mut bodies = vec![
            json!({"type": "SpecificResource", "purpose": "identifying", "source": class}),
            json!({"type": "TextualBody", "purpose": "tagging", "value": label, "format": "text/plain"}),
        ];
        bodies.extend(annotation.attributes.iter().map(|(key, value)| attribute(annotation, key, value)));
        if !annotation.note.is_empty() {
            bodies.push(json!({
                "type": "TextualBody", "purpose": "commenting", "value": &*annotation.note, "format": "text/plain",
            }));
        }
        bodies.extend(
            identifier.map(
                |source| json!({"type": "SpecificResource", "purpose": "identifying", "source": source}),
            ),
        );
        bodies
    }

    /// Place and words select the same: they are alternatives.
    fn target(&self, span: TextSpan) -> Value {
        let (start, end) = self.work.code_points(span);
        let mut selectors = vec![json!({"type": "TextPositionSelector", "start": start, "end": end})];
        if self.has_quotes {
            let text = self.work.text();
            selectors.push(json!({
                "type": "TextQuoteSelector", "exact": self.work.slice(span),
                "prefix": prefix(&text[..span.start().to_usize()]),
                "suffix": suffix(&text[span.end().to_usize()..]),
            }));
        }
        json!({"type": "SpecificResource", "source": self.source, "selector": selectors})
    }

    fn relation(&self, linked: Linked<'_>) -> Value {
        let (relation, kind) = (linked.relation, linked.relation.kind.as_str());
        let from = self.names.annotation(linked.from.id.as_str());
        let to = self.names.annotation(linked.to.id.as_str());
        let mut json = json!({
            "id": self.names.relation(relation.id.as_str()), "type": "Annotation", "motivation": "linking",
        });
        self.provenance(&relation.provenance, &mut json);
        json["news:relation"] = kind.into();
        json["news:from"] = json!({"id": from});
        json["news:to"] = json!({"id": to});
        json["body"] = json!([
            {"type": "SpecificResource", "purpose": "linking", "source": to},
            {"type": "TextualBody", "purpose": "tagging", "value": kind, "format": "text/plain"},
        ]);
        json["target"] = from.into();
        json
    }

    fn provenance(&self, provenance: &Provenance, json: &mut Value) {
        json["creator"] = self.person(provenance.annotator.as_str());
        json["created"] = time_text(provenance.created_ms).into();
        json["modified"] = time_text(provenance.changed_ms).into();
        json["generator"] = json!({"type": "Software", "name": "Sourcier"});
    }

    /// Only the annotator of the document has a name in the file; of others there is the id.
    fn person(&self, id: &str) -> Value {
        let name = if id == self.annotator_id { &self.annotator_name } else { id };
        json!({"type": "Person", "name": name, "nickname": id})
    }
}

/// An attribute for people (`key=value`), and beside it as data.
fn attribute(annotation: &Annotation, key: &AttributeKey, value: &AttributeValue) -> Value {
    let text = format!("{key}={}", value_text(value));
    let mut body = json!({"type": "TextualBody", "purpose": "classifying", "value": text});
    match term(key.as_str()) {
        Some(term) => body[term] = data(value),
        None => {
            body["news:key"] = key.as_str().into();
            body["news:data"] = data(value);
        }
    }
    if annotation.by_hand.contains(key) {
        body["news:byHand"] = true.into();
    }
    if let Some(values) = annotation.dated.get(key) {
        let dated = values.iter().map(|dated| {
            json!({"news:data": data(&dated.value), "news:asOf": &*dated.as_of, "news:set": time_text(dated.set_ms)})
        });
        body["news:dated"] = dated.collect();
    }
    body
}

/// A value that JSON-LD leaves as it is.
fn data(value: &AttributeValue) -> Value {
    let json = value_json(value);
    match json {
        Value::Object(_) | Value::Array(_) | Value::Null => {
            Value::Object(Map::from_iter([("@type".to_owned(), "@json".into()), ("@value".to_owned(), json)]))
        }
        json => json,
    }
}

/// The last words before a place, within its line: a page shows lines as blocks of their own.
pub(super) fn prefix(before: &str) -> &str {
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |place| place + 1)..];
    let mut units = 0;
    let first = line.char_indices().rev().take_while(|(_, character)| {
        units += character.len_utf16();
        units <= CONTEXT_LEN_MAX
    });
    &line[first.last().map_or(line.len(), |(place, _)| place)..]
}

/// The first words after a place, within its line.
pub(super) fn suffix(after: &str) -> &str {
    let line = &after[..after.find(['\n', '\r']).unwrap_or(after.len())];
    let mut units = 0;
    let last = line.char_indices().take_while(|(_, character)| {
        units += character.len_utf16();
        units <= CONTEXT_LEN_MAX
    });
    &line[..last.last().map_or(0, |(place, character)| place + character.len_utf8())]
}
