//! Opening files: native files, with or without their text, and plain text.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::edit::state::State;
use crate::formats::json::{Building, NativeFile, OpenContext, ReadError, Reading, is_sourcier_json};
use crate::formats::schema_json::{SchemaProblem, read_schema_file};
use crate::formats::{Content, ExportOptions};
use crate::model::document::Document;
use crate::model::ids::{AnnotationId, DocumentId, FieldKey, IdSource};
use crate::model::schema::{AttributeValue, Schema};
use crate::web::clock;
use crate::web::components::dialogs::report_text::report_of;
use crate::web::dom;
use crate::web::long_work::LongWork;
use crate::web::session::{Backup, Given, Restored, Session, title_of};

/// Plain texts up to this size are opened.
const TEXT_SIZE_MAX: usize = 32 << 20;

/// When a file that was opened is let go of: it is painted by then, and mostly saved.
const LET_GO_AFTER_MS: i32 = 1_000;
/// How many of its annotations go at once.
const LET_GO_AT_ONCE: usize = 1_000;

/// How much of the way is behind when the file is read.
const READ_PERCENT: usize = 40;

/// What became of a file.
pub enum FileOutcome {
    Opened {
        report: Option<OpenReport>,
    },
    /// The document is on this computer: the person decides.
    Clash(Clash),
    /// A new version of the open text that is the same text.
    SameText,
    /// A new version of the open text that is another article: the person decides.
    Unrelated(Unrelated),
    /// The file has no text, and none with its hash is here.
    NeedsText(WaitingFile),
    Failed(ReadError),
    /// It is not wanted any more; all is as it was.
    Stopped,
    /// A label set on its own, or what is wrong with it.
    Schema(Result<Schema, Vec<SchemaProblem>>),
    /// A backup: how many documents came from it.
    Restored(Restored),
    /// A backup, and documents here: the person decides where it goes.
    Backup(Rc<Backup>),
    /// A file that is none of this program's own, or has another label set than the open document:
    /// the worker knows it, and the person says what becomes of its labels.
    Foreign(Vec<u8>),
    /// Not a file that this program opens.
    NotText,
}

/// A file that was read and waits for its text.
pub struct WaitingFile {
    pub name: String,
    pub file: NativeFile,
    /// Whether the document is to be stored.
    pub keep: bool,
}

/// A document to open that is here already.
pub struct Clash {
    pub id: DocumentId,
    pub title: String,
    pub modified_here_ms: Option<u64>,
    pub annotations_here: usize,
    pub annotations_file: usize,
    pub state: State,
    pub report: Option<OpenReport>,
}

/// The work on the open text, put on one that shares next to nothing with it.
pub struct Unrelated {
    pub state: State,
    pub report: OpenReport,
}

/// What a person must be told about a file that was opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenReport {
    pub file_name: String,
    /// Of a new version of a text: how many annotations are in it.
    pub version: Option<Rc<str>>,
    /// The least sure first.
    pub moved: ReportPart<MovedLine>,
    pub unplaced: ReportPart<Rc<str>>,
    pub problems: ReportPart<Rc<str>>,
}

/// A part of a report: how much there is to tell, and the lines that are told. To write them all would take
/// minutes where everything moved.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportPart<T> {
    pub count: usize,
    pub lines: Vec<T>,
}

impl<T> Default for ReportPart<T> {
    fn default() -> Self {
        ReportPart { count: 0, lines: Vec::new() }
    }
}

/// An annotation that is at another place now.
#[derive(Clone, Debug, PartialEq)]
pub struct MovedLine {
    pub id: AnnotationId,
    pub text: Rc<str>,
}

impl Session {
    /// Opens a file that a person gave. What is open stays open until the file is known to be
    /// good, and is stored before it goes.
    pub async fn open_file(self: &Rc<Self>, name: &str, bytes: Vec<u8>) -> FileOutcome {
        // First what is mostly known from its first bytes: the others are read whole to be known.
        if is_sourcier_json(&bytes) {
            let outcome = self.open_bytes(name, &bytes, true, false).await;
            return outcome.unwrap_or(FileOutcome::Foreign(bytes));
        }
        match self.take_backup(&bytes).await {
            Some(Given::Restored(restored)) => return FileOutcome::Restored(restored),
            Some(Given::Asked(backup)) => return FileOutcome::Backup(backup),
            None => {}
        }
        match read_schema_file(&bytes) {
            Some(schema) => FileOutcome::Schema(schema),
            None => FileOutcome::Foreign(bytes),
        }
    }

    /// Opens a native file with the label set that it brings, whichever is in use.
    pub async fn open_with_own_labels(self: &Rc<Self>, name: &str, native: &[u8]) -> FileOutcome {
        self.open_bytes(name, native, true, true).await.unwrap_or(FileOutcome::NotText)
    }

