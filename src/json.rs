//! JSON values. serde_json reads them; these are of our own for their size in the page and in memory,
//! and for their numbers: a number is what is written, so that one from elsewhere comes out as it
//! came in. See docs/decisions/0022.

pub mod number;

mod read;

mod write;

use std::rc::Rc;

pub use number::Number;
pub use read::{from_str, from_str_to_depth};
pub use write::write_string;

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(Rc<str>),
    Array(Vec<Value>),
    Object(Map),
}

/// The members of an object, in their order. To find one costs O(members): those of ours are few.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    // Invariant: no key twice.
    members: Vec<(Rc<str>, Value)>,
}

impl Value {
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(flag) = self { Some(*flag) } else { None }
    }

    /// `None` where it is no whole number from 0 on, or is written with a decimal point.
    pub fn as_u64(&self) -> Option<u64> {
        if let Value::Number(number) = self { number.as_u64() } else { None }
    }

    pub fn as_f64(&self) -> Option<f64> {
        if let Value::Number(number) = self { number.as_f64() } else { None }
    }

    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = self { Some(text) } else { None }
    }

    pub fn as_array(&self) -> Option<&[Value]> {
        if let Value::Array(items) = self { Some(items) } else { None }
    }

    pub fn as_object(&self) -> Option<&Map> {
        if let Value::Object(map) = self { Some(map) } else { None }
    }

    /// A member of an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }
}

impl Map {
    pub const fn new() -> Map {
        Map { members: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.members.len()
    }

    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    #[inline(never)]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.find(key).map(|idx| &self.members[idx].1)
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.find(key).map(|idx| &mut self.members[idx].1)
    }

    pub fn contains_key(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// A member that is there already keeps its place.
    pub fn insert(&mut self, key: impl Into<Rc<str>>, value: impl Into<Value>) {
        self.put(key.into(), value.into());
    }

    #[inline(never)]
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.find(key).map(|idx| self.members.remove(idx).1)
    }

    pub fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.members.retain(|(key, _)| is_kept(key));
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Rc<str>, &Value)> {
        self.members.iter().map(|(key, value)| (key, value))
    }

    #[inline(never)]
    fn find(&self, key: &str) -> Option<usize> {
        self.members.iter().position(|(other, _)| **other == *key)
    }

    #[inline(never)]
    fn put(&mut self, key: Rc<str>, value: Value) {
        match self.find(&key) {
            Some(idx) => self.members[idx].1 = value,
            None => self.members.push((key, value)),
        }
    }
}

impl IntoIterator for Map {
    type Item = (Rc<str>, Value);
    type IntoIter = std::vec::IntoIter<(Rc<str>, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<K: Into<Rc<str>>> FromIterator<(K, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(members: I) -> Map {
        let mut map = Map::new();
        for (key, value) in members {
            map.put(key.into(), value);
        }
        map
    }
}

impl FromIterator<Value> for Value {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Value {
        Value::Array(items.into_iter().collect())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Bool(flag)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::String(Rc::from(text))
    }
}

impl From<&Rc<str>> for Value {
    fn from(text: &Rc<str>) -> Value {
        Value::String(text.clone())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Value {
        Value::Number(Number::from(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::from(u64::from(number))
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Value {
        Value::from(number as u64)
    }
}

/// JSON has no infinities: they become `null`.
impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Number::of_float(number).map_or(Value::Null, Value::Number)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Value {
        Value::Object(map)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Value {
        Value::Array(items)
    }
}

#[cfg(test)]
mod tests;
