//! JSON values: of our own for their size in the page and in memory, and for their numbers: a number is
//! what is written, so that one from elsewhere comes out as it came in. See docs/decisions/0022.

pub mod number;

mod read;

mod write;

#[cfg(any(test, feature = "serde_json"))]
mod serde;

use std::ops::Index;
use std::rc::Rc;
use std::{iter, slice, vec};

pub use number::Number;
pub use read::{Fault, Steps, SyntaxError, from_str, from_str_to_depth};
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
    members: Vec<Member>,
}

type Member = (Rc<str>, Value);

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

    pub fn is_u64(&self) -> bool {
        self.as_u64().is_some()
    }

    pub fn is_string(&self) -> bool {
        matches!(self, Value::String(_))
    }

    pub fn is_array(&self) -> bool {
        matches!(self, Value::Array(_))
    }

    pub fn is_object(&self) -> bool {
        matches!(self, Value::Object(_))
    }

    pub fn into_object(self) -> Option<Map> {
        if let Value::Object(map) = self { Some(map) } else { None }
    }

    /// A member of an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }
}

/// What is not there is `null`: the items of a list, and the members of an object.
const ABSENT: &Value = &Value::Null;

impl Index<&str> for Value {
    type Output = Value;

    #[inline(never)]
    fn index(&self, key: &str) -> &Value {
        self.get(key).unwrap_or(ABSENT)
    }
}

impl Index<&str> for Map {
    type Output = Value;

    fn index(&self, key: &str) -> &Value {
        self.get(key).unwrap_or(ABSENT)
    }
}

impl Index<usize> for Value {
    type Output = Value;

    #[inline(never)]
    fn index(&self, idx: usize) -> &Value {
        self.as_array().and_then(|items| items.get(idx)).unwrap_or(ABSENT)
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

    /// A member that is there already keeps its place. Not inlined, so that a call has no more than
    /// what it hands over.
    #[inline(never)]
    pub fn insert<V: Into<Value>>(&mut self, key: &str, value: V) {
        self.put(key, value.into());
    }

    /// Where it has a member of this key, that one stays.
    pub fn insert_new<V: Into<Value>>(&mut self, key: &str, value: V) {
        if !self.contains_key(key) {
            self.insert(key, value);
        }
    }

    /// With one more member: `Map::new().with("id", id).with("start", 3_u64)`.
    #[must_use]
    #[inline(always)]
    pub fn with<V: Into<Value>>(mut self, key: &str, value: V) -> Map {
        self.insert(key, value);
        self
    }

    #[inline(never)]
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.find(key).map(|idx| self.members.remove(idx).1)
    }

    pub fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.members.retain(|(key, _)| is_kept(key));
    }

    /// The member with so many before it. O(1).
    pub fn nth(&self, idx: usize) -> Option<(&Rc<str>, &Value)> {
        self.members.get(idx).map(|(key, value)| (key, value))
    }

    pub fn iter(&self) -> Members<'_> {
        self.members.iter().map(|(key, value)| (key, value))
    }

    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.members.iter().map(|(_, value)| value)
    }

    #[inline(never)]
    fn find(&self, key: &str) -> Option<usize> {
        self.members.iter().position(|(other, _)| **other == *key)
    }

    #[inline(never)]
    fn put(&mut self, key: &str, value: Value) {
        match self.find(key) {
            Some(idx) => self.members[idx].1 = value,
            None => self.members.push((Rc::from(key), value)),
        }
    }
}

type Members<'m> = iter::Map<slice::Iter<'m, Member>, fn(&'m Member) -> (&'m Rc<str>, &'m Value)>;

impl<'m> IntoIterator for &'m Map {
    type Item = (&'m Rc<str>, &'m Value);
    type IntoIter = Members<'m>;

    fn into_iter(self) -> Members<'m> {
        self.iter()
    }
}

impl IntoIterator for Map {
    type Item = Member;
    type IntoIter = vec::IntoIter<Member>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<K: AsRef<str>> FromIterator<(K, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(members: I) -> Map {
        let mut map = Map::new();
        map.extend(members);
        map
    }
}

impl<K: AsRef<str>> Extend<(K, Value)> for Map {
    fn extend<I: IntoIterator<Item = (K, Value)>>(&mut self, members: I) {
        members.into_iter().for_each(|(key, value)| self.put(key.as_ref(), value));
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Value {
        Value::Array(items.into_iter().map(T::into).collect())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Bool(flag)
    }
}

impl From<&str> for Value {
    #[inline(never)]
    fn from(text: &str) -> Value {
        Value::String(Rc::from(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::from(text.as_str())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::from(text.as_str())
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

impl From<i64> for Value {
    fn from(number: i64) -> Value {
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

/// `null` for none.
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, T::into)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Value {
        Value::Object(map)
    }
}

impl<T: Into<Value>, const LEN: usize> From<[T; LEN]> for Value {
    fn from(items: [T; LEN]) -> Value {
        Value::from_iter(items)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Value {
        Value::from_iter(items)
    }
}

#[cfg(test)]
mod tests;
