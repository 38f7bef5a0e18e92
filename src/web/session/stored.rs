//! From what is stored of a document to work that can go on.

use std::rc::Rc;

use crate::edit::editor::Editor;
use crate::formats::presets::default_schema;
use crate::formats::schema_json::decode_schema;
use crate::journal::damage::Damage;
use crate::journal::recover::recover;
use crate::journal::snapshot::{SnapshotError, SnapshotParts, read_snapshot};
use crate::json::from_str;
use crate::model::document::Document;
use crate::web::library::Stored;

/// What is left of stored work.
pub(super) struct Read {
    pub editor: Editor,
    pub next_seq: u64,
    pub records: u64,
    pub damages: Vec<Damage>,
}

/// Brings stored work back, whatever of it can be read. An error holds what cannot: it is left
/// on the disk as it is.
pub(super) fn read_stored(stored: &Stored) -> Result<Read, Vec<Damage>> {
    let entry = &stored.entry;
    let sha256: Rc<str> = Rc::from(entry.sha256.as_str());
    let (mut parts, mut damages) = match read_snapshot(&stored.chunks) {
        Ok(read) => read,
        Err(SnapshotError::NoHead(damages)) => {
            (SnapshotParts::empty(entry.id.clone(), sha256, entry.created_ms), damages)
        }
        Err(SnapshotError::UnknownVersion(_)) => return Err(Vec::new()),
    };
    let schema = parts.schema_json.as_deref().and_then(|json| from_str(json).ok());
    let schema = schema.and_then(|json| decode_schema(&json).ok()).unwrap_or_else(default_schema);
    let document = Document::new(entry.id.clone(), Rc::from(stored.text.as_str()), entry.created_ms);
    let document = parts.structured(document, &mut damages);
    match recover(Rc::new(document), Rc::new(schema), parts, &stored.records) {
        Ok(recovered) => {
            damages.extend(recovered.damages);
            let records = stored.records.len() as u64;
            Ok(Read { editor: recovered.editor, next_seq: recovered.next_seq, records, damages })
        }
        Err(_) => Err(damages),
    }
}

/// Damaged data as a text that can be saved to a file: what was found, then all that is stored.
pub(super) fn raw_of(stored: &Stored, damages: &[Damage]) -> String {
    let found = damages.iter().map(|damage| format!("{damage:?}"));
    let kept = stored.chunks.iter().chain(&stored.records).cloned();
    found.chain(kept).collect::<Vec<String>>().join("\n")
}
