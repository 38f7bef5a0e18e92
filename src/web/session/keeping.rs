//! A whole project as one file, and back.

use std::rc::Rc;

use crate::formats::ExportFile;
pub use crate::formats::backup::Backup;
use crate::formats::backup::{encode_backup, read_backup};
use crate::formats::presets::default_schema;
use crate::model::dates::day_of_time;
use crate::sorted::sort_by_key;
use crate::web::clock;
use crate::web::dom::idb::StorageError;
use crate::web::library::Entry;
use crate::web::session::{Session, SessionEvent};

/// What became of the documents of a backup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Now on this computer.
    pub added: usize,
    /// On this computer already, with the same last edit.
    pub present: usize,
    /// Not readable.
    pub failed: usize,
}

/// What is to become of a backup.
pub enum Given {
    /// The open project held nothing of its own: the backup is there now.
    Restored(Restored),
    /// A person decides: into the open project, or as one of its own.
    Asked(Rc<Backup>),
}

impl Session {
    /// Takes a file that is a backup; `None` where it is something else.
    pub async fn take_backup(self: &Rc<Self>, bytes: &[u8]) -> Option<Given> {
        let backup = read_backup(bytes)?;
        let here = self.entries().await.unwrap_or_default();
        // The sample of a first visit is nobody's work.
        if here.len() > 1 || here.iter().any(|entry| entry.modified_ms.is_some()) {
            return Some(Given::Asked(Rc::new(backup)));
        }
        let failed = Restored { failed: backup.documents.len(), ..Restored::default() };
        Some(Given::Restored(self.restore(None, backup).await.unwrap_or(failed)))
    }

    /// Puts the documents of a backup into the open project, or into one that is made for it under a
    /// name. None is ever replaced: one that is here with another last edit is kept beside it.
    pub async fn restore(
        self: &Rc<Self>,
        name: Option<String>,
        backup: Backup,
    ) -> Result<Restored, StorageError> {
        let total = backup.documents.len();
        if let Some(name) = name {
            let schema = backup.schema.clone().unwrap_or_else(default_schema);
            self.new_project(&name, &schema).await?;
        }
        let on_step = |done: usize| {
            self.tell(SessionEvent::Working("status.adding", done, total));
            true
        };
        if let Some(schema) = backup.schema.filter(|_| !self.has_schema()) {
            let _ = self.adopt_schema(schema).await;
        }
        let restored = self.add_natives(&backup.documents, true, &on_step).await?;
        for id in &backup.flagged {
            // A mark that is lost costs nobody their work.
            let _ = self.flag_document(id, true).await;
        }
        Ok(restored)
    }

    /// The whole open project as one file: each document as a native file of its own.
    /// `None` where it is not wanted any more.
    pub async fn backup(self: &Rc<Self>, annotator_name: &str) -> Result<Option<ExportFile>, StorageError> {
        self.flush();
        let open = self.store.state();
        let mut entries = self.entries().await?;
        // Not by when they were opened: the same work gives the same file.
        sort_by_key(&mut entries, |entry| (entry.created_ms, entry.id.clone()));
        let is_kept = entries.iter().any(|entry| entry.id == open.document.id);
        if !is_kept && !open.document.text.is_empty() {
            entries.insert(0, Entry::of(&open, 0));
        }
        let here = self.project();
        let name = self.projects().await?.into_iter().find(|project| project.id == here);
        let mut backup = Backup {
            name: name.map_or_else(|| Rc::from(""), |project| project.name),
            schema: Some(self.schema_in_use().as_ref().clone()),
            ..Backup::default()
        };
        let work = self.begin_work("banner.backing-up");
        for (idx, entry) in entries.iter().enumerate() {
            work.part(idx * 100 / entries.len(), (idx + 1) * 100 / entries.len());
            backup.documents.extend(self.native_file(&entry.id, annotator_name, &work).await?);
            if !work.is_wanted() {
                return Ok(None);
            }
            if entry.is_flagged {
                backup.flagged.push(entry.id.clone());
            }
            self.tell(SessionEvent::Working("status.backing-up", idx + 1, entries.len()));
        }
        Ok(Some(encode_backup(&backup, &day_of_time(clock::now_ms()))))
    }
}
