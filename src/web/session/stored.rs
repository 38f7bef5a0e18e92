//! From what is stored of a document to work that can go on.

use std::rc::Rc;

use crate::edit::editor::Editor;
use crate::formats::presets::default_schema;
use crate::formats::schema_json::decode_schema;
use crate::journal::damage::Damage;
use crate::journal::recover::Restoring;
use crate::journal::snapshot::{SnapshotError, SnapshotParts, SnapshotReading};
use crate::json::from_str;
use crate::model::document::Document;
use crate::web::dom;
use crate::web::library::Stored;
use crate::web::long_work::LongWork;

/// What is left of stored work.
pub(super) struct Read {
    pub editor: Editor,
    pub next_seq: u64,
    pub records: u64,
    pub damages: Vec<Damage>,
}

/// Why there is none.
pub(super) enum NotRead {
    /// It is not wanted any more.
    Stopped,
    /// What cannot be read: it is left on the disk as it is.
    Damaged(Vec<Damage>),
}

/// Brings stored work back, whatever of it can be read.
pub(super) async fn read_stored(stored: &Stored, work: &LongWork) -> Result<Read, NotRead> {
    work.part(0, 60);
    let mut reading = SnapshotReading::new(&stored.chunks);
    if !work.run(&mut || reading.step().then(|| reading.percent())).await {
        return Err(NotRead::Stopped);
    }
    let entry = &stored.entry;
    let (mut parts, mut damages) = match reading.finish() {
        Ok(read) => read,
        Err(SnapshotError::NoHead(damages)) => {
            let sha256 = Rc::from(entry.sha256.as_str());
            (SnapshotParts::empty(entry.id.clone(), sha256, entry.created_ms), damages)
        }
        Err(SnapshotError::UnknownVersion(_)) => return Err(NotRead::Damaged(Vec::new())),
    };
    work.part(60, 85);
    let sha256 = dom::sha256_hex(&stored.text).await;
    let document = document_of(stored, sha256, &mut parts, &mut damages);
    let schema = parts.schema_json.as_deref().and_then(|json| from_str(json).ok());
    let schema = schema.and_then(|json| decode_schema(&json).ok()).unwrap_or_else(default_schema);
    let Ok(mut restoring) = Restoring::new(Rc::new(document), Rc::new(schema), parts) else {
        return Err(NotRead::Damaged(damages));
    };
    if !work.run(&mut || restoring.step().then(|| restoring.percent())).await {
        return Err(NotRead::Stopped);
    }
    work.part(85, 100);
    let mut replay = restoring.finish(&stored.records);
    if !work.run(&mut || replay.step().then(|| replay.percent())).await {
        return Err(NotRead::Stopped);
    }
    let recovered = replay.finish();
    damages.extend(recovered.damages);
    let records = stored.records.len() as u64;
    Ok(Read { editor: recovered.editor, next_seq: recovered.next_seq, records, damages })
}

fn document_of(
    stored: &Stored,
    sha256: Option<String>,
    parts: &mut SnapshotParts,
    damages: &mut Vec<Damage>,
) -> Document {
    let entry = &stored.entry;
    let document = Document::new(entry.id.clone(), Rc::from(stored.text.as_str()), entry.created_ms);
    if let Some(sha256) = sha256 {
        document.know_sha256(Rc::from(sha256));
    }
    parts.structured(document, damages)
}

/// Damaged data as a text that can be saved to a file: what was found, then all that is stored.
pub(super) fn raw_of(stored: &Stored, damages: &[Damage]) -> String {
    let found = damages.iter().map(|damage| format!("{damage:?}"));
    let kept = stored.chunks.iter().chain(&stored.records).cloned();
    found.chain(kept).collect::<Vec<String>>().join("\n")
}
