//! Work of version 1, which knew no relations and entities, brought up to date.
//!
//! Its annotations name entities that are not there, and what a file said of relations and
//! entities was carried as JSON. Its records are replayed as they are, with entities that stand in
//! for the missing ones. Then real ones are made, and the steps of the undo history get the edits
//! that this version would have made with them.

use std::rc::Rc;

use crate::edit::apply::EditError;
use crate::edit::editor::Editor;
use crate::edit::history::{History, Step};
use crate::edit::state::State;
use crate::edit::transaction::{Change, Edit};
use crate::formats::json::{adopt_carried, entity_of_mention};
use crate::journal::damage::Damage;
use crate::journal::recover::{Way, keep_fitting};
use crate::model::annotation::Annotation;
use crate::model::ids::{AnnotationId, RelationId};

/// The editor with an entity for each that the annotations of these edits are mentions of; `None`
/// where it has them all.
pub(super) fn with_entities_of(editor: &Editor, edits: &[Edit]) -> Option<Editor> {
    let mut state = editor.state().clone();
    for mention in edits.iter().filter_map(annotation_after) {
        let missing = mention.entity.as_ref().filter(|id| !state.entities.contains_key(*id));
        if let Some(id) = missing {
            let entity = entity_of_mention(&state.document, id, mention);
            Rc::make_mut(&mut state.entities).insert(id.clone(), Rc::new(entity));
        }
    }
    let is_whole = Rc::ptr_eq(&state.entities, &editor.state().entities);
    (!is_whole).then(|| Editor::with_history(state, editor.history().clone()))
}

fn annotation_after(edit: &Edit) -> Option<&Rc<Annotation>> {
    match edit {
        Edit::Annotation(change) => change.after.as_ref(),
        _ => None,
    }
}

/// The work with relations and entities of its own. O(annotations × log + edits of the history).
pub(super) fn up_to_date(editor: &Editor, damages: &mut Vec<Damage>) -> Editor {
    let mut state = editor.state().clone();
    adopt_carried(&mut state);
    let history = editor.history();
    let copy = |step: &Rc<Step>| step.as_ref().clone();
    let mut done: Vec<Step> = history.done().map(copy).collect();
    let mut undone: Vec<Step> = history.undone().iter().map(copy).collect();
    keep_fitting(&state, &mut done, &mut undone, pass, damages);
    let history = History::from_steps(done, undone, history.is_sealed());
    Editor::with_history(state, history)
}

/// Goes through a step and gives it what it lacks: the relations that go with an annotation, the
/// entity that comes with one.
fn pass(way: Way, state: &State, step: &mut Step) -> Option<State> {
    loop {
        let edits = way.edits(step);
        let missing = match state.apply(&edits) {
            Ok((after, _)) => return Some(after),
            Err(EditError::Dangling(relation)) => removal(state, &relation)?,
            Err(EditError::NoEntity(annotation)) => addition(state, &edits, &annotation)?,
            Err(_) => return None,
        };
        // A step holds its edits forwards.
        step.edits.push(match way {
            Way::Undo => missing.inverse(),
            Way::Redo => missing,
        });
    }
}

fn removal(state: &State, relation: &RelationId) -> Option<Edit> {
    Some(Edit::Relation(Change::removed(state.relations.get(relation)?.clone())))
}

fn addition(state: &State, edits: &[Edit], annotation: &AnnotationId) -> Option<Edit> {
    let mention = edits.iter().filter_map(annotation_after).find(|mention| mention.id == *annotation)?;
    let entity = entity_of_mention(&state.document, mention.entity.as_ref()?, mention);
    Some(Edit::Entity(Change::added(Rc::new(entity))))
}
