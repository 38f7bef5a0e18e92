//! The file as it stands in JSON, before anything in it is believed.
//!
//! Nothing is checked here, so that a wrong value can be reported with its annotation instead of
//! ending the file.

use std::rc::Rc;

use crate::json::{Map, Value};
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

    pub(super) fn is_known(name: &str) -> bool {
        Key::of_name(name, 0).is_some()
    }

    /// The key of this name, looked for from `first` on: keys mostly come in their order.
    fn of_name(name: &str, first: usize) -> Option<Key> {
        let (before, after) = Key::ALL.split_at(first);
        after.iter().chain(before).copied().find(|key| key.name() == name)
    }
}

/// An entry of `annotations`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WireAnnotation {
    /// The entry as it stands.
    pub(super) value: Value,
    /// Where the values of the known keys are among its first members.
    places: [u8; KEY_COUNT],
}

/// The place of a key that is not among so many members.
const NOWHERE: u8 = u8::MAX;

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

impl WireAnnotation {
    /// The value of a key; `null` is as good as absent.
    pub(super) fn get(&self, key: Key) -> &Value {
        let Value::Object(members) = &self.value else { return &Value::Null };
        match self.places[key as usize] {
            NOWHERE if members.len() > usize::from(NOWHERE) => &members[key.name()],
            place => members.nth(place.into()).map_or(&Value::Null, |(_, value)| value),
        }
    }

    /// The members whose keys are not known.
    pub(super) fn extra(&self) -> Map {
        let Value::Object(members) = &self.value else { return Map::new() };
        let known_count = self.places.iter().filter(|place| **place != NOWHERE).count();
        if members.len() == known_count {
            return Map::new();
        }
        members
            .iter()
            .filter(|(key, _)| !Key::is_known(key))
            .map(|(key, value)| (key, value.clone()))
            .collect()
    }

    pub(super) fn text(&self, key: Key) -> Option<&Rc<str>> {
        if let Value::String(text) = self.get(key) { Some(text) } else { None }
    }
}

impl From<Value> for WireAnnotation {
    fn from(value: Value) -> WireAnnotation {
        let (mut places, mut next) = ([NOWHERE; KEY_COUNT], 0);
        for ((name, _), place) in value.as_object().into_iter().flatten().zip(0..NOWHERE) {
            if let Some(key) = Key::of_name(name, next) {
                places[key as usize] = place;
                next = key as usize + 1;
            }
        }
        WireAnnotation { value, places }
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
