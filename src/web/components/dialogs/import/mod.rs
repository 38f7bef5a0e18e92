//! Import: what was recognised in the files of other programs, and how it is to be taken.

mod view;

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::formats::json::read_file;
use crate::json::{Map, Value};
use crate::model::schema::Schema;
use crate::sorted::SortedMap;
use crate::web::components::dialog::dialog;
use crate::web::dom::idb::StorageError;
use crate::web::exchange::{ExchangeError, count, list, text};
use crate::web::i18n::{pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::session::{ReadAs, Restored, Session};

/// What became of an import.
pub enum Imported {
    /// One document, as a native file that is now to be opened.
    One(Vec<u8>),
    /// One article, as a native file, that is a new version of the open text.
    Version(Vec<u8>),
    /// Several, which are stored.
    Many(Restored),
}

#[derive(Clone, PartialEq, Properties)]
pub struct ImportProps {
    pub session: PtrEq<Session>,
    pub schema: PtrEq<Schema>,
    /// What the worker says of the files.
    pub told: PtrEq<Value>,
    /// The hashes of the texts that are here already.
    pub present: PtrEq<[String]>,
    /// What the open document is called, where a file can be a new version of it.
    pub version_of: Option<AttrValue>,
    /// Whether that is what a person asked for.
    pub is_version: bool,
    pub on_done: Callback<Imported>,
    pub on_close: Callback<()>,
}

pub enum Msg {
    ReadAs(fn(&mut ReadAs, String), String),
    /// As what the article comes, by its name in the `select`.
    Version(String),
    Told(Result<Value, ExchangeError>),
    /// What becomes of the label set of native files, by its name in the `select`.
    Set(String),
    /// What becomes of a label of the files: the value of its `select`.
    Label(String, String),
    Text(String),
    Take,
    Taken(Result<Vec<Vec<u8>>, ExchangeError>),
    Step(usize),
    Added(Result<Restored, StorageError>),
}

/// What becomes of native files whose label set is not the one in use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LabelSet {
    /// They keep it, beside documents with another.
    Own,
    /// They keep it, in a project of their own.
    Project,
    /// Their labels are put on the one in use.
    Here,
}

impl LabelSet {
    const ALL: [LabelSet; 3] = [LabelSet::Own, LabelSet::Project, LabelSet::Here];

    fn name(self) -> &'static str {
        match self {
            LabelSet::Own => "own",
            LabelSet::Project => "project",
            LabelSet::Here => "here",
        }
    }
}

/// How far it is.
enum Stage {
    Choosing,
    Adding { done: usize, total: usize },
    Failed(AttrValue),
}

pub struct ImportDialog {
    told: PtrEq<Value>,
    read_as: ReadAs,
    /// By the label's name in the files: `add`, `keep`, or `=` and the id of a label.
    labels: SortedMap<String, String>,
    is_version: bool,
    set: LabelSet,
    /// Whether the project of [`LabelSet::Project`] is made.
    has_project: bool,
    /// The text of the one document, where a person changed it.
    edited: Option<String>,
    stage: Stage,
    /// Whether the dialog is gone: work that it began then ends.
    is_closed: Rc<Cell<bool>>,
}

impl Component for ImportDialog {
    type Message = Msg;
    type Properties = ImportProps;

    fn create(ctx: &Context<Self>) -> Self {
        ImportDialog {
            told: ctx.props().told.clone(),
            read_as: ReadAs::default(),
            labels: SortedMap::new(),
            is_version: ctx.props().is_version,
            set: LabelSet::Own,
            has_project: false,
            edited: None,
            stage: Stage::Choosing,
            is_closed: Rc::default(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::ReadAs(set, value) => {
                set(&mut self.read_as, value);
                self.read_again(ctx);
            }
            Msg::Told(Ok(told)) => {
                self.told = PtrEq(told.into());
                self.edited = None;
            }
            Msg::Told(Err(_)) | Msg::Taken(Err(_)) => self.stage = Stage::Failed(tr!("exchange.refused")),
            Msg::Label(name, value) => {
                self.labels.insert(name, value);
            }
            Msg::Version(name) => self.is_version = name == "version",
            Msg::Set(name) => {
                let set = LabelSet::ALL.into_iter().find(|set| set.name() == name);
                self.set = set.unwrap_or(LabelSet::Own);
            }
            Msg::Text(text) => self.edited = Some(text),
            Msg::Take => self.take(ctx),
            Msg::Taken(Ok(natives)) if self.set == LabelSet::Project && !self.has_project => {
                self.has_project = true;
                self.make_project(ctx, natives);
            }
            Msg::Taken(Ok(mut natives)) if natives.len() == 1 => {
                let native = natives.remove(0);
                let is_version = self.is_version && self.version_of(ctx).is_some();
                let imported = if is_version { Imported::Version } else { Imported::One };
                ctx.props().on_done.emit(imported(native));
            }
            Msg::Taken(Ok(natives)) => self.add(ctx, natives),
            Msg::Step(step) => {
                if let Stage::Adding { done, .. } = &mut self.stage {
                    *done = step;
                }
            }
            Msg::Added(Ok(restored)) => ctx.props().on_done.emit(Imported::Many(restored)),
            Msg::Added(Err(_)) => self.stage = Stage::Failed(tr!("import.not-stored")),
        }
        true
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.is_closed.set(true);
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        dialog(tr!("import.title"), ctx.props().on_close.clone(), "dialog--wide", self.inside(ctx))
    }
}

impl ImportDialog {
    fn read_again(&self, ctx: &Context<Self>) {
        let (session, link) = (ctx.props().session.clone(), ctx.link().clone());
        let read_as = self.read_as.clone();
        spawn_local(async move {
            link.send_message(Msg::Told(session.read_foreign(&[], &read_as).await));
        });
    }

