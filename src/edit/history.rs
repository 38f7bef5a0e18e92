//! Undo and redo of everything.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::edit::state::{Focus, Mode};
use crate::edit::transaction::{Edit, Transaction, UserEvent, push_edit};

/// How many steps can be undone.
pub const STEPS_MAX: usize = 20_000;

/// Steps of one kind on one thing join when no longer apart than this.
pub const JOIN_WITHIN_MS: u64 = 1_000;

/// One step that can be undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Forward, in order.
    pub edits: Vec<Edit>,
    pub event: UserEvent,
    /// When its last edit was made.
    pub time_ms: u64,
    /// The document's time of last edit before the step.
    pub modified_before_ms: Option<u64>,
    pub focus_before: Focus,
    pub focus_after: Focus,
}

/// The steps done and undone, oldest first. Limits: the oldest are forgotten beyond
/// [`STEPS_MAX`]; a new step forgets what was undone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    done: VecDeque<Rc<Step>>,
    undone: Vec<Rc<Step>>,
    /// Whether the next step stands alone, whatever it is.
    is_sealed: bool,
}

impl History {
    /// A history as it was stored: see [`History::is_sealed`].
    pub fn from_steps(done: Vec<Step>, undone: Vec<Step>, is_sealed: bool) -> History {
        let rc = |steps: Vec<Step>| steps.into_iter().map(Rc::new);
        History { done: rc(done).collect(), undone: rc(undone).collect(), is_sealed }
    }

    /// Whether the next step stands alone, as after an undo.
    pub fn is_sealed(&self) -> bool {
        self.is_sealed
    }

    pub fn done(&self) -> impl ExactSizeIterator<Item = &Rc<Step>> {
        self.done.iter()
    }

    /// The last is the next to be redone.
    pub fn undone(&self) -> &[Rc<Step>] {
        &self.undone
    }

    /// The step that undo would take back.
    pub fn last_done(&self) -> Option<&Rc<Step>> {
        self.done.back()
    }

    /// Takes up a user's transaction that was applied to a state with this focus and time.
    pub fn record(&mut self, transaction: &Transaction, before: (&Focus, Option<u64>), focus_after: &Focus) {
        self.undone.clear();
        if let Some(joined) = self.joined(transaction, focus_after) {
            self.done.pop_back();
            self.done.push_back(Rc::new(joined));
            return;
        }
        self.is_sealed = false;
        self.done.push_back(Rc::new(Step {
            edits: transaction.edits.clone(),
            event: transaction.event.clone(),
            time_ms: transaction.time_ms,
            modified_before_ms: before.1,
            focus_before: without_link(before.0),
            focus_after: without_link(focus_after),
        }));
        if self.done.len() > STEPS_MAX {
            self.done.pop_front();
        }
    }

    /// Whether a user's transaction joins the last step and leaves all as it was before it.
    pub fn is_taken_back_by(&self, transaction: &Transaction) -> bool {
        let edits = self.joined_edits(transaction);
        edits.is_some_and(|edits| edits.iter().all(Edit::leaves_all_as_it_was))
    }

    /// Forgets the last step, which was taken back, and all that was undone.
    pub fn forget_last(&mut self) {
        self.undone.clear();
        self.is_sealed = true;
        self.done.pop_back();
    }

    pub fn pop_done(&mut self) -> Option<Rc<Step>> {
        let step = self.done.pop_back()?;
        self.undone.push(step.clone());
        self.is_sealed = true;
        Some(step)
    }

    pub fn pop_undone(&mut self) -> Option<Rc<Step>> {
        let step = self.undone.pop()?;
        self.done.push_back(step.clone());
        self.is_sealed = true;
        Some(step)
    }

    /// The last step with the transaction in it, where the two were made in one go.
    fn joined(&self, transaction: &Transaction, focus_after: &Focus) -> Option<Step> {
        let edits = self.joined_edits(transaction)?;
        let last = self.done.back()?;
        Some(Step {
            edits,
            event: last.event.clone(),
            time_ms: transaction.time_ms,
            modified_before_ms: last.modified_before_ms,
            focus_before: last.focus_before.clone(),
            focus_after: without_link(focus_after),
        })
    }

    fn joined_edits(&self, transaction: &Transaction) -> Option<Vec<Edit>> {
        let last = self.done.back()?;
        let in_one_go = transaction.time_ms.saturating_sub(last.time_ms) <= JOIN_WITHIN_MS;
        if self.is_sealed || !in_one_go || last.event != transaction.event || !last.event.is_joinable() {
            return None;
        }
        let mut edits = last.edits.clone();
        for edit in &transaction.edits {
            push_edit(&mut edits, edit.clone());
        }
        Some(edits)
    }
}

/// A link that is being looked for is not taken up again by an undo.
fn without_link(focus: &Focus) -> Focus {
    match focus.mode {
        Mode::Linking(_) => Focus { mode: Mode::Normal, ..focus.clone() },
        _ => focus.clone(),
    }
}
