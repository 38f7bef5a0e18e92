//! The open entity: what it is called, what identifies it, and all its mentions.

use std::ops::Range;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::edit::commands::entity::{dissolve, set_identifier, set_name, unite};
use crate::edit::notice::Notice;
use crate::edit::state::State;
use crate::model::annotation::Annotation;
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, EntityId};
use crate::view_model::entities::{EntityRow, merge_options};
use crate::web::components::element::{button, component, element, fragment};
use crate::web::components::entity_list::ListMsg;
use crate::web::components::line::words;
use crate::web::components::text_field::{TextField, TextFieldProps, TextKind};
use crate::web::dom;
use crate::web::i18n::{number, tr, tr_count, tr_with};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

const IDENTIFIER_ID: &str = "entity-identifier";
const MERGE_ID: &str = "entity-merge";

/// What the card shows.
pub struct Card<'c> {
    pub node: &'c NodeRef,
    pub store: &'c PtrEq<Store>,
    pub state: &'c State,
    /// All entities.
    pub rows: &'c [EntityRow],
    pub entity: &'c Rc<Entity>,
    /// How many mentions there are, and which are shown.
    pub len: usize,
    pub mentions: Range<usize>,
    pub on_list: &'c Callback<ListMsg>,
}

pub fn card(card: &Card<'_>) -> Html {
    let Card { node, store, entity, len, mentions, on_list, .. } = card;
    let set = |command: fn(&Store, &EntityId, &str)| {
        let (store, id) = (store.0.clone(), entity.id.clone());
        Callback::from(move |text: AttrValue| command(&store, &id, &text))
    };
    let on_name = set(|store, id, name| store.command(|state, ctx| set_name(state, ctx, id, name)));
    let on_dissolve = set(|store, id, _| store.command(|state, ctx| dissolve(state, ctx, id)));
    let shown = mentions.start.min(*len)..mentions.end.min(*len);
    let more = |msg: fn() -> ListMsg, words: AttrValue| {
        button()
            .class("entity-list__more")
            .onclick(on_list.reform(move |_: MouseEvent| msg()))
            .child(words)
            .html()
    };
    element("fieldset")
        .node((*node).clone())
        .class("entity-list__card")
        .flag("disabled", store.is_read_only())
        .child(
            element("div")
                .class("row")
                .child(
                    element("label")
                        .class("row__name")
                        .attr("for", "entity-name")
                        .child(tr!("entities.name")),
                )
                .child(element("div").class("row__value").child(component::<TextField>(TextFieldProps {
                    id: "entity-name".into(),
                    value: AttrValue::Rc(entity.name.clone()),
                    on_commit: on_name,
                    kind: TextKind::Line,
                    placeholder: None,
                    list: None,
                }))),
        )
        .child(identifier(card))
        .child_if(shown.start > 0, || more(|| ListMsg::Earlier, tr_count("entities.earlier", shown.start)))
        .child(
            element("ul")
                .attr("role", "list")
                .class("entity-list__mentions")
                .attr("aria-label", tr_count("mention.count", *len))
                .children(
                    card.state
                        .annotations
                        .mentions(&entity.id)
                        .skip(shown.start)
                        .take(shown.len())
                        .enumerate()
                        .map(|(place, annotation)| mention(card, annotation, place)),
                ),
        )
        .child_if(shown.end < *len, || more(|| ListMsg::Later, tr_count("entities.later", *len - shown.end)))
        .child(
            element("div").class("entity-list__acts").child(merge(card)).child(
                button()
                    .attr("title", tr!("entities.dissolve-help"))
                    .onclick(on_dissolve.reform(|_: MouseEvent| AttrValue::default()))
                    .child(tr!("entities.dissolve")),
            ),
        )
        .html()
}

