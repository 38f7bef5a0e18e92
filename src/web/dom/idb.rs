//! The database in the browser: strings under keys. Nothing is decided here.
//!
//! Each function is one transaction. All requests are issued before the first wait, because a
//! transaction with nothing pending commits by itself as soon as control returns to the browser.

use idb::{Database, DatabaseEvent, Error, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode};
use js_sys::Array;
use wasm_bindgen::JsValue;

/// The tables.
pub const DOCUMENTS: &str = "documents";
pub const TEXTS: &str = "texts";
pub const SNAPSHOTS: &str = "snapshots";
pub const JOURNAL: &str = "journal";
pub const DAMAGED: &str = "damaged";
pub const META: &str = "meta";
const TABLES: [&str; 6] = [DOCUMENTS, TEXTS, SNAPSHOTS, JOURNAL, DAMAGED, META];

const NAME: &str = "sourcier";
const VERSION: u32 = 1;

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

/// An open database.
#[derive(Debug)]
pub struct Db {
    database: Database,
}

impl From<Error> for StorageError {
    fn from(error: Error) -> StorageError {
        let words = error.to_string();
        let has = |name: &str| words.contains(name);
        if has("QuotaExceeded") || has("quota") {
            StorageError::Full
        } else if has("ConstraintError") || has("already exists in the object store") {
            StorageError::Conflict
        } else if has("InvalidStateError")
            || has("SecurityError")
            || matches!(error, Error::IndexedDbNotFound(_))
        {
            StorageError::Unavailable
        } else {
            StorageError::Other(words)
        }
    }
}

impl Db {
    /// Opens the database, making its tables where they are missing.
    pub async fn open() -> Result<Db, StorageError> {
        let factory = Factory::new().map_err(|_| StorageError::Unavailable)?;
        let mut request = factory.open(NAME, Some(VERSION)).map_err(|_| StorageError::Unavailable)?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = event.database() {
                let existing = database.store_names();
                for table in TABLES.iter().filter(|table| !existing.iter().any(|name| name == **table)) {
                    let _ = database.create_object_store(table, ObjectStoreParams::new());
                }
            }
        });
        let mut database = request.await.map_err(|error| match StorageError::from(error) {
            StorageError::Other(words) => StorageError::Other(words),
            _ => StorageError::Unavailable,
        })?;
        // A newer version of the program in another tab must not wait for this one.
        database.on_version_change(|event| {
            if let Ok(database) = event.database() {
                database.close();
            }
        });
        Ok(Db { database })
    }

    /// Does all writes, or none of them. Resolved when they are on their way to the disk
    /// (`complete`).
    pub async fn write(&self, writes: &[Write<'_>]) -> Result<(), StorageError> {
        let transaction = self.database.transaction(&TABLES, TransactionMode::ReadWrite)?;
        for write in writes {
            match write {
                Write::Put { table, key, value } => {
                    transaction.object_store(table)?.put(&JsValue::from_str(value), Some(&js_key(key)))?;
                }
                Write::Add { table, key, value } => {
                    transaction.object_store(table)?.add(&JsValue::from_str(value), Some(&js_key(key)))?;
                }
                Write::DeleteRange { table, from, to } => {
                    let range = KeyRange::bound(&js_key(from), &js_key(to), None, None)?;
                    transaction.object_store(table)?.delete(Query::KeyRange(range))?;
                }
                Write::Clear { table } => {
                    transaction.object_store(table)?.clear()?;
                }
            }
        }
        // Said outright: left to itself, a transaction is given up when its page goes.
        match transaction.commit()?.await {
            Ok(result) if result.is_committed() => Ok(()),
            // The browser says no more; a commit that fails is nearly always a full disk.
            Ok(_) => Err(StorageError::Full),
            Err(error) => Err(error.into()),
        }
    }

    pub async fn get(
        &self,
        table: &'static str,
        key: &[KeyPart<'_>],
    ) -> Result<Option<String>, StorageError> {
        let transaction = self.database.transaction(&[table], TransactionMode::ReadOnly)?;
        let found = transaction.object_store(table)?.get(Query::Key(js_key(key)))?.await?;
        Ok(found.and_then(|value| value.as_string()))
    }

    /// The values from one key to another, both included, in the order of their keys.
    pub async fn range(
        &self,
        table: &'static str,
        from: &[KeyPart<'_>],
        to: &[KeyPart<'_>],
    ) -> Result<Vec<String>, StorageError> {
        let transaction = self.database.transaction(&[table], TransactionMode::ReadOnly)?;
        let range = KeyRange::bound(&js_key(from), &js_key(to), None, None)?;
        let found = transaction.object_store(table)?.get_all(Some(Query::KeyRange(range)), None)?.await?;
        Ok(found.into_iter().filter_map(|value| value.as_string()).collect())
    }

    /// All values of a table.
    pub async fn all(&self, table: &'static str) -> Result<Vec<String>, StorageError> {
        let transaction = self.database.transaction(&[table], TransactionMode::ReadOnly)?;
        let found = transaction.object_store(table)?.get_all(None, None)?.await?;
        Ok(found.into_iter().filter_map(|value| value.as_string()).collect())
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
