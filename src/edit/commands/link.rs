//! Linking annotations without dragging: a relation's key, then the other end.

use std::rc::Rc;

use crate::edit::checks::is_allowed;
use crate::edit::commands::choose::{Direction, choose};
use crate::edit::commands::entity::unite;
use crate::edit::commands::{CommandContext, CommandResult, normal, surface, user_transaction};
use crate::edit::link_ends::{best_ends, fits, options_between, possible_ends};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::{Focus, LinkOption, LinkPurpose, Linking, Mode, Selection, State};
use crate::edit::transaction::{Change, Edit, Transaction, UserEvent};
use crate::model::annotation::Provenance;
use crate::model::ids::{AnnotationId, RelationId};
use crate::model::relation::Relation;

/// Begins to look for the other end of a link of the chosen annotation, with the likeliest one in
/// hand. The same again goes on to the next likely one.
pub fn begin(state: &State, ctx: &CommandContext<'_>, purpose: LinkPurpose) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    if matches!(&state.focus.mode, Mode::Linking(linking) if linking.purpose == purpose) {
        return step(state, ctx, Direction::Forward);
    }
    let is_possible = match purpose {
        LinkPurpose::SameEntity => state.schema.label(&chosen.label).is_some_and(|label| label.is_entity),
        LinkPurpose::Relation(key) => state.schema.relations.iter().any(|kind| {
            kind.key == Some(key) && (kind.from.contains(&chosen.label) || kind.to.contains(&chosen.label))
        }),
        LinkPurpose::AnyRelation => true,
    };
    if !is_possible {
        return Err(match purpose {
            LinkPurpose::SameEntity => Refusal::NoEntityLabel { label: chosen.label.clone() },
            _ => Refusal::NoSuchLink { label: chosen.label.clone() },
        });
    }
    let ends = best_ends(state, chosen, purpose);
    let Some(candidate) = ends.first() else {
        return Err(match purpose {
            LinkPurpose::SameEntity => Refusal::NoOtherMention,
            _ => Refusal::NoOtherEnd { labels: possible_ends(state, chosen, purpose) },
        });
    };
    let linking = Linking { purpose, candidate: Some(candidate.id.clone()), options: Vec::new() };
    Ok(linking_effect(state, ctx, linking))
}

/// Goes to the next or previous likely end.
pub fn step(state: &State, ctx: &CommandContext<'_>, direction: Direction) -> CommandResult {
    let (Some(chosen), Mode::Linking(linking)) = (state.chosen(), &state.focus.mode) else {
        return Err(Refusal::NothingChosen);
    };
    let ends = best_ends(state, chosen, linking.purpose);
    let here = ends.iter().position(|end| Some(&end.id) == linking.candidate.as_ref());
    let next = match (here, direction) {
        (None, _) => 0,
        (Some(here), Direction::Forward) => (here + 1) % ends.len(),
        (Some(here), Direction::Backward) => (here + ends.len() - 1) % ends.len(),
    };
    let candidate = ends.get(next).map(|end| end.id.clone());
    let linking = Linking { candidate, options: Vec::new(), ..linking.clone() };
    Ok(linking_effect(state, ctx, linking))
}

/// Takes the end in hand.
pub fn accept(state: &State, ctx: &mut CommandContext<'_>) -> CommandResult {
    let Mode::Linking(linking) = &state.focus.mode else { return Err(Refusal::NothingChosen) };
    let candidate = linking.candidate.clone().ok_or(Refusal::NothingChosen)?;
    link_with(state, ctx, &candidate)
}

/// Links the chosen annotation with another one, as the mode of the moment says. Where several
/// types of relation fit, asks which.
pub fn link_with(state: &State, ctx: &mut CommandContext<'_>, other: &AnnotationId) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    let other = state.annotations.get(other).ok_or(Refusal::NoAnnotation)?;
    let purpose = match &state.focus.mode {
        Mode::Linking(linking) => linking.purpose,
        _ => LinkPurpose::AnyRelation,
    };
    if purpose == LinkPurpose::SameEntity {
        return unite(state, ctx, &chosen.id, &other.id);
    }
    let options = options_between(state, chosen, other, purpose);
    match options.as_slice() {
        [] => Err(match fits(state, chosen, other, purpose) {
            true => Refusal::AlreadyLinked,
            false => Refusal::LinkForbidden { label: chosen.label.clone(), other_label: other.label.clone() },
        }),
        [option] => link(state, ctx, option),
        _ => {
            let candidate = Some(other.id.clone());
            let focus =
                Focus { mode: Mode::Linking(Linking { purpose, candidate, options }), ..state.focus.clone() };
            Ok(Effect::new(Transaction::focus(focus, ctx.time_ms), Notice::ChooseLink))
        }
    }
}

/// Chooses an annotation, or takes it as the other end of the link that is looked for.
pub fn choose_or_link(state: &State, ctx: &mut CommandContext<'_>, id: &AnnotationId) -> CommandResult {
    match state.focus.mode {
        Mode::Linking(_) => link_with(state, ctx, id),
        _ => choose(state, ctx, id),
    }
}

/// Takes one of the types that fit, by its place in the list.
pub fn choose_option(state: &State, ctx: &mut CommandContext<'_>, idx: usize) -> CommandResult {
    let Mode::Linking(linking) = &state.focus.mode else { return Err(Refusal::NothingChosen) };
    let option = linking.options.get(idx).ok_or(Refusal::NothingChosen)?.clone();
    link(state, ctx, &option)
}