/// The address that identifies it elsewhere: a text to copy, never followed.
fn identifier(card: &Card<'_>) -> Html {
    let (store, id) = (card.store.0.clone(), card.entity.id.clone());
    let on_commit = Callback::from(move |text: AttrValue| {
        store.command(|state, ctx| set_identifier(state, ctx, &id, &text));
    });
    let store = card.store.0.clone();
    let on_copy = Callback::from(move |_: MouseEvent| {
        let input = dom::document().query_selector(&format!("#{IDENTIFIER_ID}")).ok().flatten();
        if let Some(input) =
            input.and_then(|input| wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(input).ok())
            && dom::copy_from(&input)
        {
            store.notice(Ok(Notice::Copied));
        }
    });
    let field = component::<TextField>(TextFieldProps {
        id: IDENTIFIER_ID.into(),
        kind: TextKind::Iri,
        value: AttrValue::Rc(card.entity.identifier.clone()),
        placeholder: Some(tr!("entities.identifier-example")),
        on_commit,
        list: None,
    });
    let copy = || button().class("entity-list__copy").onclick(on_copy).child(tr!("entities.copy"));
    element("div")
        .class("row")
        .child(
            element("label")
                .class("row__name")
                .attr("for", IDENTIFIER_ID)
                .attr("title", tr!("entities.identifier-help"))
                .child(tr!("entities.identifier")),
        )
        .child(
            element("div")
                .class("row__value")
                .child(field)
                .child_if(!card.entity.identifier.is_empty(), copy),
        )
        .html()
}

/// A mention, with its place among those shown.
fn mention(card: &Card<'_>, annotation: &Annotation, place: usize) -> Html {
    let Card { state, on_list, .. } = card;
    let id = annotation.id.clone();
    let on_choose = on_list.reform(move |_: MouseEvent| ListMsg::Choose(id.clone()));
    let id = annotation.id.clone();
    let on_split = on_list.reform(move |_: MouseEvent| ListMsg::Split(id.clone(), place));
    let is_chosen = state.focus.chosen.as_ref() == Some(&annotation.id);
    let words = words(state, annotation);
    let paragraph = state.document.index.blocks.paragraph_at(annotation.target.start());
    element("li")
        .key(annotation.id.to_string())
        .class("entity-list__mention")
        .child(
            button()
                .class("entity-list__jump")
                .onclick(on_choose)
                .attr("aria-current", is_chosen.then_some("true"))
                .child(element("span").attr("dir", "auto").child(&words))
                .child(if let Some(paragraph) = paragraph {
                    element("small").child("§ ").child(number(paragraph + 1)).html()
                } else {
                    html! {}
                }),
        )
        .child(
            button()
                .class("entity-list__split")
                .onclick(on_split)
                .attr("aria-label", tr_with!("entities.split-named", &[("words", &words)]))
                .child(tr!("entities.split")),
        )
        .html()
}

/// The other entities that could be the same. The choice alone does nothing: arrow keys walk
/// through it.
fn merge(card: &Card<'_>) -> Html {
    let options = merge_options(card.rows, &card.entity.id);
    if options.is_empty() {
        return html! {};
    }
    let (store, id) = (card.store.0.clone(), card.entity.id.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let select =
            dom::element_by_id(MERGE_ID).and_then(|select| select.dyn_into::<HtmlSelectElement>().ok());
        let Some(other) = select.map(|select| EntityId::from(select.value().as_str())) else { return };
        let state = store.state();
        let first = |entity: &EntityId| -> Option<AnnotationId> {
            Some(state.annotations.mentions(entity).next()?.id.clone())
        };
        if let (Some(left), Some(right)) = (first(&id), first(&other)) {
            store.command(|state, ctx| unite(state, ctx, &left, &right));
        }
    });
    fragment()
        .child(element("select").attr("id", MERGE_ID).attr("aria-label", tr!("entities.merge")).children(
            options.into_iter().map(|entity| {
                element("option")
                    .key(entity.id.to_string())
                    .attr("value", entity.id.to_string())
                    .child(AttrValue::Rc(entity.name.clone()))
                    .html()
            }),
        ))
        .child(button().onclick(onclick).child(tr!("entities.merge")))
        .html()
}
