//! Several tabs on one document: one writes, the others follow.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::journal::record::decode_record;
use crate::model::ids::DocumentId;
use crate::web::dom::locks::{LockAnswer, TabLock, try_lock, wait_for_lock};
use crate::web::persist::{Persist, SaveStatus};
use crate::web::session::stored::{NotRead, read_stored};
use crate::web::session::{Session, SessionEvent};

impl Session {
    /// Becomes the writer of a document, or its follower until the other tab lets go.
    pub(super) fn lock(self: &Rc<Self>, id: &DocumentId) {
        let (session, id) = (self.clone(), id.clone());
        let name = ["sourcier:", &self.work_name(&id)].concat();
        try_lock(&name.clone(), move |answer| match answer {
            LockAnswer::Granted(lock) => session.locked(&id, Some(lock)),
            LockAnswer::Unsupported => session.locked(&id, None),
            LockAnswer::Taken => {
                if session.is_open(&id) {
                    session.store.set_read_only(true);
                    session.tell(SessionEvent::Status(SaveStatus::Follows));
                    wait_for_lock(&name, move |answer| {
                        if let LockAnswer::Granted(lock) = answer {
                            session.take_over(&id, lock);
                        }
                    });
                }
            }
        });
    }

    fn locked(&self, id: &DocumentId, lock: Option<TabLock>) {
        if self.is_open(id) {
            self.store.set_read_only(false);
            *self.open.borrow()._lock.borrow_mut() = lock;
        }
    }

    /// The other tab let go: reads what it wrote last, then writes.
    fn take_over(self: &Rc<Self>, id: &DocumentId, lock: TabLock) {
        if !self.is_open(id) {
            return;
        }
        let (session, id) = (self.clone(), id.clone());
        spawn_local(async move {
            // Who did not let it be read to the end must not write: something would be lost.
            if session.catch_up(&id).await {
                session.locked(&id, Some(lock));
                session.tell(SessionEvent::Status(SaveStatus::Saved));
            }
        });
    }

    /// Whether the open document is kept on this computer.
    pub fn is_kept(&self) -> bool {
        self.open.borrow().persist.is_some()
    }

    pub(super) fn is_open(&self, id: &DocumentId) -> bool {
        self.store.state().document.id == *id
    }

    pub(super) fn tell_other_tabs(&self) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&self.work_name(&self.store.state().document.id).into());
        }
    }

    pub(super) fn other_tab_wrote(self: &Rc<Self>, work: &str) {
        let id = self.store.state().document.id.clone();
        if self.store.is_read_only() && self.work_name(&id) == work {
            let session = self.clone();
            spawn_local(async move {
                session.catch_up(&id).await;
            });
        }
    }

    /// Applies the records that another tab wrote; where one does not fit, reads all anew. Whether it was not
    /// stopped in that.
    async fn catch_up(self: &Rc<Self>, id: &DocumentId) -> bool {
        let persist = self.open.borrow().persist.clone();
        let (Some(library), Some(persist)) = (self.library(), persist) else { return true };
        let Ok(records) = library.records_from(id, persist.next_seq()).await else { return true };
        for raw in records {
            let followed = decode_record(&raw).ok().filter(|record| record.seq == persist.next_seq());
            let Some(record) = followed else { return self.read_again(id).await };
            if self.store.follow(record.transaction).is_err() {
                return self.read_again(id).await;
            }
            persist.followed(record.seq);
        }
        true
    }

    /// Reads a followed document anew, for instance after the other tab wrote a snapshot.
    async fn read_again(self: &Rc<Self>, id: &DocumentId) -> bool {
        let persist = self.open.borrow().persist.clone();
        let (Some(library), Some(persist)) = (self.library(), persist) else { return true };
        let Ok(Some(stored)) = library.load(id).await else { return true };
        let work = self.begin_work("banner.opening");
        match read_stored(&stored, &work).await {
            // Meanwhile another document may be open, or this one may be ahead.
            Ok(read) if self.is_followed_by(&persist) && read.next_seq >= persist.next_seq() => {
                persist.followed(read.next_seq - 1);
                self.store.open(read.editor);
                true
            }
            Err(NotRead::Stopped) => false,
            _ => true,
        }
    }

    /// Whether this is the storage of the open document, and another tab writes it.
    fn is_followed_by(&self, persist: &Rc<Persist>) -> bool {
        let open = self.open.borrow();
        self.store.is_read_only() && open.persist.as_ref().is_some_and(|open| Rc::ptr_eq(open, persist))
    }
}
