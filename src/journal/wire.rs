//! The JSON of what is stored. Short keys, absent where a value is the usual one.
//!
//! The model's types can change without this form, and this form is versioned: an unknown key is
//! an error, never lost in silence. Any change here is a new version of records and snapshots.
//! Version 1 is version 2 without the keys that came with it, so one form reads both.

pub mod things;

pub mod focus;

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::edit::history::Step;
use crate::edit::state::Focus;
use crate::edit::transaction::{Change, Edit, Origin, Transaction};
use crate::formats::schema_json::{decode_schema, encode_schema};
use crate::journal::wire::focus::{WireEvent, WireFocus};
use crate::journal::wire::things::{
    WireAnnotation, WireEntity, WireParagraphState, WireRelation, value_of_json, value_to_json,
};
use crate::model::ids::FieldKey;
use crate::model::schema::Schema;

/// A transaction, and the focus it met, which changes without records of its own.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireRecord {
    #[serde(rename = "e")]
    edits: Vec<WireEdit>,
    #[serde(rename = "b", default, skip_serializing_if = "is_default")]
    focus_before: WireFocus,
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    focus: Option<WireFocus>,
    #[serde(rename = "k")]
    event: WireEvent,
    #[serde(rename = "o", default, skip_serializing_if = "is_default")]
    origin: WireOrigin,
    #[serde(rename = "t")]
    time_ms: u64,
    #[serde(rename = "d", default, skip_serializing_if = "is_default")]
    active_ms: u32,
}

