//! Changing what an annotation or the document says: attributes, certainty, notes, fields, and
//! taking annotations away.

use std::rc::Rc;

use crate::edit::commands::{CommandContext, CommandResult, replace, surface, user_transaction};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::{Focus, Mode, State};
use crate::edit::transaction::{Change, Edit, UserEvent};
use crate::model::annotation::{Annotation, Certainty};
use crate::model::ids::{AnnotationId, AttributeKey, FieldKey};
use crate::model::schema::AttributeValue;

/// Takes the chosen annotation away.
pub fn remove_chosen(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    let notice = Notice::Removed { label: chosen.label.clone(), surface: surface(state, &chosen.target) };
    let focus = Focus { chosen: None, mode: Mode::Normal, ..state.focus.clone() };
    let edits = vec![Edit::Annotation(Change::removed(chosen.clone()))];
    Ok(Effect::new(user_transaction(edits, focus, UserEvent::Remove, ctx.time_ms), notice))
}

/// Sets an attribute by hand; `None` gives it back to the schema's default, and so does a text
/// that was emptied where there is no default.
pub fn set_attribute(
    state: &State,
    ctx: &CommandContext<'_>,
    id: &AnnotationId,
    key: &AttributeKey,
    value: Option<AttributeValue>,
) -> CommandResult {
    let annotation = state.annotations.get(id).ok_or(Refusal::NothingChosen)?;
    let kind = state.schema.label(&annotation.label).and_then(|label| label.attribute(key));
    if let (Some(kind), Some(value)) = (kind, &value)
        && !kind.kind.allows(value)
    {
        return Err(Refusal::BadValue { key: key.clone() });
    }
    let mut changed = annotation.as_ref().clone();
    let has_default = kind.is_some_and(|kind| kind.default.is_some());
    match value.filter(|value| has_default || value.as_text() != Some("")) {
        Some(value) => {
            changed.attributes.insert(key.clone(), value);
            changed.by_hand.insert(key.clone());
        }
        None => {
            changed.by_hand.remove(key);
            match kind.and_then(|kind| kind.default.clone()) {
                Some(default) => changed.attributes.insert(key.clone(), default),
                None => changed.attributes.remove(key),
            };
        }
    }
    change(state, ctx, annotation, changed, UserEvent::SetAttribute(id.clone(), key.clone()))
}

pub fn set_certainty(
    state: &State,
    ctx: &CommandContext<'_>,
    id: &AnnotationId,
    certainty: Certainty,
) -> CommandResult {
    let annotation = state.annotations.get(id).ok_or(Refusal::NothingChosen)?;
    let changed = Annotation { certainty, ..annotation.as_ref().clone() };
    change(state, ctx, annotation, changed, UserEvent::SetCertainty)
}

pub fn set_note(state: &State, ctx: &CommandContext<'_>, id: &AnnotationId, note: &str) -> CommandResult {
    let annotation = state.annotations.get(id).ok_or(Refusal::NothingChosen)?;
    let changed = Annotation { note: Rc::from(note), ..annotation.as_ref().clone() };
    change(state, ctx, annotation, changed, UserEvent::SetNote(id.clone()))
}

/// Sets a field of the document; an empty one goes.
pub fn set_field(
    state: &State,
    ctx: &CommandContext<'_>,
    key: &FieldKey,
    value: Option<AttributeValue>,
) -> CommandResult {
    let before = state.fields.get(key).cloned();
    let value = value.filter(|value| value.as_text() != Some(""));
    if before == value {
        return Ok(Effect::default());
    }
    let edits = vec![Edit::Field { key: key.clone(), change: Change { before, after: value } }];
    let event = UserEvent::SetField(key.clone());
    Ok(Effect::silent(user_transaction(edits, state.focus.clone(), event, ctx.time_ms)))
}

/// The transaction for a changed annotation; nothing where it did not change.
pub(super) fn change(
    state: &State,
    ctx: &CommandContext<'_>,
    before: &Rc<Annotation>,
    mut after: Annotation,
    event: UserEvent,
) -> CommandResult {
    if **before == after {
        return Ok(Effect::default());
    }
    after.provenance.changed_ms = ctx.time_ms;
    let edits = vec![replace(before, after)];
    Ok(Effect::silent(user_transaction(edits, state.focus.clone(), event, ctx.time_ms)))
}
