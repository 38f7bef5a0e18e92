//! Stored work that comes back in steps: it is said to be ever farther, and whatever of it is damaged, it is
//! the same as what comes back in one go.

use super::{records_of, recovered, schema_of, snapshot_of};
use crate::journal::recover::{Recovered, Restoring};
use crate::journal::snapshot::SnapshotReading;
use crate::journal::tests::{work, worked};

#[test]
fn stored_work_comes_back_in_steps() {
    for (seed, lost) in [(1, None), (2, Some(1)), (3, Some(2)), (4, Some(3))] {
        let mut session = worked(seed, 60);
        let (mut chunks, before) = (snapshot_of(&session), session.journal.len());
        work(&mut session, seed + 10, 60);
        let mut records = records_of(&session.journal);
        if let Some(lost) = lost {
            chunks.remove(lost);
            records.remove(before + lost);
        }
        let whole = recovered(&session, &chunks, &records).expect("a snapshot");

        let mut reading = SnapshotReading::new(&chunks);
        let mut told = vec![reading.percent()];
        while reading.step() {
            told.push(reading.percent());
        }
        told.push(reading.percent());
        check_way(&told);
        let (parts, mut damages) = reading.finish().expect("a snapshot");
        let (document, schema) = (session.state().document.clone(), schema_of(&parts, session.state()));
        let mut restoring = Restoring::new(document, schema, parts).expect("its text");
        told = vec![restoring.percent()];
        while restoring.step() {
            told.push(restoring.percent());
        }
        told.push(restoring.percent());
        check_way(&told);
        let mut replay = restoring.finish(&records);
        told = vec![replay.percent()];
        while replay.step() {
            told.push(replay.percent());
        }
        told.push(replay.percent());
        check_way(&told);
        let Recovered { editor, next_seq, damages: later } = replay.finish();
        damages.extend(later);
        assert_eq!((next_seq, &damages), (whole.next_seq, &whole.damages), "seed {seed}");
        assert_eq!(damages.is_empty(), lost.is_none());
        assert!(editor.state().same_work(whole.editor.state()), "seed {seed}");
        assert!(editor.history().done().eq(whole.editor.history().done()), "seed {seed}");
        assert!(lost.is_some() || editor.state().same_work(session.state()), "seed {seed}");
    }
}

/// From nothing to all, in several steps.
fn check_way(told: &[usize]) {
    assert!(told.len() > 4 && told.is_sorted(), "{told:?}");
    assert!(told[0] == 0 && told[told.len() - 1] >= 99, "{told:?}");
}
