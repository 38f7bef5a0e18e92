//! Sourcier's own file: one document with its schema and all that was marked in it, as JSON.
//!
//! `docs/formats.md` describes it field by field. Writing is [`encode_file`]. Reading has two
//! steps, because a file need not hold its text: [`read_file`] parses, and [`build`] puts the
//! annotations on the text of the file or on one found elsewhere. [`build_from_parts`] makes the
//! same of the plain objects of the scripting interface. Whatever in a file is not as it should
//! be is reported, and nothing of it is dropped in silence.

mod build;
mod building;
mod dated;
mod encode;
mod entry;
mod linking;
mod links;
mod members;
mod offsets;
mod open;
mod paragraphs;
mod place;
mod read;
mod report;
mod structure;
mod timing;
mod used_ids;
mod value;
mod version;
mod wire;
mod write_links;
mod writer;

pub use build::{NeedsText, OpenContext, Opened, build};
pub use building::Building;
pub use encode::{Encoding, encode_file};
pub use links::{adopt_carried, entity_of_mention, with_missing_entities};
pub use open::{
    OffsetUnit, OpenAnnotation, OpenDocument, OpenFragment, build_from_parts, read_open_document,
};
pub use read::{FileAnnotator, NativeFile, ReadError, Reading, is_sourcier_json, read_file};
pub use report::{Fact, Moved, OffsetFact, Problem, Remedy, Unplaced};
pub use structure::{part_of_json, part_to_json};
pub use version::{NewVersion, Versions, make_version};

/// The value of `format` in the file.
pub const NATIVE_FORMAT: &str = "sourcier";
/// The `formatVersion` that is written. Older ones are read too.
pub const NATIVE_FORMAT_VERSION: u64 = 2;
/// The largest file that is read or written.
pub const NATIVE_SIZE_MAX: usize = 128 * 1024 * 1024;
/// The most annotations in one file, and in one call of the scripting interface.
pub const ANNOTATION_COUNT_MAX: usize = 1_000_000;
/// Code points of context on each side of an annotation in files without the text.
pub const CONTEXT_LEN: usize = 32;
/// The largest number that JSON carries exactly everywhere: 2⁵³.
pub const OFFSET_MAX: u64 = 1 << 53;
/// How much text may be searched to find the words of annotations again, in one file.
const SEARCHED_BYTES_MAX: u64 = 512 * 1024 * 1024;

// Keys of `State::carried`, where what this version does not model waits for the way out.

/// Unknown keys at the top of the file.
const CARRIED_FILE: &str = "file";
/// Unknown keys of `document`.
const CARRIED_DOCUMENT: &str = "document";
/// The file's `document.annotator`, whole.
const CARRIED_ANNOTATOR: &str = "annotator";
/// The file's `document.modified`: while the state still has it, nobody has edited since.
const CARRIED_MODIFIED: &str = "annotatorModified";
/// Unknown keys of `timing`.
const CARRIED_TIMING: &str = "timing";
/// The lists of a file as version 1 of the journal stored them, before the model had relations and
/// entities.
const CARRIED_ENTITIES: &str = "entities";
const CARRIED_RELATIONS: &str = "relations";

// Keys of the file and of `document` where entries wait that could not be taken.

/// The key, at the top of the file, of annotations that found no place in the text.
const UNPLACED_KEY: &str = "unplaced";
/// At the top of the file: entities that are none.
const UNPLACED_ENTITIES_KEY: &str = "unplacedEntities";
/// At the top of the file: relations that are none, or one of whose ends is not there.
const UNPLACED_RELATIONS_KEY: &str = "unplacedRelations";
/// In `document`, for display: headings, quotes, items of lists, links. Also the key of those that
/// wait, of kinds that this version does not know.
const STRUCTURE_KEY: &str = "structure";
/// In `document`: which document and which text this one is a version of.
const VERSION_OF_KEY: &str = "versionOf";
/// In `document`: paragraphs that are none of this text.
const UNPLACED_PARAGRAPHS_KEY: &str = "unplacedParagraphs";

#[cfg(test)]
mod tests;
