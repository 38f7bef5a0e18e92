//! The form of a label: its texts, its look, its attributes, and what becomes of it.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::schema_change::labels::Fate;
use crate::edit::schema_change::{DraftResult, SchemaDraft};
use crate::model::ids::{AttributeKey, GroupId, LabelId};
use crate::model::schema::{AttributeKind, Label, LineStyle, Tier};
use crate::web::components::element::{element, fragment};
use crate::web::components::schema_editor::attributes::attributes;
use crate::web::components::schema_editor::color::{ColorRow, color_row};
use crate::web::components::schema_editor::form::{EditFn, EditText, Form, Input, Row, TextOf, checked};
use crate::web::components::schema_editor::parts::{EditPolicy, policy_rows};
use crate::web::components::swatch::draft_swatch;
use crate::web::i18n::{pick, tr, tr_count};

/// Changes something of a label by the value of an input.
type SetLabel = fn(&mut Label, &str);

pub fn label_form(form: &Form<'_>, label: &Label) -> Html {
    let texts: [(&str, TextOf<Label>); 4] = [
        ("schema.definition", |label| &mut label.definition),
        ("schema.include", |label| &mut label.include),
        ("schema.exclude", |label| &mut label.exclude),
        ("schema.example", |label| &mut label.example),
    ];
    fragment()
        .child(
            element("header")
                .class("schema-form__head")
                .child(draft_swatch(form.schema(), &label.id))
                .child(element("h3").child(pick(&label.name)))
                .child(element("code").child(label.id.to_string()))
                .child(step(form, label, "↑", "schema.up", false))
                .child(step(form, label, "↓", "schema.down", true)),
        )
        .child(text(form, label, "schema.name", || Input::Text, |label| &mut label.name))
        .child(text(form, label, "schema.short-name", || Input::Text, |label| &mut label.short_name))
        .child(look(form, label))
        .child(element("h4").child(tr!("schema.meaning")))
        .children(texts.into_iter().map(|(key, of)| text(form, label, key, || Input::Area, of)))
        .child(element("h4").child(tr!("schema.attributes")))
        .child(attributes(form, label))
        .child(element("h4").child(tr!("schema.policy")))
        .child(own_policy(form, label))
        .child(element("h4").child(tr!("schema.fate")))
        .child(fate(form, label))
        .html()
}

fn edit_label(id: &LabelId, set: SetLabel) -> EditFn {
    let id = id.clone();
    Rc::new(move |draft, value| draft.change_label(&id, Box::new(|label| set(label, value))))
}

fn text(form: &Form<'_>, label: &Label, key: &str, input: fn() -> Input, of: TextOf<Label>) -> Html {
    let (id, value) = (label.id.clone(), of(&mut label.clone()).clone());
    let set: EditText =
        Rc::new(move |draft, write| draft.change_label(&id, Box::new(|label| write(of(label)))));
    form.text((key, tr(key)), &value, input, set)
}

fn step(form: &Form<'_>, label: &Label, sign: &'static str, key: &str, forward: bool) -> Html {
    let id = label.id.clone();
    form.sign("schema.name", sign, tr(key), Rc::new(move |draft, _| draft.step_label(&id, forward)))
}

/// The lines of labels with their names.
pub fn lines() -> Vec<(AttrValue, AttrValue)> {
    let named = [
        ("solid", "line.solid"),
        ("double", "line.double"),
        ("dotted", "line.dotted"),
        ("dashed", "line.dashed"),
        ("wavy", "line.wavy"),
    ];
    named.iter().map(|(value, key)| (AttrValue::from(*value), tr(key))).collect()
}

fn line_word(line: LineStyle) -> &'static str {
    match line {
        LineStyle::Solid => "solid",
        LineStyle::Double => "double",
        LineStyle::Dotted => "dotted",
        LineStyle::Dashed => "dashed",
        LineStyle::Wavy => "wavy",
    }
}

fn line_of(word: &str) -> LineStyle {
    [LineStyle::Double, LineStyle::Dotted, LineStyle::Dashed, LineStyle::Wavy]
        .into_iter()
        .find(|line| line_word(*line) == word)
        .unwrap_or(LineStyle::Solid)
}

