//! The history of a value: what was chosen, and since when it holds.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::commands::change::set_as_of;
use crate::model::annotation::Annotation;
use crate::model::dated::DatedValue;
use crate::model::schema::{AttributeKind, AttributeType};
use crate::web::components::element::element;
use crate::web::i18n::{pick, tr_with};
use crate::web::store::Store;

/// The dates of an attribute's chosen values; nothing where none was chosen.
pub fn dated_html(store: &Rc<Store>, annotation: &Annotation, attribute: &AttributeType) -> Html {
    let Some(values) = annotation.dated.get(&attribute.key) else { return html! {} };
    let row = |(idx, value): (usize, &DatedValue)| row_html(store, annotation, attribute, (idx, value));
    element("ul").attr("role", "list").class("dated").children(values.iter().enumerate().map(row)).html()
}

fn row_html(
    store: &Rc<Store>,
    annotation: &Annotation,
    attribute: &AttributeType,
    (idx, dated): (usize, &DatedValue),
) -> Html {
    let value = dated.value.as_text().unwrap_or_default();
    let choice = match &attribute.kind {
        AttributeKind::Choice(choices) => choices.iter().find(|choice| *choice.value == *value),
        _ => None,
    };
    let name = choice.map_or_else(|| AttrValue::from(value.to_string()), |choice| pick(&choice.name));
    let (store, id, key) = (store.clone(), annotation.id.clone(), attribute.key.clone());
    let onchange = Callback::from(move |event: Event| {
        let date = event.target_unchecked_into::<web_sys::HtmlInputElement>().value();
        store.command(|state, ctx| set_as_of(state, ctx, &id, &key, (idx, date.trim())));
    });
    element("li")
        .key(idx)
        .class("dated__row")
        .child(element("span").child(&name))
        .child(
            element("input")
                .attr("type", "text")
                .class("dated__date")
                .value(AttrValue::Rc(dated.as_of.clone()))
                .onchange(onchange)
                .attr("aria-label", tr_with!("dated.since", &[("value", &name)]))
                .attr("title", tr_with!("dated.since", &[("value", &name)])),
        )
        .html()
}
