//! What a command did or would not do, as facts. The interface turns them into sentences in the
//! person's language, in one place.

use std::rc::Rc;

use crate::edit::transaction::{Transaction, UserEvent};
use crate::model::ids::{AnnotationId, AttributeKey, LabelId};

/// Something that happened, for the live region.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    Added { label: LabelId, surface: Rc<str> },
    Relabelled { label: LabelId, surface: Rc<str>, dropped: Vec<AttributeKey> },
    Removed { label: LabelId, surface: Rc<str> },
    Chosen { label: LabelId, surface: Rc<str>, position: usize, total: usize },
    ChosenNone,
    Armed { label: LabelId },
    Disarmed,
    FragmentAdded { surface: Rc<str> },
    FragmentRemoved { surface: Rc<str> },
    MovingEnds,
    EndsKept { surface: Rc<str> },
    EndsRestored,
    EndMoved { surface: Rc<str> },
    Undone { event: UserEvent },
    Redone { event: UserEvent },
    MarksShown,
    MarksOnly { label: LabelId },
    MarksHidden,
    Selected { surface: Rc<str> },
}

/// Why a command did nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    NothingChosen,
    NothingSelected,
    NoTextCursor,
    NothingToUndo,
    NothingToRedo,
    NoAnnotation,
    /// No annotation lies at the text cursor.
    NoAnnotationHere,
    /// The same words carry this label already.
    AlreadyThere {
        label: LabelId,
    },
    /// The schema forbids this overlap or nesting.
    Overlap {
        label: LabelId,
        other: AnnotationId,
        other_label: LabelId,
        surface: Rc<str>,
    },
    /// The schema allows no fragments for this label.
    FragmentsForbidden {
        label: LabelId,
    },
    /// An annotation keeps at least one fragment.
    LastFragment,
    NoFragmentHere,
    /// The end cannot go there: it would leave no words, or meet another fragment.
    EndBlocked,
    /// The schema has no such label.
    UnknownLabel {
        label: LabelId,
    },
    /// The value is not of the attribute's type.
    BadValue {
        key: AttributeKey,
    },
    /// The page shows other words than the document has: a translator or extension is at work.
    TextTampered,
    /// Another tab writes this work.
    ReadOnly,
    /// A bug: the edit did not fit the state. Nothing was changed.
    Internal,
}

/// What a command leads to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    pub transaction: Option<Transaction>,
    pub notice: Option<Notice>,
}

impl Effect {
    pub fn new(transaction: Transaction, notice: Notice) -> Effect {
        Effect { transaction: Some(transaction), notice: Some(notice) }
    }

    pub fn silent(transaction: Transaction) -> Effect {
        Effect { transaction: Some(transaction), notice: None }
    }
}
