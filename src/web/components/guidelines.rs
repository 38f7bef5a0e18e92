//! The guide to the labels, beside the article: the card, what each label means, the notes of the
//! team. It follows the label in hand.

use web_sys::{HtmlDetailsElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::edit::commands::schema::set_guidelines;
use crate::model::ids::LabelId;
use crate::model::schema::{AttributeKind, AttributeType, Choice, Group, Label, Localized, Schema};
use crate::web::components::dialogs::help::markdown;
use crate::web::components::kbd::kbd;
use crate::web::components::swatch::swatch;
use crate::web::dom;
use crate::web::i18n::{messages, pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

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
    let is_writing = use_state(|| false);
    // Elements in a window of this size cost more to compare than to keep.
    let labels = use_memo(schema.clone(), |schema: &PtrEq<Schema>| labels_html(schema));
    html! {
        <section class="guide" aria-label={tr("side.guidelines")} tabindex="0">
            <details class="guide__card" open={in_hand.is_none()}>
                <summary>{ tr("help.card") }</summary>
                { markdown(&messages().pick(&schema.card)) }
            </details>
            { (*labels).clone() }
            <h3 class="guide__title">{ tr("guide.notes") }</h3>
            { notes(store, schema, &is_writing) }
        </section>
    }
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
        html! {
            <section key={group.id.to_string()}>
                <h3 class="guide__title">{ pick(&group.name) }</h3>
                { for schema.labels_of(&group.id).map(|label| label_html(schema, label)) }
            </section>
        }
    };
    schema.groups.iter().map(group_html).collect()
}

fn label_html(schema: &Schema, label: &Label) -> Html {
    html! {
        <details key={label.id.to_string()} id={part_id(&label.id)} class="guide__label">
            <summary>
                { swatch(schema, &label.id) }<span>{ pick(&label.name) }</span>
                { for label.hotkey.map(|key| kbd(&key.to_string())) }
            </summary>
            { meaning(label) }
            { for label.attributes.iter().map(attribute_html) }
        </details>
    }
}

/// What a label means: definition, what belongs to it and what does not, an example.
pub fn meaning(label: &Label) -> Html {
    let line = |key: &str, text: &Localized| {
        let text = pick(text);
        html! {
            if !text.is_empty() {
                <p><b>{ tr(key) }</b>{ " " }{ text }</p>
            }
        }
    };
    let example = pick(&label.example);
    html! {
        <div class="meaning">
            <p>{ pick(&label.definition) }</p>
            { line("guide.include", &label.include) }
            { line("guide.exclude", &label.exclude) }
            if !example.is_empty() { <p class="meaning__example">{ marked(&example) }</p> }
        </div>
    }
}

/// An example, with the words in brackets as marked.
fn marked(example: &str) -> Html {
    let mut parts = Vec::new();
    let mut rest = example;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, behind) = after.split_once(']').unwrap_or((after, ""));
        parts.push(html! { <>{ before.to_string() }<mark>{ inside.to_string() }</mark></> });
        rest = behind;
    }
    html! { <>{ for parts }{ rest.to_string() }</> }
}

fn attribute_html(attribute: &AttributeType) -> Html {
    let choice = |choice: &Choice| {
        html! { <div><dt>{ pick(&choice.name) }</dt><dd>{ pick(&choice.help) }</dd></div> }
    };
    let choices: &[Choice] = match &attribute.kind {
        AttributeKind::Choice(choices) => choices,
        _ => &[],
    };
    html! {
        <section key={attribute.key.to_string()} class="guide__attribute">
            <h4>{ pick(&attribute.name) }</h4>
            <p>{ pick(&attribute.help) }</p>
            <dl>{ for choices.iter().map(choice) }</dl>
        </section>
    }
}

/// What the team agreed on, to be read, and written in place.
fn notes(store: &PtrEq<Store>, schema: &PtrEq<Schema>, is_writing: &UseStateHandle<bool>) -> Html {
    const FIELD_ID: &str = "guide-notes";
    let set_writing = |to: bool| {
        let is_writing = is_writing.clone();
        Callback::from(move |_: MouseEvent| is_writing.set(to))
    };
    let notes = &schema.guidelines;
    if !**is_writing {
        return html! {
            <div class="guide__notes">
                if notes.is_empty() {
                    <p class="guide__empty">{ tr("guide.no-notes") }</p>
                } else {
                    { markdown(notes) }
                }
                <button type="button" disabled={store.is_read_only()} onclick={set_writing(true)}>{ tr("guide.write") }</button>
            </div>
        };
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
            is_writing.set(false);
        })
    };
    html! {
        <div class="guide__notes">
            <label for={FIELD_ID}>{ tr("guide.notes-help") }</label>
            <textarea id={FIELD_ID} rows="10" value={AttrValue::Rc(notes.clone())} />
            <p class="dialog__actions">
                <button type="button" onclick={set_writing(false)}>{ tr("dialog.cancel") }</button>
                <button type="button" class="button--main" onclick={save}>{ tr("guide.save") }</button>
            </p>
        </div>
    }
}
