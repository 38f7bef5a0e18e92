//! The members of one stored object, coming in: each by its short key, of its type, and no others.

use std::rc::Rc;

use crate::json::{Map, Value};

/// Reads a value; `None` where it is of another kind.
pub type ReadValue<T> = fn(Value) -> Option<T>;

/// What is not taken yet.
pub struct Members(Map);

impl Members {
    pub fn of(value: Value) -> Option<Members> {
        if let Value::Object(map) = value { Some(Members(map)) } else { None }
    }

    /// A member that must be there.
    pub fn take<T>(&mut self, key: &str, read: ReadValue<T>) -> Option<T> {
        read(self.0.remove(key)?)
    }

    /// A member that may be absent; the outer `None` is for one that cannot be read.
    pub fn optional<T>(&mut self, key: &str, read: ReadValue<T>) -> Option<Option<T>> {
        optional(self.0.remove(key).unwrap_or_default(), read)
    }

    /// A member that is absent where it has the usual value.
    pub fn usual<T: Default>(&mut self, key: &str, read: ReadValue<T>) -> Option<T> {
        self.optional(key, read).map(Option::unwrap_or_default)
    }

    /// Fails where there was a key that nobody asked for.
    pub fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

pub fn text(value: Value) -> Option<Rc<str>> {
    if let Value::String(text) = value { Some(text) } else { None }
}

pub fn flag(value: Value) -> Option<bool> {
    value.as_bool()
}

pub fn number(value: Value) -> Option<u64> {
    value.as_u64()
}

pub fn short_number(value: Value) -> Option<u32> {
    value.as_u64()?.try_into().ok()
}

pub fn count(value: Value) -> Option<usize> {
    value.as_u64()?.try_into().ok()
}

/// As many values as are wanted, in a list.
pub fn several<const LEN: usize>(value: Value) -> Option<[Value; LEN]> {
    if let Value::Array(items) = value { items.try_into().ok() } else { None }
}

pub fn list<T>(value: Value, read: ReadValue<T>) -> Option<Vec<T>> {
    if let Value::Array(items) = value { items.into_iter().map(read).collect() } else { None }
}

/// A value, or `null` for none; the outer `None` is for one that cannot be read.
pub fn optional<T>(value: Value, read: ReadValue<T>) -> Option<Option<T>> {
    if value.is_null() { Some(None) } else { read(value).map(Some) }
}
