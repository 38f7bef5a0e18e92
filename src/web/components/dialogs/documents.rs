//! The documents on this computer.

use yew::prelude::*;

use crate::edit::keymap::Command;
use crate::model::ids::DocumentId;
use crate::web::components::dialog::Dialog;
use crate::web::i18n::{date_and_time, tr, tr_count, tr_with};
use crate::web::library::Entry;
use crate::web::ptr_eq::PtrEq;

pub struct DocumentsProps {
    /// `None` while the list is read.
    pub entries: Option<PtrEq<[Entry]>>,
    pub open: DocumentId,
    pub on_open: Callback<DocumentId>,
    pub on_remove: Callback<DocumentId>,
    pub on_sample: Callback<()>,
    pub on_command: Callback<Command>,
    pub on_close: Callback<()>,
}

pub fn documents(props: &DocumentsProps) -> Html {
    let DocumentsProps { entries, open, on_open, on_remove, on_sample, on_command, on_close } = props;
    let list = match entries {
        None => html! { <p>{ tr("documents.reading") }</p> },
        Some(entries) if entries.is_empty() => html! { <p>{ tr("documents.none") }</p> },
        Some(entries) => html! {
            <ul class="documents" role="list">
                { for entries.iter().map(|entry| line(entry, entry.id == *open, on_open, on_remove)) }
            </ul>
        },
    };
    html! {
        <Dialog title={tr("documents.title")} on_close={on_close.clone()} class="dialog--wide">
            { list }
            <p class="dialog__actions">
                <button type="button" onclick={on_sample.reform(|_: MouseEvent| ())}>{ tr("documents.sample") }</button>
                <button type="button" onclick={on_command.reform(|_: MouseEvent| Command::Open)}>{ tr("command.open") }</button>
            </p>
        </Dialog>
    }
}

fn line(
    entry: &Entry,
    is_open: bool,
    on_open: &Callback<DocumentId>,
    on_remove: &Callback<DocumentId>,
) -> Html {
    let id = || {
        let id = entry.id.clone();
        move |_: MouseEvent| id.clone()
    };
    let changed = match entry.modified_ms {
        Some(time_ms) => tr_with("documents.changed", &[("time", &date_and_time(time_ms))]),
        None => tr("documents.untouched"),
    };
    html! {
        <li key={entry.id.to_string()} class="documents__line">
            <button type="button" class="documents__open" onclick={on_open.reform(id())} aria-current={is_open.then_some("true")}>
                <b>{ &entry.title }</b>
                <span>{ tr_count("status.annotations", entry.annotations) }{ " · " }{ changed }</span>
            </button>
            <button type="button" class="documents__remove" onclick={on_remove.reform(id())}
                aria-label={tr_with("documents.remove-named", &[("title", &entry.title)])}>{ tr("documents.remove") }</button>
        </li>
    }
}
