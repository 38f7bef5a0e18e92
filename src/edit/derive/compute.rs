//! The values that a schema computes, each under the id that the schema names it by.
//!
//! The computations know the labels QUOTE, PERSON, ORG, PLACE and DOC, the relation SOURCE and the
//! field `agency` of the news schemas by their ids. Where a schema has none of them, the default
//! stands.

use std::rc::Rc;

use crate::edit::state::State;
use crate::model::annotation::Annotation;
use crate::model::document::field_text;
use crate::model::schema::{AttributeType, AttributeValue};
use crate::sorted::sort_by;
use crate::text::unicode::{is_letter_or_number, is_upper_case, lower_case};

pub(super) const QUOTE: &str = "QUOTE";
pub(super) const AGENCY: &str = "agency";
const SOURCE: &str = "SOURCE";

/// A quotation of at least so many words that starts with a capital is a whole one.
const FULL_QUOTE_WORDS: usize = 4;

/// The annotation with its computed values, where one of them changes. What a person chose stays.
pub(super) fn computed(state: &State, annotation: &Annotation) -> Option<Annotation> {
    let label = state.schema.label(&annotation.label)?;
    let mut after = annotation.clone();
    for attribute in by_dependence(&label.attributes) {
        if after.by_hand.contains(&attribute.key) {
            continue;
        }
        let value = value_of(state, &after, attribute).filter(|value| attribute.kind.allows(value));
        match value.or_else(|| attribute.default.clone()) {
            Some(value) => after.attributes.insert(attribute.key.clone(), value),
            None => after.attributes.remove(&attribute.key),
        };
    }
    (after != *annotation).then_some(after)
}

/// The computed attributes; those that others are computed from come first.
fn by_dependence(attributes: &[AttributeType]) -> Vec<&AttributeType> {
    let is = |attribute: &AttributeType, id: &str| attribute.computed.as_deref() == Some(id);
    let computed = attributes.iter().filter(|attribute| attribute.computed.is_some());
    let (first, then): (Vec<_>, Vec<_>) = computed.partition(|attribute| is(attribute, "source_type"));
    first.into_iter().chain(then).collect()
}

/// `None` where nothing can be computed.
fn value_of(state: &State, annotation: &Annotation, attribute: &AttributeType) -> Option<AttributeValue> {
    let text = |value: &str| Some(AttributeValue::Text(Rc::from(value)));
    match attribute.computed.as_deref()? {
        "quote_kind" => text(quote_kind(&annotation.target.surface(&state.document.text))),
        "bearing" => text(bearing(&annotation.target.surface(&state.document.text))),
        "quote_type" => text(quote_type(state, annotation)),
        "source_type" => text(source_type(state, sources(state, annotation).first()?)),
        "asserted_by" => {
            let by = asserted_by(state, annotation);
            if by.is_empty() { None } else { text(&by) }
        }
        _ => None,
    }
}

/// Why quotation marks stand round these words, as far as their shape shows it.
fn quote_kind(surface: &str) -> &'static str {
    let words = surface.split_whitespace().filter(|word| word.chars().any(is_letter_or_number)).count();
    let first = surface.chars().find(|character| is_letter_or_number(*character));
    match words {
        1 => "scare",
        FULL_QUOTE_WORDS.. if first.is_some_and(is_upper_case) => "full",
        _ => "partial",
    }
}

/// Words of French and English that say that something is missing or was not done.
const LACKING: [&str; 12] =
    ["sans", "aucun", "aucune", "pas", "non", "ni", "without", "no", "not", "unproven", "unverified", "none"];

/// What a justification does to its statement, as far as its words show it: it says that proof is
/// missing, or gives some.
fn bearing(surface: &str) -> &'static str {
    let mut words = surface.split(|char: char| !is_letter_or_number(char));
    if words.any(|word| LACKING.contains(&&*lower_case(word))) { "lacking" } else { "for" }
}

/// Whose words a statement is in: by the quotations that hold it or that it holds.
fn quote_type(state: &State, annotation: &Annotation) -> &'static str {
    if is_reporters(annotation) {
        return "none";
    }
    let mut found = "indirect";
    state.annotations.overlapping(annotation.target.envelope(), |quote| {
        if quote.label.as_str() != QUOTE || quote.id == annotation.id {
            return;
        }
        let kind = quote.attributes.get("quote_kind").and_then(AttributeValue::as_text);
        if quote.target.covers(&annotation.target) && kind == Some("full") {
            found = "direct";
        } else if found == "indirect"
            && (quote.target.covers(&annotation.target) || annotation.target.covers(&quote.target))
        {
            found = "mixed";
        }
    });
    found
}

/// Whether the article says it in its own voice.
pub(super) fn is_reporters(annotation: &Annotation) -> bool {
    let value = annotation.attributes.get("source_type");
    value.and_then(AttributeValue::as_text) == Some("reporter")
}

/// The sources that a statement is linked with, in text order.
fn sources<'s>(state: &'s State, annotation: &Annotation) -> Vec<&'s Rc<Annotation>> {
    let mut sources: Vec<&Rc<Annotation>> = state
        .relations
        .of(&annotation.id)
        .filter(|relation| relation.kind.as_str() == SOURCE && relation.to == annotation.id)
        .filter_map(|relation| state.annotations.get(&relation.from))
        .collect();
    sort_by(&mut sources, |left, right| crate::model::annotation_set::text_order(left, right));
    sources
}

/// What kind of source an entity is. A person of whom another mention gives the name is named.
fn source_type(state: &State, source: &Annotation) -> &'static str {
    let is = |mention: &Annotation, key: &str, value: &str| {
        mention.attributes.get(key).and_then(AttributeValue::as_text) == Some(value)
    };
    match source.label.as_str() {
        "PERSON" if is(source, "number", "group") => "group",
        "PERSON" => {
            let mut mentions = source.entity.iter().flat_map(|entity| state.annotations.mentions(entity));
            let is_named =
                is(source, "mention", "name") || mentions.any(|mention| is(mention, "mention", "name"));
            if is_named { "named_person" } else { "anonymous" }
        }
        "DOC" => "document",
        _ => "institution",
    }
}

/// The names of those who say it: of the agency for what the article says itself.
fn asserted_by(state: &State, annotation: &Annotation) -> String {
    if is_reporters(annotation) {
        return field_text(&state.fields, AGENCY).unwrap_or_default().to_string();
    }
    let mut names: Vec<String> = Vec::new();
    for source in sources(state, annotation) {
        let name = match state.entity_of(source) {
            Some(entity) => entity.name.to_string(),
            None => source.target.surface(&state.document.text),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}
