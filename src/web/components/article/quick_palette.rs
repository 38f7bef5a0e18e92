//! The small palette at the selection: one click labels it.

use yew::prelude::*;

use crate::edit::commands::annotate::use_label;
use crate::model::ids::LabelId;
use crate::model::schema::{Label, Schema, Tier};
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
    html! {
        <div ref={place.clone()} class="quick-palette" role="toolbar" aria-label={tr("quick.label")}
            onmousedown={keep_selection} hidden=true>
            { for schema.groups.iter().map(|group| html! {
                <div class="quick-palette__group">
                    { for schema.labels_of(&group.id).filter(|label| label.tier == Tier::V1).map(|label| button(schema, label, &on_label)) }
                </div>
            }) }
        </div>
    }
}

fn button(schema: &Schema, label: &Label, on_label: &Callback<LabelId>) -> Html {
    let id = &label.id;
    let onclick = on_label.reform({
        let id = id.clone();
        move |_: MouseEvent| id.clone()
    });
    let short = if label.short_name.fr.is_empty() { &label.name } else { &label.short_name };
    html! {
        <button key={id.to_string()} type="button" class="quick-palette__label" {onclick} title={pick(&label.name)}>
            { swatch(schema, id) }
            <span>{ pick(short) }</span>
            if let Some(hotkey) = label.hotkey {
                { kbd(&hotkey.to_string()) }
            }
        </button>
    }
}
