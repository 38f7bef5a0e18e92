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
//! | `files` | | all files of it, and their paths |
//! | `read` | `paths`, `schema`; `format`, `encoding`, `column`, each maybe ""; files, or none to read the last ones again | what they hold; or `pages`, and as files some web pages in UTF-8, that are first to be read by the page |
//! | `pages` | what was read of the web pages of the last answer, in their order | |
//! | `take` | `schema`, `choices`, `texts`, `seed`, `onSet` | native files of it, under that schema; what was native under its own, but with `onSet` |
//!
//! A request that makes no sense is answered with `{"error": …}`.

mod intake;
mod natives;
mod outlet;

use sourcier::json::{self, Map};

use crate::articles::encoding::Decode;
use crate::desk::intake::{Taking, Wanted};
use crate::mapping::Choice;
use crate::options::Options;
use crate::pack::Archiver;

/// The most characters of a text that a preview shows.
const EXCERPT_LEN_MAX: usize = 2_000;

/// An answer, and the files that go with it.
#[derive(Debug, Default)]
pub struct Answer {
    pub json: Map,
    pub files: Vec<Vec<u8>>,
}

/// What a browser has, or the tests: archives and encodings.
#[derive(Clone, Copy)]
pub struct Means {
    pub archiver: Archiver,
    pub decode: Decode,
}

pub struct Desk {
    means: Means,
    outlet: outlet::Outlet,
    intake: intake::Intake,
}

impl Desk {
    pub fn new(means: Means) -> Desk {
        Desk { means, outlet: Default::default(), intake: Default::default() }
    }

    pub fn answer(&mut self, request: &str, files: Vec<Vec<u8>>) -> Answer {
        let Ok(request) = json::from_str(request) else { return refused("request", request) };
        let text = |key: &str| request[key].as_str().unwrap_or_default();
        let archiver = self.means.archiver;
        match text("do") {
            "export" => self.outlet.begin(text("format"), Options::from_json(&request["options"])),
            "add" => self.outlet.add(&files, archiver),
            "finish" => self.outlet.finish(archiver),
            "files" => self.outlet.files(archiver),
            "save" => self.outlet.save(archiver),
            "read" => {
                let paths = request["paths"].as_array().unwrap_or_default();
                let paths = paths.iter().map(|path| path.as_str().unwrap_or_default().to_owned());
                self.intake.give(paths.zip(files), self.means);
                let wanted =
                    Wanted { format: text("format"), encoding: text("encoding"), column: text("column") };
                self.intake.read(&wanted, &request["schema"], self.means)
            }
            "pages" => self.intake.give_pages(files),
            "take" => {
                let choices = request["choices"].as_object().into_iter().flatten();
                let choices =
                    choices.map(|(name, choice)| (name.as_ref().to_owned(), Choice::from_json(choice)));
                let wanted = Taking {
                    texts: &request["texts"],
                    is_native_mapped: request["onSet"].as_bool() == Some(true),
                    seed: request["seed"].as_u64().unwrap_or_default(),
                };
                self.intake.take(&request["schema"], &choices.collect(), &wanted)
            }
            other => refused("request", other),
        }
    }
}

fn refused(code: &str, detail: &str) -> Answer {
    Answer { json: Map::new().with("error", code).with("detail", detail), files: Vec::new() }
}

#[cfg(test)]
mod tests;
