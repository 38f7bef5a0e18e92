//! An editor again, from a snapshot and the records made since.
//!
//! Whole records lead to exactly the state and history that were. After a loss, every edit still
//! says what its annotation or field became; later edits are taken over by that, so that only
//! what stood in the lost records and was never touched again is gone.

use std::rc::Rc;

use crate::edit::apply::EditError;
use crate::edit::editor::Editor;
use crate::edit::history::{History, Step};
use crate::edit::state::State;
use crate::edit::transaction::{Change, Edit, Origin, Transaction};
use crate::journal::damage::Damage;
use crate::journal::record::{Record, decode_record};
use crate::journal::snapshot::SnapshotParts;
use crate::model::annotation::Annotation;
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::Document;
use crate::model::schema::Schema;

/// The work as it was, as far as it could be read.
#[derive(Clone, Debug)]
pub struct Recovered {
    pub editor: Editor,
    /// The number for the next record. After damage, write a snapshot at `next_seq - 1` before
    /// it: the damaged records are then no longer needed.
    pub next_seq: u64,
    /// Empty where all is as it was.
    pub damages: Vec<Damage>,
}

/// The snapshot is of another text: its offsets would mark other words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongText {
    pub expected_sha256: Rc<str>,
    pub found_sha256: Rc<str>,
}

/// The work of a snapshot and of the records after it. `records` are in the order of their
/// numbers; those that the snapshot holds already are passed over. O(annotations × log +
/// records); a damaged snapshot costs a walk through the history as well.
pub fn recover(
    document: Rc<Document>,
    schema: Rc<Schema>,
    parts: SnapshotParts,
    records: &[String],
) -> Result<Recovered, WrongText> {
    if *document.sha256() != parts.text_sha256 {
        return Err(WrongText {
            expected_sha256: parts.text_sha256,
            found_sha256: document.sha256().clone(),
        });
    }
    let mut damages = Vec::new();
    let mut replay = Replay {
        next_seq: parts.seq.saturating_add(1),
        unread: 0,
        editor: editor_of(document, schema, parts, &mut damages),
        damages,
    };
    let mut last_raw: Option<&String> = None;
    for (place, raw) in records.iter().enumerate() {
        match decode_record(raw) {
            Ok(record) if record.seq >= replay.next_seq => {
                replay.take_up(&record, raw);
                last_raw = Some(raw);
            }
            // The same bytes once more lose nothing; nor do records that the snapshot holds.
            Ok(record) => {
                if last_raw.is_some_and(|last_raw| last_raw != raw) {
                    replay.damages.push(Damage::RecordTwice { seq: record.seq, raw: raw.clone() });
                }
                replay.unread = 0;
            }
            Err(error) => {
                replay.damages.push(Damage::Record { place, error, raw: raw.clone() });
                replay.unread = replay.unread.saturating_add(1);
            }
        }
    }
    Ok(Recovered {
        editor: replay.editor,
        next_seq: replay.next_seq.saturating_add(replay.unread),
        damages: replay.damages,
    })
}

struct Replay {
    editor: Editor,
    /// The number that the next whole record should have.
    next_seq: u64,
    /// Unreadable records since the last whole one: they stand where numbers are missing.
    unread: u64,
    damages: Vec<Damage>,
}

impl Replay {
    fn take_up(&mut self, record: &Record, raw: &str) {
        if record.seq - self.next_seq > self.unread {
            self.damages.push(Damage::RecordsMissing { first: self.next_seq, last: record.seq - 1 });
        }
        self.next_seq = record.seq.saturating_add(1);
        self.unread = 0;
        let transaction = &record.transaction;
        // Moves of the focus have no records; they change nothing that could refuse them.
        let focus = Transaction::focus(record.focus_before.clone(), transaction.time_ms);
        let _ = self.editor.dispatch(&focus);
        let Err(error) = self.editor.dispatch(transaction) else { return };
        let (rebased, refused) = rebased(self.editor.state(), transaction);
        let applied = self.editor.dispatch(&rebased);
        let (seq, raw) = (record.seq, raw.to_string());
        self.damages.push(match refused.or(applied.err()) {
            Some(error) => Damage::RecordRefused { seq, error, raw },
            None => Damage::RecordRebased { seq, error, raw },
        });
    }
}

