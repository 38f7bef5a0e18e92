//! Taking over the work of a file on the same text, as one step that can be undone.

use std::rc::Rc;

use crate::edit::commands::{CommandContext, CommandResult, user_transaction};
use crate::edit::notice::Effect;
use crate::edit::state::{Focus, State};
use crate::edit::transaction::{Change, Edit, UserEvent};
use crate::model::ids::FieldKey;
use crate::sorted::SortedSet;

/// Makes the state's annotations and fields those of `other`, which is on the same text.
/// O(annotations of both).
pub fn replace_work(state: &State, ctx: &CommandContext<'_>, other: &State) -> CommandResult {
    let mut edits = Vec::new();
    for before in state.annotations.iter() {
        let after = other.annotations.get(&before.id).cloned();
        if after.as_ref() != Some(before) {
            edits.push(Edit::Annotation(Change { before: Some(before.clone()), after }));
        }
    }
    let is_new = |id| state.annotations.get(id).is_none();
    let added = other.annotations.iter().filter(|annotation| is_new(&annotation.id));
    edits.extend(added.map(|annotation| Edit::Annotation(Change::added(Rc::clone(annotation)))));
    let keys: SortedSet<&FieldKey> = state.fields.keys().chain(other.fields.keys()).collect();
    for key in keys {
        let (before, after) = (state.fields.get(key).cloned(), other.fields.get(key).cloned());
        if before != after {
            edits.push(Edit::Field { key: key.clone(), change: Change { before, after } });
        }
    }
    if edits.is_empty() {
        return Ok(Effect::default());
    }
    let focus = Focus { chosen: None, ..state.focus.clone() };
    Ok(Effect::silent(user_transaction(state, edits, focus, UserEvent::Replace, ctx.time_ms)))
}
