//! What happened, in words: notices and refusals as sentences. The only place where they become
//! text.

use yew::AttrValue;

use crate::edit::commands::status::STATUS;
use crate::edit::notice::{Notice, Refusal};
use crate::edit::schema_change::plan::Preview;
use crate::edit::schema_change::{DraftRefusal, KeyOwner};
use crate::edit::transaction::UserEvent;
use crate::model::ids::{AttributeKey, FieldKey, LabelId, RelationTypeId};
use crate::model::paragraphs::ParagraphState;
use crate::model::schema::{FieldKind, Schema};
use crate::web::dom::is_touch;
use crate::web::i18n::{number, pick, tr, tr_count, tr_count_with, tr_with};

/// The sentence for a notice.
pub fn notice_text(schema: &Schema, notice: &Notice) -> AttrValue {
    let label_words = |key: &str, label: &LabelId, surface: &str| {
        tr_with(key, &[("label", &label_name(schema, label)), ("words", surface)])
    };
    match notice {
        Notice::Added { label, surface } => label_words("notice.added", label, surface),
        Notice::Relabelled { label, surface, dropped, links } => {
            let said = if dropped.is_empty() {
                label_words("notice.relabelled", label, surface)
            } else {
                let names: Vec<AttrValue> = dropped.iter().map(|key| attribute_name(schema, key)).collect();
                tr_with!(
                    "notice.relabelled-dropped",
                    &[("label", &label_name(schema, label)), ("dropped", &names.join(", "))],
                )
            };
            with_links_gone(said, *links)
        }
        Notice::Removed { label, surface, links } => {
            with_links_gone(label_words("notice.removed", label, surface), *links)
        }
        Notice::Chosen { label, surface, position, total } => tr_with!(
            "notice.chosen",
            &[
                ("label", &label_name(schema, label)),
                ("words", surface),
                ("position", &number(*position)),
                ("total", &number(*total)),
            ],
        ),
        Notice::ChosenNone => tr!("notice.chosen-none"),
        Notice::Armed { label } => tr_with!("notice.armed", &[("label", &label_name(schema, label))]),
        Notice::Disarmed => tr!("notice.disarmed"),
        Notice::FragmentAdded { surface } => tr_with!("notice.fragment-added", &[("words", surface)]),
        Notice::FragmentRemoved { surface } => tr_with!("notice.fragment-removed", &[("words", surface)]),
        Notice::MovingEnds => tr!("notice.moving-ends"),
        Notice::EndsKept { surface } => tr_with!("notice.ends-kept", &[("words", surface)]),
        Notice::EndsRestored => tr!("notice.ends-restored"),
        Notice::EndMoved { surface } => tr_with!("notice.end-moved", &[("words", surface)]),
        Notice::Undone { event } => tr_with!("notice.undone", &[("event", &event_name(event))]),
        Notice::Redone { event } => tr_with!("notice.redone", &[("event", &event_name(event))]),
        Notice::MarksShown => tr!("notice.marks-shown"),
        Notice::MarksOnly { label } => {
            tr_with!("notice.marks-only", &[("label", &label_name(schema, label))])
        }
        Notice::MarksHidden => tr!("notice.marks-hidden"),
        Notice::Selected { surface } => tr_with!("notice.selected", &[("words", surface)]),
        Notice::SchemaChanged { preview } => {
            AttrValue::from(format!("{} {}", tr!("notice.schema-changed"), preview_text(preview)))
        }
        Notice::LabelAdded { label } => {
            tr_with!("notice.label-added", &[("label", &label_name(schema, label))])
        }
        _ => link_notice_text(schema, notice),
    }
}

