//! The database in the browser: texts under keys. Nothing is decided here.
//!
//! Each function is one transaction. All requests are issued before the first wait, because a
//! transaction with nothing pending commits by itself as soon as control returns to the browser; only
//! the pieces of a long text are waited for one by one.

use js_sys::{Array, JsString, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode,
};

use crate::text::span::TextOffset;
use crate::web::dom;

/// The tables.
pub const DOCUMENTS: &str = "documents";
pub const TEXTS: &str = "texts";
pub const SNAPSHOTS: &str = "snapshots";
pub const JOURNAL: &str = "journal";
pub const DAMAGED: &str = "damaged";
pub const META: &str = "meta";
const TABLES: [&str; 6] = [DOCUMENTS, TEXTS, SNAPSHOTS, JOURNAL, DAMAGED, META];

const VERSION: u32 = 1;
/// From here on a text is long.
const LONG_BYTES: usize = 16 * 1024;
/// The most of a text that is handed over in one go: the browser copies it while the page is held.
pub const PIECE_BYTES: usize = 512 * 1024;

/// Why storage failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// The disk, or what the browser allows, is full.
    Full,
    /// The browser has no database here (private windows, settings) or lost it.
    Unavailable,
    /// A record with this number is there already: another tab writes the same work.
    Conflict,
    /// Something else, in the browser's words.
    Other(String),
}

/// A part of a key.
#[derive(Clone, Debug)]
pub enum KeyPart<'k> {
    Text(&'k str),
    Number(u64),
}

/// What a transaction does.
pub enum Write<'w> {
    Put {
        table: &'static str,
        key: Vec<KeyPart<'w>>,
        value: &'w str,
    },
    /// As `Put`, but a [`StorageError::Conflict`] where the key is there.
    Add {
        table: &'static str,
        key: Vec<KeyPart<'w>>,
        value: &'w str,
    },
    /// Puts a long text in pieces, under the key and their numbers. Between two of them the page is
    /// left to itself: for the first of some writes only, and for none that a page about to go makes.
    PutPieces {
        table: &'static str,
        key: &'w str,
        value: &'w str,
    },
    /// Everything from one key to another, both included.
    DeleteRange {
        table: &'static str,
        from: Vec<KeyPart<'w>>,
        to: Vec<KeyPart<'w>>,
    },
    Clear {
        table: &'static str,
    },
}

impl Write<'_> {
    fn table(&self) -> &'static str {
        match self {
            Write::Put { table, .. }
            | Write::Add { table, .. }
            | Write::PutPieces { table, .. }
            | Write::DeleteRange { table, .. }
            | Write::Clear { table } => table,
        }
    }
}

/// An open database.
#[derive(Debug)]
pub struct Db {
    database: IdbDatabase,
    _on_version_change: Closure<dyn FnMut()>,
}

impl From<DomException> for StorageError {
    fn from(error: DomException) -> StorageError {
        let (name, message) = (error.name(), error.message());
        match name.as_str() {
            "QuotaExceededError" => StorageError::Full,
            "ConstraintError" => StorageError::Conflict,
            "InvalidStateError" | "SecurityError" => StorageError::Unavailable,
            // Some browsers say it in words only.
            _ if message.contains("quota") => StorageError::Full,
            _ => StorageError::Other(format!("{name}: {message}")),
        }
    }
}

impl From<JsValue> for StorageError {
    fn from(error: JsValue) -> StorageError {
        match error.dyn_into::<DomException>() {
            Ok(error) => StorageError::from(error),
            Err(error) => StorageError::Other(String::from(JsString::from(error).to_string())),
        }
    }
}

impl Db {
    /// Opens a database, making it and its tables where they are missing.
    pub async fn open(name: &str) -> Result<Db, StorageError> {
        let factory = dom::window().indexed_db().ok().flatten().ok_or(StorageError::Unavailable)?;
        let request = factory.open_with_u32(name, VERSION).map_err(|_| StorageError::Unavailable)?;
        let upgrading = request.clone();
        let upgrade = Closure::<dyn FnMut()>::new(move || make_tables(&upgrading));
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let database: IdbDatabase = match answer(&request).await {
            Ok(database) => database.unchecked_into(),
            Err(StorageError::Other(words)) => return Err(StorageError::Other(words)),
            Err(_) => return Err(StorageError::Unavailable),
        };
        // A newer version of the program in another tab must not wait for this one.
        let closing = database.clone();
        let on_version_change = Closure::<dyn FnMut()>::new(move || closing.close());
        database.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        Ok(Db { database, _on_version_change: on_version_change })
    }

    /// Takes a database away, with all that is in it. Other tabs let go of it.
    pub async fn delete(name: &str) -> Result<(), StorageError> {
        let factory = dom::window().indexed_db().ok().flatten().ok_or(StorageError::Unavailable)?;
        answer(&factory.delete_database(name)?.into()).await?;
        Ok(())
    }

    /// Lets go of the database.
    pub fn close(&self) {
        self.database.close();
    }

