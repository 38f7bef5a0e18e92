//! The root of the page: one subscription to the store, cut into props for the parts.

mod banner;
mod commands;
mod dialog;
mod files;
mod projects;
mod removed;
mod reports;
mod view;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::html::Scope;
use yew::prelude::*;

use crate::edit::commands::status::COMPLETE;
use crate::edit::keymap::Command;
use crate::edit::state::State;
use crate::json::Value;
use crate::model::ids::{AnnotationId, DocumentId};
use crate::view_model::color::Theme;
use crate::view_model::links::linkable_labels;
use crate::web::activity;
use crate::web::api::Api;
use crate::web::app::banner::Banner;
use crate::web::app::dialog::{DialogKind, Dialogs, DrawDialog, NotLoaded};
use crate::web::app::projects::ProjectMsg;
pub use crate::web::app::removed::RemovedDocument;
use crate::web::components::announcer::{notice_text, refusal_text};
use crate::web::components::dialogs::command_list::Listed;
use crate::web::components::dialogs::import::Imported;
use crate::web::components::dialogs::opening::ClashAnswer;
use crate::web::components::entity_list::Dismissed;
use crate::web::components::schema_editor::EditorMemory;
use crate::web::components::side_panel::SideTab;
use crate::web::dom;
use crate::web::dom::idb::StorageError;
use crate::web::i18n;
use crate::web::library::Entry;
use crate::web::opening::{FileOutcome, WaitingFile};
use crate::web::persist::SaveStatus;
use crate::web::ptr_eq::PtrEq;
use crate::web::session::{Project, Restored, Session, SessionEvent};
use crate::web::settings::Settings;
use crate::web::store::{StoreEvent, Subscription};
use crate::web::styles::LabelSheet;

/// How long after a document is painted what needs a walk through it is worked out.
const SETTLED_AFTER_MS: u32 = 150;

/// What reaches the root.
pub enum Msg {
    Store(Rc<StoreEvent>),
    Session(SessionEvent),
    Run(Command),
    RunListed(Listed),
    Settings(Settings),
    CloseDialog,
    CloseBanner(usize),
    /// A new version of the program waits.
    UpdateReady,
    Update,
    ThemeChanged,
    /// Files that a person chose or dropped.
    Files(Vec<web_sys::File>),
    /// A text from the clipboard: as HTML where that says more, and as plain text.
    Pasted(Option<String>, String),
    FileDone(String, Box<FileOutcome>),
    /// What the worker found in files of other programs, and the texts that are here already.
    Import(Box<Value>, Vec<String>),
    Imported(Imported),
    Entries(Vec<Entry>),
    OpenDocument(DocumentId),
    /// A document of the list that cannot be opened.
    Unreadable,
    /// Deletes a document, from the list or not.
    Remove(DocumentId, bool),
    Removed(RemovedDocument),
    /// Undoes a removal.
    BringBack(DocumentId),
    /// What came from a backup.
    Restored(Result<Restored, StorageError>),
    Project(ProjectMsg),
    /// A sentence for the status line.
    Say(AttrValue),
    OpenSample,
    AnswerClash(ClashAnswer),
    /// Opens the text that has nothing in common with the one it should be a version of.
    OpenUnrelated,
    /// Leaves the report for an annotation; the way back stays on the screen.
    GoFromReport(AnnotationId),
    BackToReport(usize),
    ChooseText,
    Erase,
    SaveDamaged(Rc<str>),
    Scrolled,
    Tab(SideTab),
    /// The panel goes, on a narrow screen.
    CloseList,
    /// How far the work is said to be: a value of the schema's field.
    Status(AttrValue),
    CompleteAnyway,
    /// Leaves the dialog for an annotation, or for the first thing that is still open.
    GoTo(Option<AnnotationId>),
    /// The dialogs are there, or cannot be.
    Dialogs(Result<DrawDialog, NotLoaded>),
    /// The rules of the schema are checked, of the work as it was.
    Checked,
    /// The document is painted: what a walk through all of it finds can be worked out.
    Settled,
}

