//! The documents on this computer: what is stored under which key. See docs/storage.md.

use std::rc::Rc;

use crate::edit::state::State;
use crate::json::{Map, Value, from_str};
use crate::model::document::field_text;
use crate::model::ids::DocumentId;
use crate::sorted::sort_by_key;
use crate::web::dom::idb::{
    DAMAGED, DOCUMENTS, Db, JOURNAL, KeyPart, META, PIECE_BYTES, SNAPSHOTS, StorageError, TEXTS, Write,
};
use crate::web::session::title_of;

/// Greater than any sequence number: the end of a range.
const LAST: u64 = 1 << 53;
/// The database of the first project. Those of others have the project's id behind it.
const DATABASE: &str = "sourcier";

/// What the list of documents knows about one.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: DocumentId,
    pub title: String,
    pub sha256: String,
    pub created_ms: u64,
    /// The last edit.
    pub modified_ms: Option<u64>,
    pub opened_ms: u64,
    pub annotations: usize,
    /// How far the work is said to be: the schema's field `status`, or empty.
    pub status: String,
    /// Whether a person set the mark that means “look at this again”. It is no part of the work.
    pub is_flagged: bool,
    /// How many paragraphs there are, and of how many something was said.
    pub paragraphs: usize,
    pub paragraphs_done: usize,
    /// Which of its snapshots counts.
    pub generation: u64,
    /// Where the reader was: a byte offset into the text.
    pub place: u32,
}

/// All that is stored of one document.
pub struct Stored {
    pub entry: Entry,
    pub text: String,
    pub chunks: Vec<String>,
    pub records: Vec<String>,
}

/// The documents of one project on this computer.
#[derive(Debug)]
pub struct Library {
    db: Db,
}

impl Library {
    /// Opens that of the project with this id; the first project's id is empty.
    pub async fn open(project: &str) -> Result<Library, StorageError> {
        Ok(Library { db: Db::open(&database_of(project)).await? })
    }

    /// Takes all of a project away that is not the first one.
    pub async fn delete(project: &str) -> Result<(), StorageError> {
        Db::delete(&database_of(project)).await
    }

    /// Lets go of the database, so that it can be deleted.
    pub fn close(&self) {
        self.db.close();
    }

    /// All documents, the last opened first. Entries that cannot be read are left out.
    pub async fn entries(&self) -> Result<Vec<Entry>, StorageError> {
        let mut entries: Vec<Entry> =
            self.db.all(DOCUMENTS).await?.iter().filter_map(|json| Entry::from_json(json)).collect();
        sort_by_key(&mut entries, |entry| std::cmp::Reverse(entry.opened_ms));
        Ok(entries)
    }

    /// Everything of one document; `None` where it or its text is not there.
    pub async fn load(&self, id: &DocumentId) -> Result<Option<Stored>, StorageError> {
        let doc = KeyPart::Text(id.as_str());
        let Some(json) = self.db.get(DOCUMENTS, std::slice::from_ref(&doc)).await? else { return Ok(None) };
        let Some(entry) = Entry::from_json(&json) else { return Ok(None) };
        let Some(text) = self.text(&entry.sha256).await? else { return Ok(None) };
        let generation = KeyPart::Number(entry.generation);
        let chunks = self
            .db
            .range(
                SNAPSHOTS,
                &[doc.clone(), generation.clone(), KeyPart::Number(0)],
                &[doc.clone(), generation, KeyPart::Number(LAST)],
            )
            .await?;
        let records = self.records_from(id, 0).await?;
        Ok(Some(Stored { entry, text, chunks, records }))
    }

    /// The journal records of a document from a number on.
    pub async fn records_from(&self, id: &DocumentId, seq: u64) -> Result<Vec<String>, StorageError> {
        let key = |seq: u64| [KeyPart::Text(id.as_str()), KeyPart::Number(seq)];
        self.db.range(JOURNAL, &key(seq), &key(LAST)).await
    }

    /// The text with this hash, where a document has it.
    pub async fn text(&self, sha256: &str) -> Result<Option<String>, StorageError> {
        let sha256 = KeyPart::Text(sha256);
        if let Some(text) = self.db.get(TEXTS, std::slice::from_ref(&sha256)).await? {
            return Ok(Some(text));
        }
        let from = [sha256.clone(), KeyPart::Number(0)];
        let pieces = self.db.range(TEXTS, &from, &[sha256, KeyPart::Number(LAST)]).await?;
        Ok((!pieces.is_empty()).then(|| pieces.concat()))
    }

    /// Adds journal records, and what the list shows. A record that is there already is a
    /// conflict: another tab writes the same work.
    pub async fn append(&self, entry: &Entry, records: &[(u64, Rc<str>)]) -> Result<(), StorageError> {
        let json = entry.to_json();
        let doc = entry.id.as_str();
        let mut writes: Vec<Write<'_>> = records
            .iter()
            .map(|(seq, record)| Write::Add {
                table: JOURNAL,
                key: vec![KeyPart::Text(doc), KeyPart::Number(*seq)],
                value: record,
            })
            .collect();
        writes.push(Write::Put { table: DOCUMENTS, key: vec![KeyPart::Text(doc)], value: &json });
        self.db.write(&writes).await
    }

