//! Recovery of work with relations, entities, paragraphs, times and changes of the schema.

use crate::edit::tests::random::{check_law, start_news};
use crate::edit::tests::support::Session;
use crate::journal::damage::{Damage, Part};
use crate::journal::recover::tests::{
    assert_keeps_untouched, check_links, check_sound, is_same, records_of, recovered, snapshot_of,
};
use crate::journal::tests::{full, start, work, worked};
use crate::text::samples::Random;

#[test]
fn replay_equals_live() {
    for seed in 0..15 {
        let mut session = start();
        let mut snapshots = vec![snapshot_of(&session)];
        for round in 0..6 {
            work(&mut session, 100 * seed + round, 25);
            snapshots.push(snapshot_of(&session));
        }
        let records = records_of(&session.journal);
        for (idx, chunks) in snapshots.iter().enumerate() {
            let recovered = recovered(&session, chunks, &records).expect("a snapshot");
            assert_eq!(recovered.damages, [], "seed {seed}, snapshot {idx}");
            assert!(is_same(&recovered.editor, &session.editor), "seed {seed}, snapshot {idx}");
        }
    }
}

/// The same under the schema of the program, with what it computes and mends by itself.
#[test]
fn replay_equals_live_under_the_news_schema() {
    check_law(25, 100, |actions| {
        let mut session = start_news();
        let mut snapshots = vec![snapshot_of(&session)];
        for (idx, action) in actions.iter().enumerate() {
            session.take(*action);
            if idx % 37 == 5 {
                snapshots.push(snapshot_of(&session));
            }
        }
        let records = records_of(&session.journal);
        for (idx, chunks) in snapshots.iter().enumerate() {
            let recovered = recovered(&session, chunks, &records).map_err(|error| format!("{error:?}"))?;
            let is_exact = recovered.damages.is_empty() && is_same(&recovered.editor, &session.editor);
            if !is_exact {
                return Err(format!("snapshot {idx}: {:?}", recovered.damages));
            }
        }
        Ok(())
    });
}

#[test]
fn each_record_lost_is_told_and_nothing_dangles() {
    let mut kinds = [0; 3];
    for seed in 0..12 {
        let session = worked(seed, 90);
        let records = records_of(&session.journal);
        for lost in 0..records.len() {
            let mut rest = records.clone();
            rest.remove(lost);
            let recovered = recovered(&session, &snapshot_of(&start()), &rest).expect("a snapshot");
            let is_last = lost + 1 == records.len();
            assert_eq!(recovered.damages.is_empty(), is_last, "{seed} {lost}: {:?}", recovered.damages);
            assert_eq!(check_sound(&recovered.editor), Ok(()), "{seed} {lost}");
            assert_keeps_untouched(&session, &recovered, lost);
            for damage in recovered.damages {
                match damage {
                    Damage::RecordRebased { .. } => kinds[0] += 1,
                    Damage::RecordRefused { .. } => kinds[1] += 1,
                    Damage::Dangling { .. } => kinds[2] += 1,
                    _ => {}
                }
            }
        }
    }
    assert!(kinds[0] > 50 && kinds[1] == 0 && kinds[2] > 0, "rebased, refused, dangling: {kinds:?}");
}

/// A snapshot of a file that was opened: the history knows nothing of what is lost.
fn opened() -> Session {
    Session::new(full().state().clone())
}

