//! The JSON of annotations, relations, entities and values.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::journal::wire::{is_default, optional};
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance, Target};
use crate::model::dated::{DatedValue, DatedValues};
use crate::model::entity::Entity;
use crate::model::ids::{
    AnnotationId, AnnotatorId, AttributeKey, EntityId, LabelId, RelationId, RelationTypeId,
};
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::Relation;
use crate::model::schema::AttributeValue;
use crate::text::span::{TextOffset, TextSpan};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireAnnotation {
    #[serde(rename = "i")]
    id: Rc<str>,
    #[serde(rename = "l")]
    label: Rc<str>,
    #[serde(rename = "s")]
    spans: Vec<(u32, u32)>,
    #[serde(rename = "a", default, skip_serializing_if = "is_default")]
    attributes: Map<String, Value>,
    #[serde(rename = "h", default, skip_serializing_if = "is_default")]
    by_hand: Vec<Rc<str>>,
    #[serde(rename = "u", default, skip_serializing_if = "is_default")]
    is_unsure: bool,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    note: Option<Rc<str>>,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    entity: Option<Rc<str>>,
    #[serde(rename = "p")]
    annotator: Rc<str>,
    #[serde(rename = "c")]
    created_ms: u64,
    #[serde(rename = "m")]
    changed_ms: u64,
    #[serde(rename = "f", default, skip_serializing_if = "is_default")]
    is_imported: bool,
    #[serde(rename = "d", default, skip_serializing_if = "is_default")]
    dated: Vec<WireDated>,
    /// A JSON object in a string, so that what is nested as deep as JSON may be still can be read.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    extra: Option<String>,
}