pub struct App {
    session: Rc<Session>,
    api: Api,
    state: Rc<State>,
    settings: Settings,
    status: SaveStatus,
    last_backup_ms: Option<u64>,
    message: AttrValue,
    is_refusal: bool,
    dialog: Option<DialogKind>,
    dialogs: Dialogs,
    /// Whether a dialog was there when the page was last drawn.
    had_dialog: bool,
    /// A file that waits for its text.
    waiting: RefCell<Option<WaitingFile>>,
    /// Whether the next file is to be a new version of the open text.
    wants_version: bool,
    banners: Vec<Banner>,
    /// Files that are done and not told of yet.
    outcomes: VecDeque<(String, FileOutcome)>,
    entries: Option<PtrEq<[Entry]>>,
    /// The document in the list that gets the keys once it is drawn.
    row: Option<DocumentId>,
    /// Those deleted while the page is open.
    removed: Vec<RemovedDocument>,
    projects: Rc<[Project]>,
    is_ready: bool,
    /// Whether the browser promised, or was not asked, to keep the work.
    is_persistent: bool,
    /// Whether the new version is wanted as soon as the work is saved.
    is_updating: bool,
    /// Whether the panel under the inspector is out on a narrow screen.
    is_list_open: bool,
    /// What that panel shows.
    tab: SideTab,
    /// The names that the list of entities does not ask about.
    dismissed: PtrEq<Dismissed>,
    /// Whether the panel gets the keys once it is drawn.
    focus_panel: bool,
    label_sheet: LabelSheet,
    /// The label set being edited, while its dialog is closed too.
    schema_memory: Rc<EditorMemory>,
    /// Fades what a link cannot end at.
    fading_sheet: LabelSheet,
    linkable: Option<Vec<bool>>,
    main: NodeRef,
    file_input: NodeRef,
    /// Where the page must scroll once it is drawn: a byte offset.
    scroll_to: Option<u32>,
    place_timer: Option<Timeout>,
    settled: Option<Timeout>,
    /// Whether the rules of the schema are being checked.
    is_checking: bool,
    _subscription: Subscription,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let settings = Settings::load();
        i18n::set_language(settings.language);
        settings.show();
        let link = ctx.link().clone();
        let session = Session::new(move |event| link.send_message(Msg::Session(event)));
        session.store.set_editing(settings.snap, settings.single_keys);
        session.store.set_counts_time(settings.counts_time);
        let link = ctx.link().clone();
        let subscription = session.store.subscribe(move |event| link.send_message(Msg::Store(event.clone())));
        let starting = session.clone();
        spawn_local(async move { starting.start().await });
        let app = App {
            state: session.store.state(),
            _listeners: listeners(ctx, &session),
            api: Api::install(&session),
            session,
            settings,
            status: SaveStatus::Saved,
            last_backup_ms: None,
            message: AttrValue::from(""),
            is_refusal: false,
            dialog: None,
            dialogs: Dialogs::default(),
            had_dialog: false,
            waiting: RefCell::default(),
            wants_version: false,
            banners: Vec::new(),
            outcomes: VecDeque::new(),
            entries: None,
            row: None,
            removed: Vec::new(),
            projects: Rc::from([]),
            is_ready: false,
            is_persistent: true,
            is_updating: false,
            is_list_open: false,
            tab: SideTab::default(),
            dismissed: PtrEq(Rc::default()),
            focus_panel: false,
            label_sheet: LabelSheet::new(),
            schema_memory: Rc::default(),
            fading_sheet: LabelSheet::new(),
            linkable: None,
            main: NodeRef::default(),
            file_input: NodeRef::default(),
            scroll_to: None,
            place_timer: None,
            settled: None,
            is_checking: false,
            _subscription: subscription,
        };
        app.show_labels();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Store(event) => return self.store_event(ctx, &event),
            Msg::Session(event) => return self.session_event(event),
            Msg::Run(command) => self.session.store.run(command, false),
            Msg::RunListed(listed) => self.run_listed(listed),
            Msg::Settings(settings) => self.take_settings(settings),
            Msg::CloseDialog => self.close_dialog(),
            Msg::CloseBanner(idx) => drop(self.banners.remove(idx)),
            Msg::UpdateReady => self.banners.push(Banner::Update),
            Msg::Update => self.update_program(),
            Msg::ThemeChanged => {
                self.settings.show();
                self.show_labels();
            }
            Msg::Files(files) => self.open_files(ctx, files),
            Msg::Pasted(html, plain) => self.paste(ctx, html, plain),
            Msg::FileDone(name, outcome) => self.file_done(name, *outcome),
            Msg::Import(told, present) => self.show_import(*told, present),
            Msg::Imported(imported) => self.import_done(ctx, imported),
            Msg::Entries(entries) => self.entries = Some(PtrEq(Rc::from(entries))),
            Msg::OpenDocument(id) => self.open_document(ctx, id),
            Msg::Unreadable => self.tell_unreadable(),
            Msg::Remove(id, is_listed) => self.remove_document(ctx, id, is_listed),
            Msg::Removed(removed) => self.take_removed(removed),
            Msg::BringBack(id) => self.bring_back(ctx, &id),
            Msg::Restored(Ok(restored)) => self.dialog = Some(DialogKind::Restored(restored)),
            Msg::Restored(Err(error)) => self.take_status(SaveStatus::NotSaved(error)),
            Msg::Project(msg) => self.project_msg(ctx, msg),
            Msg::Say(message) => self.message = message,
            Msg::OpenSample => {
                self.close_dialog();
                self.session.open_sample();
            }
            Msg::AnswerClash(answer) => self.answer_clash(answer),
            Msg::OpenUnrelated => self.open_unrelated(),
            Msg::GoFromReport(id) => self.go_from_report(&id),
            Msg::BackToReport(idx) => self.back_to_report(idx),
            Msg::ChooseText => self.choose_text(),
            Msg::Erase => self.erase(),
            Msg::SaveDamaged(raw) => {
                let _ = dom::files::download("sourcier-damaged.txt", "text/plain", raw.as_bytes());
            }
            Msg::Tab(tab) => self.tab = tab,
            Msg::CloseList => {
                self.is_list_open = false;
                crate::web::components::article::focus_article();
            }
            Msg::Status(value) => self.ask_status(&value),
            Msg::CompleteAnyway => {
                self.close_dialog();
                self.set_status(COMPLETE);
            }
            Msg::GoTo(annotation) => self.leave_dialog_for(annotation.as_ref()),
            Msg::Dialogs(loaded) => self.take_dialogs(loaded),
            Msg::Settled => self.settle(ctx),
            Msg::Checked => {
                self.is_checking = false;
                self.check_rules(ctx);
            }
            Msg::Scrolled => {
                self.note_place();
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first_render: bool) {
        self.need_dialogs(ctx);
        self.hand_on_keys();
        if std::mem::take(&mut self.focus_panel) {
            commands::focus_side_panel();
        }
        if self.is_ready
            && let Some(place) = self.scroll_to.take()
        {
            self.go_to_place(place);
            self.api.set_ready();
            let link = ctx.link().clone();
            self.settle_soon(link);
            dom::document().set_title(&format!("{} · Sourcier", self.title()));
        }
    }
}

