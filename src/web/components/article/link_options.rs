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
use crate::web::components::element::{button, element, fragment};
use crate::web::components::kbd::kbd;
use crate::web::components::line::label_and_words;
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
        option_button(store, (&(idx + 1).to_string(), words), choose)
    };
    let steps = [
        option_button(store, (&tr!("key.Enter"), tr!("links.accept")), accept),
        option_button(store, ("→", tr!("links.next")), |state, ctx| step(state, ctx, Direction::Forward)),
        option_button(store, (&tr!("key.Escape"), tr!("links.leave")), |state, ctx| Ok(leave(state, ctx))),
    ];
    let candidate = state.link_candidate().and_then(|id| state.annotations.get(id));
    let keep_selection = |event: MouseEvent| event.prevent_default();
    element("div")
        .node(place.clone())
        .class("quick-palette quick-palette--options")
        .attr("role", "toolbar")
        .attr("aria-label", tr!("links.options"))
        .onmousedown(keep_selection)
        .flag("hidden", true)
        .child(candidate.map(|candidate| {
            element("p").class("quick-palette__about").child(label_and_words(state, candidate))
        }))
        .child(match linking.options.is_empty() {
            true => element("div").class("quick-palette__group").children(steps),
            false => fragment().children(linking.options.iter().enumerate().map(option)),
        })
        .html()
}

fn option_button(
    store: &Rc<Store>,
    (key, name): (&str, AttrValue),
    command: impl Fn(&State, &mut CommandContext<'_>) -> CommandResult + Copy + 'static,
) -> Html {
    let store = store.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        store.command(command);
        focus_article();
    });
    button()
        .class("quick-palette__label")
        .onclick(onclick)
        .child(kbd(key))
        .child(element("span").child(name))
        .html()
}
