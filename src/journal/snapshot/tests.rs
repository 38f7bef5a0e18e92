use std::rc::Rc;

use crate::edit::tests::random::TEXT;
use crate::edit::tests::support::Session;
use crate::journal::damage::{Damage, Part};
use crate::journal::frame::{seal, unseal};
use crate::journal::snapshot::{
    SNAPSHOT_VERSION, SnapshotError, SnapshotParts, SnapshotWriter, read_snapshot,
};
use crate::journal::tests::{full, start, work, worked};
use crate::model::document::Document;

const SCHEMA: &str = "{\n \"id\": \"é\"\n}";

pub(super) fn chunks_of(session: &Session, lines_max: usize) -> Vec<String> {
    let mut writer = SnapshotWriter::new(&session.editor, SCHEMA, 17);
    std::iter::from_fn(|| writer.next_chunk(lines_max)).collect()
}

fn session(seed: u64) -> Session {
    let mut session = start();
    session.run("field:headline=T slow drag:ministre p note:x drag:Deux c Ctrl+z Ctrl+y drag:Un o drag:Trois l Ctrl+z Ctrl+z");
    work(&mut session, seed, 60);
    session
}

fn assert_holds(parts: &SnapshotParts, session: &Session) {
    let (state, history) = (session.state(), session.editor.history());
    assert_eq!(parts.seq, 17);
    assert_eq!((&parts.document_id, &parts.text_sha256), (&state.document.id, state.document.sha256()));
    assert_eq!(parts.created_ms, state.document.created_ms);
    assert_eq!(parts.schema_json.as_deref(), Some(SCHEMA));
    assert_eq!((&parts.fields, parts.modified_ms), (&*state.fields, state.modified_ms));
    assert_eq!((&parts.carried, parts.version), (&*state.carried, SNAPSHOT_VERSION));
    assert_eq!(parts.structure, state.document.structure.parts());
    assert!(parts.entities.iter().eq(state.entities.values().map(|entity| &**entity)));
    assert!(parts.relations.iter().eq(state.relations.iter().map(|relation| &**relation)));
    let paragraphs = state.paragraphs.iter().map(|(paragraph, state)| (*paragraph, *state));
    assert!(parts.paragraphs.iter().copied().eq(paragraphs));
    assert_eq!(parts.active_ms, state.timing.document_ms());
    let timing = state.timing.iter().map(|timed| (timed.id.clone(), timed.active_ms));
    assert!(parts.timing.iter().cloned().eq(timing));
    assert!(parts.annotations.iter().eq(state.annotations.iter().map(|annotation| &**annotation)));
    assert!(parts.done.iter().eq(history.done().map(|step| &**step)));
    assert!(parts.undone.iter().eq(history.undone().iter().map(|step| &**step)));
    assert_eq!(parts.is_sealed, history.is_sealed());
    assert!(parts.is_whole);
}

#[test]
fn a_snapshot_comes_back_whole_in_chunks_of_any_size() {
    for (seed, lines_max) in [(0, 0), (1, 1), (2, 3), (3, 7), (4, 1_000), (5, usize::MAX)] {
        let session = session(seed);
        let mut chunks = chunks_of(&session, lines_max);
        let (parts, damages) = read_snapshot(&chunks).expect("a snapshot");
        assert_eq!(damages, []);
        assert_holds(&parts, &session);
        chunks.reverse();
        assert_eq!(read_snapshot(&chunks).expect("a snapshot"), (parts, Vec::new()));
    }
}

#[test]
fn an_untouched_document_has_a_snapshot() {
    let session = start();
    let (parts, damages) = read_snapshot(&chunks_of(&session, 100)).expect("a snapshot");
    assert_eq!(damages, []);
    assert_holds(&parts, &session);
}

