//! Commands: pure functions from a state to a transaction, or to the reason why not.

pub mod annotate;

pub mod change;

pub mod link;

pub mod entity;

pub mod paragraph;

pub mod status;

pub mod warnings;

pub mod ends;

pub mod choose;

pub mod caret;

pub mod replace;

pub mod schema;

pub mod run;

use std::rc::Rc;

use crate::edit::derive::complete;
use crate::edit::notice::{Effect, Refusal};
use crate::edit::state::{Focus, Mode, State};
use crate::edit::transaction::{Change, Edit, Origin, Transaction, UserEvent};
use crate::model::annotation::{Annotation, Target};
use crate::model::ids::{AnnotatorId, IdSource};

/// What a command gets from outside: time, identifiers, who is at work, how to snap.
#[derive(Debug)]
pub struct CommandContext<'c> {
    /// Milliseconds since 1970 in UTC.
    pub time_ms: u64,
    pub ids: &'c mut IdSource,
    pub annotator: &'c AnnotatorId,
    pub snap: Snap,
}

/// What selections grow to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Snap {
    #[default]
    Words,
    Characters,
}

/// What a command gives: its effect, or why there is none.
pub type CommandResult = Result<Effect, Refusal>;

/// A user's transaction with these edits and all that follows from them, that leads to `focus`.
fn user_transaction(
    state: &State,
    edits: Vec<Edit>,
    focus: Focus,
    event: UserEvent,
    time_ms: u64,
) -> Transaction {
    let edits = complete(state, edits, time_ms);
    Transaction { edits, focus: Some(focus), event, origin: Origin::User, time_ms, active_ms: 0 }
}

/// How many relations a transaction takes away.
fn links_removed(transaction: &Transaction) -> usize {
    let is_removal = |edit: &&Edit| matches!(edit, Edit::Relation(Change { before: Some(_), after: None }));
    transaction.edits.iter().filter(is_removal).count()
}

/// The focus of the moment with no mode.
fn normal(state: &State) -> Focus {
    Focus { mode: Mode::Normal, ..state.focus.clone() }
}

/// The edit that makes `after` of `before`.
fn replace(before: &Rc<Annotation>, after: Annotation) -> Edit {
    Edit::Annotation(Change::replaced(before.clone(), Rc::new(after)))
}

/// The words of a target, for notices: at most some dozens of characters.
fn surface(state: &State, target: &Target) -> Rc<str> {
    const SURFACE_CHARS_MAX: usize = 80;
    let surface = target.surface(&state.document.text);
    match surface.char_indices().nth(SURFACE_CHARS_MAX) {
        Some((end, _)) => Rc::from(format!("{}…", &surface[..end])),
        None => Rc::from(surface),
    }
}