/// The values of a dated attribute: each with since when it holds, and when it was set in
/// milliseconds.
type WireDated = (Rc<str>, Vec<(Value, Rc<str>, u64)>);

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireRelation {
    #[serde(rename = "i")]
    id: Rc<str>,
    #[serde(rename = "k")]
    kind: Rc<str>,
    /// From and to.
    #[serde(rename = "s")]
    ends: (Rc<str>, Rc<str>),
    #[serde(rename = "p")]
    annotator: Rc<str>,
    #[serde(rename = "c")]
    created_ms: u64,
    #[serde(rename = "m")]
    changed_ms: u64,
    #[serde(rename = "f", default, skip_serializing_if = "is_default")]
    is_imported: bool,
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    extra: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireEntity {
    #[serde(rename = "i")]
    id: Rc<str>,
    #[serde(rename = "l")]
    label: Rc<str>,
    #[serde(rename = "n")]
    name: Rc<str>,
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    identifier: Option<Rc<str>>,
    #[serde(rename = "p")]
    annotator: Rc<str>,
    #[serde(rename = "c")]
    created_ms: u64,
    #[serde(rename = "m")]
    changed_ms: u64,
    #[serde(rename = "f", default, skip_serializing_if = "is_default")]
    is_imported: bool,
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    extra: Option<String>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub enum WireParagraphState {
    #[serde(rename = "seen")]
    Seen,
    #[serde(rename = "nothing")]
    NothingHere,
}

impl WireAnnotation {
    pub fn new(annotation: &Annotation) -> WireAnnotation {
        let value =
            |(key, value): (&AttributeKey, &AttributeValue)| (key.0.to_string(), value_to_json(value));
        WireAnnotation {
            id: annotation.id.0.clone(),
            label: annotation.label.0.clone(),
            spans: spans_of(&annotation.target),
            attributes: annotation.attributes.iter().map(value).collect(),
            by_hand: annotation.by_hand.iter().map(|key| key.0.clone()).collect(),
            is_unsure: annotation.certainty == Certainty::Unsure,
            note: (!annotation.note.is_empty()).then(|| annotation.note.clone()),
            entity: annotation.entity.as_ref().map(|entity| entity.0.clone()),
            annotator: annotation.provenance.annotator.0.clone(),
            created_ms: annotation.provenance.created_ms,
            changed_ms: annotation.provenance.changed_ms,
            is_imported: annotation.provenance.origin == AnnotationOrigin::Imported,
            dated: annotation.dated.iter().map(dated_to_wire).collect(),
            extra: extra_to_json(&annotation.extra),
        }
    }

    pub fn read(self) -> Option<Annotation> {
        let value =
            |(key, value): (String, Value)| Some((AttributeKey::from(key.as_str()), value_of_json(value)?));
        Some(Annotation {
            id: AnnotationId(self.id),
            label: LabelId(self.label),
            target: target_of(&self.spans)?,
            attributes: self.attributes.into_iter().map(value).collect::<Option<_>>()?,
            by_hand: self.by_hand.into_iter().map(AttributeKey).collect(),
            dated: self.dated.into_iter().map(dated_of_wire).collect::<Option<_>>()?,
            certainty: if self.is_unsure { Certainty::Unsure } else { Certainty::Sure },
            note: self.note.unwrap_or_default(),
            entity: self.entity.map(EntityId),
            provenance: provenance(self.annotator, self.created_ms, self.changed_ms, self.is_imported),
            extra: extra_of_json(self.extra)?,
        })
    }
}

impl WireRelation {
    pub fn new(relation: &Relation) -> WireRelation {
        WireRelation {
            id: relation.id.0.clone(),
            kind: relation.kind.0.clone(),
            ends: (relation.from.0.clone(), relation.to.0.clone()),
            annotator: relation.provenance.annotator.0.clone(),
            created_ms: relation.provenance.created_ms,
            changed_ms: relation.provenance.changed_ms,
            is_imported: relation.provenance.origin == AnnotationOrigin::Imported,
            extra: extra_to_json(&relation.extra),
        }
    }

    pub fn read(self) -> Option<Relation> {
        Some(Relation {
            id: RelationId(self.id),
            kind: RelationTypeId(self.kind),
            from: AnnotationId(self.ends.0),
            to: AnnotationId(self.ends.1),
            provenance: provenance(self.annotator, self.created_ms, self.changed_ms, self.is_imported),
            extra: extra_of_json(self.extra)?,
        })
    }
}

impl WireEntity {
    pub fn new(entity: &Entity) -> WireEntity {
        WireEntity {
            id: entity.id.0.clone(),
            label: entity.label.0.clone(),
            name: entity.name.clone(),
            identifier: (!entity.identifier.is_empty()).then(|| entity.identifier.clone()),
            annotator: entity.provenance.annotator.0.clone(),
            created_ms: entity.provenance.created_ms,
            changed_ms: entity.provenance.changed_ms,
            is_imported: entity.provenance.origin == AnnotationOrigin::Imported,
            extra: extra_to_json(&entity.extra),
        }
    }

    pub fn read(self) -> Option<Entity> {
        Some(Entity {
            id: EntityId(self.id),
            label: LabelId(self.label),
            name: self.name,
            identifier: self.identifier.unwrap_or_default(),
            provenance: provenance(self.annotator, self.created_ms, self.changed_ms, self.is_imported),
            extra: extra_of_json(self.extra)?,
        })
    }
}

impl WireParagraphState {
    pub fn new(state: ParagraphState) -> WireParagraphState {
        match state {
            ParagraphState::Seen => WireParagraphState::Seen,
            ParagraphState::NothingHere => WireParagraphState::NothingHere,
        }
    }

    pub fn read(self) -> ParagraphState {
        match self {
            WireParagraphState::Seen => ParagraphState::Seen,
            WireParagraphState::NothingHere => ParagraphState::NothingHere,
        }
    }
}

fn provenance(annotator: Rc<str>, created_ms: u64, changed_ms: u64, is_imported: bool) -> Provenance {
    let origin = if is_imported { AnnotationOrigin::Imported } else { AnnotationOrigin::ByHand };
    Provenance { annotator: AnnotatorId(annotator), created_ms, changed_ms, origin }
}

/// What a file said besides.
type Extra = Option<Rc<Map<String, Value>>>;

fn extra_to_json(extra: &Extra) -> Option<String> {
    extra.as_ref().and_then(|extra| serde_json::to_string(&**extra).ok())
}

/// `None` where the string is not the JSON of an object.
fn extra_of_json(json: Option<String>) -> Option<Extra> {
    optional(json, |json| serde_json::from_str::<Map<_, _>>(&json).ok().map(Rc::new))
}

fn dated_to_wire((key, values): (&AttributeKey, &DatedValues)) -> WireDated {
    let wire = |dated: &DatedValue| (value_to_json(&dated.value), dated.as_of.clone(), dated.set_ms);
    (key.0.clone(), values.iter().map(wire).collect())
}

fn dated_of_wire((key, values): WireDated) -> Option<(AttributeKey, DatedValues)> {
    let value = |(value, as_of, set_ms)| Some(DatedValue { value: value_of_json(value)?, as_of, set_ms });
    Some((AttributeKey(key), values.into_iter().map(value).collect::<Option<_>>()?))
}

pub fn spans_of(target: &Target) -> Vec<(u32, u32)> {
    target.fragments().iter().map(|span| (span.start().0, span.end().0)).collect()
}

/// `None` where the spans are not exactly those of a target.
pub fn target_of(spans: &[(u32, u32)]) -> Option<Target> {
    let span = |(start, end): &(u32, u32)| TextSpan::new(TextOffset(*start), TextOffset(*end));
    let spans: Vec<TextSpan> = spans.iter().map(span).collect::<Option<_>>()?;
    Target::fragments_of(spans.clone()).filter(|target| target.fragments() == spans)
}

/// A flag, text or number as itself. An array of one string holds the JSON of another value, an
/// array of one number the bits of a number that JSON has not (not a number, infinite).
pub fn value_to_json(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::Flag(flag) => Value::from(*flag),
        AttributeValue::Text(text) => Value::from(&**text),
        AttributeValue::Number(number) if number.is_finite() => Value::from(*number),
        AttributeValue::Number(number) => Value::from(vec![number.to_bits()]),
        AttributeValue::Other(json) => Value::from(vec![&**json]),
    }
}

pub fn value_of_json(json: Value) -> Option<AttributeValue> {
    match json {
        Value::Bool(flag) => Some(AttributeValue::Flag(flag)),
        Value::String(text) => Some(AttributeValue::Text(Rc::from(text))),
        Value::Number(number) => Some(AttributeValue::Number(number.as_f64()?)),
        Value::Array(values) => match values.as_slice() {
            [Value::String(json)] => Some(AttributeValue::Other(Rc::from(json.as_str()))),
            [Value::Number(bits)] => Some(AttributeValue::Number(f64::from_bits(bits.as_u64()?))),
            _ => None,
        },
        _ => None,
    }
}