impl App {
    fn store_event(&mut self, ctx: &Context<Self>, event: &StoreEvent) -> bool {
        match event {
            StoreEvent::Opened(state) => {
                let is_other = state.document.id != self.state.document.id;
                self.state = state.clone();
                self.show_labels();
                self.fade_labels();
                if is_other {
                    self.scroll_to = Some(self.session.place());
                    self.message = AttrValue::from("");
                    self.dismissed.borrow_mut().clear();
                }
                self.tell_newer_schema();
            }
            StoreEvent::Changed(changed) => {
                let is_silent_move = changed.transaction.edits.is_empty();
                if !Rc::ptr_eq(&self.state.schema, &changed.new.schema) {
                    self.state = changed.new.clone();
                    self.show_labels();
                    self.tell_newer_schema();
                    // Its rules are other ones: what breaks them is found anew.
                    self.settle_soon(ctx.link().clone());
                }
                self.state = changed.new.clone();
                self.fade_labels();
                // Moving on makes an old message stale; a command's own message follows.
                if !is_silent_move || self.is_refusal {
                    self.message = AttrValue::from("");
                    self.is_refusal = false;
                }
            }
            StoreEvent::Noticed(Ok(notice)) => {
                self.message = notice_text(&self.state.schema, notice);
                self.is_refusal = false;
            }
            StoreEvent::Noticed(Err(refusal)) => {
                self.message = refusal_text(&self.state.schema, refusal);
                self.is_refusal = true;
            }
            StoreEvent::Asked { command, extend } => self.run_on_screen(ctx, *command, *extend),
        }
        true
    }

