//! The work on this computer: which document is open, who may write it, and everything that
//! leads to another one.

mod adding;
mod exchanging;
mod keeping;
mod listed;
mod projects;
mod reopening;
mod stored;
mod tabs;
mod versions;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::edit::editor::Editor;
use crate::edit::keymap::Command;
use crate::edit::state::State;
use crate::formats::json::NativeFile;
use crate::formats::presets::default_schema;
use crate::model::document::{Document, field_text};
use crate::model::ids::{AnnotatorId, DocumentId, FieldKey, IdSource};
use crate::model::schema::AttributeValue;
use crate::web::clock;
use crate::web::dom;
use crate::web::dom::idb::StorageError;
use crate::web::dom::locks::TabLock;
use crate::web::exchange::Exchange;
use crate::web::library::{Entry, Library};
use crate::web::long_work::{LongWork, Stop};
use crate::web::persist::{Links, Persist, SaveStatus, Start};
pub use crate::web::session::adding::ReadAs;
pub use crate::web::session::exchanging::{ExportFailure, export_state};
pub use crate::web::session::keeping::{Backup, Given, Restored};
use crate::web::session::projects::OpenProject;
pub use crate::web::session::projects::Project;
use crate::web::session::reopening::Found;
pub use crate::web::session::reopening::Reopened;
use crate::web::settings::Settings;
use crate::web::store::{Store, StoreEvent, Subscription};

/// The article that is open on a first visit.
const SAMPLE: &str = include_str!("../../static/article.txt");
const FACT_ANNOTATOR: &str = "annotator";
const FACT_LAST: &str = "last-document";
const FACT_BACKUP: &str = "last-backup";
const CHANNEL: &str = "sourcier";
const TITLE_CHARS_MAX: usize = 60;

