//! The types of relation that fit two annotations, where several do: a digit or a click takes one.

use yew::prelude::*;

use crate::edit::commands::link::choose_option;
use crate::edit::state::{LinkOption, Mode, State};
use crate::view_model::links::option_words;
use crate::web::components::article::focus_article;
use crate::web::components::kbd::kbd;
use crate::web::i18n::{pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

/// Placed by the overlay, once it is drawn.
pub fn link_options(store: &PtrEq<Store>, state: &State, place: &NodeRef) -> Html {
    let (Mode::Linking(linking), Some(chosen)) = (&state.focus.mode, state.chosen()) else {
        return html! {};
    };
    if linking.options.is_empty() {
        return html! {};
    }
    let option = |(idx, option): (usize, &LinkOption)| {
        let onclick = {
            let store = store.0.clone();
            Callback::from(move |_: MouseEvent| {
                store.command(|state, ctx| choose_option(state, ctx, idx));
                focus_article();
            })
        };
        let words = option_words(state, chosen, option);
        html! {
            <button key={idx} type="button" class="quick-palette__label" {onclick}>
                { kbd(&(idx + 1).to_string()) }
                <span>{ words.map(|words| pick(&words)) }</span>
            </button>
        }
    };
    let keep_selection = |event: MouseEvent| event.prevent_default();
    html! {
        <div ref={place.clone()} class="quick-palette quick-palette--options" role="toolbar"
            aria-label={tr("links.options")} onmousedown={keep_selection} hidden=true>
            { for linking.options.iter().enumerate().map(option) }
        </div>
    }
}
