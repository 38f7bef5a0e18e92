//! Keeping the open document safe: the queue of journal records, when it is flushed, and the
//! snapshots that make the journal short again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::AttrValue;

use crate::edit::editor::Editor;
use crate::edit::state::{Focus, State};
use crate::edit::transaction::Transaction;
use crate::formats::schema_json::encode_schema;
use crate::journal::record::{encode_record, record_line};
use crate::journal::snapshot::SnapshotWriter;
use crate::model::ids::DocumentId;
use crate::sorted::sort_by_key;
use crate::web::dom;
use crate::web::dom::idb::StorageError;
use crate::web::i18n::{tr, tr_with};
use crate::web::library::{Entry, Library};
use crate::web::store::Changed;

/// An edit is on its way to the disk no later than this.
const FLUSH_AFTER_MS: u32 = 200;
/// After so many records a snapshot is written.
const SNAPSHOT_EVERY: u64 = 500;
/// A document that is opened is on the screen by then, as a rule. What can wait waits so long.
const PAINTED_AFTER_MS: i32 = 100;
/// Lines of a snapshot encoded in one go: some milliseconds at most.
const CHUNK_LINES: usize = 300;
/// As many edits of a transaction.
const EDITS_AT_ONCE: usize = 200;

/// Whether the work is safe. Always on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveStatus {
    /// Nothing has been edited, or all of it is on the disk.
    Saved,
    Saving,
    NotSaved(StorageError),
    /// A document that a script opened with `keep: false`.
    NotKept,
    /// Another tab writes this work; this one follows.
    Follows,
}

impl SaveStatus {
    /// For style sheets and tests.
    pub fn class(&self) -> &'static str {
        match self {
            SaveStatus::Saved => "saved",
            SaveStatus::Saving => "saving",
            SaveStatus::NotSaved(_) => "not-saved",
            SaveStatus::NotKept => "not-kept",
            SaveStatus::Follows => "follows",
        }
    }

    /// In the person's words.
    pub fn text(&self) -> AttrValue {
        match self {
            SaveStatus::Saved => tr!("status.saved"),
            SaveStatus::Saving => tr!("status.saving"),
            SaveStatus::NotSaved(StorageError::Full) => tr!("status.not-saved-full"),
            SaveStatus::NotSaved(StorageError::Unavailable) => tr!("status.not-saved-unavailable"),
            SaveStatus::NotSaved(StorageError::Conflict) => tr!("status.not-saved-conflict"),
            SaveStatus::NotSaved(StorageError::Other(words)) => {
                tr_with!("status.not-saved-other", &[("words", words)])
            }
            SaveStatus::NotKept => tr!("status.not-kept"),
            SaveStatus::Follows => tr!("status.follows"),
        }
    }
}

/// Writes one document. Every way out of it ends in a status.
pub struct Persist {
    library: Rc<Library>,
    entry: RefCell<Entry>,
    next_seq: Cell<u64>,
    /// Not yet on the disk.
    queue: RefCell<Vec<Waiting>>,
    timer: RefCell<Option<Timeout>>,
    /// How many writes are under way.
    flushing: Cell<u32>,
    is_snapshotting: Cell<bool>,
    /// Whether long transactions are being encoded.
    is_encoding: Cell<bool>,
    /// Whether the document is on the disk at all; records wait until it is.
    is_created: Cell<bool>,
    records_since_snapshot: Cell<u64>,
    editor: EditorOf,
    on_status: Box<dyn Fn(SaveStatus)>,
    on_flushed: Box<dyn Fn()>,
}

/// A transaction that waits to be written, under its sequence number.
#[derive(Clone)]
struct Waiting {
    seq: u64,
    focus_before: Focus,
    transaction: Rc<Transaction>,
    /// Its record, where that was encoded before it is written.
    record: Option<Rc<str>>,
}

impl Waiting {
    /// Whether encoding it would hold the page.
    fn is_long(&self) -> bool {
        self.record.is_none() && self.transaction.edits.len() > EDITS_AT_ONCE
    }

    fn encode(&self) -> (u64, Rc<str>) {
        let encoded = || encode_record(self.seq, &self.focus_before, &self.transaction).into();
        (self.seq, self.record.clone().unwrap_or_else(encoded))
    }
}

/// Where a document's storage stands when it is opened.
pub struct Start {
    pub entry: Entry,
    pub next_seq: u64,
    pub records: u64,
    pub is_created: bool,
}

