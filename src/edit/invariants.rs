//! What must hold of a state whatever a person does. For tests: looks at everything.

use crate::edit::checks::is_allowed;
use crate::edit::derive;
use crate::edit::state::State;
use crate::model::ids::{AnnotationId, AttributeKey, EntityId, RelationId};
use crate::model::invariants::{Violation, check_invariants};
use crate::model::paragraphs::ParagraphState;

/// Something that must not be.
#[derive(Clone, Debug, PartialEq)]
pub enum StateViolation {
    Annotations(Violation),
    Relations(&'static str),
    Warnings(&'static str),
    /// An end is not there, or both ends are one.
    Dangling(RelationId),
    /// The schema forbids the relation (R5).
    Forbidden(RelationId),
    /// Another relation has the same type and ends.
    Twice(RelationId),
    /// A mention of an entity that is not there.
    NoEntity(AnnotationId),
    NoMentions(EntityId),
    /// An entity has another label than its mention.
    OtherLabel(EntityId),
    UnknownLabel(AnnotationId),
    /// A computed value is not what is computed.
    NotComputed(AnnotationId),
    /// The value is not the last one of its history.
    NotTheLast(AnnotationId, AttributeKey),
    /// A paragraph that the text does not have, or one said to have nothing in it that has.
    Paragraph(u32),
}

/// All violations. O(annotations × log + relations).
pub fn violations(state: &State) -> Vec<StateViolation> {
    let mut found: Vec<StateViolation> = check_invariants(&state.document, &state.annotations)
        .into_iter()
        .map(StateViolation::Annotations)
        .collect();
    found.extend(state.relations.check_invariants().err().map(StateViolation::Relations));
    found.extend(state.check_warned().err().map(StateViolation::Warnings));
    check_relations(state, &mut found);
    check_entities(state, &mut found);
    check_values(state, &mut found);
    for (paragraph, what) in state.paragraphs.iter() {
        let span = state.document.index.blocks.paragraphs().get(*paragraph as usize);
        let mut is_marked = false;
        if let Some(span) = span {
            state.annotations.overlapping(*span, |_| is_marked = true);
        }
        if span.is_none() || (is_marked && *what == ParagraphState::NothingHere) {
            found.push(StateViolation::Paragraph(*paragraph));
        }
    }
    found
}

fn check_relations(state: &State, found: &mut Vec<StateViolation>) {
    for relation in state.relations.iter() {
        if state.ends_of(relation).is_none() || relation.from == relation.to {
            found.push(StateViolation::Dangling(relation.id.clone()));
        } else if !is_allowed(state, relation) {
            found.push(StateViolation::Forbidden(relation.id.clone()));
        }
        let same = state.relations.of(&relation.from).filter(|other| other.says_the_same(relation));
        if same.count() != 1 {
            found.push(StateViolation::Twice(relation.id.clone()));
        }
    }
}

fn check_entities(state: &State, found: &mut Vec<StateViolation>) {
    for (id, entity) in state.entities.iter() {
        let mut mentions = state.annotations.mentions(id).peekable();
        if mentions.peek().is_none() {
            found.push(StateViolation::NoMentions(id.clone()));
        }
        if mentions.any(|mention| mention.label != entity.label) {
            found.push(StateViolation::OtherLabel(id.clone()));
        }
    }
    let homeless = state.annotations.iter().filter(|annotation| {
        annotation.entity.as_ref().is_some_and(|entity| !state.entities.contains_key(entity))
    });
    found.extend(homeless.map(|annotation| StateViolation::NoEntity(annotation.id.clone())));
}

fn check_values(state: &State, found: &mut Vec<StateViolation>) {
    for annotation in state.annotations.iter() {
        if state.schema.label(&annotation.label).is_none() {
            found.push(StateViolation::UnknownLabel(annotation.id.clone()));
        }
        if !derive::is_computed(state, annotation) {
            found.push(StateViolation::NotComputed(annotation.id.clone()));
        }
        for (key, values) in &annotation.dated {
            if values.last().map(|last| &last.value) != annotation.attributes.get(key) {
                found.push(StateViolation::NotTheLast(annotation.id.clone(), key.clone()));
            }
        }
    }
}
