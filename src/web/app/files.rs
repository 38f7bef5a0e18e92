//! Files in and out: opening, backups, removing, erasing.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DragEvent, File, FileList, HtmlInputElement};
use yew::html::Scope;
use yew::prelude::*;

use crate::edit::commands::replace::replace_work;
use crate::edit::schema_change::SchemaDraft;
use crate::formats::json::is_sourcier_json;
use crate::json::Value;
use crate::model::ids::DocumentId;
use crate::view_model::excerpt::one_line;
use crate::web::app::dialog::DialogKind;
use crate::web::app::projects::{ProjectDialog, failed};
use crate::web::app::{App, Msg};
use crate::web::components::dialogs::import::Imported;
use crate::web::components::dialogs::opening::{ClashAnswer, read_error_text};
use crate::web::components::dialogs::report_text::schema_problem_text;
use crate::web::dom;
use crate::web::dom::keys::{KeyTarget, PASTE_ID, key_target};
use crate::web::i18n::{tr, tr_with};
use crate::web::opening::{Clash, FileOutcome};
use crate::web::page_reader;
use crate::web::ptr_eq::PtrEq;
use crate::web::session::{ReadAs, Reopened, Session};

/// The most characters of a pasted text that it is called by.
const TITLE_LEN_MAX: usize = 60;

impl App {
    pub(super) fn choose_file(&self) {
        if let Some(input) = self.file_input.cast::<HtmlInputElement>() {
            input.click();
        }
    }

    /// Asks for the text of the file that waits for one.
    pub(super) fn choose_text(&mut self) {
        self.dialog = None;
        self.choose_file();
    }

    /// Opens the files one after the other; the last one stays open.
    pub(super) fn open_files(&mut self, ctx: &Context<Self>, files: Vec<File>) {
        // The same file again must count as a change, and the next choice must not add to this one.
        if let Some(input) = self.file_input.cast::<HtmlInputElement>() {
            input.set_value("");
        }
        let (session, link) = (self.session.clone(), ctx.link().clone());
        let waiting = self.waiting.borrow_mut().take();
        spawn_local(async move {
            let mut waiting = waiting;
            let mut foreign = Vec::new();
            for file in files {
                let path = dom::files::path(&file);
                let Ok(bytes) = dom::files::read(&file).await else {
                    link.send_message(Msg::FileDone(path, Box::new(FileOutcome::NotText)));
                    continue;
                };
                let text = waiting.as_ref().and_then(|_| String::from_utf8(bytes.clone()).ok());
                let outcome = match (waiting.take(), text) {
                    (Some(waiting), Some(text)) => {
                        let work = session.begin_opening();
                        session.open_native(waiting, Some(Rc::from(text)), work).await
                    }
                    _ => session.open_file(&path, bytes).await,
                };
                match outcome {
                    FileOutcome::Foreign(bytes) => foreign.push((path, bytes)),
                    // Those after it are not wanted either.
                    FileOutcome::Stopped => break,
                    outcome => link.send_message(Msg::FileDone(path, Box::new(outcome))),
                }
            }
            if !foreign.is_empty() {
                link.send_message(read_foreign(&session, foreign).await);
            }
        });
    }

    /// Shows what was pasted: as a web page where it has more than words, else exactly the plain text.
    pub(super) fn paste(&mut self, ctx: &Context<Self>, html: Option<String>, plain: String) {
        if matches!(self.dialog, Some(DialogKind::Paste)) {
            self.close_dialog();
        }
        if plain.trim().is_empty() && html.is_none() {
            return;
        }
        let (session, link) = (self.session.clone(), ctx.link().clone());
        spawn_local(async move {
            // A name is a path, and this one has no folders.
            let title = one_line(plain.trim_start(), TITLE_LEN_MAX).replace('/', " ");
            let page = match &html {
                Some(html) => page_reader::read_selection(html, &plain).await,
                None => None,
            };
            let (path, bytes) = match page {
                Some(page) => (format!("{title}.html"), page),
                None => (format!("{title}.txt"), plain.into_bytes()),
            };
            let message = match session.open_file(&path, bytes).await {
                FileOutcome::Foreign(bytes) => read_foreign(&session, vec![(path, bytes)]).await,
                outcome => Msg::FileDone(path, Box::new(outcome)),
            };
            link.send_message(message);
        });
    }

