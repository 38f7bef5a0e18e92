//! Undo and redo, what joins, and what counts as no step at all.

use crate::edit::apply::EditError;
use crate::edit::history::Step;
use crate::edit::tests::drawing::{check, check_focus, draw, session_after};
use crate::edit::tests::support::{Session, schema};
use crate::edit::transaction::{Origin, Transaction, UserEvent};

#[test]
fn every_step_is_undone_and_redone() {
    let before = "[CLAIM* a] b […CLAIM c] [ORG d] e";
    for (actions, after) in [
        ("drag:e p", "[CLAIM a] b […CLAIM c] [ORG d] [PERSON e]"),
        ("a", "[ALLEGATION a] b […ALLEGATION c] [ORG d] e"),
        ("Delete", "a b c [ORG d] e"),
        ("drag:b +", "[CLAIM a] […CLAIM b] […CLAIM c] [ORG d] e"),
        ("click:c -", "[CLAIM a] b c [ORG d] e"),
        ("drag:e +", "[CLAIM a] b […CLAIM c] [ORG d] […CLAIM e]"),
        ("end:d", "[CLAIM a] b […CLAIM c [ORG d]] e"),
        ("z ArrowRight", "[CLAIM a] b […CLAIM c [ORG d]] e"),
        ("note:x", before),
        ("unsure", before),
        ("set:topic=x", before),
        ("field:headline=x", before),
    ] {
        let (before, after) = (before.replace('*', ""), after.replace('*', ""));
        let before_chosen = "[CLAIM* a] b […CLAIM c] [ORG d] e";
        check(before_chosen, actions, &after);
        check(before_chosen, &format!("{actions} Ctrl+z"), &before);
        check(before_chosen, &format!("{actions} Ctrl+z Ctrl+y"), &after);
        check(before_chosen, &format!("{actions} Ctrl+z Ctrl+Shift+z Ctrl+z"), &before);
        check(before_chosen, &format!("{actions} Ctrl+z Ctrl+z"), &format!("{before} !NothingToUndo"));
        check(before_chosen, &format!("{actions} Ctrl+y"), &format!("{after} !NothingToRedo"));
    }
}

#[test]
fn undo_returns_to_where_the_step_was_made() {
    for (before, actions, after) in [
        ("a |b|", "p Ctrl+z", "a |b|"),
        ("a |b|", "p drag:a Ctrl+z", "a |b|"),
        ("a |b|", "p Ctrl+Home Ctrl+z Ctrl+y", "a [PERSON* b]|"),
        ("[CUE* a] b", "Delete drag:b Ctrl+z", "[CUE* a] b"),
        // What is armed now stays so.
        ("a b", "drag:b p drag:_ Escape Escape o Ctrl+z", "a |b| (armed ORG)"),
        // A new step forgets what was undone.
        ("a |b|", "p Ctrl+z o Ctrl+y", "a [ORG* b]| !NothingToRedo"),
    ] {
        check_focus(before, actions, after);
    }
}

fn steps(session: &Session) -> Vec<UserEvent> {
    session.editor.history().done().map(|step: &std::rc::Rc<Step>| step.event.clone()).collect()
}

#[test]
fn what_is_typed_in_one_go_is_one_step() {
    for (actions, count) in [
        ("fast note:a note:ab note:abc", 1),
        ("slow note:a note:ab", 2),
        ("fast note:a slow note:ab fast note:abc", 2),
        ("fast note:a unsure note:ab", 3),
        ("fast set:topic=x set:topic=xy", 1),
        ("fast set:topic=x set:odd=y", 2),
        ("fast field:headline=x field:headline=xy", 1),
        ("fast field:headline=x field:agency=y", 2),
        ("fast note:a field:headline=x", 2),
        ("fast z ArrowRight ArrowRight ArrowRight", 1),
        ("slow z ArrowRight ArrowRight", 2),
        // Not after an undo or redo: the step stands as it is.
        ("fast note:a note:ab Ctrl+z Ctrl+y note:abc", 2),
        ("slow note:a note:ab fast Ctrl+z note:x", 2),
        // Looking around between does not end the go.
        ("fast note:a ArrowRight note:ab", 1),
        // Labels and certainty are steps of their own.
        ("fast a c a", 3),
        // What is typed and taken back in one go is no step.
        ("fast note:a note:", 0),
        ("fast field:headline=x field:headline=", 0),
        ("fast z ArrowRight ArrowLeft", 0),
        ("fast z ArrowRight ArrowRight Escape", 0),
        ("fast set:topic=x set:topic=", 0),
        ("fast note:a slow note:", 2),
        ("slow note:a fast note: note:b", 1),
        ("slow note:a slow note:ab fast note:a note:ac", 2),
    ] {
        let session = session_after(schema(), "[CLAIM* a] bbb c", actions);
        assert_eq!(steps(&session).len(), count, "{actions}: {:?}", steps(&session));
    }
}

#[test]
fn what_is_taken_back_in_one_go_leaves_no_trace() {
    for actions in ["note:a note:", "field:headline=x field:headline=", "z ArrowRight ArrowRight Escape"] {
        let session = session_after(schema(), "[CLAIM* a] b c", &format!("fast {actions}"));
        let before = session_after(schema(), "[CLAIM* a] b c", "");
        assert!(session.state().same_work(before.state()), "{actions}: {:?}", session.state().chosen());
        assert_eq!(session.state().modified_ms, None, "{actions}");
    }
}

#[test]
fn modified_is_the_time_of_the_last_edit_and_undo_restores_it() {
    let mut session = session_after(schema(), "|a| b", "");
    let mut times = vec![session.state().modified_ms];
    for action in ["p", "note:x", "set:mention=pronoun", "field:headline=x", "Delete"] {
        session.act(action);
        times.push(session.state().modified_ms);
        assert_eq!(session.state().modified_ms, Some(session.time_ms), "{action}");
    }
    session.run("ArrowRight v");
    assert_eq!(session.state().modified_ms, *times.last().expect("times"));
    for time in times.iter().rev().skip(1) {
        session.act("Ctrl+z");
        assert_eq!(session.state().modified_ms, *time);
    }
    for time in times.iter().skip(1) {
        session.act("Ctrl+y");
        assert_eq!(session.state().modified_ms, *time);
    }
}

#[test]
fn a_transaction_that_does_not_fit_changes_nothing() {
    let session = session_after(schema(), "|a| b", "p note:x");
    let first = session.journal[0].1.clone();
    let undo = session.editor.undo(1).expect("a step");
    let stale = Transaction { origin: Origin::Undo, ..first.clone() };
    let redo = Transaction { origin: Origin::Redo, ..undo.clone() };
    for (transaction, error) in [
        (first.clone(), EditError::AnnotationDiffers(session.state().chosen().expect("chosen").id.clone())),
        (stale, EditError::Malformed),
        (redo, EditError::Malformed),
    ] {
        let mut editor = session.editor.clone();
        assert_eq!(editor.dispatch(&transaction), Err(error));
        assert!(editor.state().same_work(session.state()));
        assert_eq!(editor.history(), session.editor.history());
        assert_eq!(draw(editor.state()), "[PERSON a] b");
    }
}
