//! The rows of the editor's forms: one for every kind of input.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::edit::schema_change::{DraftResult, SchemaDraft};
use crate::edit::state::State;
use crate::model::schema::{Localized, Schema};
use crate::text::unicode::lower_case;
use crate::view_model::messages::UiLanguage;
use crate::web::components::element::{button, element, fragment, select_option};
use crate::web::components::schema_editor::{EditorMsg, SchemaEditor};
use crate::web::dom::keys::key_press;
use crate::web::i18n::{language, tr};

/// What a form does to the draft with the value of an input.
pub type EditFn = Rc<dyn Fn(&mut SchemaDraft, &str) -> DraftResult>;
/// What a form does to the draft with a text in both languages: it is given the change of the text.
pub type EditText = Rc<dyn Fn(&mut SchemaDraft, &dyn Fn(&mut Localized)) -> DraftResult>;
/// Where a thing of the schema has one of its texts.
pub type TextOf<T> = fn(&mut T) -> &mut Localized;

/// What the forms draw from and send to.
pub struct Form<'f> {
    pub draft: &'f SchemaDraft,
    pub state: &'f State,
    pub link: &'f html::Scope<SchemaEditor>,
    pub editor: &'f SchemaEditor,
}

/// What a row is filled in with.
pub enum Input {
    Text,
    /// A text that is told of letter by letter.
    Live,
    Area,
    Number,
    /// `true` or nothing.
    Check,
    /// Values with their names.
    Select(Vec<(AttrValue, AttrValue)>),
    /// A key, chosen by pressing it.
    Key,
}

/// A row: a name, an input, and what follows it.
pub struct Row {
    /// Unique in the form.
    pub id: String,
    pub name: AttrValue,
    pub value: AttrValue,
    pub input: Input,
    pub on_value: Callback<String>,
    pub after: Html,
}

impl<'f> Form<'f> {
    pub fn schema(&self) -> &'f Schema {
        self.draft.schema()
    }

    /// A callback that edits the draft. What is refused is said at the row with the id `at`.
    pub fn edit(&self, at: &str, edit: EditFn) -> Callback<String> {
        let at = at.to_string();
        self.link.callback(move |value: String| EditorMsg::Edit(at.clone(), edit.clone(), value))
    }

    /// A button that edits the draft.
    pub fn button(&self, at: &str, name: AttrValue, edit: EditFn) -> Html {
        let onclick = self.edit(at, edit).reform(|_: MouseEvent| String::new());
        button().onclick(onclick).child(name).html()
    }

    /// A button with a sign instead of words.
    pub fn sign(&self, at: &str, sign: &'static str, name: AttrValue, edit: EditFn) -> Html {
        let onclick = self.edit(at, edit).reform(|_: MouseEvent| String::new());
        button()
            .class("schema-form__sign")
            .attr("title", name.clone())
            .attr("aria-label", name)
            .onclick(onclick)
            .child(sign)
            .html()
    }

    pub fn row(&self, row: Row) -> Html {
        let refused = self.refused(&row.id);
        row_html(row, refused)
    }

    /// The rows of a text in both languages, the one of the interface first.
    pub fn text(
        &self,
        (id, name): (&str, AttrValue),
        text: &Localized,
        input: fn() -> Input,
        set: EditText,
    ) -> Html {
        let refused = self.refused(id);
        let described_by = refused.map(|_| refused_id(id));
        let one = |language: UiLanguage| {
            let set = set.clone();
            let value = side(text, language).clone();
            let at = format!("{id}-{}", language.tag());
            let edit: EditFn = Rc::new(move |draft, value| {
                set(draft, &|text| match language {
                    UiLanguage::French => text.fr = Rc::from(value),
                    UiLanguage::English => text.en = Rc::from(value),
                })
            });
            let tag = tr(&format!("settings.language-{}", language.tag()));
            element("label")
                .class("schema-form__language")
                .attr("lang", language.tag())
                .child(element("span").attr("title", tag.clone()).child(language.tag()))
                .child(input_html(
                    &at,
                    AttrValue::Rc(value),
                    &input(),
                    &self.edit(id, edit),
                    described_by.clone(),
                ))
                .html()
        };
        let wide = matches!(input(), Input::Area).then_some("row--wide");
        element("div")
            .key(id.to_string())
            .class(classes!("row", wide))
            .attr("role", "group")
            .attr("aria-labelledby", format!("{id}-name"))
            .child(element("span").attr("id", format!("{id}-name")).class("row__name").child(name))
            .child(
                element("div")
                    .class("row__value schema-form__languages")
                    .child(one(language()))
                    .child(one(language().other())),
            )
            .child(refused_html(id, refused))
            .html()
    }

    /// A choice and a button that does something with what was chosen, or with the first one.
    pub fn pick(
        &self,
        id: &str,
        name: AttrValue,
        options: Vec<(AttrValue, AttrValue)>,
        act: (AttrValue, EditFn),
    ) -> Html {
        let picked =
            self.editor.picks.get(id).filter(|picked| options.iter().any(|(value, _)| *value == **picked));
        let value = picked.map(String::as_str).or_else(|| options.first().map(|(value, _)| value.as_str()));
        let value = value.unwrap_or_default().to_string();
        let (act_name, act) = act;
        let chosen = value.clone();
        let act: EditFn = Rc::new(move |draft, _| act(draft, &chosen));
        let at = id.to_string();
        let on_value = self.link.callback(move |value: String| EditorMsg::Pick(at.clone(), value));
        let after = self.button(id, act_name, act);
        self.row(Row {
            id: id.to_string(),
            name,
            value: value.into(),
            input: Input::Select(options),
            on_value,
            after,
        })
    }

    /// Why the last change of this row was refused.
    fn refused(&self, id: &str) -> Option<&AttrValue> {
        self.editor.refused.as_ref().filter(|(at, _)| at == id).map(|(_, why)| why)
    }
}