/// What happened to the work, for the page.
#[derive(Clone)]
pub enum SessionEvent {
    /// The first document is there.
    Ready,
    Status(SaveStatus),
    /// Storage does not work; the work goes on in memory.
    StorageFailed(StorageError),
    /// Something stored could not be read. The raw data can be saved to a file.
    Damaged {
        count: usize,
        raw: String,
    },
    /// The browser will not promise to keep the work.
    NotPersistent,
    /// When the last backup of the open project was made, if ever.
    BackupNoted(Option<u64>),
    DocumentsChanged,
    /// How far a long work is, in percent; `None` when it is over. The sentence for it, and what stops it.
    LongWork(&'static str, Stop, Option<usize>),
    /// How far work on many documents is: the sentence for it, and how many of how many are done.
    Working(&'static str, usize, usize),
}

/// The open document and its storage.
struct Open {
    persist: Option<Rc<Persist>>,
    _lock: RefCell<Option<TabLock>>,
}

pub struct Session {
    pub store: Rc<Store>,
    /// The worker of the formats.
    pub exchange: Exchange,
    /// That of the open project.
    library: RefCell<Option<Rc<Library>>>,
    project: OpenProject,
    open: RefCell<Open>,
    on_event: Box<dyn Fn(SessionEvent)>,
    channel: Option<BroadcastChannel>,
    asked_to_persist: Cell<bool>,
    /// Ends the opening of the file or document that is on its way, if one is.
    opening: RefCell<Stop>,
    /// The same of the export by the worker.
    exporting: RefCell<Stop>,
    /// The last file that was opened, until it is let go of.
    pub last_file: RefCell<Option<NativeFile>>,
    subscription: RefCell<Option<Subscription>>,
    listeners: RefCell<Vec<EventListener>>,
}

/// What a document is called where it has no title: its headline, else its first words.
pub fn title_of(state: &State) -> String {
    let named = ["title", "headline"].iter().find_map(|key| field_text(&state.fields, key));
    if let Some(named) = named.filter(|named| !named.trim().is_empty()) {
        return named.to_string();
    }
    let words = state.document.text.trim_start();
    let first: String =
        words.chars().take(TITLE_CHARS_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if words.chars().nth(TITLE_CHARS_MAX).is_some() { format!("{}…", first.trim_end()) } else { first }
}

impl Session {
    /// A session with nothing stored yet; [`Session::start`] goes on from there.
    pub fn new(on_event: impl Fn(SessionEvent) + 'static) -> Rc<Session> {
        let mut ids = IdSource::new(clock::seed());
        let annotator = ids.annotator();
        let empty = Document::new(ids.document(), Rc::from(""), clock::now_ms());
        let state = State::new(Rc::new(empty), Rc::new(default_schema()));
        let session = Rc::new(Session {
            store: Store::new(Editor::new(state), annotator),
            exchange: Exchange::default(),
            library: RefCell::default(),
            project: OpenProject::default(),
            open: RefCell::new(Open { persist: None, _lock: RefCell::default() }),
            on_event: Box::new(on_event),
            channel: BroadcastChannel::new(CHANNEL).ok(),
            asked_to_persist: Cell::new(false),
            opening: RefCell::default(),
            exporting: RefCell::default(),
            last_file: RefCell::default(),
            subscription: RefCell::default(),
            listeners: RefCell::default(),
        });
        session.listen();
        session
    }

    /// The first listener of all: storage comes before the screen.
    fn listen(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let subscription = self.store.subscribe(move |event| {
            let (Some(session), StoreEvent::Changed(changed)) = (weak.upgrade(), &**event) else { return };
            if changed.is_followed || changed.transaction.edits.is_empty() {
                return;
            }
            if let Some(persist) = &session.open.borrow().persist {
                persist.record(changed);
                if !Rc::ptr_eq(&changed.old.schema, &changed.new.schema) {
                    session.note_schema(&changed.old.schema, &changed.new.schema);
                }
            }
            session.ask_to_persist();
        });
        *self.subscription.borrow_mut() = Some(subscription);
        let mut listeners = self.listeners.borrow_mut();
        for (target, name) in [
            (dom::document().unchecked_into::<web_sys::EventTarget>(), "visibilitychange"),
            (dom::window().into(), "pagehide"),
        ] {
            let weak = Rc::downgrade(self);
            listeners.push(EventListener::new(&target, name, move |_| {
                if let Some(session) = weak.upgrade() {
                    session.flush();
                }
            }));
        }
        if let Some(channel) = &self.channel {
            let weak = Rc::downgrade(self);
            listeners.push(EventListener::new(channel, "message", move |event| {
                let message = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                if let (Some(session), Some(document)) = (weak.upgrade(), message) {
                    session.other_tab_wrote(&document);
                }
            }));
        }
    }

    pub fn tell(&self, event: SessionEvent) {
        (self.on_event)(event);
    }

    /// Begins to open a file or a stored document. Any other that is on its way is left.
    pub fn begin_opening(self: &Rc<Self>) -> LongWork {
        self.stop_opening();
        let stop = Stop::default();
        *self.opening.borrow_mut() = stop.clone();
        self.begin_work("banner.opening", stop)
    }

    /// Ends the opening of a file or document, where one is under way. What was open stays.
    fn stop_opening(&self) {
        self.opening.borrow().ask();
    }

    /// Whether, after an opening that was stopped, this document is still on the screen and no other is on its
    /// way.
    fn is_left_with(&self, id: &DocumentId) -> bool {
        self.is_open(id) && self.opening.borrow().is_asked()
    }

    /// Begins what may take long. Where it does, the page shows how far it is and what stops it.
    pub fn begin_work(self: &Rc<Self>, words: &'static str, stop: Stop) -> LongWork {
        let (session, told) = (self.clone(), stop.clone());
        LongWork::begin(stop, move |percent| {
            session.tell(SessionEvent::LongWork(words, told.clone(), percent));
        })
    }

    /// Opens the storage and the last document, or the sample on a first visit.
    pub async fn start(self: &Rc<Self>) {
        match Library::open("").await {
            Ok(library) => {
                if let Err(error) = self.start_from_library(Rc::new(library)).await {
                    self.tell(SessionEvent::StorageFailed(error));
                    self.open_sample();
                }
            }
            Err(error) => {
                self.tell(SessionEvent::StorageFailed(error));
                self.open_sample();
            }
        }
        self.tell(SessionEvent::Ready);
    }

    async fn start_from_library(self: &Rc<Self>, home: Rc<Library>) -> Result<(), StorageError> {
        *self.library.borrow_mut() = Some(home.clone());
        *self.project.home.borrow_mut() = Some(home.clone());
        match home.fact(FACT_ANNOTATOR).await? {
            Some(annotator) => self.store.set_annotator(AnnotatorId::from(annotator.as_str())),
            None => home.put_fact(FACT_ANNOTATOR, self.store.annotator().as_str()).await?,
        }
        let project = self.last_project().await?;
        let library = match project.as_str() {
            "" => home.clone(),
            id => Rc::new(Library::open(id).await?),
        };
        let is_first_visit = project.as_str().is_empty() && home.fact(FACT_LAST).await?.is_none();
        self.go_into(project, library.clone()).await?;
        let empty = self.store.state().document.id.clone();
        let work = self.begin_opening();
        match self.find_first(&library, &work).await? {
            Found::Read(found) => return self.show(&library, *found).await,
            // Whoever does not want to wait for it chooses another one.
            Found::Stopped if self.is_left_with(&empty) => {
                self.open_nothing();
                self.store.run(Command::Documents, false);
            }
            Found::Stopped => {}
            Found::Unreadable if is_first_visit => self.open_sample(),
            Found::Unreadable => self.open_nothing(),
        }
        Ok(())
    }

    fn library(&self) -> Option<Rc<Library>> {
        self.library.borrow().clone()
    }

    /// Opens the sample article as a document of its own.
    pub fn open_sample(self: &Rc<Self>) {
        let id = self.store.with_ids(IdSource::document);
        let document = Document::new(id, Rc::from(SAMPLE), clock::now_ms());
        let mut state = State::new(Rc::new(document), Rc::new(default_schema()));
        let fields = Rc::make_mut(&mut state.fields);
        for (key, value) in [
            ("title", "Soutien de Moscou au Kazakhstan"),
            ("language", "fr"),
            ("agency", "Agence France-Presse"),
            ("date_published", "2022-02"),
            ("dateline_place", "Moscou"),
        ] {
            fields.insert(FieldKey::from(key), AttributeValue::Text(Rc::from(value)));
        }
        self.open_state(state, true);
    }

    /// Puts new work on the screen and, with `keep`, on the disk.
    pub fn open_state(self: &Rc<Self>, state: State, keep: bool) {
        self.close();
        let id = state.document.id.clone();
        let text = state.document.text.clone();
        let entry = Entry::of(&state, clock::now_ms());
        self.store.set_read_only(false);
        self.store.open(Editor::new(state));
        if let Some(library) = self.library().filter(|_| keep) {
            let start = Start { entry, next_seq: 1, records: 0, is_created: false };
            let persist = Persist::new(library.clone(), start, self.links(&id));
            self.open.borrow_mut().persist = Some(persist.clone());
            self.tell(SessionEvent::Status(SaveStatus::Saving));
            persist.snapshot(Some(text));
            self.note_last(&id);
            self.lock(&id);
        } else if !keep {
            self.tell(SessionEvent::Status(SaveStatus::NotKept));
        }
        self.tell(SessionEvent::DocumentsChanged);
    }

    fn links(self: &Rc<Self>, id: &DocumentId) -> Links {
        let id = id.clone();
        let (editor, status, flushed) = (Rc::downgrade(self), Rc::downgrade(self), Rc::downgrade(self));
        Links {
            editor: Box::new(move |id| {
                let editor = editor.upgrade()?.store.editor();
                (editor.state().document.id == *id).then_some(editor)
            }),
            on_status: Box::new(move |save_status| {
                let Some(session) = status.upgrade() else { return };
                // Of a document that was closed while it was saved, only a failure matters.
                let is_failure = matches!(save_status, SaveStatus::NotSaved(_));
                let is_open = |persist: &Rc<Persist>| persist.entry().id == id;
                if is_failure || session.open.borrow().persist.as_ref().is_some_and(is_open) {
                    session.save_status(save_status);
                }
            }),
            on_flushed: Box::new(move || {
                if let Some(session) = flushed.upgrade() {
                    session.tell_other_tabs();
                }
            }),
        }
    }

    fn save_status(&self, status: SaveStatus) {
        if status == SaveStatus::NotSaved(StorageError::Conflict) {
            self.store.set_read_only(true);
        }
        if let Some(crash) = dom::element_by_id("crash")
            && status == SaveStatus::Saved
        {
            let _ = crash.dataset().set("saved", &crate::web::i18n::time_of_day(clock::now_ms()));
        }
        self.tell(SessionEvent::Status(status));
    }

    /// Lets go of the open document, with everything written. One that is on its way is not waited for: it
    /// would take the place of what comes now.
    fn close(&self) {
        self.stop_opening();
        self.flush();
        let mut open = self.open.borrow_mut();
        open.persist = None;
        open._lock.borrow_mut().take();
    }

    /// Writes what waits, now.
    pub fn flush(&self) {
        if let Some(persist) = &self.open.borrow().persist {
            persist.flush();
        }
    }

    fn note_last(&self, id: &DocumentId) {
        if let Some(library) = self.library() {
            let id = id.to_string();
            spawn_local(async move {
                // Losing it costs one click at the next visit.
                let _ = library.put_fact(FACT_LAST, &id).await;
            });
        }
    }

    /// After the first edit, asks the browser to keep the work when disk space is short.
    fn ask_to_persist(self: &Rc<Self>) {
        if self.asked_to_persist.replace(true) || self.library.borrow().is_none() {
            return;
        }
        let storage = dom::window().navigator().storage();
        let Ok(persisted) = storage.persist() else { return };
        let session = self.clone();
        spawn_local(async move {
            let granted = wasm_bindgen_futures::JsFuture::from(persisted).await;
            if granted.is_ok_and(|granted| granted.as_bool() == Some(false)) {
                session.tell(SessionEvent::NotPersistent);
            }
        });
    }

    /// The text with this hash, where a document has it.
    pub async fn stored_text(&self, sha256: &str) -> Option<Rc<str>> {
        self.library()?.text(sha256).await.ok().flatten().map(Rc::from)
    }

    pub async fn entries(&self) -> Result<Vec<Entry>, StorageError> {
        let Some(library) = self.library() else { return Ok(Vec::new()) };
        let mut entries = library.entries().await?;
        // The open document is one of them before it is on the disk.
        let open = self.open.borrow().persist.as_ref().map(|persist| persist.entry());
        if let Some(open) = open.filter(|open| entries.iter().all(|entry| entry.id != open.id)) {
            entries.insert(0, open);
        }
        Ok(entries)
    }

    /// Takes a document away for good; another one, or nothing, is open afterwards.
    pub async fn remove_document(self: &Rc<Self>, id: &DocumentId) -> Result<(), StorageError> {
        let Some(library) = self.library() else { return Ok(()) };
        let was_open = self.is_open(id);
        if was_open {
            self.close();
        }
        library.remove(id).await?;
        if was_open {
            let next = library.entries().await?.into_iter().next();
            let reopened = match next {
                Some(next) => self.open_document(&next.id).await?,
                None => Reopened::Unreadable,
            };
            match reopened {
                Reopened::Open => {}
                Reopened::Stopped if !self.is_left_with(id) => {}
                Reopened::Stopped | Reopened::Unreadable => self.open_nothing(),
            }
        }
        self.tell(SessionEvent::DocumentsChanged);
        Ok(())
    }

    /// Takes everything on this computer away.
    pub async fn erase(self: &Rc<Self>) -> Result<(), StorageError> {
        self.close();
        self.erase_projects().await?;
        Settings::forget();
        Ok(())
    }

    /// Notes that a backup was made now.
    pub fn note_backup(&self) {
        let now_ms = clock::now_ms();
        if let Some(library) = self.library() {
            spawn_local(async move {
                let _ = library.put_fact(FACT_BACKUP, &now_ms.to_string()).await;
            });
        }
        self.tell(SessionEvent::BackupNoted(Some(now_ms)));
    }

    /// Notes where the reader is.
    pub fn note_place(&self, place: u32) {
        if let Some(persist) = &self.open.borrow().persist {
            persist.note_place(place);
        }
    }

    /// Where the reader was.
    pub fn place(&self) -> u32 {
        self.open.borrow().persist.as_ref().map_or(0, |persist| persist.entry().place)
    }
}
