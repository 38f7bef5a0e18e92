//! Work that version 1 stored: a snapshot and records as it wrote them, and a file of the same
//! work. The snapshot lies after a mention of an entity with no other was removed, and after the
//! end of a relation was removed and brought back; the records do both again.

use std::rc::Rc;

use crate::edit::editor::Editor;
use crate::edit::tests::support::Session;
use crate::edit::transaction::Transaction;
use crate::formats::json::{OpenContext, build, read_file};
use crate::formats::schema_json::decode_schema;
use crate::journal::damage::Damage;
use crate::journal::record::{decode_record, encode_record};
use crate::journal::recover::tests::{check_sound, is_same, snapshot_of};
use crate::journal::recover::{Recovered, recover};
use crate::journal::snapshot::read_snapshot;
use crate::json::from_str;
use crate::model::document::Document;
use crate::model::ids::{AnnotationId, EntityId, IdSource};

const SNAPSHOT: &str = include_str!("../../../../tests/data/journal/version-1.snapshot.txt");
const RECORDS: &str = include_str!("../../../../tests/data/journal/version-1.records.txt");
/// What version 1 exported after the last record.
const FILE: &str = include_str!("../../../../tests/data/native/version-1.json");

fn file_state() -> crate::edit::state::State {
    let file = read_file(FILE.as_bytes()).expect("a file");
    let mut ids = IdSource::new(1);
    let context = OpenContext { ids: &mut ids, annotator_id: "u1".into(), time_ms: 1 };
    build(&file, None, context).expect("a file with its text").state
}

fn records() -> Vec<String> {
    RECORDS.lines().map(str::to_owned).collect()
}

fn recovered(lines: &[&str], records: &[String]) -> Recovered {
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let (parts, mut damages) = read_snapshot(&lines).expect("a snapshot");
    let schema = file_state().schema;
    if let Some(json) = &parts.schema_json {
        assert_eq!(decode_schema(&from_str(json).expect("JSON")), Ok((*schema).clone()));
    }
    let text = file_state().document.text.clone();
    let document = Rc::new(Document::new(parts.document_id.clone(), text, parts.created_ms));
    let mut recovered = recover(document, schema, parts, records).expect("the same text");
    damages.append(&mut recovered.damages);
    Recovered { damages, ..recovered }
}

fn whole() -> Recovered {
    recovered(&SNAPSHOT.lines().collect::<Vec<_>>(), &records())
}

#[test]
fn it_comes_back_with_relations_and_entities() {
    assert!(RECORDS.lines().all(|raw| decode_record(raw).is_ok_and(|record| record.version == 1)));
    let recovered = whole();
    assert_eq!(recovered.damages, []);
    assert_eq!(recovered.next_seq, 19);
    assert_eq!(check_sound(&recovered.editor), Ok(()));
    let (state, file) = (recovered.editor.state(), file_state());
    let entities: Vec<(&str, &str, &str)> = state
        .entities
        .values()
        .map(|entity| (entity.id.as_str(), &*entity.name, &*entity.identifier))
        .collect();
    let expected =
        [("e-anna", "Anna Lind", "http://www.wikidata.org/entity/Q1"), ("e-minister", "le ministre", "")];
    assert_eq!(entities, expected);
    let relations: Vec<[&str; 4]> = state
        .relations
        .iter()
        .map(|relation| {
            [relation.id.as_str(), relation.kind.as_str(), relation.from.as_str(), relation.to.as_str()]
        })
        .collect();
    let expected = [
        ["r-anna", "SOURCE", "a-anna", "a-claim"],
        ["r-lind", "ABOUT", "a-claim", "a-lind"],
        ["r-minister", "SOURCE", "a-minister", "a-claim"],
    ];
    assert_eq!(relations, expected);
    // What version 1 exported leads to the same work, to the last unknown key.
    assert!(state.same_work(&file), "{state:?}\n{file:?}");
    let mut carried = [state, &file].map(|state| (*state.carried).clone());
    carried.iter_mut().for_each(|carried| {
        carried.remove("annotator");
        carried.remove("annotatorModified");
    });
    assert_eq!(carried[0], carried[1]);
    let waiting = carried[0]["file"].to_string();
    for kept in ["nobody", "not an entity", "r-lost", "7", "x-more"] {
        assert!(waiting.contains(kept), "{kept}: {waiting}");
    }
}

