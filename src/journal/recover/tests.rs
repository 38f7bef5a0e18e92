mod linked;

mod steps;

mod version_1;

mod version_2;

use std::rc::Rc;

use crate::edit::editor::Editor;
use crate::edit::state::{Focus, State};
use crate::edit::tests::random::{Action, actions, check_law, start};
use crate::edit::tests::support::{Session, schema, state_of};
use crate::edit::transaction::{Change, Edit, Transaction};
use crate::formats::schema_json::{decode_schema, encode_schema};
use crate::journal::damage::Damage;
use crate::journal::record::{RecordError, encode_record};
use crate::journal::recover::{Recovered, recover};
use crate::journal::snapshot::{SnapshotError, SnapshotParts, SnapshotWriter, read_snapshot};
use crate::json::from_str;
use crate::model::annotation::Annotation;
use crate::model::document::Document;
use crate::model::invariants::check_invariants;
use crate::model::relation::Relation;
use crate::model::schema::Schema;

fn snapshot_of(session: &Session) -> Vec<String> {
    // The schema of some sessions has no names, so that it is none as JSON.
    let schema = encode_schema(&session.state().schema);
    let schema = decode_schema(&schema).map_or("{}".to_string(), |_| schema.to_string());
    let mut writer = SnapshotWriter::new(&session.editor, &schema, session.journal.len() as u64);
    std::iter::from_fn(|| writer.next_chunk(5)).collect()
}

fn records_of(journal: &[(Focus, Transaction)]) -> Vec<String> {
    (1..).zip(journal).map(|(seq, (focus, transaction))| encode_record(seq, focus, transaction)).collect()
}

fn recovered(session: &Session, chunks: &[String], records: &[String]) -> Result<Recovered, SnapshotError> {
    let (parts, mut damages) = read_snapshot(chunks)?;
    let state = session.state();
    let mut recovered =
        recover(state.document.clone(), schema_of(&parts, state), parts, records).expect("the same text");
    damages.append(&mut recovered.damages);
    Ok(Recovered { damages, ..recovered })
}

/// As the page does.
fn schema_of(parts: &SnapshotParts, state: &State) -> Rc<Schema> {
    let schema = parts.schema_json.as_deref().and_then(|json| from_str(json).ok());
    schema.and_then(|json| decode_schema(&json).ok()).map_or(state.schema.clone(), Rc::new)
}

/// Invariants, and a history that can be walked to its beginning and its end.
fn check_sound(editor: &Editor) -> Result<(), String> {
    let violations = check_invariants(&editor.state().document, &editor.state().annotations);
    if !violations.is_empty() {
        return Err(format!("{violations:?}"));
    }
    check_links(editor.state())?;
    for (name, step) in
        [("undo", Editor::undo as fn(&Editor, u64) -> Option<Transaction>), ("redo", Editor::redo)]
    {
        let mut editor = editor.clone();
        while let Some(transaction) = step(&editor, 1) {
            editor.dispatch(&transaction).map_err(|error| format!("{name}: {error:?}"))?;
        }
    }
    Ok(())
}

/// Nothing hangs on what is not there.
fn check_links(state: &State) -> Result<(), String> {
    state.relations.check_invariants()?;
    let is_loose =
        |relation: &&Rc<Relation>| state.ends_of(relation).is_none() || relation.from == relation.to;
    if let Some(relation) = state.relations.iter().find(is_loose) {
        return Err(format!("{relation:?}"));
    }
    let is_alone = |mention: &&Rc<Annotation>| {
        mention.entity.as_ref().is_some_and(|entity| !state.entities.contains_key(entity))
    };
    if let Some(mention) = state.annotations.iter().find(is_alone) {
        return Err(format!("{mention:?}"));
    }
    let paragraphs = state.document.index.blocks.paragraphs().len();
    match state.paragraphs.keys().find(|paragraph| **paragraph as usize >= paragraphs) {
        Some(paragraph) => Err(format!("paragraph {paragraph}")),
        None => Ok(()),
    }
}

fn is_same(recovered: &Editor, live: &Editor) -> bool {
    recovered.state().same_work(live.state())
        && recovered.state().timing == live.state().timing
        && recovered.history() == live.history()
}

#[test]
fn replay_equals_live() {
    check_law(150, 100, |actions| {
        let mut session = start();
        let mut snapshots = vec![snapshot_of(&session)];
        for (idx, action) in actions.iter().enumerate() {
            session.take(*action);
            if idx % 13 == 5 {
                snapshots.push(snapshot_of(&session));
            }
        }
        let records = records_of(&session.journal);
        for (idx, chunks) in snapshots.iter().enumerate() {
            let recovered = recovered(&session, chunks, &records).map_err(|error| format!("{error:?}"))?;
            if !recovered.damages.is_empty() {
                return Err(format!("snapshot {idx}: {:?}", recovered.damages));
            }
            if !is_same(&recovered.editor, &session.editor) {
                return Err(format!("snapshot {idx}: {:?}\n{:?}", recovered.editor, session.editor));
            }
            if recovered.next_seq != session.journal.len() as u64 + 1 {
                return Err(format!("snapshot {idx}: next {}", recovered.next_seq));
            }
        }
        Ok(())
    });
}

