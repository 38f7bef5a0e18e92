//! Someone at all kinds of work: what the journal must carry.

use std::rc::Rc;

use crate::edit::commands::{CommandContext, CommandResult, annotate, entity, link, paragraph};
use crate::edit::derive::complete;
use crate::edit::link_ends::options_between;
use crate::edit::notice::{Effect, Refusal};
use crate::edit::state::{LinkPurpose, LinksShown, State};
use crate::edit::tests::random::{TEXT, actions};
use crate::edit::tests::support::{Session, schema, state_under};
use crate::edit::transaction::{Change, Edit, Origin, Transaction, UserEvent};
use crate::json::Map;
use crate::model::annotation::Annotation;
use crate::model::document::Document;
use crate::model::ids::{LabelId, RelationTypeId};
use crate::model::schema::{AttributeKind, Localized, RelationType, Schema, Tier};
use crate::model::structure::{Part, PartKind, Structure};
use crate::text::samples::Random;
use crate::text::span::{TextOffset, TextSpan};

/// The small schema with names, a dated attribute, and types of relations.
pub(crate) fn linked_schema() -> Schema {
    let mut schema = schema();
    let name = |id: &str| Localized { fr: Rc::from(id), en: Rc::from(id) };
    schema.name = name("small");
    schema.groups.iter_mut().for_each(|group| group.name = name(group.id.as_str()));
    for label in &mut schema.labels {
        label.name = name(label.id.as_str());
        for attribute in &mut label.attributes {
            attribute.name = name(attribute.key.as_str());
            attribute.is_dated = attribute.key.as_str() == "evidence";
            if let AttributeKind::Choice(choices) = &mut attribute.kind {
                choices.iter_mut().for_each(|choice| choice.name = name(&choice.value));
            }
        }
    }
    let labels = |ids: &[&str]| -> Vec<LabelId> { ids.iter().map(|id| LabelId::from(*id)).collect() };
    let statements = labels(&["QUOTE", "CLAIM", "ALLEGATION"]);
    let kind = |id: &str, from: Vec<LabelId>, one_per_from| RelationType {
        id: RelationTypeId::from(id),
        name: name(id),
        inverse_name: name(id),
        reads: name("{from} {to}"),
        key: None,
        from,
        to: statements.clone(),
        directed: true,
        one_per_from,
        one_per_to: false,
        when_from: None,
        tier: Tier::V1,
        extra: Map::new(),
    };
    schema.relations = vec![
        kind("SOURCE", labels(&["PERSON", "ORG", "PLACE"]), false),
        kind("CUE_OF", labels(&["CUE", "EVIDENCE"]), true),
        kind("ABOUT", statements.clone(), false),
    ];
    schema
}

pub(crate) fn start() -> Session {
    let mut state = state_under(TEXT, linked_schema());
    let document = Document::new(state.document.id.clone(), Rc::from(TEXT), state.document.created_ms);
    state.document = Rc::new(document.with_structure(structure()));
    Session { pace_ms: 1, ..Session::new(state) }
}

/// A part of every kind.
fn structure() -> Structure {
    let lines: Vec<&str> = TEXT.split("\r\n\r\n").collect();
    let kinds = [
        (PartKind::Heading { level: 2 }, lines[0]),
        (PartKind::Quote, lines[1]),
        (PartKind::Item { level: 1, number: Some(7) }, lines[1]),
        (PartKind::Link { address: Rc::from("https://example.org/") }, "l’ONU"),
    ];
    let parts = kinds.into_iter().filter_map(|(kind, words)| {
        let start = TEXT.find(words)?;
        Some(Part { kind, span: TextSpan::from_range(start..start + words.len())? })
    });
    let (structure, left_out) = Structure::of(TEXT, parts.collect());
    assert_eq!((structure.parts().len(), left_out), (4, 0));
    structure
}

/// What [`work`] leaves after `len` acts.
pub(crate) fn worked(seed: u64, len: usize) -> Session {
    let mut session = start();
    work(&mut session, seed, len);
    session
}

/// A session that leaves something of every kind.
pub(crate) fn full() -> Session {
    let is_full = |session: &Session| {
        let state = session.state();
        state.relations.len() > 2 && !state.entities.is_empty() && !state.paragraphs.is_empty()
    };
    (0..).map(|seed| worked(seed, 120)).find(is_full).expect("some session does it all")
}

/// Lets a person do `len` things of all kinds, at random.
pub(crate) fn work(session: &mut Session, seed: u64, len: usize) {
    let mut random = Random::new(seed);
    for action in actions(seed, len) {
        match random.below(2) {
            0 => act(session, &mut random),
            _ => session.take(action),
        }
    }
}

