//! The structure of a document, in and out: what its parts are as JSON, for files and for the journal.

use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::Content;
use crate::formats::json::build::Report;
use crate::formats::json::links::carry;
use crate::formats::json::offsets::{offset_of, stated_value};
use crate::formats::json::open::OffsetUnit;
use crate::formats::json::report::{Fact, Remedy};
use crate::formats::json::writer::Writer;
use crate::formats::json::{CARRIED_DOCUMENT, STRUCTURE_KEY};
use crate::json::{Map, Value};
use crate::model::document::Document;
use crate::model::structure::{Part, PartKind, Structure};
use crate::text::span::{TextOffset, TextSpan};

const HEADING: &str = "heading";
const ITEM: &str = "item";
const QUOTE: &str = "quote";
const LINK: &str = "link";

/// A part with its places in the unit that `place` gives.
pub fn part_to_json(part: &Part, place: &dyn Fn(TextOffset) -> u32) -> Value {
    let kind = match part.kind {
        PartKind::Heading { .. } => HEADING,
        PartKind::Item { .. } => ITEM,
        PartKind::Quote => QUOTE,
        PartKind::Link { .. } => LINK,
    };
    let mut json = Map::new();
    json.insert("start", place(part.span.start()));
    json.insert("end", place(part.span.end()));
    json.insert("kind", kind);
    match &part.kind {
        PartKind::Quote => {}
        PartKind::Heading { level } => json.insert("level", u32::from(*level)),
        PartKind::Item { level, number } => {
            json.insert("level", u32::from(*level));
            if let Some(number) = number {
                json.insert("number", *number);
            }
        }
        PartKind::Link { address } => json.insert("address", address),
    }
    Value::Object(json)
}

/// The part of a JSON object; `None` where it is none, or of a kind that this version does not
/// know. `place` reads a place.
pub fn part_of_json(json: &Value, place: &dyn Fn(&Value) -> Option<TextOffset>) -> Option<Part> {
    let number = |key| json.get(key)?.as_u64();
    let level = || u8::try_from(number("level")?).ok();
    let kind = match json.get("kind")?.as_str()? {
        HEADING => PartKind::Heading { level: level()? },
        ITEM => {
            let number = number("number").and_then(|number| u32::try_from(number).ok());
            PartKind::Item { level: level()?, number }
        }
        QUOTE => PartKind::Quote,
        LINK => PartKind::Link { address: Rc::from(json.get("address")?.as_str()?) },
        _ => return None,
    };
    let span = TextSpan::new(place(json.get("start")?)?, place(json.get("end")?)?)?;
    Some(Part { kind, span })
}

/// What came of `document.structure`.
#[derive(Default)]
pub(super) struct ReadStructure {
    /// Entries of kinds that this version does not know.
    unknown: Vec<Value>,
    left_out: usize,
}

/// The document with the structure that its file has. Of another text than the file's it is none.
pub(super) fn with_structure(
    list: &Value,
    document: Document,
    is_same_text: bool,
) -> (Document, ReadStructure) {
    let entries = match list {
        Value::Null => return (document, ReadStructure::default()),
        Value::Array(entries) => entries.as_slice(),
        other => std::slice::from_ref(other),
    };
    let mut read = ReadStructure { unknown: Vec::new(), left_out: entries.len() };
    if !is_same_text {
        return (document, read);
    }
    let place = |value: &Value| offset_of(&document, OffsetUnit::CodePoint, stated_value(value).ok()?).ok();
    let mut parts = Vec::new();
    for entry in entries {
        match part_of_json(entry, &place) {
            Some(part) => parts.push(part),
            None if is_of_unknown_kind(entry) => read.unknown.push(entry.clone()),
            None => {}
        }
    }
    let structure = Structure::of(&document.text, parts).0;
    read.left_out -= structure.parts().len() + read.unknown.len();
    (document.with_structure(structure), read)
}

fn is_of_unknown_kind(entry: &Value) -> bool {
    let kind = entry.get("kind").and_then(Value::as_str);
    kind.is_some_and(|kind| ![HEADING, ITEM, QUOTE, LINK].contains(&kind))
}

/// Tells what could not be taken, and keeps what a newer version may know.
pub(super) fn tell_of(read: ReadStructure, carried: &mut Map, report: &mut Report) {
    for (count, remedy) in [(read.unknown.len(), Remedy::Kept), (read.left_out, Remedy::LeftOut)] {
        if count > 0 {
            report.problem(None, Fact::Parts { count }, remedy);
        }
    }
    carry(carried, CARRIED_DOCUMENT, STRUCTURE_KEY, read.unknown);
}

/// Writes the member of `document`, where there is any structure. Addresses are words of the
/// article: a file without a word of it has no links.
pub(super) fn write_structure(writer: &mut Writer, state: &State, content: Content) {
    let document = &state.document;
    let place = |offset| document.index.offsets.code_point_of(&document.text, offset);
    let is_written =
        |part: &&Part| content != Content::OffsetsOnly || !matches!(part.kind, PartKind::Link { .. });
    let carried = state.carried.get(CARRIED_DOCUMENT).and_then(|carried| carried.get(STRUCTURE_KEY));
    let unknown = carried.and_then(Value::as_array).unwrap_or_default();
    let parts = document.structure.parts().iter().filter(is_written);
    let mut list: Vec<Value> = parts.map(|part| part_to_json(part, &place)).collect();
    list.extend_from_slice(unknown);
    if !list.is_empty() {
        writer.line_member(STRUCTURE_KEY);
        writer.list_lines(&list);
    }
}
