//! Reading, by serde_json: one kind of value only, since each kind brings a parser of its own to the
//! page.

use std::fmt;
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::json::{Map, Number, Value};
use crate::sorted::sort_by;

/// The one member of the object as which serde_json hands over a number that is no 64-bit integer,
/// as it is written.
const NUMBER: &str = "$serde_json::private::Number";

/// What serde_json looks for before it hands over a value as it is written, as an object with one
/// member of this name.
const WRITTEN: &str = "$serde_json::private::RawValue";

/// Among so many members equal keys are looked for by comparing all; among more by sorting.
const FEW_MEMBERS: usize = 32;

/// The one value that a text is, white space around it.
pub fn from_str(json: &str) -> Result<Value, serde_json::Error> {
    from_str_to_depth(json, usize::MAX)
}

/// As [`from_str`], but values inside of so many lists and objects come as texts of what is written
/// there. These may be nested as deep as JSON may be by itself.
pub fn from_str_to_depth(json: &str, depth: usize) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value = ToDepth(depth).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Reads a value down to a depth.
#[derive(Clone, Copy)]
struct ToDepth(usize);

impl ToDepth {
    fn inside(self) -> ToDepth {
        ToDepth(self.0 - 1)
    }
}

impl<'de> DeserializeSeed<'de> for ToDepth {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self {
            // `RawValue` itself would bring the sentences for whatever else may come in its place.
            ToDepth(0) => deserializer.deserialize_newtype_struct(WRITTEN, self),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for ToDepth {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(Number::from(number)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self.inside())? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = map.next_key_seed(ToDepth(1))? {
            let Value::String(key) = key else { continue };
            let is_plain = self.0 == 0 || *key == *NUMBER;
            let inside = if is_plain { ToDepth(1) } else { self.inside() };
            members.push((key, map.next_value_seed(inside)?));
        }
        Ok(match members.as_slice() {
            [(key, Value::String(number))] if **key == *NUMBER => Value::Number(Number(number.clone())),
            [(_, Value::String(written))] if self.0 == 0 => Value::String(written.clone()),
            _ => Value::Object(Map { members: last_of_each(members) }),
        })
    }
}

/// The members without those whose key comes again. O(n log n).
fn last_of_each(members: Vec<(Rc<str>, Value)>) -> Vec<(Rc<str>, Value)> {
    let len = members.len();
    let is_repeated = |idx: usize| members[..idx].iter().any(|(key, _)| *key == members[idx].0);
    if len <= FEW_MEMBERS && !(1..len).any(is_repeated) {
        return members;
    }
    let mut order: Vec<usize> = (0..len).collect();
    sort_by(&mut order, |left, right| members[*left].0.cmp(&members[*right].0).then(right.cmp(left)));
    order.dedup_by(|earlier, last| members[*earlier].0 == members[*last].0);
    let mut is_last = vec![false; len];
    order.into_iter().for_each(|idx| is_last[idx] = true);
    members.into_iter().zip(is_last).filter_map(|(member, is_last)| is_last.then_some(member)).collect()
}