    /// Does all writes, or none of them. Resolved when they are on their way to the disk
    /// (`complete`).
    pub async fn write(&self, writes: &[Write<'_>]) -> Result<(), StorageError> {
        // Those alone that are written: work on others goes on beside it.
        let is_written = |table: &&str| writes.iter().any(|write| write.table() == *table);
        let tables: Array = TABLES.into_iter().filter(is_written).map(JsValue::from_str).collect();
        let transaction =
            self.database.transaction_with_str_sequence_and_mode(&tables, IdbTransactionMode::Readwrite)?;
        for write in writes {
            if let Err(error) = issue(&transaction, write).await {
                // Otherwise what was issued before would be written alone.
                let _ = transaction.abort();
                return Err(error);
            }
        }
        let completed = Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
        });
        // Said outright: left to itself, a transaction is given up when its page goes.
        #[expect(deprecated, reason = "only in the old description that web-sys is made from")]
        transaction.commit()?;
        match JsFuture::from(completed).await {
            Ok(_) => Ok(()),
            // Where the browser says no more, it is nearly always a full disk.
            Err(_) => Err(transaction.error().map_or(StorageError::Full, StorageError::from)),
        }
    }

    pub async fn get(
        &self,
        table: &'static str,
        key: &[KeyPart<'_>],
    ) -> Result<Option<String>, StorageError> {
        Ok(text_of(&answer(&self.table(table)?.get(&js_key(key))?).await?))
    }

    /// What is under each of some keys of one part.
    pub async fn get_each(
        &self,
        table: &'static str,
        keys: &[KeyPart<'_>],
    ) -> Result<Vec<Option<String>>, StorageError> {
        let table = self.table(table)?;
        let mut requests = Vec::with_capacity(keys.len());
        for key in keys {
            let request = table.get(&js_key(std::slice::from_ref(key)))?;
            requests.push((answered(&request), request));
        }
        let mut values = Vec::with_capacity(keys.len());
        for (answered, request) in requests {
            values.push(text_of(&result_of(&request, answered).await?));
        }
        Ok(values)
    }

    /// The values from one key to another, both included, in the order of their keys.
    pub async fn range(
        &self,
        table: &'static str,
        from: &[KeyPart<'_>],
        to: &[KeyPart<'_>],
    ) -> Result<Vec<String>, StorageError> {
        let range = IdbKeyRange::bound(&js_key(from), &js_key(to))?;
        Ok(strings(&answer(&self.table(table)?.get_all_with_key(&range)?).await?))
    }

    /// All values of a table.
    pub async fn all(&self, table: &'static str) -> Result<Vec<String>, StorageError> {
        Ok(strings(&answer(&self.table(table)?.get_all()?).await?))
    }

    /// A table for one request: in a transaction of its own, that reads.
    fn table(&self, table: &'static str) -> Result<IdbObjectStore, JsValue> {
        self.database.transaction_with_str(table)?.object_store(table)
    }
}

fn make_tables(request: &IdbRequest) {
    let Ok(database) = request.result() else { return };
    let database: IdbDatabase = database.unchecked_into();
    let existing = database.object_store_names();
    for table in TABLES.iter().filter(|table| !existing.contains(table)) {
        let _ = database.create_object_store(table);
    }
}

/// Asks for a write, and does not wait for it. Waits for each piece but takes them as one.
async fn issue(transaction: &IdbTransaction, write: &Write<'_>) -> Result<(), StorageError> {
    match write {
        Write::Put { table, key, value } => {
            transaction.object_store(table)?.put_with_key(&js_value(value), &js_key(key))?;
        }
        Write::Add { table, key, value } => {
            transaction.object_store(table)?.add_with_key(&js_value(value), &js_key(key))?;
        }
        Write::PutPieces { table, key, value } => {
            for (number, piece) in pieces_of(value).enumerate() {
                let key = js_key(&[KeyPart::Text(key), KeyPart::Number(number as u64)]);
                // While its success is told of, the transaction takes the next one.
                answer(&transaction.object_store(table)?.put_with_key(&js_value(piece), &key)?).await?;
            }
        }
        Write::DeleteRange { table, from, to } => {
            let range = IdbKeyRange::bound(&js_key(from), &js_key(to))?;
            transaction.object_store(table)?.delete(&range)?;
        }
        Write::Clear { table } => {
            transaction.object_store(table)?.clear()?;
        }
    }
    Ok(())
}

/// Fulfilled when a request has its result.
fn answered(request: &IdbRequest) -> Promise {
    Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    })
}

/// Waits for the result of a request.
async fn answer(request: &IdbRequest) -> Result<JsValue, StorageError> {
    result_of(request, answered(request)).await
}

async fn result_of(request: &IdbRequest, answered: Promise) -> Result<JsValue, StorageError> {
    match JsFuture::from(answered).await {
        Ok(_) => Ok(request.result()?),
        Err(_) => Err(request.error()?.map_or(StorageError::Unavailable, StorageError::from)),
    }
}

/// A text in pieces that are texts too.
pub fn pieces_of(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (piece, rest) = text.split_at(TextOffset::new(PIECE_BYTES).floor_in(text));
        text = rest;
        (!piece.is_empty()).then_some(piece)
    })
}

fn strings(values: &JsValue) -> Vec<String> {
    Array::from(values).iter().filter_map(|value| text_of(&value)).collect()
}

/// A text as it is stored: a long one in UTF-8. That is a copy, where UTF-16 would have to be made of it
/// and holds the page for as long again.
fn js_value(text: &str) -> JsValue {
    if text.len() < LONG_BYTES { JsValue::from_str(text) } else { Uint8Array::from(text.as_bytes()).into() }
}

/// A text that was stored, long or not; earlier versions stored all of them as strings.
fn text_of(value: &JsValue) -> Option<String> {
    match value.dyn_ref::<Uint8Array>() {
        Some(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        None => value.as_string(),
    }
}

/// A key of one part is that part; one of several is an array, which sorts part by part.
fn js_key(parts: &[KeyPart<'_>]) -> JsValue {
    let part = |part: &KeyPart<'_>| match part {
        KeyPart::Text(text) => JsValue::from_str(text),
        KeyPart::Number(number) => JsValue::from_f64(*number as f64),
    };
    match parts {
        [only] => part(only),
        _ => parts.iter().map(part).collect::<Array>().into(),
    }
}