/// The sentence for a notice of links, entities, paragraphs and checks.
fn link_notice_text(schema: &Schema, notice: &Notice) -> AttrValue {
    match notice {
        Notice::LinkCandidate { label, surface } => {
            let key = if is_touch() { "notice.link-candidate-touch" } else { "notice.link-candidate" };
            tr_with(key, &[("label", &label_name(schema, label)), ("words", surface)])
        }
        Notice::ChooseLink => tr!("notice.choose-link"),
        Notice::LinkLeft => tr!("notice.link-left"),
        Notice::Linked { kind, from, to } => {
            tr_with!("notice.linked", &[("from", from), ("kind", &relation_name(schema, kind)), ("to", to)])
        }
        Notice::Unlinked { kind } => tr_with!("notice.unlinked", &[("kind", &relation_name(schema, kind))]),
        Notice::LinksShown { all: true } => tr!("notice.links-all"),
        Notice::LinksShown { all: false } => tr!("notice.links-chosen"),
        Notice::United { name, mentions } => tr_count_with("notice.united", *mentions, &[("name", name)]),
        Notice::SplitOff { surface } => tr_with!("notice.split-off", &[("words", surface)]),
        Notice::Dissolved { name } => tr_with!("notice.dissolved", &[("name", name)]),
        Notice::Copied => tr!("notice.copied"),
        Notice::Paragraph { number: paragraph, state, left } => {
            let key = match state {
                Some(ParagraphState::Seen) => "notice.paragraph-seen",
                Some(ParagraphState::NothingHere) => "notice.paragraph-nothing",
                None => "notice.paragraph-unseen",
            };
            tr_with(key, &[("number", &number(*paragraph)), ("left", &unseen_text(*left))])
        }
        Notice::Unseen { number: paragraph, left } => {
            tr_with!("notice.unseen", &[("number", &number(*paragraph)), ("left", &unseen_text(*left))])
        }
        Notice::Status { value } => tr_with!("notice.status", &[("status", &status_name(schema, value))]),
        Notice::Warning { rule, position, total } => {
            let message = schema.rules.get(*rule).map_or_else(AttrValue::default, |rule| pick(&rule.message));
            tr_with!(
                "notice.warning",
                &[("message", &message), ("position", &number(*position)), ("total", &number(*total))],
            )
        }
        _ => AttrValue::default(),
    }
}

fn with_links_gone(said: AttrValue, links: usize) -> AttrValue {
    match links {
        0 => said,
        _ => AttrValue::from(format!("{said}. {}.", tr_count("notice.links-gone", links))),
    }
}

/// How many paragraphs are still to be seen.
pub fn unseen_text(left: usize) -> AttrValue {
    if left == 0 { tr!("status.all-seen") } else { tr_count("status.unseen", left) }
}

/// The sentence for a refusal: what was not done, and what to do next.
pub fn refusal_text(schema: &Schema, refusal: &Refusal) -> AttrValue {
    let two_labels = |key: &str, label: &LabelId, other: &LabelId| {
        tr_with(key, &[("label", &label_name(schema, label)), ("other", &label_name(schema, other))])
    };
    match refusal {
        Refusal::NothingChosen => tr!("refusal.nothing-chosen"),
        Refusal::NothingSelected => tr!("refusal.nothing-selected"),
        Refusal::NoTextCursor => tr!("refusal.no-text-cursor"),
        Refusal::NothingToUndo => tr!("refusal.nothing-to-undo"),
        Refusal::NothingToRedo => tr!("refusal.nothing-to-redo"),
        Refusal::NoAnnotation => tr!("refusal.no-annotation"),
        Refusal::NoAnnotationHere => tr!("refusal.no-annotation-here"),
        Refusal::AlreadyThere { label } => {
            tr_with!("refusal.already-there", &[("label", &label_name(schema, label))])
        }
        Refusal::Overlap { label, other_label, surface, .. } => tr_with!(
            "refusal.overlap",
            &[
                ("label", &label_name(schema, label)),
                ("other", &label_name(schema, other_label)),
                ("words", surface),
            ],
        ),
        Refusal::FragmentsForbidden { label } => {
            tr_with!("refusal.fragments-forbidden", &[("label", &label_name(schema, label))])
        }
        Refusal::LastFragment => tr!("refusal.last-fragment"),
        Refusal::NoFragmentHere => tr!("refusal.no-fragment-here"),
        Refusal::EndBlocked => tr!("refusal.end-blocked"),
        Refusal::UnknownLabel { label } => tr_with!("refusal.unknown-label", &[("label", label.as_str())]),
        Refusal::BadValue { key } => tr_with!("refusal.bad-value", &[("key", &attribute_name(schema, key))]),
        Refusal::BadDate => tr!("refusal.bad-date"),
        Refusal::NoSuchLink { label } => {
            tr_with!("refusal.no-such-link", &[("label", &label_name(schema, label))])
        }
        Refusal::NoOtherEnd { labels } => {
            let names: Vec<AttrValue> = labels.iter().map(|label| label_name(schema, label)).collect();
            tr_with!("refusal.no-other-end", &[("labels", &names.join(", "))])
        }
        Refusal::NoOtherMention => tr!("refusal.no-other-mention"),
        Refusal::LinkForbidden { label, other_label } => {
            two_labels("refusal.link-forbidden", label, other_label)
        }
        Refusal::AlreadyLinked => tr!("refusal.already-linked"),
        Refusal::StillLinking => tr!("refusal.still-linking"),
        Refusal::NoRelation => tr!("refusal.no-relation"),
        Refusal::NoEntityLabel { label } => {
            tr_with!("refusal.no-entity-label", &[("label", &label_name(schema, label))])
        }
        Refusal::OtherLabel { label, other_label } => two_labels("refusal.other-label", label, other_label),
        Refusal::AlreadyOneEntity => tr!("refusal.already-one-entity"),
        Refusal::NoEntity => tr!("refusal.no-entity"),
        Refusal::NoParagraphHere => tr!("refusal.no-paragraph-here"),
        Refusal::AllSeen => tr!("refusal.all-seen"),
        Refusal::NoWarning => tr!("refusal.no-warning"),
        Refusal::NoRepair => tr!("refusal.no-repair"),
        Refusal::NoStatus => tr!("refusal.no-status"),
        Refusal::SchemaDiffers => tr!("refusal.schema-differs"),
        Refusal::Draft(refusal) => draft_refusal_text(schema, refusal),
        Refusal::TextTampered => tr!("refusal.text-tampered"),
        Refusal::ReadOnly => tr!("refusal.read-only"),
        Refusal::Internal => tr!("refusal.internal"),
    }
}

