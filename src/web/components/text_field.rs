//! A text that a person types: kept as typed until the field is left, and only then handed on.
//!
//! What is typed would be lost at the next drawing of the page if it stood nowhere but in the
//! element, and each key would be an edit if it went straight to the store.

use yew::prelude::*;

use crate::model::dates::{is_date, is_date_value};
use crate::model::iris::is_iri;
use crate::web::components::element::{element, fragment, sending};
use crate::web::i18n::tr;

/// What kind of text it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    #[default]
    Line,
    /// Several lines.
    Long,
    /// An address: another text is taken too, and remarked upon.
    Iri,
    /// An ISO 8601 date of any precision: another text is not taken, and stays in the field.
    Date,
    /// A date, a duration or an interval; as for a date.
    DateValue,
}

#[derive(Clone, PartialEq, Properties)]
pub struct TextFieldProps {
    pub id: AttrValue,
    pub value: AttrValue,
    pub kind: TextKind,
    pub placeholder: Option<AttrValue>,
    /// The id of a list of suggestions.
    pub list: Option<AttrValue>,
    /// What is typed, when the field is left or Enter pressed.
    pub on_commit: Callback<AttrValue>,
}

pub enum FieldMsg {
    Typed(String),
    Left,
}

pub struct TextField {
    /// What is typed and not handed on.
    draft: Option<String>,
    /// Whether the draft was tried and is no text of the kind.
    is_refused: bool,
}

impl Component for TextField {
    type Message = FieldMsg;
    type Properties = TextFieldProps;

    fn create(_ctx: &Context<Self>) -> Self {
        TextField { draft: None, is_refused: false }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: FieldMsg) -> bool {
        match msg {
            FieldMsg::Typed(text) => {
                self.draft = Some(text);
                // The remark goes as soon as it is no longer true; it comes when the field is left.
                let was_refused = self.is_refused;
                self.is_refused = was_refused && self.is_wrong(ctx);
                was_refused != self.is_refused
            }
            FieldMsg::Left => {
                self.hand_on(ctx);
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let TextFieldProps { id, value, kind, placeholder, list, .. } = ctx.props();
        let shown = self.draft.clone().map_or_else(|| value.clone(), AttrValue::from);
        let problem = match kind {
            TextKind::Date if self.is_refused => Some(tr!("refusal.bad-date")),
            TextKind::DateValue if self.is_refused => Some(tr!("refusal.bad-date-value")),
            TextKind::Iri if !value.is_empty() && !is_iri(value) => Some(tr!("fields.not-an-address")),
            _ => None,
        };
        let oninput = sending(ctx, |event: InputEvent| {
            // Both `input` and `textarea` have it; `value` is read by name so that one handler
            // serves both.
            let target: wasm_bindgen::JsValue = event.target().into();
            let value = js_sys::Reflect::get(&target, &"value".into()).ok();
            FieldMsg::Typed(value.and_then(|value| value.as_string()).unwrap_or_default())
        });
        let onchange = sending(ctx, |_: Event| FieldMsg::Left);
        let problem_id = format!("{id}-problem");
        let described_by = problem.is_some().then(|| problem_id.clone());
        let invalid = problem.is_some().then_some("true");
        let input = match kind {
            TextKind::Long => element("textarea")
                .attr("id", id.clone())
                .attr("rows", "3")
                .value(shown)
                .oninput(oninput)
                .onchange(onchange)
                .html(),
            _ => element("input")
                .attr("id", id.clone())
                .attr("type", if *kind == TextKind::Iri { "url" } else { "text" })
                .value(shown)
                .attr("placeholder", placeholder.clone())
                .attr("list", list.clone())
                .attr("autocomplete", "off")
                .attr("aria-invalid", invalid)
                .attr("aria-describedby", described_by)
                .oninput(oninput)
                .onchange(onchange)
                .html(),
        };
        fragment()
            .child(input)
            .child(if let Some(problem) = problem {
                element("p")
                    .attr("id", problem_id)
                    .class("row__problem")
                    .attr("role", "alert")
                    .child(problem)
                    .html()
            } else {
                html! {}
            })
            .html()
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        // A dialog that Escape closes takes its fields away before they are left.
        self.hand_on(ctx);
    }
}

impl TextField {
    fn is_wrong(&self, ctx: &Context<Self>) -> bool {
        let text = self.draft.as_deref().unwrap_or_default().trim();
        let is_right = match ctx.props().kind {
            TextKind::Date => is_date(text),
            TextKind::DateValue => is_date_value(text),
            _ => true,
        };
        !text.is_empty() && !is_right
    }

    /// Hands the draft on where it is another text than before, and a text of the kind.
    fn hand_on(&mut self, ctx: &Context<Self>) {
        self.is_refused = self.is_wrong(ctx);
        if self.is_refused {
            return;
        }
        let TextFieldProps { value, kind, on_commit, .. } = ctx.props();
        let Some(draft) = self.draft.take() else { return };
        let text = if *kind == TextKind::Long { draft.as_str() } else { draft.trim() };
        if *value != *text {
            on_commit.emit(AttrValue::from(text.to_string()));
        }
    }
}
