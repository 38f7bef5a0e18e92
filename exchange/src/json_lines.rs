//! JSON with one value a line, in and out.

use serde_json::Value;

use crate::problems::{ProblemKind, Problems, Remedy};

/// The value on one line, with its line end.
pub(crate) fn line(value: &Value) -> String {
    let mut line = value.to_string();
    line.push('\n');
    line
}

/// The values of all lines, each with its number from 1. Empty lines are skipped, wrong ones told.
pub(crate) fn read(text: &str, problems: &mut Problems) -> Vec<(usize, Value)> {
    let mut values = Vec::new();
    for (idx, line) in text.split('\n').enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        match serde_json::from_str::<Value>(line) {
            Ok(value) => values.push((idx + 1, value)),
            Err(_) => problems.add(Some(idx + 1), ProblemKind::Malformed, line, Remedy::LeftOut),
        }
    }
    values
}

/// The objects of a text that is a JSON list, one object, or one object a line.
pub(crate) fn read_any(text: &str, problems: &mut Problems) -> Vec<(usize, Value)> {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(values)) => values.into_iter().map(|value| (1, value)).collect(),
        Ok(value) => vec![(1, value)],
        Err(_) => read(text, problems),
    }
}
