//! The labels, in their groups, always in reach: with colour, name, key and count.

use yew::prelude::*;

use crate::edit::commands::annotate::{arm, use_label as label_selection};
use crate::model::ids::LabelId;
use crate::model::schema::{Label, Schema};
use crate::sorted::SortedMap;
use crate::web::components::article::focus_article;
use crate::web::components::kbd::kbd;
use crate::web::components::swatch::swatch;
use crate::web::i18n::{number, pick, tr, tr_count};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

#[derive(Clone, PartialEq, Properties)]
pub struct PaletteProps {
    pub store: PtrEq<Store>,
    pub schema: PtrEq<Schema>,
    pub counts: PtrEq<SortedMap<LabelId, usize>>,
    pub armed: Option<LabelId>,
}

/// A click marks the selection, or arms the label for the next one. Keys do more: see the
/// keymap.
#[component]
pub fn Palette(props: &PaletteProps) -> Html {
    let PaletteProps { store, schema, counts, armed } = props;
    let on_label = use_callback(store.clone(), |label: LabelId, store| {
        store.command(|state, ctx| {
            if state.selected_span().is_some() {
                label_selection(state, ctx, &label, true)
            } else {
                Ok(arm(state, ctx, &label))
            }
        });
        focus_article();
    });
    let label_html = |label: &Label| {
        let onclick = on_label.reform({
            let id = label.id.clone();
            move |_: MouseEvent| id.clone()
        });
        let is_armed = armed.as_ref() == Some(&label.id);
        let count = counts.get(&label.id).copied().unwrap_or(0);
        html! {
            <li key={label.id.to_string()}>
                <button type="button" class="palette__label" aria-pressed={is_armed.to_string()} {onclick}
                    onmousedown={|event: MouseEvent| event.prevent_default()} title={pick(&label.definition)}
                    data-label={label.id.to_string()}>
                    { swatch(schema, &label.id) }
                    <span class="palette__name">{ pick(&label.name) }</span>
                    <span class="palette__count" aria-label={tr_count("palette.count", count)}>
                        { if count > 0 { number(count) } else { String::new() } }
                    </span>
                    if let Some(hotkey) = label.hotkey {
                        { kbd(&hotkey.to_string()) }
                    }
                </button>
            </li>
        }
    };
    html! {
        <nav class="palette" aria-label={tr("palette.label")}>
            { for schema.groups.iter().map(|group| html! {
                <section key={group.id.to_string()} class="palette__group">
                    <h2 class="palette__title">{ pick(&group.name) }</h2>
                    <ul role="list">{ for schema.labels_of(&group.id).map(label_html) }</ul>
                </section>
            }) }
        </nav>
    }
}
