//! Choosing annotations, selecting text, leaving modes, showing and hiding marks.

use std::rc::Rc;

use crate::edit::commands::ends::restore_ends;
use crate::edit::commands::link::{leave, link_with};
use crate::edit::commands::{CommandContext, CommandResult, Snap, surface};
use crate::edit::link_ends::fits;
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::{Focus, LinksShown, MarksShown, Mode, Selection, State};
use crate::edit::transaction::Transaction;
use crate::model::annotation::Annotation;
use crate::model::ids::AnnotationId;
use crate::text::graphemes::previous_grapheme;
use crate::text::snap::{snap_to_graphemes, snap_to_words};
use crate::text::span::TextOffset;

/// A direction in text order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Forward,
    Backward,
}

/// Chooses an annotation and brings the text cursor to it.
pub fn choose(state: &State, ctx: &CommandContext<'_>, id: &AnnotationId) -> CommandResult {
    let annotation = state.annotations.get(id).ok_or(Refusal::NoAnnotation)?;
    let selection = Some(Selection::caret(annotation.target.start()));
    Ok(chosen_effect(state, ctx, annotation, selection))
}

/// Chooses the next or previous annotation in text order: from the chosen one, else from the
/// text cursor, else from the start or end of the text.
pub fn choose_neighbour(state: &State, ctx: &CommandContext<'_>, direction: Direction) -> CommandResult {
    let annotations = &state.annotations;
    let place = match (state.chosen(), state.focus.selection) {
        (Some(chosen), _) => {
            let rank = annotations.rank(chosen);
            match direction {
                Direction::Forward => Some(rank + 1),
                Direction::Backward => rank.checked_sub(1),
            }
        }
        (None, Some(selection)) => {
            let rank = annotations.rank_of_offset(selection.head);
            match direction {
                Direction::Forward => Some(rank),
                Direction::Backward => rank.checked_sub(1),
            }
        }
        (None, None) => match direction {
            Direction::Forward => Some(0),
            Direction::Backward => annotations.len().checked_sub(1),
        },
    };
    // Past either end, go round.
    let around = match direction {
        Direction::Forward => 0,
        Direction::Backward => annotations.len().saturating_sub(1),
    };
    let neighbour = place.and_then(|place| annotations.nth(place)).or_else(|| annotations.nth(around));
    let neighbour = neighbour.ok_or(Refusal::NoAnnotation)?;
    Ok(chosen_effect(state, ctx, neighbour, Some(Selection::caret(neighbour.target.start()))))
}

/// Chooses the innermost annotation at a place; the same place again walks outwards, and round.
/// Nothing there lets go of the chosen one.
pub fn choose_at(state: &State, ctx: &CommandContext<'_>, place: TextOffset) -> Effect {
    let here = state.annotations.covering(place);
    let before = state.focus.selection.map(|selection| state.annotations.covering(selection.head));
    let is_same_place = before.as_ref() == Some(&here);
    let chosen_idx = here.iter().position(|annotation| Some(&annotation.id) == state.focus.chosen.as_ref());
    let next = match chosen_idx {
        Some(idx) if is_same_place => here.get((idx + 1) % here.len()),
        _ => here.first(),
    };
    let selection = Some(Selection::caret(place));
    match next {
        Some(annotation) => chosen_effect(state, ctx, annotation, selection),
        None => {
            let notice = state.focus.chosen.is_some().then_some(Notice::ChosenNone);
            let focus = Focus { chosen: None, selection, mode: Mode::Normal, ..state.focus.clone() };
            Effect { transaction: Some(Transaction::focus(focus, ctx.time_ms)), notice }
        }
    }
}

/// Shows the relations of all annotations on the screen, or of the chosen one only.
pub fn toggle_links(state: &State, ctx: &CommandContext<'_>) -> Effect {
    let all = state.focus.links == LinksShown::OfChosen;
    let links = if all { LinksShown::All } else { LinksShown::OfChosen };
    let focus = Focus { links, ..state.focus.clone() };
    Effect::new(Transaction::focus(focus, ctx.time_ms), Notice::LinksShown { all })
}

/// Takes the annotation at a place as the other end of the link that is looked for: the innermost
/// one that fits. A place without annotations changes nothing.
pub fn link_at(state: &State, ctx: &mut CommandContext<'_>, place: TextOffset) -> CommandResult {
    let here = state.annotations.covering(place);
    let (Some(chosen), Mode::Linking(linking)) = (state.chosen(), &state.focus.mode) else {
        return Ok(choose_at(state, ctx, place));
    };
    let mut fitting = here.iter().filter(|other| fits(state, chosen, other, linking.purpose));
    match fitting.next().or_else(|| here.iter().find(|other| other.id != chosen.id)) {
        Some(other) => link_with(state, ctx, &other.id),
        None => Ok(Effect::default()),
    }
}

