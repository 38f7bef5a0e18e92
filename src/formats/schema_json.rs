//! A schema as JSON: the files in `schemas/`, and the schema inside a project file.
//!
//! Reading finds every problem at once and says where each is. What this version does not know is
//! kept: unknown keys of the schema, a group, a label, an attribute, a choice, a relation, a
//! field and a rule survive a round trip in `extra`. The smaller objects (texts in two languages,
//! policies, conditions) hold nothing else, and an unknown key in one is a problem, never a
//! silent loss.

mod check;
mod decode;
mod encode;
mod file;
mod object;

use std::rc::Rc;

use crate::model::schema::{Family, LineStyle, RuleLevel, Tier};
pub use crate::model::schema::{ITEM_COUNT_MAX, is_color};

pub use decode::decode_schema;
pub use encode::encode_schema;
pub use file::{read_schema_file, schema_file};

/// The value of `format` in a schema.
pub const SCHEMA_FORMAT: &str = "sourcier-schema";
/// The newest `formatVersion` that this program reads, and the one that it writes.
pub const SCHEMA_FORMAT_VERSION: u64 = 1;
/// The most problems that are reported for one schema.
pub const PROBLEM_COUNT_MAX: usize = 100;

/// What is wrong at one place of a schema's JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaProblem {
    /// `labels[3].hotkey`; empty for the whole.
    pub path: String,
    pub fact: SchemaFact,
}

/// What is wrong, as facts; sentences are made elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaFact {
    Missing,
    WrongType {
        expected: JsonType,
    },
    /// A text that people must be able to read, or an id, holds no characters.
    Empty,
    /// `format` is not [`SCHEMA_FORMAT`].
    NotASchema,
    /// Written by a newer program.
    NewerFormat {
        format_version: u64,
    },
    UnknownKey,
    UnknownWord {
        found: Rc<str>,
        expected: Vec<&'static str>,
    },
    TooMany {
        count: usize,
        count_max: usize,
    },
    /// Identifiers hold no white space and no control characters.
    BadId {
        found: Rc<str>,
    },
    /// Export names hold ASCII letters, digits, `_` and `-` only.
    BadExportName {
        found: Rc<str>,
    },
    /// The id has characters that some formats forbid, so the label needs an `exportName`.
    ExportNameNeeded {
        id: Rc<str>,
    },
    /// Not `#RRGGBB`.
    BadColor {
        found: Rc<str>,
    },
    /// Not one lower-case character.
    BadKey {
        found: Rc<str>,
    },
    /// The key belongs to a command.
    ReservedKey {
        key: char,
    },
    /// Another label or relation, named by its id, has the key already.
    KeyTaken {
        key: char,
        by: Rc<str>,
    },
    Duplicate {
        found: Rc<str>,
    },
    UnknownGroup {
        found: Rc<str>,
    },
    UnknownLabel {
        found: Rc<str>,
    },
    UnknownAttribute {
        found: Rc<str>,
    },
    /// A default or a condition that is not among the values of its choice.
    UnknownValue {
        found: Rc<str>,
    },
    /// No RFC 3339 time.
    BadTime {
        found: Rc<str>,
    },
    TextTooLong {
        len: usize,
        len_max: u32,
    },
    /// A relation's sentence lacks `{from}` or `{to}`.
    PlaceholderMissing {
        placeholder: &'static str,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    Object,
    List,
    Text,
    /// A text, or an object with `fr` and `en`.
    Localized,
    Flag,
    Number,
    WholeNumber,
}

// The words of the file, for both directions.

const FAMILIES: &[(&str, Family)] =
    &[("tint", Family::Tint), ("box", Family::Box), ("underline", Family::Underline)];

const LINES: &[(&str, LineStyle)] = &[
    ("solid", LineStyle::Solid),
    ("double", LineStyle::Double),
    ("dotted", LineStyle::Dotted),
    ("dashed", LineStyle::Dashed),
    ("wavy", LineStyle::Wavy),
];

const TIERS: &[(&str, Tier)] = &[("v1", Tier::V1), ("v1.1", Tier::V1_1)];

const LEVELS: &[(&str, RuleLevel)] =
    &[("warn", RuleLevel::Warn), ("refuse", RuleLevel::Refuse), ("fix", RuleLevel::Fix)];

const POLICIES: &[(&str, bool)] = &[("allowed", true), ("forbidden", false)];

/// The types of attributes and of document fields, without what belongs to a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KindWord {
    Flag,
    Choice,
    Text,
    LongText,
    Number,
    Integer,
    Date,
    DateTime,
    Iri,
    Language,
    Hash,
}

const ATTRIBUTE_KINDS: &[(&str, KindWord)] = &[
    ("flag", KindWord::Flag),
    ("choice", KindWord::Choice),
    ("text", KindWord::Text),
    ("number", KindWord::Number),
    ("date", KindWord::Date),
];

const FIELD_KINDS: &[(&str, KindWord)] = &[
    ("text", KindWord::Text),
    ("longText", KindWord::LongText),
    ("choice", KindWord::Choice),
    ("iri", KindWord::Iri),
    ("date", KindWord::Date),
    ("dateTime", KindWord::DateTime),
    ("language", KindWord::Language),
    ("hash", KindWord::Hash),
    ("integer", KindWord::Integer),
];

#[cfg(test)]
mod tests;
