//! The project's data in Sourcier's own forms of files: each form has a module of its own.
//!
//! The formats of other programs are in the package `exchange`; [`table`] lists them all. An export
//! is a pure function of the state and the options: no clock, so the same work always gives the same
//! bytes. Formats import `model`, `text` and `edit::state::State`, and nothing else of the program.

pub mod backup;
pub mod file_name;
pub mod json;
pub mod presets;
pub mod rfc3339;
pub mod schema_json;
pub mod table;

use std::rc::Rc;

use crate::edit::state::State;
use crate::model::ids::AnnotatorId;

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportFile {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// What a person chooses at an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportOptions {
    pub content: Content,
    /// The annotator of this browser.
    pub annotator_id: AnnotatorId,
    pub annotator_name: Option<Rc<str>>,
}

/// How much of the article goes into the native file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Content {
    #[default]
    WithText,
    /// The hash instead of the text; annotations with their words and a little round them.
    WithoutText,
    /// The hash and offsets: not a word of the article.
    OffsetsOnly,
}

/// The file would be larger than what the program opens again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    pub size_bytes: u64,
    pub size_bytes_max: u64,
}

/// The id of the format that the page writes itself. All others are written by the worker.
pub const NATIVE: &str = "json";
const NATIVE_EXTENSION: &str = "sourcier.json";
const NATIVE_MEDIA_TYPE: &str = "application/json";

/// The native file of a state, from its bytes.
pub fn native_file(state: &State, bytes: Vec<u8>) -> ExportFile {
    let name = format!("{}.{NATIVE_EXTENSION}", file_name::file_stem(state));
    ExportFile { name, media_type: NATIVE_MEDIA_TYPE, bytes }
}

#[cfg(test)]
mod tests;
