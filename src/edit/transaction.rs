//! A transaction: the only way in which anything changes.

use std::rc::Rc;

use crate::edit::state::Focus;
use crate::model::annotation::Annotation;
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, AttributeKey, EntityId, FieldKey};
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::Relation;
use crate::model::schema::{AttributeValue, Schema};

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
    /// Both sides carry the same id.
    Relation(Change<Rc<Relation>>),
    /// Both sides carry the same id.
    Entity(Change<Rc<Entity>>),
    Field {
        key: FieldKey,
        change: Change<AttributeValue>,
    },
    Paragraph {
        /// Index into `BlockIndex::paragraphs`.
        paragraph: u32,
        change: Change<ParagraphState>,
    },
    /// Both sides are there: a work always has a schema.
    Schema(Change<Rc<Schema>>),
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
    /// Two annotations were linked.
    Link,
    Unlink,
    /// A relation got another type.
    Relink,
    /// Two mentions were said to be of one entity.
    SameEntity,
    /// A mention was taken out of its entity.
    SplitEntity,
    /// The name or identifier of an entity.
    SetEntity(EntityId),
    SetParagraph,
    ChangeSchema,
    /// Mends what a check found.
    Repair,
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
    /// How long the person was at work since the last edit, in milliseconds. Idle time is not in
    /// it; 0 where time is not counted.
    pub active_ms: u32,
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
            Edit::Relation(change) => Edit::Relation(change.inverse()),
            Edit::Entity(change) => Edit::Entity(change.inverse()),
            Edit::Field { key, change } => Edit::Field { key: key.clone(), change: change.inverse() },
            Edit::Paragraph { paragraph, change } => {
                Edit::Paragraph { paragraph: *paragraph, change: change.inverse() }
            }
            Edit::Schema(change) => Edit::Schema(change.inverse()),
        }
    }

    /// One edit for two that follow each other on the same thing; `None` for different things.
    pub fn joined(&self, later: &Edit) -> Option<Edit> {
        if !self.is_of_the_same_as(later) {
            return None;
        }
        Some(match (self, later) {
            (Edit::Annotation(first), Edit::Annotation(second)) => Edit::Annotation(first.then(second)),
            (Edit::Relation(first), Edit::Relation(second)) => Edit::Relation(first.then(second)),
            (Edit::Entity(first), Edit::Entity(second)) => Edit::Entity(first.then(second)),
            (Edit::Field { key, change }, Edit::Field { change: second, .. }) => {
                Edit::Field { key: key.clone(), change: change.then(second) }
            }
            (Edit::Paragraph { paragraph, change }, Edit::Paragraph { change: second, .. }) => {
                Edit::Paragraph { paragraph: *paragraph, change: change.then(second) }
            }
            (Edit::Schema(first), Edit::Schema(second)) => Edit::Schema(first.then(second)),
            _ => return None,
        })
    }

    /// Whether both edits change the same annotation, relation, entity, field or paragraph, or the
    /// schema.
    pub fn is_of_the_same_as(&self, other: &Edit) -> bool {
        match (self, other) {
            (Edit::Annotation(left), Edit::Annotation(right)) => {
                left.side().map(|side| &side.id) == right.side().map(|side| &side.id)
            }
            (Edit::Relation(left), Edit::Relation(right)) => {
                left.side().map(|side| &side.id) == right.side().map(|side| &side.id)
            }
            (Edit::Entity(left), Edit::Entity(right)) => {
                left.side().map(|side| &side.id) == right.side().map(|side| &side.id)
            }
            (Edit::Field { key, .. }, Edit::Field { key: other, .. }) => key == other,
            (Edit::Paragraph { paragraph, .. }, Edit::Paragraph { paragraph: other, .. }) => {
                paragraph == other
            }
            (Edit::Schema(_), Edit::Schema(_)) => true,
            _ => false,
        }
    }

    /// Whether nothing is different afterwards but the time of change.
    pub fn leaves_all_as_it_was(&self) -> bool {
        match self {
            Edit::Annotation(Change { before: Some(before), after: Some(after) }) => {
                let mut after = after.as_ref().clone();
                after.provenance.changed_ms = before.provenance.changed_ms;
                **before == after
            }
            Edit::Entity(Change { before: Some(before), after: Some(after) }) => {
                let mut after = after.as_ref().clone();
                after.provenance.changed_ms = before.provenance.changed_ms;
                **before == after
            }
            Edit::Annotation(change) => change.before == change.after,
            Edit::Relation(change) => change.before == change.after,
            Edit::Entity(change) => change.before == change.after,
            Edit::Field { change, .. } => change.before == change.after,
            Edit::Paragraph { change, .. } => change.before == change.after,
            Edit::Schema(change) => change.before == change.after,
        }
    }
}

/// The attribute that says whether a mention is a name, a description or a pronoun.
const MENTION: &str = "mention";

impl Edit {
    /// Whether entities may be others afterwards, or have other mentions, or mentions with other
    /// names. O(log attributes).
    pub fn concerns_entities(&self) -> bool {
        match self {
            Edit::Annotation(Change { before: Some(before), after: Some(after) }) => {
                let form = |annotation: &Annotation| annotation.attributes.get(MENTION).cloned();
                before.label != after.label
                    || before.target != after.target
                    || before.entity != after.entity
                    || form(before) != form(after)
            }
            Edit::Annotation(_) | Edit::Entity(_) | Edit::Schema(_) => true,
            Edit::Relation(_) | Edit::Field { .. } | Edit::Paragraph { .. } => false,
        }
    }
}

/// Puts an edit behind a few others: into the one on the same thing, so that each thing is changed
/// once. O(edits).
pub fn push_edit(edits: &mut Vec<Edit>, edit: Edit) {
    let Some(idx) = edits.iter().position(|earlier| earlier.is_of_the_same_as(&edit)) else {
        return edits.push(edit);
    };
    if let Some(joined) = edits[idx].joined(&edit) {
        if joined.is_nothing() { drop(edits.remove(idx)) } else { edits[idx] = joined }
    }
}

impl Edit {
    /// Whether the thing is there neither before nor after.
    fn is_nothing(&self) -> bool {
        match self {
            Edit::Annotation(change) => change.side().is_none(),
            Edit::Relation(change) => change.side().is_none(),
            Edit::Entity(change) => change.side().is_none(),
            Edit::Field { change, .. } => change.side().is_none(),
            Edit::Paragraph { change, .. } => change.side().is_none(),
            Edit::Schema(_) => false,
        }
    }
}

impl<T> Change<T> {
    /// What it is of: how it is afterwards, else how it was.
    pub fn side(&self) -> Option<&T> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// How it was and how it is afterwards, as far as it is there.
    pub fn sides(&self) -> impl Iterator<Item = &T> {
        self.before.iter().chain(&self.after)
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
                | UserEvent::SetEntity(_)
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
            active_ms: 0,
        }
    }
}
