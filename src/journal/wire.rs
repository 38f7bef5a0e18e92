//! The JSON of what is stored. Short keys, absent where a value is the usual one.
//!
//! The model's types can change without this form, and this form is versioned: an unknown key is
//! an error, never lost in silence. Any change here is a new version of records and snapshots.
//! Version 1 is version 2 without the keys that came with it, so one form reads both.

pub mod things;

pub mod focus;

pub mod members;

use std::rc::Rc;

use crate::edit::history::Step;
use crate::edit::state::Focus;
use crate::edit::transaction::{Change, Edit, Origin, Transaction};
use crate::formats::schema_json::{decode_schema, encode_schema};
use crate::journal::wire::focus::{event_of_json, event_to_json, focus_of_json, focus_to_json};
use crate::journal::wire::members::{Members, list, number, optional, several, short_number, text};
use crate::journal::wire::things::{
    annotation_of_json, annotation_to_json, entity_of_json, entity_to_json, paragraph_of_json,
    paragraph_to_json, relation_of_json, relation_to_json, value_of_json, value_to_json,
};
use crate::json::{Map, Value, from_str};
use crate::model::ids::FieldKey;
use crate::model::schema::Schema;

/// A transaction, and the focus it met, which changes without records of its own; all but the edits, which
/// come first, under `e`.
pub fn record_to_json(focus_before: &Focus, transaction: &Transaction) -> Map {
    let mut json = Map::new();
    insert_unusual_focus(&mut json, "b", focus_before);
    if let Some(focus) = &transaction.focus {
        json.insert("f", focus_to_json(focus));
    }
    json.insert("k", event_to_json(&transaction.event));
    match transaction.origin {
        Origin::User => {}
        Origin::Undo => json.insert("o", "undo"),
        Origin::Redo => json.insert("o", "redo"),
    }
    json.insert("t", transaction.time_ms);
    if transaction.active_ms > 0 {
        json.insert("d", transaction.active_ms);
    }
    json
}

/// `None` where anything is not as [`record_to_json`] and [`edit_to_json`] write it: a target that is none, a schema.
pub fn record_of_json(json: Value) -> Option<(Focus, Transaction)> {
    let mut members = Members::of(json)?;
    let focus_before = members.usual("b", focus_of_json)?;
    let transaction = Transaction {
        edits: members.take("e", edits_of_json)?,
        focus: members.optional("f", focus_of_json)?,
        event: members.take("k", event_of_json)?,
        origin: match members.optional("o", text)?.as_deref() {
            None | Some("user") => Origin::User,
            Some("undo") => Origin::Undo,
            Some("redo") => Origin::Redo,
            Some(_) => return None,
        },
        time_ms: members.take("t", number)?,
        active_ms: members.usual("d", short_number)?,
    };
    members.end()?;
    Some((focus_before, transaction))
}

/// A step of the history, but for the edits, which come first, under `e`.
pub fn step_to_json(step: &Step) -> Map {
    let mut json = Map::new();
    json.insert("k", event_to_json(&step.event));
    json.insert("t", step.time_ms);
    if let Some(modified_before_ms) = step.modified_before_ms {
        json.insert("m", modified_before_ms);
    }
    insert_unusual_focus(&mut json, "b", &step.focus_before);
    insert_unusual_focus(&mut json, "f", &step.focus_after);
    json
}

pub fn step_of_json(json: Value) -> Option<Step> {
    let mut members = Members::of(json)?;
    let step = Step {
        edits: members.take("e", edits_of_json)?,
        event: members.take("k", event_of_json)?,
        time_ms: members.take("t", number)?,
        modified_before_ms: members.optional("m", number)?,
        focus_before: members.usual("b", focus_of_json)?,
        focus_after: members.usual("f", focus_of_json)?,
    };
    members.end()?;
    Some(step)
}

fn insert_unusual_focus(json: &mut Map, key: &str, focus: &Focus) {
    let focus = focus_to_json(focus);
    if !focus.is_empty() {
        json.insert(key, focus);
    }
}

/// The kind of an edit, and both sides of its change.
pub fn edit_to_json(edit: &Edit) -> Value {
    let (kind, values) = match edit {
        Edit::Annotation(change) => ("a", sides(change, |side| annotation_to_json(side))),
        Edit::Relation(change) => ("r", sides(change, |side| relation_to_json(side))),
        Edit::Entity(change) => ("e", sides(change, |side| entity_to_json(side))),
        Edit::Field { key, change } => ("f", keyed(Value::from(&key.0), sides(change, value_to_json))),
        Edit::Paragraph { paragraph, change } => {
            ("p", keyed(Value::from(*paragraph), sides(change, |state| paragraph_to_json(*state))))
        }
        // Both schemas as their JSON, each in a string: it has versions of its own.
        Edit::Schema(change) => ("s", sides(change, |schema| Value::from(&*schema_to_json(schema)))),
    };
    Value::Object(Map::from_iter([(kind, Value::Array(values))]))
}

fn edits_of_json(json: Value) -> Option<Vec<Edit>> {
    list(json, edit_of_json)
}

fn edit_of_json(json: Value) -> Option<Edit> {
    let Value::Object(map) = json else { return None };
    let mut members = map.into_iter();
    let (Some((kind, values)), None) = (members.next(), members.next()) else { return None };
    Some(match &*kind {
        "a" => Edit::Annotation(change_of(several(values)?, |side| annotation_of_json(side).map(Rc::new))?),
        "r" => Edit::Relation(change_of(several(values)?, |side| relation_of_json(side).map(Rc::new))?),
        "e" => Edit::Entity(change_of(several(values)?, |side| entity_of_json(side).map(Rc::new))?),
        "f" => {
            let [key, before, after] = several(values)?;
            Edit::Field { key: FieldKey(text(key)?), change: change_of([before, after], value_of_json)? }
        }
        "p" => {
            let [paragraph, before, after] = several(values)?;
            let change = change_of([before, after], paragraph_of_json)?;
            Edit::Paragraph { paragraph: short_number(paragraph)?, change }
        }
        "s" => Edit::Schema(change_of(several(values)?, |side| schema_of_json(&text(side)?).map(Rc::new))?),
        _ => return None,
    })
}

fn sides<T>(change: &Change<T>, to_json: fn(&T) -> Value) -> Vec<Value> {
    [&change.before, &change.after].map(|side| side.as_ref().map_or(Value::Null, to_json)).into()
}

fn keyed(key: Value, sides: Vec<Value>) -> Vec<Value> {
    [key].into_iter().chain(sides).collect()
}

/// `None` where a side cannot be read.
fn change_of<T>([before, after]: [Value; 2], read: fn(Value) -> Option<T>) -> Option<Change<T>> {
    Some(Change { before: optional(before, read)?, after: optional(after, read)? })
}

/// A schema as the native file has it.
pub fn schema_to_json(schema: &Schema) -> String {
    encode_schema(schema).to_string()
}

fn schema_of_json(json: &str) -> Option<Schema> {
    decode_schema(&from_str(json).ok()?).ok()
}
