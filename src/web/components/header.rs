//! The line at the top: what is open, and the doors.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::edit::keymap::Command;
use crate::web::components::element::{button, element, select_option};
use crate::web::components::kbd::keys_of;
use crate::web::i18n::tr;

pub struct HeaderProps {
    pub title: AttrValue,
    /// How far the work can be, and how far it is.
    pub statuses: Vec<(AttrValue, AttrValue)>,
    pub status: AttrValue,
    pub is_read_only: bool,
    pub on_status: Callback<AttrValue>,
    pub on_command: Callback<Command>,
}

pub fn header(props: &HeaderProps) -> Html {
    let HeaderProps { title, on_command, .. } = props;
    let door = |command: Command, key: &'static str| {
        let onclick = on_command.reform(move |_: MouseEvent| command);
        let hint = keys_of(command).into_iter().next();
        button()
            .class(classes!("header__door", key.replace("header.", "header__door--")))
            .onclick(onclick)
            .attr("title", hint)
            .child(tr(key))
            .html()
    };
    element("header")
        .class("header")
        .child(element("h1").class("header__name").child("Sourcier"))
        .child(
            button()
                .class("header__document")
                .sends(on_command, Command::Documents)
                .attr("title", tr!("command.documents"))
                .child(title),
        )
        .child(status_choice(props))
        .child(
            element("nav")
                .class("header__doors")
                .attr("aria-label", tr!("header.doors"))
                .child(
                    button()
                        .class("header__door header__door--undo")
                        .attr("aria-label", tr!("command.undo"))
                        .sends(on_command, Command::Undo)
                        .child("↶"),
                )
                .child(door(Command::Open, "header.open"))
                .child(door(Command::Export, "header.export"))
                .child(door(Command::CommandList, "header.commands"))
                .child(door(Command::Settings, "header.settings"))
                .child(
                    button()
                        .class("header__door header__help")
                        .attr("aria-label", tr!("command.help"))
                        .attr("title", "?")
                        .sends(on_command, Command::Help)
                        .child("?"),
                ),
        )
        .html()
}

/// How far the work is, as a small choice; nothing where the schema does not ask.
fn status_choice(props: &HeaderProps) -> Html {
    let HeaderProps { statuses, status, is_read_only, on_status, .. } = props;
    if statuses.is_empty() {
        return html! {};
    }
    let now = status.clone();
    let onchange = on_status.reform(move |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        let value = select.value();
        // Until it is so: there may be a question first.
        select.set_value(&now);
        AttrValue::from(value)
    });
    let option =
        |(value, name): &(AttrValue, AttrValue)| select_option(value.clone(), value == status, name).html();
    html! {
        // By property: once a hand has chosen, the attribute `selected` no longer moves the choice.
        <select class="header__status" aria-label={tr!("header.status")} disabled={*is_read_only}
            ~value={status.to_string()} {onchange}>
            { for statuses.iter().map(option) }
        </select>
    }
}
