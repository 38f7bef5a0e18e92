//! Documents that come many at once: from other programs, from a backup. They are stored one after
//! the other and not opened, so that thousands take no more memory than one.

use std::rc::Rc;

use crate::edit::editor::Editor;
use crate::edit::state::State;
use crate::formats::json::{Building, OpenContext};
use crate::formats::schema_json::encode_schema;
use crate::json::{Map, Value};
use crate::model::ids::{DocumentId, IdSource};
use crate::text::unicode::lower_case;
use crate::web::clock;
use crate::web::dom;
use crate::web::dom::idb::StorageError;
use crate::web::exchange::{ExchangeError, Reply, count, request};
use crate::web::library::Entry;
use crate::web::long_work::{LongWork, Stop};
use crate::web::opening::read_steps;
use crate::web::page_reader;
use crate::web::persist::put_chunks;
use crate::web::session::{Restored, Session, SessionEvent};

/// How files of other programs are to be read. What is empty is found out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadAs {
    pub format: String,
    pub encoding: String,
    /// Of a table: the column with the text.
    pub column: String,
}

impl Session {
    /// Has the worker read files; without any, the last ones again in another way.
    pub async fn read_foreign(
        &self,
        files: &[(String, Vec<u8>)],
        read_as: &ReadAs,
    ) -> Result<Value, ExchangeError> {
        let bytes: Vec<&[u8]> = files.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        let mut reply = self.exchange.ask(&self.reading(files, read_as), &bytes).await?;
        // Web pages among them come back, some at a time: only the page has a reader of HTML.
        while count(&reply.json, "pages") > 0 {
            let mut pages = Vec::new();
            for html in &reply.files {
                pages.push(page_reader::read(html).await);
            }
            let bytes: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
            self.exchange.ask(&request("pages", []), &bytes).await?;
            reply = self.exchange.ask(&self.reading(&[], read_as), &[]).await?;
        }
        Ok(reply.json)
    }

    fn reading(&self, files: &[(String, Vec<u8>)], read_as: &ReadAs) -> Value {
        request(
            "read",
            [
                ("paths", files.iter().map(|(path, _)| Value::from(path.as_str())).collect()),
                ("format", Value::from(&*read_as.format)),
                ("encoding", Value::from(&*read_as.encoding)),
                ("column", Value::from(&*read_as.column)),
                ("schema", encode_schema(&self.schema_in_use())),
            ],
        )
    }

    /// Native files of what was read, under the label set in use. `choices` say what becomes of
    /// labels, `texts` which texts were edited, by the number of the document. Files that were native
    /// keep their label set, but with `is_on_set`.
    pub async fn take_foreign(
        &self,
        choices: Map,
        texts: Map,
        is_on_set: bool,
    ) -> Result<Reply, ExchangeError> {
        let take = request(
            "take",
            [
                ("schema", encode_schema(&self.schema_in_use())),
                ("choices", Value::Object(choices)),
                ("texts", Value::Object(texts)),
                ("onSet", Value::from(is_on_set)),
                // Whole numbers up to 2⁵³ are the same everywhere.
                ("seed", Value::from(clock::seed() >> 11)),
            ],
        );
        self.exchange.ask(&take, &[]).await
    }

    /// Stores the documents of native files and, with `opens`, opens the first. None is ever replaced: one that is
    /// here with another last edit is kept beside it. `on_step` hears how many are done, and says
    /// whether to go on, as the page does where one is long; what is stored by then stays.
    pub async fn add_natives(
        self: &Rc<Self>,
        natives: &[Vec<u8>],
        opens: bool,
        on_step: &dyn Fn(usize) -> bool,
    ) -> Result<Restored, StorageError> {
        let mut added = Restored::default();
        let mut here = self.entries().await?;
        let mut first = None;
        let work = self.begin_work("banner.reading");
        for (idx, native) in natives.iter().enumerate() {
            let percent = |done: usize| done * 100 / natives.len();
            let state = self.state_of(native, &work, (percent(idx), percent(idx + 1))).await;
            if !work.is_wanted() {
                break;
            }
            match state {
                None => added.failed += 1,
                Some(state) => {
                    let found = here.iter().find(|entry| entry.id == state.document.id);
                    if found.is_some_and(|entry| entry.modified_ms == state.modified_ms) {
                        added.present += 1;
                    } else {
                        let state = if found.is_some() { self.under_another_id(state) } else { state };
                        let entry = self.add_document(state).await?;
                        first.get_or_insert(entry.id.clone());
                        here.push(entry);
                        added.added += 1;
                    }
                }
            }
            if !on_step(idx + 1) {
                self.tell(SessionEvent::Working("status.adding", idx + 1, natives.len()));
                break;
            }
        }
        drop(work);
        self.tell(SessionEvent::DocumentsChanged);
        if let Some(first) = first.filter(|_| opens) {
            self.open_document(&first).await?;
        }
        Ok(added)
    }

    /// Tells of each document whose text holds some words, in whatever case, until it is to stop. One text after
    /// the other is read, and none is kept.
    pub async fn find_in_texts(
        &self,
        words: &str,
        stop: &Stop,
        on_found: &dyn Fn(DocumentId),
    ) -> Result<(), StorageError> {
        let wanted = lower_case(words);
        for entry in self.entries().await? {
            if stop.is_asked() {
                break;
            }
            let text = self.stored_text(&entry.sha256).await;
            if text.is_some_and(|text| lower_case(&text).contains(&wanted)) {
                on_found(entry.id);
            }
        }
        Ok(())
    }

    /// The work in a native file, which leads from one percent of `work` to another. `None` where it cannot be
    /// read, or is not wanted any more.
    pub(super) async fn state_of(
        &self,
        native: &[u8],
        work: &LongWork,
        (from, to): (usize, usize),
    ) -> Option<State> {
        let middle = (from + to) / 2;
        work.part(from, middle);
        let mut file = read_steps(work, native).await.ok()??;
        if let Some(text) = &file.text {
            file.text_sha256 = dom::sha256_hex(text).await.map(Rc::from);
        }
        let mut ids = IdSource::new(clock::seed());
        let annotator_id = self.store.annotator();
        let context = OpenContext { ids: &mut ids, annotator_id, time_ms: clock::now_ms() };
        let mut building = Building::new(&file, None, context).ok()?;
        work.part(middle, to);
        let is_built = work.run(&mut || building.step().then(|| building.percent())).await;
        is_built.then(|| building.finish().state)
    }

    /// The same work as a document of its own.
    pub fn under_another_id(&self, state: State) -> State {
        let id: DocumentId = self.store.with_ids(IdSource::document);
        State { document: Rc::new(state.document.under(id)), ..state }
    }

    /// Stores a document without opening it. Where nothing can be stored it is opened instead.
    pub(super) async fn add_document(self: &Rc<Self>, state: State) -> Result<Entry, StorageError> {
        let entry = Entry { generation: 1, ..Entry::of(&state, clock::now_ms()) };
        let Some(library) = self.library() else {
            self.open_state(state, true);
            return Ok(entry);
        };
        let text = state.document.text.clone();
        let to = (&entry.id, entry.generation);
        let number = put_chunks(&library, to, &Editor::new(state), 0).await?;
        library.finish_snapshot(&entry, number, 0, Some(&text)).await?;
        Ok(entry)
    }
}
