//! A question before something that cannot be undone.

use yew::prelude::*;

use crate::web::components::dialog::Dialog;
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
    html! {
        <Dialog title={title.clone()} on_close={on_close.clone()}>
            <p>{ question }</p>
            <p class="dialog__actions">
                <button type="button" onclick={on_close.reform(|_: MouseEvent| ())}>{ tr("dialog.cancel") }</button>
                <button type="button" class="button--danger" onclick={on_confirm.reform(|_: MouseEvent| ())}>{ act }</button>
            </p>
        </Dialog>
    }
}
