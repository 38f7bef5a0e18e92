//! A place to paste a text into, for hands without the keys for it.

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::web::components::dialog::dialog;
use crate::web::components::element::{button, element, fragment};
use crate::web::dom;
use crate::web::dom::keys::PASTE_ID;
use crate::web::i18n::tr;

/// `on_text` hears what was typed. What is pasted goes the way of all that is pasted on the page.
pub fn paste_dialog(on_text: Callback<String>, on_close: Callback<()>) -> Html {
    let open = on_text.reform(|_: MouseEvent| {
        let field = dom::element_by_id(PASTE_ID).map(JsCast::unchecked_into::<HtmlTextAreaElement>);
        field.map(|field| field.value()).unwrap_or_default()
    });
    dialog(
        tr!("command.paste-text"),
        on_close.clone(),
        "",
        fragment()
            .child(element("p").child(tr!("paste.help")))
            .child(
                element("textarea")
                    .attr("id", PASTE_ID)
                    .class("row__value")
                    .attr("rows", "8")
                    .attr("aria-label", tr!("paste.text")),
            )
            .child(
                element("p")
                    .class("dialog__actions")
                    .child(button().sends(&on_close, ()).child(tr!("dialog.cancel")))
                    .child(button().class("button--main").onclick(open).child(tr!("paste.open"))),
            ),
    )
}
