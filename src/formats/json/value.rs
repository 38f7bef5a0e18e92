//! Values of attributes and document fields, between JSON and the model.

use std::rc::Rc;

use serde_json::{Number, Value};

use crate::formats::json::OFFSET_MAX;
use crate::model::schema::AttributeValue;
use crate::sorted::SortedSet;

/// Texts of at most this many bytes are shared where they repeat.
const SHARED_LEN_MAX: usize = 40;

/// Gives one `Rc` for all equal strings: labels, keys and values of choices repeat in a file by
/// the ten thousand.
#[derive(Default)]
pub(super) struct Interner {
    known: SortedSet<Rc<str>>,
}

impl Interner {
    pub(super) fn share(&mut self, text: &str) -> Rc<str> {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let shared: Rc<str> = Rc::from(text);
        if text.len() <= SHARED_LEN_MAX {
            self.known.insert(shared.clone());
        }
        shared
    }
}

/// The model's form of any JSON value. What it has no type for is kept as its JSON.
pub(super) fn decode_value(value: &Value, interner: &mut Interner) -> AttributeValue {
    match value {
        Value::Bool(flag) => AttributeValue::Flag(*flag),
        Value::String(text) => AttributeValue::Text(interner.share(text)),
        Value::Number(number) => match exact(number) {
            Some(number) => AttributeValue::Number(number),
            None => AttributeValue::Other(Rc::from(number.to_string())),
        },
        other => AttributeValue::Other(Rc::from(other.to_string())),
    }
}

/// The number as a float; `None` for an integer that a float cannot hold.
fn exact(number: &Number) -> Option<f64> {
    let is_exact = match (number.as_u64(), number.as_i64()) {
        (Some(number), _) => number <= OFFSET_MAX,
        (None, Some(number)) => number.unsigned_abs() <= OFFSET_MAX,
        (None, None) => true,
    };
    number.as_f64().filter(|_| is_exact)
}

/// Whole numbers come out without a decimal point. JSON has no infinities: they become `null`.
pub(super) fn write_number(out: &mut Vec<u8>, number: f64) {
    let written = if number.fract() == 0.0 && number.abs() <= OFFSET_MAX as f64 {
        serde_json::to_writer(out, &(number as i64))
    } else {
        serde_json::to_writer(out, &number)
    };
    debug_assert!(written.is_ok());
}
