//! The attributes of a label, each folded away until it is wanted.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::schema_change::attributes::new_choice;
use crate::edit::schema_change::{DraftResult, SchemaDraft};
use crate::model::ids::{AttributeKey, LabelId};
use crate::model::schema::{AttributeKind, AttributeType, AttributeValue, Label};
use crate::web::components::element::{element, fragment};
use crate::web::components::schema_editor::form::{EditFn, EditText, Form, Input, Row, TextOf, checked};
use crate::web::components::schema_editor::value::{choice_values, default_options};
use crate::web::dom;
use crate::web::i18n::{both, pick, tr, tr_with};

/// An attribute and the label it belongs to.
pub struct Of<'o> {
    pub label: &'o LabelId,
    pub attribute: &'o AttributeType,
}

/// Changes something of an attribute by the value of an input.
type SetAttribute = fn(&mut AttributeType, &str);

pub fn attributes(form: &Form<'_>, label: &Label) -> Html {
    let id = label.id.clone();
    let add: EditFn = Rc::new(move |draft, _| {
        draft.add_attribute(&id, both("schema.new-attribute"), new_choices()).map(drop)
    });
    fragment()
        .children(
            label
                .attributes
                .iter()
                .map(|attribute| attribute_html(form, label, &Of { label: &label.id, attribute })),
        )
        .child(element("p").class("schema-form__act").child(form.button(
            "schema.add-attribute",
            tr!("schema.add-attribute"),
            add,
        )))
        .html()
}

/// A choice with something to choose from.
fn new_choices() -> AttributeKind {
    AttributeKind::Choice(vec![
        new_choice("yes".into(), both("schema.value-yes")),
        new_choice("no".into(), both("schema.value-no")),
    ])
}

impl Of<'_> {
    /// A row's id, which no other attribute's row has.
    pub fn at(&self, row: &str) -> String {
        format!("{}-{row}", self.attribute.key)
    }

    pub fn edit(&self, set: SetAttribute) -> EditFn {
        let (label, key) = (self.label.clone(), self.attribute.key.clone());
        Rc::new(move |draft, value| {
            draft.change_attribute(&label, &key, Box::new(|attribute| set(attribute, value)))
        })
    }

    fn text(&self, form: &Form<'_>, key: &str, of: TextOf<AttributeType>) -> Html {
        let value = of(&mut self.attribute.clone()).clone();
        let (label, attribute) = (self.label.clone(), self.attribute.key.clone());
        let set: EditText = Rc::new(move |draft, write| {
            draft.change_attribute(&label, &attribute, Box::new(|attribute| write(of(attribute))))
        });
        form.text((&self.at(key), tr(key)), &value, || Input::Text, set)
    }

    fn row(&self, form: &Form<'_>, key: &str, (value, input): (AttrValue, Input), set: SetAttribute) -> Html {
        let on_value = form.edit(&self.at(key), self.edit(set));
        form.row(Row { id: self.at(key), name: tr(key), value, input, on_value, after: html! {} })
    }
}

