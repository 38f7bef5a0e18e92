//! Going from remark to remark, and mending what they are about.

use std::cmp::Ordering;

use crate::edit::checks::broken_rules;
use crate::edit::commands::annotate::relabel_to;
use crate::edit::commands::choose::{Direction, choose};
use crate::edit::commands::{CommandContext, CommandResult};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::State;
use crate::edit::transaction::UserEvent;
use crate::model::annotation::Annotation;
use crate::model::annotation_set::text_order;
use crate::model::ids::AnnotationId;
use crate::model::schema::Rule;

/// Chooses the next or previous annotation with a remark: from the chosen one, else from the text
/// cursor, round past either end. O(log n) once remarks are known.
pub fn next_warning(state: &State, ctx: &CommandContext<'_>, direction: Direction) -> CommandResult {
    let warned = state.warned();
    let total = warned.len();
    if total == 0 {
        return Err(Refusal::NoWarning);
    }
    let is_before = |is_before: bool| if is_before { Ordering::Less } else { Ordering::Greater };
    let rank = match (state.chosen(), state.focus.selection, direction) {
        (Some(chosen), _, Direction::Forward) => {
            warned.rank(|remark| is_before(text_order(&remark.annotation, chosen) != Ordering::Greater))
        }
        (Some(chosen), _, Direction::Backward) => state.warned_rank(chosen),
        (None, Some(selection), _) => {
            warned.rank(|remark| is_before(remark.annotation.target.start() < selection.head))
        }
        (None, None, _) => 0,
    };
    let next = match direction {
        Direction::Forward => rank % total,
        Direction::Backward => (rank + total - 1) % total,
    };
    let annotation = &warned.nth(next).ok_or(Refusal::NoWarning)?.annotation;
    let effect = choose(state, ctx, &annotation.id)?;
    let first = state.warned_rank(annotation);
    let rule = warned.nth(first).ok_or(Refusal::NoWarning)?.rule;
    let notice = Notice::Warning { rule, position: first + 1, total };
    Ok(Effect { notice: Some(notice), ..effect })
}

/// Mends the chosen annotation as the first broken rule that offers it says.
pub fn repair_chosen(state: &State, ctx: &mut CommandContext<'_>) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    let rule = repairs(state, chosen).next().ok_or(Refusal::NoRepair)?;
    repair(state, ctx, &chosen.id, rule)
}

/// Mends an annotation as a rule offers it.
pub fn repair(state: &State, ctx: &mut CommandContext<'_>, id: &AnnotationId, rule: &Rule) -> CommandResult {
    let label = rule.repair.as_ref().ok_or(Refusal::NoRepair)?;
    let annotation = state.annotations.get(id).ok_or(Refusal::NoAnnotation)?;
    relabel_to(state, ctx, annotation, label, UserEvent::Repair)
}

/// The broken rules of an annotation that offer a repair.
pub fn repairs<'s>(state: &'s State, annotation: &Annotation) -> impl Iterator<Item = &'s Rule> {
    let broken = broken_rules(state, annotation);
    broken.into_iter().map(|idx| &state.schema.rules[idx]).filter(|rule| rule.repair.is_some())
}