fn act(session: &mut Session, random: &mut Random) {
    let (kind, pick, other) = (random.below(15), random.below(1 << 20), random.below(1 << 20));
    session.command(|state, ctx| {
        let mut effect = done(state, ctx, kind, pick, other)?;
        if let Some(transaction) = &mut effect.transaction {
            transaction.active_ms = (pick % 5_000) as u32;
        }
        Ok(effect)
    });
}

fn done(
    state: &State,
    ctx: &mut CommandContext<'_>,
    kind: usize,
    pick: usize,
    other: usize,
) -> CommandResult {
    let annotation = |pick: usize| {
        let found = state.annotations.nth(pick % state.annotations.len().max(1));
        found.cloned().ok_or(Refusal::NoAnnotation)
    };
    let relation = || {
        let found = state.relations.nth(pick % state.relations.len().max(1));
        found.map(|relation| relation.id.clone()).ok_or(Refusal::NoRelation)
    };
    let entity = || {
        let found = state.entities.keys().nth(pick % state.entities.len().max(1));
        found.cloned().ok_or(Refusal::NoEntity)
    };
    match kind {
        13.. => {
            let label = LabelId::from(["PERSON", "ORG", "CLAIM", "CUE"][other % 4]);
            let word = ["ministre", "ONU", "menti", "Deux"][pick % 4];
            let start = TEXT.find(word).unwrap_or_default();
            let span = TextSpan::new(TextOffset::new(start), TextOffset::new(start + word.len()));
            annotate::annotate_span(state, ctx, &label, span.ok_or(Refusal::NothingSelected)?)
        }
        0..=2 => {
            let (from, to) = (annotation(pick)?, annotation(other)?);
            let options = options_between(state, &from, &to, LinkPurpose::AnyRelation);
            link::link(state, ctx, options.first().ok_or(Refusal::AlreadyLinked)?)
        }
        3 => link::unlink(state, ctx, &relation()?),
        4..=6 => {
            let is_same = |mention: &Annotation, other: &Annotation| mention.label == other.label;
            let first = annotation(pick)?;
            let second = state.annotations.iter_from(other % state.annotations.len());
            let second = second.filter(|second| is_same(second, &first) && second.id != first.id).last();
            entity::unite(state, ctx, &first.id, &second.ok_or(Refusal::NoAnnotation)?.id)
        }
        7 => entity::split(state, ctx, &annotation(pick)?.id),
        8 => entity::set_name(state, ctx, &entity()?, ["ONU", "« Ü »"][other % 2]),
        9 => entity::set_identifier(
            state,
            ctx,
            &entity()?,
            ["", "http://www.wikidata.org/entity/Q1"][other % 2],
        ),
        10 => paragraph::cycle(state, ctx, pick % state.document.index.blocks.paragraphs().len()),
        11 => Ok(change_schema(state, ctx, pick)),
        _ => {
            let links = [LinksShown::OfChosen, LinksShown::All][pick % 2];
            let focus = crate::edit::state::Focus { links, ..state.focus.clone() };
            Ok(Effect::silent(Transaction::focus(focus, ctx.time_ms)))
        }
    }
}

fn change_schema(state: &State, ctx: &CommandContext<'_>, pick: usize) -> Effect {
    let mut after = (*state.schema).clone();
    after.guidelines = Rc::from(format!("n° {}", pick % 4));
    let edits = vec![Edit::Schema(Change::replaced(state.schema.clone(), Rc::new(after)))];
    Effect::silent(Transaction {
        edits: complete(state, edits, ctx.time_ms),
        focus: None,
        event: UserEvent::ChangeSchema,
        origin: Origin::User,
        time_ms: ctx.time_ms,
        active_ms: 0,
    })
}

/// The other tests mean something: work of all kinds was done.
#[test]
fn the_work_is_of_all_kinds() {
    let mut counts = [0; 6];
    for session in (0..20).map(|seed| worked(seed, 150)) {
        for edit in session.journal.iter().flat_map(|(_, transaction)| &transaction.edits) {
            counts[match edit {
                Edit::Annotation(_) => 0,
                Edit::Relation(_) => 1,
                Edit::Entity(_) => 2,
                Edit::Field { .. } => 3,
                Edit::Paragraph { .. } => 4,
                Edit::Schema(_) => 5,
            }] += 1;
        }
        assert_eq!(session.state().relations.check_invariants(), Ok(()));
    }
    assert!(counts.iter().all(|count| *count > 20), "{counts:?}");
}
