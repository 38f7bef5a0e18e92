//! The guide to the labels, beside the article: the card, what each label means, the notes of the
//! team. It follows the label in hand.

use web_sys::{HtmlDetailsElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::edit::commands::schema::set_guidelines;
use crate::model::ids::LabelId;
use crate::model::schema::{AttributeKind, AttributeType, Choice, Group, Label, Localized, Schema};
use crate::web::components::dialogs::help::markdown;
use crate::web::components::element::{button, element, fragment};
use crate::web::components::kbd::kbd;
use crate::web::components::swatch::swatch;
use crate::web::dom;
use crate::web::i18n::{messages, pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

/// The field of the notes, and the button that opens it.
const FIELD_ID: &str = "guide-notes";
const WRITE_ID: &str = "guide-write";

#[derive(Clone, PartialEq, Properties)]
pub struct GuidelinesProps {
    pub store: PtrEq<Store>,
    pub schema: PtrEq<Schema>,
    pub in_hand: Option<LabelId>,
}

#[component]
pub fn Guidelines(props: &GuidelinesProps) -> Html {
    let GuidelinesProps { store, schema, in_hand } = props;
    use_effect_with(in_hand.clone(), |in_hand| {
        if let Some(label) = in_hand {
            open_label(label);
        }
    });
    let is_writing = use_state(|| None);
    use_effect_with(*is_writing, |is_writing| {
        // Not when the guide is first drawn: then nobody asked for anything.
        if let Some(is_writing) = is_writing {
            hand_keys(*is_writing);
        }
    });
    // Elements in a window of this size cost more to compare than to keep.
    let labels = use_memo(schema.clone(), |schema: &PtrEq<Schema>| labels_html(schema));
    element("section")
        .class("guide")
        .attr("aria-label", tr!("side.guidelines"))
        .attr("tabindex", "0")
        .child(
            element("details")
                .class("guide__card")
                .flag("open", in_hand.is_none())
                .child(element("summary").child(tr!("help.card")))
                .child(markdown(&messages().pick(&schema.card))),
        )
        .child((*labels).clone())
        .child(element("h3").class("guide__title").child(tr!("guide.notes")))
        .child(notes(store, schema, &is_writing))
        .html()
}

/// The id of a label's part of the guide.
fn part_id(label: &LabelId) -> String {
    format!("guide-{label}")
}

/// Opens a label's part and brings it into view, without taking the keys.
fn open_label(label: &LabelId) {
    use wasm_bindgen::JsCast;
    let Some(part) = dom::element_by_id(&part_id(label)) else { return };
    if let Some(part) = part.dyn_ref::<HtmlDetailsElement>() {
        part.set_open(true);
    }
    dom::scroll_within(".side__panel .guide", &part);
}

fn labels_html(schema: &Schema) -> Html {
    let group_html = |group: &Group| {
        element("section")
            .key(group.id.to_string())
            .child(element("h3").class("guide__title").child(pick(&group.name)))
            .children(schema.labels_of(&group.id).map(|label| label_html(schema, label)))
            .html()
    };
    schema.groups.iter().map(group_html).collect()
}

fn label_html(schema: &Schema, label: &Label) -> Html {
    element("details")
        .key(label.id.to_string())
        .attr("id", part_id(&label.id))
        .class("guide__label")
        .child(
            element("summary")
                .child(swatch(schema, &label.id))
                .child(element("span").child(pick(&label.name)))
                .children(label.hotkey.map(|key| kbd(&key.to_string()))),
        )
        .child(meaning(label))
        .children(label.attributes.iter().map(attribute_html))
        .html()
}

/// What a label means: definition, what belongs to it and what does not, an example.
pub fn meaning(label: &Label) -> Html {
    let line = |key: &str, text: &Localized| {
        let text = pick(text);
        if !text.is_empty() {
            element("p").child(element("b").child(tr(key))).child(" ").child(text).html()
        } else {
            html! {}
        }
    };
    let example = pick(&label.example);
    element("div")
        .class("meaning")
        .child(element("p").child(pick(&label.definition)))
        .child(line("guide.include", &label.include))
        .child(line("guide.exclude", &label.exclude))
        .child_if(!example.is_empty(), || element("p").class("meaning__example").child(marked(&example)))
        .html()
}

/// An example, with the words in brackets as marked.
fn marked(example: &str) -> Html {
    let mut parts = Vec::new();
    let mut rest = example;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, behind) = after.split_once(']').unwrap_or((after, ""));
        parts.push(
            fragment().child(before.to_string()).child(element("mark").child(inside.to_string())).html(),
        );
        rest = behind;
    }
    fragment().children(parts).child(rest.to_string()).html()
}

fn attribute_html(attribute: &AttributeType) -> Html {
    let choice = |choice: &Choice| {
        element("div")
            .child(element("dt").child(pick(&choice.name)))
            .child(element("dd").child(pick(&choice.help)))
            .html()
    };
    let choices: &[Choice] = match &attribute.kind {
        AttributeKind::Choice(choices) => choices,
        _ => &[],
    };
    element("section")
        .key(attribute.key.to_string())
        .class("guide__attribute")
        .child(element("h4").child(pick(&attribute.name)))
        .child(element("p").child(pick(&attribute.help)))
        .child(element("dl").children(choices.iter().map(choice)))
        .html()
}

/// Gives the keys to the field of the notes, in view with its buttons, or back to the button that opens it.
fn hand_keys(is_writing: bool) {
    if let Some(element) = dom::element_by_id(if is_writing { FIELD_ID } else { WRITE_ID }) {
        if let Some(notes) = element.parent_element() {
            notes.scroll_into_view_with_bool(false);
        }
        dom::focus_quietly(&element);
    }
}

/// What the team agreed on, to be read, and written in place.
fn notes(store: &PtrEq<Store>, schema: &PtrEq<Schema>, is_writing: &UseStateHandle<Option<bool>>) -> Html {
    let set_writing = |to: bool| {
        let is_writing = is_writing.clone();
        Callback::from(move |_: MouseEvent| is_writing.set(Some(to)))
    };
    let notes = &schema.guidelines;
    if **is_writing != Some(true) {
        return element("div")
            .class("guide__notes")
            .child(if notes.is_empty() {
                element("p").class("guide__empty").child(tr!("guide.no-notes")).html()
            } else {
                markdown(notes)
            })
            .child(
                button()
                    .attr("id", WRITE_ID)
                    .flag("disabled", store.is_read_only())
                    .onclick(set_writing(true))
                    .child(tr!("guide.write")),
            )
            .html();
    }
    let save = {
        let (store, is_writing) = (store.0.clone(), is_writing.clone());
        Callback::from(move |_: MouseEvent| {
            use wasm_bindgen::JsCast;
            let field =
                dom::element_by_id(FIELD_ID).and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
            if let Some(field) = field {
                store.command(|state, ctx| set_guidelines(state, ctx, field.value().trim_end()));
            }
            is_writing.set(Some(false));
        })
    };
    element("div")
        .class("guide__notes")
        .child(element("label").attr("for", FIELD_ID).child(tr!("guide.notes-help")))
        .child(
            element("textarea").attr("id", FIELD_ID).attr("rows", "10").value(AttrValue::Rc(notes.clone())),
        )
        .child(
            element("p")
                .class("dialog__actions")
                .child(button().onclick(set_writing(false)).child(tr!("dialog.cancel")))
                .child(button().class("button--main").onclick(save).child(tr!("guide.save"))),
        )
        .html()
}
