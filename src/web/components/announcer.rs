//! What happened, in words: notices and refusals as sentences. The only place where they become
//! text.

use yew::AttrValue;

use crate::edit::notice::{Notice, Refusal};
use crate::edit::transaction::UserEvent;
use crate::model::ids::{AttributeKey, LabelId};
use crate::model::schema::Schema;
use crate::web::i18n::{number, pick, tr, tr_with};

/// The sentence for a notice.
pub fn notice_text(schema: &Schema, notice: &Notice) -> AttrValue {
    let label_words = |key: &str, label: &LabelId, surface: &str| {
        tr_with(key, &[("label", &label_name(schema, label)), ("words", surface)])
    };
    match notice {
        Notice::Added { label, surface } => label_words("notice.added", label, surface),
        Notice::Relabelled { label, surface, dropped } if dropped.is_empty() => {
            label_words("notice.relabelled", label, surface)
        }
        Notice::Relabelled { label, dropped, .. } => {
            let names: Vec<AttrValue> = dropped.iter().map(|key| attribute_name(schema, key)).collect();
            tr_with(
                "notice.relabelled-dropped",
                &[("label", &label_name(schema, label)), ("dropped", &names.join(", "))],
            )
        }
        Notice::Removed { label, surface } => label_words("notice.removed", label, surface),
        Notice::Chosen { label, surface, position, total } => tr_with(
            "notice.chosen",
            &[
                ("label", &label_name(schema, label)),
                ("words", surface),
                ("position", &number(*position)),
                ("total", &number(*total)),
            ],
        ),
        Notice::ChosenNone => tr("notice.chosen-none"),
        Notice::Armed { label } => tr_with("notice.armed", &[("label", &label_name(schema, label))]),
        Notice::Disarmed => tr("notice.disarmed"),
        Notice::FragmentAdded { surface } => tr_with("notice.fragment-added", &[("words", surface)]),
        Notice::FragmentRemoved { surface } => tr_with("notice.fragment-removed", &[("words", surface)]),
        Notice::MovingEnds => tr("notice.moving-ends"),
        Notice::EndsKept { surface } => tr_with("notice.ends-kept", &[("words", surface)]),
        Notice::EndsRestored => tr("notice.ends-restored"),
        Notice::EndMoved { surface } => tr_with("notice.end-moved", &[("words", surface)]),
        Notice::Undone { event } => tr_with("notice.undone", &[("event", &event_name(event))]),
        Notice::Redone { event } => tr_with("notice.redone", &[("event", &event_name(event))]),
        Notice::MarksShown => tr("notice.marks-shown"),
        Notice::MarksOnly { label } => tr_with("notice.marks-only", &[("label", &label_name(schema, label))]),
        Notice::MarksHidden => tr("notice.marks-hidden"),
        Notice::Selected { surface } => tr_with("notice.selected", &[("words", surface)]),
    }
}

/// The sentence for a refusal: what was not done, and what to do next.
pub fn refusal_text(schema: &Schema, refusal: &Refusal) -> AttrValue {
    match refusal {
        Refusal::NothingChosen => tr("refusal.nothing-chosen"),
        Refusal::NothingSelected => tr("refusal.nothing-selected"),
        Refusal::NoTextCursor => tr("refusal.no-text-cursor"),
        Refusal::NothingToUndo => tr("refusal.nothing-to-undo"),
        Refusal::NothingToRedo => tr("refusal.nothing-to-redo"),
        Refusal::NoAnnotation => tr("refusal.no-annotation"),
        Refusal::NoAnnotationHere => tr("refusal.no-annotation-here"),
        Refusal::AlreadyThere { label } => {
            tr_with("refusal.already-there", &[("label", &label_name(schema, label))])
        }
        Refusal::Overlap { label, other_label, surface, .. } => tr_with(
            "refusal.overlap",
            &[
                ("label", &label_name(schema, label)),
                ("other", &label_name(schema, other_label)),
                ("words", surface),
            ],
        ),
        Refusal::FragmentsForbidden { label } => {
            tr_with("refusal.fragments-forbidden", &[("label", &label_name(schema, label))])
        }
        Refusal::LastFragment => tr("refusal.last-fragment"),
        Refusal::NoFragmentHere => tr("refusal.no-fragment-here"),
        Refusal::EndBlocked => tr("refusal.end-blocked"),
        Refusal::UnknownLabel { label } => tr_with("refusal.unknown-label", &[("label", label.as_str())]),
        Refusal::BadValue { key } => tr_with("refusal.bad-value", &[("key", &attribute_name(schema, key))]),
        Refusal::TextTampered => tr("refusal.text-tampered"),
        Refusal::ReadOnly => tr("refusal.read-only"),
        Refusal::Internal => tr("refusal.internal"),
    }
}

fn label_name(schema: &Schema, label: &LabelId) -> AttrValue {
    schema.label(label).map_or_else(|| AttrValue::from(label.to_string()), |label| pick(&label.name))
}

/// The name of an attribute, as the first label that has it calls it.
fn attribute_name(schema: &Schema, key: &AttributeKey) -> AttrValue {
    let attribute = schema.labels.iter().find_map(|label| label.attribute(key));
    attribute.map_or_else(|| AttrValue::from(key.to_string()), |attribute| pick(&attribute.name))
}

fn event_name(event: &UserEvent) -> AttrValue {
    tr(match event {
        UserEvent::Select => "event.select",
        UserEvent::Annotate => "event.annotate",
        UserEvent::Relabel => "event.relabel",
        UserEvent::Remove => "event.remove",
        UserEvent::MoveEnd(_) => "event.move-end",
        UserEvent::AddFragment => "event.add-fragment",
        UserEvent::RemoveFragment => "event.remove-fragment",
        UserEvent::SetAttribute(..) => "event.set-attribute",
        UserEvent::SetCertainty => "event.set-certainty",
        UserEvent::SetNote(_) => "event.set-note",
        UserEvent::SetField(_) => "event.set-field",
        UserEvent::Replace => "event.replace",
    })
}
