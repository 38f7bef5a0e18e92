//! Mentions of one entity: together, apart, and what the entity is called.

use std::rc::Rc;

use crate::edit::commands::{CommandContext, CommandResult, normal, surface, user_transaction};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::State;
use crate::edit::transaction::{Change, Edit, UserEvent};
use crate::model::annotation::{Annotation, Provenance};
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, EntityId};
use crate::model::schema::AttributeValue;
use crate::sorted::keep_first;

/// Makes two mentions those of one entity. Where each has one already the two become one, under
/// the name of the one with more mentions.
pub fn unite(
    state: &State,
    ctx: &mut CommandContext<'_>,
    left: &AnnotationId,
    right: &AnnotationId,
) -> CommandResult {
    unite_all(state, ctx, &[left.clone(), right.clone()])
}

/// Makes all these mentions those of one entity, together with the mentions of the entities that
/// they have. Refused where they carry different labels, or one without entities.
pub fn unite_all(state: &State, ctx: &mut CommandContext<'_>, mentions: &[AnnotationId]) -> CommandResult {
    let found: Option<Vec<&Rc<Annotation>>> = mentions.iter().map(|id| state.annotations.get(id)).collect();
    let found = found.ok_or(Refusal::NoAnnotation)?;
    let [first, others @ ..] = found.as_slice() else { return Err(Refusal::NoAnnotation) };
    if let Some(other) = others.iter().find(|other| other.label != first.label) {
        let (label, other_label) = (first.label.clone(), other.label.clone());
        return Err(Refusal::OtherLabel { label, other_label });
    }
    if !state.schema.label(&first.label).is_some_and(|label| label.is_entity) {
        return Err(Refusal::NoEntityLabel { label: first.label.clone() });
    }
    let entities = keep_first(found.iter().filter_map(|mention| mention.entity.clone()).collect());
    let is_one = entities.len() == 1 && found.iter().all(|mention| mention.entity.is_some());
    if others.is_empty() || is_one {
        return Err(Refusal::AlreadyOneEntity);
    }
    let mut edits = Vec::new();
    let id = match largest(state, &entities) {
        Some(id) => id,
        None => {
            let entity = new_entity(state, ctx, &found);
            let id = entity.id.clone();
            edits.push(Edit::Entity(Change::added(Rc::new(entity))));
            id
        }
    };
    let merged = entities.iter().filter(|entity| **entity != id);
    let taken_over = merged.clone().flat_map(|entity| state.annotations.mentions(entity));
    let joining: Vec<&Rc<Annotation>> = found.iter().copied().chain(taken_over).collect();
    let ids = keep_first(joining.iter().map(|mention| mention.id.clone()).collect());
    for mention in ids.iter().filter_map(|id| state.annotations.get(id)) {
        if mention.entity.as_ref() != Some(&id) {
            edits.push(with_entity(mention, Some(id.clone()), ctx.time_ms));
        }
    }
    for entity in merged.filter_map(|entity| state.entities.get(entity)) {
        edits.push(Edit::Entity(Change::removed(entity.clone())));
    }
    let name = match state.entities.get(&id) {
        Some(entity) => entity.name.clone(),
        None => canonical_name(state, &found),
    };
    let stayed = state.annotations.mentions(&id).filter(|mention| !ids.contains(&mention.id)).count();
    let notice = Notice::United { name, mentions: stayed + ids.len() };
    let focus = normal(state);
    Ok(Effect::new(user_transaction(state, edits, focus, UserEvent::SameEntity, ctx.time_ms), notice))
}

/// Takes a mention out of its entity.
pub fn split(state: &State, ctx: &CommandContext<'_>, id: &AnnotationId) -> CommandResult {
    let mention = state.annotations.get(id).ok_or(Refusal::NoAnnotation)?;
    if mention.entity.is_none() {
        return Err(Refusal::NoEntity);
    }
    let edits = vec![with_entity(mention, None, ctx.time_ms)];
    let notice = Notice::SplitOff { surface: surface(state, &mention.target) };
    let focus = normal(state);
    Ok(Effect::new(user_transaction(state, edits, focus, UserEvent::SplitEntity, ctx.time_ms), notice))
}

