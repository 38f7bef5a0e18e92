//! Which entity the chosen mention is of.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::commands::choose::choose;
use crate::edit::commands::entity::split;
use crate::edit::commands::link::begin;
use crate::edit::keymap::Command;
use crate::edit::state::{LinkPurpose, State};
use crate::model::annotation::Annotation;
use crate::web::components::article::focus_article;
use crate::web::components::element::{button, element, fragment};
use crate::web::components::kbd::{kbd, keys_of};
use crate::web::i18n::{number, tr, tr_count, tr_with};
use crate::web::store::Store;

/// The entity of a mention as a row among its links, with the key that joins it with another;
/// nothing for labels without entities.
pub fn mention_html(store: &Rc<Store>, state: &State, annotation: &Annotation) -> Html {
    if !state.schema.label(&annotation.label).is_some_and(|label| label.is_entity) {
        return html! {};
    }
    let on_same = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            store.command(|state, ctx| begin(state, ctx, LinkPurpose::SameEntity));
            focus_article();
        })
    };
    let key = keys_of(Command::SameEntity).into_iter().next().unwrap_or_default();
    element("li")
        .class("links__row")
        .child(element("span").class("links__kind").child(tr!("mention.title")))
        .child(entity_html(store, state, annotation))
        .child(
            button()
                .class("links__start")
                .onclick(on_same)
                .attr("title", tr!("command.same-entity"))
                .attr("aria-label", tr!("command.same-entity"))
                .child(kbd(&key)),
        )
        .html()
}

/// The name of the entity, with the way to the next mention, and how to leave it.
fn entity_html(store: &Rc<Store>, state: &State, annotation: &Annotation) -> Html {
    let Some(entity) = state.entity_of(annotation) else {
        return element("span").class("links__none").child("—").html();
    };
    let mentions: Vec<&Rc<Annotation>> = state.annotations.mentions(&entity.id).collect();
    let here = mentions.iter().position(|mention| mention.id == annotation.id).unwrap_or(0);
    let next = mentions[(here + 1) % mentions.len()].id.clone();
    let on_next = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| store.command(|state, ctx| choose(state, ctx, &next)))
    };
    let on_split = {
        let (store, id) = (store.clone(), annotation.id.clone());
        Callback::from(move |_: MouseEvent| {
            store.command(|state, ctx| split(state, ctx, &id));
            focus_article();
        })
    };
    let remove = tr_with!("mention.split", &[("name", &entity.name)]);
    fragment()
        .child(
            button()
                .class("links__other")
                .onclick(on_next)
                .attr("title", tr!("mention.next"))
                .child(element("span").attr("dir", "auto").child(AttrValue::Rc(entity.name.clone())))
                .child(
                    element("span")
                        .class("links__count")
                        .attr("title", tr_count("mention.count", mentions.len()))
                        .child(format!("· {}", number(mentions.len()))),
                ),
        )
        .child(
            button()
                .class("links__remove")
                .onclick(on_split)
                .attr("title", remove.clone())
                .attr("aria-label", remove)
                .child("×"),
        )
        .html()
}