    fn take(&self, ctx: &Context<Self>) {
        let choices = self.mapped_labels().map(|label| {
            let choice = self.choice_of(label);
            let choice = match choice.strip_prefix('=') {
                Some(id) => Value::Object(Map::from_iter([("existing", Value::from(id))])),
                None => Value::from(&*choice),
            };
            (text(label, "name"), choice)
        });
        let choices = Map::from_iter(choices);
        let texts = Map::from_iter(self.edited.iter().map(|text| ("0", Value::from(text.as_str()))));
        let (session, link) = (ctx.props().session.clone(), ctx.link().clone());
        let is_on_set = self.set == LabelSet::Here;
        spawn_local(async move {
            let taken = session.take_foreign(choices, texts, is_on_set).await;
            link.send_message(Msg::Taken(taken.map(|reply| reply.files)));
        });
    }

    /// Makes a project with the label set of the files, called like the set, and goes on there.
    fn make_project(&self, ctx: &Context<Self>, natives: Vec<Vec<u8>>) {
        let (session, link) = (ctx.props().session.0.clone(), ctx.link().clone());
        spawn_local(async move {
            let schema = natives.first().and_then(|native| Some(read_file(native).ok()?.schema));
            let schema = schema.unwrap_or_else(|| session.schema_in_use());
            let made = session.new_project(&pick(&schema.name), &schema).await;
            link.send_message(match made {
                Ok(()) => Msg::Taken(Ok(natives)),
                Err(error) => Msg::Added(Err(error)),
            });
        });
    }

    fn add(&mut self, ctx: &Context<Self>, natives: Vec<Vec<u8>>) {
        self.stage = Stage::Adding { done: 0, total: natives.len() };
        let (session, link) = (ctx.props().session.0.clone(), ctx.link().clone());
        let is_closed = self.is_closed.clone();
        spawn_local(async move {
            let on_step = {
                let link = link.clone();
                move |done| {
                    link.send_message(Msg::Step(done));
                    !is_closed.get()
                }
            };
            link.send_message(Msg::Added(session.add_natives(&natives, true, &on_step).await));
        });
    }

    /// The labels that are to be mapped: those of other programs' files, and those of native files
    /// where a person wants that.
    fn mapped_labels(&self) -> impl Iterator<Item = &Value> {
        let foreign = list(&self.told, "labels");
        let native = if self.set == LabelSet::Here { list(&self.told, "nativeLabels") } else { &[] };
        let is_new = |label: &&Value| !foreign.iter().any(|known| text(known, "name") == text(label, "name"));
        foreign.iter().chain(native.iter().filter(is_new))
    }

    /// What the open document is called, where what was read can be a new version of it: one
    /// article, with nothing marked in it.
    fn version_of<'c>(&self, ctx: &'c Context<Self>) -> Option<&'c AttrValue> {
        let documents = list(&self.told, "documents");
        let is_article = matches!(documents, [document] if count(document, "annotations") == 0);
        let is_only = is_article && count(&self.told, "documentCount") + count(&self.told, "natives") == 1;
        ctx.props().version_of.as_ref().filter(|_| is_only)
    }

    /// What is to become of a label: as a person chose, else the label that it is called like, else
    /// a new one.
    fn choice_of(&self, label: &Value) -> String {
        let chosen = self.labels.get(text(label, "name")).cloned();
        chosen.unwrap_or_else(|| match text(label, "label") {
            "" => "add".to_owned(),
            id => format!("={id}"),
        })
    }
}
