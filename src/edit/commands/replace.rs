//! Taking over the work of a file on the same text, as one step that can be undone.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::edit::commands::{CommandContext, CommandResult};
use crate::edit::notice::Effect;
use crate::edit::state::{Focus, Mode, State};
use crate::edit::transaction::{Change, Edit, Origin, Transaction, UserEvent};
use crate::model::annotation::Annotation;
use crate::model::relation::Relation;
use crate::sorted::{SortedMap, sort_unique};

/// Makes the state's work that of `other`, which is on the same text: schema, annotations,
/// relations, entities, fields and paragraphs. The time spent stays that of the state.
///
/// What `other` says is taken as it is, computed values too. O(things of both).
pub fn replace_work(state: &State, ctx: &CommandContext<'_>, other: &State) -> CommandResult {
    let mut edits = Vec::new();
    if state.schema != other.schema {
        edits.push(Edit::Schema(Change::replaced(state.schema.clone(), other.schema.clone())));
    }
    let by_id = |left: &Rc<Annotation>, right: &Rc<Annotation>| left.id.cmp(&right.id);
    for_changes(state.annotations.iter_by_id(), other.annotations.iter_by_id(), by_id, |change| {
        edits.push(Edit::Annotation(change));
    });
    for id in keys_of(&state.entities, &other.entities) {
        edits.extend(change_of(state.entities.get(id), other.entities.get(id)).map(Edit::Entity));
    }
    let by_id = |left: &Rc<Relation>, right: &Rc<Relation>| left.id.cmp(&right.id);
    for_changes(state.relations.iter(), other.relations.iter(), by_id, |change| {
        edits.push(Edit::Relation(change));
    });
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

/// The changes that make the things of one state those of another. Both come in `order`, and so nothing has to be
/// sorted or looked up.
fn for_changes<'s, T: Clone + PartialEq + 's>(
    before: impl Iterator<Item = &'s T>,
    after: impl Iterator<Item = &'s T>,
    order: impl Fn(&T, &T) -> Ordering,
    mut push: impl FnMut(Change<T>),
) {
    let mut after = after.peekable();
    for item in before {
        while let Some(added) = after.next_if(|added| order(added, item) == Ordering::Less) {
            push(Change::added(added.clone()));
        }
        let same = after.next_if(|after| order(after, item) == Ordering::Equal);
        change_of(Some(item), same).into_iter().for_each(&mut push);
    }
    after.for_each(|added| push(Change::added(added.clone())));
}

/// The keys of either, each once, in order.
fn keys_of<'m, K: Ord, V>(left: &'m SortedMap<K, V>, right: &'m SortedMap<K, V>) -> Vec<&'m K> {
    let mut all: Vec<&K> = left.keys().chain(right.keys()).collect();
    sort_unique(&mut all);
    all
}

#[cfg(test)]
mod tests;