    /// Shows what is in files of other programs.
    pub(super) fn show_import(&mut self, told: Value, present: Vec<String>) {
        self.dialog = Some(DialogKind::Import(PtrEq(Rc::new(told)), PtrEq(Rc::from(present))));
    }

    /// Takes up what an import led to.
    pub(super) fn import_done(&mut self, ctx: &Context<Self>, imported: Imported) {
        self.dialog = None;
        self.wants_version = false;
        let is_version = matches!(imported, Imported::Version(_));
        match imported {
            Imported::Many(restored) => self.dialog = Some(DialogKind::Restored(restored)),
            Imported::One(native) | Imported::Version(native) => {
                let (session, link) = (self.session.clone(), ctx.link().clone());
                spawn_local(async move {
                    let outcome = match is_version {
                        true => session.open_version(&native).await,
                        false => session.open_with_own_labels("", &native).await,
                    };
                    link.send_message(Msg::FileDone(String::new(), Box::new(outcome)));
                });
            }
        }
    }

    /// Takes up what became of a file. Each is told in turn: a question about one file must not be
    /// swept away by the next.
    pub(super) fn file_done(&mut self, name: String, outcome: FileOutcome) {
        self.outcomes.push_back((name, outcome));
        if self.dialog.is_none() {
            self.next_outcome();
        }
    }

    /// Tells of the next file, where one waits that there is something to tell of.
    pub(super) fn next_outcome(&mut self) {
        while self.dialog.is_none()
            && let Some((name, outcome)) = self.outcomes.pop_front()
        {
            self.dialog = self.dialog_of(&name, outcome);
        }
    }

    fn dialog_of(&self, name: &str, outcome: FileOutcome) -> Option<DialogKind> {
        let failed =
            |words: AttrValue| Some(DialogKind::Failed(tr_with!("open.failed", &[("name", name)]), words));
        match outcome {
            FileOutcome::Opened { report: None } => None,
            FileOutcome::Opened { report: Some(report) } => Some(DialogKind::Report(PtrEq(Rc::new(report)))),
            FileOutcome::SameText => Some(DialogKind::Failed(tr!("version.title"), tr!("version.same"))),
            FileOutcome::Unrelated(version) => Some(DialogKind::Unrelated(Rc::new(version))),
            FileOutcome::Clash(clash) => Some(DialogKind::Clash(Rc::new(clash))),
            FileOutcome::NeedsText(file) => {
                *self.waiting.borrow_mut() = Some(file);
                Some(DialogKind::NeedsText)
            }
            FileOutcome::Schema(Ok(schema)) => {
                let draft = SchemaDraft::replacing(self.state.schema.clone(), schema);
                *self.schema_memory.draft.borrow_mut() = draft.is_changed().then_some(draft);
                Some(DialogKind::SchemaEditor)
            }
            FileOutcome::Schema(Err(problems)) => {
                let lines = problems.iter().map(schema_problem_text).collect();
                Some(DialogKind::SchemaProblems(name.to_string().into(), lines))
            }
            FileOutcome::Backup(backup) => Some(DialogKind::Project(ProjectDialog::Backup(backup))),
            FileOutcome::Restored(restored) => Some(DialogKind::Restored(restored)),
            FileOutcome::Stopped => None,
            FileOutcome::Failed(error) => failed(read_error_text(&error)),
            FileOutcome::Foreign(_) | FileOutcome::NotText => failed(tr!("open.not-text")),
        }
    }

