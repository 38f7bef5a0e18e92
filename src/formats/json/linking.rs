//! Reading the lists of relations and entities of a file, in steps.

use std::rc::Rc;

use crate::formats::json::links::{
    LinkContext, entries_of, read_entity, read_relation, used_ids, with_missing_entities,
};
use crate::formats::json::report::{Fact, Problem, Remedy};
use crate::formats::json::used_ids::UsedIds;
use crate::json::Value;
use crate::model::entity::Entity;
use crate::model::ids::{EntityId, RelationTypeId};
use crate::model::relation::{Relation, RelationSet};
use crate::sorted::{SortedMap, sort_by};

/// How many entries a step takes: a millisecond of work.
const STEP: usize = 256;

/// What could be made of the lists of a file.
#[derive(Default)]
pub(super) struct Links {
    pub(super) entities: SortedMap<EntityId, Rc<Entity>>,
    pub(super) relations: RelationSet,
    /// The entities that were made because mentions name them, in the order of their ids.
    pub(super) made: Vec<EntityId>,
    /// Entries that could not be taken.
    pub(super) left_entities: Vec<Value>,
    pub(super) left_relations: Vec<Value>,
    pub(super) problems: Vec<Problem>,
}

/// Reads `entities` and `relations` as a file has them, and makes an entity of each id that
/// mentions have without one. O(n log n).
pub(super) fn read_links(context: &LinkContext, entities: &Value, relations: &Value) -> Links {
    let mut linking = Linking::new(entities, relations);
    while linking.step(context) {}
    linking.finish()
}

/// The lists of a file, on their way: see [`read_links`].
pub(super) struct Linking<'l> {
    entities: &'l [Value],
    relations: &'l [Value],
    stage: Stage<'l>,
    links: Links,
}

enum Stage<'l> {
    Entities(Reading<'l, Entity>),
    Relations(Reading<'l, Relation>),
    Done,
}

/// A list of which some entries are read.
struct Reading<'l, T> {
    used_ids: UsedIds<'l>,
    read: usize,
    taken: Vec<Rc<T>>,
}

impl<'l, T> Reading<'l, T> {
    fn new(entries: &'l [Value]) -> Reading<'l, T> {
        Reading { used_ids: used_ids(entries), read: 0, taken: Vec::with_capacity(entries.len()) }
    }

    /// Whether the id of the next entry is one that was there before.
    fn is_repeated(&self) -> bool {
        self.used_ids.is_repeated(self.read)
    }

    /// Goes on to the next entry with what was made of this one. Whether there is anything.
    fn take(&mut self, made: Option<T>) -> bool {
        self.read += 1;
        let is_made = made.is_some();
        self.taken.extend(made.map(Rc::new));
        is_made
    }
}

impl<'l> Linking<'l> {
    pub(super) fn new(entities: &'l Value, relations: &'l Value) -> Linking<'l> {
        let (entities, relations) = (entries_of(entities), entries_of(relations));
        let stage = Stage::Entities(Reading::new(entities));
        Linking { entities, relations, stage, links: Links::default() }
    }

    /// Goes on a little. Whether there is more to do before [`Linking::finish`].
    pub(super) fn step(&mut self, context: &LinkContext) -> bool {
        let links = &mut self.links;
        match &mut self.stage {
            Stage::Entities(reading) if reading.read < self.entities.len() => {
                for entry in self.entities.iter().skip(reading.read).take(STEP) {
                    let mut facts = Vec::new();
                    let read = read_entity(context, entry, reading.is_repeated(), &mut facts);
                    let told = |entity, fact| Fact::Entity { entity, fact };
                    if !reading.take(links.tell(reading.read, read, facts, told)) {
                        links.left_entities.push(entry.clone());
                    }
                }
            }
            Stage::Entities(reading) => {
                links.take_entities(context, std::mem::take(&mut reading.taken));
                self.stage = Stage::Relations(Reading::new(self.relations));
            }
            Stage::Relations(reading) if reading.read < self.relations.len() => {
                for entry in self.relations.iter().skip(reading.read).take(STEP) {
                    let mut facts = Vec::new();
                    let read = read_relation(context, entry, reading.is_repeated(), &mut facts);
                    let told = |relation, fact| Fact::Relation { relation, fact };
                    if !reading.take(links.tell(reading.read, read, facts, told)) {
                        links.left_relations.push(entry.clone());
                    }
                }
            }
            Stage::Relations(reading) => {
                links.take_relations(context, std::mem::take(&mut reading.taken));
                self.stage = Stage::Done;
            }
            Stage::Done => return false,
        }
        true
    }

    /// How much is done.
    pub(super) fn percent(&self) -> usize {
        let all = (self.entities.len() + self.relations.len()).max(1);
        match &self.stage {
            Stage::Entities(reading) => reading.read * 100 / all,
            Stage::Relations(reading) => (self.entities.len() + reading.read) * 100 / all,
            Stage::Done => 100,
        }
    }

    /// What was made of the lists, once [`Linking::step`] said that there is no more to do.
    pub(super) fn finish(self) -> Links {
        self.links
    }
}

impl Links {
    /// Takes up what is wrong in an entry, and why it is none where it is none.
    fn tell<T>(
        &mut self,
        idx: usize,
        read: Result<T, Fact>,
        mut facts: Vec<(Fact, Remedy)>,
        told: fn(usize, Box<Fact>) -> Fact,
    ) -> Option<T> {
        let taken = read.map_err(|fact| facts.push((fact, Remedy::Kept))).ok();
        let problem = |(fact, remedy)| Problem { annotation: None, fact: told(idx, Box::new(fact)), remedy };
        self.problems.extend(facts.into_iter().map(problem));
        taken
    }

    fn take_entities(&mut self, context: &LinkContext, mut entities: Vec<Rc<Entity>>) {
        sort_by(&mut entities, |left, right| left.id.cmp(&right.id));
        let entities = entities.into_iter().map(|entity| (entity.id.clone(), entity)).collect();
        (self.entities, self.made) = with_missing_entities(context.document, context.annotations, entities);
    }

    fn take_relations(&mut self, context: &LinkContext, relations: Vec<Rc<Relation>>) {
        let mut unknown_types: SortedMap<RelationTypeId, usize> = SortedMap::new();
        for relation in &relations {
            if context.schema.relation(&relation.kind).is_none() {
                *unknown_types.get_or_insert(relation.kind.clone(), 0) += 1;
            }
        }
        self.relations = RelationSet::from_relations(relations);
        for (kind, count) in unknown_types {
            let fact = Fact::UnknownRelationType { kind, count };
            self.problems.push(Problem { annotation: None, fact, remedy: Remedy::Accepted });
        }
    }
}
