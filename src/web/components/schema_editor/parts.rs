//! The forms of groups, types of links, fields of the article, and the rules of overlap.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::schema_change::attributes::new_choice;
use crate::edit::schema_change::{DraftResult, SchemaDraft};
use crate::model::ids::{AttributeKey, LabelId, RelationTypeId};
use crate::model::schema::{
    AttributeKind, Choice, Family, FieldKind, FieldType, Group, Label, Localized, RelationType, SpanPolicy,
};
use crate::sorted::keep_first;
use crate::web::components::element::{element, fragment};
use crate::web::components::schema_editor::form::{EditFn, EditText, Form, Input, Row, TextOf, checked};
use crate::web::components::swatch::draft_swatch;
use crate::web::i18n::{pick, tr};

/// What a form does to the draft with rules of overlap: it is given the change of the rules.
pub type EditPolicy = Rc<dyn Fn(&mut SchemaDraft, &dyn Fn(&mut SpanPolicy)) -> DraftResult>;
/// One of the rules of overlap.
type RuleOf = fn(&mut SpanPolicy) -> &mut bool;

pub fn policy_form(form: &Form<'_>) -> Html {
    let set: EditPolicy = Rc::new(|draft, write| {
        let mut policy = draft.schema().policy;
        write(&mut policy);
        draft.set_policy(policy)
    });
    fragment()
        .child(element("header").class("schema-form__head").child(element("h3").child(tr!("schema.policy"))))
        .child(element("p").class("schema-form__fact").child(tr!("schema.policy-help")))
        .child(policy_rows(form, "set", form.schema().policy, set))
        .html()
}

/// The rules of overlap, to be ticked.
pub fn policy_rows(form: &Form<'_>, of: &str, policy: SpanPolicy, set: EditPolicy) -> Html {
    let rules: [(&str, RuleOf); 3] = [
        ("schema.overlap", |policy| &mut policy.overlap),
        ("schema.nesting", |policy| &mut policy.nesting),
        ("schema.discontinuous", |policy| &mut policy.discontinuous),
    ];
    let row = |(key, rule): (&str, RuleOf)| {
        let set = set.clone();
        let edit: EditFn =
            Rc::new(move |draft, value| set(draft, &|policy| *rule(policy) = !value.is_empty()));
        let mut now = policy;
        form.row(Row {
            id: format!("{of}-{key}"),
            name: tr(key),
            value: checked(*rule(&mut now)),
            input: Input::Check,
            on_value: form.edit(key, edit),
            after: html! {},
        })
    };
    rules.into_iter().map(row).collect()
}

fn head(form: &Form<'_>, name: &Localized, id: &str, step: impl Fn(bool) -> EditFn) -> Html {
    element("header")
        .class("schema-form__head")
        .child(element("h3").child(pick(name)))
        .child(element("code").child(id.to_string()))
        .child(form.sign("schema.name", "↑", tr!("schema.up"), step(false)))
        .child(form.sign("schema.name", "↓", tr!("schema.down"), step(true)))
        .html()
}

