//! What was said of whole paragraphs, in and out.

use crate::edit::state::State;
use crate::formats::json::build::Report;
use crate::formats::json::offsets::{offset_of, stated_value};
use crate::formats::json::open::OffsetUnit;
use crate::formats::json::report::{Fact, Remedy};
use crate::formats::json::writer::Writer;
use crate::json::Value;
use crate::model::document::Document;
use crate::model::paragraphs::{ParagraphState, Paragraphs};
use crate::sorted::SortedMap;
use crate::text::offsets::CodePointCursor;
use crate::text::span::TextSpan;

const SEEN: &str = "seen";
const NOTHING: &str = "nothing";

/// The states of paragraphs, and the entries that cannot be taken. In another text than the
/// file's nobody has seen anything: the entries are told of and left out.
pub(super) fn read_paragraphs(
    list: &Value,
    document: &Document,
    is_same_text: bool,
    report: &mut Report,
) -> (Paragraphs, Vec<Value>) {
    let entries = match list {
        Value::Null => return (Paragraphs::default(), Vec::new()),
        Value::Array(entries) => entries.as_slice(),
        other => std::slice::from_ref(other),
    };
    if !is_same_text && !entries.is_empty() {
        let fact = Fact::ParagraphsOfOtherText { count: entries.len() };
        report.problem(None, fact, Remedy::LeftOut);
        return (Paragraphs::default(), Vec::new());
    }
    let (mut paragraphs, mut left) = (SortedMap::new(), Vec::new());
    for (idx, entry) in entries.iter().enumerate() {
        let found = read_entry(entry, document).filter(|(found, ..)| !paragraphs.contains_key(found));
        let Some((paragraph, state, is_exact)) = found else {
            report.problem(None, Fact::NoParagraph { paragraph: idx }, Remedy::Kept);
            left.push(entry.clone());
            continue;
        };
        if !is_exact {
            report.problem(None, Fact::PartOfParagraph { paragraph: idx }, Remedy::Accepted);
        }
        paragraphs.insert(paragraph, state);
    }
    (Paragraphs::new(paragraphs), left)
}

/// The paragraph that holds all of an entry's words, its state, and whether it is exactly they.
fn read_entry(entry: &Value, document: &Document) -> Option<(u32, ParagraphState, bool)> {
    let place = |key| offset_of(document, OffsetUnit::CodePoint, stated_value(&entry[key]).ok()?).ok();
    let span = TextSpan::new(place("start")?, place("end")?)?;
    let state = match entry.get("state")?.as_str()? {
        SEEN => ParagraphState::Seen,
        NOTHING => ParagraphState::NothingHere,
        _ => return None,
    };
    let blocks = &document.index.blocks;
    let paragraph = blocks.paragraph_at(span.start())?;
    let found = blocks.paragraphs()[paragraph];
    found.covers(span).then_some((paragraph as u32, state, found == span))
}

/// Writes the member of `document`, where anything was said.
pub(super) fn write_paragraphs(writer: &mut Writer, state: &State) {
    if state.paragraphs.is_empty() {
        return;
    }
    let mut cursor = CodePointCursor::new(&state.document.text);
    let spans = state.document.index.blocks.paragraphs();
    writer.line_member("paragraphs");
    writer.open_lines('[');
    for (paragraph, said) in state.paragraphs.iter() {
        let Some(span) = spans.get(*paragraph as usize) else { continue };
        writer.line_item();
        writer.raw("{\"start\":");
        writer.whole(u64::from(cursor.advance_to(span.start())));
        writer.raw(",\"end\":");
        writer.whole(u64::from(cursor.advance_to(span.end())));
        writer.raw(",\"state\":");
        writer.string(match said {
            ParagraphState::Seen => SEEN,
            ParagraphState::NothingHere => NOTHING,
        });
        writer.raw("}");
    }
    writer.close_lines(']');
}
