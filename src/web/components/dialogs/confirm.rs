//! A question before something that cannot be undone.

use yew::prelude::*;

use crate::web::components::dialog::dialog;
use crate::web::components::element::{button, element, fragment};
use crate::web::i18n::tr;

pub struct ConfirmProps {
    pub title: AttrValue,
    pub question: AttrValue,
    /// What the button says: the act, not "yes".
    pub act: AttrValue,
    pub on_confirm: Callback<()>,
    pub on_close: Callback<()>,
}

pub fn confirm(props: &ConfirmProps) -> Html {
    let ConfirmProps { title, question, act, on_confirm, on_close } = props;
    dialog(
        title.clone(),
        on_close.clone(),
        "",
        fragment().child(element("p").child(question)).child(
            element("p")
                .class("dialog__actions")
                .child(button().sends(on_close, ()).child(tr!("dialog.cancel")))
                .child(button().class("button--danger").sends(on_confirm, ()).child(act)),
        ),
    )
}
