//! Writing Web Annotations.

use sourcier::json::{Map, Value};
use sourcier::model::annotation::{Annotation, Certainty, Provenance};
use sourcier::model::ids::{AttributeKey, EntityId};
use sourcier::model::iris::is_iri;
use sourcier::model::schema::AttributeValue;
use sourcier::sorted::SortedSet;
use sourcier::text::span::TextSpan;

use crate::carries::Carries;
use crate::export::{Exporter, Out, Written};
use crate::formats::w3c::{CONTEXT, SCHEMA_FIELDS, term};
use crate::losses::LossKind;
use crate::names::safe_name;
use crate::options::Options;
use crate::shared::iri::{Names, text_iri, vocabulary};
use crate::work::{Linked, Work, time_text, value_json, value_text};

/// The most UTF-16 units of a prefix or suffix: clients that look for quotes fail beyond.
const CONTEXT_LEN_MAX: usize = 32;

const CARRIES: Carries = Carries::MENTIONED;

pub const WRITTEN: Written =
    Written { id: "w3c", carries: CARRIES, exporter: |options| Box::new(WebAnnotations { options }) };

struct WebAnnotations {
    options: Options,
}

impl Exporter for WebAnnotations {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let one = One::new(work, &self.options);
        let collection = one.collection();
        let mut text = collection.to_lines();
        text.push('\n');
        out.own(format!("{}.jsonld", work.stem), text);
        if self.options.is_positions_only {
            out.losses.add(LossKind::Text, "", 1);
        } else {
            out.own(format!("{}.txt", work.stem), work.text_file().into_owned());
        }
    }
}

/// One document on its way out.
struct One<'s> {
    work: Work<'s>,
    names: Names,
    vocabulary: String,
    source: Map,
    /// What the annotator of the document is called.
    annotator_name: String,
    annotator_id: String,
    has_quotes: bool,
}

