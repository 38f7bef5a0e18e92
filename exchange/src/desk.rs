//! The counter at which the page asks for exports and imports: one request, one answer.
//!
//! Requests and answers are JSON with some files as bytes beside it, so that the same counter is
//! asked by a worker's messages and by the tests. It holds the export or import under way; a new
//! one takes its place. `do` says what is asked for:
//!
//! | `do` | with | answer |
//! |---|---|---|
//! | `export` | `format`, `options` | an export is begun |
//! | `add` | native files | their documents are in it |
//! | `finish` | | what it made, and what was lost |
//! | `save` | | the one file of it, or a ZIP |
//! | `read` | `paths`, `format` or "", `schema`; files, or none to read the last ones again | what they hold |
//! | `take` | `schema`, `choices`, `seed` | native files of it, under that schema |
//!
//! A request that makes no sense is answered with `{"error": …}`.

mod intake;
mod outlet;

use serde_json::{Value, json};

use crate::export::Options;
use crate::mapping::Choice;
use crate::pack::Archiver;

/// An answer, and the files that go with it.
#[derive(Debug, Default)]
pub struct Answer {
    pub json: Value,
    pub files: Vec<Vec<u8>>,
}

pub struct Desk {
    archiver: Archiver,
    outlet: outlet::Outlet,
    intake: intake::Intake,
}

impl Desk {
    pub fn new(archiver: Archiver) -> Desk {
        Desk { archiver, outlet: Default::default(), intake: Default::default() }
    }

    pub fn answer(&mut self, request: &str, files: Vec<Vec<u8>>) -> Answer {
        let Ok(request) = serde_json::from_str::<Value>(request) else { return refused("request", request) };
        let text = |key: &str| request[key].as_str().unwrap_or_default();
        match text("do") {
            "export" => self.outlet.begin(text("format"), Options::from_json(&request["options"])),
            "add" => self.outlet.add(&files),
            "finish" => self.outlet.finish(),
            "save" => self.outlet.save(self.archiver),
            "read" => {
                let paths = request["paths"].as_array().map(Vec::as_slice).unwrap_or_default();
                let paths = paths.iter().map(|path| path.as_str().unwrap_or_default().to_owned());
                self.intake.give(paths.zip(files), self.archiver);
                self.intake.read(text("format"), &request["schema"])
            }
            "take" => {
                let choices = request["choices"].as_object().into_iter().flatten();
                let choices = choices.map(|(name, choice)| (name.clone(), Choice::from_json(choice)));
                let seed = request["seed"].as_u64().unwrap_or_default();
                self.intake.take(&request["schema"], &choices.collect(), seed)
            }
            other => refused("request", other),
        }
    }
}

fn refused(code: &str, detail: &str) -> Answer {
    Answer { json: json!({ "error": code, "detail": detail }), files: Vec::new() }
}

#[cfg(test)]
mod tests;
