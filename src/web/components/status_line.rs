//! The line at the bottom: always there, always true.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::commands::CommandContext;
use crate::edit::commands::choose::{disarm, show_marks};
use crate::edit::commands::paragraph::unseen_paragraphs;
use crate::edit::keymap::Command;
use crate::edit::notice::Effect;
use crate::edit::state::{MarksShown, State};
use crate::model::ids::LabelId;
use crate::web::components::announcer::{label_name, unseen_text};
use crate::web::components::article::focus_article;
use crate::web::components::element::{button, element, fragment};
use crate::web::components::kbd::keys_of;
use crate::web::i18n::{number, time_of_day, tr, tr_count, tr_with};
use crate::web::persist::SaveStatus;
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

pub struct StatusLineProps {
    pub store: Rc<Store>,
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
    let StatusLineProps {
        store,
        state,
        status,
        last_backup_ms,
        is_persistent,
        message,
        is_refusal,
        on_command,
    } = props;
    let backup = match last_backup_ms {
        Some(time_ms) => tr_with!("status.backup", &[("time", &time_of_day(*time_ms))]),
        None => tr!("status.no-backup"),
    };
    // What is in a file since the last edit is safe whatever the browser does.
    let is_safe = *is_persistent || *last_backup_ms >= Some(state.modified_ms.unwrap_or_default());
    let backup_title = if is_safe { tr!("command.backup") } else { tr!("banner.not-persistent") };
    element("footer")
        .class("status-line")
        .child(
            element("span")
                .class(classes!("status-line__save", status.class()))
                .attr("data-status", status.class())
                .child(status.text()),
        )
        .child(
            button()
                .class("status-line__button")
                .attr("title", tr!("command.annotation-list"))
                .sends(on_command, Command::AnnotationList)
                .child(tr_count("status.annotations", state.annotations.len())),
        )
        .child(left_to_do(state, on_command))
        .child(held(store, state))
        .child(element("span").class("status-line__place").child(place(state)))
        .child(
            element("span")
                .class(classes!(
                    "status-line__message",
                    is_refusal.then_some("status-line__message--refusal")
                ))
                .attr("role", "status")
                .attr("aria-live", "polite")
                .child(message),
        )
        .child(
            button()
                .class("status-line__button")
                .sends(on_command, Command::Backup)
                .attr("title", backup_title)
                .child_if(!is_safe, || {
                    element("span")
                        .class("status-line__warning")
                        .attr("role", "img")
                        .attr("aria-label", tr!("banner.not-persistent"))
                        .child("⚠ ")
                })
                .child(backup),
        )
        .child(
            button()
                .class("status-line__button")
                .sends(on_command, Command::Help)
                .child(element("kbd").class("kbd").child("?"))
                .child(" ")
                .child(tr!("status.help")),
        )
        .html()
}

/// What is left to do, each with the way there; nothing in a document without text.
fn left_to_do(state: &State, on_command: &Callback<Command>) -> Html {
    let unseen = unseen_paragraphs(state);
    let button = |command: Command, words: AttrValue| {
        let title =
            [tr(&format!("command.{}", command.name())).to_string()].into_iter().chain(keys_of(command));
        button()
            .class("status-line__button status-line__left")
            .attr("title", title.collect::<Vec<_>>().join(" · "))
            .sends(on_command, command)
            .child(words)
            .html()
    };
    fragment()
        .child(match unseen {
            0 if state.document.index.blocks.paragraphs().is_empty() => html! {},
            0 => element("span").class("saved").child("✓ ").child(unseen_text(0)).html(),
            unseen => button(Command::NextUnseen, unseen_text(unseen)),
        })
        .child(match state.warned_if_known().map_or(0, |warned| warned.len()) {
            0 => html! {},
            warned => button(Command::WarningList, tr_count("status.warnings", warned)),
        })
        .html()
}

/// What holds until it is ended, with its end: marks that are not shown, a label that waits for words.
fn held(store: &Rc<Store>, state: &State) -> Html {
    let sign = |words: AttrValue, end: fn(&State, &CommandContext<'_>) -> Effect| {
        let store = store.clone();
        let onclick = move |_: MouseEvent| {
            store.command(|state, ctx| Ok(end(state, ctx)));
            focus_article();
        };
        button().class("status-line__button status-line__held").onclick(onclick).child(words).html()
    };
    let named = |key: &str, label: &LabelId| tr_with(key, &[("label", &label_name(&state.schema, label))]);
    let all: fn(&State, &CommandContext<'_>) -> Effect = |state, ctx| show_marks(state, ctx, MarksShown::All);
    fragment()
        .child(match &state.focus.marks {
            MarksShown::All => html! {},
            MarksShown::Only(label) => sign(named("status.marks-only", label), all),
            MarksShown::None => sign(tr!("status.marks-hidden"), all),
        })
        .child(match &state.focus.armed {
            Some(label) => sign(named("status.armed", label), disarm),
            None => html! {},
        })
        .html()
}

/// Where the text cursor or selection is, in code points.
fn place(state: &State) -> AttrValue {
    let Some(selection) = state.focus.selection else { return AttrValue::from("") };
    let (text, offsets) = (&state.document.text, &state.document.index.offsets);
    let at = |offset| number(offsets.code_point_of(text, offset) as usize);
    match selection.span() {
        Some(span) => tr_with!("status.span", &[("start", &at(span.start())), ("end", &at(span.end()))]),
        None => tr_with!("status.place", &[("at", &at(selection.head))]),
    }
}
