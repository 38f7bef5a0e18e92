//! One attribute of the chosen annotation, with the input that its type asks for.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::commands::change::set_attribute;
use crate::model::annotation::Annotation;
use crate::model::schema::{AttributeKind, AttributeType, AttributeValue, Choice};
use crate::web::components::element::{button, component, element, fragment, select_option};
use crate::web::components::inspector::dated::dated_html;
use crate::web::components::segmented::{Segmented, SegmentedOption, segmented};
use crate::web::components::text_field::{TextField, TextFieldProps, TextKind};
use crate::web::dom;
use crate::web::i18n::{pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

/// Choices with more values than this are lists.
const SEGMENTS_MAX: usize = 4;

/// The row of an attribute; nothing where the values of others hide it.
pub fn attribute_row(store: &PtrEq<Store>, annotation: &Annotation, attribute: &AttributeType) -> Html {
    if !is_shown(attribute, annotation) {
        return html! {};
    }
    let on_value = {
        let (store, id, key) = (store.0.clone(), annotation.id.clone(), attribute.key.clone());
        Callback::from(move |value: Option<AttributeValue>| {
            store.command(|state, ctx| set_attribute(state, ctx, &id, &key, value));
        })
    };
    let value = annotation.attributes.get(&attribute.key);
    let origin = origin_html(attribute, annotation, &on_value);
    let dated = dated_html(&store.0, annotation, attribute);
    fragment().child(input_row(attribute, value, &on_value, origin)).child(dated).html()
}

fn input_row(
    attribute: &AttributeType,
    value: Option<&AttributeValue>,
    on_value: &Callback<Option<AttributeValue>>,
    origin: Html,
) -> Html {
    match &attribute.kind {
        AttributeKind::Choice(choices) if choices.len() <= SEGMENTS_MAX => {
            segments(attribute, choices, value, on_value, origin)
        }
        AttributeKind::Choice(choices) => row(attribute, origin, list(attribute, choices, value, on_value)),
        AttributeKind::Flag => row(attribute, origin, flag(attribute, value, on_value)),
        AttributeKind::Text { len_max } => row(attribute, origin, text(attribute, *len_max, value, on_value)),
        AttributeKind::Number => row(attribute, origin, number(attribute, value, on_value)),
        AttributeKind::Date => row(attribute, origin, date(attribute, value, on_value)),
    }
}

/// A date: taken up when the field is left, since what is half typed is none.
fn date(
    attribute: &AttributeType,
    value: Option<&AttributeValue>,
    on_value: &Callback<Option<AttributeValue>>,
) -> Html {
    let value = value.and_then(AttributeValue::as_text).unwrap_or_default().to_string();
    let on_commit = on_value.reform(|typed: AttrValue| {
        (!typed.is_empty()).then(|| AttributeValue::Text(Rc::from(typed.as_str())))
    });
    component::<TextField>(TextFieldProps {
        id: input_id(attribute).into(),
        value: value.into(),
        kind: TextKind::DateValue,
        on_commit,
        placeholder: Some(tr!("date.placeholder")),
        list: None,
    })
}

/// Whether the values of other attributes let this one be shown.
fn is_shown(attribute: &AttributeType, annotation: &Annotation) -> bool {
    attribute.shown_if.as_ref().is_none_or(|(key, values)| {
        let value = annotation.attributes.get(key).and_then(AttributeValue::as_text);
        value.is_some_and(|value| values.iter().any(|allowed| **allowed == *value))
    })
}

/// Where the value comes from: chosen by hand (and how to give it back), or the schema.
fn origin_html(
    attribute: &AttributeType,
    annotation: &Annotation,
    on_value: &Callback<Option<AttributeValue>>,
) -> Html {
    if !annotation.by_hand.contains(&attribute.key) {
        let is_computed = attribute.computed.is_some() && annotation.attributes.contains_key(&attribute.key);
        return match is_computed {
            true => element("span")
                .class("row__computed")
                .attr("title", tr!("inspector.computed-help"))
                .child(tr!("inspector.computed"))
                .html(),
            false => html! {},
        };
    }
    let onclick = on_value.reform(|_: MouseEvent| None);
    button()
        .class("row__reset")
        .onclick(onclick)
        .attr("title", tr!("inspector.reset"))
        .attr("aria-label", tr!("inspector.reset"))
        .child("↺")
        .html()
}

fn row(attribute: &AttributeType, origin: Html, input: Html) -> Html {
    element("div")
        .class("row")
        .child(
            element("label")
                .class("row__name")
                .attr("for", input_id(attribute))
                .attr("title", pick(&attribute.help))
                .child(pick(&attribute.name)),
        )
        .child(element("div").class("row__value").child(input).child(origin))
        .html()
}

fn input_id(attribute: &AttributeType) -> String {
    format!("attribute-{}", attribute.key)
}

fn segments(
    attribute: &AttributeType,
    choices: &[Choice],
    value: Option<&AttributeValue>,
    on_value: &Callback<Option<AttributeValue>>,
    origin: Html,
) -> Html {
    let options: Vec<SegmentedOption> = choices
        .iter()
        .map(|choice| SegmentedOption {
            value: AttrValue::Rc(choice.value.clone()),
            name: pick(&choice.name),
            help: pick(&choice.help),
        })
        .collect();
    let value = value.and_then(AttributeValue::as_text).unwrap_or_default().to_string();
    let on_choose = on_value.reform(|value: AttrValue| Some(AttributeValue::Text(Rc::from(value.as_str()))));
    segmented(&Segmented {
        id: input_id(attribute).into(),
        name: pick(&attribute.name),
        options,
        value: value.into(),
        on_choose,
        after: origin,
    })
}

fn list(
    attribute: &AttributeType,
    choices: &[Choice],
    value: Option<&AttributeValue>,
    on_value: &Callback<Option<AttributeValue>>,
) -> Html {
    let onchange = on_value.reform(|event: Event| {
        let value = event.target_unchecked_into::<web_sys::HtmlSelectElement>().value();
        (!value.is_empty()).then(|| AttributeValue::Text(Rc::from(value)))
    });
    let chosen = value.and_then(AttributeValue::as_text);
    let option = |choice: &Choice| {
        select_option(AttrValue::Rc(choice.value.clone()), chosen == Some(&*choice.value), pick(&choice.name))
            .html()
    };
    element("select")
        .attr("id", input_id(attribute))
        .onchange(onchange)
        .child_if(attribute.default.is_none(), || select_option("", chosen.is_none(), "—"))
        .children(choices.iter().map(option))
        .html()
}

fn flag(
    attribute: &AttributeType,
    value: Option<&AttributeValue>,
    on_value: &Callback<Option<AttributeValue>>,
) -> Html {
    let onchange = on_value.reform(|event: Event| {
        let input: web_sys::HtmlInputElement = event.target_unchecked_into();
        Some(AttributeValue::Flag(input.checked()))
    });
    let checked = value == Some(&AttributeValue::Flag(true));
    element("input")
        .attr("id", input_id(attribute))
        .attr("type", "checkbox")
        .checked(checked)
        .onchange(onchange)
        .html()
}

fn text(
    attribute: &AttributeType,
    len_max: Option<u32>,
    value: Option<&AttributeValue>,
    on_value: &Callback<Option<AttributeValue>>,
) -> Html {
    let value = value.and_then(AttributeValue::as_text).unwrap_or_default().to_string();
    let from_text = |text: String| (!text.is_empty()).then(|| AttributeValue::Text(Rc::from(text)));
    let maxlength = len_max.map(|len_max| len_max.to_string());
    let id = input_id(attribute);
    if len_max.is_some() {
        let oninput = on_value.reform(move |event: InputEvent| {
            from_text(event.target_unchecked_into::<web_sys::HtmlTextAreaElement>().value())
        });
        return element("textarea")
            .attr("id", id)
            .attr("rows", "2")
            .attr("maxlength", maxlength)
            .value(value)
            .oninput(oninput)
            .html();
    }
    let oninput = on_value.reform(move |event: InputEvent| {
        from_text(event.target_unchecked_into::<web_sys::HtmlInputElement>().value())
    });
    element("input").attr("id", id).attr("type", "text").value(value).oninput(oninput).html()
}

fn number(
    attribute: &AttributeType,
    value: Option<&AttributeValue>,
    on_value: &Callback<Option<AttributeValue>>,
) -> Html {
    let onchange = on_value.reform(|event: Event| {
        let number = event.target_unchecked_into::<web_sys::HtmlInputElement>().value_as_number();
        number.is_finite().then_some(AttributeValue::Number(number))
    });
    let value = match value {
        Some(AttributeValue::Number(number)) => dom::decimal(*number),
        _ => String::new(),
    };
    element("input")
        .attr("id", input_id(attribute))
        .attr("type", "number")
        .attr("step", "any")
        .value(value)
        .onchange(onchange)
        .html()
}
