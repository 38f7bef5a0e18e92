//! Reading JSON objects key by key, with a path for every problem.

use std::rc::Rc;

use crate::formats::schema_json::{ITEM_COUNT_MAX, JsonType, PROBLEM_COUNT_MAX, SchemaFact, SchemaProblem};
use crate::json::{Map, Value};
use crate::model::schema::Localized;

/// The problems found so far, at most [`PROBLEM_COUNT_MAX`].
#[derive(Default)]
pub(super) struct Problems(pub(super) Vec<SchemaProblem>);

impl Problems {
    pub(super) fn add(&mut self, path: String, fact: SchemaFact) {
        if self.0.len() < PROBLEM_COUNT_MAX {
            self.0.push(SchemaProblem { path, fact });
        }
    }
}

/// One JSON object on the way in. Remembers which keys were read, so that the rest can be kept.
pub(super) struct Object<'json> {
    map: Option<&'json Map>,
    pub(super) path: String,
    keys_read: Vec<&'static str>,
}

impl<'json> Object<'json> {
    /// A value that is no object is a problem, and reads as an object whose keys were all checked.
    pub(super) fn new(value: &'json Value, path: String, problems: &mut Problems) -> Object<'json> {
        let map = value.as_object();
        if map.is_none() {
            problems.add(path.clone(), SchemaFact::WrongType { expected: JsonType::Object });
        }
        Object { map, path, keys_read: Vec::new() }
    }

    /// The path of one of the object's keys.
    pub(super) fn at(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The value of a key. `null` is as good as absent.
    pub(super) fn get(&mut self, key: &'static str) -> Option<&'json Value> {
        self.keys_read.push(key);
        self.map?.get(key).filter(|value| !value.is_null())
    }

    /// The value of a key that must be there. An object that is none was reported already.
    fn require(&mut self, key: &'static str, problems: &mut Problems) -> Option<&'json Value> {
        let value = self.get(key);
        if value.is_none() && self.map.is_some() {
            problems.add(self.at(key), SchemaFact::Missing);
        }
        value
    }

    fn wrong_type(&self, key: &str, expected: JsonType, problems: &mut Problems) {
        problems.add(self.at(key), SchemaFact::WrongType { expected });
    }

    pub(super) fn text(&mut self, key: &'static str, problems: &mut Problems) -> Option<Rc<str>> {
        let value = self.get(key)?;
        let text = if let Value::String(text) = value { Some(text.clone()) } else { None };
        if text.is_none() {
            self.wrong_type(key, JsonType::Text, problems);
        }
        text
    }

    /// An identifier: neither empty nor with white space or control characters. Empty after a
    /// problem.
    pub(super) fn id(&mut self, key: &'static str, problems: &mut Problems) -> Rc<str> {
        if self.require(key, problems).is_none() {
            return Rc::default();
        }
        let id = self.text(key, problems).unwrap_or_default();
        let is_written = self.get(key).is_some_and(|value| value.as_str().is_some());
        if is_written && id.is_empty() {
            problems.add(self.at(key), SchemaFact::Empty);
        } else if id.chars().any(|character| character.is_whitespace() || character.is_control()) {
            problems.add(self.at(key), SchemaFact::BadId { found: id.clone() });
        }
        id
    }

    pub(super) fn flag(&mut self, key: &'static str, default: bool, problems: &mut Problems) -> bool {
        match self.get(key) {
            None => default,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.wrong_type(key, JsonType::Flag, problems);
                default
            }
        }
    }

    pub(super) fn whole_number(&mut self, key: &'static str, problems: &mut Problems) -> Option<u64> {
        let value = self.get(key)?;
        let number = value.as_u64();
        if number.is_none() {
            self.wrong_type(key, JsonType::WholeNumber, problems);
        }
        number
    }

    /// One of the words of a table; `default` where the key is absent or the word unknown.
    pub(super) fn word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &'static [(&'static str, T)],
        default: T,
        problems: &mut Problems,
    ) -> T {
        let Some(found) = self.text(key, problems) else { return default };
        if let Some((_, value)) = words.iter().find(|(word, _)| **word == *found) {
            return *value;
        }
        let expected = words.iter().map(|(word, _)| *word).collect();
        problems.add(self.at(key), SchemaFact::UnknownWord { found, expected });
        default
    }

    /// Reports an absent key, for keys whose value is read by another method.
    pub(super) fn must_have(&mut self, key: &'static str, problems: &mut Problems) {
        self.require(key, problems);
    }

    /// A text in two languages that may be absent: one string stands for both, and a language
    /// that is absent is read from the other.
    pub(super) fn localized(&mut self, key: &'static str, problems: &mut Problems) -> Localized {
        match self.get(key) {
            None => Localized::default(),
            Some(Value::String(text)) => Localized { fr: text.clone(), en: text.clone() },
            Some(value @ Value::Object(_)) => {
                let mut object = Object::new(value, self.at(key), problems);
                let (fr, en) = (object.text("fr", problems), object.text("en", problems));
                object.refuse_rest(problems);
                Localized {
                    fr: fr.clone().or_else(|| en.clone()).unwrap_or_default(),
                    en: en.or(fr).unwrap_or_default(),
                }
            }
            Some(_) => {
                self.wrong_type(key, JsonType::Localized, problems);
                Localized::default()
            }
        }
    }

    /// A text in two languages that people need.
    pub(super) fn name(&mut self, key: &'static str, problems: &mut Problems) -> Localized {
        if self.require(key, problems).is_none() {
            return Localized::default();
        }
        let count_before = problems.0.len();
        let name = self.localized(key, problems);
        if problems.0.len() == count_before {
            for (language, text) in [("fr", &name.fr), ("en", &name.en)] {
                if text.trim().is_empty() {
                    problems.add(format!("{}.{language}", self.at(key)), SchemaFact::Empty);
                }
            }
        }
        name
    }

    /// The entries of a list with their paths; none where the key is absent.
    pub(super) fn list(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> impl Iterator<Item = (&'json Value, String)> + use<'json> {
        let path = self.at(key);
        let items = match self.get(key) {
            None => &[][..],
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.wrong_type(key, JsonType::List, problems);
                &[]
            }
        };
        let (count, count_max) = (items.len(), ITEM_COUNT_MAX);
        if count > count_max {
            problems.add(path.clone(), SchemaFact::TooMany { count, count_max });
        }
        items.iter().take(count_max).enumerate().map(move |(idx, item)| (item, format!("{path}[{idx}]")))
    }

    /// A list of strings; those that are none come back empty, after a problem, to keep the
    /// indexes.
    pub(super) fn texts(&mut self, key: &'static str, problems: &mut Problems) -> Vec<Rc<str>> {
        self.list(key, problems)
            .map(|(item, path)| match item.as_str() {
                Some(text) => Rc::from(text),
                None => {
                    problems.add(path, SchemaFact::WrongType { expected: JsonType::Text });
                    Rc::default()
                }
            })
            .collect()
    }

    /// The keys that nobody asked for.
    pub(super) fn rest(&self) -> Map {
        let Some(map) = self.map else { return Map::new() };
        map.iter()
            .filter(|(key, _)| !self.keys_read.contains(&&***key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// For objects without a place to keep more.
    pub(super) fn refuse_rest(&self, problems: &mut Problems) {
        for (key, _) in self.rest() {
            problems.add(self.at(&key), SchemaFact::UnknownKey);
        }
    }
}