fn attribute_html(form: &Form<'_>, label: &Label, of: &Of<'_>) -> Html {
    let attribute = of.attribute;
    let names: Vec<AttrValue> = form
        .draft
        .sharers(&label.id, &attribute.key)
        .iter()
        .filter_map(|other| form.schema().label(other).map(|other| pick(&other.name)))
        .collect();
    let names = names.join(", ");
    let kind = (kind_word(&attribute.kind).into(), Input::Select(kinds()));
    element("details")
        .key(attribute.key.to_string())
        .class("schema-form__part")
        .child(
            element("summary")
                .child(element("span").child(pick(&attribute.name)))
                .child(element("small").child(kind_name(&attribute.kind))),
        )
        .child_if(!names.is_empty(), || {
            element("p").class("schema-form__fact").child(tr_with!("schema.shared", &[("labels", &names)]))
        })
        .child_if(attribute.computed.is_some(), || {
            element("p").class("schema-form__fact").child(tr!("schema.computed"))
        })
        .child(of.text(form, "schema.name", |attribute| &mut attribute.name))
        .child(of.text(form, "schema.help", |attribute| &mut attribute.help))
        .child(of.row(form, "schema.kind", kind, |attribute, word| attribute.kind = kind_of(word)))
        .child(length_row(form, of))
        .child(choice_values(form, of))
        .child(default_row(form, of))
        .child(of.row(
            form,
            "schema.required",
            (checked(attribute.required), Input::Check),
            |attribute, value| attribute.required = !value.is_empty(),
        ))
        .child(of.row(
            form,
            "schema.dated",
            (checked(attribute.is_dated), Input::Check),
            |attribute, value| attribute.is_dated = !value.is_empty(),
        ))
        .child(shown_rows(form, label, of))
        .child(acts(form, of))
        .html()
}

fn kinds() -> Vec<(AttrValue, AttrValue)> {
    let kinds = [
        AttributeKind::Choice(Vec::new()),
        AttributeKind::Flag,
        AttributeKind::Text { len_max: None },
        AttributeKind::Number,
        AttributeKind::Date,
    ];
    kinds.iter().map(|kind| (kind_word(kind).into(), kind_name(kind))).collect()
}

fn kind_word(kind: &AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Choice(_) => "choice",
        AttributeKind::Flag => "flag",
        AttributeKind::Text { .. } => "text",
        AttributeKind::Number => "number",
        AttributeKind::Date => "date",
    }
}

fn kind_name(kind: &AttributeKind) -> AttrValue {
    tr(match kind {
        AttributeKind::Choice(_) => "schema.kind-choice",
        AttributeKind::Flag => "schema.kind-flag",
        AttributeKind::Text { .. } => "schema.kind-text",
        AttributeKind::Number => "schema.kind-number",
        AttributeKind::Date => "schema.kind-date",
    })
}

fn kind_of(word: &str) -> AttributeKind {
    match word {
        "flag" => AttributeKind::Flag,
        "text" => AttributeKind::Text { len_max: None },
        "number" => AttributeKind::Number,
        "date" => AttributeKind::Date,
        _ => new_choices(),
    }
}

/// How long a text may be.
fn length_row(form: &Form<'_>, of: &Of<'_>) -> Html {
    let AttributeKind::Text { len_max } = of.attribute.kind else { return html! {} };
    let value = len_max.map(|len_max| len_max.to_string()).unwrap_or_default();
    of.row(form, "schema.length", (value.into(), Input::Number), |attribute, value| {
        let len_max = value.parse::<u32>().ok().filter(|len_max| *len_max > 0);
        attribute.kind = AttributeKind::Text { len_max };
    })
}

/// The value that annotations begin with.
fn default_row(form: &Form<'_>, of: &Of<'_>) -> Html {
    let value = match &of.attribute.default {
        None => String::new(),
        Some(AttributeValue::Flag(flag)) => flag.to_string(),
        Some(AttributeValue::Number(number)) => dom::decimal(*number),
        Some(AttributeValue::Text(text) | AttributeValue::Other(text)) => text.to_string(),
    };
    let input = match &of.attribute.kind {
        AttributeKind::Number => Input::Number,
        AttributeKind::Text { .. } | AttributeKind::Date => Input::Text,
        kind => Input::Select(default_options(kind)),
    };
    of.row(form, "schema.default", (value.into(), input), |attribute, value| {
        let text = || AttributeValue::Text(Rc::from(value));
        attribute.default = (!value.is_empty()).then(|| match attribute.kind {
            AttributeKind::Flag => AttributeValue::Flag(value == "true"),
            AttributeKind::Number => dom::number(value).map_or_else(text, AttributeValue::Number),
            _ => text(),
        });
    })
}