fn look(form: &Form<'_>, label: &Label) -> Html {
    let id = &label.id;
    let row = |key: &str, value: AttrValue, input: Input, set: SetLabel| {
        let on_value = form.edit(key, edit_label(id, set));
        form.row(Row { id: key.to_string(), name: tr(key), value, input, on_value, after: html! {} })
    };
    let groups =
        form.schema().groups.iter().map(|group| (AttrValue::Rc(group.id.0.clone()), pick(&group.name)));
    let key = label.hotkey.map(|key| key.to_string()).unwrap_or_default();
    fragment()
        .child(row("schema.key", key.into(), Input::Key, |label, value| label.hotkey = value.chars().next()))
        .child(row(
            "schema.group",
            AttrValue::Rc(label.group.0.clone()),
            Input::Select(groups.collect()),
            |label, value| label.group = GroupId::from(value),
        ))
        .child(color_row(&ColorRow {
            id: "schema-color",
            schema: form.schema(),
            group: &label.group,
            label: Some(id),
            color: AttrValue::Rc(label.color.clone()),
            offers: &form.editor.offers,
            on_color: form.edit("schema-color", edit_label(id, |label, value| label.color = value.into())),
        }))
        .child(row("schema.line", line_word(label.line).into(), Input::Select(lines()), |label, value| {
            label.line = line_of(value)
        }))
        .child(row("schema.first", checked(label.tier == Tier::V1), Input::Check, |label, value| {
            label.tier = if value.is_empty() { Tier::V1_1 } else { Tier::V1 }
        }))
        .child(row("schema.entity", checked(label.is_entity), Input::Check, |label, value| {
            label.is_entity = !value.is_empty()
        }))
        .child(row("schema.stacks", checked(label.stacks), Input::Check, |label, value| {
            label.stacks = !value.is_empty()
        }))
        .html()
}

/// The label's own rules of overlap, where it has some.
fn own_policy(form: &Form<'_>, label: &Label) -> Html {
    let of_set = form.schema().policy;
    let id = label.id.clone();
    let own: EditFn = Rc::new(move |draft, value| {
        let of_set = draft.schema().policy;
        draft.change_label(&id, Box::new(|label| label.policy = (!value.is_empty()).then_some(of_set)))
    });
    let id = label.id.clone();
    let set: EditPolicy = Rc::new(move |draft, write| {
        let of_set = draft.schema().policy;
        draft.change_label(&id, Box::new(|label| write(label.policy.get_or_insert(of_set))))
    });
    fragment()
        .child(form.row(Row {
            id: "schema.own-policy".to_string(),
            name: tr!("schema.own-policy"),
            value: checked(label.policy.is_some()),
            input: Input::Check,
            on_value: form.edit("schema.own-policy", own),
            after: html! {},
        }))
        .child_if(label.policy.is_some(), || policy_rows(form, "own", label.policy.unwrap_or(of_set), set))
        .html()
}

/// Not offered any more, one with another label, several out of it, gone.
fn fate(form: &Form<'_>, label: &Label) -> Html {
    let count = form.state.annotations.counts().get(&label.id).copied().unwrap_or_default();
    let id = label.id.clone();
    let others: Vec<(AttrValue, AttrValue)> = form
        .schema()
        .labels
        .iter()
        .filter(|other| other.id != id && !other.retired)
        .map(|other| (AttrValue::Rc(other.id.0.clone()), pick(&other.name)))
        .collect();
    let retire = form.row(Row {
        id: "schema.offered".to_string(),
        name: tr!("schema.offered"),
        value: checked(!label.retired),
        input: Input::Check,
        on_value: form
            .edit("schema.offered", edit_label(&id, |label, value| label.retired = value.is_empty())),
        after: html! {},
    });
    let can_merge = !others.is_empty();
    let merge: EditFn = {
        let id = id.clone();
        Rc::new(move |draft, to| draft.merge_label(&id, &LabelId::from(to)))
    };
    let merge = || form.pick("schema.merge", tr!("schema.merge"), others, (tr!("schema.merge-act"), merge));
    fragment()
        .child(element("p").class("schema-form__fact").child(tr_count("status.annotations", count)))
        .child(retire)
        .child_if(can_merge, merge)
        .child(split(form, label))
        .child(remove(form, &id, count))
        .html()
}

fn split(form: &Form<'_>, label: &Label) -> Html {
    let choices =
        label.attributes.iter().filter(|attribute| matches!(attribute.kind, AttributeKind::Choice(_)));
    let choices: Vec<(AttrValue, AttrValue)> =
        choices.map(|attribute| (AttrValue::Rc(attribute.key.0.clone()), pick(&attribute.name))).collect();
    if choices.is_empty() || label.retired {
        return html! {};
    }
    let id = label.id.clone();
    let act: EditFn = Rc::new(move |draft, key| draft.split_label(&id, &AttributeKey::from(key)).map(drop));
    form.pick("schema.split", tr!("schema.split"), choices, (tr!("schema.split-act"), act))
}

fn remove(form: &Form<'_>, id: &LabelId, count: usize) -> Html {
    let id = id.clone();
    let act: EditFn = Rc::new(move |draft, fate| remove_label(draft, &id, fate));
    if count == 0 {
        return element("p")
            .class("schema-form__act")
            .child(form.button("schema.remove", tr!("schema.remove-label"), act))
            .html();
    }
    let fates = vec![("keep".into(), tr!("schema.fate-keep")), ("remove".into(), tr!("schema.fate-remove"))];
    form.pick("schema.remove", tr!("schema.remove"), fates, (tr!("schema.remove-label"), act))
}

fn remove_label(draft: &mut SchemaDraft, id: &LabelId, fate: &str) -> DraftResult {
    draft.remove_label(id, if fate == "remove" { Fate::Remove } else { Fate::Keep })
}
