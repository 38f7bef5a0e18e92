//! The small palette at the selection: one click labels it.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::commands::annotate::use_label as label_selection;
use crate::model::ids::LabelId;
use crate::model::schema::{Schema, Tier};
use crate::web::components::kbd::Kbd;
use crate::web::components::swatch::Swatch;
use crate::web::i18n::{pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

#[derive(Clone, PartialEq, Properties)]
pub struct QuickPaletteProps {
    pub store: PtrEq<Store>,
    pub schema: PtrEq<Schema>,
    pub place: NodeRef,
    pub is_shown: bool,
}

#[component]
pub fn QuickPalette(props: &QuickPaletteProps) -> Html {
    let QuickPaletteProps { store, schema, place, is_shown } = props;
    if !is_shown {
        return html! {};
    }
    // The selection must not be lost to the press on a button.
    let keep_selection = |event: MouseEvent| event.prevent_default();
    let on_label = {
        let store = store.0.clone();
        Callback::from(move |label: LabelId| {
            store.command(|state, ctx| label_selection(state, ctx, &label, true));
            crate::web::components::article::focus_article();
        })
    };
    html! {
        <div ref={place.clone()} class="quick-palette" role="toolbar" aria-label={tr("quick.label")}
            onmousedown={keep_selection} hidden=true>
            { for schema.groups.iter().map(|group| html! {
                <div class="quick-palette__group">
                    { for schema.labels_of(&group.id).filter(|label| label.tier == Tier::V1).map(|label| button(&schema.0, &label.id, &on_label)) }
                </div>
            }) }
        </div>
    }
}

fn button(schema: &Rc<Schema>, id: &LabelId, on_label: &Callback<LabelId>) -> Html {
    let Some(label) = schema.label(id) else { return html! {} };
    let onclick = on_label.reform({
        let id = id.clone();
        move |_: MouseEvent| id.clone()
    });
    let short = if label.short_name.fr.is_empty() { &label.name } else { &label.short_name };
    html! {
        <button key={id.to_string()} type="button" class="quick-palette__label" {onclick} title={pick(&label.name)}>
            <Swatch schema={PtrEq(schema.clone())} label={id.clone()} />
            <span>{ pick(short) }</span>
            if let Some(hotkey) = label.hotkey {
                <Kbd key_name={hotkey.to_string()} />
            }
        </button>
    }
}