#[test]
fn work_goes_on_while_a_snapshot_is_written() {
    let mut session = session(0);
    let before = session.clone();
    let mut writer = SnapshotWriter::new(&session.editor, SCHEMA, 17);
    let mut chunks = Vec::new();
    let mut idx = 0;
    while let Some(chunk) = writer.next_chunk(2) {
        chunks.push(chunk);
        work(&mut session, idx, 5);
        idx += 1;
    }
    assert_eq!(writer.progress().0, writer.progress().1);
    let (parts, damages) = read_snapshot(&chunks).expect("a snapshot");
    assert_eq!(damages, []);
    assert_holds(&parts, &before);
    assert!(!session.state().same_work(before.state()));
}

#[test]
fn long_steps_are_encoded_some_edits_at_a_time() {
    let mut prepared = 0;
    for seed in 0..8 {
        let session = session(seed);
        for (lines_max, often) in [(3, usize::MAX), (usize::MAX, usize::MAX), (7, 1), (usize::MAX, 2)] {
            let mut writer = SnapshotWriter::new(&session.editor, SCHEMA, 17);
            let chunk = || {
                // As often as it goes; or less often, and the rest is done with the chunk.
                prepared += (0..often).take_while(|_| writer.prepare(lines_max, 1)).count();
                writer.next_chunk(lines_max)
            };
            let chunks: Vec<String> = std::iter::from_fn(chunk).collect();
            assert_eq!(chunks, chunks_of(&session, lines_max), "seed {seed}, {lines_max} lines");
        }
    }
    assert!(prepared > 20, "{prepared}");
}

#[test]
fn chunks_are_numbered_and_the_last_says_how_many_there_are() {
    let chunks = chunks_of(&start(), 4);
    let heads: Vec<&str> = chunks
        .iter()
        .map(|chunk| unseal(chunk.split('\n').next().expect("a line")).expect("whole"))
        .collect();
    assert_eq!(heads, ["s 3 17 c 0 {\"lines\":4}", "s 3 17 c 1 {\"lines\":3,\"of\":2}"]);
}