    pub(super) fn answer_clash(&mut self, answer: ClashAnswer) {
        let Some(DialogKind::Clash(clash)) = self.dialog.take() else { return };
        let report = clash.report.clone();
        match answer {
            ClashAnswer::KeepBoth => self.session.keep_both(&clash),
            ClashAnswer::Replace => self.replace(clash),
        }
        if let Some(report) = report {
            self.dialog = Some(DialogKind::Report(PtrEq(Rc::new(report))));
        }
        self.next_outcome();
    }

    /// Opens the document that is here and puts the file's work in its place, as one step.
    fn replace(&self, clash: Rc<Clash>) {
        let session = self.session.clone();
        spawn_local(async move {
            let reopened = match session.store.state().document.id == clash.id {
                true => Ok(Reopened::Open),
                false => session.open_document(&clash.id).await,
            };
            if reopened == Ok(Reopened::Stopped) {
                return;
            }
            if reopened == Ok(Reopened::Open)
                && session.store.state().document.text == clash.state.document.text
            {
                session.store.command(|state, ctx| replace_work(state, ctx, &clash.state));
            } else {
                // Another text under the same id: both are kept, nothing is lost.
                session.keep_both(&clash);
            }
        });
    }

    pub(super) fn open_document(&mut self, ctx: &Context<Self>, id: DocumentId) {
        self.close_dialog();
        let (session, link) = (self.session.clone(), ctx.link().clone());
        spawn_local(async move {
            match session.open_document(&id).await {
                Ok(Reopened::Open | Reopened::Stopped) => {}
                Ok(Reopened::Unreadable) => link.send_message(Msg::Unreadable),
                Err(error) => {
                    link.send_message(failed(error));
                }
            }
        });
    }

    /// Puts a copy of a document beside it; the list shows it at once.
    pub(super) fn duplicate(&mut self, ctx: &Context<Self>, id: DocumentId) {
        let (session, link) = (self.session.clone(), ctx.link().clone());
        spawn_local(async move {
            let entries = session.entries().await.unwrap_or_default();
            let title = entries.into_iter().find(|entry| entry.id == id).map(|entry| entry.title);
            let title = tr_with!("documents.copy-of", &[("title", &title.unwrap_or_default())]);
            match session.duplicate(&id, &title).await {
                Ok(()) => link.send_message(Msg::Entries(session.entries().await.unwrap_or_default())),
                Err(error) => {
                    link.send_message(failed(error));
                }
            }
        });
    }

    pub(super) fn erase(&mut self) {
        self.dialog = None;
        let session = self.session.clone();
        spawn_local(async move {
            if session.erase().await.is_ok() {
                dom::reload();
            }
        });
    }

    /// Saves everything on this computer to one file.
    pub(super) fn backup(&self, ctx: &Context<Self>) {
        let (session, link) = (self.session.clone(), ctx.link().clone());
        let name = self.settings.annotator_name.clone();
        spawn_local(async move {
            match session.backup(&name).await {
                Ok(Some(file)) => {
                    let _ = dom::files::download(&file.name, file.media_type, &file.bytes);
                    session.note_backup();
                    link.send_message(Msg::Say(tr_with!("status.backed-up", &[("name", &file.name)])));
                }
                Ok(None) => {}
                Err(error) => {
                    link.send_message(failed(error));
                }
            }
        });
    }
}

/// Has the worker read files of other programs. Without it, a plain text is opened as it is, and a
/// native file with its own label set.
async fn read_foreign(session: &Rc<Session>, files: Vec<(String, Vec<u8>)>) -> Msg {
    let entries = session.entries().await.unwrap_or_default();
    let present = entries.into_iter().map(|entry| entry.sha256).collect();
    match session.read_foreign(&files, &ReadAs::default()).await {
        Ok(told) => Msg::Import(Box::new(told), present),
        Err(_) => {
            let native = files.iter().find(|(_, bytes)| is_sourcier_json(bytes));
            let outcome = match native {
                Some((path, native)) => session.open_with_own_labels(path, native).await,
                None if files.iter().any(|(path, bytes)| session.open_text(path, bytes)) => {
                    FileOutcome::Opened { report: None }
                }
                None => FileOutcome::NotText,
            };
            let (path, _) = files.into_iter().next().unwrap_or_default();
            Msg::FileDone(path, Box::new(outcome))
        }
    }
}

