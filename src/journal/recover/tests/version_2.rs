//! Work that version 2 of snapshots stored, which knew no structure: a snapshot and records as they
//! were written, and a file of the same work. Some steps of the history are undone, before the
//! snapshot and after it.

use std::rc::Rc;

use crate::edit::state::State;
use crate::edit::tests::support::Session;
use crate::formats::json::{OpenContext, build, read_file};
use crate::formats::schema_json::decode_schema;
use crate::journal::record::decode_record;
use crate::journal::recover::tests::{check_sound, is_same, snapshot_of};
use crate::journal::recover::{Recovered, recover};
use crate::journal::snapshot::{SNAPSHOT_VERSION, read_snapshot};
use crate::json::from_str;
use crate::model::document::Document;
use crate::model::ids::IdSource;

const SNAPSHOT: &str = include_str!("../../../../tests/data/journal/version-2.snapshot.txt");
const RECORDS: &str = include_str!("../../../../tests/data/journal/version-2.records.txt");
/// What was exported after the last record.
const FILE: &str = include_str!("../../../../tests/data/journal/version-2.json");

fn file_state() -> State {
    let mut ids = IdSource::new(1);
    let context = OpenContext { ids: &mut ids, annotator_id: "u1".into(), time_ms: 1 };
    build(&read_file(FILE.as_bytes()).expect("a file"), None, context).expect("a file with its text").state
}

/// As the page does.
fn recovered(lines: &[String], records: &[String]) -> (u32, Recovered) {
    let (mut parts, mut damages) = read_snapshot(lines).expect("a snapshot");
    let schema = parts.schema_json.as_deref().and_then(|json| from_str(json).ok()).expect("a schema");
    let schema = decode_schema(&schema).expect("a schema");
    let document =
        Document::new(parts.document_id.clone(), file_state().document.text.clone(), parts.created_ms);
    let document = parts.structured(document, &mut damages);
    let version = parts.version;
    let recovered = recover(Rc::new(document), Rc::new(schema), parts, records).expect("the same text");
    assert_eq!((damages, &recovered.damages), (Vec::new(), &Vec::new()));
    (version, recovered)
}

#[test]
fn it_comes_back_as_it_was() {
    let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
    let records = lines(RECORDS);
    assert!(records.iter().all(|raw| decode_record(raw).is_ok_and(|record| record.version == 2)));
    let (version, recovered) = recovered(&lines(SNAPSHOT), &records);
    assert_eq!((version, recovered.next_seq), (2, 39));
    assert_eq!(check_sound(&recovered.editor), Ok(()));
    let (state, file) = (recovered.editor.state(), file_state());
    assert!(state.same_work(&file), "{state:?}\n{file:?}");
    assert!(state.document.structure.is_empty() && !state.relations.is_empty());
    let history = recovered.editor.history();
    assert!(history.done().len() > 5 && !history.undone().is_empty());
    // What is stored next is of this version, and says the same.
    let session = Session { editor: recovered.editor.clone(), ..Session::new(state.clone()) };
    let (version, again) = crate::journal::recover::tests::version_2::recovered(&snapshot_of(&session), &[]);
    assert_eq!(version, SNAPSHOT_VERSION);
    assert!(is_same(&again.editor, &recovered.editor));
}
