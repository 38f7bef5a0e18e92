//! The JSON of the focus, and of what a person meant.

use std::rc::Rc;

use crate::edit::state::{Edge, Focus, LinksShown, MarksShown, Mode, MovingEnds, Selection};
use crate::edit::transaction::UserEvent;
use crate::journal::wire::members::{Members, flag, list, several, short_number, text};
use crate::journal::wire::things::{spans_to_json, target_of_json};
use crate::json::{Map, Value};
use crate::model::ids::{AnnotationId, AttributeKey, EntityId, FieldKey, LabelId};
use crate::text::span::TextOffset;

/// Without members for the focus of a new document.
pub fn focus_to_json(focus: &Focus) -> Map {
    let mut json = Map::new();
    if let Some(Selection { anchor, head }) = focus.selection {
        json.insert("s", vec![Value::from(anchor.0), Value::from(head.0)]);
    }
    if let Some(chosen) = &focus.chosen {
        json.insert("c", &chosen.0);
    }
    if let Some(armed) = &focus.armed {
        json.insert("a", &armed.0);
    }
    match &focus.mode {
        // A link that is being looked for is no work yet.
        Mode::Normal | Mode::Linking(_) => {}
        // Whether the start is in hand, and the original fragments.
        Mode::MovingEnds(moving) => {
            let is_start = Value::from(moving.edge == Edge::Start);
            json.insert("e", vec![is_start, spans_to_json(&moving.original)]);
        }
    }
    match &focus.marks {
        MarksShown::All => {}
        MarksShown::Only(label) => json.insert("m", word_with_ids("only", &[&label.0])),
        MarksShown::None => json.insert("m", "none"),
    }
    // Whether all relations are drawn, not just those of the chosen annotation.
    if focus.links == LinksShown::All {
        json.insert("l", true);
    }
    json
}

pub fn focus_of_json(json: Value) -> Option<Focus> {
    let mut members = Members::of(json)?;
    let focus = Focus {
        selection: members.optional("s", selection_of_json)?,
        chosen: members.optional("c", text)?.map(AnnotationId),
        armed: members.optional("a", text)?.map(LabelId),
        mode: members.optional("e", moving_of_json)?.unwrap_or(Mode::Normal),
        marks: members.optional("m", marks_of_json)?.unwrap_or(MarksShown::All),
        links: if members.usual("l", flag)? { LinksShown::All } else { LinksShown::OfChosen },
    };
    members.end()?;
    Some(focus)
}

fn selection_of_json(json: Value) -> Option<Selection> {
    let [anchor, head] = several(json)?;
    Some(Selection { anchor: TextOffset(short_number(anchor)?), head: TextOffset(short_number(head)?) })
}

fn moving_of_json(json: Value) -> Option<Mode> {
    let [is_start, spans] = several(json)?;
    let edge = if flag(is_start)? { Edge::Start } else { Edge::End };
    Some(Mode::MovingEnds(MovingEnds { edge, original: target_of_json(spans)? }))
}

fn marks_of_json(json: Value) -> Option<MarksShown> {
    let (word, ids) = split_word(json)?;
    match (&*word, ids.as_slice()) {
        ("all", []) => Some(MarksShown::All),
        ("only", [label]) => Some(MarksShown::Only(LabelId(label.clone()))),
        ("none", []) => Some(MarksShown::None),
        _ => None,
    }
}

pub fn event_to_json(event: &UserEvent) -> Value {
    match event {
        UserEvent::Select => Value::from("select"),
        UserEvent::Annotate => Value::from("annotate"),
        UserEvent::Relabel => Value::from("relabel"),
        UserEvent::Remove => Value::from("remove"),
        UserEvent::MoveEnd(id) => word_with_ids("move-end", &[&id.0]),
        UserEvent::AddFragment => Value::from("add-fragment"),
        UserEvent::RemoveFragment => Value::from("remove-fragment"),
        UserEvent::SetAttribute(id, key) => word_with_ids("attribute", &[&id.0, &key.0]),
        UserEvent::SetCertainty => Value::from("certainty"),
        UserEvent::SetNote(id) => word_with_ids("note", &[&id.0]),
        UserEvent::SetField(key) => word_with_ids("field", &[&key.0]),
        UserEvent::Replace => Value::from("replace"),
        UserEvent::Link => Value::from("link"),
        UserEvent::Unlink => Value::from("unlink"),
        UserEvent::Relink => Value::from("relink"),
        UserEvent::SameEntity => Value::from("same-entity"),
        UserEvent::SplitEntity => Value::from("split-entity"),
        UserEvent::SetEntity(id) => word_with_ids("entity", &[&id.0]),
        UserEvent::SetParagraph => Value::from("paragraph"),
        UserEvent::ChangeSchema => Value::from("schema"),
        UserEvent::Repair => Value::from("repair"),
    }
}

pub fn event_of_json(json: Value) -> Option<UserEvent> {
    let (word, ids) = split_word(json)?;
    Some(match (&*word, ids.as_slice()) {
        ("select", []) => UserEvent::Select,
        ("annotate", []) => UserEvent::Annotate,
        ("relabel", []) => UserEvent::Relabel,
        ("remove", []) => UserEvent::Remove,
        ("move-end", [id]) => UserEvent::MoveEnd(AnnotationId(id.clone())),
        ("add-fragment", []) => UserEvent::AddFragment,
        ("remove-fragment", []) => UserEvent::RemoveFragment,
        ("attribute", [id, key]) => {
            UserEvent::SetAttribute(AnnotationId(id.clone()), AttributeKey(key.clone()))
        }
        ("certainty", []) => UserEvent::SetCertainty,
        ("note", [id]) => UserEvent::SetNote(AnnotationId(id.clone())),
        ("field", [key]) => UserEvent::SetField(FieldKey(key.clone())),
        ("replace", []) => UserEvent::Replace,
        ("link", []) => UserEvent::Link,
        ("unlink", []) => UserEvent::Unlink,
        ("relink", []) => UserEvent::Relink,
        ("same-entity", []) => UserEvent::SameEntity,
        ("split-entity", []) => UserEvent::SplitEntity,
        ("entity", [id]) => UserEvent::SetEntity(EntityId(id.clone())),
        ("paragraph", []) => UserEvent::SetParagraph,
        ("schema", []) => UserEvent::ChangeSchema,
        ("repair", []) => UserEvent::Repair,
        _ => return None,
    })
}

/// `{"word":"id"}`, or `{"word":["id","other"]}`.
fn word_with_ids(word: &str, ids: &[&Rc<str>]) -> Value {
    let ids = match ids {
        [id] => Value::from(*id),
        ids => ids.iter().map(|id| Value::from(*id)).collect(),
    };
    Value::Object(Map::from_iter([(word, ids)]))
}

/// A word alone, or with ids.
fn split_word(json: Value) -> Option<(Rc<str>, Vec<Rc<str>>)> {
    match json {
        Value::String(word) => Some((word, Vec::new())),
        Value::Object(map) if map.len() == 1 => match map.into_iter().next()? {
            (word, Value::String(id)) => Some((word, vec![id])),
            (word, ids) => Some((word, list(ids, text)?)),
        },
        _ => None,
    }
}
