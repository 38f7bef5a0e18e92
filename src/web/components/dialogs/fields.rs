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
use crate::web::components::dialog::dialog;
use crate::web::components::element::{component, element, fragment};
use crate::web::components::text_field::{TextField, TextFieldProps, TextKind};
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
    dialog(
        tr!("fields.title"),
        on_close.clone(),
        "",
        fragment()
            .child(
                element("fieldset")
                    .flag("disabled", store.is_read_only())
                    .children(first.into_iter().map(|field| row(props, field)))
                    .child_if(!later.is_empty(), || {
                        element("details")
                            .class("fields__more")
                            .child(element("summary").child(tr!("inspector.more")))
                            .children(later.into_iter().map(|field| row(props, field)))
                    }),
            )
            .child(
                element("details")
                    .class("fields__more")
                    .child(element("summary").child(tr!("fields.automatic")))
                    .child(
                        element("dl")
                            .children(automatic.into_iter().map(|field| {
                                fact(pick(&field.name), pick(&field.help), automatic_value(props, field))
                            }))
                            .child(fact(
                                tr!("settings.time"),
                                tr!("fields.time-help"),
                                time_spent(state.timing.document_ms()),
                            )),
                    ),
            )
            .child(
                element("datalist").attr("id", LANGUAGES_ID).children(
                    LANGUAGES
                        .iter()
                        .map(|tag| element("option").attr("value", *tag).child(language_name(tag)).html()),
                ),
            ),
    )
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
        component::<TextField>(TextFieldProps {
            id: id.clone().into(),
            kind,
            value: value.clone(),
            list: list.map(AttrValue::from),
            on_commit: on_commit.clone(),
            placeholder: None,
        })
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
        FieldKind::Language => fragment()
            .child(text(TextKind::Line, Some(LANGUAGES_ID)))
            .child_if(!value.is_empty(), || {
                element("span").class("fields__hint").child(language_name(&value))
            })
            .html(),
        FieldKind::Text | FieldKind::DateTime | FieldKind::Hash | FieldKind::Integer => {
            text(TextKind::Line, None)
        }
    };
    element("div")
        .key(id.clone())
        .class("row")
        .child(
            element("label")
                .class("row__name")
                .attr("for", id.clone())
                .attr("title", pick(&field.help))
                .child(pick(&field.name)),
        )
        .child(element("div").class("row__value").child(input))
        .html()
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
    element("div")
        .class("row")
        .child(element("dt").class("row__name").attr("title", help).child(name))
        .child(element("dd").class("row__value fields__fact").child(value))
        .html()
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
