//! Saying of a paragraph that it is seen, or that there is nothing to mark in it.

use crate::edit::commands::{CommandContext, CommandResult, user_transaction};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::{Focus, Mode, Selection, State};
use crate::edit::transaction::{Change, Edit, Transaction, UserEvent};
use crate::model::paragraphs::ParagraphState;

/// The paragraph at the text cursor, else that of the chosen annotation: not seen, then seen, then
/// nothing to mark (where nothing is marked), then not seen again.
pub fn cycle_here(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let place = state.focus.selection.map(|selection| selection.head);
    let place = place.or_else(|| Some(state.chosen()?.target.start())).ok_or(Refusal::NoTextCursor)?;
    let paragraph = state.document.index.blocks.paragraph_at(place).ok_or(Refusal::NoParagraphHere)?;
    cycle(state, ctx, paragraph)
}

/// As [`cycle_here`], for a paragraph by its index.
pub fn cycle(state: &State, ctx: &CommandContext<'_>, paragraph: usize) -> CommandResult {
    let span = *state.document.index.blocks.paragraphs().get(paragraph).ok_or(Refusal::NoParagraphHere)?;
    let idx = paragraph as u32;
    let before = state.paragraphs.get(&idx).copied();
    let mut is_marked = false;
    state.annotations.overlapping(span, |_| is_marked = true);
    let after = match before {
        None => Some(ParagraphState::Seen),
        Some(ParagraphState::Seen) if !is_marked => Some(ParagraphState::NothingHere),
        Some(_) => None,
    };
    let edits = vec![Edit::Paragraph { paragraph: idx, change: Change { before, after } }];
    let left = left_after(state, before.is_none(), after.is_none());
    let notice = Notice::Paragraph { number: paragraph + 1, state: after, left };
    let focus = state.focus.clone();
    Ok(Effect::new(user_transaction(state, edits, focus, UserEvent::SetParagraph, ctx.time_ms), notice))
}

/// Brings the text cursor to the next paragraph that is not seen, round past the end.
pub fn next_unseen(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let paragraphs = state.document.index.blocks.paragraphs();
    let here = state.focus.selection.map(|selection| selection.head);
    let start = here.map_or(0, |here| paragraphs.partition_point(|span| span.start() <= here));
    let next = unseen_from(state, start).ok_or(Refusal::AllSeen)?;
    Ok(go_to_unseen(state, ctx, next))
}

/// The first paragraph not seen from this one on, round past the end. O(paragraphs).
pub(super) fn unseen_from(state: &State, start: usize) -> Option<usize> {
    let len = state.document.index.blocks.paragraphs().len();
    let mut all = (start..len).chain(0..start.min(len));
    all.find(|paragraph| !state.paragraphs.contains_key(&(*paragraph as u32)))
}

/// Brings the text cursor to a paragraph that is not seen.
pub(super) fn go_to_unseen(state: &State, ctx: &CommandContext<'_>, paragraph: usize) -> Effect {
    let start = state.document.index.blocks.paragraphs()[paragraph].start();
    let focus = Focus { selection: Some(Selection::caret(start)), mode: Mode::Normal, ..state.focus.clone() };
    let notice = Notice::Unseen { number: paragraph + 1, left: unseen_paragraphs(state) };
    Effect::new(Transaction::focus(focus, ctx.time_ms), notice)
}

/// How many paragraphs nobody has said anything of. O(1).
pub fn unseen_paragraphs(state: &State) -> usize {
    state.document.index.blocks.paragraphs().len().saturating_sub(state.paragraphs.len())
}

fn left_after(state: &State, was_unseen: bool, is_unseen: bool) -> usize {
    unseen_paragraphs(state) + usize::from(is_unseen) - usize::from(was_unseen)
}
