//! The JSON of the focus, and of what a person meant.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::edit::state::{Edge, Focus, LinksShown, MarksShown, Mode, MovingEnds, Selection};
use crate::edit::transaction::UserEvent;
use crate::journal::wire::is_default;
use crate::journal::wire::things::{spans_of, target_of};
use crate::model::ids::{AnnotationId, AttributeKey, EntityId, FieldKey, LabelId};
use crate::text::span::TextOffset;

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireFocus {
    /// Anchor and head.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    selection: Option<(u32, u32)>,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    chosen: Option<Rc<str>>,
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    armed: Option<Rc<str>>,
    /// While ends are moved: whether the start is in hand, and the original fragments.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    moving: Option<(bool, Vec<(u32, u32)>)>,
    #[serde(rename = "m", default, skip_serializing_if = "is_default")]
    marks: WireMarks,
    /// Whether all relations are drawn, not just those of the chosen annotation.
    #[serde(rename = "l", default, skip_serializing_if = "is_default")]
    has_all_links: bool,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum WireMarks {
    #[default]
    #[serde(rename = "all")]
    All,
    #[serde(rename = "only")]
    Only(Rc<str>),
    #[serde(rename = "none")]
    None,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum WireEvent {
    #[serde(rename = "select")]
    Select,
    #[serde(rename = "annotate")]
    Annotate,
    #[serde(rename = "relabel")]
    Relabel,
    #[serde(rename = "remove")]
    Remove,
    #[serde(rename = "move-end")]
    MoveEnd(Rc<str>),
    #[serde(rename = "add-fragment")]
    AddFragment,
    #[serde(rename = "remove-fragment")]
    RemoveFragment,
    #[serde(rename = "attribute")]
    SetAttribute(Rc<str>, Rc<str>),
    #[serde(rename = "certainty")]
    SetCertainty,
    #[serde(rename = "note")]
    SetNote(Rc<str>),
    #[serde(rename = "field")]
    SetField(Rc<str>),
    #[serde(rename = "replace")]
    Replace,
    #[serde(rename = "link")]
    Link,
    #[serde(rename = "unlink")]
    Unlink,
    #[serde(rename = "relink")]
    Relink,
    #[serde(rename = "same-entity")]
    SameEntity,
    #[serde(rename = "split-entity")]
    SplitEntity,
    #[serde(rename = "entity")]
    SetEntity(Rc<str>),
    #[serde(rename = "paragraph")]
    SetParagraph,
    #[serde(rename = "schema")]
    ChangeSchema,
    #[serde(rename = "repair")]
    Repair,
}

impl WireFocus {
    pub fn new(focus: &Focus) -> WireFocus {
        WireFocus {
            selection: focus.selection.map(|selection| (selection.anchor.0, selection.head.0)),
            chosen: focus.chosen.as_ref().map(|id| id.0.clone()),
            armed: focus.armed.as_ref().map(|label| label.0.clone()),
            moving: match &focus.mode {
                // A link that is being looked for is no work yet.
                Mode::Normal | Mode::Linking(_) => None,
                Mode::MovingEnds(moving) => Some((moving.edge == Edge::Start, spans_of(&moving.original))),
            },
            marks: match &focus.marks {
                MarksShown::All => WireMarks::All,
                MarksShown::Only(label) => WireMarks::Only(label.0.clone()),
                MarksShown::None => WireMarks::None,
            },
            has_all_links: focus.links == LinksShown::All,
        }
    }

    pub fn read(self) -> Option<Focus> {
        let mode = match self.moving {
            None => Mode::Normal,
            Some((is_start, spans)) => Mode::MovingEnds(MovingEnds {
                edge: if is_start { Edge::Start } else { Edge::End },
                original: target_of(&spans)?,
            }),
        };
        let selection = |(anchor, head)| Selection { anchor: TextOffset(anchor), head: TextOffset(head) };
        Some(Focus {
            selection: self.selection.map(selection),
            chosen: self.chosen.map(AnnotationId),
            armed: self.armed.map(LabelId),
            mode,
            marks: match self.marks {
                WireMarks::All => MarksShown::All,
                WireMarks::Only(label) => MarksShown::Only(LabelId(label)),
                WireMarks::None => MarksShown::None,
            },
            links: if self.has_all_links { LinksShown::All } else { LinksShown::OfChosen },
        })
    }
}

impl WireEvent {
    pub fn new(event: &UserEvent) -> WireEvent {
        match event {
            UserEvent::Select => WireEvent::Select,
            UserEvent::Annotate => WireEvent::Annotate,
            UserEvent::Relabel => WireEvent::Relabel,
            UserEvent::Remove => WireEvent::Remove,
            UserEvent::MoveEnd(id) => WireEvent::MoveEnd(id.0.clone()),
            UserEvent::AddFragment => WireEvent::AddFragment,
            UserEvent::RemoveFragment => WireEvent::RemoveFragment,
            UserEvent::SetAttribute(id, key) => WireEvent::SetAttribute(id.0.clone(), key.0.clone()),
            UserEvent::SetCertainty => WireEvent::SetCertainty,
            UserEvent::SetNote(id) => WireEvent::SetNote(id.0.clone()),
            UserEvent::SetField(key) => WireEvent::SetField(key.0.clone()),
            UserEvent::Replace => WireEvent::Replace,
            UserEvent::Link => WireEvent::Link,
            UserEvent::Unlink => WireEvent::Unlink,
            UserEvent::Relink => WireEvent::Relink,
            UserEvent::SameEntity => WireEvent::SameEntity,
            UserEvent::SplitEntity => WireEvent::SplitEntity,
            UserEvent::SetEntity(id) => WireEvent::SetEntity(id.0.clone()),
            UserEvent::SetParagraph => WireEvent::SetParagraph,
            UserEvent::ChangeSchema => WireEvent::ChangeSchema,
            UserEvent::Repair => WireEvent::Repair,
        }
    }

    pub fn read(self) -> UserEvent {
        match self {
            WireEvent::Select => UserEvent::Select,
            WireEvent::Annotate => UserEvent::Annotate,
            WireEvent::Relabel => UserEvent::Relabel,
            WireEvent::Remove => UserEvent::Remove,
            WireEvent::MoveEnd(id) => UserEvent::MoveEnd(AnnotationId(id)),
            WireEvent::AddFragment => UserEvent::AddFragment,
            WireEvent::RemoveFragment => UserEvent::RemoveFragment,
            WireEvent::SetAttribute(id, key) => UserEvent::SetAttribute(AnnotationId(id), AttributeKey(key)),
            WireEvent::SetCertainty => UserEvent::SetCertainty,
            WireEvent::SetNote(id) => UserEvent::SetNote(AnnotationId(id)),
            WireEvent::SetField(key) => UserEvent::SetField(FieldKey(key)),
            WireEvent::Replace => UserEvent::Replace,
            WireEvent::Link => UserEvent::Link,
            WireEvent::Unlink => UserEvent::Unlink,
            WireEvent::Relink => UserEvent::Relink,
            WireEvent::SameEntity => UserEvent::SameEntity,
            WireEvent::SplitEntity => UserEvent::SplitEntity,
            WireEvent::SetEntity(id) => UserEvent::SetEntity(EntityId(id)),
            WireEvent::SetParagraph => UserEvent::SetParagraph,
            WireEvent::ChangeSchema => UserEvent::ChangeSchema,
            WireEvent::Repair => UserEvent::Repair,
        }
    }
}
