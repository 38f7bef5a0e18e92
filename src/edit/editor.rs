//! The editor without a screen: a state, its history, and the one door for changes.

use crate::edit::apply::{ChangeSummary, EditError};
use crate::edit::history::{History, Step};
use crate::edit::state::{Focus, Mode, State};
use crate::edit::transaction::{Edit, Origin, Transaction};

/// A document being worked on.
#[derive(Clone, Debug)]
pub struct Editor {
    state: State,
    history: History,
}

impl Editor {
    pub fn new(state: State) -> Editor {
        Editor { state, history: History::default() }
    }

    pub fn with_history(state: State, history: History) -> Editor {
        Editor { state, history }
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    /// Applies a transaction, records it for undo, or changes nothing and says why. What is
    /// typed and taken back in one go leaves no trace: no step, and the times of before.
    ///
    /// Given the same state, transactions lead to the same state and history: a stored journal is
    /// replayed through here. An undo or redo must carry the edits that the history has in hand.
    pub fn dispatch(&mut self, transaction: &Transaction) -> Result<ChangeSummary, EditError> {
        if !transaction.edits.is_empty() && !self.is_in_hand(transaction) {
            return Err(EditError::Malformed);
        }
        let (mut state, summary) = self.state.apply(&transaction.edits)?;
        if let Some(focus) = &transaction.focus {
            state.focus = focus.clone();
        }
        if let Some(id) = &state.focus.chosen
            && state.annotations.get(id).is_none()
        {
            state.focus.chosen = None;
            state.focus.mode = Mode::Normal;
        }
        if !transaction.edits.is_empty() {
            state.spend_time(transaction);
            match transaction.origin {
                Origin::User if self.history.is_taken_back_by(transaction) => {
                    let step = self.history.last_done().cloned().ok_or(EditError::Malformed)?;
                    let inverse: Vec<Edit> = step.edits.iter().rev().map(Edit::inverse).collect();
                    let (before, _) = self.state.apply(&inverse)?;
                    self.history.forget_last();
                    state = State {
                        focus: state.focus,
                        timing: state.timing,
                        modified_ms: step.modified_before_ms,
                        ..before
                    };
                }
                Origin::User => {
                    state.modified_ms = Some(transaction.time_ms);
                    let before = (&self.state.focus, self.state.modified_ms);
                    self.history.record(transaction, before, &state.focus);
                }
                Origin::Undo => {
                    let step = self.history.pop_done().ok_or(EditError::Malformed)?;
                    state.modified_ms = step.modified_before_ms;
                }
                Origin::Redo => {
                    let step = self.history.pop_undone().ok_or(EditError::Malformed)?;
                    state.modified_ms = Some(step.time_ms);
                }
            }
        }
        self.state = state;
        Ok(summary)
    }

    /// Whether an undo or redo carries just the edits of the step that it is to take.
    fn is_in_hand(&self, transaction: &Transaction) -> bool {
        let edits = &transaction.edits;
        match transaction.origin {
            Origin::User => true,
            Origin::Undo => self.history.last_done().is_some_and(|step| {
                step.edits.len() == edits.len()
                    && step.edits.iter().rev().zip(edits).all(|(step, edit)| step.inverse() == *edit)
            }),
            Origin::Redo => self.history.undone().last().is_some_and(|step| step.edits == *edits),
        }
    }

    /// The transaction that takes the last step back; `None` when there is none.
    pub fn undo(&self, time_ms: u64) -> Option<Transaction> {
        Some(self.history_transaction(self.history.last_done()?, Origin::Undo, time_ms))
    }

    /// The transaction that does the last undone step again; `None` when there is none.
    pub fn redo(&self, time_ms: u64) -> Option<Transaction> {
        Some(self.history_transaction(self.history.undone().last()?, Origin::Redo, time_ms))
    }

    fn history_transaction(&self, step: &Step, origin: Origin, time_ms: u64) -> Transaction {
        let (edits, focus) = match origin {
            Origin::Undo => (step.edits.iter().rev().map(Edit::inverse).collect(), &step.focus_before),
            Origin::User | Origin::Redo => (step.edits.clone(), &step.focus_after),
        };
        // The person returns to where the step was made, with today's view of the marks. Ends
        // stay in hand only where the step is of the annotation whose ends they are.
        let now = &self.state.focus;
        let focus = Focus {
            armed: now.armed.clone(),
            marks: now.marks.clone(),
            links: now.links,
            mode: match &now.mode {
                Mode::MovingEnds(_) if now.chosen == focus.chosen => now.mode.clone(),
                _ => Mode::Normal,
            },
            ..focus.clone()
        };
        Transaction { edits, focus: Some(focus), event: step.event.clone(), origin, time_ms, active_ms: 0 }
    }
}

impl State {
    /// Counts the time that led to a transaction: for the document, and for the annotation that it
    /// is about, which is the first one that it changes.
    fn spend_time(&mut self, transaction: &Transaction) {
        if transaction.active_ms == 0 {
            return;
        }
        let active_ms = u64::from(transaction.active_ms);
        self.timing.add(active_ms);
        let annotation = transaction.edits.iter().find_map(|edit| match edit {
            Edit::Annotation(change) => change.side().map(|annotation| annotation.id.clone()),
            Edit::Relation(change) => change.side().map(|relation| relation.to.clone()),
            _ => None,
        });
        if let Some(id) = annotation {
            self.timing.add_to(&id, active_ms);
        }
    }
}
