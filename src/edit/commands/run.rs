//! From a command to its effect: the part of the command table that needs no screen.

use crate::edit::commands::caret::{Motion, TextUnit, move_caret, select_all};
use crate::edit::commands::change::remove_chosen;
use crate::edit::commands::choose::{
    Direction, choose_here, choose_neighbour, cycle_marks, escape, toggle_links,
};
use crate::edit::commands::ends::{add_fragment, keep_ends, move_ends, nudge_end, remove_fragment};
use crate::edit::commands::link::choose_option;
use crate::edit::commands::paragraph::{cycle_here, next_unseen};
use crate::edit::commands::warnings::{next_warning, repair_chosen};
use crate::edit::commands::{CommandContext, CommandResult, annotate, link};
use crate::edit::editor::Editor;
use crate::edit::keymap::{Command, KeyPress, LineMotion, command_of};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::{LinkPurpose, Mode};

/// What a key press or command asks of whom.
#[derive(Clone, Debug, PartialEq)]
// On 32 bits the variants are near enough, so that an `expect` would not be met.
#[allow(clippy::large_enum_variant, reason = "made once a key press and taken apart at once")]
pub enum Outcome {
    /// The editor did it, or says why not.
    Done(CommandResult),
    /// The screen must do it: a dialog, a move by lines, a scroll.
    Screen { command: Command, extend: bool },
}

/// What a key press does. `None` where it means nothing and should go its normal way.
/// `single_keys` is off where a person switched single characters off.
pub fn press(
    editor: &Editor,
    ctx: &mut CommandContext<'_>,
    press: &KeyPress,
    single_keys: bool,
) -> Option<Outcome> {
    if let Some((command, extend)) = command_of(press) {
        let is_single = press.key.chars().count() == 1 && !(press.ctrl || press.meta || press.alt);
        if single_keys || !is_single {
            return Some(run(editor, ctx, command, extend));
        }
    }
    let key = press.label_key().filter(|_| single_keys)?;
    let state = editor.state();
    let result = match &state.focus.mode {
        Mode::Linking(linking) if !linking.options.is_empty() && key.is_ascii_digit() => {
            choose_option(state, ctx, (key as usize).wrapping_sub('1' as usize))
        }
        _ if state.schema.relations.iter().any(|kind| kind.key == Some(key)) => {
            link::begin(state, ctx, LinkPurpose::Relation(key))
        }
        mode => {
            let label = state.schema.label_by_hotkey(key)?.id.clone();
            match mode {
                Mode::Linking(_) => Err(Refusal::StillLinking),
                _ => annotate::use_label(state, ctx, &label, press.shift),
            }
        }
    };
    Some(Outcome::Done(result))
}

/// Runs a command, wherever it was asked for.
pub fn run(editor: &Editor, ctx: &mut CommandContext<'_>, command: Command, extend: bool) -> Outcome {
    let state = editor.state();
    if let (Mode::Linking(_), Some(direction)) = (&state.focus.mode, step_of(command)) {
        return Outcome::Done(link::step(state, ctx, direction));
    }
    let result = match (&state.focus.mode, command) {
        (Mode::MovingEnds(moving), Command::Move(motion)) => nudge_end(state, ctx, moving.edge, motion),
        (Mode::MovingEnds(_), Command::ChooseHere) => keep_ends(state, ctx),
        (Mode::Linking(linking), Command::ChooseHere) if linking.options.is_empty() => {
            link::accept(state, ctx)
        }
        (Mode::Linking(_), Command::ChooseHere) => choose_option(state, ctx, 0),
        (_, Command::ChooseHere) if state.selected_span().is_some() => match &state.focus.armed {
            Some(label) => annotate::use_label(state, ctx, label, false),
            None => return Outcome::Screen { command, extend },
        },
        (_, Command::ChooseHere) => choose_here(state, ctx),
        (_, Command::NextAnnotation) => choose_neighbour(state, ctx, Direction::Forward),
        (_, Command::PreviousAnnotation) => choose_neighbour(state, ctx, Direction::Backward),
        (_, Command::Escape) => escape(state, ctx),
        (_, Command::DeleteChosen) => remove_chosen(state, ctx),
        (_, Command::AddFragment) => add_fragment(state, ctx),
        (_, Command::RemoveFragment) => remove_fragment(state, ctx),
        (_, Command::MoveEnds) => move_ends(state, ctx),
        (_, Command::SameEntity) => link::begin(state, ctx, LinkPurpose::SameEntity),
        (_, Command::CycleParagraph) => cycle_here(state, ctx),
        (_, Command::NextUnseen) => next_unseen(state, ctx),
        (_, Command::NextWarning) => next_warning(state, ctx, Direction::Forward),
        (_, Command::PreviousWarning) => next_warning(state, ctx, Direction::Backward),
        (_, Command::Repair) => repair_chosen(state, ctx),
        (_, Command::ToggleLinks) => Ok(toggle_links(state, ctx)),
        (_, Command::CycleMarks) => Ok(cycle_marks(state, ctx)),
        (_, Command::Move(motion)) => Ok(move_caret(state, ctx, motion, extend)),
        (_, Command::SelectAll) => Ok(select_all(state, ctx)),
        (_, Command::Undo) => undo(editor, ctx),
        (_, Command::Redo) => redo(editor, ctx),
        _ => return Outcome::Screen { command, extend },
    };
    Outcome::Done(result)
}

/// Which way a command goes among the ends that a link could have.
fn step_of(command: Command) -> Option<Direction> {
    match command {
        Command::NextAnnotation | Command::MoveLine(LineMotion::Down) => Some(Direction::Forward),
        Command::PreviousAnnotation | Command::MoveLine(LineMotion::Up) => Some(Direction::Backward),
        Command::Move(Motion { unit: TextUnit::Letter | TextUnit::Word, direction }) => Some(direction),
        _ => None,
    }
}

fn undo(editor: &Editor, ctx: &CommandContext<'_>) -> CommandResult {
    let transaction = editor.undo(ctx.time_ms).ok_or(Refusal::NothingToUndo)?;
    let notice = Notice::Undone { event: transaction.event.clone() };
    Ok(Effect::new(transaction, notice))
}

fn redo(editor: &Editor, ctx: &CommandContext<'_>) -> CommandResult {
    let transaction = editor.redo(ctx.time_ms).ok_or(Refusal::NothingToRedo)?;
    let notice = Notice::Redone { event: transaction.event.clone() };
    Ok(Effect::new(transaction, notice))
}