    /// Opens a native file; with `keep` it is stored. `None` where it has another label set than the one
    /// in use, which only `with_any_labels` takes.
    pub async fn open_bytes(
        self: &Rc<Self>,
        name: &str,
        bytes: &[u8],
        keep: bool,
        with_any_labels: bool,
    ) -> Option<FileOutcome> {
        dom::reserve_for_file(bytes.len());
        let work = self.begin_opening();
        work.part(0, READ_PERCENT);
        match read_steps(&work, bytes).await {
            Ok(Some(file)) if with_any_labels || file.schema.names_the_same(&self.store.state().schema) => {
                let waiting = WaitingFile { name: name.to_string(), file, keep };
                Some(self.open_native(waiting, None, work).await)
            }
            Ok(_) => None,
            Err(error) => Some(FileOutcome::Failed(error)),
        }
    }

    /// Opens a plain text as it is. Whether it is one: UTF-8, a byte order mark being a signature.
    pub fn open_text(self: &Rc<Self>, name: &str, bytes: &[u8]) -> bool {
        match self.text_state(name, bytes) {
            Some(state) => {
                self.open_state(state, true);
                true
            }
            None => false,
        }
    }

    /// Puts a parsed file on its text: the given one, its own, or a stored one with its hash.
    pub async fn open_native(
        self: &Rc<Self>,
        mut waiting: WaitingFile,
        text: Option<Rc<str>>,
        work: LongWork,
    ) -> FileOutcome {
        if let (None, Some(own)) = (&text, &waiting.file.text) {
            waiting.file.text_sha256 = dom::sha256_hex(own).await.map(Rc::from);
        }
        let text = match (text, &waiting.file.text) {
            (Some(text), _) => Some(text),
            (None, Some(_)) => None,
            (None, None) => self.stored_text(&waiting.file.sha256).await,
        };
        if text.is_none() && waiting.file.text.is_none() {
            return FileOutcome::NeedsText(waiting);
        }
        let annotator_id = self.store.annotator();
        let mut ids = IdSource::new(clock::seed());
        let context = OpenContext { ids: &mut ids, annotator_id, time_ms: clock::now_ms() };
        let Ok(mut building) = Building::new(&waiting.file, text, context) else {
            return FileOutcome::NeedsText(waiting);
        };
        work.part(READ_PERCENT, 100);
        if !work.run(&mut || building.step().then(|| building.percent())).await {
            return FileOutcome::Stopped;
        }
        let opened = building.finish();
        // What came through the worker has no file of its own.
        let title = || title_of(&opened.state);
        let name = if waiting.name.is_empty() { title() } else { waiting.name.clone() };
        let report = report_of(&name, &opened);
        let state = opened.state;
        let here = if waiting.keep { self.entries().await.unwrap_or_default() } else { Vec::new() };
        match here.into_iter().find(|entry| entry.id == state.document.id) {
            Some(entry) => FileOutcome::Clash(Clash {
                id: entry.id,
                title: entry.title,
                modified_here_ms: entry.modified_ms,
                annotations_here: entry.annotations,
                annotations_file: state.annotations.len(),
                state,
                report,
            }),
            None => {
                self.open_state(state, waiting.keep);
                self.let_go_of(waiting.file);
                FileOutcome::Opened { report }
            }
        }
    }

    /// Lets go of all that a file was. That takes a moment, which is better had when all is done; the file
    /// before it goes at once, or one after the other would pile up.
    fn let_go_of(self: &Rc<Self>, file: NativeFile) {
        *self.last_file.borrow_mut() = Some(file);
        let session = self.clone();
        spawn_local(async move {
            dom::pause(LET_GO_AFTER_MS).await;
            let shrink = |file: &mut NativeFile| file.shrink(LET_GO_AT_ONCE);
            while session.last_file.borrow_mut().as_mut().is_some_and(shrink) {
                dom::next_task().await;
            }
            session.last_file.take();
        });
    }

    /// Opens the file's work as a document of its own, beside the one that is here.
    pub fn keep_both(self: &Rc<Self>, clash: &Clash) {
        self.open_state(self.under_another_id(clash.state.clone()), true);
    }

    /// How the open document is exported.
    pub fn export_options(&self, content: Content, annotator_name: &str) -> ExportOptions {
        ExportOptions {
            content,
            annotator_id: self.store.annotator(),
            annotator_name: (!annotator_name.is_empty()).then(|| Rc::from(annotator_name)),
        }
    }

    /// A document from the bytes of a plain text.
    fn text_state(&self, name: &str, bytes: &[u8]) -> Option<State> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= TEXT_SIZE_MAX)?;
        if text.contains('\0') {
            return None;
        }
        let id = self.store.with_ids(IdSource::document);
        let document = Document::new(id, Rc::from(text), clock::now_ms());
        let mut state = State::new(Rc::new(document), self.schema_in_use());
        let title = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        if !title.is_empty() {
            let title = AttributeValue::Text(Rc::from(title));
            Rc::make_mut(&mut state.fields).insert(FieldKey::from("title"), title);
        }
        Some(state)
    }
}

/// Reads a native file. `None` where it is stopped.
pub async fn read_steps(work: &LongWork, bytes: &[u8]) -> Result<Option<NativeFile>, ReadError> {
    let mut reading = Reading::new(bytes)?;
    let mut read = Ok(None);
    let mut step = || {
        read = reading.step();
        matches!(read, Ok(None)).then(|| reading.percent())
    };
    if work.run(&mut step).await { read } else { Ok(None) }
}
