//! The chosen annotation in full, and the place to change what it says.

mod attribute;
mod dated;
mod label;
mod links;
mod mention;
mod remarks;

use yew::prelude::*;

use crate::edit::commands::change::{remove_chosen, set_certainty, set_note};
use crate::edit::commands::choose::choose_none;
use crate::edit::keymap::Command;
use crate::edit::state::State;
use crate::model::annotation::{Annotation, Certainty};
use crate::model::schema::{AttributeType, Label, Schema, Tier};
use crate::web::components::article::focus_article;
use crate::web::components::element::{button, element, fragment};
use crate::web::components::inspector::attribute::attribute_row;
use crate::web::components::inspector::label::label_row;
use crate::web::components::inspector::links::links_html;
use crate::web::components::inspector::mention::mention_html;
use crate::web::components::inspector::remarks::remarks_html;
use crate::web::components::kbd::keys_of;
use crate::web::components::segmented::{Segmented, SegmentedOption, segmented};
use crate::web::components::swatch::swatch;
use crate::web::i18n::{pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

/// The id of the inspector, for the key that goes into it.
pub const INSPECTOR_ID: &str = "inspector";

#[derive(Clone, PartialEq, Properties)]
pub struct InspectorProps {
    pub store: PtrEq<Store>,
    pub schema: PtrEq<Schema>,
    pub chosen: Option<PtrEq<Annotation>>,
    /// Any change of the relations or entities, or of an annotation.
    pub state: PtrEq<State>,
    pub is_read_only: bool,
}

#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let InspectorProps { store, schema, chosen, state, is_read_only } = props;
    let content = match chosen {
        Some(annotation) => {
            chosen_html(&Chosen { store, schema, annotation, state, is_read_only: *is_read_only })
        }
        None => element("p").class("inspector__empty").child(tr!("inspector.empty")).html(),
    };
    element("section")
        .attr("id", INSPECTOR_ID)
        .class(classes!("inspector", chosen.is_some().then_some("inspector--open")))
        .attr("aria-label", tr!("inspector.label"))
        .child(content)
        .html()
}

/// What the rows of the inspector are about.
struct Chosen<'c> {
    store: &'c PtrEq<Store>,
    schema: &'c PtrEq<Schema>,
    annotation: &'c PtrEq<Annotation>,
    state: &'c PtrEq<State>,
    is_read_only: bool,
}

fn chosen_html(chosen: &Chosen<'_>) -> Html {
    let Chosen { store, schema, annotation, state, is_read_only } = chosen;
    let label = schema.label(&annotation.label);
    let name = label.map_or_else(|| AttrValue::from(annotation.label.to_string()), |label| pick(&label.name));
    let on_remove = {
        let store = store.0.clone();
        Callback::from(move |_: MouseEvent| {
            store.command(|state, ctx| remove_chosen(state, ctx));
            focus_article();
        })
    };
    let on_close = {
        let store = store.0.clone();
        Callback::from(move |_: MouseEvent| {
            store.command(|state, ctx| Ok(choose_none(state, ctx)));
            focus_article();
        })
    };
    element("fieldset")
        .key(annotation.id.to_string())
        .class("inspector__fields")
        .flag("disabled", *is_read_only)
        .child(
            element("header")
                .class("inspector__head")
                .child(swatch(schema, &annotation.label))
                .child(element("h2").class("inspector__name").child(name))
                .child(
                    button()
                        .class("inspector__remove")
                        .onclick(on_remove)
                        .attr("title", keys_of(Command::DeleteChosen).join(", "))
                        .child(tr!("inspector.remove")),
                )
                // Where the inspector lies over the article.
                .child(
                    button()
                        .class("side__close")
                        .onclick(on_close)
                        .attr("aria-label", tr!("dialog.close"))
                        .child("×"),
                ),
        )
        .child(surface_html(chosen))
        .child_if(label.is_none(), || {
            element("p").class("inspector__note").child(tr!("inspector.unknown-label"))
        })
        .child(remarks_html(&store.0, state, annotation))
        .child(label_row(chosen))
        .child(
            element("ul")
                .attr("role", "list")
                .class("links")
                .attr("aria-label", tr!("links.title"))
                .child(mention_html(&store.0, state, annotation))
                .child(links_html(&store.0, state, annotation)),
        )
        .child(label.map(|label| attributes(chosen, label)))
        .child(certainty_row(chosen))
        .child(note_row(chosen))
        .html()
}

/// The rows of a label's attributes: the first tier, then the rest folded away.
fn attributes(chosen: &Chosen<'_>, label: &Label) -> Html {
    let row = |attribute: &AttributeType| attribute_row(chosen.store, chosen.annotation, attribute);
    let (first, later): (Vec<&AttributeType>, Vec<&AttributeType>) =
        label.attributes.iter().partition(|attribute| attribute.tier == Tier::V1);
    fragment()
        .children(first.into_iter().map(row))
        .child_if(!later.is_empty(), || {
            element("details")
                .class("inspector__more")
                .child(element("summary").child(tr!("inspector.more")))
                .children(later.into_iter().map(row))
        })
        .html()
}

/// The words of the annotation.
fn surface_html(chosen: &Chosen<'_>) -> Html {
    const SURFACE_CHARS_MAX: usize = 400;
    let state = chosen.store.state();
    let surface = chosen.annotation.target.surface(&state.document.text);
    let short = match surface.char_indices().nth(SURFACE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &surface[..end]),
        None => surface,
    };
    element("q").class("inspector__words").attr("dir", "auto").child(short).html()
}

fn certainty_row(chosen: &Chosen<'_>) -> Html {
    let annotation = chosen.annotation;
    let (store, id) = (chosen.store.0.clone(), annotation.id.clone());
    let on_choose = Callback::from(move |value: AttrValue| {
        let certainty = if value == "unsure" { Certainty::Unsure } else { Certainty::Sure };
        store.command(|state, ctx| set_certainty(state, ctx, &id, certainty));
    });
    let options = ["sure", "unsure"].map(|value| SegmentedOption {
        value: value.into(),
        name: tr(&format!("certainty.{value}")),
        help: AttrValue::from(""),
    });
    let value = if annotation.certainty == Certainty::Sure { "sure" } else { "unsure" };
    segmented(&Segmented {
        id: "certainty".into(),
        name: tr!("inspector.certainty"),
        options: options.to_vec(),
        value: value.into(),
        on_choose,
        after: html! {},
    })
}

fn note_row(chosen: &Chosen<'_>) -> Html {
    let annotation = chosen.annotation;
    let (store, id) = (chosen.store.0.clone(), annotation.id.clone());
    let oninput = Callback::from(move |event: InputEvent| {
        let area: web_sys::HtmlTextAreaElement = event.target_unchecked_into();
        store.command(|state, ctx| set_note(state, ctx, &id, &area.value()));
    });
    element("div")
        .class("row row--tall")
        .child(element("label").class("row__name").attr("for", "inspector-note").child(tr!("inspector.note")))
        .child(
            element("textarea")
                .attr("id", "inspector-note")
                .class("row__value")
                .attr("rows", "2")
                .value(AttrValue::Rc(annotation.note.clone()))
                .oninput(oninput),
        )
        .html()
}
