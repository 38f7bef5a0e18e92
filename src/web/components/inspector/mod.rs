//! The chosen annotation in full, and the place to change what it says.

mod attribute;
mod segmented;

use yew::prelude::*;

use crate::edit::commands::annotate::relabel_chosen;
use crate::edit::commands::change::{remove_chosen, set_certainty, set_note};
use crate::edit::keymap::Command;
use crate::model::annotation::{Annotation, Certainty};
use crate::model::ids::LabelId;
use crate::model::schema::{Label, Schema, Tier};
use crate::web::components::inspector::attribute::AttributeRow;
use crate::web::components::inspector::segmented::{Segmented, SegmentedOption};
use crate::web::components::kbd::keys_of;
use crate::web::components::swatch::Swatch;
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
    pub is_read_only: bool,
}

#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let InspectorProps { store, schema, chosen, is_read_only } = props;
    let content = match chosen {
        Some(chosen) => html! {
            <Chosen key={chosen.id.to_string()} store={store.clone()} schema={schema.clone()}
                annotation={chosen.clone()} is_read_only={*is_read_only} />
        },
        None => html! { <p class="inspector__empty">{ tr("inspector.empty") }</p> },
    };
    html! {
        <section id={INSPECTOR_ID} class={classes!("inspector", chosen.is_some().then_some("inspector--open"))}
            aria-label={tr("inspector.label")}>
            { content }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ChosenProps {
    store: PtrEq<Store>,
    schema: PtrEq<Schema>,
    annotation: PtrEq<Annotation>,
    is_read_only: bool,
}

#[component]
fn Chosen(props: &ChosenProps) -> Html {
    let ChosenProps { store, schema, annotation, is_read_only } = props;
    let label = schema.label(&annotation.label);
    let name = label.map_or_else(|| AttrValue::from(annotation.label.to_string()), |label| pick(&label.name));
    let on_remove = use_callback(store.clone(), |_: MouseEvent, store| {
        store.command(|state, ctx| remove_chosen(state, ctx));
        crate::web::components::article::focus_article();
    });
    html! {
        <fieldset class="inspector__fields" disabled={*is_read_only}>
            <header class="inspector__head">
                <Swatch schema={schema.clone()} label={annotation.label.clone()} />
                <h2 class="inspector__name">{ name }</h2>
                <button type="button" class="inspector__remove" onclick={on_remove}
                    title={keys_of(Command::DeleteChosen).join(", ")}>{ tr("inspector.remove") }</button>
            </header>
            <Surface store={store.clone()} annotation={annotation.clone()} />
            if label.is_none() {
                <p class="inspector__note">{ tr("inspector.unknown-label") }</p>
            }
            <LabelChoice store={store.clone()} schema={schema.clone()} chosen={annotation.label.clone()} />
            { label.map(|label| attributes(props, label)) }
            <CertaintyRow store={store.clone()} annotation={annotation.clone()} />
            <NoteRow store={store.clone()} annotation={annotation.clone()} />
        </fieldset>
    }
}

/// The rows of a label's attributes: the first tier, then the rest folded away.
fn attributes(props: &ChosenProps, label: &Label) -> Html {
    let row = |idx: usize| {
        html! {
            <AttributeRow key={idx} store={props.store.clone()} schema={props.schema.clone()}
                annotation={props.annotation.clone()} {idx} />
        }
    };
    let of_tier = |tier: Tier| {
        let attributes = label.attributes.iter().enumerate();
        attributes.filter(move |(_, attribute)| attribute.tier == tier).map(|(idx, _)| idx)
    };
    let (first, later): (Vec<usize>, Vec<usize>) =
        (of_tier(Tier::V1).collect(), of_tier(Tier::V1_1).collect());
    html! {
        <>
            { for first.into_iter().map(row) }
            if !later.is_empty() {
                <details class="inspector__more">
                    <summary>{ tr("inspector.more") }</summary>
                    { for later.into_iter().map(row) }
                </details>
            }
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct OfAnnotationProps {
    store: PtrEq<Store>,
    annotation: PtrEq<Annotation>,
}

/// The words of the annotation; a click goes to them.
#[component]
fn Surface(props: &OfAnnotationProps) -> Html {
    const SURFACE_CHARS_MAX: usize = 400;
    let state = props.store.state();
    let surface = props.annotation.target.surface(&state.document.text);
    let short = match surface.char_indices().nth(SURFACE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &surface[..end]),
        None => surface,
    };
    html! { <q class="inspector__words" dir="auto">{ short }</q> }
}

#[derive(Clone, PartialEq, Properties)]
struct LabelChoiceProps {
    store: PtrEq<Store>,
    schema: PtrEq<Schema>,
    chosen: LabelId,
}

/// Another label for the annotation, by choice from all.
#[component]
fn LabelChoice(props: &LabelChoiceProps) -> Html {
    let LabelChoiceProps { store, schema, chosen } = props;
    let onchange = use_callback(store.clone(), |event: Event, store| {
        let select: web_sys::HtmlSelectElement = event.target_unchecked_into();
        let label = LabelId::from(select.value().as_str());
        store.command(|state, ctx| relabel_chosen(state, ctx, &label));
    });
    let option = |label: &Label| {
        html! {
            <option value={label.id.to_string()} selected={label.id == *chosen}>{ pick(&label.name) }</option>
        }
    };
    html! {
        <div class="row">
            <label class="row__name" for="inspector-label">{ tr("inspector.label-choice") }</label>
            <select id="inspector-label" class="row__value" {onchange}>
                if schema.label(chosen).is_none() {
                    <option value={chosen.to_string()} selected=true>{ chosen.to_string() }</option>
                }
                { for schema.groups.iter().map(|group| html! {
                    <optgroup label={pick(&group.name)}>{ for schema.labels_of(&group.id).map(option) }</optgroup>
                }) }
            </select>
        </div>
    }
}

#[component]
fn CertaintyRow(props: &OfAnnotationProps) -> Html {
    let OfAnnotationProps { store, annotation } = props;
    let on_choose = use_callback((store.clone(), annotation.id.clone()), |value: AttrValue, (store, id)| {
        let certainty = if value == "unsure" { Certainty::Unsure } else { Certainty::Sure };
        store.command(|state, ctx| set_certainty(state, ctx, id, certainty));
    });
    let options = ["sure", "unsure"].map(|value| SegmentedOption {
        value: value.into(),
        name: tr(&format!("certainty.{value}")),
        help: AttrValue::from(""),
    });
    let value = if annotation.certainty == Certainty::Sure { "sure" } else { "unsure" };
    html! {
        <Segmented id="certainty" name={tr("inspector.certainty")} options={options.to_vec()} value={value} {on_choose} />
    }
}

#[component]
fn NoteRow(props: &OfAnnotationProps) -> Html {
    let OfAnnotationProps { store, annotation } = props;
    let oninput = use_callback((store.clone(), annotation.id.clone()), |event: InputEvent, (store, id)| {
        let area: web_sys::HtmlTextAreaElement = event.target_unchecked_into();
        store.command(|state, ctx| set_note(state, ctx, id, &area.value()));
    });
    html! {
        <div class="row row--tall">
            <label class="row__name" for="inspector-note">{ tr("inspector.note") }</label>
            <textarea id="inspector-note" class="row__value" rows="2" value={AttrValue::Rc(annotation.note.clone())}
                {oninput} />
        </div>
    }
}