    fn session_event(&mut self, event: SessionEvent) -> bool {
        match event {
            SessionEvent::Ready => {
                self.is_ready = true;
                self.scroll_to = Some(self.session.place());
            }
            SessionEvent::Status(status) if self.status == status => return false,
            SessionEvent::Status(status) => self.take_status(status),
            SessionEvent::StorageFailed(error) => self.take_status(SaveStatus::NotSaved(error)),
            SessionEvent::Damaged { count, raw } => self.banners.push(Banner::Damaged(count, Rc::from(raw))),
            SessionEvent::NotPersistent => self.is_persistent = false,
            SessionEvent::BackupNoted(time_ms) => self.last_backup_ms = time_ms,
            SessionEvent::DocumentsChanged => self.entries = None,
            SessionEvent::LongWork(words, stop, percent) => self.show_work(words, stop, percent),
            SessionEvent::Working(key, done, total) => {
                let (done, total) = (i18n::number(done), i18n::number(total));
                self.message = i18n::tr_with(key, &[("done", &done), ("total", &total)]);
            }
        }
        true
    }

    /// Shows whether the work is safe; where it is not, with a way to save it at once.
    fn take_status(&mut self, status: SaveStatus) {
        self.banners.retain(|banner| !matches!(banner, Banner::NotSaved(_)));
        if let SaveStatus::NotSaved(_) = &status {
            self.banners.push(Banner::NotSaved(status.text()));
        }
        if status == SaveStatus::Saved && self.is_updating {
            files::activate_update();
        }
        self.status = status;
    }

    /// Says so where the project's label set is newer than the document's.
    fn tell_newer_schema(&mut self) {
        self.banners.retain(|banner| *banner != Banner::NewerSchema);
        if self.session.newer_schema(&self.state).is_some() {
            self.banners.push(Banner::NewerSchema);
        }
    }

    /// Goes over to the new version of the program as soon as everything is saved.
    fn update_program(&mut self) {
        self.is_updating = true;
        self.session.flush();
        if matches!(self.status, SaveStatus::Saved | SaveStatus::Follows | SaveStatus::NotKept) {
            files::activate_update();
        }
    }

    fn take_settings(&mut self, settings: Settings) {
        // Everything is drawn anew, or at another size: the reader stays at the same words.
        self.scroll_to = self.place_now().filter(|place| *place > 0);
        i18n::set_language(settings.language);
        self.session.store.set_editing(settings.snap, settings.single_keys);
        self.session.store.set_counts_time(settings.counts_time);
        settings.show();
        settings.save();
        self.settings = settings;
        self.message = AttrValue::from("");
        self.show_labels();
    }

    /// Has that done in a moment which a walk through the document needs.
    fn settle_soon(&mut self, link: Scope<Self>) {
        self.settled = Some(Timeout::new(SETTLED_AFTER_MS, move || link.send_message(Msg::Settled)));
    }

    /// Does what was left until the document is painted.
    fn settle(&mut self, ctx: &Context<Self>) {
        self.check_rules(ctx);
        self.load_dialogs(ctx);
    }

    fn close_dialog(&mut self) {
        self.keep_report();
        self.dialog = None;
        self.wants_version = false;
        self.next_outcome();
        crate::web::components::article::focus_article();
    }

    /// While an end of a link is looked for, fades the labels that it cannot have.
    fn fade_labels(&mut self) {
        let linkable = linkable_labels(&self.state);
        if linkable != self.linkable {
            self.fading_sheet.fade(&self.state.schema, self.theme(), linkable.as_deref());
            self.linkable = linkable;
        }
    }

    /// Writes the label colours of the schema for the theme of the moment.
    fn show_labels(&self) {
        self.label_sheet.show(&self.state.schema, self.theme());
    }

    fn theme(&self) -> Theme {
        if self.settings.is_dark() { Theme::Dark } else { Theme::Light }
    }
}

/// Keys, files dropped anywhere, and the system's theme.
fn listeners(ctx: &Context<App>, session: &Rc<Session>) -> Vec<EventListener> {
    let mut listeners = vec![commands::key_listener(session)];
    listeners.extend(files::drop_listeners(ctx.link()));
    listeners.push(files::paste_listener(ctx.link()));
    listeners.push(files::update_listener(ctx.link()));
    listeners.extend(activity::listen(&session.store));
    if let Ok(Some(media)) = dom::window().match_media("(prefers-color-scheme: dark)") {
        let link = ctx.link().clone();
        listeners.push(EventListener::new(&media, "change", move |_| link.send_message(Msg::ThemeChanged)));
    }
    listeners
}
