//! The JSON of what is stored. Short keys, absent where a value is the usual one.
//!
//! The model's types can change without this form, and this form is versioned: an unknown key is
//! an error, never lost in silence. Any change here is a new version of records and snapshots.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::edit::history::Step;
use crate::edit::state::{Edge, Focus, MarksShown, Mode, MovingEnds, Selection};
use crate::edit::transaction::{Change, Edit, Origin, Transaction, UserEvent};
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance, Target};
use crate::model::ids::{AnnotationId, AnnotatorId, AttributeKey, EntityId, FieldKey, LabelId};
use crate::model::schema::AttributeValue;
use crate::text::span::{TextOffset, TextSpan};

/// A transaction, and the focus it met, which changes without records of its own.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireRecord {
    #[serde(rename = "e")]
    edits: Vec<WireEdit>,
    #[serde(rename = "b", default, skip_serializing_if = "is_default")]
    focus_before: WireFocus,
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    focus: Option<WireFocus>,
    #[serde(rename = "k")]
    event: WireEvent,
    #[serde(rename = "o", default, skip_serializing_if = "is_default")]
    origin: WireOrigin,
    #[serde(rename = "t")]
    time_ms: u64,
}

/// A step of the history.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireStep {
    #[serde(rename = "e")]
    edits: Vec<WireEdit>,
    #[serde(rename = "k")]
    event: WireEvent,
    #[serde(rename = "t")]
    time_ms: u64,
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    modified_before_ms: Option<u64>,
    #[serde(rename = "b", default, skip_serializing_if = "is_default")]
    focus_before: WireFocus,
    #[serde(rename = "f", default, skip_serializing_if = "is_default")]
    focus_after: WireFocus,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum WireEdit {
    #[serde(rename = "a")]
    Annotation(Box<Option<WireAnnotation>>, Box<Option<WireAnnotation>>),
    #[serde(rename = "f")]
    Field(Rc<str>, Option<Value>, Option<Value>),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireAnnotation {
    #[serde(rename = "i")]
    id: Rc<str>,
    #[serde(rename = "l")]
    label: Rc<str>,
    #[serde(rename = "s")]
    spans: Vec<(u32, u32)>,
    #[serde(rename = "a", default, skip_serializing_if = "is_default")]
    attributes: Map<String, Value>,
    #[serde(rename = "h", default, skip_serializing_if = "is_default")]
    by_hand: Vec<Rc<str>>,
    #[serde(rename = "u", default, skip_serializing_if = "is_default")]
    is_unsure: bool,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    note: Option<Rc<str>>,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    entity: Option<Rc<str>>,
    #[serde(rename = "p")]
    annotator: Rc<str>,
    #[serde(rename = "c")]
    created_ms: u64,
    #[serde(rename = "m")]
    changed_ms: u64,
    #[serde(rename = "f", default, skip_serializing_if = "is_default")]
    is_imported: bool,
    /// A JSON object in a string, so that what is nested as deep as JSON may be still can be read.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    extra: Option<String>,
}

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
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum WireOrigin {
    #[default]
    #[serde(rename = "user")]
    User,
    #[serde(rename = "undo")]
    Undo,
    #[serde(rename = "redo")]
    Redo,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl WireRecord {
    pub fn new(focus_before: &Focus, transaction: &Transaction) -> WireRecord {
        WireRecord {
            edits: transaction.edits.iter().map(WireEdit::new).collect(),
            focus_before: WireFocus::new(focus_before),
            focus: transaction.focus.as_ref().map(WireFocus::new),
            event: WireEvent::new(&transaction.event),
            origin: match transaction.origin {
                Origin::User => WireOrigin::User,
                Origin::Undo => WireOrigin::Undo,
                Origin::Redo => WireOrigin::Redo,
            },
            time_ms: transaction.time_ms,
        }
    }

    /// `None` where a target is none.
    pub fn read(self) -> Option<(Focus, Transaction)> {
        let focus = match self.focus {
            Some(focus) => Some(focus.read()?),
            None => None,
        };
        let transaction = Transaction {
            edits: self.edits.into_iter().map(WireEdit::read).collect::<Option<_>>()?,
            focus,
            event: self.event.read(),
            origin: match self.origin {
                WireOrigin::User => Origin::User,
                WireOrigin::Undo => Origin::Undo,
                WireOrigin::Redo => Origin::Redo,
            },
            time_ms: self.time_ms,
            active_ms: 0,
        };
        Some((self.focus_before.read()?, transaction))
    }
}

impl WireStep {
    pub fn new(step: &Step) -> WireStep {
        WireStep {
            edits: step.edits.iter().map(WireEdit::new).collect(),
            event: WireEvent::new(&step.event),
            time_ms: step.time_ms,
            modified_before_ms: step.modified_before_ms,
            focus_before: WireFocus::new(&step.focus_before),
            focus_after: WireFocus::new(&step.focus_after),
        }
    }

    pub fn read(self) -> Option<Step> {
        Some(Step {
            edits: self.edits.into_iter().map(WireEdit::read).collect::<Option<_>>()?,
            event: self.event.read(),
            time_ms: self.time_ms,
            modified_before_ms: self.modified_before_ms,
            focus_before: self.focus_before.read()?,
            focus_after: self.focus_after.read()?,
        })
    }
}

impl WireEdit {
    fn new(edit: &Edit) -> WireEdit {
        match edit {
            Edit::Annotation(change) => {
                let side = |side: &Option<Rc<Annotation>>| Box::new(side.as_deref().map(WireAnnotation::new));
                WireEdit::Annotation(side(&change.before), side(&change.after))
            }
            Edit::Field { key, change } => {
                let side = |side: &Option<AttributeValue>| side.as_ref().map(value_to_json);
                WireEdit::Field(key.0.clone(), side(&change.before), side(&change.after))
            }
            _ => unimplemented!(),
        }
    }

    fn read(self) -> Option<Edit> {
        match self {
            WireEdit::Annotation(before, after) => {
                let (before, after) =
                    (optional(*before, WireAnnotation::read)?, optional(*after, WireAnnotation::read)?);
                Some(Edit::Annotation(Change { before: before.map(Rc::new), after: after.map(Rc::new) }))
            }
            WireEdit::Field(key, before, after) => {
                let change = Change {
                    before: optional(before, value_of_json)?,
                    after: optional(after, value_of_json)?,
                };
                Some(Edit::Field { key: FieldKey(key), change })
            }
        }
    }
}

/// `None` where there is a value that cannot be read.
fn optional<T, U>(value: Option<T>, read: impl Fn(T) -> Option<U>) -> Option<Option<U>> {
    match value {
        Some(value) => read(value).map(Some),
        None => Some(None),
    }
}

impl WireAnnotation {
    pub fn new(annotation: &Annotation) -> WireAnnotation {
        let value =
            |(key, value): (&AttributeKey, &AttributeValue)| (key.0.to_string(), value_to_json(value));
        WireAnnotation {
            id: annotation.id.0.clone(),
            label: annotation.label.0.clone(),
            spans: spans_of(&annotation.target),
            attributes: annotation.attributes.iter().map(value).collect(),
            by_hand: annotation.by_hand.iter().map(|key| key.0.clone()).collect(),
            is_unsure: annotation.certainty == Certainty::Unsure,
            note: (!annotation.note.is_empty()).then(|| annotation.note.clone()),
            entity: annotation.entity.as_ref().map(|entity| entity.0.clone()),
            annotator: annotation.provenance.annotator.0.clone(),
            created_ms: annotation.provenance.created_ms,
            changed_ms: annotation.provenance.changed_ms,
            is_imported: annotation.provenance.origin == AnnotationOrigin::Imported,
            extra: annotation.extra.as_ref().and_then(|extra| serde_json::to_string(&**extra).ok()),
        }
    }

    pub fn read(self) -> Option<Annotation> {
        let value =
            |(key, value): (String, Value)| Some((AttributeKey::from(key.as_str()), value_of_json(value)?));
        Some(Annotation {
            id: AnnotationId(self.id),
            label: LabelId(self.label),
            target: target_of(&self.spans)?,
            attributes: self.attributes.into_iter().map(value).collect::<Option<_>>()?,
            by_hand: self.by_hand.into_iter().map(AttributeKey).collect(),
            dated: Default::default(),
            certainty: if self.is_unsure { Certainty::Unsure } else { Certainty::Sure },
            note: self.note.unwrap_or_default(),
            entity: self.entity.map(EntityId),
            provenance: Provenance {
                annotator: AnnotatorId(self.annotator),
                created_ms: self.created_ms,
                changed_ms: self.changed_ms,
                origin: if self.is_imported { AnnotationOrigin::Imported } else { AnnotationOrigin::ByHand },
            },
            extra: optional(self.extra, |extra| serde_json::from_str::<Map<_, _>>(&extra).ok())?.map(Rc::new),
        })
    }
}

impl WireFocus {
    fn new(focus: &Focus) -> WireFocus {
        WireFocus {
            selection: focus.selection.map(|selection| (selection.anchor.0, selection.head.0)),
            chosen: focus.chosen.as_ref().map(|id| id.0.clone()),
            armed: focus.armed.as_ref().map(|label| label.0.clone()),
            moving: match &focus.mode {
                Mode::Normal | Mode::Linking(_) => None,
                Mode::MovingEnds(moving) => Some((moving.edge == Edge::Start, spans_of(&moving.original))),
            },
            marks: match &focus.marks {
                MarksShown::All => WireMarks::All,
                MarksShown::Only(label) => WireMarks::Only(label.0.clone()),
                MarksShown::None => WireMarks::None,
            },
        }
    }

    fn read(self) -> Option<Focus> {
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
            links: Default::default(),
        })
    }
}

