//! Opening what a script hands over: a text and plain objects, in code points or UTF-16 units.

use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::json::ANNOTATION_COUNT_MAX;
use crate::formats::json::build::{OpenContext, Opened, Report};
use crate::formats::json::offsets::{StatedPlace, ends_of, stated_number};
use crate::formats::json::place::Placer;
use crate::formats::json::read::{ReadError, parse_object};
use crate::formats::json::report::{Fact, Remedy};
use crate::formats::json::value::decode_value;
use crate::json::{Map, Value};
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance, Target};
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::{Document, Fields};
use crate::model::ids::{AttributeKey, FieldKey, LabelId};
use crate::model::schema::{AttributeValue, Schema};
use crate::sorted::SortedMap;

/// The unit in which a script counts places in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OffsetUnit {
    #[default]
    CodePoint,
    Utf16,
}

/// A document as a script describes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenDocument {
    /// U+FEFF at the start of it is text.
    pub text: Rc<str>,
    pub title: Option<Rc<str>>,
    /// BCP 47.
    pub language: Option<Rc<str>>,
    pub fields: Map,
    pub annotations: Vec<OpenAnnotation>,
    pub offset_unit: OffsetUnit,
}

/// An annotation as a script describes it. Numbers are floats, as scripts have them, so that a
/// wrong one is reported with its annotation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenAnnotation {
    pub label: Rc<str>,
    pub start: f64,
    pub end: f64,
    pub fragments: Vec<OpenFragment>,
    pub attributes: Map,
    pub note: Option<Rc<str>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenFragment {
    pub start: f64,
    pub end: f64,
}

/// Reads an [`OpenDocument`] from JSON. The same errors as for a native file; a part with a wrong
/// type makes the whole [`ReadError::NotOurs`].
pub fn read_open_document(bytes: &[u8]) -> Result<OpenDocument, ReadError> {
    read_document(parse_object(bytes)?).ok_or(ReadError::NotOurs { found: None })
}

fn read_document(mut map: Map) -> Option<OpenDocument> {
    Some(OpenDocument {
        text: read_text(map.remove("text")?)?,
        title: read_optional(&mut map, "title")?,
        language: read_optional(&mut map, "language")?,
        fields: read_map(&mut map, "fields")?,
        annotations: read_list(&mut map, "annotations", read_annotation)?,
        offset_unit: match map.get("offsetUnit").map(Value::as_str) {
            None | Some(Some("code-point")) => OffsetUnit::CodePoint,
            Some(Some("utf-16")) => OffsetUnit::Utf16,
            Some(_) => return None,
        },
    })
}

fn read_annotation(value: Value) -> Option<OpenAnnotation> {
    let Value::Object(mut map) = value else { return None };
    Some(OpenAnnotation {
        label: read_text(map.remove("label")?)?,
        start: map.get("start")?.as_f64()?,
        end: map.get("end")?.as_f64()?,
        fragments: read_list(&mut map, "fragments", read_fragment)?,
        attributes: read_map(&mut map, "attributes")?,
        note: read_optional(&mut map, "note")?,
    })
}

fn read_fragment(value: Value) -> Option<OpenFragment> {
    Some(OpenFragment { start: value.get("start")?.as_f64()?, end: value.get("end")?.as_f64()? })
}

fn read_text(value: Value) -> Option<Rc<str>> {
    if let Value::String(text) = value { Some(text) } else { None }
}

/// A text; `null` is as good as absent.
fn read_optional(map: &mut Map, key: &str) -> Option<Option<Rc<str>>> {
    match map.remove(key) {
        None | Some(Value::Null) => Some(None),
        Some(value) => read_text(value).map(Some),
    }
}

fn read_map(map: &mut Map, key: &str) -> Option<Map> {
    match map.remove(key) {
        None => Some(Map::new()),
        Some(Value::Object(map)) => Some(map),
        Some(_) => None,
    }
}

fn read_list<T>(map: &mut Map, key: &str, read: fn(Value) -> Option<T>) -> Option<Vec<T>> {
    match map.remove(key) {
        None => Some(Vec::new()),
        Some(Value::Array(items)) => items.into_iter().map(read).collect(),
        Some(_) => None,
    }
}

