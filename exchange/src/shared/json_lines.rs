//! JSON with one value a line, in and out.

use sourcier::json::{self, Map, Value};

use crate::problems::{ProblemKind, Problems, Remedy};

/// The object on one line, with its line end.
pub(crate) fn line(value: Map) -> String {
    let mut line = String::new();
    value.write(&mut line);
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
        match json::from_str(line) {
            Ok(value) => values.push((idx + 1, value)),
            Err(_) => problems.add(Some(idx + 1), ProblemKind::Malformed, line, Remedy::LeftOut),
        }
    }
    values
}

/// The objects of a text that is a JSON list, one object, or one object a line.
pub(crate) fn read_any(text: &str, problems: &mut Problems) -> Vec<(usize, Value)> {
    match json::from_str(text) {
        Ok(Value::Array(values)) => values.into_iter().map(|value| (1, value)).collect(),
        Ok(value) => vec![(1, value)],
        Err(_) => read(text, problems),
    }
}
