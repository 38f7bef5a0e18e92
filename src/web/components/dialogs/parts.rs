//! What several dialogs are put together from.

use yew::prelude::*;

use crate::web::components::element::{Element, button, element};
use crate::web::i18n::{number, tr, tr_with};

/// A field with its name before it. `id` is the one of the field.
pub fn row(id: &'static str, name: AttrValue, value: Element) -> Html {
    element("div")
        .class("row")
        .child(element("label").class("row__name").attr("for", id).child(name))
        .child(value)
        .html()
}

/// How many of many documents are done, and the way to stop: see [`bar`].
pub fn working(name: AttrValue, done: usize, total: usize, on_stop: Callback<MouseEvent>) -> Element {
    let words = tr_with!("export.done", &[("done", &number(done)), ("total", &number(total))]);
    bar(name, words, (done, total), on_stop)
}

/// How far long work is, called `name` for those who cannot see the bar, and the way to stop it.
pub fn bar(
    name: AttrValue,
    words: AttrValue,
    (done, total): (usize, usize),
    on_stop: Callback<MouseEvent>,
) -> Element {
    element("div")
        .class("export__working")
        .child(
            element("progress")
                .attr("aria-label", name)
                .attr("value", done.to_string())
                .attr("max", total.to_string()),
        )
        .child(element("span").child(words))
        .child(button().onclick(on_stop).child(tr!("dialog.cancel")))
}
