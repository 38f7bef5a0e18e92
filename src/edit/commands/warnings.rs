//! Going from warning to warning, and mending what they are about.

use crate::edit::checks::broken_rules;
use crate::edit::commands::annotate::relabel_to;
use crate::edit::commands::choose::{Direction, choose};
use crate::edit::commands::{CommandContext, CommandResult};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::State;
use crate::edit::transaction::UserEvent;
use crate::model::annotation::Annotation;
use crate::model::ids::AnnotationId;
use crate::model::schema::Rule;

/// Chooses the next or previous annotation with a warning: from the chosen one, else from the text
/// cursor, round past either end. O(log n) once warnings are known.
pub fn next_warning(state: &State, ctx: &CommandContext<'_>, direction: Direction) -> CommandResult {
    let warned = state.warned();
    let len = warned.len();
    if len == 0 {
        return Err(Refusal::NoWarning);
    }
    let rank = match (state.chosen(), state.focus.selection) {
        (Some(chosen), _) => {
            let rank = state.warned_rank(chosen);
            let is_here = warned.nth(rank).is_some_and(|item| item.0.id == chosen.id);
            if is_here && direction == Direction::Forward { rank + 1 } else { rank }
        }
        (None, Some(selection)) => warned.rank(|item| {
            if item.0.target.start() < selection.head {
                std::cmp::Ordering::Less
            } else {
                std::cmp::Ordering::Greater
            }
        }),
        (None, None) => 0,
    };
    let next = match direction {
        Direction::Forward => rank % len,
        Direction::Backward => (rank + len - 1) % len,
    };
    let annotation = &warned.nth(next).ok_or(Refusal::NoWarning)?.0;
    let effect = choose(state, ctx, &annotation.id)?;
    let rule = broken_rules(state, annotation).first().copied().ok_or(Refusal::NoWarning)?;
    let notice = Notice::Warning { rule, position: next + 1, total: len };
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
