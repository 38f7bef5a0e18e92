//! Taking over the work of a file on the same text, as one step that can be undone.

use crate::edit::commands::{CommandContext, CommandResult};
use crate::edit::notice::Effect;
use crate::edit::state::{Focus, Mode, State};
use crate::edit::transaction::{Change, Edit, Origin, Transaction, UserEvent};
use crate::sorted::{SortedMap, sort_unique};

/// Makes the state's work that of `other`, which is on the same text: schema, annotations,
/// relations, entities, fields and paragraphs. The time spent stays that of the state.
///
/// What `other` says is taken as it is, computed values too. O(things of both × log).
pub fn replace_work(state: &State, ctx: &CommandContext<'_>, other: &State) -> CommandResult {
    let mut edits = Vec::new();
    if state.schema != other.schema {
        edits.push(Edit::Schema(Change::replaced(state.schema.clone(), other.schema.clone())));
    }
    let annotations = state.annotations.iter().chain(other.annotations.iter());
    for id in all_of(annotations.map(|annotation| &annotation.id)) {
        let change = change_of(state.annotations.get(id), other.annotations.get(id));
        edits.extend(change.map(Edit::Annotation));
    }
    for id in keys_of(&state.entities, &other.entities) {
        edits.extend(change_of(state.entities.get(id), other.entities.get(id)).map(Edit::Entity));
    }
    let relations = state.relations.iter().chain(other.relations.iter());
    for id in all_of(relations.map(|relation| &relation.id)) {
        edits.extend(change_of(state.relations.get(id), other.relations.get(id)).map(Edit::Relation));
    }
    for key in keys_of(&state.fields, &other.fields) {
        let change = change_of(state.fields.get(key), other.fields.get(key));
        edits.extend(change.map(|change| Edit::Field { key: key.clone(), change }));
    }
    for paragraph in keys_of(&state.paragraphs, &other.paragraphs) {
        let change = change_of(state.paragraphs.get(paragraph), other.paragraphs.get(paragraph));
        edits.extend(change.map(|change| Edit::Paragraph { paragraph: *paragraph, change }));
    }
    if edits.is_empty() {
        return Ok(Effect::default());
    }
    let focus = Some(Focus { chosen: None, mode: Mode::Normal, ..state.focus.clone() });
    // Nothing is completed: a file's own values count, whatever this program would compute.
    Ok(Effect::silent(Transaction {
        edits,
        focus,
        event: UserEvent::Replace,
        origin: Origin::User,
        time_ms: ctx.time_ms,
        active_ms: 0,
    }))
}

/// `None` where nothing changes.
fn change_of<T: Clone + PartialEq>(before: Option<&T>, after: Option<&T>) -> Option<Change<T>> {
    (before != after).then(|| Change { before: before.cloned(), after: after.cloned() })
}

fn keys_of<'m, K: Ord, V>(left: &'m SortedMap<K, V>, right: &'m SortedMap<K, V>) -> Vec<&'m K> {
    all_of(left.keys().chain(right.keys()))
}

/// Each once, in order.
fn all_of<'i, T: Ord>(items: impl Iterator<Item = &'i T>) -> Vec<&'i T> {
    let mut all: Vec<&T> = items.collect();
    sort_unique(&mut all);
    all
}

#[cfg(test)]
mod tests;
