//! Moving the ends of the chosen annotation, and its fragments.

use std::rc::Rc;

use crate::edit::commands::annotate::check_policy;
use crate::edit::commands::caret::{Motion, offset_after};
use crate::edit::commands::change::change;
use crate::edit::commands::{CommandContext, CommandResult, normal, surface};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::{Edge, Focus, Mode, MovingEnds, Selection, State};
use crate::edit::transaction::{Transaction, UserEvent};
use crate::model::annotation::{Annotation, Target};
use crate::text::snap::{snap_to_graphemes, snap_to_words};
use crate::text::span::{TextOffset, TextSpan};

use super::Snap;

/// Begins to move ends by key, or goes to the other end.
pub fn move_ends(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    let moving = match &state.focus.mode {
        Mode::MovingEnds(moving) => MovingEnds {
            edge: match moving.edge {
                Edge::Start => Edge::End,
                Edge::End => Edge::Start,
            },
            original: moving.original.clone(),
        },
        Mode::Normal | Mode::Linking(_) => MovingEnds { edge: Edge::End, original: chosen.target.clone() },
    };
    let caret = edge_of(&chosen.target, moving.edge);
    let focus = Focus {
        mode: Mode::MovingEnds(moving),
        selection: Some(Selection::caret(caret)),
        ..state.focus.clone()
    };
    Ok(Effect::new(Transaction::focus(focus, ctx.time_ms), Notice::MovingEnds))
}

/// Moves the end in hand by a letter, word or sentence.
pub fn nudge_end(state: &State, ctx: &CommandContext<'_>, edge: Edge, motion: Motion) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    let mut place = edge_of(&chosen.target, edge);
    // White space at an end is left out, so a step into it must go on until an end has moved.
    loop {
        let next = offset_after(state, place, motion);
        let target = with_end(state, &chosen.target, edge, next, Snap::Characters);
        if next == place || target.is_none_or(|target| target != chosen.target) {
            return set_end(state, ctx, edge, next, Snap::Characters);
        }
        place = next;
    }
}

/// Puts an end of the chosen annotation at a place, given by hand: snapped to whole words or
/// graphemes as `snap` says, outer white space left out.
pub fn set_end(
    state: &State,
    ctx: &CommandContext<'_>,
    edge: Edge,
    place: TextOffset,
    snap: Snap,
) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    let target = with_end(state, &chosen.target, edge, place, snap).ok_or(Refusal::EndBlocked)?;
    if target == chosen.target {
        return Ok(Effect::default());
    }
    if let Some(label) = state.schema.label(&chosen.label) {
        check_policy(state, label, &target, Some(chosen))?;
    }
    let notice = Notice::EndMoved { surface: surface(state, &target) };
    let caret = Selection::caret(edge_of(&target, edge));
    let changed = Annotation { target, ..chosen.as_ref().clone() };
    let mut effect = change(state, ctx, chosen, changed, UserEvent::MoveEnd(chosen.id.clone()))?;
    if let Some(Transaction { focus: Some(focus), .. }) = &mut effect.transaction {
        focus.selection = Some(caret);
    }
    effect.notice = Some(notice);
    Ok(effect)
}

/// Ends the moving of ends: keeps them.
pub fn keep_ends(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    let notice = Notice::EndsKept { surface: surface(state, &chosen.target) };
    Ok(Effect::new(Transaction::focus(normal(state), ctx.time_ms), notice))
}

/// Ends the moving of ends: puts them back where they were.
pub fn restore_ends(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let (Some(chosen), Mode::MovingEnds(moving)) = (state.chosen(), &state.focus.mode) else {
        return Ok(Effect::new(Transaction::focus(normal(state), ctx.time_ms), Notice::EndsRestored));
    };
    let changed = Annotation { target: moving.original.clone(), ..chosen.as_ref().clone() };
    let effect = change(state, ctx, chosen, changed, UserEvent::MoveEnd(chosen.id.clone()))?;
    let caret = Selection::caret(edge_of(&moving.original, moving.edge));
    let focus = Focus { selection: Some(caret), ..normal(state) };
    let transaction = match effect.transaction {
        Some(transaction) => Transaction { focus: Some(focus), ..transaction },
        None => Transaction::focus(focus, ctx.time_ms),
    };
    Ok(Effect::new(transaction, Notice::EndsRestored))
}