/// The editor of a document, while it is the open one.
pub type EditorOf = Box<dyn Fn(&DocumentId) -> Option<Editor>>;

/// What `Persist` asks of the rest of the page.
pub struct Links {
    /// The editor of a document, while it is the open one.
    pub editor: EditorOf,
    pub on_status: Box<dyn Fn(SaveStatus)>,
    /// After records reached the disk: other tabs may read them.
    pub on_flushed: Box<dyn Fn()>,
}

impl Persist {
    pub fn new(library: Rc<Library>, start: Start, links: Links) -> Rc<Persist> {
        Rc::new(Persist {
            library,
            entry: RefCell::new(start.entry),
            next_seq: Cell::new(start.next_seq),
            queue: RefCell::default(),
            timer: RefCell::default(),
            flushing: Cell::new(0),
            is_snapshotting: Cell::new(false),
            is_encoding: Cell::new(false),
            is_created: Cell::new(start.is_created),
            records_since_snapshot: Cell::new(start.records),
            editor: links.editor,
            on_status: links.on_status,
            on_flushed: links.on_flushed,
        })
    }

    pub fn entry(&self) -> Entry {
        self.entry.borrow().clone()
    }

    /// Whether the document is on the disk at all.
    pub fn is_created(&self) -> bool {
        self.is_created.get()
    }

    pub fn next_seq(&self) -> u64 {
        self.next_seq.get()
    }

    /// Another tab's record was followed.
    pub fn followed(&self, seq: u64) {
        self.next_seq.set(seq + 1);
    }

    /// Takes up a transaction: writes it soon.
    pub fn record(self: &Rc<Self>, changed: &Changed) {
        if changed.transaction.edits.is_empty() {
            return;
        }
        let seq = self.next_seq.get();
        self.next_seq.set(seq + 1);
        let (focus_before, transaction) = (changed.old.focus.clone(), changed.transaction.clone());
        self.queue.borrow_mut().push(Waiting { seq, focus_before, transaction, record: None });
        self.describe(&changed.new);
        (self.on_status)(SaveStatus::Saving);
        if self.timer.borrow().is_none() {
            let this = self.clone();
            *self.timer.borrow_mut() = Some(Timeout::new(FLUSH_AFTER_MS, move || this.flush_in_steps()));
        }
    }

    /// Writes what waits, once the long ones of them are encoded.
    fn flush_in_steps(self: &Rc<Self>) {
        self.timer.borrow_mut().take();
        let long = || self.queue.borrow().iter().find(|waiting| waiting.is_long()).cloned();
        let Some(first) = long() else { return self.flush() };
        if self.is_encoding.replace(true) {
            return;
        }
        let this = self.clone();
        spawn_local(async move {
            let mut next = Some(first);
            while let Some(waiting) = next {
                this.encode_in_steps(&waiting).await;
                next = this.queue.borrow().iter().find(|waiting| waiting.is_long()).cloned();
            }
            this.is_encoding.set(false);
            this.flush();
        });
    }

    async fn encode_in_steps(&self, waiting: &Waiting) {
        let mut line = record_line(waiting.seq, &waiting.focus_before, &waiting.transaction);
        for edits in waiting.transaction.edits.chunks(EDITS_AT_ONCE) {
            dom::next_task().await;
            line.push(edits);
        }
        // It is there no more where someone could not wait for it.
        if let Some(own) = self.queue.borrow_mut().iter_mut().find(|other| other.seq == waiting.seq) {
            own.record = Some(line.finish().into());
        }
    }

    /// Writes what waits, now. A write under way is not waited for: the page may be about to go,
    /// and the database does one write after the other anyhow.
    pub fn flush(self: &Rc<Self>) {
        self.timer.borrow_mut().take();
        if !self.is_created.get() || self.queue.borrow().is_empty() {
            return;
        }
        self.flushing.set(self.flushing.get() + 1);
        let this = self.clone();
        let waiting = std::mem::take(&mut *self.queue.borrow_mut());
        let records: Vec<(u64, Rc<str>)> = waiting.iter().map(Waiting::encode).collect();
        let entry = self.entry();
        // The writes are issued before the first wait, so that a page about to go still makes them.
        spawn_local(async move {
            let result = this.library.append(&entry, &records).await;
            this.flushing.set(this.flushing.get() - 1);
            match result {
                Ok(()) => {
                    this.records_since_snapshot.set(this.records_since_snapshot.get() + records.len() as u64);
                    (this.on_flushed)();
                    this.after_write();
                }
                Err(error) => {
                    let mut queue = this.queue.borrow_mut();
                    queue.splice(0..0, waiting);
                    // A later write may have come back first.
                    sort_by_key(&mut queue, |waiting| waiting.seq);
                    drop(queue);
                    (this.on_status)(SaveStatus::NotSaved(error));
                }
            }
        });
    }

