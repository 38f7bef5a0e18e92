//! Random drafts between random work.

use std::rc::Rc;

use super::{check_readable, named, new_label};
use crate::edit::commands::schema::{add_label, change_schema, set_guidelines};
use crate::edit::invariants::{StateViolation, violations};
use crate::edit::schema_change::labels::Fate;
use crate::edit::schema_change::preparing::prepare;
use crate::edit::schema_change::{DraftResult, SchemaDraft};
use crate::edit::state::State;
use crate::edit::tests::random::{actions, start_news};
use crate::edit::tests::support::Session;
use crate::formats::presets::{PRESETS, preset};
use crate::model::ids::{AttributeKey, LabelId};
use crate::model::schema::{AttributeKind, AttributeType, Family, SpanPolicy};
use crate::text::samples::Random;

const SEEDS: u64 = 24;
const ROUNDS: usize = 12;

/// Something of a list; `None` of an empty one.
fn any<'i, T>(random: &mut Random, items: &'i [T]) -> Option<&'i T> {
    if items.is_empty() { None } else { items.get(random.below(items.len())) }
}

fn any_attribute(random: &mut Random, draft: &SchemaDraft) -> Option<(LabelId, AttributeType)> {
    let label = any(random, &draft.schema().labels)?.clone();
    Some((label.id, any(random, &label.attributes)?.clone()))
}

/// One operation on whatever is there. What it refuses it leaves as it was.
fn operate(random: &mut Random, draft: &mut SchemaDraft) -> Option<DraftResult> {
    let schema = draft.schema().clone();
    let label = any(random, &schema.labels)?.id.clone();
    let other = any(random, &schema.labels)?.id.clone();
    let relation = any(random, &schema.relations).map(|relation| relation.id.clone());
    let key = char::from(b'a' + random.below(26) as u8);
    Some(match random.below(24) {
        0 => draft.change_label(&label, Box::new(|label| label.name = named("Other"))),
        1 => draft.change_label(&label, Box::new(|label| label.hotkey = Some(key))),
        2 => draft.change_label(&label, Box::new(|label| label.retired = !label.retired)),
        3 => draft.change_label(&label, Box::new(|label| label.is_entity = !label.is_entity)),
        4 => {
            let group = any(random, &schema.groups)?.id.clone();
            draft.change_label(&label, Box::new(|label| label.group = group))
        }
        5 => draft.add_label(new_label("New", Some(key))).map(drop),
        6 => draft.merge_label(&label, &other),
        7 => draft.remove_label(&label, Fate::Remove),
        8 => draft.remove_label(&label, Fate::Keep),
        9 => draft.step_label(&label, random.below(2) == 0),
        10 => {
            let (label, attribute) = any_attribute(random, draft)?;
            draft.split_label(&label, &attribute.key).map(drop)
        }
        11 => {
            let name = named("Kind");
            let kind = [AttributeKind::Flag, AttributeKind::Number, AttributeKind::Date];
            draft.add_attribute(&label, name, any(random, &kind)?.clone()).map(drop)
        }
        12 => {
            let (label, attribute) = any_attribute(random, draft)?;
            draft.remove_attribute(&label, &attribute.key)
        }
        13 => {
            let (label, attribute) = any_attribute(random, draft)?;
            draft.add_value(&label, &attribute.key, named("Value")).map(drop)
        }
        14 | 15 => {
            let (label, attribute) = any_attribute(random, draft)?;
            let AttributeKind::Choice(choices) = &attribute.kind else { return None };
            let (value, to) = (any(random, choices)?, any(random, choices)?);
            let to = (random.below(2) == 0).then_some(&to.value);
            draft.remove_value(&label, &attribute.key, &value.value, to)
        }
        16 => change_kind(random, draft)?,
        17 => {
            let (label, attribute) = any_attribute(random, draft)?;
            let condition =
                any_attribute(random, draft).map(|(_, other)| (other.key, vec![Rc::from("full")]));
            draft.change_attribute(
                &label,
                &attribute.key,
                Box::new(|attribute| attribute.shown_if = condition),
            )
        }
        18 => draft.change_relation(&relation?, Box::new(|kind| kind.from.push(label))),
        19 => draft.change_relation(&relation?, Box::new(|kind| kind.to.retain(|end| *end != label))),
        20 => draft.remove_relation(&relation?),
        21 => draft.add_relation(named("Relation")).map(drop),
        22 => draft.add_group(named("Group"), Family::Box).map(drop),
        _ => {
            let mut flag = || random.below(2) == 0;
            draft.set_policy(SpanPolicy { overlap: flag(), nesting: flag(), discontinuous: flag() })
        }
    })
}

