//! What can be done while the other end of a link is looked for: take the one in hand, go on to the
//! next, leave; where several types of relation fit, the types.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::commands::choose::Direction;
use crate::edit::commands::link::{accept, choose_option, leave, step};
use crate::edit::commands::{CommandContext, CommandResult};
use crate::edit::state::{LinkOption, Mode, State};
use crate::view_model::links::option_words;
use crate::web::components::article::focus_article;
use crate::web::components::kbd::kbd;
use crate::web::components::swatch::swatch;
use crate::web::i18n::{pick, tr};
use crate::web::store::Store;

/// Placed by the overlay under the end in hand, once it is drawn.
pub fn link_options(store: &Rc<Store>, state: &State, place: &NodeRef) -> Html {
    let (Mode::Linking(linking), Some(chosen)) = (&state.focus.mode, state.chosen()) else {
        return html! {};
    };
    let option = |(idx, option): (usize, &LinkOption)| {
        let words = option_words(state, chosen, option).map(|words| pick(&words)).unwrap_or_default();
        let choose = move |state: &State, ctx: &mut CommandContext<'_>| choose_option(state, ctx, idx);
        button(store, (&(idx + 1).to_string(), words), choose)
    };
    let steps = [
        button(store, (&tr("key.Enter"), tr("links.accept")), accept),
        button(store, ("→", tr("links.next")), |state, ctx| step(state, ctx, Direction::Forward)),
        button(store, (&tr("key.Escape"), tr("links.leave")), |state, ctx| Ok(leave(state, ctx))),
    ];
    let candidate = state.link_candidate().and_then(|id| state.annotations.get(id));
    let label = candidate.and_then(|candidate| state.schema.label(&candidate.label));
    let keep_selection = |event: MouseEvent| event.prevent_default();
    html! {
        <div ref={place.clone()} class="quick-palette quick-palette--options" role="toolbar"
            aria-label={tr("links.options")} onmousedown={keep_selection} hidden=true>
            if let Some(candidate) = candidate {
                <p class="quick-palette__about">
                    { swatch(&state.schema, &candidate.label) }
                    <span>{ label.map(|label| pick(&label.name)) }</span>
                </p>
            }
            if linking.options.is_empty() {
                <div class="quick-palette__group">{ for steps }</div>
            } else {
                { for linking.options.iter().enumerate().map(option) }
            }
        </div>
    }
}

fn button(
    store: &Rc<Store>,
    (key, name): (&str, AttrValue),
    command: impl Fn(&State, &mut CommandContext<'_>) -> CommandResult + Copy + 'static,
) -> Html {
    let store = store.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        store.command(command);
        focus_article();
    });
    html! {
        <button type="button" class="quick-palette__label" {onclick}>{ kbd(key) }<span>{ name }</span></button>
    }
}