/// For which values of another choice the attribute is shown.
fn shown_rows(form: &Form<'_>, label: &Label, of: &Of<'_>) -> Html {
    let attribute = of.attribute;
    let others: Vec<&AttributeType> = label
        .attributes
        .iter()
        .filter(|other| other.key != attribute.key && matches!(other.kind, AttributeKind::Choice(_)))
        .collect();
    if others.is_empty() {
        return html! {};
    }
    let mut options = vec![(AttrValue::from(""), tr!("schema.shown-always"))];
    options.extend(others.iter().map(|other| (AttrValue::Rc(other.key.0.clone()), pick(&other.name))));
    let value =
        attribute.shown_if.as_ref().map_or_else(AttrValue::default, |(key, _)| AttrValue::Rc(key.0.clone()));
    let (id, key) = (of.label.clone(), attribute.key.clone());
    let set: EditFn = Rc::new(move |draft, other| show_for(draft, &id, &key, other));
    let row = form.row(Row {
        id: of.at("schema.shown"),
        name: tr!("schema.shown"),
        value,
        input: Input::Select(options),
        on_value: form.edit(&of.at("schema.shown"), set),
        after: html! {},
    });
    fragment().child(row).child(shown_values(form, label, of)).html()
}

/// Shows an attribute for all values of another one; from there values are taken away.
fn show_for(draft: &mut SchemaDraft, label: &LabelId, key: &AttributeKey, other: &str) -> DraftResult {
    let other = AttributeKey::from(other);
    let kind = draft.schema().attribute(label, &other).map(|other| other.kind.clone());
    let condition = match kind {
        Some(AttributeKind::Choice(choices)) => {
            Some((other, choices.into_iter().map(|choice| choice.value).collect()))
        }
        _ => None,
    };
    draft.change_attribute(label, key, Box::new(|attribute| attribute.shown_if = condition))
}

/// The values that the attribute is shown for, to be ticked.
fn shown_values(form: &Form<'_>, label: &Label, of: &Of<'_>) -> Html {
    let Some((key, values)) = &of.attribute.shown_if else { return html! {} };
    let Some(AttributeKind::Choice(choices)) = label.attribute(key).map(|other| &other.kind) else {
        return html! {};
    };
    let tick = |choice: &crate::model::schema::Choice| {
        let is_shown = values.contains(&choice.value);
        let (id, key, value) = (of.label.clone(), of.attribute.key.clone(), choice.value.clone());
        let set: EditFn = Rc::new(move |draft, ticked| {
            draft.change_attribute(
                &id,
                &key,
                Box::new(|attribute| {
                    if let Some((_, values)) = &mut attribute.shown_if {
                        values.retain(|other| *other != value);
                        if !ticked.is_empty() {
                            values.push(value.clone());
                        }
                    }
                }),
            )
        });
        form.row(Row {
            id: of.at(&format!("shown-{}", choice.value)),
            name: pick(&choice.name),
            value: checked(is_shown),
            input: Input::Check,
            on_value: form.edit(&of.at("schema.shown"), set),
            after: html! {},
        })
    };
    element("div").class("schema-form__ticks").children(choices.iter().map(tick)).html()
}

fn acts(form: &Form<'_>, of: &Of<'_>) -> Html {
    let step = |forward: bool| -> EditFn {
        let (label, key) = (of.label.clone(), of.attribute.key.clone());
        Rc::new(move |draft, _| draft.step_attribute(&label, &key, forward))
    };
    let (label, key) = (of.label.clone(), of.attribute.key.clone());
    let remove: EditFn = Rc::new(move |draft, _| draft.remove_attribute(&label, &key));
    let at = of.at("acts");
    element("p")
        .class("schema-form__act")
        .child(form.sign(&at, "↑", tr!("schema.up"), step(false)))
        .child(form.sign(&at, "↓", tr!("schema.down"), step(true)))
        .child(form.button(&at, tr!("schema.remove-attribute"), remove))
        .html()
}
