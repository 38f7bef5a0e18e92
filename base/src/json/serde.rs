//! For tests that build JSON by serde_json's macro.

use crate::json::{Map, Value, from_str};

impl From<serde_json::Value> for Value {
    fn from(value: serde_json::Value) -> Value {
        from_str(&value.to_string()).expect("serde_json writes JSON")
    }
}

impl From<serde_json::Map<String, serde_json::Value>> for Map {
    fn from(map: serde_json::Map<String, serde_json::Value>) -> Map {
        map.into_iter().map(|(key, value)| (key, Value::from(value))).collect()
    }
}

impl PartialEq<serde_json::Value> for Value {
    fn eq(&self, other: &serde_json::Value) -> bool {
        let other = Value::from(other.clone());
        *self == other
    }
}