pub fn group_form(form: &Form<'_>, group: &Group) -> Html {
    let families = [
        ("tint", Family::Tint, "family.tint"),
        ("box", Family::Box, "family.box"),
        ("underline", Family::Underline, "family.underline"),
    ];
    let value = families.iter().find(|(_, family, _)| *family == group.family).map_or("", |(word, ..)| word);
    let id = group.id.clone();
    let set_family: EditFn = Rc::new(move |draft, word| {
        let family = families.iter().find(|(known, ..)| *known == word).map(|(_, family, _)| *family);
        draft.change_group(&id, Box::new(|group| group.family = family.unwrap_or(group.family)))
    });
    let id = group.id.clone();
    let set_name: EditText =
        Rc::new(move |draft, write| draft.change_group(&id, Box::new(|group| write(&mut group.name))));
    let (id, stepped) = (group.id.clone(), group.id.clone());
    let remove: EditFn = Rc::new(move |draft, _| draft.remove_group(&id));
    let step = |forward: bool| -> EditFn {
        let id = stepped.clone();
        Rc::new(move |draft, _| draft.step_group(&id, forward))
    };
    let is_used = form.schema().labels.iter().any(|label| label.group == group.id);
    fragment()
        .child(head(form, &group.name, group.id.as_str(), step))
        .child(form.text(("schema.name", tr!("schema.name")), &group.name, || Input::Text, set_name))
        .child(form.row(Row {
            id: "schema.family".to_string(),
            name: tr!("schema.family"),
            value: value.into(),
            input: Input::Select(families.iter().map(|(word, _, key)| ((*word).into(), tr(key))).collect()),
            on_value: form.edit("schema.family", set_family),
            after: html! {},
        }))
        .child(if is_used {
            element("p").class("schema-form__fact").child(tr!("draft.group-in-use")).html()
        } else {
            element("p")
                .class("schema-form__act")
                .child(form.button("schema.remove", tr!("schema.remove-group"), remove))
                .html()
        })
        .html()
}

/// Changes something of a type of links by the value of an input.
type SetRelation = fn(&mut RelationType, &str);

fn edit_relation(id: &RelationTypeId, set: SetRelation) -> EditFn {
    let id = id.clone();
    Rc::new(move |draft, value| draft.change_relation(&id, Box::new(|kind| set(kind, value))))
}

pub fn relation_form(form: &Form<'_>, kind: &RelationType) -> Html {
    let id = &kind.id;
    let texts: [(&str, TextOf<RelationType>); 3] = [
        ("schema.relation-name", |kind| &mut kind.name),
        ("schema.relation-inverse", |kind| &mut kind.inverse_name),
        ("schema.relation-reads", |kind| &mut kind.reads),
    ];
    let text = |(key, of): (&str, TextOf<RelationType>)| {
        let (id, value) = (id.clone(), of(&mut kind.clone()).clone());
        let set: EditText =
            Rc::new(move |draft, write| draft.change_relation(&id, Box::new(|kind| write(of(kind)))));
        form.text((key, tr(key)), &value, || Input::Text, set)
    };
    let row = |key: &str, value: AttrValue, input: Input, set: SetRelation| {
        let on_value = form.edit(key, edit_relation(id, set));
        form.row(Row { id: key.to_string(), name: tr(key), value, input, on_value, after: html! {} })
    };
    let step = |forward: bool| -> EditFn {
        let id = id.clone();
        Rc::new(move |draft, _| draft.step_relation(&id, forward))
    };
    let removed = id.clone();
    let remove: EditFn = Rc::new(move |draft, _| draft.remove_relation(&removed));
    let key = kind.key.map(|key| key.to_string()).unwrap_or_default();
    fragment()
        .child(head(form, &kind.name, id.as_str(), step))
        .children(texts.into_iter().map(text))
        .child(row("schema.key", key.into(), Input::Key, |kind, value| kind.key = value.chars().next()))
        .child(ends(form, kind, "schema.from", |kind| &mut kind.from))
        .child(ends(form, kind, "schema.to", |kind| &mut kind.to))
        .child(condition(form, kind))
        .child(row("schema.one-per-from", checked(kind.one_per_from), Input::Check, |kind, value| {
            kind.one_per_from = !value.is_empty()
        }))
        .child(row("schema.one-per-to", checked(kind.one_per_to), Input::Check, |kind, value| {
            kind.one_per_to = !value.is_empty()
        }))
        .child(element("p").class("schema-form__act").child(form.button(
            "schema.remove",
            tr!("schema.remove-relation"),
            remove,
        )))
        .html()
}