/// Chooses the innermost annotation at the text cursor, again outwards.
pub fn choose_here(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let caret = state.focus.selection.ok_or(Refusal::NoTextCursor)?.head;
    // Where no annotation holds the letter after the cursor, the one that ends at it is meant.
    let places = [caret, previous_grapheme(&state.document.text, caret)];
    let place = places.into_iter().find(|place| !state.annotations.covering(*place).is_empty());
    Ok(choose_at(state, ctx, place.ok_or(Refusal::NoAnnotationHere)?))
}

/// Chooses no annotation any more.
pub fn choose_none(state: &State, ctx: &CommandContext<'_>) -> Effect {
    let focus = Focus { chosen: None, ..state.focus.clone() };
    Effect::new(Transaction::focus(focus, ctx.time_ms), Notice::ChosenNone)
}

/// Leaves the innermost mode: moving ends or linking, then the selection, the armed label, the chosen one.
pub fn escape(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let focus = &state.focus;
    match focus.mode {
        Mode::MovingEnds(_) => return restore_ends(state, ctx),
        Mode::Linking(_) => return Ok(leave(state, ctx)),
        Mode::Normal => {}
    }
    if let Some(selection) = focus.selection.filter(|selection| selection.span().is_some()) {
        let focus = Focus { selection: Some(Selection::caret(selection.head)), ..focus.clone() };
        return Ok(Effect::silent(Transaction::focus(focus, ctx.time_ms)));
    }
    if focus.armed.is_some() {
        return Ok(disarm(state, ctx));
    }
    if focus.chosen.is_some() {
        return Ok(choose_none(state, ctx));
    }
    Ok(Effect::default())
}

/// Lets go of the label that waits for words.
pub fn disarm(state: &State, ctx: &CommandContext<'_>) -> Effect {
    let focus = Focus { armed: None, ..state.focus.clone() };
    Effect::new(Transaction::focus(focus, ctx.time_ms), Notice::Disarmed)
}

/// Takes up a selection made by hand, grown to whole words or graphemes, without outer white
/// space. A selection of nothing but white space becomes a cursor.
pub fn select(state: &State, ctx: &CommandContext<'_>, raw: Selection) -> Effect {
    let text = &state.document.text;
    let snapped = raw.span().and_then(|span| match ctx.snap {
        Snap::Words => snap_to_words(text, span),
        Snap::Characters => snap_to_graphemes(text, span),
    });
    let selection = match snapped {
        Some(span) if raw.anchor <= raw.head => Selection::of_span(span),
        Some(span) => Selection { anchor: span.end(), head: span.start() },
        None => Selection::caret(raw.head),
    };
    let focus = Focus { selection: Some(selection), mode: Mode::Normal, ..state.focus.clone() };
    Effect::silent(Transaction::focus(focus, ctx.time_ms))
}

/// Shows all marks, then those of one label, then none, then all again.
pub fn cycle_marks(state: &State, ctx: &CommandContext<'_>) -> Effect {
    let label = state.focus.armed.clone().or_else(|| state.chosen().map(|chosen| chosen.label.clone()));
    let marks = match (&state.focus.marks, label) {
        (MarksShown::All, Some(label)) => MarksShown::Only(label),
        (MarksShown::All | MarksShown::Only(_), _) => MarksShown::None,
        (MarksShown::None, _) => MarksShown::All,
    };
    show_marks(state, ctx, marks)
}

pub fn show_marks(state: &State, ctx: &CommandContext<'_>, marks: MarksShown) -> Effect {
    let notice = match &marks {
        MarksShown::All => Notice::MarksShown,
        MarksShown::Only(label) => Notice::MarksOnly { label: label.clone() },
        MarksShown::None => Notice::MarksHidden,
    };
    let focus = Focus { marks, ..state.focus.clone() };
    Effect::new(Transaction::focus(focus, ctx.time_ms), notice)
}

fn chosen_effect(
    state: &State,
    ctx: &CommandContext<'_>,
    annotation: &Rc<Annotation>,
    selection: Option<Selection>,
) -> Effect {
    let notice = Notice::Chosen {
        label: annotation.label.clone(),
        surface: surface(state, &annotation.target),
        position: state.annotations.rank(annotation) + 1,
        total: state.annotations.len(),
    };
    let focus =
        Focus { chosen: Some(annotation.id.clone()), selection, mode: Mode::Normal, ..state.focus.clone() };
    Effect::new(Transaction::focus(focus, ctx.time_ms), notice)
}
