//! The projects on this computer. Each is a database of its own, with its documents and the schema
//! that new ones get; the first project's database also knows the others.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::edit::editor::Editor;
use crate::edit::schema_change::follow::changes_since;
use crate::edit::state::State;
use crate::formats::presets::default_schema;
use crate::formats::schema_json::{decode_schema, encode_schema};
use crate::json::{Map, Value, from_str};
use crate::model::document::Document;
use crate::model::ids::{DocumentId, IdSource, ProjectId};
use crate::model::schema::Schema;
use crate::web::clock;
use crate::web::dom::idb::StorageError;
use crate::web::library::Library;
use crate::web::persist::SaveStatus;
use crate::web::session::reopening::Found;
use crate::web::session::{FACT_BACKUP, FACT_LAST, Session, SessionEvent};

/// Which project was open last.
const FACT_PROJECT: &str = "project";
/// What the names of the facts about projects begin with.
const FACT_PROJECTS: &str = "project:";
/// The schema that new documents of a project get.
const FACT_SCHEMA: &str = "schema";

/// Documents that belong together, under one schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    pub id: ProjectId,
    /// Empty as long as nobody named the first one.
    pub name: Rc<str>,
}

/// The project that is open.
pub(super) struct OpenProject {
    /// The database of the first project.
    pub(super) home: RefCell<Option<Rc<Library>>>,
    id: RefCell<ProjectId>,
    /// What its documents are annotated with; `None` as long as nobody changed or chose that here.
    schema: RefCell<Option<Rc<Schema>>>,
}

impl Default for OpenProject {
    fn default() -> OpenProject {
        let (home, schema) = (RefCell::default(), RefCell::default());
        OpenProject { home, id: RefCell::new(ProjectId::from("")), schema }
    }
}

impl Project {
    fn fact(id: &ProjectId) -> String {
        [FACT_PROJECTS, id.as_str()].concat()
    }

    fn read(json: &str) -> Option<(Project, bool)> {
        let json = from_str(json).ok()?;
        let text = |key: &str| json.get(key).and_then(Value::as_str);
        let project = Project { id: ProjectId::from(text("id")?), name: Rc::from(text("name")?) };
        Some((project, json.get("removed").is_some()))
    }

    fn to_json(&self, is_removed: bool) -> String {
        let mut json = Map::new().with("id", self.id.as_str()).with("name", &*self.name);
        if is_removed {
            json.insert("removed", true);
        }
        Value::Object(json).to_string()
    }
}

impl Session {
    pub fn project(&self) -> ProjectId {
        self.project.id.borrow().clone()
    }

    /// The name of a document for all tabs: two projects may hold the same one.
    pub(super) fn work_name(&self, id: &DocumentId) -> String {
        match &*self.project.id.borrow() {
            project if project.as_str().is_empty() => id.to_string(),
            project => [project.as_str(), "/", id.as_str()].concat(),
        }
    }

    fn home(&self) -> Result<Rc<Library>, StorageError> {
        self.project.home.borrow().clone().ok_or(StorageError::Unavailable)
    }

    /// All projects, in the order in which they were made.
    pub async fn projects(&self) -> Result<Vec<Project>, StorageError> {
        let Ok(home) = self.home() else { return Ok(Vec::new()) };
        let facts = home.facts(FACT_PROJECTS).await?;
        let known: Vec<(Project, bool)> = facts.iter().filter_map(|json| Project::read(json)).collect();
        let mut projects = Vec::with_capacity(known.len() + 1);
        if !known.iter().any(|(project, _)| project.id.as_str().is_empty()) {
            projects.push(Project { id: ProjectId::from(""), name: Rc::from("") });
        }
        projects.extend(known.into_iter().filter(|(_, is_removed)| !is_removed).map(|(project, _)| project));
        Ok(projects)
    }

    /// Makes a project and goes there. Nothing is in it yet.
    pub async fn new_project(self: &Rc<Self>, name: &str, schema: &Schema) -> Result<(), StorageError> {
        let project = Project { id: self.store.with_ids(IdSource::project), name: Rc::from(name) };
        let library = Library::open(project.id.as_str()).await?;
        library.put_fact(FACT_SCHEMA, &encode_schema(schema).to_string()).await?;
        // Known only when it is whole.
        self.home()?.put_fact(&Project::fact(&project.id), &project.to_json(false)).await?;
        self.enter(project.id, library).await
    }

    pub async fn rename_project(&self, project: &Project) -> Result<(), StorageError> {
        self.home()?.put_fact(&Project::fact(&project.id), &project.to_json(false)).await
    }

    /// Goes to another project, and to the document that was open there last.
    pub async fn open_project(self: &Rc<Self>, id: &ProjectId) -> Result<(), StorageError> {
        let library = Library::open(id.as_str()).await?;
        self.enter(id.clone(), library).await
    }

