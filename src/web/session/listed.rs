//! What is done to a document from the list, open or not: a name, a mark, a copy.

use std::rc::Rc;

use crate::edit::commands::change::set_field;
use crate::journal::record::encode_record;
use crate::model::ids::{DocumentId, FieldKey};
use crate::model::schema::AttributeValue;
use crate::web::dom::idb::StorageError;
use crate::web::session::stored::read_stored;
use crate::web::session::{Session, SessionEvent};

/// The field that says what a document is called.
const TITLE: &str = "title";

impl Session {
    /// Gives a document another title: an edit like any other, that can be undone.
    pub async fn rename_document(self: &Rc<Self>, id: &DocumentId, title: &str) -> Result<(), StorageError> {
        let (key, value) = (FieldKey::from(TITLE), AttributeValue::Text(Rc::from(title)));
        if self.is_open(id) {
            self.store.command(|state, ctx| set_field(state, ctx, &key, Some(value)));
            self.flush();
            return Ok(());
        }
        let Some(library) = self.library() else { return Ok(()) };
        let Some(stored) = library.load(id).await? else { return Ok(()) };
        let work = self.begin_work("banner.reading");
        let Ok(mut read) = read_stored(&stored, &work).await else { return Ok(()) };
        let before = read.editor.state().clone();
        let effect = self.store.with_context(|ctx| set_field(&before, ctx, &key, Some(value)));
        let Some(transaction) = effect.ok().and_then(|effect| effect.transaction) else { return Ok(()) };
        if transaction.edits.is_empty() || read.editor.dispatch(&transaction).is_err() {
            return Ok(());
        }
        let mut entry = stored.entry;
        entry.describe(read.editor.state());
        let record = encode_record(read.next_seq, &before.focus, &transaction);
        library.append(&entry, &[(read.next_seq, record.into())]).await
    }

    /// Whether the open document has the mark.
    pub fn is_flagged(&self) -> bool {
        self.open.borrow().persist.as_ref().is_some_and(|persist| persist.entry().is_flagged)
    }

    /// Sets or takes the mark of a document. It is no edit.
    pub async fn flag_document(&self, id: &DocumentId, is_flagged: bool) -> Result<(), StorageError> {
        let open = self.open.borrow().persist.clone().filter(|persist| persist.entry().id == *id);
        if let Some(persist) = open {
            return persist.note_flag(is_flagged).await;
        }
        let Some(library) = self.library() else { return Ok(()) };
        match library.entries().await?.into_iter().find(|entry| entry.id == *id) {
            Some(mut entry) => {
                entry.is_flagged = is_flagged;
                library.put_entry(&entry).await
            }
            None => Ok(()),
        }
    }

    /// The same document once more, under a title that tells the two apart.
    pub async fn duplicate(self: &Rc<Self>, id: &DocumentId, title: &str) -> Result<(), StorageError> {
        let work = self.begin_work("banner.reading");
        work.part(0, 50);
        let Some(native) = self.native_file(id, "", &work).await? else { return Ok(()) };
        if let Some(state) = self.state_of(&native, &work, (50, 100)).await {
            let mut state = self.under_another_id(state);
            let title = AttributeValue::Text(Rc::from(title));
            Rc::make_mut(&mut state.fields).insert(FieldKey::from("title"), title);
            self.add_document(state).await?;
            self.tell(SessionEvent::DocumentsChanged);
        }
        Ok(())
    }
}
