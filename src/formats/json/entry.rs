//! One annotation of a file while it is read: its members, each as the model takes it or told of.

use std::rc::Rc;

use crate::formats::json::build::Report;
use crate::formats::json::report::{Fact, Remedy};
use crate::formats::json::wire::{Key, WireAnnotation};
use crate::formats::rfc3339::read_time;
use crate::json::{Map, Value};
use crate::model::ids::EntityId;

/// One entry of the file's list while it is read.
pub(super) struct Entry<'w, 'r> {
    pub(super) idx: usize,
    pub(super) wire: &'w WireAnnotation,
    pub(super) report: &'r mut Report,
    /// What the annotation carries on beside what the model takes.
    pub(super) extra: Map,
}

impl<'w> Entry<'w, '_> {
    /// Reports a value that the model cannot take, and carries it on where its key is free.
    pub(super) fn wrong_type(&mut self, key: Key) {
        let fact = Fact::WrongType { key: key.name() };
        self.report.problem(Some(self.idx), fact, Remedy::Default);
        if Key::OPTIONAL.contains(&key) {
            self.extra.insert(key.name(), self.wire.get(key).clone());
        }
    }

    pub(super) fn text(&mut self, key: Key) -> Option<Rc<str>> {
        match self.wire.get(key) {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            _ => {
                self.wrong_type(key);
                None
            }
        }
    }

    pub(super) fn entity(&mut self) -> Option<EntityId> {
        let id = self.text(Key::Entity)?;
        if id.is_empty() {
            self.wrong_type(Key::Entity);
        }
        (!id.is_empty()).then_some(EntityId(id))
    }

    /// A value that is a list or an object.
    pub(super) fn other(&mut self, key: Key) -> Option<&'w Value> {
        match self.wire.get(key) {
            Value::Null => None,
            Value::String(_) | Value::Number(_) => {
                self.wrong_type(key);
                None
            }
            value => Some(value),
        }
    }

    pub(super) fn time(&mut self, key: Key) -> Option<u64> {
        let found = self.text(key)?;
        let time_ms = read_time(&found);
        if time_ms.is_none() {
            let fact = Fact::BadTime { key: key.name(), found };
            self.report.problem(Some(self.idx), fact, Remedy::Default);
        }
        time_ms
    }

    pub(super) fn word<T>(&mut self, key: Key, default: T, read: impl Fn(&str) -> Option<T>) -> T {
        let Some(found) = self.text(key) else { return default };
        read(&found).unwrap_or_else(|| {
            let fact = Fact::UnknownWord { key: key.name(), found: found.clone() };
            self.report.problem(Some(self.idx), fact, Remedy::Default);
            default
        })
    }
}
