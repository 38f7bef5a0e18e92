//! The set as a whole: its name and card, another set in its place, files.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::keymap::Command;
use crate::edit::schema_change::SchemaDraft;
use crate::formats::presets::preset;
use crate::formats::schema_json::schema_file;
use crate::model::schema::SchemaChange;
use crate::web::components::element::{button, element, fragment};
use crate::web::components::schema_editor::form::{EditText, Form, Input, Row};
use crate::web::components::schema_editor::{EditorMsg, SchemaEditorProps};
use crate::web::dom::files::download;
use crate::web::i18n::{date_and_time, pick, tr};

/// How many entries of the change log are shown, the newest first.
const CHANGES_SHOWN_MAX: usize = 20;

pub fn set_form(form: &Form<'_>, props: &SchemaEditorProps) -> Html {
    let schema = form.schema();
    let set_name: EditText = Rc::new(|draft, write| {
        let mut name = draft.schema().name.clone();
        write(&mut name);
        draft.set_name(name)
    });
    let set_card: EditText = Rc::new(|draft, write| {
        let mut card = draft.schema().card.clone();
        write(&mut card);
        draft.set_card(card)
    });
    fragment()
        .child(
            element("header")
                .class("schema-form__head")
                .child(element("h3").child(pick(&schema.name)))
                .child(element("code").child(format!("{} {}", schema.id, schema.version))),
        )
        .child(form.text(("schema.name", tr!("schema.name")), &schema.name, || Input::Text, set_name))
        .child(form.text(("set-card", tr!("help.card")), &schema.card, || Input::Area, set_card))
        .child(element("h4").child(tr!("schema.another")))
        .child(element("p").class("schema-form__fact").child(tr!("schema.another-help")))
        .child(presets(form))
        .child(files(form, props))
        .child(changes(&schema.changes))
        .html()
}

/// The sets that come with the program.
fn presets(form: &Form<'_>) -> Html {
    let presets = &form.editor.presets;
    let options: Vec<(AttrValue, AttrValue)> =
        presets.iter().map(|(id, name)| (AttrValue::from(*id), pick(name))).collect();
    let in_use = presets.iter().find(|(id, _)| *id == &*form.schema().id).or(presets.first());
    let in_use = in_use.map_or("", |(id, _)| id);
    let picked = form.editor.picks.get("schema.preset").cloned().unwrap_or_else(|| in_use.to_string());
    let base = form.state.schema.clone();
    let chosen = picked.clone();
    let onclick = form.link.batch_callback(move |_: MouseEvent| {
        let other = preset(&chosen)?;
        Some(EditorMsg::Replace(Box::new(SchemaDraft::replacing(base.clone(), other))))
    });
    form.row(Row {
        id: "schema.preset".to_string(),
        name: tr!("schema.preset"),
        value: picked.into(),
        input: Input::Select(options),
        on_value: form.link.callback(|value: String| EditorMsg::Pick("schema.preset".to_string(), value)),
        after: button().onclick(onclick).child(tr!("schema.use")).html(),
    })
}

/// Opens a set from a file, saves this one.
fn files(form: &Form<'_>, props: &SchemaEditorProps) -> Html {
    let schema = form.schema().clone();
    let save = Callback::from(move |_: MouseEvent| {
        let file = schema_file(&schema);
        let _ = download(&file.name, file.media_type, &file.bytes);
    });
    let open = props.on_command.reform(|_: MouseEvent| Command::Open);
    element("p")
        .class("schema-form__act")
        .child(button().onclick(open).child(tr!("schema.open-file")))
        .child(button().onclick(save).child(tr!("schema.save-file")))
        .html()
}

/// What was changed before.
fn changes(changes: &[SchemaChange]) -> Html {
    if changes.is_empty() {
        return html! {};
    }
    let line = |change: &SchemaChange| {
        let what: Vec<&str> = change.what.iter().map(|what| &**what).collect();
        let when = format!("{} · {}", change.version, date_and_time(change.time_ms));
        element("li")
            .child(element("b").child(when))
            .child(" ")
            .child(element("code").child(what.join(", ")))
            .html()
    };
    element("details")
        .class("schema-form__part")
        .child(element("summary").child(tr!("schema.changes")))
        .child(
            element("ul")
                .class("schema-form__changes")
                .children(changes.iter().rev().take(CHANGES_SHOWN_MAX).map(line)),
        )
        .html()
}