    /// Writes a part of a snapshot that does not count yet.
    pub async fn put_chunk(
        &self,
        id: &DocumentId,
        generation: u64,
        number: u64,
        chunk: &str,
    ) -> Result<(), StorageError> {
        let key = vec![KeyPart::Text(id.as_str()), KeyPart::Number(generation), KeyPart::Number(number)];
        self.db.write(&[Write::Put { table: SNAPSHOTS, key, value: chunk }]).await
    }

    /// Makes the snapshot of `entry.generation`, of `chunks` parts, the one that counts: older ones
    /// and the records up to `seq` go in the same step. `text` is given with the first snapshot.
    pub async fn finish_snapshot(
        &self,
        entry: &Entry,
        chunks: u64,
        seq: u64,
        text: Option<&str>,
    ) -> Result<(), StorageError> {
        let json = entry.to_json();
        let (doc, sha256) = (entry.id.as_str(), entry.sha256.as_str());
        let mut writes = Vec::new();
        if let Some(value) = text {
            // The pieces come first: they are waited for.
            writes.push(if value.len() > PIECE_BYTES {
                Write::PutPieces { table: TEXTS, key: sha256, value }
            } else {
                Write::Put { table: TEXTS, key: vec![KeyPart::Text(sha256)], value }
            });
        }
        writes.extend([
            Write::Put { table: DOCUMENTS, key: vec![KeyPart::Text(doc)], value: &json },
            Write::DeleteRange {
                table: JOURNAL,
                from: vec![KeyPart::Text(doc), KeyPart::Number(0)],
                to: vec![KeyPart::Text(doc), KeyPart::Number(seq)],
            },
            // What an earlier try of this generation left behind.
            Write::DeleteRange {
                table: SNAPSHOTS,
                from: vec![KeyPart::Text(doc), KeyPart::Number(entry.generation), KeyPart::Number(chunks)],
                to: vec![KeyPart::Text(doc), KeyPart::Number(entry.generation), KeyPart::Number(LAST)],
            },
        ]);
        if let Some(before) = entry.generation.checked_sub(1) {
            writes.push(Write::DeleteRange {
                table: SNAPSHOTS,
                from: vec![KeyPart::Text(doc), KeyPart::Number(0), KeyPart::Number(0)],
                to: vec![KeyPart::Text(doc), KeyPart::Number(before), KeyPart::Number(LAST)],
            });
        }
        self.db.write(&writes).await
    }

    /// Writes only what the list shows.
    pub async fn put_entry(&self, entry: &Entry) -> Result<(), StorageError> {
        self.append(entry, &[]).await
    }

    /// Takes a document away, and its text where no other document has it.
    pub async fn remove(&self, id: &DocumentId) -> Result<(), StorageError> {
        let entries = self.entries().await?;
        let sha256 = entries.iter().find(|entry| entry.id == *id).map(|entry| entry.sha256.clone());
        let doc = id.as_str();
        let mut writes = vec![
            Write::DeleteRange {
                table: DOCUMENTS,
                from: vec![KeyPart::Text(doc)],
                to: vec![KeyPart::Text(doc)],
            },
            Write::DeleteRange {
                table: JOURNAL,
                from: vec![KeyPart::Text(doc), KeyPart::Number(0)],
                to: vec![KeyPart::Text(doc), KeyPart::Number(LAST)],
            },
            Write::DeleteRange {
                table: SNAPSHOTS,
                from: vec![KeyPart::Text(doc), KeyPart::Number(0), KeyPart::Number(0)],
                to: vec![KeyPart::Text(doc), KeyPart::Number(LAST), KeyPart::Number(LAST)],
            },
        ];
        let is_shared = |sha256: &str| entries.iter().any(|entry| entry.id != *id && entry.sha256 == sha256);
        if let Some(sha256) = sha256.as_deref().filter(|sha256| !is_shared(sha256)) {
            // The text, or its pieces.
            let from = vec![KeyPart::Text(sha256)];
            writes.push(Write::DeleteRange { table: TEXTS, from: from.clone(), to: from });
            let piece = |number: u64| vec![KeyPart::Text(sha256), KeyPart::Number(number)];
            writes.push(Write::DeleteRange { table: TEXTS, from: piece(0), to: piece(LAST) });
        }
        self.db.write(&writes).await
    }

    /// Takes all documents away.
    pub async fn clear(&self) -> Result<(), StorageError> {
        let tables = [DOCUMENTS, TEXTS, SNAPSHOTS, JOURNAL, DAMAGED];
        let writes: Vec<Write<'_>> = tables.into_iter().map(|table| Write::Clear { table }).collect();
        self.db.write(&writes).await
    }

