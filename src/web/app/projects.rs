//! Projects: going to another one, making, naming and removing them; where a backup goes.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::edit::keymap::Command;
use crate::edit::schema_change::SchemaDraft;
use crate::formats::presets::{PRESETS, preset};
use crate::model::ids::{DocumentId, ProjectId};
use crate::model::schema::Schema;
use crate::sorted::sort_by_key;
use crate::web::app::dialog::DialogKind;
use crate::web::app::view::chosen_files;
use crate::web::app::{App, Msg};
use crate::web::components::dialogs::confirm::{ConfirmProps, confirm};
use crate::web::components::dialogs::documents::{
    Act, DocumentsDialog, DocumentsProps, ProjectAct, project_name,
};
use crate::web::components::dialogs::name::{NameProps, name_dialog};
use crate::web::components::dialogs::opening::{BackupProps, backup_dialog};
use crate::web::components::element::{component, sending};
use crate::web::dom::idb::StorageError;
use crate::web::i18n::{pick, tr, tr_count, tr_with};
use crate::web::ptr_eq::PtrEq;
use crate::web::session::{Backup, Project, Session, SessionEvent};

/// The dialogs about projects and about documents of the list.
#[derive(Clone)]
pub enum ProjectDialog {
    New,
    Rename(Project),
    Remove(usize),
    /// A backup, while there are documents here.
    Backup(Rc<Backup>),
    /// A backup that gets a project of its own.
    NewFor(Rc<Backup>),
    RenameDocument(DocumentId, AttrValue),
}

/// What the dialogs about projects lead to.
pub enum ProjectMsg {
    Asked(ProjectAct),
    /// What is done to a document of the list.
    Act(Act, DocumentId),
    Listed(Vec<Project>),
    /// A new project: its name, and the id of a label set or nothing for the one in use.
    Make(String, String),
    Rename(Project),
    Remove,
    /// A backup comes into the open project.
    AddHere(Rc<Backup>),
    AskOwn(Rc<Backup>),
    /// A backup becomes a project of this name.
    AddAsOwn(String, Rc<Backup>),
    RenameDocument(DocumentId, String),
    /// The list again, at this document: nothing was done to it.
    BackToList(DocumentId),
    /// Brings the open document up to the project's schema, after a look at what that touches.
    TakeSchema,
}

/// What takes its time. All in one, since the machine of each asynchronous function weighs.
enum Task {
    Open(ProjectId),
    New(String, Rc<Schema>),
    Rename(Project),
    Remove,
    RenameDocument(DocumentId, String),
    Flag(DocumentId, bool),
}

async fn run(session: &Rc<Session>, task: Task) -> Result<(), StorageError> {
    match task {
        Task::Open(id) => session.open_project(&id).await,
        Task::New(name, schema) => session.new_project(&name, &schema).await,
        Task::Rename(project) => session.rename_project(&project).await,
        Task::Remove => session.remove_project().await,
        Task::RenameDocument(id, title) => session.rename_document(&id, &title).await,
        Task::Flag(id, is_flagged) => session.flag_document(&id, is_flagged).await,
    }
}

impl App {
    pub(super) fn project_msg(&mut self, ctx: &Context<Self>, msg: ProjectMsg) {
        match msg {
            ProjectMsg::Asked(act) => self.ask_project(ctx, act),
            ProjectMsg::Act(act, id) => self.act_on_document(ctx, act, id),
            ProjectMsg::Listed(projects) => self.projects = projects.into(),
            ProjectMsg::Make(name, set) => {
                let schema = preset(&set).map_or_else(|| self.session.schema_in_use(), Rc::new);
                self.start(ctx, Task::New(name, schema));
            }
            ProjectMsg::Rename(project) => self.start(ctx, Task::Rename(project)),
            ProjectMsg::Remove => self.start(ctx, Task::Remove),
            ProjectMsg::AddHere(backup) => self.restore(ctx, None, backup),
            ProjectMsg::AskOwn(backup) => self.ask(ProjectDialog::NewFor(backup)),
            ProjectMsg::AddAsOwn(name, backup) => self.restore(ctx, Some(name), backup),
            ProjectMsg::RenameDocument(id, title) => {
                self.row = Some(id.clone());
                self.start(ctx, Task::RenameDocument(id, title));
            }
            ProjectMsg::BackToList(id) => {
                self.row = Some(id);
                self.dialog = Some(DialogKind::Documents);
            }
            ProjectMsg::TakeSchema => {
                if let Some(newer) = self.session.newer_schema(&self.state) {
                    let draft = SchemaDraft::following(self.state.schema.clone(), newer.as_ref().clone());
                    *self.schema_memory.draft.borrow_mut() = Some(draft);
                    self.dialog = Some(DialogKind::SchemaEditor);
                }
            }
        }
    }