impl<'s> One<'s> {
    fn new(work: Work<'s>, options: &Options) -> One<'s> {
        let mut source =
            Map::new().with("id", text_iri(work)).with("type", "Text").with("format", "text/plain");
        for (key, field) in [("language", "language"), ("via", "url")] {
            if let Some(text) = work.field(field).filter(|text| key != "via" || is_iri(text)) {
                source.insert(key, text);
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
        let mut collection = Map::new()
            .with("@context", [Value::from(CONTEXT), Map::new().with("news", &self.vocabulary).into()])
            .with("id", self.names.collection())
            .with("type", "AnnotationCollection")
            .with("label", self.work.field("headline").unwrap_or(state.document.id.as_str()))
            .with("dcterms:conformsTo", format!("{} {}", state.schema.id, state.schema.version))
            .with("schema:about", self.source.clone())
            .with("created", time_text(state.document.created_ms));
        if let Some(modified_ms) = state.modified_ms {
            collection.insert("modified", time_text(modified_ms));
        }
        if !self.annotator_name.is_empty() {
            collection.insert("creator", self.person(&self.annotator_id));
        }
        self.fields(&mut collection);
        collection.insert("total", items.len());
        // A page may not be empty.
        if !items.is_empty() {
            let page = self.names.page();
            let first = Map::new()
                .with("id", &page)
                .with("type", "AnnotationPage")
                .with("partOf", self.names.collection())
                .with("startIndex", 0_u64)
                .with("items", items);
            collection.insert("first", first);
            collection.insert("last", page);
        }
        collection.into()
    }

    /// The fields: by the properties of schema.org where it has them, the others under their keys.
    fn fields(&self, collection: &mut Map) {
        let mut others = Vec::new();
        for (key, value) in self.work.state.fields.iter() {
            let property = SCHEMA_FIELDS.iter().find(|(field, _)| *field == key.as_str());
            let text = value.as_text();
            match (property, key.as_str()) {
                (Some((_, property)), _) if text.is_some() => collection.insert(property, text),
                (_, "language") if text.is_some() => {}
                (_, "url") if text.is_some_and(is_iri) => {}
                (_, "notes") if text.is_some() => {}
                _ => others.push(Map::new().with("news:key", key.as_str()).with("news:data", data(value))),
            }
        }
        if !others.is_empty() {
            collection.insert("news:field", others);
        }
    }

    fn items(&self) -> Vec<Map> {
        let mut named = SortedSet::new();
        let mut items: Vec<Map> =
            self.work.annotations().map(|annotation| self.annotation(annotation, &mut named)).collect();
        items.extend(self.work.relations().into_iter().map(|linked| self.relation(linked)));
        if let Some(notes) = self.work.field("notes") {
            items.push(
                Map::new()
                    .with("id", self.names.notes())
                    .with("type", "Annotation")
                    .with("motivation", "commenting")
                    .with("body", text_body("commenting", notes))
                    .with("target", self.source.get("id").cloned()),
            );
        }
        items
    }

    /// `named` are the entities whose name stands in an earlier annotation.
    fn annotation(&self, annotation: &'s Annotation, named: &mut SortedSet<&'s EntityId>) -> Map {
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
        let motivation = one_or_more(motivation.into_iter().map(Value::from).collect());
        let mut json = Map::new()
            .with("id", self.names.annotation(annotation.id.as_str()))
            .with("type", "Annotation")
            .with("motivation", motivation);
        self.provenance(&annotation.provenance, &mut json);
        json.insert("news:localId", annotation.id.as_str());
        if annotation.certainty == Certainty::Unsure {
            json.insert("news:certainty", "unsure");
        }
        if let Some(entity) = entity {
            let mut member = Map::new().with("id", self.names.entity(entity.id.as_str()));
            if named.insert(&entity.id) {
                // The name is words of the article.
                let name = Some(&*entity.name).filter(|_| self.has_quotes).unwrap_or_default();
                let texts = [
                    ("news:localId", entity.id.as_str()),
                    ("label", name),
                    ("news:identifier", &entity.identifier),
                ];
                for (key, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
                    member.insert(key, text);
                }
            }
            json.insert("news:entity", member);
        }
        json.insert("body", self.bodies(annotation, identifier));
        let fragments = annotation.target.fragments().iter();
        json.insert("target", one_or_more(fragments.map(|&span| self.target(span)).collect()));
        json
    }

    fn bodies(&self, annotation: &Annotation, identifier: Option<&str>) -> Vec<Map> {
        let label = annotation.label.as_str();
        let class = format!("{}{}", self.vocabulary, safe_name(self.work.label_name(&annotation.label)));
        let mut bodies = vec![resource("identifying", &class), text_body("tagging", label)];
        bodies.extend(annotation.attributes.iter().map(|(key, value)| attribute(annotation, key, value)));
        if !annotation.note.is_empty() {
            bodies.push(text_body("commenting", &annotation.note));
        }
        bodies.extend(identifier.map(|source| resource("identifying", source)));
        bodies
    }

    /// Place and words select the same: they are alternatives.
    fn target(&self, span: TextSpan) -> Value {
        let (start, end) = self.work.code_points(span);
        let position = Map::new().with("type", "TextPositionSelector").with("start", start).with("end", end);
        let mut selectors = vec![position];
        if self.has_quotes {
            let text = self.work.text();
            let quote = Map::new()
                .with("type", "TextQuoteSelector")
                .with("exact", self.work.slice(span))
                .with("prefix", prefix(&text[..span.start().to_usize()]))
                .with("suffix", suffix(&text[span.end().to_usize()..]));
            selectors.push(quote);
        }
        let target = Map::new().with("type", "SpecificResource").with("source", self.source.clone());
        target.with("selector", selectors).into()
    }

    fn relation(&self, linked: Linked<'_>) -> Map {
        let (relation, kind) = (linked.relation, linked.relation.kind.as_str());
        let from = self.names.annotation(linked.from.id.as_str());
        let to = self.names.annotation(linked.to.id.as_str());
        let mut json = Map::new()
            .with("id", self.names.relation(relation.id.as_str()))
            .with("type", "Annotation")
            .with("motivation", "linking");
        self.provenance(&relation.provenance, &mut json);
        json.insert("news:relation", kind);
        json.insert("news:from", Map::new().with("id", &from));
        json.insert("news:to", Map::new().with("id", &to));
        json.insert("body", vec![resource("linking", &to), text_body("tagging", kind)]);
        json.with("target", from)
    }

    fn provenance(&self, provenance: &Provenance, json: &mut Map) {
        json.insert("creator", self.person(provenance.annotator.as_str()));
        json.insert("created", time_text(provenance.created_ms));
        json.insert("modified", time_text(provenance.changed_ms));
        json.insert("generator", Map::new().with("type", "Software").with("name", "Sourcier"));
    }

    /// Only the annotator of the document has a name in the file; of others there is the id.
    fn person(&self, id: &str) -> Map {
        let name = if id == self.annotator_id { &self.annotator_name } else { id };
        Map::new().with("type", "Person").with("name", name).with("nickname", id)
    }
}

/// Something elsewhere: a class, a thing of the world, another annotation.
fn resource(purpose: &str, source: &str) -> Map {
    Map::new().with("type", "SpecificResource").with("purpose", purpose).with("source", source)
}

fn text_body(purpose: &str, text: &str) -> Map {
    let body = Map::new().with("type", "TextualBody").with("purpose", purpose);
    body.with("value", text).with("format", "text/plain")
}

/// One thing stands alone, several in a list.
fn one_or_more(mut things: Vec<Value>) -> Value {
    if things.len() == 1 { things.remove(0) } else { things.into() }
}

/// An attribute for people (`key=value`), and beside it as data.
fn attribute(annotation: &Annotation, key: &AttributeKey, value: &AttributeValue) -> Map {
    let text = format!("{key}={}", value_text(value));
    let mut body = Map::new().with("type", "TextualBody").with("purpose", "classifying").with("value", text);
    match term(key.as_str()) {
        Some(term) => body.insert(&term, data(value)),
        None => {
            body.insert("news:key", key.as_str());
            body.insert("news:data", data(value));
        }
    }
    if annotation.by_hand.contains(key) {
        body.insert("news:byHand", true);
    }
    if let Some(values) = annotation.dated.get(key) {
        let dated = values.iter().map(|dated| {
            let json = Map::new().with("news:data", data(&dated.value)).with("news:asOf", &*dated.as_of);
            json.with("news:set", time_text(dated.set_ms))
        });
        body.insert("news:dated", dated.collect::<Value>());
    }
    body
}

/// A value that JSON-LD leaves as it is.
fn data(value: &AttributeValue) -> Value {
    let json = value_json(value);
    match json {
        Value::Object(_) | Value::Array(_) | Value::Null => {
            Map::new().with("@type", "@json").with("@value", json).into()
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
