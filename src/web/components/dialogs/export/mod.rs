//! Export: which documents, in which format, what of them the format cannot carry, and the file.

mod choices;
mod made;
mod picker;

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::edit::state::State;
use crate::formats::table::{FORMATS, FormatInfo};
use crate::formats::{Content, ExportFile, NATIVE, TooLarge};
use crate::json::{Map, Value};
use crate::model::ids::DocumentId;
use crate::sorted::{SortedMap, sort_by_key};
use crate::web::components::dialog::dialog;
use crate::web::components::element::fragment;
use crate::web::dom::files::download;
use crate::web::i18n::{language, tr, tr_with};
use crate::web::library::Entry;
use crate::web::long_work::{LongWork, Stop};
use crate::web::ptr_eq::PtrEq;
use crate::web::session::{ExportFailure, Session, export_state};

#[derive(Clone, PartialEq, Properties)]
pub struct ExportProps {
    pub session: PtrEq<Session>,
    pub state: PtrEq<State>,
    pub annotator_name: String,
    pub on_name: Callback<String>,
    /// Hears what is to be said of a file that was saved.
    pub on_saved: Callback<AttrValue>,
    pub on_close: Callback<()>,
}

/// What a person chose.
struct Chosen {
    format: &'static FormatInfo,
    scope: Scope,
    /// The documents of [`Scope::Picked`].
    picked: Vec<DocumentId>,
    content: Content,
    /// The id of a group of labels; empty for what the format is usually for.
    group: AttrValue,
    is_positions_only: bool,
    guards_formulas: bool,
    reviewer: String,
    review_url: String,
    /// By the id of the statement.
    verdicts: SortedMap<String, String>,
}

/// Which documents are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// The open one.
    This,
    /// Those that a person picks.
    Picked,
    All,
}

/// How far the export is.
enum Made {
    /// It waits to be asked for.
    No,
    Working {
        done: usize,
        total: usize,
    },
    /// The page writes the native file: how much of it, in percent.
    Writing(usize),
    /// What the worker says of it.
    Yes(made::Told),
    Failed(ExportFailure),
    /// The native file is larger than is read again.
    TooLarge,
}

pub enum Msg {
    Entries(Vec<Entry>),
    /// Changes a choice; the export is made anew.
    Choose(Box<dyn FnOnce(&mut ExportDialog)>),
    Make,
    Step(u32, usize),
    Made(u32, Result<Value, ExportFailure>),
    Written(u32, usize),
    MadeNative(u32, Result<Option<ExportFile>, TooLarge>),
    Stop,
    Save,
    /// The name of the file.
    Saved(Result<String, ExportFailure>),
}

pub struct ExportDialog {
    chosen: Chosen,
    /// All documents of the project, once they are known, in the order in which they came.
    documents: Vec<Entry>,
    made: Made,
    /// The file, where the page wrote it itself.
    native: Option<ExportFile>,
    /// Counts what was asked for, so that a late answer is dropped.
    ticket: u32,
    /// Ends what the page writes.
    stop: Stop,
}

impl Component for ExportDialog {
    type Message = Msg;
    type Properties = ExportProps;

    fn create(ctx: &Context<Self>) -> Self {
        let (session, link) = (ctx.props().session.clone(), ctx.link().clone());
        spawn_local(async move {
            link.send_message(Msg::Entries(session.entries().await.unwrap_or_default()));
        });
        let mut dialog = ExportDialog {
            chosen: Chosen {
                format: &FORMATS[0],
                scope: Scope::This,
                picked: Vec::new(),
                content: Content::default(),
                group: AttrValue::default(),
                is_positions_only: false,
                guards_formulas: false,
                reviewer: String::new(),
                review_url: String::new(),
                verdicts: SortedMap::new(),
            },
            documents: Vec::new(),
            made: Made::No,
            native: None,
            ticket: 0,
            stop: Stop::default(),
        };
        dialog.make(ctx);
        dialog
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &ExportProps) -> bool {
        let props = ctx.props();
        if props.state != before.state || props.annotator_name != before.annotator_name {
            self.make_anew(ctx);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Entries(entries) => {
                self.documents = entries;
                // Not by when they were opened: the same work gives the same file.
                sort_by_key(&mut self.documents, |entry| (entry.created_ms, entry.id.clone()));
            }
            Msg::Choose(choose) => {
                choose(self);
                self.make_anew(ctx);
            }
            Msg::Make => self.make(ctx),
            Msg::Step(ticket, step) => {
                if let Made::Working { done, .. } = &mut self.made
                    && ticket == self.ticket
                {
                    *done = step;
                }
            }
            Msg::Made(ticket, made) if ticket == self.ticket => {
                self.made = made.map_or_else(Made::Failed, |told| Made::Yes(made::Told::read(&told)));
            }
            Msg::Written(ticket, percent) if ticket == self.ticket => self.made = Made::Writing(percent),
            Msg::MadeNative(ticket, Ok(Some(file))) if ticket == self.ticket => {
                let annotations = ctx.props().state.annotations.len();
                self.made = Made::Yes(made::Told::of_native(&file, annotations));
                self.native = Some(file);
            }
            Msg::MadeNative(ticket, Err(_)) if ticket == self.ticket => self.made = Made::TooLarge,
            Msg::Made(..) | Msg::Written(..) | Msg::MadeNative(..) => {}
            Msg::Stop => self.leave(ctx),
            Msg::Save => self.save(ctx),
            Msg::Saved(Ok(name)) => tell_saved(ctx, &name),
            Msg::Saved(Err(failure)) => self.made = Made::Failed(failure),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let inside = fragment().child(self.choices_html(ctx)).child(self.made_html(ctx));
        dialog(tr!("export.title"), ctx.props().on_close.clone(), "dialog--wide", inside)
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        self.leave(ctx);
    }
}

impl ExportDialog {
    /// Makes the export again after a choice: at once for one document, on demand for several.
    fn make_anew(&mut self, ctx: &Context<Self>) {
        self.leave(ctx);
        if self.chosen.scope == Scope::This {
            self.make(ctx);
        }
    }

