//! The line at the top: what is open, and the doors.

use yew::prelude::*;

use crate::edit::keymap::Command;
use crate::web::components::kbd::keys_of;
use crate::web::i18n::tr;

pub struct HeaderProps {
    pub title: AttrValue,
    pub on_command: Callback<Command>,
}

pub fn header(props: &HeaderProps) -> Html {
    let HeaderProps { title, on_command } = props;
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
