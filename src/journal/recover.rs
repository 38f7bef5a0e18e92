//! An editor again, from a snapshot and the records made since.
//!
//! Whole records lead to exactly the state and history that were. After a loss, every edit still
//! says what its thing became; later edits are taken over by that (`rebase`), so that only what
//! stood in the lost records and was never touched again is gone. Work of version 1 is brought up
//! to date behind its last record (`upgrade`).

mod rebase;

mod restoring;

mod upgrade;

use std::rc::Rc;

use crate::edit::editor::Editor;
use crate::edit::history::Step;
use crate::edit::state::State;
use crate::edit::transaction::{Edit, Transaction};
use crate::journal::damage::Damage;
use crate::journal::record::{Record, decode_record};
use crate::journal::recover::rebase::rebased;
use crate::journal::recover::upgrade::{up_to_date, with_entities_of};
use crate::journal::snapshot::SnapshotParts;
use crate::model::document::Document;
use crate::model::schema::Schema;

pub use restoring::Restoring;

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
/// records); a damaged snapshot, or one of version 1, costs a walk through the history as well.
pub fn recover(
    document: Rc<Document>,
    schema: Rc<Schema>,
    parts: SnapshotParts,
    records: &[String],
) -> Result<Recovered, WrongText> {
    let mut restoring = Restoring::new(document, schema, parts)?;
    while restoring.step() {}
    let mut replay = restoring.finish(records);
    while replay.step() {}
    Ok(replay.finish())
}

/// The records, on their way into the editor of their snapshot, in steps.
pub struct Replay<'r> {
    records: &'r [String],
    editor: Editor,
    /// How many records were read.
    place: usize,
    /// The last record that was taken up.
    last_raw: Option<&'r str>,
    /// The number that the next whole record should have.
    next_seq: u64,
    /// Unreadable records since the last whole one: they stand where numbers are missing.
    unread: u64,
    /// Whether the work is still as version 1 had it.
    is_old: bool,
    damages: Vec<Damage>,
}

impl Replay<'_> {
    /// Goes on a little. Whether there is more to do before [`Replay::finish`].
    pub fn step(&mut self) -> bool {
        let Some(raw) = self.records.get(self.place) else { return false };
        match decode_record(raw) {
            Ok(record) if record.seq >= self.next_seq => {
                self.take_up(&record, raw);
                self.last_raw = Some(raw);
            }
            // The same bytes once more lose nothing; nor do records that the snapshot holds.
            Ok(record) => {
                if self.last_raw.is_some_and(|last_raw| last_raw != raw) {
                    self.damages.push(Damage::RecordTwice { seq: record.seq, raw: raw.clone() });
                }
                self.unread = 0;
            }
            Err(error) => {
                self.damages.push(Damage::Record { place: self.place, error, raw: raw.clone() });
                self.unread = self.unread.saturating_add(1);
            }
        }
        self.place += 1;
        true
    }

    /// How much is done.
    pub fn percent(&self) -> usize {
        self.place * 100 / self.records.len().max(1)
    }

    /// The work, once [`Replay::step`] said that there is no more to do.
    pub fn finish(mut self) -> Recovered {
        self.bring_up_to_date();
        Recovered {
            editor: self.editor,
            next_seq: self.next_seq.saturating_add(self.unread),
            damages: self.damages,
        }
    }

    fn take_up(&mut self, record: &Record, raw: &str) {
        if record.seq - self.next_seq > self.unread {
            self.damages.push(Damage::RecordsMissing { first: self.next_seq, last: record.seq - 1 });
        }
        self.next_seq = record.seq.saturating_add(1);
        self.unread = 0;
        let transaction = &record.transaction;
        if record.version > 1 {
            self.bring_up_to_date();
        }
        if self.is_old
            && let Some(editor) = with_entities_of(&self.editor, &transaction.edits)
        {
            self.editor = editor;
        }
        // Moves of the focus have no records; they change nothing that could refuse them.
        let focus = Transaction::focus(record.focus_before.clone(), transaction.time_ms);
        let _ = self.editor.dispatch(&focus);
        let Err(error) = self.editor.dispatch(transaction) else { return };
        let rebased = rebased(self.editor.state(), transaction);
        let applied = self.editor.dispatch(&rebased.transaction);
        let (seq, raw) = (record.seq, raw.to_string());
        self.damages.push(match rebased.refused.or(applied.err()) {
            Some(error) => Damage::RecordRefused { seq, error, raw },
            None => Damage::RecordRebased { seq, error, raw },
        });
        self.damages.extend(rebased.dangling.into_iter().map(|id| Damage::Dangling { id }));
    }

    /// Once, behind the last record of version 1: those count on a work as they left it.
    fn bring_up_to_date(&mut self) {
        if std::mem::replace(&mut self.is_old, false) {
            self.editor = up_to_date(&self.editor, &mut self.damages);
        }
    }
}

/// How a step is gone through.
#[derive(Clone, Copy, Debug)]
enum Way {
    Undo,
    Redo,
}

impl Way {
    fn edits(self, step: &Step) -> Vec<Edit> {
        match self {
            Way::Undo => step.edits.iter().rev().map(Edit::inverse).collect(),
            Way::Redo => step.edits.clone(),
        }
    }

    /// The state behind the step; `None` where it does not fit.
    fn edits_fit(self, state: &State, step: &mut Step) -> Option<State> {
        state.apply(&self.edits(step)).ok().map(|(after, _)| after)
    }
}

/// Forgets the steps that could not be reached by going through them from the last to the first,
/// and tells how many. `pass` goes through one.
fn keep_fitting(
    state: &State,
    done: &mut Vec<Step>,
    undone: &mut Vec<Step>,
    pass: impl Fn(Way, &State, &mut Step) -> Option<State>,
    damages: &mut Vec<Damage>,
) {
    let keep = |way: Way, steps: &mut Vec<Step>| {
        let mut state = state.clone();
        let mut kept = 0;
        for step in steps.iter_mut().rev() {
            let Some(after) = pass(way, &state, step) else { break };
            state = after;
            kept += 1;
        }
        let forgotten = steps.len() - kept;
        steps.drain(..forgotten);
        forgotten
    };
    let (undo, redo) = (keep(Way::Undo, done), keep(Way::Redo, undone));
    if undo + redo > 0 {
        damages.push(Damage::StepsForgotten { undo, redo });
    }
}

#[cfg(test)]
mod tests;
