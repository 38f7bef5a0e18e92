//! The editor of the label set: a list of its parts, the form of the chosen one, and at the foot
//! what the changes would do to the work.
//!
//! It works on a draft that outlives it: closed by mistake, it opens again where it was. Only
//! “Apply” changes the work, as one step that can be undone.

mod attributes;
mod color;
mod form;
mod label;
mod list;
mod parts;
mod set;
mod value;

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::html::Scope;
use yew::prelude::*;

use crate::edit::commands::schema::change_as_prepared;
use crate::edit::keymap::Command;
use crate::edit::schema_change::preparing::{Prepared, Preparing};
use crate::edit::schema_change::{DraftResult, SchemaDraft};
use crate::edit::state::State;
use crate::formats::presets::{PRESETS, preset};
use crate::model::ids::{FieldKey, GroupId, LabelId, RelationTypeId};
use crate::model::schema::{Family, Label, Localized};
use crate::sorted::SortedMap;
use crate::view_model::color::Theme;
use crate::view_model::color::offer::offered_colors;
use crate::web::clock;
use crate::web::components::announcer::{draft_refusal_text, preview_text};
use crate::web::components::dialog::dialog;
use crate::web::components::element::{button, element, fragment, sending};
use crate::web::components::schema_editor::form::{EditFn, Form};
use crate::web::dom;
use crate::web::i18n::{pick, tr, tr_count_with};
use crate::web::long_work::{LongWork, Stop};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;
use crate::web::styles::LabelSheet;

pub use color::{ColorRow, color_row};
pub use form::{Input, Row, row_html};

/// What outlives the editor.
#[derive(Default)]
pub struct EditorMemory {
    pub draft: RefCell<Option<SchemaDraft>>,
    /// The colours of samples.
    pub sheet: LabelSheet,
}

/// A part of the schema, with a form of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// The set as a whole.
    Set,
    Policy,
    Group(GroupId),
    Label(LabelId),
    Relation(RelationTypeId),
    Field(FieldKey),
}

impl Item {
    /// A name that no other part has: `label-CLAIM`.
    fn name(&self) -> String {
        match self {
            Item::Set => "set".to_string(),
            Item::Policy => "policy".to_string(),
            Item::Group(id) => format!("group-{id}"),
            Item::Label(id) => format!("label-{id}"),
            Item::Relation(id) => format!("relation-{id}"),
            Item::Field(key) => format!("field-{key}"),
        }
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct SchemaEditorProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
    pub memory: PtrEq<EditorMemory>,
    pub theme: Theme,
    pub on_command: Callback<Command>,
    pub on_close: Callback<()>,
}

/// What is added, with an operation that says where it went.
pub type AddFn = fn(&mut SchemaDraft, &str) -> DraftResult<Item>;

pub enum EditorMsg {
    Search(String),
    Choose(Item),
    /// Back from the form to the list, where there is room for one of them.
    ShowList,
    /// The row, what it does, and with which value.
    Edit(String, EditFn, String),
    Add(AddFn, String),
    /// A choice that a button is to do something with.
    Pick(String, String),
    /// A draft in place of this one.
    Replace(Box<SchemaDraft>),
    Apply,
    Discard,
    /// How much is worked out of what the draft would do, in percent.
    Worked(usize),
    Prepared(Stop, Box<Prepared>),
}

/// What the draft would do.
enum Outlook {
    Unchanged,
    /// It is being worked out: how much of it, in percent, and what stops that.
    Working(usize, Stop),
    Known(Box<Prepared>),
}

/// What is worked out within that is shown at once.
const AT_ONCE_MS: u64 = 100;

pub struct SchemaEditor {
    draft: SchemaDraft,
    item: Item,
    search: String,
    is_form_shown: bool,
    refused: Option<(String, AttrValue)>,
    picks: SortedMap<String, String>,
    /// Colours to offer for the chosen label.
    offers: Vec<String>,
    outlook: Outlook,
    /// The sets that come with the program: their ids and names.
    presets: Vec<(&'static str, Localized)>,
}

impl Component for SchemaEditor {
    type Message = EditorMsg;
    type Properties = SchemaEditorProps;

