//! Values of attributes and document fields, between JSON and the model.

use std::rc::Rc;

use crate::json::Value;
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
        Value::Number(number) => match number.exact() {
            Some(number) => AttributeValue::Number(number),
            None => AttributeValue::Other(Rc::from(number.as_str())),
        },
        other => AttributeValue::Other(Rc::from(other.to_string())),
    }
}