#[test]
fn work_goes_on_after_a_replay_as_it_would_have() {
    for seed in 0..20 {
        let mut live = start();
        actions(seed, 40).into_iter().for_each(|action| live.take(action));
        let recovered =
            recovered(&live, &snapshot_of(&start()), &records_of(&live.journal)).expect("a snapshot");
        let mut again = Session { editor: recovered.editor, ..live.clone() };
        // Where the person was is the page's to restore: the journal holds edits.
        let focus = Transaction::focus(live.state().focus.clone(), 1);
        again.dispatch(&focus);
        for action in actions(seed + 1_000, 40) {
            live.take(action);
            again.take(action);
        }
        assert!(is_same(&again.editor, &live.editor), "seed {seed}");
    }
}

fn typing() -> Session {
    let mut session = start();
    session.run("drag:ministre p fast note:a note:ab note:abc slow drag:Deux c o set:evidence=none");
    session.run("field:headline=T Ctrl+z Ctrl+z Ctrl+y drag:Un l Delete drag:Trois q + Ctrl+z");
    session
}

#[test]
fn each_record_lost_is_told_and_the_rest_is_kept() {
    for seed in 0..12 {
        let mut session = typing();
        actions(seed, 30).into_iter().for_each(|action| session.take(action));
        let records = records_of(&session.journal);
        for lost in 0..records.len() {
            let mut rest = records.clone();
            rest.remove(lost);
            let recovered = recovered(&session, &snapshot_of(&start()), &rest).expect("a snapshot");
            let seq = lost as u64 + 1;
            let is_last = lost + 1 == records.len();
            assert_eq!(recovered.next_seq, records.len() as u64 + u64::from(!is_last), "{seed} {lost}");
            let told = recovered.damages.contains(&Damage::RecordsMissing { first: seq, last: seq });
            assert_eq!(told, !is_last, "{seed} {lost}: {:?}", recovered.damages);
            assert_eq!(check_sound(&recovered.editor), Ok(()), "{seed} {lost}");
            assert_keeps_untouched(&session, &recovered, lost);
        }
    }
}

/// Whatever the lost record did not touch is as it was, and so is what was touched again later.
fn assert_keeps_untouched(session: &Session, recovered: &Recovered, lost: usize) {
    let is_kept = |edit: &Edit| {
        let touches = |(_, transaction): &(Focus, Transaction)| {
            transaction.edits.iter().any(|other| other.is_of_the_same_as(edit))
        };
        !touches(&session.journal[lost]) || session.journal[lost + 1..].iter().any(touches)
    };
    let (live, kept) = (session.state(), recovered.editor.state());
    for annotation in live.annotations.iter() {
        if is_kept(&Edit::Annotation(Change::added(annotation.clone()))) {
            let kept = kept.annotations.get(&annotation.id);
            assert_eq!(kept, Some(annotation), "record {} lost", lost + 1);
        }
    }
    for relation in live.relations.iter().filter(|relation| kept.ends_of(relation).is_some()) {
        // An end may have come back after the relation had to be left out.
        let is_told = recovered.damages.contains(&Damage::Dangling { id: relation.id.clone() });
        if !is_told && is_kept(&Edit::Relation(Change::added(relation.clone()))) {
            assert_eq!(kept.relations.get(&relation.id), Some(relation), "record {} lost", lost + 1);
        }
    }
    for (paragraph, state) in live.paragraphs.iter() {
        if is_kept(&Edit::Paragraph { paragraph: *paragraph, change: Change::added(*state) }) {
            assert_eq!(kept.paragraphs.get(paragraph), Some(state), "record {} lost", lost + 1);
        }
    }
}

#[test]
fn each_record_damaged_is_told_with_its_bytes() {
    let session = typing();
    let records = records_of(&session.journal);
    for damaged in 0..records.len() {
        let mut rest = records.clone();
        rest[damaged] = rest[damaged].replace("\"e\"", "\"f\"");
        let recovered = recovered(&session, &snapshot_of(&start()), &rest).expect("a snapshot");
        assert_eq!(
            recovered.damages[0],
            Damage::Record { place: damaged, error: RecordError::Damaged, raw: rest[damaged].clone() }
        );
        let is_gap = |damage: &Damage| matches!(damage, Damage::RecordsMissing { .. });
        assert!(!recovered.damages.iter().any(is_gap), "its place is known");
        assert_eq!(recovered.next_seq, records.len() as u64 + 1);
        assert_eq!(check_sound(&recovered.editor), Ok(()));
        assert_keeps_untouched(&session, &recovered, damaged);
    }
}

