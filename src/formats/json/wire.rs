//! The file as it stands in JSON, before anything in it is believed.
//!
//! Nothing is checked here, so that a wrong value can be reported with its annotation instead of
//! ending the file.

use std::rc::Rc;

use crate::json::{Map, Number, Value};
use crate::model::annotation::AnnotationOrigin;

/// The keys of the file that the program knows.
pub(super) const FILE_KEYS: [&str; 8] =
    ["format", "formatVersion", "schema", "document", "entities", "annotations", "relations", "timing"];

/// The keys of `document` that the program knows.
pub(super) const DOCUMENT_KEYS: [&str; 11] = [
    "id",
    "text",
    "sha256",
    "length",
    "offsetUnit",
    "created",
    "modified",
    "annotator",
    "fields",
    "paragraphs",
    "structure",
];

/// The keys of an entity that the program knows.
pub(super) const ENTITY_KEYS: [&str; 8] =
    ["id", "label", "name", "identifier", "created", "changed", "annotator", "origin"];

/// The keys of a relation that the program knows.
pub(super) const RELATION_KEYS: [&str; 8] =
    ["id", "type", "from", "to", "created", "changed", "annotator", "origin"];

/// The keys of `timing` that the program knows.
pub(super) const TIMING_KEYS: [&str; 2] = ["document", "annotations"];

/// The keys of an annotation that the program knows, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Id,
    Label,
    Start,
    End,
    Surface,
    Prefix,
    Suffix,
    Fragments,
    Attributes,
    ByHand,
    Dated,
    Entity,
    Certainty,
    Note,
    Created,
    Changed,
    Annotator,
    Origin,
}

const KEY_COUNT: usize = Key::ALL.len();

impl Key {
    pub(super) const ALL: [Key; 18] = [
        Key::Id,
        Key::Label,
        Key::Start,
        Key::End,
        Key::Surface,
        Key::Prefix,
        Key::Suffix,
        Key::Fragments,
        Key::Attributes,
        Key::ByHand,
        Key::Dated,
        Key::Entity,
        Key::Certainty,
        Key::Note,
        Key::Created,
        Key::Changed,
        Key::Annotator,
        Key::Origin,
    ];

    /// Keys that are absent where the model has nothing to say. A value of another type waits
    /// there until somebody has.
    pub(super) const OPTIONAL: [Key; 4] = [Key::ByHand, Key::Dated, Key::Entity, Key::Note];

    pub(super) fn name(self) -> &'static str {
        match self {
            Key::Id => "id",
            Key::Label => "label",
            Key::Start => "start",
            Key::End => "end",
            Key::Surface => "surface",
            Key::Prefix => "prefix",
            Key::Suffix => "suffix",
            Key::Fragments => "fragments",
            Key::Attributes => "attributes",
            Key::ByHand => "byHand",
            Key::Dated => "dated",
            Key::Entity => "entity",
            Key::Certainty => "certainty",
            Key::Note => "note",
            Key::Created => "created",
            Key::Changed => "changed",
            Key::Annotator => "annotator",
            Key::Origin => "origin",
        }
    }

    pub(super) fn of_name(name: &str) -> Option<Key> {
        Key::ALL.into_iter().find(|key| key.name() == name)
    }
}

/// Any JSON value, small where it is a text or a number. `null` is as good as absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Loose {
    #[default]
    Absent,
    Text(Rc<str>),
    Number(Number),
    /// A flag, a list or an object.
    Other(Box<Value>),
}

/// An entry of `annotations`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct WireAnnotation {
    known: [Loose; KEY_COUNT],
    pub(super) extra: Map,
    /// The entry itself, where it is no object.
    pub(super) not_an_object: Option<Box<Value>>,
}

/// `annotations` as it stands.
#[derive(Debug, Default)]
pub(super) enum WireList {
    #[default]
    Absent,
    NotAList,
    List(Vec<WireAnnotation>),
}

/// The whole file.
#[derive(Debug, Default)]
pub(super) struct WireFile {
    pub(super) format: Value,
    pub(super) format_version: Value,
    pub(super) schema: Value,
    pub(super) document: Value,
    pub(super) entities: Value,
    pub(super) annotations: WireList,
    pub(super) relations: Value,
    pub(super) timing: Value,
    pub(super) extra: Map,
}

/// How something came into the work, as the file says it.
pub(super) fn word_of_origin(origin: AnnotationOrigin) -> &'static str {
    match origin {
        AnnotationOrigin::ByHand => "by-hand",
        AnnotationOrigin::Imported => "imported",
    }
}

pub(super) fn origin_of_word(word: &str) -> Option<AnnotationOrigin> {
    let all = [AnnotationOrigin::ByHand, AnnotationOrigin::Imported];
    all.into_iter().find(|origin| word_of_origin(*origin) == word)
}

impl Loose {
    pub(super) fn as_text(&self) -> Option<&Rc<str>> {
        match self {
            Loose::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn to_value(&self) -> Option<Value> {
        match self {
            Loose::Absent => None,
            Loose::Text(text) => Some(Value::from(text)),
            Loose::Number(number) => Some(Value::Number(number.clone())),
            Loose::Other(value) => Some(value.as_ref().clone()),
        }
    }
}

impl WireAnnotation {
    pub(super) fn get(&self, key: Key) -> &Loose {
        &self.known[key as usize]
    }

    /// The entry as JSON again.
    pub(super) fn to_value(&self) -> Value {
        if let Some(value) = &self.not_an_object {
            return value.as_ref().clone();
        }
        let known =
            Key::ALL.into_iter().filter_map(|key| Some((Rc::from(key.name()), self.get(key).to_value()?)));
        let extra = self.extra.iter().map(|(key, value)| (key.clone(), value.clone()));
        Value::Object(known.chain(extra).collect())
    }
}

impl From<Value> for Loose {
    fn from(value: Value) -> Loose {
        match value {
            Value::Null => Loose::Absent,
            Value::String(text) => Loose::Text(text),
            Value::Number(number) => Loose::Number(number),
            other => Loose::Other(Box::new(other)),
        }
    }
}

impl From<Value> for WireAnnotation {
    fn from(value: Value) -> WireAnnotation {
        let mut annotation = WireAnnotation::default();
        match value {
            Value::Object(map) => {
                for (name, value) in map {
                    match Key::of_name(&name) {
                        Some(key) => annotation.known[key as usize] = Loose::from(value),
                        None => annotation.extra.insert(&name, value),
                    }
                }
            }
            other => annotation.not_an_object = Some(Box::new(other)),
        }
        annotation
    }
}

impl From<Value> for WireList {
    fn from(value: Value) -> WireList {
        match value {
            Value::Null => WireList::Absent,
            Value::Array(items) => WireList::List(items.into_iter().map(WireAnnotation::from).collect()),
            _ => WireList::NotAList,
        }
    }
}

impl From<Map> for WireFile {
    fn from(mut map: Map) -> WireFile {
        let mut take = |key| map.remove(key).unwrap_or_default();
        WireFile {
            format: take("format"),
            format_version: take("formatVersion"),
            schema: take("schema"),
            document: take("document"),
            entities: take("entities"),
            annotations: WireList::from(take("annotations")),
            relations: take("relations"),
            timing: take("timing"),
            extra: map,
        }
    }
}