/// The steps of before can be undone, with the entity that comes back and the relation that goes.
#[test]
fn its_history_can_be_walked() {
    let mut editor = whole().editor;
    assert_eq!((editor.history().done().len(), editor.history().undone().len()), (5, 1));
    let redo = editor.redo(1).expect("the removal of an end");
    editor.dispatch(&redo).expect("it fits");
    let minister = AnnotationId::from("a-anna");
    assert!(editor.state().annotations.get(&minister).is_none());
    assert_eq!(editor.state().relations.of(&minister).count(), 0);
    let walk = |editor: &mut Editor, step: fn(&Editor, u64) -> Option<Transaction>| {
        while let Some(transaction) = step(editor, 1) {
            editor.dispatch(&transaction).expect("it fits");
        }
    };
    walk(&mut editor, Editor::undo);
    let two = editor.state().entities.get(&EntityId::from("e-two")).expect("its mention is back");
    assert_eq!((&*two.name, editor.state().annotations.len()), ("Deux", 5));
    assert_eq!(editor.state().relations.len(), 3);
    walk(&mut editor, Editor::redo);
    assert!(!editor.state().entities.contains_key(&EntityId::from("e-two")));
    assert_eq!(editor.history().done().len(), 6);
}

/// Records of this version behind those of version 1: they meet the work as it was brought up to
/// date, and lead on from there.
#[test]
fn work_goes_on_in_this_version() {
    let recovered = whole();
    let (start, next_seq) = (recovered.editor.clone(), recovered.next_seq);
    // The ids of another seed than those of the recorded session.
    let ids = IdSource::new(8);
    let mut session = Session { editor: start.clone(), ids, ..Session::new(start.state().clone()) };
    session.run("Ctrl+y Ctrl+z Ctrl+z Ctrl+z click:Lind note:deux drag:menti p");
    let mut records = records();
    for (seq, (focus, transaction)) in (next_seq..).zip(&session.journal) {
        records.push(encode_record(seq, focus, transaction));
    }
    let again = super::version_1::recovered(&SNAPSHOT.lines().collect::<Vec<_>>(), &records);
    assert_eq!(again.damages, []);
    assert!(is_same(&again.editor, &session.editor));
    // And a snapshot of this version says the same.
    let (parts, damages) = read_snapshot(&snapshot_of(&session)).expect("a snapshot");
    let document = session.state().document.clone();
    let stored = recover(document, session.state().schema.clone(), parts, &[]).expect("the same text");
    assert_eq!((damages, stored.damages), (Vec::new(), Vec::new()));
    assert!(is_same(&stored.editor, &session.editor));
    assert_eq!(stored.editor.state().carried, session.state().carried);
}

#[test]
fn what_is_lost_of_it_is_told_and_nothing_dangles() {
    let lines: Vec<&str> = SNAPSHOT.lines().collect();
    for lost in 0..lines.len() {
        let mut rest = lines.clone();
        rest.remove(lost);
        if lost == 1 {
            // The head: what the records hold is left.
            continue;
        }
        let recovered = recovered(&rest, &records());
        let is_head = lines[lost].contains(" c ");
        assert_eq!(recovered.damages.is_empty(), is_head, "line {lost}: {:?}", recovered.damages);
        assert_eq!(check_sound(&recovered.editor), Ok(()), "line {lost}");
    }
    for lost in 0..records().len() {
        let mut rest = records();
        rest.remove(lost);
        let recovered = recovered(&lines, &rest);
        let is_last = lost + 1 == records().len();
        let told = recovered.damages.iter().any(|damage| matches!(damage, Damage::RecordsMissing { .. }));
        assert_eq!(told, !is_last, "record {lost}");
        assert_eq!(check_sound(&recovered.editor), Ok(()), "record {lost}");
    }
}
