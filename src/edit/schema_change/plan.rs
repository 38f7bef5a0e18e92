//! What a draft does to a work: the edits of one step, and their sum for the person to look at
//! before.

use std::rc::Rc;

use crate::edit::schema_change::{Move, SchemaDraft};
use crate::edit::state::{Focus, MarksShown, Mode, State};
use crate::edit::transaction::{Change, Edit};
use crate::model::annotation::Annotation;
use crate::model::entity::Entity;
use crate::model::ids::{AttributeKey, EntityId, LabelId};
use crate::model::schema::{AttributeType, AttributeValue, Label, Schema};
use crate::sorted::{keep_first, sort_unique};

/// The edits that make a work one under the draft's schema, without what follows from them by
/// itself: the schema first, then annotations, entities and relations.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub schema: Rc<Schema>,
    pub edits: Vec<Edit>,
}

/// How much of a work a draft touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    pub relabelled: usize,
    pub removed: usize,
    /// Annotations whose label the new schema lacks and the old one had.
    pub unknown: usize,
    /// Values that a person chose for attributes, and that go.
    pub values: usize,
    /// Relations that go, with an end or since the new schema forbids them.
    pub links: usize,
    pub entities: usize,
}

/// What a draft does to a work. O(annotations + those of labels that it touches × operations + schema).
pub fn plan(state: &State, draft: &SchemaDraft, time_ms: u64) -> Plan {
    let schema = Rc::new(draft.finished(time_ms));
    let mut edits = vec![Edit::Schema(Change::replaced(state.schema.clone(), schema.clone()))];
    let touched = touched_labels(state, draft);
    // What a draft does not touch costs it nothing: a new name is as quick in a long work as in a short one.
    let annotations = state.annotations.iter().filter(|_| !touched.is_empty());
    for before in annotations.filter(|annotation| touched.contains(&&annotation.label)) {
        match moved(draft, before, time_ms) {
            None => edits.push(Edit::Annotation(Change::removed(before.clone()))),
            Some(mut after) if after != **before => {
                after.provenance.changed_ms = time_ms;
                edits.push(Edit::Annotation(Change::replaced(before.clone(), Rc::new(after))));
            }
            Some(_) => {}
        }
    }
    relabel_entities(state, &mut edits, time_ms);
    for step in &draft.moves {
        let Move::RemoveLinks { kind } = step else { continue };
        let links = state.relations.iter().filter(|relation| relation.kind == *kind);
        edits.extend(links.map(|relation| Edit::Relation(Change::removed(relation.clone()))));
    }
    Plan { schema, edits }
}

/// The sum of complete edits.
pub fn sum(state: &State, draft: &SchemaDraft, edits: &[Edit]) -> Preview {
    let mut preview = Preview::default();
    for edit in edits {
        match edit {
            Edit::Annotation(Change { before: Some(_), after: None }) => preview.removed += 1,
            Edit::Annotation(Change { before: Some(before), after: Some(after) }) => {
                preview.relabelled += usize::from(before.label != after.label);
                let gone = before.by_hand.difference(&after.by_hand);
                preview.values += gone.filter(|key| !is_split_by(draft, &before.label, key)).count();
            }
            Edit::Relation(Change { before: Some(_), after: None }) => preview.links += 1,
            Edit::Entity(Change { before: Some(_), after: None }) => preview.entities += 1,
            _ => {}
        }
    }
    preview.unknown = count_unknown(state, draft, edits);
    preview
}

/// How many annotations have a label by then that only the old schema knows.
fn count_unknown(state: &State, draft: &SchemaDraft, edits: &[Edit]) -> usize {
    let is_gone =
        |label: &LabelId| draft.schema.label(label).is_none() && state.schema.label(label).is_some();
    let counts = state.annotations.counts().iter().filter(|(label, _)| is_gone(label));
    let mut count: usize = counts.map(|(_, count)| *count).sum();
    for edit in edits {
        let Edit::Annotation(change) = edit else { continue };
        count += usize::from(change.after.as_ref().is_some_and(|after| is_gone(&after.label)));
        count -= usize::from(change.before.as_ref().is_some_and(|before| is_gone(&before.label)));
    }
    count
}

/// Where the person is afterwards: nothing armed or shown that is not offered any more.
pub fn focus_after(state: &State, schema: &Schema) -> Focus {
    let is_offered = |label: &LabelId| schema.label(label).is_some_and(|label| !label.retired);
    let marks = match &state.focus.marks {
        MarksShown::Only(label) if schema.label(label).is_none() => MarksShown::All,
        marks => marks.clone(),
    };
    Focus {
        armed: state.focus.armed.clone().filter(is_offered),
        mode: Mode::Normal,
        marks,
        ..state.focus.clone()
    }
}

/// The labels in use whose annotations the draft may have otherwise.
fn touched_labels<'s>(state: &'s State, draft: &SchemaDraft) -> Vec<&'s LabelId> {
    let is_moved = |id: &LabelId| {
        draft.moves.iter().any(|step| match step {
            Move::Relabel { from: label, .. }
            | Move::Remove { label }
            | Move::Split { label, .. }
            | Move::Value { label, .. } => label == id,
            Move::RemoveLinks { .. } => false,
        })
    };
    let has_other_values = |id: &LabelId| match (draft.base.label(id), draft.schema.label(id)) {
        (Some(old), Some(new)) => old.attributes != new.attributes || old.is_entity != new.is_entity,
        _ => false,
    };
    let in_use = state.annotations.counts().keys();
    in_use.filter(|id| is_moved(id) || (!draft.is_replacing() && has_other_values(id))).collect()
}