    fn after_write(self: &Rc<Self>) {
        if !self.queue.borrow().is_empty() {
            self.flush_in_steps();
        }
        if self.flushing.get() > 0 || !self.queue.borrow().is_empty() {
            return;
        }
        (self.on_status)(SaveStatus::Saved);
        if self.records_since_snapshot.get() >= SNAPSHOT_EVERY {
            self.snapshot(None);
        }
    }

    /// Writes the whole work anew, in slices, while the person goes on. `text` is given the
    /// first time.
    pub fn snapshot(self: &Rc<Self>, text: Option<Rc<str>>) {
        // Taken now: a moment later another document may be the open one.
        let id = self.entry.borrow().id.clone();
        let Some(editor) = (self.editor)(&id) else { return };
        if self.is_snapshotting.replace(true) {
            return;
        }
        // Records that still wait are in the snapshot's state: it counts from them on.
        let seq = self.next_seq.get() - 1;
        let this = self.clone();
        spawn_local(async move {
            if text.is_some() {
                dom::pause(PAINTED_AFTER_MS).await;
            }
            let result = this.write_snapshot(editor, seq, text).await;
            this.is_snapshotting.set(false);
            match result {
                Ok(()) => {
                    this.is_created.set(true);
                    this.after_write();
                }
                Err(error) => (this.on_status)(SaveStatus::NotSaved(error)),
            }
        });
    }

    async fn write_snapshot(
        self: &Rc<Self>,
        editor: Editor,
        seq: u64,
        text: Option<Rc<str>>,
    ) -> Result<(), StorageError> {
        let (id, generation) = {
            let entry = self.entry.borrow();
            (entry.id.clone(), entry.generation + 1)
        };
        let number = put_chunks(&self.library, (&id, generation), &editor, seq).await?;
        if self.next_seq.get() == seq + 1 {
            self.describe(editor.state());
        }
        // Before the write, so that a flush issued after it does not name the old snapshot.
        self.entry.borrow_mut().generation = generation;
        let entry = self.entry();
        self.library.finish_snapshot(&entry, number, seq, text.as_deref()).await?;
        self.queue.borrow_mut().retain(|waiting| waiting.seq > seq);
        self.records_since_snapshot.set(0);
        Ok(())
    }

    /// What the list of documents shows.
    fn describe(&self, state: &State) {
        self.entry.borrow_mut().describe(state);
    }

    /// Sets or takes the mark of the document.
    pub async fn note_flag(&self, is_flagged: bool) -> Result<(), StorageError> {
        self.entry.borrow_mut().is_flagged = is_flagged;
        if !self.is_created.get() {
            // It goes with the first snapshot.
            return Ok(());
        }
        let entry = self.entry();
        self.library.put_entry(&entry).await
    }

    /// Notes where the reader is, for the next visit.
    pub fn note_place(self: &Rc<Self>, place: u32) {
        if self.entry.borrow().place == place || !self.is_created.get() {
            return;
        }
        self.entry.borrow_mut().place = place;
        let this = self.clone();
        let entry = self.entry();
        spawn_local(async move {
            // A place that is lost costs a scroll, not work.
            let _ = this.library.put_entry(&entry).await;
        });
    }
}

/// Stores a snapshot of an editor, which counts once [`Library::finish_snapshot`] says so. Each part waits for its
/// turn: the page has its own before, and after. How many parts there are.
pub async fn put_chunks(
    library: &Library,
    (id, generation): (&DocumentId, u64),
    editor: &Editor,
    seq: u64,
) -> Result<u64, StorageError> {
    let schema = encode_schema(&editor.state().schema).to_string();
    let mut writer = SnapshotWriter::new(editor, &schema, seq);
    let mut number = 0;
    loop {
        dom::next_task().await;
        if writer.prepare(CHUNK_LINES, EDITS_AT_ONCE) {
            continue;
        }
        let Some(chunk) = writer.next_chunk(CHUNK_LINES) else { return Ok(number) };
        library.put_chunk(id, generation, number, &chunk).await?;
        number += 1;
    }
}
