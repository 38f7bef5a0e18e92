//! What holds after every sequence of commands.

use crate::edit::editor::Editor;
use crate::edit::history::STEPS_MAX;
use crate::edit::invariants::violations;
use crate::edit::state::State;
use crate::edit::tests::random::{Action, check_law, start, start_news};
use crate::edit::tests::support::{Session, state_of};
use crate::edit::transaction::Edit;

/// Every law holds under both schemas.
const STARTS: [fn() -> Session; 2] = [start, start_news];

fn after(start: fn() -> Session, actions: &[Action]) -> Session {
    let mut session = start();
    actions.iter().for_each(|action| session.take(*action));
    session
}

/// As [`check_law`], for each start.
fn check_laws(seeds: u64, len: usize, law: impl Fn(fn() -> Session, &[Action]) -> Result<(), String>) {
    for start in STARTS {
        check_law(seeds, len, |actions| law(start, actions));
    }
}

fn same(what: &str, left: &State, right: &State) -> Result<(), String> {
    if left.same_work(right) {
        return Ok(());
    }
    let work = |state: &State| {
        format!(
            "{:#?} {:#?} {:#?} {:?} {:?} {:?}",
            state.annotations.iter().collect::<Vec<_>>(),
            state.relations.iter().collect::<Vec<_>>(),
            state.entities,
            state.paragraphs,
            state.fields,
            state.modified_ms
        )
    };
    Err(format!("{what}:\n{}\n{}", work(left), work(right)))
}

fn undo_all(editor: &mut Editor) -> Result<usize, String> {
    let mut count = 0;
    while let Some(transaction) = editor.undo(1) {
        editor.dispatch(&transaction).map_err(|error| format!("undo {count}: {error:?}"))?;
        count += 1;
    }
    Ok(count)
}

fn redo_all(editor: &mut Editor) -> Result<usize, String> {
    let mut count = 0;
    while let Some(transaction) = editor.redo(1) {
        editor.dispatch(&transaction).map_err(|error| format!("redo {count}: {error:?}"))?;
        count += 1;
    }
    Ok(count)
}

#[test]
fn invariants_hold_after_each_step() {
    check_laws(150, 120, |start, actions| {
        let mut session = start();
        for action in actions {
            session.take(*action);
            let state = session.state();
            let found = violations(state);
            if !found.is_empty() {
                return Err(format!("{action:?}: {found:?}"));
            }
            if state.focus.chosen.is_some() != state.chosen().is_some() {
                return Err(format!("{action:?}: what is chosen is not there"));
            }
        }
        Ok(())
    });
}

#[test]
fn a_transaction_and_its_inverse_change_nothing() {
    check_laws(60, 80, |start, actions| {
        let mut session = start();
        for action in actions {
            let (before, journal_len) = (session.state().clone(), session.journal.len());
            session.take(*action);
            let Some((_, transaction)) = session.journal.get(journal_len) else { continue };
            let (forward, _) = before.apply(&transaction.edits).map_err(|error| format!("{error:?}"))?;
            let inverse: Vec<Edit> = transaction.edits.iter().rev().map(Edit::inverse).collect();
            let (back, _) = forward.apply(&inverse).map_err(|error| format!("{error:?}"))?;
            same("inverse", &State { modified_ms: before.modified_ms, ..back }, &before)?;
        }
        Ok(())
    });
}

#[test]
fn undo_all_gives_the_first_state_and_redo_all_the_last() {
    check_laws(150, 120, |start, actions| {
        let session = after(start, actions);
        let mut editor = session.editor.clone();
        let done = editor.history().done().len();
        if undo_all(&mut editor)? != done {
            return Err("not every step was undone".to_string());
        }
        same("undo all", editor.state(), start().state())?;
        redo_all(&mut editor)?;
        let mut last = session.editor.clone();
        redo_all(&mut last)?;
        same("redo all", editor.state(), last.state())
    });
}

#[test]
fn undo_then_redo_is_where_it_was() {
    check_laws(40, 60, |start, actions| {
        let mut session = start();
        for action in actions {
            session.take(*action);
            let mut editor = session.editor.clone();
            let Some(undo) = editor.undo(1) else { continue };
            editor.dispatch(&undo).map_err(|error| format!("{error:?}"))?;
            let redo = editor.redo(2).ok_or("nothing to redo")?;
            editor.dispatch(&redo).map_err(|error| format!("{error:?}"))?;
            same("undo, redo", editor.state(), session.state())?;
            let steps = |editor: &Editor| editor.history().done().cloned().collect::<Vec<_>>();
            if steps(&editor) != steps(&session.editor) {
                return Err("the history differs".to_string());
            }
        }
        Ok(())
    });
}

#[test]
fn ten_thousand_steps_can_be_undone() {
    let mut session = Session::new(state_of("un deux"));
    session.run("drag:un p");
    for idx in 0..10_000 {
        session.act(if idx % 2 == 0 { "o" } else { "p" });
    }
    let last = session.state().clone();
    let mut editor = session.editor;
    assert_eq!(undo_all(&mut editor), Ok(10_001));
    assert_eq!(same("undo all", editor.state(), &state_of("un deux")), Ok(()));
    assert_eq!(redo_all(&mut editor), Ok(10_001));
    assert_eq!(same("redo all", editor.state(), &last), Ok(()));
}

#[test]
fn beyond_the_limit_the_oldest_steps_are_forgotten() {
    let mut session = Session::new(state_of("un deux"));
    session.run("drag:un p");
    for idx in 0..STEPS_MAX {
        session.act(if idx % 2 == 0 { "o" } else { "p" });
    }
    assert_eq!(session.editor.history().done().len(), STEPS_MAX);
    let mut editor = session.editor;
    assert_eq!(undo_all(&mut editor), Ok(STEPS_MAX));
    assert_eq!(editor.state().annotations.len(), 1);
}