/// The same outcome from another state: each annotation and field becomes what the transaction
/// made of it, as a step of the person's own. Edits that cannot be applied are left out, the
/// last reason is given.
fn rebased(state: &State, transaction: &Transaction) -> (Transaction, Option<EditError>) {
    let mut state = state.clone();
    let mut edits = Vec::new();
    let mut refused = None;
    for edit in &transaction.edits {
        let Some(edit) = rebased_edit(&state, edit) else { continue };
        match state.apply(std::slice::from_ref(&edit)) {
            Ok((after, _)) => {
                state = after;
                edits.push(edit);
            }
            Err(error) => refused = Some(error),
        }
    }
    (Transaction { edits, origin: Origin::User, ..transaction.clone() }, refused)
}

/// `None` where all is already as the edit would make it.
fn rebased_edit(state: &State, edit: &Edit) -> Option<Edit> {
    match edit {
        Edit::Annotation(change) => {
            let id = &change.after.as_ref().or(change.before.as_ref())?.id;
            let before = state.annotations.get(id).cloned();
            let change = Change { before, after: change.after.clone() };
            (change.before != change.after).then_some(Edit::Annotation(change))
        }
        Edit::Field { key, change } => {
            let change = Change { before: state.fields.get(key).cloned(), after: change.after.clone() };
            (change.before != change.after).then(|| Edit::Field { key: key.clone(), change })
        }
        _ => None,
    }
}

fn editor_of(
    document: Rc<Document>,
    schema: Rc<Schema>,
    parts: SnapshotParts,
    damages: &mut Vec<Damage>,
) -> Editor {
    let in_text = |annotation: &Annotation| {
        annotation.target.fragments().iter().all(|fragment| document.holds(*fragment))
    };
    let (inside, outside): (Vec<_>, Vec<_>) = parts.annotations.into_iter().partition(in_text);
    let is_whole = parts.is_whole && outside.is_empty();
    damages.extend(outside.into_iter().map(|annotation| Damage::OutsideText { id: annotation.id }));
    let (annotations, duplicates) = AnnotationSet::from_annotations(inside);
    debug_assert!(duplicates.is_empty(), "ids of a snapshot are unique");
    let state = State {
        annotations,
        fields: Rc::new(parts.fields),
        modified_ms: parts.modified_ms,
        carried: Rc::new(parts.carried),
        ..State::new(document, schema)
    };
    let (mut done, mut undone) = (parts.done, parts.undone);
    if !is_whole {
        let undo =
            keep_fitting(&state, &mut done, |step| step.edits.iter().rev().map(Edit::inverse).collect());
        let redo = keep_fitting(&state, &mut undone, |step| step.edits.clone());
        if undo + redo > 0 {
            damages.push(Damage::StepsForgotten { undo, redo });
        }
    }
    Editor::with_history(state, History::from_steps(done, undone, parts.is_sealed))
}

/// Forgets the steps that could not be reached by going through `steps` from the last to the
/// first. How many were forgotten.
fn keep_fitting(state: &State, steps: &mut Vec<Step>, edits: impl Fn(&Step) -> Vec<Edit>) -> usize {
    let mut state = state.clone();
    let fits = |step: &&Step| match state.apply(&edits(step)) {
        Ok((after, _)) => {
            state = after;
            true
        }
        Err(_) => false,
    };
    let forgotten = steps.len() - steps.iter().rev().take_while(fits).count();
    steps.drain(..forgotten);
    forgotten
}

#[cfg(test)]
mod tests;
