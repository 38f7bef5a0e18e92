//! The documents on this computer.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::edit::keymap::Command;
use crate::model::ids::DocumentId;
use crate::web::components::dialog::dialog;
use crate::web::components::element::{Element, button, element, fragment};
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
    /// The files of a folder are chosen, in the element that told of it.
    pub on_folder: Callback<Event>,
    pub on_command: Callback<Command>,
    pub on_close: Callback<()>,
}

pub fn documents(props: &DocumentsProps) -> Html {
    let DocumentsProps { entries, open, on_open, on_remove, on_sample, on_folder, on_command, on_close } =
        props;
    let list = match entries {
        None => element("p").child(tr("documents.reading")).html(),
        Some(entries) if entries.is_empty() => element("p").child(tr("documents.none")).html(),
        Some(entries) => element("ul")
            .class("documents")
            .attr("role", "list")
            .children(entries.iter().map(|entry| line(entry, entry.id == *open, on_open, on_remove)))
            .html(),
    };
    dialog(
        tr("documents.title"),
        on_close.clone(),
        "dialog--wide",
        fragment().child(list).child(
            element("p")
                .class("dialog__actions")
                .child(button().sends(on_sample, ()).child(tr("documents.sample")))
                .child(folder_button(on_folder))
                .child(button().sends(on_command, Command::Open).child(tr("command.open"))),
        ),
    )
}

/// A button, and the field that browsers choose a folder with, which nobody sees.
fn folder_button(on_folder: &Callback<Event>) -> Element {
    let field = NodeRef::default();
    let choose = {
        let field = field.clone();
        move |_: MouseEvent| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.click();
            }
        }
    };
    fragment()
        .child(
            element("input")
                .node(field)
                .attr("type", "file")
                .flag("webkitdirectory", true)
                .flag("hidden", true)
                .attr("aria-hidden", "true")
                .attr("tabindex", "-1")
                .onchange(on_folder.clone()),
        )
        .child(button().onclick(choose).child(tr("documents.folder")))
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
    element("li")
        .key(entry.id.to_string())
        .class("documents__line")
        .child(
            button()
                .class("documents__open")
                .onclick(on_open.reform(id()))
                .attr("aria-current", is_open.then_some("true"))
                .child(element("b").child(&entry.title))
                .child(
                    element("span")
                        .child(tr_count("status.annotations", entry.annotations))
                        .child(" · ")
                        .child(changed),
                ),
        )
        .child(
            button()
                .class("documents__remove")
                .onclick(on_remove.reform(id()))
                .attr("aria-label", tr_with("documents.remove-named", &[("title", &entry.title)]))
                .child(tr("documents.remove")),
        )
        .html()
}
