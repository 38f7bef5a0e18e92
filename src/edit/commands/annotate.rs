//! Making annotations and giving them another label: what a label's key does.

use std::rc::Rc;

use crate::edit::commands::{
    CommandContext, CommandResult, links_removed, replace, surface, user_transaction,
};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::{Focus, Mode, Selection, State};
use crate::edit::transaction::{Change, Edit, Transaction, UserEvent};
use crate::model::annotation::{Annotation, Target};
use crate::model::ids::LabelId;
use crate::model::schema::{Label, SpanPolicy};
use crate::text::snap::snap_to_graphemes;
use crate::text::span::TextSpan;

/// A label's key: marks the selection; else relabels the chosen annotation, or adds over its
/// words; else arms the label. `always_add` is the same key with Shift.
pub fn use_label(
    state: &State,
    ctx: &mut CommandContext<'_>,
    label_id: &LabelId,
    always_add: bool,
) -> CommandResult {
    let label = offered_label(state, label_id)?;
    if let Some(span) = state.selected_span() {
        // Selections by key are taken letter by letter: only outer white space is left out (R6).
        let span = snap_to_graphemes(&state.document.text, span).ok_or(Refusal::NothingSelected)?;
        return add(state, ctx, label, Target::span(span));
    }
    match state.chosen() {
        Some(chosen) if !always_add && relabels(state, chosen, label) => relabel(state, ctx, label),
        Some(chosen) => {
            let target = chosen.target.clone();
            add(state, ctx, label, target)
        }
        None => Ok(arm(state, ctx, label_id)),
    }
}

/// Marks these words, whatever is selected or chosen.
pub fn annotate_span(
    state: &State,
    ctx: &mut CommandContext<'_>,
    label_id: &LabelId,
    span: TextSpan,
) -> CommandResult {
    let label = offered_label(state, label_id)?;
    add(state, ctx, label, Target::span(span))
}

/// Gives the chosen annotation another label. Its id, words, note and links stay.
pub fn relabel_chosen(state: &State, ctx: &mut CommandContext<'_>, label_id: &LabelId) -> CommandResult {
    relabel(state, ctx, offered_label(state, label_id)?)
}

/// Holds a label ready for the next selection, or lets go of it.
pub fn arm(state: &State, ctx: &CommandContext<'_>, label_id: &LabelId) -> Effect {
    let is_armed = state.focus.armed.as_ref() == Some(label_id);
    let armed = if is_armed { None } else { Some(label_id.clone()) };
    let notice = if is_armed { Notice::Disarmed } else { Notice::Armed { label: label_id.clone() } };
    let focus = Focus { armed, ..state.focus.clone() };
    Effect::new(Transaction::focus(focus, ctx.time_ms), notice)
}

fn offered_label<'s>(state: &'s State, label_id: &LabelId) -> Result<&'s Label, Refusal> {
    let label = state.schema.label(label_id).filter(|label| !label.retired);
    label.ok_or_else(|| Refusal::UnknownLabel { label: label_id.clone() })
}

/// Whether a label's key changes the chosen annotation's label rather than adding another over
/// the same words. A label that stacks (a quote) keeps its annotation beside a statement.
fn relabels(state: &State, chosen: &Annotation, label: &Label) -> bool {
    match state.schema.label(&chosen.label) {
        Some(old) => old.group == label.group && (old.id == label.id || !(old.stacks || label.stacks)),
        None => true,
    }
}

fn add(state: &State, ctx: &mut CommandContext<'_>, label: &Label, target: Target) -> CommandResult {
    check_policy(state, label, &target, None)?;
    let annotation = Annotation::new(ctx.ids.annotation(), label, target, ctx.annotator.clone(), ctx.time_ms);
    let notice = Notice::Added { label: label.id.clone(), surface: surface(state, &annotation.target) };
    let focus = Focus {
        chosen: Some(annotation.id.clone()),
        selection: state.focus.selection.map(|selection| Selection::caret(selection.head)),
        mode: Mode::Normal,
        // It waited for one selection.
        armed: None,
        ..state.focus.clone()
    };
    let edits = vec![Edit::Annotation(Change::added(Rc::new(annotation)))];
    Ok(Effect::new(user_transaction(state, edits, focus, UserEvent::Annotate, ctx.time_ms), notice))
}

fn relabel(state: &State, ctx: &CommandContext<'_>, label: &Label) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    relabel_to(state, ctx, chosen, &label.id, UserEvent::Relabel)
}

/// Gives an annotation another label. Links that the new label cannot have go.
pub(super) fn relabel_to(
    state: &State,
    ctx: &CommandContext<'_>,
    annotation: &Rc<Annotation>,
    label_id: &LabelId,
    event: UserEvent,
) -> CommandResult {
    let label = offered_label(state, label_id)?;
    if annotation.label == label.id {
        return Err(Refusal::AlreadyThere { label: label.id.clone() });
    }
    check_policy(state, label, &annotation.target, Some(annotation))?;
    let relabelled = annotation.relabelled(state.schema.label(&annotation.label), label, ctx.time_ms);
    let dropped = annotation.by_hand.difference(&relabelled.by_hand).cloned().collect();
    let edits = vec![replace(annotation, relabelled)];
    let transaction = user_transaction(state, edits, state.focus.clone(), event, ctx.time_ms);
    let notice = Notice::Relabelled {
        label: label.id.clone(),
        surface: surface(state, &annotation.target),
        dropped,
        links: links_removed(&transaction),
    };
    Ok(Effect::new(transaction, notice))
}

/// Whether the schema lets these words carry this label beside the annotations already there.
/// Of two that share words, the policies of both labels must allow it.
pub(super) fn check_policy(
    state: &State,
    label: &Label,
    target: &Target,
    itself: Option<&Annotation>,
) -> Result<(), Refusal> {
    let policy = state.schema.policy_of(&label.id);
    if target.is_discontinuous() && !policy.discontinuous {
        return Err(Refusal::FragmentsForbidden { label: label.id.clone() });
    }
    let mut refusal = None;
    state.annotations.overlapping(target.envelope(), |other| {
        if refusal.is_some() || itself.is_some_and(|itself| itself.id == other.id) {
            return;
        }
        if other.target == *target && other.label == label.id {
            refusal = Some(Refusal::AlreadyThere { label: label.id.clone() });
            return;
        }
        let shares = target.fragments().iter().any(|fragment| other.target.overlaps(*fragment));
        let nests = target.covers(&other.target) || other.target.covers(target);
        let other_policy = state.schema.policy_of(&other.label);
        let allows = |policy: SpanPolicy| if nests { policy.nesting } else { policy.overlap };
        if shares && !(allows(policy) && allows(other_policy)) {
            refusal = Some(Refusal::Overlap {
                label: label.id.clone(),
                other: other.id.clone(),
                other_label: other.label.clone(),
                surface: surface(state, &other.target),
            });
        }
    });
    refusal.map_or(Ok(()), Err)
}