    fn create(ctx: &Context<Self>) -> Self {
        let SchemaEditorProps { state, memory, .. } = ctx.props();
        let kept = memory.draft.borrow().clone().filter(|draft| draft.is_of(&state.schema));
        let chosen = state.chosen().map(|chosen| chosen.label.clone()).or_else(|| state.focus.armed.clone());
        let mut editor = SchemaEditor {
            draft: kept.unwrap_or_else(|| SchemaDraft::new(state.schema.clone())),
            item: Item::Set,
            search: String::new(),
            is_form_shown: false,
            refused: None,
            picks: SortedMap::new(),
            offers: Vec::new(),
            outlook: Outlook::Unchanged,
            presets: PRESETS.iter().filter_map(|id| Some((*id, preset(id)?.name))).collect(),
        };
        if !editor.draft.is_replacing()
            && let Some(label) = chosen.filter(|label| editor.draft.schema().label(label).is_some())
        {
            editor.item = Item::Label(label);
        }
        editor.refresh(ctx);
        editor
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &Self::Properties) -> bool {
        // Another tab, or an undo, brought another schema: the draft is not of it any more.
        if !self.draft.is_of(&ctx.props().state.schema) {
            self.start_anew(ctx.props());
        }
        self.refresh(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: EditorMsg) -> bool {
        let props = ctx.props();
        match msg {
            EditorMsg::Search(search) => {
                self.search = search;
                return true;
            }
            EditorMsg::ShowList => {
                self.is_form_shown = false;
                return true;
            }
            EditorMsg::Choose(item) => self.choose(item),
            EditorMsg::Edit(at, edit, value) => {
                let edited = edit(&mut self.draft, &value);
                self.refused =
                    edited.err().map(|refusal| (at, draft_refusal_text(self.draft.schema(), &refusal)));
            }
            EditorMsg::Add(add, of) => match add(&mut self.draft, &of) {
                Ok(item) => self.choose(item),
                Err(refusal) => {
                    let why = draft_refusal_text(self.draft.schema(), &refusal);
                    self.refused = Some(("schema-list".to_string(), why));
                }
            },
            EditorMsg::Pick(id, value) => {
                self.picks.insert(id, value);
                return true;
            }
            EditorMsg::Replace(draft) => {
                self.draft = *draft;
                self.refused = None;
            }
            EditorMsg::Apply => {
                let Outlook::Known(prepared) = std::mem::replace(&mut self.outlook, Outlook::Unchanged)
                else {
                    return false;
                };
                let draft = self.draft.clone();
                *props.memory.draft.borrow_mut() = None;
                props.on_close.emit(());
                props.store.command(|state, command_ctx| {
                    change_as_prepared(state, command_ctx, &draft, Some(*prepared))
                });
                return false;
            }
            EditorMsg::Discard => self.start_anew(props),
            EditorMsg::Worked(percent) => {
                if let Outlook::Working(worked, _) = &mut self.outlook {
                    *worked = percent;
                }
                return true;
            }
            EditorMsg::Prepared(stop, prepared) => {
                // What was worked out of an earlier draft says nothing of this one.
                let is_its = matches!(&self.outlook, Outlook::Working(_, working) if *working == stop);
                if is_its {
                    self.outlook = Outlook::Known(prepared);
                }
                return is_its;
            }
        }
        self.leave_what_is_gone();
        *props.memory.draft.borrow_mut() = self.draft.is_changed().then(|| self.draft.clone());
        self.refresh(ctx);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let form = Form { draft: &self.draft, state: &ctx.props().state, link: ctx.link(), editor: self };
        let is_form_shown = self.is_form_shown.then_some("schema-editor--form");
        dialog(
            tr!("command.schema-editor"),
            ctx.props().on_close.clone(),
            "dialog--schema",
            fragment()
                .child(
                    element("div")
                        .class(classes!("schema-editor", is_form_shown))
                        .child(list::list(&form))
                        .child(
                            element("section")
                                .class("schema-editor__form")
                                .attr("aria-label", tr!("schema.form"))
                                .child(
                                    button()
                                        .class("schema-editor__back")
                                        .onclick(sending(ctx, |_: MouseEvent| EditorMsg::ShowList))
                                        .child(tr!("schema.back")),
                                )
                                // Another part of the schema is another form: nothing of the last one stays in it.
                                .child(
                                    element("div")
                                        .key(self.item.name())
                                        .class("schema-form")
                                        .child(self.form_html(&form, ctx.props())),
                                ),
                        ),
                )
                .child(self.foot(ctx)),
        )
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        // The form went with the part that it was of, and the keys with it.
        if dom::has_no_focus()
            && let Some(part) = dom::document().query_selector(".schema-list [aria-current]").ok().flatten()
            && let Ok(part) = part.dyn_into::<HtmlElement>()
        {
            let _ = part.focus();
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        self.stop_working();
        ctx.props().memory.sheet.show_draft(&ctx.props().state.schema, &[], Family::Tint, ctx.props().theme);
    }
}

impl SchemaEditor {
    fn choose(&mut self, item: Item) {
        self.item = item;
        self.is_form_shown = true;
        self.refused = None;
    }

    fn start_anew(&mut self, props: &SchemaEditorProps) {
        self.draft = SchemaDraft::new(props.state.schema.clone());
        self.refused = None;
        self.leave_what_is_gone();
    }

    /// Goes to what took the place of the chosen part, or to the set as a whole, where it is gone.
    fn leave_what_is_gone(&mut self) {
        while let Item::Label(id) = &self.item
            && self.draft.schema().label(id).is_none()
            && let Some(successor) = self.draft.successor(id)
        {
            self.item = Item::Label(successor.clone());
        }
        let schema = self.draft.schema();
        let is_there = match &self.item {
            Item::Set | Item::Policy => true,
            Item::Group(id) => schema.group(id).is_some(),
            Item::Label(id) => schema.label(id).is_some(),
            Item::Relation(id) => schema.relation(id).is_some(),
            Item::Field(key) => schema.field(key).is_some(),
        };
        if !is_there {
            self.item = Item::Set;
        }
    }

    /// Works out what the draft would do, and writes the colours of its labels and of the offers for
    /// the chosen one.
    fn refresh(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        let schema = self.draft.schema();
        let label = match &self.item {
            Item::Label(id) => schema.label(id),
            _ => None,
        };
        let family =
            label.and_then(|label| schema.group(&label.group)).map_or(Family::Tint, |group| group.family);
        self.offers =
            label.map_or_else(Vec::new, |label| offered_colors(schema, &label.group, Some(&label.id)));
        props.memory.sheet.show_draft(schema, &self.offers, family, props.theme);
        self.look_ahead(ctx);
    }

    /// Works out what the draft would do: at once, or with turns for the page.
    fn look_ahead(&mut self, ctx: &Context<Self>) {
        self.stop_working();
        self.outlook = Outlook::Unchanged;
        if !self.draft.is_changed() {
            return;
        }
        let begun_ms = clock::now_ms();
        let mut preparing = Preparing::new(&ctx.props().state, &self.draft, begun_ms);
        while preparing.step() {
            if clock::now_ms() >= begun_ms + AT_ONCE_MS {
                let stop = Stop::default();
                self.outlook = Outlook::Working(0, stop.clone());
                spawn_local(look_on(preparing, stop, ctx.link().clone()));
                return;
            }
        }
        self.outlook = Outlook::Known(Box::new(preparing.finish()));
    }

    fn stop_working(&self) {
        if let Outlook::Working(_, stop) = &self.outlook {
            stop.ask();
        }
    }

    fn form_html(&self, form: &Form<'_>, props: &SchemaEditorProps) -> Html {
        let schema = form.schema();
        match &self.item {
            Item::Set => set::set_form(form, props),
            Item::Policy => parts::policy_form(form),
            Item::Group(id) => {
                schema.group(id).map_or_else(Html::default, |group| parts::group_form(form, group))
            }
            Item::Label(id) => {
                schema.label(id).map_or_else(Html::default, |label| label::label_form(form, label))
            }
            Item::Relation(id) => {
                schema.relation(id).map_or_else(Html::default, |kind| parts::relation_form(form, kind))
            }
            Item::Field(key) => {
                schema.field(key).map_or_else(Html::default, |field| parts::field_form(form, field))
            }
        }
    }

    /// The labels that the draft takes away, by name; of another set there would be too many.
    fn gone(&self, props: &SchemaEditorProps) -> String {
        let is_gone = |label: &&Label| {
            self.draft.schema().label(&label.id).is_none() && self.draft.successor(&label.id).is_none()
        };
        let gone = props.state.schema.labels.iter().filter(|_| !self.draft.is_replacing()).filter(is_gone);
        let gone: Vec<AttrValue> = gone.map(|label| pick(&label.name)).collect();
        match gone.is_empty() {
            true => String::new(),
            false => {
                format!("{} ", tr_count_with("preview.gone", gone.len(), &[("labels", &gone.join(", "))]))
            }
        }
    }

    /// What the changes would do, and whether they are to be.
    fn foot(&self, ctx: &Context<Self>) -> Html {
        let is_changed = !matches!(self.outlook, Outlook::Unchanged);
        let is_known = matches!(self.outlook, Outlook::Known(_));
        let is_read_only = ctx.props().store.is_read_only();
        let what = match &self.outlook {
            _ if is_read_only => tr!("refusal.read-only"),
            Outlook::Unchanged => tr!("schema.unchanged"),
            Outlook::Working(..) => tr!("schema.working"),
            Outlook::Known(prepared) => {
                AttrValue::from(self.gone(ctx.props()) + &preview_text(&prepared.preview))
            }
        };
        let progress = match &self.outlook {
            Outlook::Working(percent, _) => {
                let progress = element("progress").attr("max", "100").attr("value", percent.to_string());
                Some(progress.attr("aria-label", tr!("schema.working")))
            }
            _ => None,
        };
        element("footer")
            .class("schema-editor__foot")
            .child(element("p").class("schema-editor__preview").attr("role", "status").child(what))
            .children(progress)
            .child(
                button()
                    .flag("disabled", !is_changed)
                    .onclick(sending(ctx, |_: MouseEvent| EditorMsg::Discard))
                    .child(tr!("schema.discard")),
            )
            .child(
                button()
                    .class("button--main")
                    .flag("disabled", !is_known || is_read_only)
                    .onclick(sending(ctx, |_: MouseEvent| EditorMsg::Apply))
                    .child(tr!("schema.apply")),
            )
            .html()
    }
}

/// Goes on to work out what a draft would do, unless it is stopped.
async fn look_on(mut preparing: Preparing, stop: Stop, link: Scope<SchemaEditor>) {
    let told = link.clone();
    let tell = move |percent: Option<usize>| {
        if let Some(percent) = percent {
            told.send_message(EditorMsg::Worked(percent));
        }
    };
    let work = LongWork::begin(stop.clone(), Box::new(tell));
    if work.run(&mut || preparing.step().then(|| preparing.percent())).await {
        link.send_message(EditorMsg::Prepared(stop, Box::new(preparing.finish())));
    }
}
