//! Stored documents on the screen again. What is open stays open until the other one is read; it may be
//! worked on meanwhile, and where the other one is not wanted any more nothing has changed.

use std::rc::Rc;

use crate::model::ids::DocumentId;
use crate::web::clock;
use crate::web::dom::idb::StorageError;
use crate::web::library::{Entry, Library, Stored};
use crate::web::long_work::LongWork;
use crate::web::persist::{Persist, SaveStatus, Start};
use crate::web::session::stored::{NotRead, Read, raw_of, read_stored};
use crate::web::session::{FACT_LAST, Session, SessionEvent};

/// What became of the opening of a stored document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reopened {
    Open,
    /// It is not wanted any more; all is as it was.
    Stopped,
    /// It is not there, or cannot be read.
    Unreadable,
}

/// A stored document, or why there is none.
pub(super) enum Found {
    Read(Box<(Stored, Read)>),
    Stopped,
    Unreadable,
}

impl Session {
    /// Opens a stored document of the open project.
    pub async fn open_document(self: &Rc<Self>, id: &DocumentId) -> Result<Reopened, StorageError> {
        let Some(library) = self.library() else { return Ok(Reopened::Unreadable) };
        let work = self.begin_opening();
        // What is written here is newer than what is on the disk; what is followed may be older.
        let is_here = |persist: &Rc<Persist>| {
            persist.entry().id == *id && !(persist.is_created() && self.store.is_read_only())
        };
        if self.open.borrow().persist.as_ref().is_some_and(is_here) {
            return Ok(Reopened::Open);
        }
        self.flush();
        match self.find(&library, id, &work).await? {
            Found::Read(found) => self.show(&library, *found).await.map(|()| Reopened::Open),
            Found::Stopped => Ok(Reopened::Stopped),
            Found::Unreadable => Ok(Reopened::Unreadable),
        }
    }

    /// The document of a project that was open last there, else the first one that can be read.
    pub(super) async fn find_first(&self, library: &Library, work: &LongWork) -> Result<Found, StorageError> {
        let last = library.fact(FACT_LAST).await?.map(|last| DocumentId::from(last.as_str()));
        let entries = library.entries().await?;
        for id in last.into_iter().chain(entries.into_iter().map(|entry| entry.id)) {
            match self.find(library, &id, work).await? {
                Found::Unreadable => {}
                found => return Ok(found),
            }
        }
        Ok(Found::Unreadable)
    }

    async fn find(&self, library: &Library, id: &DocumentId, work: &LongWork) -> Result<Found, StorageError> {
        let Some(stored) = library.load(id).await? else { return Ok(Found::Unreadable) };
        match read_stored(&stored, work).await {
            Ok(read) => Ok(Found::Read(Box::new((stored, read)))),
            Err(NotRead::Stopped) => Ok(Found::Stopped),
            Err(NotRead::Damaged(damages)) => {
                let (count, raw) = (damages.len().max(1), raw_of(&stored, &damages));
                self.tell(SessionEvent::Damaged { count, raw });
                Ok(Found::Unreadable)
            }
        }
    }

    /// Puts a stored document of the open project on the screen.
    pub(super) async fn show(
        self: &Rc<Self>,
        library: &Rc<Library>,
        (stored, read): (Stored, Read),
    ) -> Result<(), StorageError> {
        let entry = Entry { opened_ms: clock::now_ms(), ..stored.entry.clone() };
        let id = entry.id.clone();
        self.close();
        self.store.open(read.editor);
        let start = Start { entry, next_seq: read.next_seq, records: read.records, is_created: true };
        let persist = Persist::new(library.clone(), start, self.links(&id));
        self.open.borrow_mut().persist = Some(persist.clone());
        self.tell(SessionEvent::Status(SaveStatus::Saved));
        if !read.damages.is_empty() {
            let raw = raw_of(&stored, &read.damages);
            library.put_damaged(&id, clock::now_ms(), &raw).await?;
            self.tell(SessionEvent::Damaged { count: read.damages.len(), raw });
            // What was saved of the work no longer needs the damaged records.
            persist.snapshot(None);
        }
        self.note_last(&id);
        self.lock(&id);
        Ok(())
    }
}