/// Gives an attribute another type, or another default, or lets it keep or lose its history.
fn change_kind(random: &mut Random, draft: &mut SchemaDraft) -> Option<DraftResult> {
    let (label, attribute) = any_attribute(random, draft)?;
    let kinds = [AttributeKind::Flag, AttributeKind::Number, AttributeKind::Text { len_max: Some(3) }];
    let kind = any(random, &kinds)?.clone();
    let choice = random.below(3);
    Some(draft.change_attribute(
        &label,
        &AttributeKey::from(attribute.key.as_str()),
        Box::new(move |attribute| match choice {
            0 => attribute.kind = kind,
            1 => attribute.is_dated = !attribute.is_dated,
            _ => attribute.default = None,
        }),
    ))
}

/// Some drafts, between things that a person does to the work.
fn work(seed: u64, check: impl Fn(&Session, &str)) -> Session {
    let mut random = Random::new(seed ^ 0x5CEA);
    let mut session = start_news();
    for round in 0..ROUNDS {
        for action in actions(seed * 100 + round as u64, 20) {
            session.take(action);
            check(&session, &format!("seed {seed} round {round} {action:?}"));
        }
        let mut draft = SchemaDraft::new(session.state().schema.clone());
        if random.below(6) == 0 {
            let other = preset(any(&mut random, &PRESETS).expect("presets")).expect("a preset");
            draft = SchemaDraft::replacing(session.state().schema.clone(), other);
        }
        for _ in 0..1 + random.below(4) {
            let before = draft.clone();
            if let Some(Err(refusal)) = operate(&mut random, &mut draft) {
                assert!(draft == before, "seed {seed} round {round}: {refusal:?} changed the draft");
            }
            check_readable(draft.schema());
        }
        let expected = prepare(session.state(), &draft, 0).preview;
        session.command(|state, ctx| change_schema(state, ctx, &draft));
        if let Some(crate::edit::notice::Notice::SchemaChanged { preview }) = session.notices.last() {
            assert!(!draft.is_changed() || *preview == expected, "seed {seed} round {round}");
        }
        check(&session, &format!("seed {seed} round {round} {draft:#?}"));
        match random.below(3) {
            0 => session.command(|state, ctx| add_label(state, ctx, new_label("Quick", None))),
            1 => session.command(|state, ctx| set_guidelines(state, ctx, "Notes")),
            _ => {}
        }
        check_readable(&session.state().schema);
        check(&session, &format!("seed {seed} round {round}: add or notes"));
    }
    session
}

/// What must not be, but for labels that were kept unknown on purpose, and the entities of such.
fn found(state: &State) -> Vec<StateViolation> {
    let mut found = violations(state);
    found.retain(|violation| !matches!(violation, StateViolation::UnknownLabel(_)));
    found
}

#[test]
fn invariants_hold_after_every_change_of_the_schema() {
    for seed in 0..SEEDS {
        work(seed, |session, what| {
            let found = found(session.state());
            assert!(found.is_empty(), "{found:?} after {what}");
        });
    }
}

#[test]
fn every_change_of_the_schema_is_undone_whole() {
    for seed in 0..SEEDS {
        let session = work(seed, |_, _| {});
        let mut editor = session.editor.clone();
        while let Some(undo) = editor.undo(1) {
            editor.dispatch(&undo).unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
        }
        assert!(editor.state().same_work(start_news().state()), "seed {seed}: undo all");
        while let Some(redo) = editor.redo(1) {
            editor.dispatch(&redo).unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
        }
        let mut last = session.editor;
        while let Some(redo) = last.redo(1) {
            last.dispatch(&redo).unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
        }
        assert!(editor.state().same_work(last.state()), "seed {seed}: redo all");
    }
}
