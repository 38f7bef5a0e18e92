//! Another label for the annotation, by choice from all.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::Chosen;
use crate::edit::commands::annotate::relabel_chosen;
use crate::model::ids::LabelId;
use crate::model::schema::Label;
use crate::web::components::element::{element, select_option};
use crate::web::i18n::{pick, tr};

/// Marks the list while keys go through it.
const BY_KEYS: &str = "data-by-keys";

/// The row with the list of labels. What the mouse chooses is taken at once. Keys go through the labels
/// one by one, and each on the way would cost the annotation its links and values: what they came to is
/// taken with Enter, or when the list is left.
pub(super) fn label_row(chosen: &Chosen<'_>) -> Html {
    let (schema, current) = (chosen.schema, &chosen.annotation.label);
    let take = taking(chosen);
    let onblur = take.reform(|event: FocusEvent| event.target_unchecked_into());
    let onkeydown = {
        let (take, current) = (take.clone(), current.clone());
        Callback::from(move |event: KeyboardEvent| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            match &*event.key() {
                // It would open the list.
                "Enter" if select.has_attribute(BY_KEYS) => {
                    event.prevent_default();
                    take.emit(select);
                }
                "Escape" => select.set_value(current.as_str()),
                key => {
                    let _ =
                        select.toggle_attribute_with_force(BY_KEYS, goes_through(key) && !event.alt_key());
                }
            }
        })
    };
    let onmousedown = |event: MouseEvent| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        let _ = select.remove_attribute(BY_KEYS);
    };
    let onchange = Callback::from(move |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        if !select.has_attribute(BY_KEYS) {
            take.emit(select);
        }
    });
    let option =
        |label: &Label| select_option(label.id.to_string(), label.id == *current, pick(&label.name)).html();
    let groups = schema.groups.iter().map(|group| {
        element("optgroup")
            .attr("label", pick(&group.name))
            .children(schema.labels_of(&group.id).map(option))
            .html()
    });
    let unknown = schema.label(current).is_none();
    let unknown = unknown.then(|| select_option(current.to_string(), true, current.to_string()).html());
    element("div")
        .class("row")
        .child(
            element("label")
                .class("row__name")
                .attr("for", "inspector-label")
                .child(tr!("inspector.label-choice")),
        )
        .child(html! {
            // By property: once a hand has chosen, the attribute `selected` no longer moves the choice.
            <select id="inspector-label" class="row__value" ~value={current.to_string()}
                {onchange} {onblur} {onkeydown} {onmousedown}>
                { unknown }
                { for groups }
            </select>
        })
        .html()
}

/// Gives the annotation the label that its list has come to.
fn taking(chosen: &Chosen<'_>) -> Callback<HtmlSelectElement> {
    let (store, id) = (chosen.store.0.clone(), chosen.annotation.id.clone());
    Callback::from(move |select: HtmlSelectElement| {
        let _ = select.remove_attribute(BY_KEYS);
        let state = store.state();
        let Some(annotation) = state.chosen().filter(|chosen| chosen.id == id) else { return };
        let label = LabelId::from(select.value().as_str());
        if label != annotation.label {
            store.command(|state, ctx| relabel_chosen(state, ctx, &label));
        }
        // It may have been refused.
        if let Some(annotation) = store.state().annotations.get(&id) {
            select.set_value(annotation.label.as_str());
        }
    })
}

/// Keys with which a closed list goes to another choice.
fn goes_through(key: &str) -> bool {
    key.starts_with("Arrow")
        || key.starts_with("Page")
        || matches!(key, "Home" | "End")
        || key != " " && key.chars().count() == 1
}