    fn ask(&mut self, dialog: ProjectDialog) {
        self.dialog = Some(DialogKind::Project(dialog));
    }

    fn ask_project(&mut self, ctx: &Context<Self>, act: ProjectAct) {
        let here = self.session.project();
        match act {
            ProjectAct::Open(id) => self.start(ctx, Task::Open(id)),
            ProjectAct::New => self.ask(ProjectDialog::New),
            ProjectAct::Rename => {
                if let Some(project) = self.projects.iter().find(|project| project.id == here) {
                    let dialog = ProjectDialog::Rename(project.clone());
                    self.ask(dialog);
                }
            }
            ProjectAct::Remove => {
                let count = self.entries.as_ref().map_or(0, |entries| entries.len());
                self.ask(ProjectDialog::Remove(count));
            }
        }
    }

    fn act_on_document(&mut self, ctx: &Context<Self>, act: Act, id: DocumentId) {
        match act {
            Act::Rename => {
                let entry =
                    self.entries.iter().flat_map(|entries| entries.iter()).find(|entry| entry.id == id);
                let title = entry.map_or_else(AttrValue::default, |entry| entry.title.clone().into());
                self.ask(ProjectDialog::RenameDocument(id, title));
            }
            Act::Flag(is_flagged) => self.start(ctx, Task::Flag(id, is_flagged)),
            Act::Duplicate => self.duplicate(ctx, id),
            Act::Remove => self.dialog = Some(DialogKind::Remove(id, true)),
        }
    }

    /// Sets or takes the mark of the open document.
    pub(super) fn flag_open_document(&mut self, ctx: &Context<Self>) {
        let (session, link) = (self.session.clone(), ctx.link().clone());
        let id = self.state.document.id.clone();
        spawn_local(async move {
            let is_flagged = !session.is_flagged();
            let done = session.flag_document(&id, is_flagged).await;
            let message =
                if is_flagged { tr!("documents.now-flagged") } else { tr!("documents.not-flagged") };
            link.send_message(done.map_or_else(failed, |()| Msg::Say(message)));
        });
    }

    /// Puts the documents of a backup into the open project, or into a new one of this name.
    fn restore(&mut self, ctx: &Context<Self>, name: Option<String>, backup: Rc<Backup>) {
        self.dialog = None;
        let (session, link) = (self.session.clone(), ctx.link().clone());
        spawn_local(async move {
            link.send_message(Msg::Restored(session.restore(name, backup.as_ref().clone()).await));
        });
    }

    /// Does something to projects or documents and shows the list of them as it is afterwards.
    fn start(&mut self, ctx: &Context<Self>, task: Task) {
        self.dialog = Some(DialogKind::Documents);
        let (session, link) = (self.session.clone(), ctx.link().clone());
        spawn_local(async move {
            if let Err(error) = run(&session, task).await {
                link.send_message(failed(error));
            }
            show_documents(&session, &link).await;
        });
    }

    /// Reads the lists of projects and documents anew.
    pub(super) fn read_entries(&self, ctx: &Context<Self>) {
        let (session, link) = (self.session.clone(), ctx.link().clone());
        spawn_local(async move { show_documents(&session, &link).await });
    }

    /// Opens the document `step` places on in the list, going round.
    pub(super) fn step_document(&self, ctx: &Context<Self>, step: isize) {
        let (session, link) = (self.session.clone(), ctx.link().clone());
        let open = self.state.document.id.clone();
        spawn_local(async move {
            let mut entries = session.entries().await.unwrap_or_default();
            sort_by_key(&mut entries, |entry| (entry.created_ms, entry.id.clone()));
            let here = entries.iter().position(|entry| entry.id == open);
            if let Some(here) = here.filter(|_| entries.len() > 1) {
                let next = (here as isize + step).rem_euclid(entries.len() as isize) as usize;
                link.send_message(Msg::OpenDocument(entries[next].id.clone()));
            }
        });
    }

