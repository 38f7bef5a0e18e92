//! The links of the chosen annotation, in words: who says it, what introduces it, on what proof.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::commands::choose::choose;
use crate::edit::commands::link::{begin, relink, unlink};
use crate::edit::state::{LinkOption, LinkPurpose, State};
use crate::model::annotation::Annotation;
use crate::model::schema::Localized;
use crate::view_model::excerpt::excerpt;
use crate::view_model::links::{LinkRow, LinkStart, link_rows, link_starts, option_words};
use crate::web::components::article::focus_article;
use crate::web::components::element::{button, element, fragment, select_option};
use crate::web::components::kbd::kbd;
use crate::web::components::swatch::swatch;
use crate::web::i18n::{pick, tr, tr_with};
use crate::web::store::Store;

/// The words of another annotation, at most.
const WORDS_CHARS_MAX: usize = 60;

/// The links of an annotation, each behind the key that begins one like it; nothing where its label
/// has none.
pub fn links_html(store: &Rc<Store>, state: &State, annotation: &Annotation) -> Html {
    let (rows, starts) = (link_rows(state, annotation), link_starts(state, annotation));
    let key_of = |row: &LinkRow| state.schema.relation(&row.relation.kind).and_then(|kind| kind.key);
    let under = |start: &LinkStart| {
        let rows: Vec<&LinkRow> = rows.iter().filter(|row| key_of(row) == Some(start.key)).collect();
        if rows.is_empty() {
            return empty_row(store, start);
        }
        let first = |idx: usize| {
            if idx == 0 {
                key_html(store, start)
            } else {
                html! {}
            }
        };
        let rows = rows.iter().enumerate();
        rows.map(|(idx, row)| row_html(store, state, annotation, (row, first(idx)))).collect::<Html>()
    };
    let others = rows.iter().filter(|row| !starts.iter().any(|start| key_of(row) == Some(start.key)));
    fragment()
        .children(starts.iter().map(under))
        .children(others.map(|row| row_html(store, state, annotation, (row, html! {}))))
        .html()
}

/// A link, with what stands behind it.
fn row_html(store: &Rc<Store>, state: &State, here: &Annotation, (row, after): (&LinkRow, Html)) -> Html {
    let id = row.relation.id.clone();
    let kind = row.words.as_ref().map_or_else(|| AttrValue::from(row.relation.kind.to_string()), pick);
    let other = excerpt(state, &row.other, WORDS_CHARS_MAX);
    let on_choose = {
        let (store, other) = (store.clone(), row.other.id.clone());
        Callback::from(move |_: MouseEvent| store.command(|state, ctx| choose(state, ctx, &other)))
    };
    let on_remove = {
        let (store, id) = (store.clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            store.command(|state, ctx| unlink(state, ctx, &id));
            focus_article();
        })
    };
    let remove = tr_with!("links.remove", &[("kind", &kind), ("words", &other)]);
    element("li")
        .key(id.to_string())
        .class("links__row")
        .child(kind_html(store, state, here, row, &kind))
        .child(
            button()
                .class("links__other")
                .onclick(on_choose)
                .attr("title", tr!("links.go"))
                .child(swatch(&state.schema, &row.other.label))
                .child(element("span").attr("dir", "auto").child(other)),
        )
        .child(
            button()
                .class("links__remove")
                .onclick(on_remove)
                .attr("title", remove.clone())
                .attr("aria-label", remove)
                .child("×"),
        )
        .child(after)
        .html()
}

/// What could be linked and is not.
fn empty_row(store: &Rc<Store>, start: &LinkStart) -> Html {
    element("li")
        .key(start.key.to_string())
        .class("links__row")
        .child(element("span").class("links__kind").child(kinds_of(start)))
        .child(element("span").class("links__none").child("—"))
        .child(key_html(store, start))
        .html()
}

/// The types of relation that a key begins, in words.
fn kinds_of(start: &LinkStart) -> String {
    let names: Vec<AttrValue> = start.words.iter().map(|words: &Localized| pick(words)).collect();
    names.join(" / ")
}

/// The key that begins a link, as a button too.
fn key_html(store: &Rc<Store>, start: &LinkStart) -> Html {
    let (store, key) = (store.clone(), start.key);
    let onclick = Callback::from(move |_: MouseEvent| {
        store.command(|state, ctx| begin(state, ctx, LinkPurpose::Relation(key)));
        focus_article();
    });
    let name = tr_with!("links.add", &[("kind", &kinds_of(start))]);
    button()
        .class("links__start")
        .onclick(onclick)
        .attr("title", name.clone())
        .attr("aria-label", name)
        .child(kbd(&key.to_string()))
        .html()
}

/// The type, with the others that it could have.
fn kind_html(store: &Rc<Store>, state: &State, here: &Annotation, row: &LinkRow, kind: &AttrValue) -> Html {
    if row.options.is_empty() {
        return element("span").class("links__kind").child(kind).html();
    }
    let (store, id, options) = (store.clone(), row.relation.id.clone(), row.options.clone());
    let onchange = Callback::from(move |event: Event| {
        let chosen = event.target_unchecked_into::<web_sys::HtmlSelectElement>().value();
        if let Some(option) = chosen.parse().ok().and_then(|idx: usize| options.get(idx)) {
            store.command(|state, ctx| relink(state, ctx, &id, option));
        }
    });
    let option = |(idx, option): (usize, &LinkOption)| {
        let words = option_words(state, here, option).map(|words| pick(&words));
        element("option").key(idx).attr("value", idx.to_string()).child(words).html()
    };
    element("select")
        .class("links__kind")
        .attr("aria-label", tr!("links.kind"))
        .onchange(onchange)
        .child(select_option("", true, kind))
        .children(row.options.iter().enumerate().map(option))
        .html()
}