/// A row, with why its last change was refused.
pub fn row_html(row: Row, refused: Option<&AttrValue>) -> Html {
    let Row { id, name, value, input, on_value, after } = row;
    let wide = matches!(input, Input::Area).then_some("row--wide");
    let described_by = refused.map(|_| refused_id(&id));
    element("div")
        .key(id.clone())
        .class(classes!("row", wide))
        .child(element("label").class("row__name").attr("for", id.clone()).child(name))
        .child(
            element("div")
                .class("row__value")
                .child(input_html(&id, value, &input, &on_value, described_by))
                .child(after),
        )
        .child(refused_html(&id, refused))
        .html()
}

fn refused_html(id: &str, refused: Option<&AttrValue>) -> Html {
    let why = refused.map(|why| {
        element("p")
            .attr("id", refused_id(id))
            .class("schema-form__refused")
            .attr("role", "alert")
            .child(why)
            .html()
    });
    fragment().children(why).html()
}

fn refused_id(id: &str) -> String {
    format!("{id}-refused")
}

fn side(text: &Localized, language: UiLanguage) -> &Rc<str> {
    match language {
        UiLanguage::French => &text.fr,
        UiLanguage::English => &text.en,
    }
}

fn input_html(
    id: &str,
    value: AttrValue,
    input: &Input,
    on_value: &Callback<String>,
    described_by: Option<String>,
) -> Html {
    let id = id.to_string();
    let onchange = on_value.reform(|event: Event| value_of(&event));
    let invalid = described_by.is_some().then_some("true");
    match input {
        Input::Text => element("input")
            .attr("id", id)
            .attr("type", "text")
            .value(value)
            .onchange(onchange)
            .attr("aria-invalid", invalid)
            .attr("aria-describedby", described_by)
            .html(),
        Input::Live => {
            let oninput = on_value.reform(|event: InputEvent| value_of(&event));
            element("input").attr("id", id).attr("type", "text").value(value).oninput(oninput).html()
        }
        Input::Area => element("textarea")
            .attr("id", id)
            .attr("rows", "2")
            .value(value)
            .onchange(onchange)
            .attr("aria-invalid", invalid)
            .attr("aria-describedby", described_by)
            .html(),
        Input::Number => element("input")
            .attr("id", id)
            .attr("type", "number")
            .attr("step", "any")
            .value(value)
            .onchange(onchange)
            .attr("aria-invalid", invalid)
            .attr("aria-describedby", described_by)
            .html(),
        Input::Check => element("input")
            .attr("id", id)
            .attr("type", "checkbox")
            .checked(!value.is_empty())
            .onchange(onchange)
            .html(),
        Input::Select(options) => element("select")
            .attr("id", id)
            .onchange(onchange)
            .attr("aria-describedby", described_by)
            .children(
                options
                    .iter()
                    .map(|(option, name)| select_option(option.clone(), *option == value, name).html()),
            )
            .html(),
        Input::Key => key_input(id, value, on_value, described_by),
    }
}

/// A field that shows one key and takes the next one pressed; Backspace empties it. Keyboards on a
/// screen name no key: there the last letter typed counts.
fn key_input(
    id: String,
    value: AttrValue,
    on_value: &Callback<String>,
    described_by: Option<String>,
) -> Html {
    let onkeydown = {
        let on_value = on_value.clone();
        Callback::from(move |event: KeyboardEvent| {
            let press = key_press(&event, false);
            let key = match press.key.as_str() {
                "Backspace" | "Delete" => Some(String::new()),
                _ => press.label_key().map(String::from),
            };
            if let Some(key) = key {
                event.prevent_default();
                on_value.emit(key);
            }
        })
    };
    let oninput = on_value.reform(|event: InputEvent| {
        let typed = value_of(&event);
        lower_case(typed.trim()).chars().last().map(String::from).unwrap_or_default()
    });
    let invalid = described_by.is_some().then_some("true");
    element("input")
        .attr("id", id)
        .class("schema-form__key")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .value(value)
        .onkeydown(onkeydown)
        .oninput(oninput)
        .attr("aria-invalid", invalid)
        .attr("aria-describedby", described_by)
        .html()
}

/// The value of what an event is of, or `true` where it is checked. Read by name, so that one
/// handler serves every kind of input.
pub fn value_of(event: &Event) -> String {
    let target: JsValue = event.target().into();
    let read = |key: &str| js_sys::Reflect::get(&target, &key.into()).unwrap_or_default();
    if read("type") == "checkbox" {
        return if read("checked").is_truthy() { "true".to_string() } else { String::new() };
    }
    read("value").as_string().unwrap_or_default()
}

/// The value of a box that is ticked or not.
pub fn checked(is: bool) -> AttrValue {
    AttrValue::from(if is { "true" } else { "" })
}
