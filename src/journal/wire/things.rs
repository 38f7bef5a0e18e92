//! The JSON of annotations, relations, entities and values.

use std::rc::Rc;

use crate::journal::wire::members::{Members, flag, list, number, several, short_number, text};
use crate::json::{Map, Value, from_str};
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance, Target};
use crate::model::dated::{DatedValue, DatedValues};
use crate::model::entity::Entity;
use crate::model::ids::{
    AnnotationId, AnnotatorId, AttributeKey, EntityId, LabelId, RelationId, RelationTypeId,
};
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::Relation;
use crate::model::schema::AttributeValue;
use crate::sorted::{SortedMap, SortedSet};
use crate::text::span::{TextOffset, TextSpan};

/// What a file said besides.
type Extra = Option<Rc<Map>>;

pub fn annotation_to_json(annotation: &Annotation) -> Value {
    let mut json = Map::new();
    json.insert("i", &annotation.id.0);
    json.insert("l", &annotation.label.0);
    json.insert("s", spans_to_json(&annotation.target));
    if !annotation.attributes.is_empty() {
        let attributes = annotation.attributes.iter();
        json.insert(
            "a",
            attributes.map(|(key, value)| (key.0.clone(), value_to_json(value))).collect::<Map>(),
        );
    }
    if !annotation.by_hand.is_empty() {
        json.insert("h", annotation.by_hand.iter().map(|key| Value::from(&key.0)).collect::<Value>());
    }
    if annotation.certainty == Certainty::Unsure {
        json.insert("u", true);
    }
    insert_text(&mut json, "n", &annotation.note);
    if let Some(entity) = &annotation.entity {
        json.insert("e", &entity.0);
    }
    insert_provenance(&mut json, &annotation.provenance);
    if !annotation.dated.is_empty() {
        json.insert("d", annotation.dated.iter().map(dated_to_json).collect::<Value>());
    }
    insert_extra(&mut json, &annotation.extra);
    Value::Object(json)
}

pub fn annotation_of_json(json: Value) -> Option<Annotation> {
    let mut members = Members::of(json)?;
    let annotation = Annotation {
        id: AnnotationId(members.take("i", text)?),
        label: LabelId(members.take("l", text)?),
        target: members.take("s", target_of_json)?,
        attributes: members.usual("a", attributes_of_json)?,
        by_hand: members.usual("h", keys_of_json)?,
        certainty: if members.usual("u", flag)? { Certainty::Unsure } else { Certainty::Sure },
        note: members.usual("n", text)?,
        entity: members.optional("e", text)?.map(EntityId),
        provenance: provenance(&mut members)?,
        dated: members.usual("d", all_dated_of_json)?,
        extra: members.optional("x", extra_of_json)?,
    };
    members.end()?;
    Some(annotation)
}

pub fn relation_to_json(relation: &Relation) -> Value {
    let mut json = Map::new();
    json.insert("i", &relation.id.0);
    json.insert("k", &relation.kind.0);
    json.insert("s", vec![Value::from(&relation.from.0), Value::from(&relation.to.0)]);
    insert_provenance(&mut json, &relation.provenance);
    insert_extra(&mut json, &relation.extra);
    Value::Object(json)
}

pub fn relation_of_json(json: Value) -> Option<Relation> {
    let mut members = Members::of(json)?;
    let [from, to] = members.take("s", several)?;
    let relation = Relation {
        id: RelationId(members.take("i", text)?),
        kind: RelationTypeId(members.take("k", text)?),
        from: AnnotationId(text(from)?),
        to: AnnotationId(text(to)?),
        provenance: provenance(&mut members)?,
        extra: members.optional("x", extra_of_json)?,
    };
    members.end()?;
    Some(relation)
}

pub fn entity_to_json(entity: &Entity) -> Value {
    let mut json = Map::new();
    json.insert("i", &entity.id.0);
    json.insert("l", &entity.label.0);
    json.insert("n", &entity.name);
    insert_text(&mut json, "w", &entity.identifier);
    insert_provenance(&mut json, &entity.provenance);
    insert_extra(&mut json, &entity.extra);
    Value::Object(json)
}

pub fn entity_of_json(json: Value) -> Option<Entity> {
    let mut members = Members::of(json)?;
    let entity = Entity {
        id: EntityId(members.take("i", text)?),
        label: LabelId(members.take("l", text)?),
        name: members.take("n", text)?,
        identifier: members.usual("w", text)?,
        provenance: provenance(&mut members)?,
        extra: members.optional("x", extra_of_json)?,
    };
    members.end()?;
    Some(entity)
}

pub fn paragraph_to_json(state: ParagraphState) -> Value {
    Value::from(match state {
        ParagraphState::Seen => "seen",
        ParagraphState::NothingHere => "nothing",
    })
}