    /// Takes the open project away for good, and goes to another one. The first one's database stays,
    /// empty, since it knows the others.
    pub async fn remove_project(self: &Rc<Self>) -> Result<(), StorageError> {
        let (gone, home) = (self.project(), self.home()?);
        let others = self.projects().await?.into_iter().filter(|project| project.id != gone);
        let Some(next) = others.last() else { return Ok(()) };
        let library = self.library();
        self.open_project(&next.id).await?;
        if self.project() == gone {
            return Ok(());
        }
        if gone.as_str().is_empty() {
            home.clear().await?;
            for fact in [FACT_LAST, FACT_SCHEMA, FACT_BACKUP] {
                home.remove_fact(fact).await?;
            }
            let removed = Project { id: gone.clone(), name: Rc::from("") };
            return home.put_fact(&Project::fact(&gone), &removed.to_json(true)).await;
        }
        home.remove_fact(&Project::fact(&gone)).await?;
        if let Some(library) = library {
            library.close();
        }
        Library::delete(gone.as_str()).await
    }

    /// Takes all projects away, with all that is known of them.
    pub(super) async fn erase_projects(&self) -> Result<(), StorageError> {
        let Ok(home) = self.home() else { return Ok(()) };
        for project in self.projects().await? {
            if !project.id.as_str().is_empty() {
                Library::delete(project.id.as_str()).await?;
            }
        }
        home.erase().await
    }

    /// The project that was open last.
    pub(super) async fn last_project(&self) -> Result<ProjectId, StorageError> {
        let last = self.home()?.fact(FACT_PROJECT).await?.unwrap_or_default();
        let projects = self.projects().await?;
        let found = projects.iter().find(|project| *project.id.0 == *last).or(projects.first());
        Ok(found.map_or_else(|| ProjectId::from(""), |project| project.id.clone()))
    }

    /// Goes to a project, unless its document is not wanted any more while it is read.
    async fn enter(self: &Rc<Self>, id: ProjectId, library: Library) -> Result<(), StorageError> {
        let library = Rc::new(library);
        let work = self.begin_opening();
        let found = match self.find_first(&library, &work).await? {
            Found::Stopped => return Ok(()),
            Found::Read(found) => Some(found),
            Found::Unreadable => None,
        };
        self.close();
        self.home()?.put_fact(FACT_PROJECT, id.as_str()).await?;
        self.go_into(id, library.clone()).await?;
        match found {
            Some(found) => self.show(&library, *found).await?,
            None => self.open_nothing(),
        }
        self.tell(SessionEvent::DocumentsChanged);
        Ok(())
    }

    /// Makes a project the open one; which document is, is still to be said.
    pub(super) async fn go_into(
        self: &Rc<Self>,
        id: ProjectId,
        library: Rc<Library>,
    ) -> Result<(), StorageError> {
        let schema = library.fact(FACT_SCHEMA).await?.and_then(|json| from_str(&json).ok());
        let schema = schema.and_then(|json| decode_schema(&json).ok()).map(Rc::new);
        *self.project.schema.borrow_mut() = schema;
        *self.project.id.borrow_mut() = id;
        *self.library.borrow_mut() = Some(library.clone());
        let backup = library.fact(FACT_BACKUP).await?.and_then(|time| time.parse().ok());
        self.tell(SessionEvent::BackupNoted(backup));
        Ok(())
    }

    /// The schema that new documents get.
    pub fn schema_in_use(&self) -> Rc<Schema> {
        self.project.schema.borrow().clone().unwrap_or_else(|| self.store.state().schema.clone())
    }

    /// Whether the project's schema was changed or chosen.
    pub(super) fn has_schema(&self) -> bool {
        self.project.schema.borrow().is_some()
    }

    /// The project's schema, where it is a later version of the one of this work.
    pub fn newer_schema(&self, state: &State) -> Option<Rc<Schema>> {
        let schema = self.project.schema.borrow().clone()?;
        changes_since(&schema, &state.schema).is_some_and(|changes| !changes.is_empty()).then_some(schema)
    }

    /// Takes up that the schema was changed in a document. A document that came with a schema of its
    /// own changes only that.
    pub(super) fn note_schema(&self, before: &Rc<Schema>, after: &Rc<Schema>) {
        let mut schema = self.project.schema.borrow_mut();
        if schema.as_ref().is_some_and(|known| known.id != before.id) {
            return;
        }
        *schema = Some(after.clone());
        let (library, json) = (self.library(), encode_schema(after).to_string());
        if let Some(library) = library {
            spawn_local(async move {
                // The documents have it too: the next change of it is noted whole.
                let _ = library.put_fact(FACT_SCHEMA, &json).await;
            });
        }
    }

    /// Gives an empty project the schema of a backup.
    pub(super) async fn adopt_schema(&self, schema: Schema) -> Result<(), StorageError> {
        if let Some(library) = self.library() {
            library.put_fact(FACT_SCHEMA, &encode_schema(&schema).to_string()).await?;
        }
        *self.project.schema.borrow_mut() = Some(Rc::new(schema));
        Ok(())
    }

    /// An empty screen, not stored.
    pub fn open_nothing(self: &Rc<Self>) {
        self.close();
        let id = self.store.with_ids(IdSource::document);
        let document = Document::new(id, Rc::from(""), clock::now_ms());
        let schema = self.project.schema.borrow().clone().unwrap_or_else(|| Rc::new(default_schema()));
        self.store.open(Editor::new(State::new(Rc::new(document), schema)));
        self.tell(SessionEvent::Status(SaveStatus::Saved));
    }
}
