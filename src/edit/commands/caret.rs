//! Moving the text cursor. The chosen annotation stays chosen. Lines are the screen's: moves by
//! line come in as a place, through [`move_to`].

use crate::edit::commands::CommandContext;
use crate::edit::commands::choose::Direction;
use crate::edit::notice::Effect;
use crate::edit::state::{Focus, Selection, State};
use crate::edit::transaction::Transaction;
use crate::text::graphemes::{grapheme_start, next_grapheme, previous_grapheme};
use crate::text::sentences::{next_sentence_boundary, previous_sentence_boundary};
use crate::text::span::TextOffset;
use crate::text::words::{next_word_boundary, previous_word_boundary};

/// A step of the text cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Motion {
    pub unit: TextUnit,
    pub direction: Direction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextUnit {
    Letter,
    Word,
    Sentence,
    Paragraph,
    Document,
}

/// Moves the text cursor; `extend` keeps the selection's anchor.
pub fn move_caret(state: &State, ctx: &CommandContext<'_>, motion: Motion, extend: bool) -> Effect {
    let here = state.focus.selection;
    let place = match (here, here.and_then(|selection| selection.span())) {
        // Without Shift, a step by letter leaves a selection at its edge, as in every editor.
        (_, Some(span)) if !extend && motion.unit == TextUnit::Letter => match motion.direction {
            Direction::Forward => span.end(),
            Direction::Backward => span.start(),
        },
        (Some(selection), _) => offset_after(state, selection.head, motion),
        (None, _) => first_place(state),
    };
    move_to(state, ctx, place, extend)
}

/// Puts the text cursor at a place.
pub fn move_to(state: &State, ctx: &CommandContext<'_>, place: TextOffset, extend: bool) -> Effect {
    let place = grapheme_start(&state.document.text, place);
    let anchor = match state.focus.selection {
        Some(selection) if extend => selection.anchor,
        _ => place,
    };
    let selection = Some(Selection { anchor, head: place });
    let focus = Focus { selection, ..state.focus.clone() };
    Effect::silent(Transaction::focus(focus, ctx.time_ms))
}

/// Selects the whole text.
pub fn select_all(state: &State, ctx: &CommandContext<'_>) -> Effect {
    let end = TextOffset::new(state.document.text.len());
    let focus =
        Focus { selection: Some(Selection { anchor: TextOffset(0), head: end }), ..state.focus.clone() };
    Effect::silent(Transaction::focus(focus, ctx.time_ms))
}

/// Where a cursor at `place` comes to. Stays inside the text.
pub fn offset_after(state: &State, place: TextOffset, motion: Motion) -> TextOffset {
    let text = &state.document.text;
    let blocks = &state.document.index.blocks;
    let forward = motion.direction == Direction::Forward;
    match motion.unit {
        TextUnit::Letter if forward => next_grapheme(text, place),
        TextUnit::Letter => previous_grapheme(text, place),
        TextUnit::Word if forward => next_word_boundary(text, place),
        TextUnit::Word => previous_word_boundary(text, place),
        TextUnit::Sentence if forward => next_sentence_boundary(text, blocks, place, state.language()),
        TextUnit::Sentence => previous_sentence_boundary(text, blocks, place, state.language()),
        TextUnit::Paragraph if forward => blocks.next_paragraph_boundary(place),
        TextUnit::Paragraph => blocks.previous_paragraph_boundary(place),
        TextUnit::Document if forward => TextOffset::new(text.len()),
        TextUnit::Document => TextOffset(0),
    }
}

/// Where the cursor first appears: at the first words.
fn first_place(state: &State) -> TextOffset {
    let first = state.document.index.blocks.blocks().first();
    first.map_or(TextOffset(0), |block| block.span.start())
}