/// Takes an entity apart: its mentions stay, each for itself.
pub fn dissolve(state: &State, ctx: &CommandContext<'_>, id: &EntityId) -> CommandResult {
    let entity = state.entities.get(id).ok_or(Refusal::NoEntity)?;
    let mentions = state.annotations.mentions(id);
    let edits: Vec<Edit> = mentions.map(|mention| with_entity(mention, None, ctx.time_ms)).collect();
    let notice = Notice::Dissolved { name: entity.name.clone() };
    let focus = normal(state);
    Ok(Effect::new(user_transaction(state, edits, focus, UserEvent::SplitEntity, ctx.time_ms), notice))
}

/// Gives an entity another canonical name. An empty one is not taken.
pub fn set_name(state: &State, ctx: &CommandContext<'_>, id: &EntityId, name: &str) -> CommandResult {
    let entity = state.entities.get(id).ok_or(Refusal::NoEntity)?;
    if name.trim().is_empty() {
        return Ok(Effect::default());
    }
    change_entity(state, ctx, Entity { name: Rc::from(name), ..entity.as_ref().clone() })
}

/// Says which address identifies an entity; nothing takes it away.
pub fn set_identifier(state: &State, ctx: &CommandContext<'_>, id: &EntityId, to: &str) -> CommandResult {
    let entity = state.entities.get(id).ok_or(Refusal::NoEntity)?;
    change_entity(state, ctx, Entity { identifier: Rc::from(to.trim()), ..entity.as_ref().clone() })
}

fn change_entity(state: &State, ctx: &CommandContext<'_>, mut after: Entity) -> CommandResult {
    let before = state.entities.get(&after.id).ok_or(Refusal::NoEntity)?;
    if **before == after {
        return Ok(Effect::default());
    }
    after.provenance.changed_ms = ctx.time_ms;
    let event = UserEvent::SetEntity(after.id.clone());
    let edits = vec![Edit::Entity(Change::replaced(before.clone(), Rc::new(after)))];
    Ok(Effect::silent(user_transaction(state, edits, state.focus.clone(), event, ctx.time_ms)))
}

/// The entity with the most mentions; of two the one given first.
fn largest(state: &State, entities: &[EntityId]) -> Option<EntityId> {
    let size = |entity: &EntityId| state.annotations.mentions(entity).count();
    let mut largest: Option<(&EntityId, usize)> = None;
    for entity in entities {
        let size = size(entity);
        if largest.is_none_or(|(_, most)| size > most) {
            largest = Some((entity, size));
        }
    }
    largest.map(|(entity, _)| entity.clone())
}

fn new_entity(state: &State, ctx: &mut CommandContext<'_>, mentions: &[&Rc<Annotation>]) -> Entity {
    Entity {
        id: ctx.ids.entity(),
        label: mentions[0].label.clone(),
        name: canonical_name(state, mentions),
        identifier: Rc::from(""),
        provenance: Provenance::by_hand(ctx.annotator, ctx.time_ms),
        extra: None,
    }
}

/// The longest name among the mentions, else the longest of their words.
pub fn canonical_name(state: &State, mentions: &[&Rc<Annotation>]) -> Rc<str> {
    let is_name = |mention: &Annotation| {
        let form = mention.attributes.get("mention").and_then(AttributeValue::as_text);
        form.is_none_or(|form| form == "name")
    };
    let mut best: Option<(bool, usize, String)> = None;
    for mention in mentions {
        let surface = mention.target.surface(&state.document.text);
        let (is_name, len) = (is_name(mention), surface.chars().count());
        if best.as_ref().is_none_or(|(name, longest, _)| (is_name, len) > (*name, *longest)) {
            best = Some((is_name, len, surface));
        }
    }
    best.map_or_else(|| Rc::from(""), |(_, _, surface)| Rc::from(surface))
}

fn with_entity(mention: &Rc<Annotation>, entity: Option<EntityId>, time_ms: u64) -> Edit {
    let mut after = Annotation { entity, ..mention.as_ref().clone() };
    after.provenance.changed_ms = time_ms;
    Edit::Annotation(Change::replaced(mention.clone(), Rc::new(after)))
}