#[test]
fn what_the_history_knows_comes_back() {
    let mut counts = [0; 11];
    let mut undone = worked(4, 60);
    undone.run("Ctrl+z Ctrl+z Ctrl+z");
    for session in [session(0), worked(1, 80), full(), undone] {
        let chunks = chunks_of(&session, 1);
        let whole = read_snapshot(&chunks).expect("a snapshot").0;
        for lost in 1..chunks.len() {
            let mut rest = chunks.clone();
            rest.remove(lost);
            let (parts, damages) = read_snapshot(&rest).expect("a snapshot");
            assert!(!parts.is_whole && !damages.is_empty(), "chunk {lost}");
            let lost_part = damages.iter().find_map(|damage| match damage {
                Damage::LinesMissing { part, count: 1 } => Some(*part),
                _ => None,
            });
            let lost_part = lost_part.expect("one part");
            assert_restored(&parts, &whole, lost_part, &damages);
            counts[lost_part as usize] += 1;
        }
    }
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

/// All of the work was made under the eyes of the history, so the history has it.
fn assert_restored(parts: &SnapshotParts, whole: &SnapshotParts, lost: Part, damages: &[Damage]) {
    let is_restored =
        damages.iter().any(|damage| matches!(damage, Damage::Restored { part, .. } if *part == lost));
    match lost {
        Part::UndoSteps => {
            assert!(whole.done.ends_with(&parts.done) && parts.done.len() < whole.done.len());
        }
        Part::RedoSteps => assert!(whole.undone.ends_with(&parts.undone)),
        Part::Structure => assert_eq!(parts.structure.len() + 1, whole.structure.len()),
        Part::Timing => assert_eq!(parts.timing.len() + 1, whole.timing.len()),
        Part::Carried => assert_eq!(parts.carried, whole.carried),
        Part::Schema => {
            let was_changed = whole.done.iter().chain(&whole.undone).any(|step| {
                step.edits.iter().any(|edit| matches!(edit, crate::edit::transaction::Edit::Schema(_)))
            });
            assert_eq!((is_restored, parts.schema_json.is_some()), (was_changed, was_changed));
        }
        Part::Entities | Part::Annotations | Part::Fields | Part::Relations | Part::Paragraphs => {
            assert!(is_restored, "{lost:?}");
            assert_eq!(parts.fields, whole.fields);
            assert_eq!(
                (parts.entities.len(), parts.annotations.len()),
                (whole.entities.len(), whole.annotations.len())
            );
            assert!(whole.entities.iter().all(|entity| parts.entities.contains(entity)));
            assert!(whole.annotations.iter().all(|annotation| parts.annotations.contains(annotation)));
            assert_eq!(
                (parts.relations.len(), parts.paragraphs.len()),
                (whole.relations.len(), whole.paragraphs.len())
            );
            assert!(whole.relations.iter().all(|relation| parts.relations.contains(relation)));
            assert!(whole.paragraphs.iter().all(|paragraph| parts.paragraphs.contains(paragraph)));
        }
    }
}

#[test]
fn without_its_head_there_is_no_snapshot() {
    let chunks = chunks_of(&start(), 1);
    assert_eq!(read_snapshot(&[]), Err(SnapshotError::NoHead(Vec::new())));
    assert_eq!(read_snapshot(&chunks[1..]), Err(SnapshotError::NoHead(Vec::new())));
    let raw = chunks[0].replace(TEXT, "").replace("sha", "sah");
    let error = read_snapshot(&[raw]).expect_err("no head");
    assert!(matches!(&error, SnapshotError::NoHead(damages) if damages.len() == 1), "{error:?}");
    for version in ["0", "4", "03"] {
        let newer = seal(&format!("s {version} 17 l 0 {{}}"));
        assert_eq!(read_snapshot(&[newer]), Err(SnapshotError::UnknownVersion(version.to_string())));
    }
}

#[test]
fn lines_that_do_not_belong_are_told() {
    let session = start();
    let chunks = chunks_of(&session, 100);
    for body in [
        "x",
        "s 3 17 l",
        "s 3 17 l 99 {}",
        "s 3 17 l 1 {}",
        "s 3 17 c 0 []",
        "s 3 18 l 1 \"\"",
        "s 3 x l 1 \"\"",
        "s 2 17 l 1 \"\"",
    ] {
        let chunks = [chunks[0].clone(), seal(body)];
        let (parts, damages) = read_snapshot(&chunks).expect("a snapshot");
        assert_eq!(damages, [Damage::Line { chunk: 1, line: 0, raw: seal(body) }], "{body}");
        assert_holds(&parts, &session);
    }
}

#[test]
fn a_writer_holds_handles() {
    let session = session(0);
    let relation = session.state().relations.nth(0).expect("a relation").clone();
    let relation_before = Rc::strong_count(&relation);
    let step = session.editor.history().last_done().expect("a step").clone();
    let before = Rc::strong_count(&step);
    let writer = SnapshotWriter::new(&session.editor, SCHEMA, 1);
    assert_eq!(Rc::strong_count(&step), before + 1);
    assert_eq!(Rc::strong_count(&relation), relation_before);
    drop(writer);
}

/// Of another text, the structure has no place; what is left is told.
#[test]
fn structure_that_the_text_does_not_have_is_told() {
    let session = start();
    let (parts, _) = read_snapshot(&chunks_of(&session, 100)).expect("a snapshot");
    let document = |text: &str| Document::new(parts.document_id.clone(), Rc::from(text), 0);
    let mut damages = Vec::new();
    let structured = parts.clone().structured(document(TEXT), &mut damages);
    assert_eq!((structured.structure, damages), (session.state().document.structure.clone(), Vec::new()));
    let mut damages = Vec::new();
    assert!(parts.clone().structured(document("Un."), &mut damages).structure.is_empty());
    assert_eq!(damages, [Damage::LinesMissing { part: Part::Structure, count: 4 }]);
}
