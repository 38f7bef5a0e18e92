//! A dialog: the browser's own, modal, closed by Escape, by its button or by a click outside.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::web::i18n::tr;

#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    pub title: AttrValue,
    pub on_close: Callback<()>,
    #[prop_or_default]
    pub class: Classes,
    /// Whether it is a text to read, which keys must be able to scroll.
    #[prop_or_default]
    pub is_text: bool,
    pub children: Html,
}

#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        if let Some(dialog) = node.cast::<HtmlDialogElement>()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    let on_close = props.on_close.clone();
    let onclick = {
        let node = node.clone();
        Callback::from(move |event: MouseEvent| {
            // The dialog itself is hit only outside its content.
            let target = event.target_dyn_into::<HtmlDialogElement>();
            if target.is_some()
                && let Some(dialog) = node.cast::<HtmlDialogElement>()
            {
                dialog.close();
            }
        })
    };
    let close = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    html! {
        <dialog ref={node} class={classes!("dialog", props.class.clone())} aria-labelledby="dialog-title"
            onclose={move |_: Event| on_close.emit(())} {onclick}>
            <div class="dialog__content">
                <header class="dialog__head">
                    <h2 id="dialog-title" class="dialog__title">{ &props.title }</h2>
                </header>
                <div class="dialog__body" tabindex={props.is_text.then_some("0")}>{ props.children.clone() }</div>
                // Last, so that the first thing of the dialog itself gets the keys.
                <button type="button" class="dialog__close" aria-label={tr("dialog.close")} onclick={close}>{ "×" }</button>
            </div>
        </dialog>
    }
}