    pub(super) fn documents_html(
        &self,
        ctx: &Context<Self>,
        on_command: &Callback<Command>,
        on_close: Callback<()>,
    ) -> Html {
        component::<DocumentsDialog>(DocumentsProps {
            session: PtrEq(self.session.clone()),
            schema: PtrEq(self.state.schema.clone()),
            entries: self.entries.clone(),
            projects: PtrEq(self.projects.clone()),
            project: self.session.project(),
            on_project: sending(ctx, |act| Msg::Project(ProjectMsg::Asked(act))),
            open: self.state.document.id.clone(),
            on_open: sending(ctx, Msg::OpenDocument),
            on_act: sending(ctx, |(act, id)| Msg::Project(ProjectMsg::Act(act, id))),
            removed: self.removed.clone(),
            on_bring_back: sending(ctx, Msg::BringBack),
            on_sample: sending(ctx, |()| Msg::OpenSample),
            on_folder: sending(ctx, chosen_files),
            on_command: on_command.clone(),
            on_close,
        })
    }

    pub(super) fn project_html(
        &self,
        ctx: &Context<Self>,
        dialog: &ProjectDialog,
        on_close: Callback<()>,
    ) -> Html {
        let link = ctx.link();
        let named = |title: AttrValue, name: AttrValue, act: &str, on_done: Callback<(String, String)>| {
            NameProps { title, name, choice: None, act: tr(act), on_done, on_close: on_close.clone() }
        };
        let props = match dialog {
            ProjectDialog::New => {
                let on_done = link.callback(|(name, set)| Msg::Project(ProjectMsg::Make(name, set)));
                let choice = Some((tr!("projects.labels"), sets(&self.session.schema_in_use())));
                NameProps { choice, ..named(tr!("projects.new-title"), "".into(), "projects.make", on_done) }
            }
            ProjectDialog::Rename(project) => {
                let id = project.id.clone();
                let renamed = move |(name, _): (String, String)| {
                    Msg::Project(ProjectMsg::Rename(Project { id: id.clone(), name: Rc::from(name) }))
                };
                let name = AttrValue::Rc(project.name.clone());
                named(tr!("projects.rename-title"), name, "documents.rename", link.callback(renamed))
            }
            ProjectDialog::RenameDocument(id, title) => {
                let renamed_id = id.clone();
                let renamed =
                    move |(name, _)| Msg::Project(ProjectMsg::RenameDocument(renamed_id.clone(), name));
                let (on_done, id) = (link.callback(renamed), id.clone());
                let back = move |()| Msg::Project(ProjectMsg::BackToList(id.clone()));
                NameProps {
                    on_close: link.callback(back),
                    ..named(tr!("documents.rename-title"), title.clone(), "documents.rename", on_done)
                }
            }
            ProjectDialog::NewFor(backup) => {
                let name = AttrValue::Rc(backup.name.clone());
                let backup = backup.clone();
                let made = move |(name, _)| Msg::Project(ProjectMsg::AddAsOwn(name, backup.clone()));
                named(tr!("projects.new-title"), name, "projects.make", link.callback(made))
            }
            ProjectDialog::Remove(count) => return self.remove_html(ctx, *count, on_close),
            ProjectDialog::Backup(backup) => {
                return backup_dialog(&BackupProps {
                    backup: backup.clone(),
                    on_here: link.callback(|backup| Msg::Project(ProjectMsg::AddHere(backup))),
                    on_own: link.callback(|backup| Msg::Project(ProjectMsg::AskOwn(backup))),
                    on_close,
                });
            }
        };
        name_dialog(&props)
    }

    fn remove_html(&self, ctx: &Context<Self>, count: usize, on_close: Callback<()>) -> Html {
        let here = self.session.project();
        let project = self.projects.iter().find(|project| project.id == here);
        let name = project.map_or_else(AttrValue::default, project_name);
        confirm(&ConfirmProps {
            title: tr_with!("projects.remove-title", &[("name", &name)]),
            question: tr_count("projects.remove-question", count),
            act: tr!("projects.remove-act"),
            on_confirm: ctx.link().callback(|()| Msg::Project(ProjectMsg::Remove)),
            on_close,
        })
    }
}

/// The label sets that a new project can have: the one in use, then those of the program.
fn sets(in_use: &Schema) -> Vec<(AttrValue, AttrValue)> {
    let name = tr_with!("projects.same-labels", &[("name", &pick(&in_use.name))]);
    let presets = PRESETS.iter().filter_map(|id| Some(((*id).into(), pick(&preset(id)?.name))));
    [("".into(), name)].into_iter().chain(presets).collect()
}

pub(super) fn failed(error: StorageError) -> Msg {
    Msg::Session(SessionEvent::StorageFailed(error))
}

/// Hands the page the lists of projects and documents.
pub(super) async fn show_documents(session: &Rc<Session>, link: &yew::html::Scope<App>) {
    let projects = session.projects().await.unwrap_or_default();
    link.send_message(Msg::Project(ProjectMsg::Listed(projects)));
    link.send_message(Msg::Entries(session.entries().await.unwrap_or_default()));
}