pub fn paragraph_of_json(json: Value) -> Option<ParagraphState> {
    match json.as_str()? {
        "seen" => Some(ParagraphState::Seen),
        "nothing" => Some(ParagraphState::NothingHere),
        _ => None,
    }
}

fn insert_text(json: &mut Map, key: &str, text: &Rc<str>) {
    if !text.is_empty() {
        json.insert(key, text);
    }
}

fn insert_provenance(json: &mut Map, provenance: &Provenance) {
    json.insert("p", &provenance.annotator.0);
    json.insert("c", provenance.created_ms);
    json.insert("m", provenance.changed_ms);
    if provenance.origin == AnnotationOrigin::Imported {
        json.insert("f", true);
    }
}

fn provenance(members: &mut Members) -> Option<Provenance> {
    Some(Provenance {
        annotator: AnnotatorId(members.take("p", text)?),
        created_ms: members.take("c", number)?,
        changed_ms: members.take("m", number)?,
        origin: match members.usual("f", flag)? {
            true => AnnotationOrigin::Imported,
            false => AnnotationOrigin::ByHand,
        },
    })
}

/// A JSON object in a string, so that what is nested as deep as JSON may be still can be read.
fn insert_extra(json: &mut Map, extra: &Extra) {
    if let Some(extra) = extra {
        json.insert("x", &*Value::Object((**extra).clone()).to_string());
    }
}

fn extra_of_json(json: Value) -> Option<Rc<Map>> {
    if let Value::Object(map) = from_str(json.as_str()?).ok()? { Some(Rc::new(map)) } else { None }
}

fn attributes_of_json(json: Value) -> Option<SortedMap<AttributeKey, AttributeValue>> {
    let Value::Object(map) = json else { return None };
    map.into_iter().map(|(key, value)| Some((AttributeKey(key), value_of_json(value)?))).collect()
}

fn keys_of_json(json: Value) -> Option<SortedSet<AttributeKey>> {
    Some(list(json, text)?.into_iter().map(AttributeKey).collect())
}

/// The values of a dated attribute: each with since when it holds, and when it was set in
/// milliseconds.
fn dated_to_json((key, values): (&AttributeKey, &DatedValues)) -> Value {
    let json = |dated: &DatedValue| {
        Value::Array(vec![value_to_json(&dated.value), Value::from(&dated.as_of), Value::from(dated.set_ms)])
    };
    Value::Array(vec![Value::from(&key.0), values.iter().map(json).collect()])
}

fn all_dated_of_json(json: Value) -> Option<SortedMap<AttributeKey, DatedValues>> {
    Some(list(json, dated_of_json)?.into_iter().collect())
}

fn dated_of_json(json: Value) -> Option<(AttributeKey, DatedValues)> {
    let [key, values] = several(json)?;
    let value = |json| {
        let [value, as_of, set_ms] = several(json)?;
        Some(DatedValue { value: value_of_json(value)?, as_of: text(as_of)?, set_ms: number(set_ms)? })
    };
    Some((AttributeKey(text(key)?), list(values, value)?.into()))
}

pub fn spans_to_json(target: &Target) -> Value {
    let span = |span: &TextSpan| Value::Array(vec![Value::from(span.start().0), Value::from(span.end().0)]);
    target.fragments().iter().map(span).collect()
}

/// `None` where the spans are not exactly those of a target.
pub fn target_of_json(json: Value) -> Option<Target> {
    let spans = list(json, |span| {
        let [start, end] = several(span)?;
        TextSpan::new(TextOffset(short_number(start)?), TextOffset(short_number(end)?))
    })?;
    Target::fragments_of(spans.clone()).filter(|target| target.fragments() == spans)
}

/// A flag, text or number as itself. An array of one string holds the JSON of another value, an
/// array of one number the bits of a number that JSON has not (not a number, infinite).
pub fn value_to_json(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::Flag(flag) => Value::from(*flag),
        AttributeValue::Text(text) => Value::from(text),
        AttributeValue::Number(number) if number.is_finite() => Value::from(*number),
        AttributeValue::Number(number) => Value::Array(vec![Value::from(number.to_bits())]),
        AttributeValue::Other(json) => Value::Array(vec![Value::from(json)]),
    }
}

pub fn value_of_json(json: Value) -> Option<AttributeValue> {
    match json {
        Value::Bool(flag) => Some(AttributeValue::Flag(flag)),
        Value::String(text) => Some(AttributeValue::Text(text)),
        Value::Number(number) => Some(AttributeValue::Number(number.as_f64()?)),
        Value::Array(values) => match values.as_slice() {
            [Value::String(json)] => Some(AttributeValue::Other(json.clone())),
            [Value::Number(bits)] => Some(AttributeValue::Number(f64::from_bits(bits.as_u64()?))),
            _ => None,
        },
        _ => None,
    }
}
