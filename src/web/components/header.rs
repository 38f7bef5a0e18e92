//! The line at the top: what is open, and the doors.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::edit::keymap::Command;
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
        html! { <button type="button" class={classes!("header__door", key.replace("header.", "header__door--"))} {onclick} title={hint}>{ tr(key) }</button> }
    };
    html! {
        <header class="header">
            <h1 class="header__name">{ "Sourcier" }</h1>
            <button type="button" class="header__document" onclick={on_command.reform(|_: MouseEvent| Command::Documents)}
                title={tr("command.documents")}>
                { title }
            </button>
            { status_choice(props) }
            <nav class="header__doors" aria-label={tr("header.doors")}>
                { door(Command::Open, "header.open") }
                { door(Command::Export, "header.export") }
                { door(Command::CommandList, "header.commands") }
                { door(Command::Settings, "header.settings") }
                <button type="button" class="header__door header__help" aria-label={tr("command.help")} title="?"
                    onclick={on_command.reform(|_: MouseEvent| Command::Help)}>{ "?" }</button>
            </nav>
        </header>
    }
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
    let option = |(value, name): &(AttrValue, AttrValue)| {
        html! { <option value={value.clone()} selected={value == status}>{ name }</option> }
    };
    html! {
        // By property: once a hand has chosen, the attribute `selected` no longer moves the choice.
        <select class="header__status" aria-label={tr("header.status")} disabled={*is_read_only}
            ~value={status.to_string()} {onchange}>
            { for statuses.iter().map(option) }
        </select>
    }
}
