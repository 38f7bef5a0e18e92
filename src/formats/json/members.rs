//! The members of one object of a file, taken one by one.

use std::rc::Rc;

use crate::formats::json::report::Fact;
use crate::formats::rfc3339::read_time;
use crate::json::{Map, Value};

pub(super) struct Members<'m> {
    map: &'m Map,
    /// What is wrong with the members taken so far. Each is as if it were absent.
    pub(super) facts: Vec<Fact>,
}

impl<'m> Members<'m> {
    pub(super) fn new(map: &'m Map) -> Members<'m> {
        Members { map, facts: Vec::new() }
    }

    /// `null` is as good as absent.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Value> {
        self.map.get(key).filter(|value| !value.is_null()).cloned()
    }

    pub(super) fn text(&mut self, key: &'static str) -> Option<Rc<str>> {
        match self.take(key)? {
            Value::String(text) => Some(text),
            _ => {
                self.facts.push(Fact::WrongType { key });
                None
            }
        }
    }

    /// A text with characters in it; an empty one is as good as absent.
    pub(super) fn name(&mut self, key: &'static str) -> Option<Rc<str>> {
        self.text(key).filter(|name| !name.is_empty())
    }

    /// Milliseconds since 1970 in UTC.
    pub(super) fn time(&mut self, key: &'static str) -> Option<u64> {
        let found = self.text(key)?;
        let time_ms = read_time(&found);
        if time_ms.is_none() {
            self.facts.push(Fact::BadTime { key, found });
        }
        time_ms
    }

    /// One of several words.
    pub(super) fn word<T>(&mut self, key: &'static str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = self.text(key)?;
        let word = read(&found);
        if word.is_none() {
            self.facts.push(Fact::UnknownWord { key, found });
        }
        word
    }
}
