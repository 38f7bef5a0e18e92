//! The values of a choice: their names, new ones, and one in the place of another.

use std::rc::Rc;

use yew::prelude::*;

use crate::model::schema::{AttributeKind, Choice};
use crate::web::components::element::element;
use crate::web::components::schema_editor::attributes::Of;
use crate::web::components::schema_editor::form::{EditFn, EditText, Form, Input, TextOf};
use crate::web::i18n::{both, pick, tr, tr_with};

/// The values of a flag or choice that an annotation may begin with.
pub fn default_options(kind: &AttributeKind) -> Vec<(AttrValue, AttrValue)> {
    let mut options = vec![(AttrValue::from(""), tr!("schema.no-default"))];
    match kind {
        AttributeKind::Choice(choices) => {
            options.extend(
                choices.iter().map(|choice| (AttrValue::Rc(choice.value.clone()), pick(&choice.name))),
            );
        }
        _ => options
            .extend([("true".into(), tr!("schema.value-yes")), ("false".into(), tr!("schema.value-no"))]),
    }
    options
}

pub fn choice_values(form: &Form<'_>, of: &Of<'_>) -> Html {
    let AttributeKind::Choice(choices) = &of.attribute.kind else { return html! {} };
    let (label, key) = (of.label.clone(), of.attribute.key.clone());
    let add: EditFn =
        Rc::new(move |draft, _| draft.add_value(&label, &key, both("schema.new-value")).map(drop));
    element("fieldset")
        .class("schema-form__values")
        .child(element("legend").child(tr!("schema.values")))
        .children(choices.iter().map(|choice| value_html(form, of, choices, choice)))
        .child(element("p").class("schema-form__act").child(form.button(
            &of.at("add-value"),
            tr!("schema.add-value"),
            add,
        )))
        .html()
}

fn value_html(form: &Form<'_>, of: &Of<'_>, choices: &[Choice], choice: &Choice) -> Html {
    let at = of.at(&format!("value-{}", choice.value));
    let set = |of_choice: TextOf<Choice>| -> EditText {
        let (label, key, value) = (of.label.clone(), of.attribute.key.clone(), choice.value.clone());
        Rc::new(move |draft, write| {
            draft.change_value(&label, &key, &value, &|choice| write(of_choice(choice)))
        })
    };
    let (set_name, set_help) = (set(|choice| &mut choice.name), set(|choice| &mut choice.help));
    element("details")
        .key(choice.value.to_string())
        .class("schema-form__value")
        .child(element("summary").child(pick(&choice.name)))
        .child(form.text((&at, tr!("schema.name")), &choice.name, || Input::Text, set_name))
        .child(form.text((&format!("{at}-help"), tr!("schema.help")), &choice.help, || Input::Text, set_help))
        .child(remove_html(form, of, choices, choice, &at))
        .html()
}

/// Takes a value away; what had it gets another one, or the default.
fn remove_html(form: &Form<'_>, of: &Of<'_>, choices: &[Choice], choice: &Choice, at: &str) -> Html {
    if choices.len() < 2 {
        return html! {};
    }
    let mut options = vec![(AttrValue::from(""), tr!("schema.to-default"))];
    options.extend(choices.iter().filter(|other| other.value != choice.value).map(|other| {
        (AttrValue::Rc(other.value.clone()), tr_with!("schema.to-value", &[("value", &pick(&other.name))]))
    }));
    let (label, key, value) = (of.label.clone(), of.attribute.key.clone(), choice.value.clone());
    let act: EditFn = Rc::new(move |draft, to| {
        let to = (!to.is_empty()).then(|| Rc::from(to));
        draft.remove_value(&label, &key, &value, to.as_ref())
    });
    form.pick(&format!("{at}-remove"), tr!("schema.remove-value"), options, (tr!("schema.remove-act"), act))
}
