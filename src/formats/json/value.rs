//! Values of attributes and document fields, between JSON and the model.

use std::rc::Rc;

use crate::json::Value;
use crate::model::schema::AttributeValue;

/// The model's form of any JSON value. What it has no type for is kept as its JSON.
pub(super) fn decode_value(value: &Value) -> AttributeValue {
    match value {
        Value::Bool(flag) => AttributeValue::Flag(*flag),
        Value::String(text) => AttributeValue::Text(text.clone()),
        Value::Number(number) => match number.exact() {
            Some(number) => AttributeValue::Number(number),
            None => AttributeValue::Other(number.to_written()),
        },
        other => AttributeValue::Other(Rc::from(other.to_string())),
    }
}
