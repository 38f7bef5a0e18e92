//! A document that catches up with what was done to the schema in another one.

use std::rc::Rc;

use super::{TEXT, apply, named, new_label};
use crate::edit::commands::schema::change_schema;
use crate::edit::schema_change::follow::changes_since;
use crate::edit::schema_change::labels::Fate;
use crate::edit::schema_change::{DraftResult, SchemaDraft};
use crate::edit::tests::drawing::{draw, draw_links, session_after};
use crate::edit::tests::support::Session;
use crate::formats::presets::{default_schema, preset};
use crate::model::schema::Schema;

const ACTIONS: &str = "click:Anna g take:Elle click:pleut s take:Anna click:pleut set:evidence_status=cited";

/// Something that is done to a draft.
type Step = fn(&mut SchemaDraft) -> DraftResult;

fn session() -> Session {
    session_after(default_schema(), TEXT, ACTIONS)
}

/// Each change is a version of its own.
fn change(session: &mut Session, changes: &[Step]) {
    for change in changes {
        let mut draft = SchemaDraft::new(session.state().schema.clone());
        assert_eq!(change(&mut draft), Ok(()));
        session.command(|state, ctx| change_schema(state, ctx, &draft));
        assert_eq!(session.answer, "");
    }
}

#[test]
fn the_same_is_done_to_the_other_document() {
    let cases: [&[Step]; 6] = [
        &[|draft| draft.set_name(named("Ours"))],
        &[|draft| draft.change_label(&"CLAIM".into(), Box::new(|label| label.name = named("Said")))],
        &[|draft| draft.add_label(new_label("Rumeur", None)).map(drop)],
        &[
            |draft| draft.merge_label(&"PERSON".into(), &"ORG".into()),
            |draft| draft.merge_label(&"ORG".into(), &"PLACE".into()),
        ],
        &[
            |draft| draft.remove_label(&"PERSON".into(), Fate::Remove),
            |draft| draft.remove_relation(&"SOURCE".into()),
        ],
        &[
            |draft| {
                let key = "evidence_status".into();
                let (from, to) = (Rc::from("cited"), Rc::from("no_evidence"));
                draft.remove_value(&"CLAIM".into(), &key, &from, Some(&to))
            },
            |draft| draft.set_guidelines("Ask Ada."),
        ],
    ];
    for (idx, changes) in cases.into_iter().enumerate() {
        let (mut leader, mut other) = (session(), session());
        change(&mut leader, changes);
        let newer = leader.state().schema.clone();
        let log = changes_since(&newer, &other.state().schema).map(<[_]>::len);
        assert_eq!(log, Some(changes.len()), "{idx}");
        let draft = SchemaDraft::following(other.state().schema.clone(), newer.as_ref().clone());
        apply(&mut other, &draft);
        assert!(other.state().schema == newer, "{idx}: nothing is added to the log");
        assert_eq!(draw(other.state()), draw(leader.state()), "{idx}");
        assert_eq!(draw_links(other.state()), draw_links(leader.state()), "{idx}");
        for (left, right) in other.state().annotations.iter().zip(leader.state().annotations.iter()) {
            assert_eq!(left.attributes, right.attributes, "{idx}");
        }
        assert_eq!(changes_since(&newer, &other.state().schema), Some(&[][..]), "{idx}");
    }
}

#[test]
fn only_a_later_version_is_one() {
    let mut leader = session();
    let first = leader.state().schema.clone();
    change(&mut leader, &[|draft| draft.set_guidelines("One.")]);
    let second = leader.state().schema.clone();
    change(&mut leader, &[|draft| draft.set_guidelines("Two.")]);
    let third = leader.state().schema.clone();
    let mut other = session();
    change(&mut other, &[|draft| draft.set_name(named("Ours"))]);
    let apart = other.state().schema.clone();
    let since = |newer: &Schema, older: &Schema| changes_since(newer, older).map(<[_]>::len);
    for (newer, older, count) in [
        (&third, &first, Some(2)),
        (&third, &second, Some(1)),
        (&third, &third, Some(0)),
        (&second, &third, None),
        (&third, &apart, None),
        (&first, &apart, None),
        (&first, &first, Some(0)),
    ] {
        assert_eq!(since(newer, older), count, "{} {}", newer.version, older.version);
    }
    assert_eq!(since(&preset("ner-conll").expect("a preset"), &first), None);
}
