//! One more label, while annotating: name, group, key and colour, the last two proposed.

use yew::prelude::*;

use crate::edit::commands::schema::add_label;
use crate::edit::schema_change::ids::{check_key, free_key};
use crate::edit::schema_change::labels::NewLabel;
use crate::edit::state::State;
use crate::model::ids::GroupId;
use crate::model::schema::{Localized, Schema};
use crate::view_model::color::Theme;
use crate::view_model::color::offer::offered_colors;
use crate::web::components::announcer::draft_refusal_text;
use crate::web::components::dialog::dialog;
use crate::web::components::element::{element, fragment};
use crate::web::components::schema_editor::{ColorRow, EditorMemory, Input, Row, color_row, row_html};
use crate::web::i18n::{pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

#[derive(Clone, PartialEq, Properties)]
pub struct NewLabelProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
    pub memory: PtrEq<EditorMemory>,
    pub theme: Theme,
    pub on_close: Callback<()>,
}

pub enum NewLabelMsg {
    Name(String),
    Group(String),
    Key(String),
    Color(String),
    Add,
}

pub struct NewLabelDialog {
    name: String,
    group: GroupId,
    /// As the person chose it; until then one is proposed.
    key: Option<Option<char>>,
    color: String,
    offers: Vec<String>,
    refused: Option<AttrValue>,
}

impl Component for NewLabelDialog {
    type Message = NewLabelMsg;
    type Properties = NewLabelProps;

    fn create(ctx: &Context<Self>) -> Self {
        let state = &ctx.props().state;
        let in_hand = state.label_in_hand().and_then(|label| state.schema.label(label));
        let group = in_hand.map(|label| label.group.clone());
        let first = || state.schema.groups.first().map(|group| group.id.clone());
        let mut dialog = NewLabelDialog {
            name: String::new(),
            group: group.or_else(first).unwrap_or_else(|| GroupId::from("")),
            key: None,
            color: String::new(),
            offers: Vec::new(),
            refused: None,
        };
        dialog.offer(ctx.props());
        dialog
    }

    fn update(&mut self, ctx: &Context<Self>, msg: NewLabelMsg) -> bool {
        let props = ctx.props();
        match msg {
            NewLabelMsg::Name(name) => self.name = name,
            NewLabelMsg::Group(group) => {
                self.group = GroupId::from(group.as_str());
                self.offer(props);
            }
            NewLabelMsg::Key(key) => self.set_key(&props.state.schema, key.chars().next()),
            NewLabelMsg::Color(color) => self.color = color,
            NewLabelMsg::Add => return self.add(props),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let schema = &ctx.props().state.schema;
        let link = ctx.link();
        let onsubmit = link.callback(|event: SubmitEvent| {
            event.prevent_default();
            NewLabelMsg::Add
        });
        let groups = schema.groups.iter().map(|group| (AttrValue::Rc(group.id.0.clone()), pick(&group.name)));
        let key = self.key(schema).map(|key| key.to_string()).unwrap_or_default();
        let row = |id: &str, name: AttrValue, value: String, input: Input, msg: fn(String) -> NewLabelMsg| {
            let refused = self.refused.as_ref().filter(|_| matches!(input, Input::Key));
            let on_value = link.callback(msg);
            row_html(
                Row { id: id.to_string(), name, value: value.into(), input, on_value, after: html! {} },
                refused,
            )
        };
        let act = match ctx.props().state.selected_span().is_some() {
            true => tr!("new-label.act-selection"),
            false => tr!("new-label.act"),
        };
        dialog(
            tr!("command.new-label"),
            ctx.props().on_close.clone(),
            "",
            fragment().child(
                element("form")
                    .class("new-label")
                    .onsubmit(onsubmit)
                    .child(row(
                        "new-label-name",
                        tr!("schema.name"),
                        self.name.clone(),
                        Input::Live,
                        NewLabelMsg::Name,
                    ))
                    .child(row(
                        "new-label-group",
                        tr!("schema.group"),
                        self.group.to_string(),
                        Input::Select(groups.collect()),
                        NewLabelMsg::Group,
                    ))
                    .child(row("new-label-key", tr!("schema.key"), key, Input::Key, NewLabelMsg::Key))
                    .child(color_row(&ColorRow {
                        id: "new-label-color",
                        schema,
                        group: &self.group,
                        label: None,
                        color: self.color.clone().into(),
                        offers: &self.offers,
                        on_color: link.callback(NewLabelMsg::Color),
                    }))
                    .child(
                        element("p")
                            .class("dialog__actions")
                            .child(element("button").attr("type", "submit").class("button--main").child(act)),
                    ),
            ),
        )
    }
}

impl NewLabelDialog {
    /// Offers colours for the group, and takes the first.
    fn offer(&mut self, props: &NewLabelProps) {
        let schema = &props.state.schema;
        self.offers = offered_colors(schema, &self.group, None);
        self.color = self.offers.first().cloned().unwrap_or_default();
        if let Some(group) = schema.group(&self.group) {
            props.memory.sheet.show_draft(schema, &self.offers, group.family, props.theme);
        }
    }

    fn key(&self, schema: &Schema) -> Option<char> {
        self.key.unwrap_or_else(|| free_key(schema, &self.name))
    }

    /// Takes a key, or says whose it is.
    fn set_key(&mut self, schema: &Schema, key: Option<char>) {
        let refused = key.and_then(|key| check_key(schema, key, None).err());
        self.refused = refused.as_ref().map(|refusal| draft_refusal_text(schema, refusal));
        if refused.is_none() {
            self.key = Some(key);
        }
    }

    fn add(&mut self, props: &NewLabelProps) -> bool {
        if self.name.trim().is_empty() {
            return false;
        }
        let name = std::rc::Rc::from(self.name.trim());
        let label = NewLabel {
            name: Localized { fr: std::rc::Rc::clone(&name), en: name },
            group: self.group.clone(),
            hotkey: self.key(&props.state.schema),
            color: self.color.as_str().into(),
        };
        props.on_close.emit(());
        props.store.command(|state, ctx| add_label(state, ctx, label));
        false
    }
}