/// A state from what a script describes. Annotations without a place in the text are left out and
/// listed; those with an unknown label stay.
///
/// O(length of the text + n log n) for n annotations, at most [`ANNOTATION_COUNT_MAX`] of them.
pub fn build_from_parts(parts: OpenDocument, schema: Rc<Schema>, context: OpenContext) -> Opened {
    let fields = fields_of(&parts);
    let document = Rc::new(Document::new(context.ids.document(), parts.text, context.time_ms));
    let mut report = Report::new(document.clone());
    let mut given = parts.annotations;
    if given.len() > ANNOTATION_COUNT_MAX {
        let (count, count_max) = (given.len(), ANNOTATION_COUNT_MAX);
        report.problem(None, Fact::TooMany { count, count_max }, Remedy::LeftOut);
        given.truncate(count_max);
    }
    let places: Vec<StatedPlace> = given.iter().map(stated_place).collect();
    let ends = ends_of(&document, parts.offset_unit, &places);
    let mut placer = Placer::new(&document, parts.offset_unit, true);
    let mut maker = Maker { schema: &schema, context };
    let mut unknown_labels: SortedMap<LabelId, (usize, usize)> = SortedMap::new();
    let mut annotations = Vec::with_capacity(given.len());
    for (idx, entry) in given.iter().enumerate() {
        let placed = match entry.label.is_empty() {
            true => Err(Fact::Missing { key: "label" }),
            false => placer.place(&places[idx], &ends[idx], None),
        };
        match placed {
            Ok(placed) => {
                let annotation = maker.annotation(entry, placed.target.clone());
                if schema.label(&annotation.label).is_none() {
                    unknown_labels.get_or_insert(annotation.label.clone(), (idx, 0)).1 += 1;
                }
                report.placed(idx, &annotation.id, &placed, None);
                annotations.push(Rc::new(annotation));
            }
            Err(fact) => report.unplaced(idx, fact, json_of(entry)),
        }
    }
    report.unknown_labels(unknown_labels);
    let mut state = State::new(document, schema);
    state.annotations = AnnotationSet::from_annotations(annotations).0;
    state.fields = Rc::new(fields);
    report.opened(state, None)
}

/// The document's fields. A title and a language of their own win over those among the fields.
fn fields_of(parts: &OpenDocument) -> Fields {
    let mut fields: Fields =
        parts.fields.iter().map(|(key, value)| (FieldKey(key.clone()), decode_value(value))).collect();
    for (key, text) in [("title", &parts.title), ("language", &parts.language)] {
        if let Some(text) = text {
            fields.insert(FieldKey::from(key), AttributeValue::Text(text.clone()));
        }
    }
    fields
}

fn stated_place(entry: &OpenAnnotation) -> StatedPlace {
    let stated = |fragment: &OpenFragment| (stated_number(fragment.start), stated_number(fragment.end));
    StatedPlace {
        start: stated_number(entry.start),
        end: stated_number(entry.end),
        fragments: entry.fragments.iter().map(stated).collect(),
    }
}

/// The entry as it came, for the list of those without a place.
fn json_of(entry: &OpenAnnotation) -> Value {
    let ends = |start: f64, end: f64| [("start", Value::from(start)), ("end", Value::from(end))];
    let fragments = entry.fragments.iter().map(|fragment| Map::from_iter(ends(fragment.start, fragment.end)));
    let mut json = Map::from_iter([("label", Value::from(&entry.label))]);
    for (key, end) in ends(entry.start, entry.end) {
        json.insert(key, end);
    }
    json.insert("fragments", fragments.map(Value::from).collect::<Value>());
    json.insert("attributes", entry.attributes.clone());
    json.insert("note", entry.note.as_ref().map_or(Value::Null, Value::from));
    Value::Object(json)
}

/// Makes annotations of entries that have their place.
struct Maker<'s, 'i> {
    schema: &'s Schema,
    context: OpenContext<'i>,
}

impl Maker<'_, '_> {
    /// The label's defaults, and over them what the entry says. A value that differs from the
    /// default counts as chosen, so that neither a computation nor another label replaces it.
    fn annotation(&mut self, entry: &OpenAnnotation, target: Target) -> Annotation {
        let time_ms = self.context.time_ms;
        let id = self.context.ids.annotation();
        let annotator_id = self.context.annotator_id.clone();
        let label_id = LabelId(entry.label.clone());
        let mut annotation = match self.schema.label(&label_id) {
            Some(label) => Annotation::new(id, label, target, annotator_id, time_ms),
            None => Annotation {
                id,
                label: label_id,
                target,
                attributes: SortedMap::new(),
                by_hand: Default::default(),
                dated: SortedMap::new(),
                certainty: Certainty::Sure,
                note: Rc::from(""),
                entity: None,
                provenance: Provenance {
                    annotator: annotator_id,
                    created_ms: time_ms,
                    changed_ms: time_ms,
                    origin: AnnotationOrigin::Imported,
                },
                extra: None,
            },
        };
        annotation.provenance.origin = AnnotationOrigin::Imported;
        for (key, value) in entry.attributes.iter() {
            let key = AttributeKey(key.clone());
            let value = decode_value(value);
            if annotation.attributes.get(&key) != Some(&value) {
                annotation.by_hand.insert(key.clone());
                annotation.attributes.insert(key, value);
            }
        }
        if let Some(note) = &entry.note {
            annotation.note = note.clone();
        }
        annotation
    }
}