/// The labels that an end may have, to be ticked.
fn ends(
    form: &Form<'_>,
    kind: &RelationType,
    key: &str,
    ends_of: fn(&mut RelationType) -> &mut Vec<LabelId>,
) -> Html {
    let now = ends_of(&mut kind.clone()).clone();
    let tick = |label: &Label| {
        let (id, end) = (kind.id.clone(), label.id.clone());
        let edit: EditFn = Rc::new(move |draft, ticked| {
            draft.change_relation(
                &id,
                Box::new(|kind| {
                    let ends = ends_of(kind);
                    ends.retain(|other| *other != end);
                    if !ticked.is_empty() {
                        ends.push(end.clone());
                    }
                }),
            )
        });
        let at = format!("{key}-{}", label.id);
        let on_value = form.edit(&at, edit);
        let onchange = on_value.reform(|event: Event| super::form::value_of(&event));
        element("label")
            .key(label.id.to_string())
            .class("schema-form__tick")
            .child(
                element("input").attr("type", "checkbox").checked(now.contains(&label.id)).onchange(onchange),
            )
            .child(draft_swatch(form.schema(), &label.id))
            .child(element("span").child(pick(&label.name)))
            .html()
    };
    let labels = form.schema().labels.iter().filter(|label| !label.retired || now.contains(&label.id));
    element("fieldset")
        .class("schema-form__values")
        .child(element("legend").child(tr(key)))
        .child(element("div").class("schema-form__ticks").children(labels.map(tick)))
        .html()
}

/// The value of an attribute that the first end must have.
fn condition(form: &Form<'_>, kind: &RelationType) -> Html {
    let mut options = vec![(AttrValue::from(""), tr!("schema.when-always"))];
    let from = form.schema().labels.iter().filter(|label| kind.from.contains(&label.id));
    let attributes: Vec<_> = from.flat_map(|label| &label.attributes).collect();
    for key in keep_first(attributes.iter().map(|attribute| attribute.key.clone()).collect()) {
        let Some(attribute) = attributes.iter().find(|attribute| attribute.key == key) else { continue };
        let AttributeKind::Choice(choices) = &attribute.kind else { continue };
        options.extend(choices.iter().map(|choice| {
            let name = format!("{}\u{A0}: {}", pick(&attribute.name), pick(&choice.name));
            (format!("{key} {}", choice.value).into(), name.into())
        }));
    }
    let value = kind.when_from.as_ref().map(|(key, value)| format!("{key} {value}")).unwrap_or_default();
    let on_value = form.edit(
        "schema.when",
        edit_relation(&kind.id, |kind, value| {
            kind.when_from =
                value.split_once(' ').map(|(key, value)| (AttributeKey::from(key), Rc::from(value)));
        }),
    );
    form.row(Row {
        id: "schema.when".to_string(),
        name: tr!("schema.when"),
        value: value.into(),
        input: Input::Select(options),
        on_value,
        after: html! {},
    })
}

/// Changes something of a field by the value of an input.
type SetField = fn(&mut FieldType, &str);

const FIELD_KINDS: [(&str, &str); 7] = [
    ("text", "schema.kind-text"),
    ("long", "schema.kind-long"),
    ("choice", "schema.kind-choice"),
    ("date", "schema.kind-date"),
    ("iri", "schema.kind-iri"),
    ("language", "settings.language"),
    ("integer", "schema.kind-number"),
];

