//! The small palette at the selection: one click labels it.

use yew::prelude::*;

use crate::edit::commands::annotate::use_label;
use crate::model::ids::LabelId;
use crate::model::schema::{Label, Schema, Tier};
use crate::web::components::element::{button, element};
use crate::web::components::kbd::kbd;
use crate::web::components::swatch::swatch;
use crate::web::i18n::{pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

/// Placed by the overlay, once it is drawn.
pub fn quick_palette(store: &PtrEq<Store>, schema: &Schema, place: &NodeRef) -> Html {
    // The selection must not be lost to the press on a button.
    let keep_selection = |event: MouseEvent| event.prevent_default();
    let on_label = {
        let store = store.0.clone();
        Callback::from(move |label: LabelId| {
            store.command(|state, ctx| use_label(state, ctx, &label, true));
            crate::web::components::article::focus_article();
        })
    };
    element("div")
        .node(place.clone())
        .class("quick-palette")
        .attr("role", "toolbar")
        .attr("aria-label", tr!("quick.label"))
        .onmousedown(keep_selection)
        .flag("hidden", true)
        .children(schema.groups.iter().map(|group| {
            element("div")
                .class("quick-palette__group")
                .children(
                    schema
                        .labels_of(&group.id)
                        .filter(|label| label.tier == Tier::V1)
                        .map(|label| label_button(schema, label, &on_label)),
                )
                .html()
        }))
        .html()
}

fn label_button(schema: &Schema, label: &Label, on_label: &Callback<LabelId>) -> Html {
    let id = &label.id;
    let onclick = on_label.reform({
        let id = id.clone();
        move |_: MouseEvent| id.clone()
    });
    let short = if label.short_name.fr.is_empty() { &label.name } else { &label.short_name };
    button()
        .key(id.to_string())
        .class("quick-palette__label")
        .onclick(onclick)
        .attr("title", pick(&label.name))
        .child(swatch(schema, id))
        .child(element("span").child(pick(short)))
        .child(label.hotkey.map(|hotkey| kbd(&hotkey.to_string())))
        .html()
}
