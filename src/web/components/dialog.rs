//! A dialog: the browser's own, modal, closed by Escape, by its button or by a click outside.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::web::components::element::{Element, button, element, keyed_component};
use crate::web::dom::DIALOG_TITLE_ID;
use crate::web::i18n::tr;

#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    pub title: AttrValue,
    pub on_close: Callback<()>,
    /// A class of its own, or nothing.
    pub class: &'static str,
    /// Whether it is a text to read, which keys must be able to scroll.
    pub is_text: bool,
    pub content: Html,
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
    element("dialog")
        .node(node)
        .class(classes!("dialog", Some(props.class).filter(|class| !class.is_empty())))
        .attr("aria-labelledby", DIALOG_TITLE_ID)
        .onclose(move |_: Event| on_close.emit(()))
        .onclick(onclick)
        .child(
            element("div")
                .class("dialog__content")
                .child(element("header").class("dialog__head").child(
                    element("h2").attr("id", DIALOG_TITLE_ID).class("dialog__title").child(&props.title),
                ))
                .child(
                    element("div")
                        .class("dialog__body")
                        .attr("tabindex", props.is_text.then_some("0"))
                        .child(props.content.clone()),
                )
                // Last, so that the first thing of the dialog itself gets the keys.
                .child(
                    button()
                        .class("dialog__close")
                        .attr("aria-label", tr!("dialog.close"))
                        .onclick(close)
                        .child("×"),
                ),
        )
        .html()
}

/// A dialog with a title and what is in it. `class` is one of its own, or nothing.
pub fn dialog(title: AttrValue, on_close: Callback<()>, class: &'static str, content: Element) -> Html {
    // One that takes the place of another begins anew, with the keys on its first field.
    let key = title.to_string();
    let content = content.html();
    keyed_component::<Dialog>(key, DialogProps { title, on_close, class, is_text: false, content })
}

/// A wide dialog with a text to read, which keys scroll.
pub fn text_dialog(title: AttrValue, on_close: Callback<()>, content: Element) -> Html {
    let class = "dialog--wide";
    let (key, content) = (title.to_string(), content.html());
    keyed_component::<Dialog>(key, DialogProps { title, on_close, class, is_text: true, content })
}
