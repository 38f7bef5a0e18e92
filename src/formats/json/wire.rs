//! The file as it stands in JSON, before anything in it is believed.
//!
//! Annotations are read straight into [`WireAnnotation`]s rather than into a tree of values: a
//! tree of a large file would take ten times the file. Nothing is checked here, so that a wrong
//! value can be reported with its annotation instead of ending the file.

use std::fmt;
use std::rc::Rc;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::model::annotation::AnnotationOrigin;

/// The keys of the file that the program knows.
pub(super) const FILE_KEYS: [&str; 8] =
    ["format", "formatVersion", "schema", "document", "entities", "annotations", "relations", "timing"];

/// The keys of `document` that the program knows.
pub(super) const DOCUMENT_KEYS: [&str; 10] = [
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
    pub(super) extra: Map<String, Value>,
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
    pub(super) extra: Map<String, Value>,
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
            Loose::Text(text) => Some(Value::from(&**text)),
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
            Key::ALL.into_iter().filter_map(|key| Some((key.name().to_owned(), self.get(key).to_value()?)));
        let extra = self.extra.iter().map(|(key, value)| (key.clone(), value.clone()));
        Value::Object(known.chain(extra).collect())
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Loose, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Loose, E> {
        Ok(Loose::Absent)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Loose, E> {
        Ok(Loose::Other(Box::new(Value::Bool(flag))))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Loose, E> {
        Ok(Loose::Text(Rc::from(text)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Loose, E> {
        Ok(Loose::Number(Number::from(number)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Loose, E> {
        Ok(Loose::Number(Number::from(number)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Loose, E> {
        // JSON text has no infinities, so there always is a number.
        Ok(Number::from_f64(number).map_or(Loose::Absent, Loose::Number))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Loose, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(list)).map(|value| Loose::Other(Box::new(value)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Loose, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(map)).map(|value| Loose::Other(Box::new(value)))
    }
}

/// A key of an annotation: one of ours, or another's.
enum AnyKey {
    Known(Key),
    Unknown(String),
}

impl<'de> Deserialize<'de> for AnyKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<AnyKey, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = AnyKey;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a key")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<AnyKey, E> {
                Ok(Key::of_name(name).map_or_else(|| AnyKey::Unknown(name.to_owned()), AnyKey::Known))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

impl<'de> Deserialize<'de> for WireAnnotation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WireAnnotation, D::Error> {
        struct EntryVisitor;
        fn other(loose: Loose) -> WireAnnotation {
            let value = loose.to_value().unwrap_or_default();
            WireAnnotation { not_an_object: Some(Box::new(value)), ..WireAnnotation::default() }
        }
        impl<'de> Visitor<'de> for EntryVisitor {
            type Value = WireAnnotation;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an annotation")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WireAnnotation, A::Error> {
                let mut annotation = WireAnnotation::default();
                while let Some(key) = map.next_key()? {
                    match key {
                        AnyKey::Known(key) => annotation.known[key as usize] = map.next_value()?,
                        AnyKey::Unknown(name) => {
                            annotation.extra.insert(name, map.next_value()?);
                        }
                    }
                }
                Ok(annotation)
            }

            fn visit_unit<E: Error>(self) -> Result<WireAnnotation, E> {
                LooseVisitor.visit_unit().map(other)
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<WireAnnotation, E> {
                LooseVisitor.visit_bool(flag).map(other)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<WireAnnotation, E> {
                LooseVisitor.visit_str(text).map(other)
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<WireAnnotation, E> {
                LooseVisitor.visit_u64(number).map(other)
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<WireAnnotation, E> {
                LooseVisitor.visit_i64(number).map(other)
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<WireAnnotation, E> {
                LooseVisitor.visit_f64(number).map(other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<WireAnnotation, A::Error> {
                LooseVisitor.visit_seq(list).map(other)
            }
        }
        deserializer.deserialize_any(EntryVisitor)
    }
}

impl<'de> Deserialize<'de> for WireList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WireList, D::Error> {
        struct ListVisitor;
        impl<'de> Visitor<'de> for ListVisitor {
            type Value = WireList;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of annotations")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<WireList, A::Error> {
                let mut annotations = Vec::new();
                while let Some(annotation) = list.next_element()? {
                    annotations.push(annotation);
                }
                Ok(WireList::List(annotations))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WireList, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(WireList::NotAList)
            }

            fn visit_unit<E: Error>(self) -> Result<WireList, E> {
                Ok(WireList::Absent)
            }

            fn visit_bool<E: Error>(self, _: bool) -> Result<WireList, E> {
                Ok(WireList::NotAList)
            }

            fn visit_str<E: Error>(self, _: &str) -> Result<WireList, E> {
                Ok(WireList::NotAList)
            }

            fn visit_u64<E: Error>(self, _: u64) -> Result<WireList, E> {
                Ok(WireList::NotAList)
            }

            fn visit_i64<E: Error>(self, _: i64) -> Result<WireList, E> {
                Ok(WireList::NotAList)
            }

            fn visit_f64<E: Error>(self, _: f64) -> Result<WireList, E> {
                Ok(WireList::NotAList)
            }
        }
        deserializer.deserialize_any(ListVisitor)
    }
}

impl<'de> Deserialize<'de> for WireFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WireFile, D::Error> {
        struct FileVisitor;
        impl<'de> Visitor<'de> for FileVisitor {
            type Value = WireFile;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WireFile, A::Error> {
                let mut file = WireFile::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "format" => file.format = map.next_value()?,
                        "formatVersion" => file.format_version = map.next_value()?,
                        "schema" => file.schema = map.next_value()?,
                        "document" => file.document = map.next_value()?,
                        "entities" => file.entities = map.next_value()?,
                        "annotations" => file.annotations = map.next_value()?,
                        "relations" => file.relations = map.next_value()?,
                        "timing" => file.timing = map.next_value()?,
                        _ => {
                            file.extra.insert(key, map.next_value()?);
                        }
                    }
                }
                Ok(file)
            }
        }
        deserializer.deserialize_map(FileVisitor)
    }
}