/// Makes a relation. Refused where the schema forbids its ends (R5), where it is there already, and
/// where an end may have only one.
pub fn link(state: &State, ctx: &mut CommandContext<'_>, option: &LinkOption) -> CommandResult {
    let kind = state.schema.relation(&option.kind).ok_or(Refusal::Internal)?;
    let from = state.annotations.get(&option.from).ok_or(Refusal::NoAnnotation)?;
    let to = state.annotations.get(&option.to).ok_or(Refusal::NoAnnotation)?;
    if from.id == to.id || !kind.allows(from, to) {
        let (label, other_label) = (from.label.clone(), to.label.clone());
        return Err(Refusal::LinkForbidden { label, other_label });
    }
    let mut edits = Vec::new();
    for relation in state.relations.of(&from.id).chain(state.relations.of(&to.id)) {
        if relation.kind != kind.id {
            continue;
        }
        if relation.from == from.id && relation.to == to.id {
            return Err(Refusal::AlreadyLinked);
        }
        // Where there may be one only, the new one takes its place.
        let is_replaced =
            (kind.one_per_from && relation.from == from.id) || (kind.one_per_to && relation.to == to.id);
        if is_replaced {
            edits.push(Edit::Relation(Change::removed(relation.clone())));
        }
    }
    let relation = Relation {
        id: ctx.ids.relation(),
        kind: kind.id.clone(),
        from: from.id.clone(),
        to: to.id.clone(),
        provenance: Provenance::by_hand(ctx.annotator, ctx.time_ms),
        extra: None,
    };
    edits.push(Edit::Relation(Change::added(Rc::new(relation))));
    let notice = Notice::Linked {
        kind: kind.id.clone(),
        from: surface(state, &from.target),
        to: surface(state, &to.target),
    };
    let focus = normal(state);
    Ok(Effect::new(user_transaction(state, edits, focus, UserEvent::Link, ctx.time_ms), notice))
}

/// Takes a relation away.
pub fn unlink(state: &State, ctx: &CommandContext<'_>, id: &RelationId) -> CommandResult {
    let relation = state.relations.get(id).ok_or(Refusal::NoRelation)?;
    let edits = vec![Edit::Relation(Change::removed(relation.clone()))];
    let notice = Notice::Unlinked { kind: relation.kind.clone() };
    Ok(Effect::new(user_transaction(state, edits, normal(state), UserEvent::Unlink, ctx.time_ms), notice))
}

/// Gives a relation another type, with the same ends or with its ends turned round.
pub fn relink(
    state: &State,
    ctx: &CommandContext<'_>,
    id: &RelationId,
    option: &LinkOption,
) -> CommandResult {
    let relation = state.relations.get(id).ok_or(Refusal::NoRelation)?;
    let mut changed = Relation {
        kind: option.kind.clone(),
        from: option.from.clone(),
        to: option.to.clone(),
        ..relation.as_ref().clone()
    };
    changed.provenance.changed_ms = ctx.time_ms;
    let (from, to) = state.ends_of(&changed).ok_or(Refusal::NoAnnotation)?;
    if !is_allowed(state, &changed) {
        let (label, other_label) = (from.label.clone(), to.label.clone());
        return Err(Refusal::LinkForbidden { label, other_label });
    }
    if state.relations.of(&changed.from).any(|other| other.says_the_same(&changed)) {
        return Err(Refusal::AlreadyLinked);
    }
    let notice = Notice::Linked {
        kind: changed.kind.clone(),
        from: surface(state, &from.target),
        to: surface(state, &to.target),
    };
    let edits = vec![Edit::Relation(Change::replaced(relation.clone(), Rc::new(changed)))];
    Ok(Effect::new(user_transaction(state, edits, normal(state), UserEvent::Relink, ctx.time_ms), notice))
}

/// The types that a relation could have instead, those with the same ends first.
pub fn other_types(state: &State, relation: &Relation) -> Vec<LinkOption> {
    let Some((from, to)) = state.ends_of(relation) else { return Vec::new() };
    options_between(state, from, to, LinkPurpose::AnyRelation)
}

/// Leaves the looking for an end; where a type was asked for, only that.
pub fn leave(state: &State, ctx: &CommandContext<'_>) -> Effect {
    if let Mode::Linking(linking) = &state.focus.mode
        && !linking.options.is_empty()
    {
        let linking = Linking { options: Vec::new(), ..linking.clone() };
        let focus = Focus { mode: Mode::Linking(linking), ..state.focus.clone() };
        return Effect::silent(Transaction::focus(focus, ctx.time_ms));
    }
    Effect::new(Transaction::focus(normal(state), ctx.time_ms), Notice::LinkLeft)
}

fn linking_effect(state: &State, ctx: &CommandContext<'_>, linking: Linking) -> Effect {
    let candidate = linking.candidate.as_ref().and_then(|id| state.annotations.get(id));
    let notice = candidate.map(|candidate| Notice::LinkCandidate {
        label: candidate.label.clone(),
        surface: surface(state, &candidate.target),
    });
    // The candidate comes into view; the chosen annotation stays chosen.
    let caret = candidate.map(|candidate| Selection::caret(candidate.target.start()));
    let focus = Focus {
        mode: Mode::Linking(linking),
        selection: caret.or(state.focus.selection),
        ..state.focus.clone()
    };
    Effect { transaction: Some(Transaction::focus(focus, ctx.time_ms)), notice }
}
