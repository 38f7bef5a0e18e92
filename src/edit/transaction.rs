//! A transaction: the only way in which anything changes.

use std::rc::Rc;

use crate::edit::state::Focus;
use crate::model::annotation::Annotation;
use crate::model::ids::{AnnotationId, AttributeKey, FieldKey};
use crate::model::schema::AttributeValue;

/// One thing before and after. The inverse swaps the two.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<T> {
    pub before: Option<T>,
    pub after: Option<T>,
}

/// The smallest change that can be undone: one thing becomes another, appears or goes.
///
/// It holds both sides, so that it can be undone without looking anything up, and so that an
/// edit that meets a state it was not made for is found out rather than applied.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Both sides carry the same id.
    Annotation(Change<Rc<Annotation>>),
    Field {
        key: FieldKey,
        change: Change<AttributeValue>,
    },
}

/// What the person meant; names the step in the undo menu and decides what joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserEvent {
    Select,
    Annotate,
    Relabel,
    Remove,
    MoveEnd(AnnotationId),
    AddFragment,
    RemoveFragment,
    SetAttribute(AnnotationId, AttributeKey),
    SetCertainty,
    SetNote(AnnotationId),
    SetField(FieldKey),
    Replace,
}

/// Where a transaction comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    User,
    Undo,
    Redo,
}

/// A set of edits that happen together, or not at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Transaction {
    pub edits: Vec<Edit>,
    /// The focus afterwards; `None` leaves it.
    pub focus: Option<Focus>,
    pub event: UserEvent,
    pub origin: Origin,
    /// Milliseconds since 1970 in UTC.
    pub time_ms: u64,
}

impl<T: Clone> Change<T> {
    pub fn added(after: T) -> Change<T> {
        Change { before: None, after: Some(after) }
    }

    pub fn removed(before: T) -> Change<T> {
        Change { before: Some(before), after: None }
    }

    pub fn replaced(before: T, after: T) -> Change<T> {
        Change { before: Some(before), after: Some(after) }
    }

    pub fn inverse(&self) -> Change<T> {
        Change { before: self.after.clone(), after: self.before.clone() }
    }
}

impl Edit {
    pub fn inverse(&self) -> Edit {
        match self {
            Edit::Annotation(change) => Edit::Annotation(change.inverse()),
            Edit::Field { key, change } => Edit::Field { key: key.clone(), change: change.inverse() },
        }
    }

    /// One edit for two that follow each other on the same thing; `None` for different things.
    pub fn joined(&self, later: &Edit) -> Option<Edit> {
        match (self, later) {
            (Edit::Annotation(first), Edit::Annotation(second)) => {
                let same = first.after.as_ref()?.id == second.before.as_ref()?.id;
                same.then(|| Edit::Annotation(first.then(second)))
            }
            (Edit::Field { key, change }, Edit::Field { key: other, change: second }) => {
                (key == other).then(|| Edit::Field { key: key.clone(), change: change.then(second) })
            }
            _ => None,
        }
    }
}

impl Edit {
    /// Whether nothing is different afterwards but the time of change.
    pub fn leaves_all_as_it_was(&self) -> bool {
        match self {
            Edit::Annotation(Change { before: Some(before), after: Some(after) }) => {
                let mut after = after.as_ref().clone();
                after.provenance.changed_ms = before.provenance.changed_ms;
                **before == after
            }
            Edit::Annotation(_) => false,
            Edit::Field { change, .. } => change.before == change.after,
        }
    }
}

impl<T: Clone> Change<T> {
    fn then(&self, second: &Change<T>) -> Change<T> {
        Change { before: self.before.clone(), after: second.after.clone() }
    }
}

impl UserEvent {
    /// Whether steps of this kind on the same thing become one when made in one go.
    pub fn is_joinable(&self) -> bool {
        matches!(
            self,
            UserEvent::SetNote(_)
                | UserEvent::SetField(_)
                | UserEvent::SetAttribute(..)
                | UserEvent::MoveEnd(_)
        )
    }
}

impl Transaction {
    /// A change of focus alone: not stored, not undone.
    pub fn focus(focus: Focus, time_ms: u64) -> Transaction {
        Transaction {
            edits: Vec::new(),
            focus: Some(focus),
            event: UserEvent::Select,
            origin: Origin::User,
            time_ms,
        }
    }
}