impl WireEvent {
    fn new(event: &UserEvent) -> WireEvent {
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
            _ => WireEvent::Replace,
        }
    }

    fn read(self) -> UserEvent {
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
        }
    }
}

fn spans_of(target: &Target) -> Vec<(u32, u32)> {
    target.fragments().iter().map(|span| (span.start().0, span.end().0)).collect()
}

/// `None` where the spans are not exactly those of a target.
fn target_of(spans: &[(u32, u32)]) -> Option<Target> {
    let span = |(start, end): &(u32, u32)| TextSpan::new(TextOffset(*start), TextOffset(*end));
    let spans: Vec<TextSpan> = spans.iter().map(span).collect::<Option<_>>()?;
    Target::fragments_of(spans.clone()).filter(|target| target.fragments() == spans)
}

/// A flag, text or number as itself. An array of one string holds the JSON of another value, an
/// array of one number the bits of a number that JSON has not (not a number, infinite).
pub fn value_to_json(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::Flag(flag) => Value::from(*flag),
        AttributeValue::Text(text) => Value::from(&**text),
        AttributeValue::Number(number) if number.is_finite() => Value::from(*number),
        AttributeValue::Number(number) => Value::from(vec![number.to_bits()]),
        AttributeValue::Other(json) => Value::from(vec![&**json]),
    }
}

pub fn value_of_json(json: Value) -> Option<AttributeValue> {
    match json {
        Value::Bool(flag) => Some(AttributeValue::Flag(flag)),
        Value::String(text) => Some(AttributeValue::Text(Rc::from(text))),
        Value::Number(number) => Some(AttributeValue::Number(number.as_f64()?)),
        Value::Array(values) => match values.as_slice() {
            [Value::String(json)] => Some(AttributeValue::Other(Rc::from(json.as_str()))),
            [Value::Number(bits)] => Some(AttributeValue::Number(f64::from_bits(bits.as_u64()?))),
            _ => None,
        },
        _ => None,
    }
}
