//! The project's data in the forms of files: each file form has a module of its own.
//!
//! The table of formats and the one door to all exports stand here. An export is a pure function
//! of the state and the options: no clock, so the same work always gives the same bytes. Formats
//! import `model`, `text` and `edit::state::State`, and nothing else of the program.

pub mod backup;
pub mod json;
pub mod presets;
pub mod schema_json;

pub mod file_name;
pub mod rfc3339;

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

/// What is known of a format without exporting anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatInfo {
    /// The id that [`export`] and the scripting interface take.
    pub id: &'static str,
    /// Without the leading dot.
    pub extension: &'static str,
    pub media_type: &'static str,
    /// Whether the program reads the format too.
    pub is_read: bool,
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportError {
    UnknownFormat {
        id: Rc<str>,
    },
    /// The file would be larger than what the program opens again.
    TooLarge {
        size_bytes: u64,
        size_bytes_max: u64,
    },
}

/// The formats in the order of the export dialog.
pub const FORMATS: [FormatInfo; 1] =
    [FormatInfo { id: "json", extension: "sourcier.json", media_type: "application/json", is_read: true }];

/// The format with this id.
pub fn format_info(id: &str) -> Option<&'static FormatInfo> {
    FORMATS.iter().find(|format| format.id == id)
}

/// The files of an export in the format with the id `format`.
pub fn export(format: &str, state: &State, options: &ExportOptions) -> Result<Vec<ExportFile>, ExportError> {
    let info = format_info(format).ok_or_else(|| ExportError::UnknownFormat { id: Rc::from(format) })?;
    let bytes = json::encode_file(state, options)?;
    let name = format!("{}.{}", file_name::file_stem(state), info.extension);
    Ok(vec![ExportFile { name, media_type: info.media_type, bytes }])
}

#[cfg(test)]
mod tests;
