//! A document as a CAS.

use sourcier::json::{Map, Value};
use sourcier::model::annotation::{Annotation, Certainty};
use sourcier::model::schema::AttributeValue;

use crate::carries::Carries;
use crate::export::Out;
use crate::formats::cas::types::{DETAILS, Types};
use crate::formats::cas::{
    Cas, DOCUMENT_TYPE, FIELD_TYPE, Feature, RELATION_TYPE, SENTENCE_TYPE, SOFA_ID, SPAN_TYPE, Structure,
    TOKEN_TYPE,
};
use crate::losses::LossKind;
use crate::shared::id_index::IdIndex;
use crate::shared::tokens::Tokens;
use crate::work::{Linked, Work, dated_json, time_text, value_json, value_text};

pub(super) const CARRIES: Carries = Carries::MENTIONED;

/// The CAS of a document. What its features hold in another form is counted.
pub(super) fn cas_of(work: Work<'_>, types: &Types, out: &mut Out) -> Cas {
    let mut cas = Cas { text: work.text().to_owned(), structures: Vec::new() };
    let len = work.state.document.index.offsets.len_utf16();
    let language = work.field("language").unwrap_or("x-unspecified");
    cas.push(DOCUMENT_TYPE, Some((0, len)), vec![text("language", language)]);
    push_tokens(work, &mut cas);
    push_fields(work, &mut cas);
    let index = IdIndex::new(work.annotations().map(|annotation| annotation.id.as_str()));
    // Annotations follow each other from here on.
    let first_id = cas.next_id();
    for annotation in work.annotations() {
        count_forms(work, types, annotation, out);
        let features = features(work, types, annotation);
        let span = work.utf16(annotation.target.envelope());
        cas.push(SPAN_TYPE, Some(span), features);
    }
    for Linked { relation, from, to } in work.relations() {
        let end = |annotation: &Annotation| {
            let idx = index.get(annotation.id.as_str());
            Feature::References(idx.map(|idx| first_id + idx as u64).into_iter().collect())
        };
        let features = vec![
            text("label", relation.kind.as_str()),
            ("Governor".to_owned(), end(from)),
            ("Dependent".to_owned(), end(to)),
        ];
        cas.push(RELATION_TYPE, Some(work.utf16(to.target.envelope())), features);
    }
    cas
}

impl Cas {
    /// The text has the id before the first one.
    fn next_id(&self) -> u64 {
        SOFA_ID + 1 + self.structures.len() as u64
    }

    fn push(&mut self, kind: &str, span: Option<(u32, u32)>, features: Vec<(String, Feature)>) {
        let id = self.next_id();
        let span = span.map(|(start, end)| (u64::from(start), u64::from(end)));
        self.structures.push(Structure { id, kind: kind.to_owned(), span, features });
    }
}

fn text(name: &str, value: &str) -> (String, Feature) {
    (name.to_owned(), Feature::Value(value.into()))
}

fn push_tokens(work: Work<'_>, cas: &mut Cas) {
    let fragments = work.annotations().flat_map(|annotation| annotation.target.fragments());
    let tokens = Tokens::new(work, fragments);
    for sentence in &tokens.sentences {
        if let Some(span) = tokens.sentence_span(sentence) {
            cas.push(SENTENCE_TYPE, Some(work.utf16(span)), Vec::new());
        }
        for &token in &tokens.spans[sentence.clone()] {
            cas.push(TOKEN_TYPE, Some(work.utf16(token)), Vec::new());
        }
    }
}

fn push_fields(work: Work<'_>, cas: &mut Cas) {
    for (key, value) in work.state.fields.iter().filter(|(key, _)| key.as_str() != "language") {
        let value = match value {
            AttributeValue::Text(value) => text("value", value),
            other => text("json", &value_json(other).to_string()),
        };
        cas.push(FIELD_TYPE, None, vec![text("key", key.as_str()), value]);
    }
}

pub(super) fn features(work: Work<'_>, types: &Types, annotation: &Annotation) -> Vec<(String, Feature)> {
    let mut features = vec![text("label", annotation.label.as_str())];
    if annotation.certainty == Certainty::Unsure {
        features.push(text("certainty", "unsure"));
    }
    if !annotation.note.is_empty() {
        features.push(text("note", &annotation.note));
    }
    if let Some(entity) = work.state.entity_of(annotation) {
        features.push(text("entity", entity.id.as_str()));
        features.push(text("entity_name", &entity.name));
        if !entity.identifier.is_empty() {
            features.push(text("identifier", &entity.identifier));
        }
    }
    features.push(text(DETAILS, &details(work, annotation).to_string()));
    for (key, value) in &annotation.attributes {
        let value = match value {
            AttributeValue::Flag(flag) if types.is_flag(key.as_str()) => (*flag).into(),
            other => value_text(other).into(),
        };
        features.push((types.feature(key.as_str()).to_owned(), Feature::Value(value)));
    }
    features
}

/// What UIMA has no place for, as JSON in one feature.
fn details(work: Work<'_>, annotation: &Annotation) -> Map {
    let provenance = &annotation.provenance;
    let mut details = Map::new()
        .with("id", annotation.id.as_str())
        .with("annotator", provenance.annotator.as_str())
        .with("created", time_text(provenance.created_ms))
        .with("changed", time_text(provenance.changed_ms));
    if annotation.target.is_discontinuous() {
        let fragments = annotation.target.fragments().iter().map(|&span| {
            let (start, end) = work.utf16(span);
            Value::from([start, end])
        });
        details.insert("fragments", Value::from_iter(fragments));
    }
    details.insert("byHand", annotation.by_hand.iter().map(|key| key.as_str()).collect::<Value>());
    if !annotation.dated.is_empty() {
        details.insert("dated", dated_json(annotation));
    }
    details
}

pub(super) fn count_forms(work: Work<'_>, types: &Types, annotation: &Annotation, out: &mut Out) {
    for (key, value) in &annotation.attributes {
        let is_renamed = types.feature(key.as_str()) != key.as_str();
        if is_renamed || !work.keeps_as_text(annotation, key, value) {
            let place = work.place(annotation.target.envelope());
            out.losses.add_at(LossKind::AttributeForm, key.as_str(), place);
        }
    }
}