/// Makes the selection a further fragment of the chosen annotation.
pub fn add_fragment(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    let span = state.selected_span().ok_or(Refusal::NothingSelected)?;
    let span = snap_to_graphemes(&state.document.text, span).ok_or(Refusal::NothingSelected)?;
    let mut fragments = chosen.target.fragments().to_vec();
    fragments.push(span);
    let target = Target::fragments_of(fragments).ok_or(Refusal::Internal)?;
    if target == chosen.target {
        return Err(Refusal::AlreadyThere { label: chosen.label.clone() });
    }
    if let Some(label) = state.schema.label(&chosen.label) {
        check_policy(state, label, &target, Some(chosen))?;
    }
    let notice = Notice::FragmentAdded { surface: Rc::from(&state.document.text[span.range()]) };
    let caret = state.focus.selection.map(|selection| Selection::caret(selection.head));
    retarget(state, ctx, target, UserEvent::AddFragment, (notice, caret))
}

/// Takes away the fragment of the chosen annotation at the text cursor.
pub fn remove_fragment(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    let caret = state.focus.selection.ok_or(Refusal::NoTextCursor)?.head;
    let (here, rest): (Vec<TextSpan>, Vec<TextSpan>) =
        chosen.target.fragments().iter().partition(|fragment| fragment.touches_offset(caret));
    let gone = here.first().ok_or(Refusal::NoFragmentHere)?;
    let target = Target::fragments_of(rest).ok_or(Refusal::LastFragment)?;
    let notice = Notice::FragmentRemoved { surface: Rc::from(&state.document.text[gone.range()]) };
    retarget(state, ctx, target, UserEvent::RemoveFragment, (notice, state.focus.selection))
}

fn retarget(
    state: &State,
    ctx: &CommandContext<'_>,
    target: Target,
    event: UserEvent,
    (notice, selection): (Notice, Option<Selection>),
) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    let changed = Annotation { target, ..chosen.as_ref().clone() };
    let mut effect = change(state, ctx, chosen, changed, event)?;
    if let Some(Transaction { focus: Some(focus), .. }) = &mut effect.transaction {
        focus.selection = selection;
    }
    effect.notice = Some(notice);
    Ok(effect)
}

fn edge_of(target: &Target, edge: Edge) -> TextOffset {
    match edge {
        Edge::Start => target.start(),
        Edge::End => target.end(),
    }
}

/// The target with one end elsewhere. `None` where that leaves no words. An end that goes back
/// over a fragment takes it away, and goes on to the next one over the words between.
pub fn with_end(state: &State, target: &Target, edge: Edge, place: TextOffset, snap: Snap) -> Option<Target> {
    let fragments = target.fragments();
    let (moved, mut rest) = match edge {
        Edge::Start => {
            let holder = fragments.iter().position(|fragment| place < fragment.end())?;
            let start = if holder == 0 { place } else { place.max(fragments[holder].start()) };
            (TextSpan::new(start, fragments[holder].end())?, fragments[holder + 1..].to_vec())
        }
        Edge::End => {
            let holder = fragments.iter().rposition(|fragment| place > fragment.start())?;
            let is_last = holder + 1 == fragments.len();
            let end = if is_last { place } else { place.min(fragments[holder].end()) };
            (TextSpan::new(fragments[holder].start(), end)?, fragments[..holder].to_vec())
        }
    };
    let text = &state.document.text;
    let snapped = match snap {
        Snap::Words => snap_to_words(text, moved)?,
        Snap::Characters => snap_to_graphemes(text, moved)?,
    };
    // Only the end in hand moves: snapping the whole fragment must not touch the other one.
    rest.push(match edge {
        Edge::Start => TextSpan::new(snapped.start(), moved.end())?,
        Edge::End => TextSpan::new(moved.start(), snapped.end())?,
    });
    Target::fragments_of(rest)
}
