//! brat's standoff files: a text (`.txt`) and its annotations (`.ann`), with the project's
//! configuration beside them.
//!
//! As read by brat's `server/src/annotation.py`, and by bratly, which wants words of letters and
//! digits where brat takes more. Places are code points of the `.txt`, in which lines end with LF.
//! A line of the `.ann` cannot hold a line break: a span over one gets a fragment for each line,
//! and the fragments become one span again on the way in.

mod config;
mod export;
mod import;
mod lines;

pub use export::WRITTEN;
pub use import::READER;

/// The attribute that says that an annotation is unsure.
const CERTAINTY: &str = "certainty";
/// The type of `#` lines that hold a value which is no single word, as a JSON object of one key.
const VALUE_NOTE: &str = "Attribute";
/// The type of `#` lines that hold the annotator's words.
const TEXT_NOTE: &str = "AnnotatorNotes";
/// The type of `#` lines that hold the annotator's words as JSON, where they have several lines.
const LINES_NOTE: &str = "AnnotatorLines";
/// The type of `*` lines whose annotations mean the same.
const EQUIV: &str = "Equiv";
/// The source of identifiers for entities of Wikidata, and of those that have no identifier.
const WIKIDATA: &str = "Wikidata";
const WIKIDATA_IRI: &str = "http://www.wikidata.org/entity/";
const NO_SOURCE: &str = "Entity";

/// Whether a span is cut here: at ends of lines, and at tabs, which part the columns.
fn is_break(character: char) -> bool {
    character == '\t' || crate::shared::line_ends::ends_line(character)
}

#[cfg(test)]
mod tests;
