//! The line at the bottom: always there, always true.

use yew::prelude::*;

use crate::edit::commands::paragraph::unseen_paragraphs;
use crate::edit::keymap::Command;
use crate::edit::state::State;
use crate::web::components::announcer::unseen_text;
use crate::web::components::kbd::keys_of;
use crate::web::i18n::{number, time_of_day, tr, tr_count, tr_with};
use crate::web::persist::SaveStatus;
use crate::web::ptr_eq::PtrEq;

pub struct StatusLineProps {
    pub state: PtrEq<State>,
    pub status: SaveStatus,
    pub last_backup_ms: Option<u64>,
    /// Whether the browser will keep the work when disk space is short.
    pub is_persistent: bool,
    pub message: AttrValue,
    pub is_refusal: bool,
    pub on_command: Callback<Command>,
}

pub fn status_line(props: &StatusLineProps) -> Html {
    let StatusLineProps { state, status, last_backup_ms, is_persistent, message, is_refusal, on_command } =
        props;
    let backup = match last_backup_ms {
        Some(time_ms) => tr_with("status.backup", &[("time", &time_of_day(*time_ms))]),
        None => tr("status.no-backup"),
    };
    let backup_title = if *is_persistent { tr("command.backup") } else { tr("banner.not-persistent") };
    html! {
        <footer class="status-line">
            <span class={classes!("status-line__save", status.class())} data-status={status.class()}>{ status.text() }</span>
            <button type="button" class="status-line__button" title={tr("command.annotation-list")}
                onclick={on_command.reform(|_: MouseEvent| Command::AnnotationList)}>
                { tr_count("status.annotations", state.annotations.len()) }
            </button>
            { left_to_do(state, on_command) }
            <span class="status-line__place">{ place(state) }</span>
            <span class={classes!("status-line__message", is_refusal.then_some("status-line__message--refusal"))}
                role="status" aria-live="polite">{ message }</span>
            <button type="button" class="status-line__button" onclick={on_command.reform(|_: MouseEvent| Command::Backup)}
                title={backup_title}>
                if !is_persistent { <span class="status-line__warning" role="img" aria-label={tr("banner.not-persistent")}>{ "⚠ " }</span> }
                { backup }
            </button>
            <button type="button" class="status-line__button" onclick={on_command.reform(|_: MouseEvent| Command::Help)}>
                <kbd class="kbd">{ "?" }</kbd>{ " " }{ tr("status.help") }
            </button>
        </footer>
    }
}

/// What is left to do, each with the way there; nothing in a document without text.
fn left_to_do(state: &State, on_command: &Callback<Command>) -> Html {
    let unseen = unseen_paragraphs(state);
    let button = |command: Command, words: AttrValue| {
        let title =
            [tr(&format!("command.{}", command.name())).to_string()].into_iter().chain(keys_of(command));
        html! {
            <button type="button" class="status-line__button status-line__left" title={title.collect::<Vec<_>>().join(" · ")}
                onclick={on_command.reform(move |_: MouseEvent| command)}>{ words }</button>
        }
    };
    html! {
        <>
            if unseen > 0 {
                { button(Command::NextUnseen, unseen_text(unseen)) }
            } else if !state.document.index.blocks.paragraphs().is_empty() {
                <span class="saved">{ "✓ " }{ unseen_text(0) }</span>
            }
            if let Some(warned) = state.warned_if_known().filter(|warned| !warned.is_empty()) {
                { button(Command::WarningList, tr_count("status.warnings", warned.len())) }
            }
        </>
    }
}

/// Where the text cursor or selection is, in code points.
fn place(state: &State) -> AttrValue {
    let Some(selection) = state.focus.selection else { return AttrValue::from("") };
    let (text, offsets) = (&state.document.text, &state.document.index.offsets);
    let at = |offset| number(offsets.code_point_of(text, offset) as usize);
    match selection.span() {
        Some(span) => tr_with("status.span", &[("start", &at(span.start())), ("end", &at(span.end()))]),
        None => tr_with("status.place", &[("at", &at(selection.head))]),
    }
}