#[test]
fn each_line_of_a_snapshot_lost_costs_one_thing() {
    let session = opened();
    let state = session.state();
    let (parts, _) = crate::journal::snapshot::read_snapshot(&snapshot_of(&session)).expect("a snapshot");
    let lines: Vec<String> =
        snapshot_of(&session).iter().flat_map(|chunk| chunk.lines().map(str::to_owned)).collect();
    let (mut dangling, mut remade) = (0, 0);
    for lost in 2..lines.len() {
        let mut rest = lines.clone();
        rest.remove(lost);
        let recovered = recovered(&session, &rest, &[]).expect("a snapshot");
        let kept = recovered.editor.state();
        assert_eq!(check_sound(&recovered.editor), Ok(()), "line {lost}");
        let missing = recovered.damages.iter().find_map(|damage| match damage {
            Damage::LinesMissing { part, count: 1 } => Some(*part),
            _ => None,
        });
        let gone = |id| recovered.damages.contains(&Damage::Dangling { id });
        let lost_relations =
            state.relations.iter().filter(|relation| kept.relations.get(&relation.id).is_none());
        match missing {
            None => assert!(is_same(&recovered.editor, &session.editor), "a head of a chunk holds no work"),
            Some(Part::Annotations) => {
                assert_eq!(kept.annotations.len() + 1, state.annotations.len());
                for relation in lost_relations {
                    assert!(gone(relation.id.clone()), "{:?}", recovered.damages);
                    dangling += 1;
                }
            }
            Some(Part::Relations) => assert_eq!(lost_relations.count(), 1),
            Some(Part::Entities) => {
                let (id, entity) = state
                    .entities
                    .iter()
                    .find(|(_, entity)| !parts_have(&rest, entity))
                    .expect("one is lost");
                assert!(recovered.damages.contains(&Damage::EntityRemade { id: id.clone() }));
                let made = kept.entities.get(id).expect("made again");
                let first = state.annotations.mentions(id).next().expect("a mention");
                assert_eq!(*made.name, *first.target.surface(&state.document.text));
                assert_eq!((&made.label, &*made.identifier), (&entity.label, ""));
                remade += 1;
            }
            Some(Part::Paragraphs) => assert_eq!(kept.paragraphs.len() + 1, state.paragraphs.len()),
            // It is no part of the work: whoever opens it is told, and has the rest.
            Some(Part::Structure) => assert!(kept.same_work(state)),
            Some(Part::Timing) => assert_eq!(kept.timing.len() + 1, state.timing.len()),
            Some(part) => assert!(matches!(part, Part::Schema | Part::Carried | Part::Fields), "{part:?}"),
        }
    }
    assert_eq!(parts.relations.len(), state.relations.len());
    assert!(dangling > 0 && remade > 0);
}

/// Whether a line of the snapshot holds the entity.
fn parts_have(lines: &[String], entity: &crate::model::entity::Entity) -> bool {
    let start = format!(" {{\"i\":\"{}\",", entity.id);
    lines.iter().any(|line| line.contains(&start))
}

#[test]
fn several_losses_at_once_leave_a_sound_editor() {
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let mut session = start();
        work(&mut session, seed, 60);
        let chunks = snapshot_of(&session);
        work(&mut session, seed + 1_000, 60);
        let mut lines: Vec<String> =
            chunks.iter().flat_map(|chunk| chunk.split('\n')).map(str::to_string).collect();
        let mut records = records_of(&session.journal);
        for _ in 0..4 {
            // All but the head.
            if lines.len() > 2 {
                lines.remove(2 + random.below(lines.len() - 2));
            }
            if !records.is_empty() {
                records.remove(random.below(records.len()));
            }
        }
        let recovered = recovered(&session, &lines, &records).expect("a snapshot");
        assert_eq!(check_sound(&recovered.editor), Ok(()), "seed {seed}");
    }
}

#[test]
fn every_byte_of_a_snapshot_flipped_or_cut_is_told_or_harmless() {
    let session = Session::new(opened().state().clone());
    let mut later = session.clone();
    work(&mut later, 9, 6);
    let (chunks, records) = (snapshot_of(&session), records_of(&later.journal));
    let mut random = Random::new(1);
    let mut told = 0;
    let places = chunks
        .iter()
        .enumerate()
        .flat_map(|(idx, chunk)| chunk.char_indices().map(move |(place, _)| (idx, place)));
    for (chunk, place) in places.step_by(3) {
        // Cut there, or one of its bits turned.
        let mut bytes = chunks[chunk].clone().into_bytes();
        match random.below(8) {
            0 => bytes.truncate(place),
            bit => bytes[place] ^= 1 << (bit - 1),
        }
        let mut chunks = chunks.clone();
        chunks[chunk] = String::from_utf8_lossy(&bytes).into_owned();
        let Ok(recovered) = recovered(&later, &chunks, &records) else { continue };
        let is_exact = is_same(&recovered.editor, &later.editor);
        assert!(is_exact || !recovered.damages.is_empty(), "{}", chunks[chunk]);
        assert_eq!(check_links(recovered.editor.state()), Ok(()), "{}", chunks[chunk]);
        told += usize::from(!recovered.damages.is_empty());
    }
    assert!(told > 500, "{told}");
}
