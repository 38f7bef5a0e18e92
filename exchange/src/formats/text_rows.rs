//! Rows of JSON that hold a text and spans of it: what spaCy, Prodigy and doccano have in common.
//!
//! One reader takes all their forms: spans as `[start, end, label]` or as objects, in a list or in a
//! group of lists, relations by ids, by spans or by tokens. Places count code points; where rows
//! state the words of spans, these tell whether the program counted otherwise.

mod relations;
#[cfg(test)]
pub(crate) mod samples;
mod spans;

use std::rc::Rc;

use sourcier::json::{self, Map, Value};
use sourcier::model::annotation::{Annotation, Certainty};
use sourcier::model::ids::LabelId;
use sourcier::text::span::TextSpan;

use crate::draft::{Draft, DraftEntity, say};
use crate::import::InFile;
use crate::losses::{LossKind, Losses};
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::json_lines;
use crate::shared::tokens::trimmed;
use crate::work::{Work, value_json};

/// A span as most rows have it, with what else was said of it under keys of its own. `None`, which
/// is counted, where it has nothing but white space; what stands at its ends is left off.
pub(crate) fn span_json(
    work: Work<'_>,
    annotation: &Annotation,
    losses: &mut Losses,
) -> Option<(TextSpan, Map)> {
    let (label, envelope) = (annotation.label.as_str(), annotation.target.envelope());
    let parts = annotation.target.fragments().iter();
    let fragments: Vec<TextSpan> = parts.filter_map(|part| trimmed(work.text(), *part)).collect();
    let (Some(first), Some(last)) = (fragments.first(), fragments.last()) else {
        losses.add_at(LossKind::Misaligned, label, work.place(envelope));
        return None;
    };
    let span = TextSpan::new(first.start(), last.end())?;
    if fragments != annotation.target.fragments() {
        losses.add_at(LossKind::WhiteSpace, label, work.place(envelope));
    }
    let (start, end) = work.code_points(span);
    let mut json = Map::new();
    json.insert("id", annotation.id.as_str());
    json.insert("start", start);
    json.insert("end", end);
    json.insert("label", work.label_name(&annotation.label));
    json.insert("text", work.slice(span));
    if fragments.len() > 1 {
        let places = fragments.iter().map(|fragment| work.code_points(*fragment));
        json.insert("fragments", places.map(|(start, end)| Value::from([start, end])).collect::<Value>());
    }
    if !annotation.attributes.is_empty() {
        let attributes = annotation.attributes.iter();
        let attributes = attributes.map(|(key, value)| (key.as_str(), value_json(value)));
        json.insert("attributes", Value::Object(attributes.collect()));
    }
    if !annotation.note.is_empty() {
        json.insert("note", &*annotation.note);
    }
    if annotation.certainty == Certainty::Unsure {
        json.insert("certainty", "unsure");
    }
    Some((span, json))
}

/// A span as `[start, end, label]`.
pub(crate) fn triple(work: Work<'_>, span: TextSpan, label: &LabelId) -> Value {
    let (start, end) = work.code_points(span);
    Value::from([Value::from(start), Value::from(end), Value::from(work.label_name(label))])
}

/// The fields of the document, by their keys.
pub(crate) fn fields_json(work: Work<'_>) -> Map {
    work.state.fields.iter().map(|(key, value)| (key.as_str(), value_json(value))).collect()
}

/// The first row of a file, where it has any.
pub(crate) fn first_row(file: &InFile) -> Option<Value> {
    let text = file.utf8()?.trim_start();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let line = text.lines().next()?;
    match json::from_str(line).or_else(|_| json::from_str(text)).ok()? {
        Value::Array(rows) if rows.first().is_some_and(|row| row.is_object() || row.is_array()) => {
            rows.into_iter().next()
        }
        row => Some(row),
    }
}

/// The documents of all rows of all files.
pub(crate) fn read(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for file in files {
        problems.file.clone_from(&file.path);
        let text = file.decoded(problems);
        let mut rows = json_lines::read_any(&text, problems);
        // A list of one pair is the pair itself.
        if let [(_, Value::String(_)), (_, Value::Object(_))] = &rows[..] {
            rows = vec![(1, rows.into_iter().map(|(_, value)| value).collect::<Value>())];
        }
        let count = rows.len();
        for (idx, (line, row)) in rows.into_iter().enumerate() {
            let Some((text, row)) = text_of(row) else {
                problems.add(Some(line), ProblemKind::Missing, "text", Remedy::LeftOut);
                continue;
            };
            let text = text.as_ref().to_owned();
            let mut draft = Draft { file: file.path.clone(), text, ..Draft::default() };
            add_document(&mut draft, &row, problems);
            if draft.title.is_empty() {
                draft.title = match count {
                    1 => file.stem().to_owned(),
                    _ => format!("{} {}", file.stem(), idx + 1),
                };
            }
            add_row(&mut draft, &row, line, problems);
            drafts.push(draft);
        }
    }
    drafts
}

/// The text of a row and what else it has: an object, or a pair of text and object.
fn text_of(row: Value) -> Option<(Rc<str>, Map)> {
    match row {
        Value::Object(mut row) => match row.get_mut("text").map(std::mem::take) {
            Some(Value::String(text)) => Some((text, row)),
            _ => None,
        },
        Value::Array(pair) => match <[Value; 2]>::try_from(pair) {
            Ok([Value::String(text), Value::Object(row)]) => Some((text, row)),
            _ => None,
        },
        _ => None,
    }
}

/// What the row says of the document as a whole.
fn add_document(draft: &mut Draft, row: &Map, problems: &mut Problems) {
    let objects = ["meta", "fields"].iter().filter_map(|key| row.get(key)?.as_object());
    for (key, value) in objects.flatten() {
        match value {
            Value::String(title) if **key == *"document" => title.as_ref().clone_into(&mut draft.title),
            _ => say(&mut draft.fields, key, value.clone(), problems),
        }
    }
    if let Some(Value::String(title)) = row.get("document") {
        title.as_ref().clone_into(&mut draft.title);
    }
    for cluster in row.get("clusters").and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| cluster[key].as_str().unwrap_or_default().to_owned();
        if cluster["id"].is_string() {
            draft.entities.push(DraftEntity {
                id: text("id"),
                name: text("name"),
                identifier: text("kb_id"),
            });
        }
    }
}

fn add_row(draft: &mut Draft, row: &Map, line: usize, problems: &mut Problems) {
    // Prodigy keeps what a person turned down, or left open.
    if let Some(answer @ ("reject" | "ignore")) = row.get("answer").and_then(Value::as_str) {
        problems.add(Some(line), ProblemKind::Unsupported, answer, Remedy::ValueLeftOut);
        return;
    }
    let spans = spans::add(draft, row, line, problems);
    relations::add(draft, row, spans, line, problems);
}

/// An id that is a text or a number.
fn id_of(value: &Value) -> Option<String> {
    match value {
        Value::String(id) if !id.is_empty() => Some(id.as_ref().to_owned()),
        Value::Number(number) => Some(number.to_written().as_ref().to_owned()),
        _ => None,
    }
}