pub fn field_form(form: &Form<'_>, field: &FieldType) -> Html {
    let key = &field.key;
    let text = |row: &str, of: TextOf<FieldType>| {
        let (key, value) = (key.clone(), of(&mut field.clone()).clone());
        let set: EditText =
            Rc::new(move |draft, write| draft.change_field(&key, Box::new(|field| write(of(field)))));
        form.text((row, tr(row)), &value, || Input::Text, set)
    };
    let row = |row: &str, value: AttrValue, input: Input, set: SetField| {
        let key = key.clone();
        let edit: EditFn =
            Rc::new(move |draft, value| draft.change_field(&key, Box::new(|field| set(field, value))));
        let on_value = form.edit(row, edit);
        form.row(Row { id: row.to_string(), name: tr(row), value, input, on_value, after: html! {} })
    };
    let step = |forward: bool| -> EditFn {
        let key = key.clone();
        Rc::new(move |draft, _| draft.step_field(&key, forward))
    };
    let removed = key.clone();
    let remove: EditFn = Rc::new(move |draft, _| draft.remove_field(&removed));
    let kinds = FIELD_KINDS.iter().map(|(word, key)| ((*word).into(), tr(key))).collect();
    fragment()
        .child(head(form, &field.name, key.as_str(), step))
        .child(text("schema.name", |field| &mut field.name))
        .child(text("schema.help", |field| &mut field.help))
        .child(row("schema.kind", field_word(&field.kind).into(), Input::Select(kinds), |field, word| {
            field.kind = field_kind(word)
        }))
        .child(if let FieldKind::Choice(choices) = &field.kind {
            row("schema.values-lines", choice_lines(choices).into(), Input::Area, |field, lines| {
                field.kind = FieldKind::Choice(choices_of(&field.kind, lines))
            })
        } else {
            html! {}
        })
        .child(row("schema.required", checked(field.required), Input::Check, |field, value| {
            field.required = !value.is_empty()
        }))
        .child(element("p").class("schema-form__fact").child(tr!("schema.field-stays")))
        .child(element("p").class("schema-form__act").child(form.button(
            "schema.remove",
            tr!("schema.remove-field"),
            remove,
        )))
        .html()
}

fn field_word(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::LongText => "long",
        FieldKind::Choice(_) => "choice",
        FieldKind::Date | FieldKind::DateTime => "date",
        FieldKind::Iri => "iri",
        FieldKind::Language => "language",
        FieldKind::Integer => "integer",
        FieldKind::Text | FieldKind::Hash => "text",
    }
}

fn field_kind(word: &str) -> FieldKind {
    match word {
        "long" => FieldKind::LongText,
        "choice" => {
            FieldKind::Choice(vec![new_choice("yes".into(), crate::web::i18n::both("schema.value-yes"))])
        }
        "date" => FieldKind::Date,
        "iri" => FieldKind::Iri,
        "language" => FieldKind::Language,
        "integer" => FieldKind::Integer,
        _ => FieldKind::Text,
    }
}

/// The values of a field as lines: French, a bar, English.
fn choice_lines(choices: &[Choice]) -> String {
    let line = |choice: &Choice| format!("{} | {}", choice.name.fr, choice.name.en);
    choices.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The values that lines say. One whose line is as it was, or stands where it stood, keeps its id.
fn choices_of(before: &FieldKind, lines: &str) -> Vec<Choice> {
    use crate::edit::schema_change::ids::{IdCase, new_id};
    let old: &[Choice] = if let FieldKind::Choice(choices) = before { choices } else { &[] };
    let mut choices: Vec<Choice> = Vec::new();
    let lines: Vec<&str> = lines.lines().filter(|line| !line.trim_matches([' ', '|']).is_empty()).collect();
    for (idx, line) in lines.iter().enumerate() {
        let (fr, en) = line.split_once('|').unwrap_or((line, line));
        let (fr, en) = (fr.trim(), en.trim());
        let name = Localized {
            fr: if fr.is_empty() { en } else { fr }.into(),
            en: if en.is_empty() { fr } else { en }.into(),
        };
        let same = old.iter().find(|choice| choice.name == name);
        let renamed = old.get(idx).filter(|_| lines.len() == old.len());
        let kept = same.or(renamed).filter(|kept| choices.iter().all(|other| other.value != kept.value));
        choices.push(match kept {
            Some(kept) => Choice { name, ..kept.clone() },
            None => {
                let is_taken = |id: &str| old.iter().chain(&choices).any(|other| *other.value == *id);
                new_choice(new_id(&name.en, IdCase::Lower, "value", is_taken), name)
            }
        });
    }
    choices
}
