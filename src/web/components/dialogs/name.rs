//! A name for something, and perhaps a choice beside it.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::web::components::dialog::dialog;
use crate::web::components::dialogs::parts::row;
use crate::web::components::element::{Element, button, element, fragment, select_option};
use crate::web::dom;
use crate::web::i18n::tr;

const NAME_ID: &str = "name-text";
const CHOICE_ID: &str = "name-choice";

pub struct NameProps {
    pub title: AttrValue,
    /// What is there already.
    pub name: AttrValue,
    /// What the choice is about, its values and their names; the first is chosen.
    pub choice: Option<(AttrValue, Vec<(AttrValue, AttrValue)>)>,
    /// What the button says.
    pub act: AttrValue,
    /// Hears the name, without the spaces around it, and the value chosen.
    pub on_done: Callback<(String, String)>,
    pub on_close: Callback<()>,
}

pub fn name_dialog(props: &NameProps) -> Html {
    let NameProps { title, name, choice, act, on_done, on_close } = props;
    let onsubmit = on_done.reform(|event: SubmitEvent| {
        event.prevent_default();
        let name =
            dom::element_by_id(NAME_ID).map(|field| field.unchecked_into::<HtmlInputElement>().value());
        let choice =
            dom::element_by_id(CHOICE_ID).map(|field| field.unchecked_into::<HtmlSelectElement>().value());
        (name.unwrap_or_default().trim().to_owned(), choice.unwrap_or_default())
    });
    let row = |id: &'static str, name: AttrValue, value: Element| {
        row(id, name, value.attr("id", id).class("row__value"))
    };
    let text = element("input").attr("type", "text").flag("required", true).attr("value", name.clone());
    let choice = choice.as_ref().map(|(name, values)| {
        let select = values.iter().enumerate().fold(element("select"), |select, (idx, (value, name))| {
            select.child(select_option(value.clone(), idx == 0, name))
        });
        row(CHOICE_ID, name.clone(), select)
    });
    let form = element("form")
        .class("new-label")
        .onsubmit(onsubmit)
        .child(row(NAME_ID, tr!("schema.name"), text))
        .child(choice)
        .child(
            element("p")
                .class("dialog__actions")
                .child(button().sends(on_close, ()).child(tr!("dialog.cancel")))
                .child(element("button").attr("type", "submit").class("button--main").child(act)),
        );
    dialog(title.clone(), on_close.clone(), "", fragment().child(form))
}