#[test]
fn every_byte_of_a_snapshot_flipped_or_cut_is_told_or_harmless() {
    let mut session = start();
    session.run("field:headline=T drag:ministre p fast note:a note:ab slow drag:Deux c Ctrl+z");
    let chunks = snapshot_of(&session);
    session.run("drag:Un o a");
    let records = records_of(&session.journal);
    for chunk in 0..chunks.len() {
        let raw = &chunks[chunk];
        let cuts = (0..raw.len()).filter(|end| raw.is_char_boundary(*end)).map(|end| raw[..end].to_string());
        let flips = (0..raw.len()).flat_map(|place| {
            [1, 0x2A].map(|bits| {
                let mut bytes = raw.clone().into_bytes();
                bytes[place] ^= bits;
                String::from_utf8_lossy(&bytes).into_owned()
            })
        });
        for damaged in cuts.chain(flips) {
            let mut chunks = chunks.clone();
            chunks[chunk] = damaged.clone();
            let Ok(recovered) = recovered(&session, &chunks, &records) else { continue };
            let is_exact = is_same(&recovered.editor, &session.editor);
            assert!(is_exact || !recovered.damages.is_empty(), "{damaged}");
            assert_eq!(check_sound(&recovered.editor), Ok(()), "{damaged}");
        }
    }
}

#[test]
fn records_twice_old_and_foreign() {
    let session = typing();
    let records = records_of(&session.journal);
    let chunks = snapshot_of(&session);
    let of_old = recovered(&session, &chunks, &records).expect("a snapshot");
    assert_eq!(of_old.damages, []);
    assert!(is_same(&of_old.editor, &session.editor));

    let empty = snapshot_of(&start());
    let mut twice = records.clone();
    twice.insert(2, twice[1].clone());
    let same_bytes = recovered(&session, &empty, &twice).expect("a snapshot");
    assert_eq!(same_bytes.damages, []);
    assert!(is_same(&same_bytes.editor, &session.editor));

    let (focus, transaction) = &session.journal[4];
    let other = encode_record(2, focus, transaction);
    twice[2] = other.clone();
    let differs = recovered(&session, &empty, &twice).expect("a snapshot");
    assert_eq!(differs.damages, [Damage::RecordTwice { seq: 2, raw: other }]);
    assert!(is_same(&differs.editor, &session.editor));

    let future = crate::journal::frame::seal("r 9 5 {}");
    let newer = recovered(&session, &chunks, std::slice::from_ref(&future)).expect("a snapshot");
    let error = RecordError::UnknownVersion("9".to_string());
    assert_eq!(newer.damages, [Damage::Record { place: 0, error, raw: future }]);
    assert_eq!(newer.next_seq, session.journal.len() as u64 + 2);
}

#[test]
fn another_text_refuses_the_replay() {
    let session = typing();
    let (parts, _) = read_snapshot(&snapshot_of(&session)).expect("a snapshot");
    let other = Rc::new(Document::new("d1".into(), Rc::from("another"), 1));
    let wrong = recover(other.clone(), Rc::new(schema()), parts.clone(), &[]).expect_err("another text");
    assert_eq!((wrong.expected_sha256, wrong.found_sha256), (parts.text_sha256, other.sha256().clone()));
}

#[test]
fn words_that_the_text_does_not_have_are_refused() {
    let long = {
        let mut session = Session::new(state_of("un deux trois"));
        session.run("drag:un o drag:trois p");
        session
    };
    let records = records_of(&long.journal);
    let document = Rc::new(Document::new("d1".into(), Rc::from("un"), 1));
    let empty = SnapshotParts::empty("d1".into(), document.sha256().clone(), 1);
    let from_records = recover(document.clone(), Rc::new(schema()), empty, &records).expect("a text");
    assert!(
        matches!(&from_records.damages[..], [Damage::RecordRefused { seq: 2, .. }]),
        "{:?}",
        from_records.damages
    );
    assert_eq!(from_records.editor.state().annotations.len(), 1);
    assert_eq!(check_sound(&from_records.editor), Ok(()));

    let (parts, _) = read_snapshot(&snapshot_of(&long)).expect("a snapshot");
    let parts = SnapshotParts { text_sha256: document.sha256().clone(), ..parts };
    let from_snapshot = recover(document, Rc::new(schema()), parts, &[]).expect("a text");
    assert!(matches!(&from_snapshot.damages[0], Damage::OutsideText { .. }), "{:?}", from_snapshot.damages);
    assert_eq!(from_snapshot.editor.state().annotations.len(), 1);
    assert_eq!(check_sound(&from_snapshot.editor), Ok(()));
}

#[test]
fn several_losses_at_once_leave_a_sound_editor() {
    check_law(60, 60, |actions: &[Action]| {
        let mut session = start();
        let mut chunks = snapshot_of(&session);
        for (idx, action) in actions.iter().enumerate() {
            session.take(*action);
            if idx == 25 {
                chunks = snapshot_of(&session);
            }
        }
        let mut random = crate::text::samples::Random::new(actions.len() as u64);
        let mut lines: Vec<String> =
            chunks.iter().flat_map(|chunk| chunk.split('\n')).map(str::to_string).collect();
        let mut records = records_of(&session.journal);
        for _ in 0..3 {
            // All but the head.
            if lines.len() > 2 {
                lines.remove(2 + random.below(lines.len() - 2));
            }
            if !records.is_empty() {
                records.remove(random.below(records.len()));
            }
        }
        let recovered = recovered(&session, &lines, &records).map_err(|error| format!("{error:?}"))?;
        check_sound(&recovered.editor)
    });
}