    /// Takes everything away.
    pub async fn erase(&self) -> Result<(), StorageError> {
        self.clear().await?;
        self.db.write(&[Write::Clear { table: META }]).await
    }

    /// Keeps damaged data apart before it would be deleted.
    pub async fn put_damaged(&self, id: &DocumentId, time_ms: u64, raw: &str) -> Result<(), StorageError> {
        let key = vec![KeyPart::Text(id.as_str()), KeyPart::Number(time_ms)];
        self.db.write(&[Write::Put { table: DAMAGED, key, value: raw }]).await
    }

    /// A fact about this computer: who annotates, which document was open.
    pub async fn fact(&self, name: &str) -> Result<Option<String>, StorageError> {
        self.db.get(META, &[KeyPart::Text(name)]).await
    }

    /// Several facts at once: one journey to the disk.
    pub async fn each_fact<const N: usize>(
        &self,
        names: [&str; N],
    ) -> Result<[Option<String>; N], StorageError> {
        let mut facts = self.db.get_each(META, &names.map(KeyPart::Text)).await?.into_iter();
        Ok(names.map(|_| facts.next().flatten()))
    }

    /// The facts whose names begin so, in the order of their names.
    pub async fn facts(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let last = [prefix, "\u{10FFFF}"].concat();
        self.db.range(META, &[KeyPart::Text(prefix)], &[KeyPart::Text(&last)]).await
    }

    pub async fn remove_fact(&self, name: &str) -> Result<(), StorageError> {
        let key = || vec![KeyPart::Text(name)];
        self.db.write(&[Write::DeleteRange { table: META, from: key(), to: key() }]).await
    }

    pub async fn put_fact(&self, name: &str, value: &str) -> Result<(), StorageError> {
        self.db.write(&[Write::Put { table: META, key: vec![KeyPart::Text(name)], value }]).await
    }
}

fn database_of(project: &str) -> String {
    let parts: &[&str] = if project.is_empty() { &[DATABASE] } else { &[DATABASE, ":", project] };
    parts.concat()
}

impl Entry {
    /// What the list knows of new work: nothing is stored yet.
    pub fn of(state: &State, opened_ms: u64) -> Entry {
        let mut entry = Entry {
            id: state.document.id.clone(),
            title: String::new(),
            sha256: state.document.sha256().to_string(),
            created_ms: state.document.created_ms,
            modified_ms: None,
            opened_ms,
            annotations: 0,
            status: String::new(),
            is_flagged: false,
            paragraphs: state.document.index.blocks.paragraphs().len(),
            paragraphs_done: 0,
            generation: 0,
            place: 0,
        };
        entry.describe(state);
        entry
    }

    /// Takes up what an edit may have changed.
    pub fn describe(&mut self, state: &State) {
        self.title = title_of(state);
        self.annotations = state.annotations.len();
        self.modified_ms = state.modified_ms;
        self.status = field_text(&state.fields, "status").unwrap_or_default().to_string();
        self.paragraphs = state.document.index.blocks.paragraphs().len();
        self.paragraphs_done = state.paragraphs.len();
    }

    fn from_json(json: &str) -> Option<Entry> {
        let value = from_str(json).ok()?;
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let number = |key: &str| value.get(key).and_then(Value::as_u64);
        Some(Entry {
            id: DocumentId::from(text("id")?),
            title: text("title").unwrap_or_default().to_string(),
            sha256: text("sha256")?.to_string(),
            created_ms: number("created")?,
            modified_ms: number("modified"),
            opened_ms: number("opened").unwrap_or(0),
            annotations: number("annotations").unwrap_or(0) as usize,
            status: text("status").unwrap_or_default().to_string(),
            is_flagged: value.get("flagged").and_then(Value::as_bool).unwrap_or(false),
            paragraphs: number("paragraphs").unwrap_or(0) as usize,
            paragraphs_done: number("paragraphsDone").unwrap_or(0) as usize,
            generation: number("generation")?,
            place: number("place").and_then(|place| u32::try_from(place).ok()).unwrap_or(0),
        })
    }

    fn to_json(&self) -> String {
        let mut json = Map::from_iter([
            ("id", Value::from(&self.id.0)),
            ("title", Value::from(&*self.title)),
            ("sha256", Value::from(&*self.sha256)),
            ("created", Value::from(self.created_ms)),
            ("opened", Value::from(self.opened_ms)),
            ("annotations", Value::from(self.annotations)),
            ("status", Value::from(&*self.status)),
            ("paragraphs", Value::from(self.paragraphs)),
            ("paragraphsDone", Value::from(self.paragraphs_done)),
            ("generation", Value::from(self.generation)),
            ("place", Value::from(self.place)),
        ]);
        if let Some(modified_ms) = self.modified_ms {
            json.insert("modified", modified_ms);
        }
        if self.is_flagged {
            json.insert("flagged", true);
        }
        Value::Object(json).to_string()
    }
}
