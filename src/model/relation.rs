//! A typed, directed link between two annotations, and all of them.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::json::Map;
use crate::model::annotation::Provenance;
use crate::model::ids::{AnnotationId, RelationId, RelationTypeId};
use crate::model::tree::{Item, Tree};
use crate::sorted::sort_by;

/// One annotation says something of another: FROM is the source of TO.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    pub id: RelationId,
    pub kind: RelationTypeId,
    pub from: AnnotationId,
    /// Another annotation than `from`.
    pub to: AnnotationId,
    pub provenance: Provenance,
    /// What a file said about it that this version does not know, kept for the way out.
    pub extra: Option<Rc<Map>>,
}

impl Relation {
    /// The end that is not `id`; `from` where neither is.
    pub fn other_end(&self, id: &AnnotationId) -> &AnnotationId {
        if self.from == *id { &self.to } else { &self.from }
    }

    /// Whether the two say the same: type and ends.
    pub fn says_the_same(&self, other: &Relation) -> bool {
        self.kind == other.kind && self.from == other.from && self.to == other.to
    }
}

/// The relations of one document, by id and by either end. A clone is free; an edit costs
/// O(log n).
#[derive(Clone, Debug, Default)]
pub struct RelationSet {
    // Invariant: `by_end` holds each relation twice, under its two ends.
    by_id: Tree<Keyed>,
    by_end: Tree<Keyed>,
}

/// A relation under one of its ids: its own, or that of an end.
#[derive(Clone, Debug)]
struct Keyed {
    key: Rc<str>,
    relation: Rc<Relation>,
}

impl Item for Keyed {
    fn order(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key).then_with(|| self.relation.id.cmp(&other.relation.id))
    }
}

impl RelationSet {
    /// A set of many relations at once, no two of one id. O(n log n).
    pub fn from_relations(relations: Vec<Rc<Relation>>) -> RelationSet {
        let keyed =
            |key: &Rc<str>, relation: &Rc<Relation>| Keyed { key: key.clone(), relation: relation.clone() };
        let ends = relations
            .iter()
            .flat_map(|relation| [&relation.from, &relation.to].map(|end| keyed(&end.0, relation)));
        let ids = relations.iter().map(|relation| keyed(&relation.id.0, relation));
        let [by_id, by_end] = [ids.collect(), ends.collect()].map(|mut items: Vec<Keyed>| {
            sort_by(&mut items, Item::order);
            Tree::from_sorted(&items)
        });
        RelationSet { by_id, by_end }
    }

    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// O(log n).
    pub fn get(&self, id: &RelationId) -> Option<&Rc<Relation>> {
        self.by_id.get(|item| item.key.cmp(&id.0)).map(|item| &item.relation)
    }

    /// All relations in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<Relation>> {
        self.by_id.iter().map(|item| &item.relation)
    }

    /// The relation with `idx` before it in the order of ids. O(log n).
    pub fn nth(&self, idx: usize) -> Option<&Rc<Relation>> {
        self.by_id.nth(idx).map(|item| &item.relation)
    }

    /// The relations that have this annotation at an end, in the order of their ids.
    /// O(log n) to start.
    pub fn of<'s>(&'s self, end: &'s AnnotationId) -> impl Iterator<Item = &'s Rc<Relation>> {
        let before = |item: &Keyed| if item.key < end.0 { Ordering::Less } else { Ordering::Greater };
        let found = self.by_end.iter_from(self.by_end.rank(before));
        found.take_while(move |item| item.key == end.0).map(|item| &item.relation)
    }

    /// Puts a relation in, in place of the one with its id. O(log n).
    pub fn insert(&mut self, relation: Rc<Relation>) {
        self.remove(&relation.id);
        for end in [&relation.from, &relation.to] {
            self.by_end.insert(Keyed { key: end.0.clone(), relation: relation.clone() });
        }
        self.by_id.insert(Keyed { key: relation.id.0.clone(), relation });
    }

    /// O(log n).
    pub fn remove(&mut self, id: &RelationId) -> Option<Rc<Relation>> {
        let removed = self.by_id.remove(|item| item.key.cmp(&id.0))?.relation;
        for end in [&removed.from, &removed.to] {
            self.by_end.remove(|item| item.key.cmp(&end.0).then_with(|| item.relation.id.cmp(id)));
        }
        Some(removed)
    }

    /// Whether the two are the same version. O(1).
    pub fn same(&self, other: &RelationSet) -> bool {
        self.by_id.same(&other.by_id)
    }

    /// For tests: the orders are right and hold the same relations.
    pub fn check_invariants(&self) -> Result<(), &'static str> {
        self.by_id.check_invariants()?;
        self.by_end.check_invariants()?;
        if self.by_end.len() != 2 * self.by_id.len() {
            return Err("a relation is not under both of its ends");
        }
        let is_found = |relation: &Rc<Relation>| {
            let under = |end| self.of(end).any(|found| Rc::ptr_eq(found, relation));
            under(&relation.from) && under(&relation.to)
        };
        if self.iter().all(is_found) { Ok(()) } else { Err("a relation is not under its ends") }
    }
}

impl PartialEq for RelationSet {
    fn eq(&self, other: &Self) -> bool {
        self.same(other) || (self.len() == other.len() && self.iter().eq(other.iter()))
    }
}

#[cfg(test)]
mod tests;
