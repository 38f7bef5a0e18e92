//! From what is stored of a document to work that can go on.

use std::rc::Rc;

use crate::edit::editor::Editor;
use crate::formats::presets::default_schema;
use crate::formats::schema_json::decode_schema;
use crate::journal::damage::Damage;
use crate::journal::recover::{Recovered, Recovering};
use crate::journal::snapshot::{SnapshotError, SnapshotParts, SnapshotReading};
use crate::json::from_str;
use crate::model::document::Document;
use crate::web::dom;
use crate::web::library::Stored;
use crate::web::long_work::LongWork;

/// How much of the way is behind when the snapshot is read.
const SNAPSHOT_PERCENT: usize = 60;

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
    let entry = &stored.entry;
    let sha256: Rc<str> = Rc::from(entry.sha256.as_str());
    let (mut parts, mut damages) = match read_snapshot(&stored.chunks, work).await? {
        Ok(read) => read,
        Err(SnapshotError::NoHead(damages)) => {
            (SnapshotParts::empty(entry.id.clone(), sha256, entry.created_ms), damages)
        }
        Err(SnapshotError::UnknownVersion(_)) => return Err(NotRead::Damaged(Vec::new())),
    };
    let schema = parts.schema_json.as_deref().and_then(|json| from_str(json).ok());
    let schema = schema.and_then(|json| decode_schema(&json).ok()).unwrap_or_else(default_schema);
    work.part(SNAPSHOT_PERCENT, 100);
    let sha256 = dom::sha256_hex(&stored.text).await;
    let document = Document::new(entry.id.clone(), Rc::from(stored.text.as_str()), entry.created_ms);
    if let Some(sha256) = sha256 {
        document.know_sha256(Rc::from(sha256));
    }
    goes_on(work, 0).await?;
    let document = parts.structured(document, &mut damages);
    let Ok(recovering) = Recovering::new(Rc::new(document), Rc::new(schema), parts, &stored.records) else {
        return Err(NotRead::Damaged(damages));
    };
    let recovered = recover(recovering, work).await?;
    damages.extend(recovered.damages);
    let records = stored.records.len() as u64;
    Ok(Read { editor: recovered.editor, next_seq: recovered.next_seq, records, damages })
}

async fn read_snapshot(
    chunks: &[String],
    work: &LongWork,
) -> Result<Result<(SnapshotParts, Vec<Damage>), SnapshotError>, NotRead> {
    work.part(0, SNAPSHOT_PERCENT);
    let mut reading = SnapshotReading::new(chunks);
    loop {
        match reading.step() {
            Ok(None) => goes_on(work, reading.percent()).await?,
            Ok(Some(read)) => return Ok(Ok(read)),
            Err(error) => return Ok(Err(error)),
        }
    }
}

async fn recover(mut recovering: Recovering<'_>, work: &LongWork) -> Result<Recovered, NotRead> {
    loop {
        if let Some(recovered) = recovering.step() {
            return Ok(recovered);
        }
        goes_on(work, recovering.percent()).await?;
    }
}

async fn goes_on(work: &LongWork, percent: usize) -> Result<(), NotRead> {
    if work.goes_on(percent).await { Ok(()) } else { Err(NotRead::Stopped) }
}

/// Damaged data as a text that can be saved to a file: what was found, then all that is stored.
pub(super) fn raw_of(stored: &Stored, damages: &[Damage]) -> String {
    let found = damages.iter().map(|damage| format!("{damage:?}"));
    let kept = stored.chunks.iter().chain(&stored.records).cloned();
    found.chain(kept).collect::<Vec<String>>().join("\n")
}
