//! The counter at which the page asks for exports and imports: one request, one answer.
//!
//! Requests and answers are JSON with some files as bytes beside it, so that the same counter is
//! asked by a worker's messages and by the tests. It holds the export or import under way; a new
//! one takes its place.

mod intake;
mod outlet;

use serde::Deserialize;
use serde_json::{Value, json};
use sourcier::sorted::SortedMap;

use crate::export::Options;
use crate::mapping::Choice;

/// What the page asks for. Files come beside it.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Request {
    /// Begins an export.
    Export { format: String, options: Options },
    /// Adds the documents of native files to it.
    Add,
    /// Ends it: the answer says what it made and what was lost.
    Finish,
    /// The one file of the export that was ended, or its ZIP.
    Save,
    /// Reads files: the answer says what they hold, and which of the project's labels they name.
    /// `format` is chosen by a person, or empty. Without files, the last ones are read again.
    Read { paths: Vec<String>, format: String, schema: Value },
    /// Makes native files of what was read, for a project with this schema.
    Take { schema: Value, choices: SortedMapOf<Choice>, seed: u64 },
}

/// A map by name, from a JSON object.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "std::collections::BTreeMap<String, T>")]
pub struct SortedMapOf<T>(pub SortedMap<String, T>);

impl<T> From<std::collections::BTreeMap<String, T>> for SortedMapOf<T> {
    fn from(map: std::collections::BTreeMap<String, T>) -> SortedMapOf<T> {
        SortedMapOf(map.into_iter().collect())
    }
}

/// An answer, and the files that go with it.
#[derive(Debug, Default)]
pub struct Answer {
    pub json: Value,
    pub files: Vec<Vec<u8>>,
}

#[derive(Default)]
pub struct Desk {
    outlet: outlet::Outlet,
    intake: intake::Intake,
}

impl Desk {
    /// Answers a request. A request that makes no sense is answered with `{"error": …}`.
    pub fn answer(&mut self, request: &str, files: Vec<Vec<u8>>) -> Answer {
        let request = match serde_json::from_str::<Request>(request) {
            Ok(request) => request,
            Err(error) => return refused("request", &error.to_string()),
        };
        match request {
            Request::Export { format, options } => self.outlet.begin(&format, options),
            Request::Add => self.outlet.add(&files),
            Request::Finish => self.outlet.finish(),
            Request::Save => self.outlet.save(),
            Request::Read { paths, format, schema } => self.intake.read(paths, files, &format, &schema),
            Request::Take { schema, choices, seed } => self.intake.take(&schema, &choices.0, seed),
        }
    }
}

fn refused(code: &str, detail: &str) -> Answer {
    Answer { json: json!({ "error": code, "detail": detail }), files: Vec::new() }
}

#[cfg(test)]
mod tests;