fn status_name(schema: &Schema, value: &str) -> AttrValue {
    let field = schema.field(&FieldKey::from(STATUS)).map(|field| &field.kind);
    let choice = match field {
        Some(FieldKind::Choice(choices)) => choices.iter().find(|choice| *choice.value == *value),
        _ => None,
    };
    choice.map_or_else(|| AttrValue::from(value.to_string()), |choice| pick(&choice.name))
}

/// What a label is called; its id where the schema does not have it.
pub fn label_name(schema: &Schema, label: &LabelId) -> AttrValue {
    schema.label(label).map_or_else(|| AttrValue::from(label.to_string()), |label| pick(&label.name))
}

/// What the `from` end does to the other: « introduit ».
fn relation_name(schema: &Schema, kind: &RelationTypeId) -> AttrValue {
    schema.relation(kind).map_or_else(|| AttrValue::from(kind.to_string()), |kind| pick(&kind.name))
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
        UserEvent::Link => "event.link",
        UserEvent::Unlink => "event.unlink",
        UserEvent::Relink => "event.relink",
        UserEvent::SameEntity => "event.same-entity",
        UserEvent::SplitEntity => "event.split-entity",
        UserEvent::SetEntity(_) => "event.set-entity",
        UserEvent::SetParagraph => "event.set-paragraph",
        UserEvent::ChangeSchema => "event.change-schema",
        UserEvent::Repair => "event.repair",
    })
}

/// Why a label set cannot be changed so, and what to do next.
pub fn draft_refusal_text(schema: &Schema, refusal: &DraftRefusal) -> AttrValue {
    match refusal {
        DraftRefusal::NoName => tr!("draft.no-name"),
        DraftRefusal::BadKey => tr!("draft.bad-key"),
        DraftRefusal::ReservedKey { key } => tr_with!("draft.reserved-key", &[("key", &key.to_string())]),
        DraftRefusal::KeyTaken { key, by } => {
            let owner = match by {
                KeyOwner::Label(label) => label_name(schema, label),
                KeyOwner::Relation(kind) => relation_name(schema, kind),
            };
            tr_with!("draft.key-taken", &[("key", &key.to_string()), ("by", &owner)])
        }
        DraftRefusal::BadColor => tr!("color.not-a-color"),
        DraftRefusal::PlaceholderMissing { placeholder } => {
            tr_with!("draft.placeholder-missing", &[("placeholder", placeholder)])
        }
        DraftRefusal::TooMany => tr!("draft.too-many"),
        DraftRefusal::LastValue => tr!("draft.last-value"),
        DraftRefusal::GroupInUse => tr!("draft.group-in-use"),
        DraftRefusal::BadDefault => tr!("draft.bad-default"),
        DraftRefusal::NotThere => tr!("draft.not-there"),
    }
}

/// What a change of the label set does to the work, as one sentence.
pub fn preview_text(preview: &Preview) -> AttrValue {
    let Preview { relabelled, removed, unknown, values, links, entities } = *preview;
    let parts = [
        ("preview.relabelled", relabelled),
        ("preview.removed", removed),
        ("preview.unknown", unknown),
        ("preview.values", values),
        ("preview.links", links),
        ("preview.entities", entities),
    ];
    let told: Vec<AttrValue> =
        parts.iter().filter(|(_, count)| *count > 0).map(|(key, count)| tr_count(key, *count)).collect();
    match told.is_empty() {
        true => tr!("preview.nothing"),
        false => AttrValue::from(format!("{}.", told.join(" · "))),
    }
}
