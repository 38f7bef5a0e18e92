//! Everything on this computer as one file, and back.

use std::rc::Rc;

use crate::formats::ExportFile;
use crate::formats::backup::{encode_backup, read_backup};
use crate::model::ids::DocumentId;
use crate::web::dom::idb::StorageError;
use crate::web::session::Session;

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

impl Session {
    /// Puts the documents of a backup on this computer. None is ever replaced: one that is here
    /// with another last edit is kept beside it. `None` where the bytes are no backup.
    pub async fn restore(self: &Rc<Self>, bytes: &[u8]) -> Option<Restored> {
        let documents = read_backup(bytes)?;
        let all = documents.len();
        let failed = Restored { failed: all, ..Restored::default() };
        Some(self.add_natives(&documents, &|_| ()).await.unwrap_or(failed))
    }

    /// Everything on this computer as one file: each document as a native file of its own.
    pub async fn backup(self: &Rc<Self>, annotator_name: &str) -> Result<ExportFile, StorageError> {
        self.flush();
        let mut documents = Vec::new();
        let open = self.store.state();
        let mut ids: Vec<DocumentId> = self.entries().await?.into_iter().map(|entry| entry.id).collect();
        if !ids.contains(&open.document.id) && !open.document.text.is_empty() {
            ids.insert(0, open.document.id.clone());
        }
        for id in ids {
            documents.extend(self.native_file(&id, annotator_name).await?);
        }
        Ok(encode_backup(&documents))
    }
}
