//! The fields of the document, with the input that each type asks for.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::commands::change::set_field;
use crate::edit::state::State;
use crate::model::ids::FieldKey;
use crate::model::schema::{AttributeValue, FieldKind, FieldType};
use crate::web::components::dialog::Dialog;
use crate::web::i18n::{pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

pub struct FieldsProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
    pub on_close: Callback<()>,
}

pub fn fields_dialog(props: &FieldsProps) -> Html {
    let FieldsProps { store, state, on_close } = props;
    let fields = state.schema.document_fields.iter().filter(|field| !field.automatic);
    html! {
        <Dialog title={tr("fields.title")} on_close={on_close.clone()}>
            { for fields.map(|field| row(store, state, field)) }
        </Dialog>
    }
}

fn row(store: &PtrEq<Store>, state: &State, field: &FieldType) -> Html {
    let id = format!("field-{}", field.key);
    let value =
        state.fields.get(&field.key).and_then(AttributeValue::as_text).unwrap_or_default().to_string();
    let set = {
        let (store, key) = (store.0.clone(), field.key.clone());
        Callback::from(move |value: String| set_text(&store, &key, &value))
    };
    let input = match &field.kind {
        FieldKind::LongText => {
            let oninput = set.reform(|event: InputEvent| {
                event.target_unchecked_into::<web_sys::HtmlTextAreaElement>().value()
            });
            html! { <textarea id={id.clone()} rows="3" {value} {oninput} /> }
        }
        FieldKind::Choice(choices) => {
            let onchange = set
                .reform(|event: Event| event.target_unchecked_into::<web_sys::HtmlSelectElement>().value());
            html! {
                <select id={id.clone()} {onchange}>
                    <option value="" selected={value.is_empty()}>{ "—" }</option>
                    { for choices.iter().map(|choice| html! {
                        <option value={AttrValue::Rc(choice.value.clone())} selected={*choice.value == *value}>{ pick(&choice.name) }</option>
                    }) }
                </select>
            }
        }
        kind => {
            let oninput = set.reform(|event: InputEvent| {
                event.target_unchecked_into::<web_sys::HtmlInputElement>().value()
            });
            let kind = if *kind == FieldKind::Iri { "url" } else { "text" };
            html! { <input id={id.clone()} type={kind} {value} {oninput} /> }
        }
    };
    html! {
        <div key={id.clone()} class="row">
            <label class="row__name" for={id} title={pick(&field.help)}>{ pick(&field.name) }</label>
            <div class="row__value">{ input }</div>
        </div>
    }
}

fn set_text(store: &Rc<Store>, key: &FieldKey, value: &str) {
    let value = (!value.is_empty()).then(|| AttributeValue::Text(Rc::from(value)));
    store.command(|state, ctx| set_field(state, ctx, key, value));
}