/// What is dropped anywhere on the page: files, and folders with all that is in them.
pub(super) fn drop_listeners(link: &Scope<App>) -> Vec<EventListener> {
    let document = dom::document();
    let options = EventListenerOptions::enable_prevent_default();
    let link = link.clone();
    vec![
        EventListener::new_with_options(&document, "dragover", options, |event| event.prevent_default()),
        EventListener::new_with_options(&document, "drop", options, move |event| {
            event.prevent_default();
            let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
            if let Some(dropped) = data.and_then(|data| dom::files::dropped(&data)) {
                let link = link.clone();
                spawn_local(async move {
                    let files =
                        JsFuture::from(dropped).await.map(|list| Array::from(&list)).unwrap_or_default();
                    let files: Vec<File> = files.iter().map(JsCast::unchecked_into).collect();
                    if !files.is_empty() {
                        link.send_message(Msg::Files(files));
                    }
                });
            }
        }),
    ]
}

/// What is pasted anywhere but into a field or a dialog, unless that is there for it.
pub(super) fn paste_listener(link: &Scope<App>) -> EventListener {
    let link = link.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&dom::document(), "paste", options, move |event| {
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let focused = dom::document().active_element();
        let is_for_it = focused.is_some_and(|focused| focused.id() == PASTE_ID);
        let is_ours = is_for_it || key_target(event) != KeyTarget::Text && !dom::has_dialog();
        let Some(data) = data.filter(|_| is_ours) else { return };
        let of_type = |media_type: &str| data.get_data(media_type).unwrap_or_default();
        let (html, plain) = (of_type("text/html"), of_type("text/plain"));
        let files = files_of(data.files());
        // Programs for texts put a picture of what was copied beside it.
        let message = match html.is_empty() && !files.is_empty() {
            true => Msg::Files(files),
            false if html.is_empty() && plain.is_empty() => return,
            false => Msg::Pasted(Some(html).filter(|html| has_blocks(html)), plain),
        };
        event.prevent_default();
        link.send_message(message);
    })
}

/// Whether HTML has more than one line of words, as far as its tags say.
fn has_blocks(html: &str) -> bool {
    const TAGS: [&str; 15] = [
        "p",
        "br",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "table",
        "article",
        "section",
    ];
    html.split('<').skip(1).any(|tag| {
        let name = tag.split(|next: char| !next.is_ascii_alphanumeric()).next().unwrap_or_default();
        TAGS.iter().any(|block| name.eq_ignore_ascii_case(block))
    })
}

/// Hears that a new version of the program is ready; asks once, since it may have been before.
pub(super) fn update_listener(link: &Scope<App>) -> EventListener {
    let is_ready = update_hook().and_then(|hook| Reflect::get(&hook, &"ready".into()).ok());
    if is_ready.is_some_and(|is_ready| is_ready.is_truthy()) {
        link.send_message(Msg::UpdateReady);
    }
    let link = link.clone();
    EventListener::new(&dom::window(), "sourcier:update-ready", move |_| link.send_message(Msg::UpdateReady))
}

/// Loads the new version. Everything must be saved by now.
pub(super) fn activate_update() {
    let activate = update_hook().and_then(|hook| Reflect::get(&hook, &"activate".into()).ok());
    if let Some(activate) = activate.and_then(|activate| activate.dyn_into::<Function>().ok()) {
        let _ = activate.call0(&JsValue::NULL);
    }
}

/// What static/boot.js offers for updates.
fn update_hook() -> Option<JsValue> {
    Reflect::get(&dom::window(), &"sourcierUpdate".into()).ok().filter(|hook| hook.is_object())
}

/// The files of a list.
pub(super) fn files_of(list: Option<FileList>) -> Vec<File> {
    list.map_or_else(Vec::new, |list| (0..list.length()).filter_map(|idx| list.item(idx)).collect())
}