/// A step of the history.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireStep {
    #[serde(rename = "e")]
    edits: Vec<WireEdit>,
    #[serde(rename = "k")]
    event: WireEvent,
    #[serde(rename = "t")]
    time_ms: u64,
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    modified_before_ms: Option<u64>,
    #[serde(rename = "b", default, skip_serializing_if = "is_default")]
    focus_before: WireFocus,
    #[serde(rename = "f", default, skip_serializing_if = "is_default")]
    focus_after: WireFocus,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum WireEdit {
    #[serde(rename = "a")]
    Annotation(Box<Option<WireAnnotation>>, Box<Option<WireAnnotation>>),
    #[serde(rename = "f")]
    Field(Rc<str>, Option<Value>, Option<Value>),
    #[serde(rename = "r")]
    Relation(Box<Option<WireRelation>>, Box<Option<WireRelation>>),
    #[serde(rename = "e")]
    Entity(Box<Option<WireEntity>>, Box<Option<WireEntity>>),
    #[serde(rename = "p")]
    Paragraph(u32, Option<WireParagraphState>, Option<WireParagraphState>),
    /// Both schemas as their JSON, each in a string: it has versions of its own.
    #[serde(rename = "s")]
    Schema(Option<String>, Option<String>),
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum WireOrigin {
    #[default]
    #[serde(rename = "user")]
    User,
    #[serde(rename = "undo")]
    Undo,
    #[serde(rename = "redo")]
    Redo,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl WireRecord {
    pub fn new(focus_before: &Focus, transaction: &Transaction) -> WireRecord {
        WireRecord {
            edits: transaction.edits.iter().map(WireEdit::new).collect(),
            focus_before: WireFocus::new(focus_before),
            focus: transaction.focus.as_ref().map(WireFocus::new),
            event: WireEvent::new(&transaction.event),
            origin: match transaction.origin {
                Origin::User => WireOrigin::User,
                Origin::Undo => WireOrigin::Undo,
                Origin::Redo => WireOrigin::Redo,
            },
            time_ms: transaction.time_ms,
            active_ms: transaction.active_ms,
        }
    }

    /// `None` where a target is none, or a schema.
    pub fn read(self) -> Option<(Focus, Transaction)> {
        let focus = match self.focus {
            Some(focus) => Some(focus.read()?),
            None => None,
        };
        let transaction = Transaction {
            edits: self.edits.into_iter().map(WireEdit::read).collect::<Option<_>>()?,
            focus,
            event: self.event.read(),
            origin: match self.origin {
                WireOrigin::User => Origin::User,
                WireOrigin::Undo => Origin::Undo,
                WireOrigin::Redo => Origin::Redo,
            },
            time_ms: self.time_ms,
            active_ms: self.active_ms,
        };
        Some((self.focus_before.read()?, transaction))
    }
}

impl WireStep {
    pub fn new(step: &Step) -> WireStep {
        WireStep {
            edits: step.edits.iter().map(WireEdit::new).collect(),
            event: WireEvent::new(&step.event),
            time_ms: step.time_ms,
            modified_before_ms: step.modified_before_ms,
            focus_before: WireFocus::new(&step.focus_before),
            focus_after: WireFocus::new(&step.focus_after),
        }
    }

    pub fn read(self) -> Option<Step> {
        Some(Step {
            edits: self.edits.into_iter().map(WireEdit::read).collect::<Option<_>>()?,
            event: self.event.read(),
            time_ms: self.time_ms,
            modified_before_ms: self.modified_before_ms,
            focus_before: self.focus_before.read()?,
            focus_after: self.focus_after.read()?,
        })
    }
}

impl WireEdit {
    fn new(edit: &Edit) -> WireEdit {
        match edit {
            Edit::Annotation(change) => {
                let (before, after) = boxed(change, WireAnnotation::new);
                WireEdit::Annotation(before, after)
            }
            Edit::Relation(change) => {
                let (before, after) = boxed(change, WireRelation::new);
                WireEdit::Relation(before, after)
            }
            Edit::Entity(change) => {
                let (before, after) = boxed(change, WireEntity::new);
                WireEdit::Entity(before, after)
            }
            Edit::Field { key, change } => {
                let (before, after) = sides(change, value_to_json);
                WireEdit::Field(key.0.clone(), before, after)
            }
            Edit::Paragraph { paragraph, change } => {
                let (before, after) = sides(change, |state| WireParagraphState::new(*state));
                WireEdit::Paragraph(*paragraph, before, after)
            }
            Edit::Schema(change) => {
                let (before, after) = sides(change, |schema| schema_to_json(schema));
                WireEdit::Schema(before, after)
            }
        }
    }

    fn read(self) -> Option<Edit> {
        Some(match self {
            WireEdit::Annotation(before, after) => {
                Edit::Annotation(change_of(*before, *after, |side| side.read().map(Rc::new))?)
            }
            WireEdit::Relation(before, after) => {
                Edit::Relation(change_of(*before, *after, |side| side.read().map(Rc::new))?)
            }
            WireEdit::Entity(before, after) => {
                Edit::Entity(change_of(*before, *after, |side| side.read().map(Rc::new))?)
            }
            WireEdit::Field(key, before, after) => {
                Edit::Field { key: FieldKey(key), change: change_of(before, after, value_of_json)? }
            }
            WireEdit::Paragraph(paragraph, before, after) => {
                Edit::Paragraph { paragraph, change: change_of(before, after, |state| Some(state.read()))? }
            }
            WireEdit::Schema(before, after) => {
                Edit::Schema(change_of(before, after, |json| schema_of_json(&json).map(Rc::new))?)
            }
        })
    }
}

fn sides<T, Wire>(change: &Change<T>, wire: impl Fn(&T) -> Wire) -> (Option<Wire>, Option<Wire>) {
    (change.before.as_ref().map(&wire), change.after.as_ref().map(&wire))
}

/// Both sides of a change of something large, boxed: an edit is as small as its kinds let it be.
fn boxed<T, Wire>(
    change: &Change<Rc<T>>,
    wire: impl Fn(&T) -> Wire,
) -> (Box<Option<Wire>>, Box<Option<Wire>>) {
    let (before, after) = sides(change, |side| wire(side));
    (Box::new(before), Box::new(after))
}

/// `None` where a side cannot be read.
fn change_of<T, Wire>(
    before: Option<Wire>,
    after: Option<Wire>,
    read: impl Fn(Wire) -> Option<T>,
) -> Option<Change<T>> {
    Some(Change { before: optional(before, &read)?, after: optional(after, &read)? })
}

/// A schema as the native file has it.
pub fn schema_to_json(schema: &Schema) -> String {
    encode_schema(schema).to_string()
}

fn schema_of_json(json: &str) -> Option<Schema> {
    decode_schema(&serde_json::from_str(json).ok()?).ok()
}

/// `None` where there is a value that cannot be read.
fn optional<T, U>(value: Option<T>, read: impl Fn(T) -> Option<U>) -> Option<Option<U>> {
    match value {
        Some(value) => read(value).map(Some),
        None => Some(None),
    }
}
