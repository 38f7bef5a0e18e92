//! What a command did or would not do, as facts. The interface turns them into sentences in the
//! person's language, in one place.

use std::rc::Rc;

use crate::edit::schema_change::DraftRefusal;
use crate::edit::schema_change::plan::Preview;
use crate::edit::transaction::{Transaction, UserEvent};
use crate::model::ids::{AnnotationId, AttributeKey, LabelId, RelationTypeId};
use crate::model::paragraphs::ParagraphState;

/// Something that happened, for the live region.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    Added {
        label: LabelId,
        surface: Rc<str>,
    },
    /// `links` went, since the new label cannot have them.
    Relabelled {
        label: LabelId,
        surface: Rc<str>,
        dropped: Vec<AttributeKey>,
        links: usize,
    },
    /// `links` went with it.
    Removed {
        label: LabelId,
        surface: Rc<str>,
        links: usize,
    },
    Chosen {
        label: LabelId,
        surface: Rc<str>,
        position: usize,
        total: usize,
    },
    ChosenNone,
    Armed {
        label: LabelId,
    },
    Disarmed,
    FragmentAdded {
        surface: Rc<str>,
    },
    FragmentRemoved {
        surface: Rc<str>,
    },
    MovingEnds,
    EndsKept {
        surface: Rc<str>,
    },
    EndsRestored,
    EndMoved {
        surface: Rc<str>,
    },
    Undone {
        event: UserEvent,
    },
    Redone {
        event: UserEvent,
    },
    MarksShown,
    MarksOnly {
        label: LabelId,
    },
    MarksHidden,
    Selected {
        surface: Rc<str>,
    },
    /// An end that a link could have.
    LinkCandidate {
        label: LabelId,
        surface: Rc<str>,
    },
    /// Several types of relation fit.
    ChooseLink,
    LinkLeft,
    Linked {
        kind: RelationTypeId,
        from: Rc<str>,
        to: Rc<str>,
    },
    Unlinked {
        kind: RelationTypeId,
    },
    LinksShown {
        all: bool,
    },
    United {
        name: Rc<str>,
        mentions: usize,
    },
    SplitOff {
        surface: Rc<str>,
    },
    Dissolved {
        name: Rc<str>,
    },
    /// A text is on the clipboard.
    Copied,
    /// `number` counts paragraphs from 1; `left` are not seen yet.
    Paragraph {
        number: usize,
        state: Option<ParagraphState>,
        left: usize,
    },
    Unseen {
        number: usize,
        left: usize,
    },
    /// How far the work is now: a value of the schema's field `status`.
    Status {
        value: Rc<str>,
    },
    /// `rule` is a place in `Schema::rules`.
    Warning {
        rule: usize,
        position: usize,
        total: usize,
    },
    /// The schema is another one now, and this was done to the work.
    SchemaChanged {
        preview: Preview,
    },
    /// A label was added, and waits for words.
    LabelAdded {
        label: LabelId,
    },
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
    /// No relation type with this key, or at all, can have an annotation with this label.
    NoSuchLink {
        label: LabelId,
    },
    /// Nothing is marked that the annotation could be linked with: `labels` could.
    NoOtherEnd {
        labels: Vec<LabelId>,
    },
    /// Nothing else is marked that could be a mention of the same entity.
    NoOtherMention,
    /// The schema forbids a relation between these labels (R5).
    LinkForbidden {
        label: LabelId,
        other_label: LabelId,
    },
    AlreadyLinked,
    /// The other end is to be taken, or the looking for it left, before a label can be given.
    StillLinking,
    NoRelation,
    /// Mentions with this label are not grouped into entities.
    NoEntityLabel {
        label: LabelId,
    },
    /// The mentions of one entity carry one label.
    OtherLabel {
        label: LabelId,
        other_label: LabelId,
    },
    AlreadyOneEntity,
    /// It is no mention of an entity, or the entity is gone.
    NoEntity,
    NoParagraphHere,
    AllSeen,
    NoWarning,
    NoRepair,
    /// The schema has no field for how far the work is.
    NoStatus,
    /// Dates are `2022`, `2022-02` or `2022-02-14`, or durations such as `P30Y`.
    BadDate,
    /// The schema was changed meanwhile.
    SchemaDiffers,
    /// A schema cannot be changed so.
    Draft(DraftRefusal),
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