/// Whether a label's values of an attribute became labels.
fn is_split_by(draft: &SchemaDraft, label: &LabelId, key: &AttributeKey) -> bool {
    draft
        .moves
        .iter()
        .any(|step| matches!(step, Move::Split { label: split, key: by, .. } if split == label && by == key))
}

/// An annotation as the draft has it; `None` where it goes.
fn moved(draft: &SchemaDraft, before: &Annotation, time_ms: u64) -> Option<Annotation> {
    let mut after = before.clone();
    for step in &draft.moves {
        match step {
            Move::Relabel { from, to } if after.label == *from => after.label = to.clone(),
            Move::Remove { label } if after.label == *label => return None,
            Move::Value { label, key, from, to } if after.label == *label => {
                replace_value(&mut after, key, from, to);
            }
            Move::Split { label, key, to } if after.label == *label => {
                let value = after.attributes.get(key).and_then(AttributeValue::as_text);
                if let Some((_, to)) = to.iter().find(|(from, _)| Some(&**from) == value) {
                    after.label = to.clone();
                }
            }
            _ => {}
        }
    }
    let old = draft.base.label(&before.label);
    let Some(new) = draft.schema.label(&after.label) else { return Some(after) };
    if after.label != before.label {
        after.label = before.label.clone();
        after = after.relabelled(old, new, time_ms);
    }
    if !draft.is_replacing() {
        fit_values(&mut after, old, new);
    }
    Some(after)
}

fn replace_value(annotation: &mut Annotation, key: &AttributeKey, from: &Rc<str>, to: &Rc<str>) {
    let is_from = |value: &AttributeValue| value.as_text() == Some(from);
    let to = AttributeValue::Text(to.clone());
    if annotation.attributes.get(key).is_some_and(is_from) {
        annotation.attributes.insert(key.clone(), to.clone());
    }
    if let Some(values) =
        annotation.dated.get(key).filter(|values| values.iter().any(|dated| is_from(&dated.value)))
    {
        let mut values = values.to_vec();
        values.iter_mut().filter(|dated| is_from(&dated.value)).for_each(|dated| dated.value = to.clone());
        annotation.dated.insert(key.clone(), Rc::from(values));
    }
}

/// Takes away the values that the schema had a place for and has no more.
fn fit_values(annotation: &mut Annotation, old: Option<&Label>, new: &Label) {
    let keys: Vec<AttributeKey> = annotation.attributes.keys().cloned().collect();
    for key in keys {
        let (before, now) = (old.and_then(|old| old.attribute(&key)), new.attribute(&key));
        match (before, now) {
            (Some(_), None) => {
                annotation.attributes.remove(&key);
                annotation.by_hand.remove(&key);
                annotation.dated.remove(&key);
            }
            (Some(before), Some(now)) if before != now => fit_value(annotation, before, now),
            _ => {}
        }
    }
    if old.is_some_and(|old| old.is_entity) && !new.is_entity {
        annotation.entity = None;
    }
}

/// Values that fitted the attribute and fit no more give way to the one before in the history,
/// else to the default.
fn fit_value(annotation: &mut Annotation, before: &AttributeType, now: &AttributeType) {
    let key = &now.key;
    let fits = |value: &AttributeValue| now.kind.allows(value) || !before.kind.allows(value);
    if let Some(values) = annotation.dated.get(key) {
        let kept: Vec<_> = values.iter().filter(|dated| fits(&dated.value)).cloned().collect();
        match kept.last().filter(|_| now.is_dated) {
            Some(last) => {
                annotation.attributes.insert(key.clone(), last.value.clone());
                annotation.dated.insert(key.clone(), Rc::from(kept));
                return;
            }
            None => drop(annotation.dated.remove(key)),
        }
    }
    if annotation.attributes.get(key).is_none_or(fits) {
        return;
    }
    annotation.by_hand.remove(key);
    match &now.default {
        Some(default) => annotation.attributes.insert(key.clone(), default.clone()),
        None => annotation.attributes.remove(key),
    };
}

/// Gives the entities whose mentions got another label the one that most of them have. The others
/// leave them, as everything else that follows.
fn relabel_entities(state: &State, edits: &mut Vec<Edit>, time_ms: u64) {
    let relabelled = edits.iter().filter_map(|edit| match edit {
        Edit::Annotation(Change { before: Some(before), after: Some(after) })
            if before.label != after.label =>
        {
            after.entity.clone()
        }
        _ => None,
    });
    let entities: Vec<EntityId> = keep_first(relabelled.collect());
    if entities.is_empty() {
        return;
    }
    let Ok((after, _)) = state.apply_loosely(edits) else { return };
    for entity in entities.iter().filter_map(|id| state.entities.get(id)) {
        let mut labels: Vec<LabelId> =
            after.annotations.mentions(&entity.id).map(|mention| mention.label.clone()).collect();
        let all = labels.clone();
        sort_unique(&mut labels);
        let count = |label: &LabelId| all.iter().filter(|other| *other == label).count();
        let mut most: Option<(&LabelId, usize)> = None;
        for label in &labels {
            if most.is_none_or(|(_, size)| count(label) > size) {
                most = Some((label, count(label)));
            }
        }
        if let Some((label, _)) = most.filter(|(label, _)| **label != entity.label) {
            let mut relabelled = Entity { label: label.clone(), ..entity.as_ref().clone() };
            relabelled.provenance.changed_ms = time_ms;
            edits.push(Edit::Entity(Change::replaced(entity.clone(), Rc::new(relabelled))));
        }
    }
}