    /// Ends what is being made.
    fn leave(&mut self, ctx: &Context<Self>) {
        self.ticket += 1;
        self.stop.ask();
        if let Made::Working { .. } = self.made {
            ctx.props().session.stop_export();
        }
        self.made = Made::No;
    }

    fn make(&mut self, ctx: &Context<Self>) {
        let ExportProps { session, state, .. } = ctx.props();
        self.native = None;
        if self.chosen.format.id == NATIVE && self.chosen.scope == Scope::This {
            self.make_native(ctx);
            return;
        }
        self.ticket += 1;
        let ticket = self.ticket;
        let is_picked = |entry: &&Entry| match self.chosen.scope {
            Scope::Picked => self.chosen.picked.contains(&entry.id),
            _ => true,
        };
        let documents: Vec<DocumentId> = match self.chosen.scope {
            Scope::This => vec![state.document.id.clone()],
            _ => self.documents.iter().filter(is_picked).map(|entry| entry.id.clone()).collect(),
        };
        self.made = Made::Working { done: 0, total: documents.len() };
        let (session, link) = (session.clone(), ctx.link().clone());
        let (format, options) = (self.chosen.format.id, self.options(ctx.props()));
        spawn_local(async move {
            let step = {
                let link = link.clone();
                move |done| link.send_message(Msg::Step(ticket, done))
            };
            let made = session.make_export(format, &options, &documents, &step).await;
            link.send_message(Msg::Made(ticket, made));
        });
    }

    /// The native file of the open document needs no worker.
    fn make_native(&mut self, ctx: &Context<Self>) {
        let ExportProps { session, state, annotator_name, .. } = ctx.props();
        let options = session.export_options(self.chosen.content, annotator_name);
        self.ticket += 1;
        self.stop = Stop::default();
        self.made = Made::Writing(0);
        let (ticket, link, state) = (self.ticket, ctx.link().clone(), state.clone());
        let tell = link.clone();
        let tell = move |percent: Option<usize>| {
            percent.into_iter().for_each(|percent| tell.send_message(Msg::Written(ticket, percent)));
        };
        let work = LongWork::begin(self.stop.clone(), Box::new(tell));
        spawn_local(async move {
            let made = export_state(&state, &options, &work).await;
            link.send_message(Msg::MadeNative(ticket, made));
        });
    }

    /// What was chosen, as the worker takes it.
    fn options(&self, props: &ExportProps) -> Value {
        let chosen = &self.chosen;
        let schema = &props.state.schema;
        let labels = schema.labels.iter().filter(|label| *label.group.0 == *chosen.group);
        let verdicts = chosen.verdicts.iter().filter(|(_, text)| !text.trim().is_empty());
        let verdict = |(id, text): (&String, &String)| {
            Map::from_iter([("annotation", Value::from(id.as_str())), ("text", Value::from(text.trim()))])
        };
        let review = Map::from_iter([
            ("reviewer", Value::from(chosen.reviewer.trim())),
            ("url", Value::from(chosen.review_url.trim())),
            ("verdicts", verdicts.map(|entry| Value::from(verdict(entry))).collect()),
        ]);
        Value::Object(Map::from_iter([
            ("project", Value::from("Sourcier")),
            ("isProject", Value::from(chosen.scope != Scope::This)),
            ("labels", labels.map(|label| Value::from(&label.id.0)).collect()),
            ("language", Value::from(language().tag())),
            ("guardsFormulas", Value::from(chosen.guards_formulas)),
            ("isPositionsOnly", Value::from(chosen.is_positions_only)),
            ("annotatorId", Value::from(props.session.store.annotator().as_str())),
            ("annotatorName", Value::from(props.annotator_name.as_str())),
            ("review", Value::Object(review)),
        ]))
    }

    fn save(&mut self, ctx: &Context<Self>) {
        if let Some(file) = &self.native {
            let _ = download(&file.name, file.media_type, &file.bytes);
            tell_saved(ctx, &file.name);
            return;
        }
        let (session, link) = (ctx.props().session.clone(), ctx.link().clone());
        let archive = self.archive_name();
        spawn_local(async move {
            let saved = session.save_export().await.map(|(path, bytes)| {
                let name = path.as_deref().map_or(&*archive, |path| path.rsplit('/').next().unwrap_or(path));
                // Of no known type, so that no browser adds an ending of its own.
                let _ = download(name, "application/octet-stream", &bytes);
                name.to_owned()
            });
            link.send_message(Msg::Saved(saved));
        });
    }

    /// What a ZIP is called: after its first file, or after all documents.
    fn archive_name(&self) -> Rc<str> {
        let first = match &self.made {
            Made::Yes(told) if self.chosen.scope == Scope::This => told.files.first(),
            _ => None,
        };
        let name = first.and_then(|file| file.path.rsplit('/').next()).unwrap_or("sourcier");
        let stem = name.split('.').next().unwrap_or(name);
        Rc::from(format!("{stem}-{}.zip", self.chosen.format.id))
    }
}

/// The dialog has done what it was there for.
fn tell_saved(ctx: &Context<ExportDialog>, name: &str) {
    let ExportProps { on_saved, on_close, .. } = ctx.props();
    on_close.emit(());
    on_saved.emit(tr_with!("export.saved", &[("name", name)]));
}
