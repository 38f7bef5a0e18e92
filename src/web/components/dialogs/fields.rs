//! The fields of the document, with the input that each type asks for. A field is changed when it
//! is left, so that a text typed in one go is one step.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::edit::commands::change::set_field;
use crate::edit::commands::status::{STATUS, status};
use crate::edit::state::State;
use crate::model::document::field_text;
use crate::model::ids::FieldKey;
use crate::model::schema::{AttributeValue, Choice, FieldKind, FieldType, Tier};
use crate::web::components::dialog::Dialog;
use crate::web::components::text_field::{TextField, TextKind};
use crate::web::i18n::{date_and_time, language_name, number, pick, time_spent, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

/// The languages that are suggested. Any other tag can be typed.
const LANGUAGES: [&str; 24] = [
    "fr", "fr-CA", "fr-BE", "fr-CH", "en", "en-GB", "en-US", "de", "es", "it", "pt", "pt-BR", "nl", "pl",
    "ro", "el", "ru", "uk", "tr", "ar", "he", "fa", "zh", "ja",
];
const LANGUAGES_ID: &str = "languages";
/// The person at this computer, where no file says who annotated.
const ANNOTATOR: &str = "annotator";

pub struct FieldsProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
    /// The name from the settings.
    pub annotator_name: AttrValue,
    /// How far the work is said to be.
    pub on_status: Callback<AttrValue>,
    pub on_close: Callback<()>,
}

pub fn fields_dialog(props: &FieldsProps) -> Html {
    let FieldsProps { store, state, on_close, .. } = props;
    let fields = state.schema.document_fields.iter();
    let (automatic, asked): (Vec<&FieldType>, Vec<&FieldType>) =
        fields.partition(|field| is_automatic(field));
    let (first, later): (Vec<&FieldType>, Vec<&FieldType>) =
        asked.into_iter().partition(|field| field.tier == Tier::V1);
    html! {
        <Dialog title={tr("fields.title")} on_close={on_close.clone()}>
            <fieldset disabled={store.is_read_only()}>
                { for first.into_iter().map(|field| row(props, field)) }
                if !later.is_empty() {
                    <details class="fields__more">
                        <summary>{ tr("inspector.more") }</summary>
                        { for later.into_iter().map(|field| row(props, field)) }
                    </details>
                }
            </fieldset>
            <details class="fields__more">
                <summary>{ tr("fields.automatic") }</summary>
                <dl>
                    { for automatic.into_iter().map(|field| fact(pick(&field.name), pick(&field.help), automatic_value(props, field))) }
                    { fact(tr("settings.time"), tr("fields.time-help"), time_spent(state.timing.document_ms())) }
                </dl>
            </details>
            <datalist id={LANGUAGES_ID}>
                { for LANGUAGES.iter().map(|tag| html! { <option value={*tag}>{ language_name(tag) }</option> }) }
            </datalist>
        </Dialog>
    }
}

fn is_automatic(field: &FieldType) -> bool {
    field.automatic || field.key.as_str() == ANNOTATOR
}

fn row(props: &FieldsProps, field: &FieldType) -> Html {
    let FieldsProps { store, state, on_status, .. } = props;
    let id = format!("field-{}", field.key);
    let value =
        AttrValue::from(field_text(&state.fields, field.key.as_str()).unwrap_or_default().to_string());
    let on_commit = {
        let (store, key) = (store.0.clone(), field.key.clone());
        Callback::from(move |value: AttrValue| set_text(&store, &key, &value))
    };
    let text = |kind: TextKind, list: Option<&'static str>| {
        html! { <TextField id={id.clone()} {kind} value={value.clone()} list={list.map(AttrValue::from)} on_commit={on_commit.clone()} /> }
    };
    let input = match &field.kind {
        FieldKind::Choice(choices) if field.key.as_str() == STATUS => {
            let status = status(state).map(AttrValue::Rc).unwrap_or_default();
            choice(&id, choices, &status, false, on_status)
        }
        FieldKind::Choice(choices) => choice(&id, choices, &value, true, &on_commit),
        FieldKind::LongText => text(TextKind::Long, None),
        FieldKind::Iri => text(TextKind::Iri, None),
        FieldKind::Date => text(TextKind::Date, None),
        FieldKind::Language => html! {
            <>
                { text(TextKind::Line, Some(LANGUAGES_ID)) }
                if !value.is_empty() {
                    <span class="fields__hint">{ language_name(&value) }</span>
                }
            </>
        },
        FieldKind::Text | FieldKind::DateTime | FieldKind::Hash | FieldKind::Integer => {
            text(TextKind::Line, None)
        }
    };
    html! {
        <div key={id.clone()} class="row">
            <label class="row__name" for={id.clone()} title={pick(&field.help)}>{ pick(&field.name) }</label>
            <div class="row__value">{ input }</div>
        </div>
    }
}

fn choice(
    id: &str,
    choices: &[Choice],
    value: &AttrValue,
    can_be_empty: bool,
    on_choose: &Callback<AttrValue>,
) -> Html {
    let onchange = on_choose
        .reform(|event: Event| AttrValue::from(event.target_unchecked_into::<HtmlSelectElement>().value()));
    html! {
        <select id={id.to_string()} ~value={value.to_string()} {onchange}>
            if can_be_empty {
                <option value="" selected={value.is_empty()}>{ "—" }</option>
            }
            { for choices.iter().map(|choice| html! {
                <option value={AttrValue::Rc(choice.value.clone())} selected={*choice.value == **value}>{ pick(&choice.name) }</option>
            }) }
        </select>
    }
}

/// Something that is filled in by the program.
fn fact(name: AttrValue, help: AttrValue, value: AttrValue) -> Html {
    html! {
        <div class="row">
            <dt class="row__name" title={help}>{ name }</dt>
            <dd class="row__value fields__fact">{ value }</dd>
        </div>
    }
}

fn automatic_value(props: &FieldsProps, field: &FieldType) -> AttrValue {
    let FieldsProps { state, annotator_name, .. } = props;
    let document = &state.document;
    let said = field_text(&state.fields, field.key.as_str()).map(|said| AttrValue::from(said.to_string()));
    let nothing = || AttrValue::from("—");
    match field.key.as_str() {
        "id" => AttrValue::Rc(document.id.0.clone()),
        "sha256" => AttrValue::Rc(document.sha256().clone()),
        "length" => AttrValue::from(number(document.index.offsets.len_code_points() as usize)),
        "created" => AttrValue::from(date_and_time(document.created_ms)),
        "modified" => {
            state.modified_ms.map_or_else(nothing, |time_ms| AttrValue::from(date_and_time(time_ms)))
        }
        ANNOTATOR if said.is_none() && !annotator_name.is_empty() => annotator_name.clone(),
        _ => said.unwrap_or_else(nothing),
    }
}

fn set_text(store: &Rc<Store>, key: &FieldKey, value: &str) {
    let value = (!value.is_empty()).then(|| AttributeValue::Text(Rc::from(value)));
    store.command(|state, ctx| set_field(state, ctx, key, value));
}
