//! Changing what an annotation or the document says: attributes, certainty, notes, fields, and
//! taking annotations away.

use std::rc::Rc;

use crate::edit::commands::{
    CommandContext, CommandResult, links_removed, replace, surface, user_transaction,
};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::{Focus, Mode, State};
use crate::edit::transaction::{Change, Edit, UserEvent};
use crate::model::annotation::{Annotation, Certainty};
use crate::model::dated::DatedValue;
use crate::model::dates::{DAY_MS, day_of_time, is_date};
use crate::model::ids::{AnnotationId, AttributeKey, FieldKey};
use crate::model::schema::{AttributeValue, FieldKind};
use crate::sorted::sort_by;

/// Takes the chosen annotation away, and its links with it.
pub fn remove_chosen(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    let focus = Focus { chosen: None, mode: Mode::Normal, ..state.focus.clone() };
    let edits = vec![Edit::Annotation(Change::removed(chosen.clone()))];
    let transaction = user_transaction(state, edits, focus, UserEvent::Remove, ctx.time_ms);
    let notice = Notice::Removed {
        label: chosen.label.clone(),
        surface: surface(state, &chosen.target),
        links: links_removed(&transaction),
    };
    Ok(Effect::new(transaction, notice))
}

/// Sets an attribute by hand; `None` gives it back to the schema's computation or default, and so
/// does a text that was emptied where there is no default. An attribute that keeps its history goes
/// back to the value before.
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
    let value = value.filter(|value| has_default || value.as_text() != Some(""));
    let is_dated = kind.is_some_and(|kind| kind.is_dated);
    let value = if is_dated { date_value(&mut changed, key, value, ctx.time_ms) } else { value };
    match value {
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

/// Writes a chosen value into the attribute's history, in place of one set the same day; nothing
/// takes the last one back. The value that counts then.
fn date_value(
    annotation: &mut Annotation,
    key: &AttributeKey,
    value: Option<AttributeValue>,
    time_ms: u64,
) -> Option<AttributeValue> {
    let mut values = annotation.dated.get(key).map_or_else(Vec::new, |values| values.to_vec());
    match value {
        Some(value) => {
            values.retain(|earlier| earlier.set_ms / DAY_MS != time_ms / DAY_MS);
            values.push(DatedValue { value, as_of: Rc::from(day_of_time(time_ms)), set_ms: time_ms });
        }
        None => drop(values.pop()),
    }
    keep_dated(annotation, key, values)
}

/// Says since when the value with this place in an attribute's history holds. The value with the
/// latest date counts.
pub fn set_as_of(
    state: &State,
    ctx: &CommandContext<'_>,
    id: &AnnotationId,
    key: &AttributeKey,
    (idx, as_of): (usize, &str),
) -> CommandResult {
    let annotation = state.annotations.get(id).ok_or(Refusal::NothingChosen)?;
    let mut values = annotation.dated.get(key).map_or_else(Vec::new, |values| values.to_vec());
    let value = values.get_mut(idx).ok_or(Refusal::Internal)?;
    if !is_date(as_of) {
        return Err(Refusal::BadDate);
    }
    value.as_of = Rc::from(as_of);
    let mut changed = annotation.as_ref().clone();
    if let Some(value) = keep_dated(&mut changed, key, values) {
        changed.attributes.insert(key.clone(), value);
    }
    change(state, ctx, annotation, changed, UserEvent::SetAttribute(id.clone(), key.clone()))
}

/// Keeps the history in order. The value that counts, where there is one.
fn keep_dated(
    annotation: &mut Annotation,
    key: &AttributeKey,
    mut values: Vec<DatedValue>,
) -> Option<AttributeValue> {
    sort_by(&mut values, |left, right| {
        left.as_of.cmp(&right.as_of).then_with(|| left.set_ms.cmp(&right.set_ms))
    });
    let last = values.last().map(|last| last.value.clone());
    match last.is_some() {
        true => annotation.dated.insert(key.clone(), Rc::from(values)),
        false => annotation.dated.remove(key),
    };
    last
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

/// Sets a field of the document; an empty one goes. A date must be one.
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
    let is_date_field = state.schema.field(key).is_some_and(|field| field.kind == FieldKind::Date);
    if is_date_field && value.as_ref().and_then(AttributeValue::as_text).is_some_and(|text| !is_date(text)) {
        return Err(Refusal::BadDate);
    }
    let edits = vec![Edit::Field { key: key.clone(), change: Change { before, after: value } }];
    let event = UserEvent::SetField(key.clone());
    Ok(Effect::silent(user_transaction(state, edits, state.focus.clone(), event, ctx.time_ms)))
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
    Ok(Effect::silent(user_transaction(state, edits, state.focus.clone(), event, ctx.time_ms)))
}
