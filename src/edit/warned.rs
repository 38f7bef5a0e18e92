//! The annotations that a check found something about, in text order: kept up with each edit, so
//! that to show their number or to go to the next one costs no walk through the document.

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;

use crate::edit::checks::{broken_among, broken_rules};
use crate::edit::state::State;
use crate::edit::transaction::Edit;
use crate::model::annotation::Annotation;
use crate::model::annotation_set::{TextOrdered, text_order};
use crate::model::ids::AnnotationId;
use crate::model::relation::Relation;
use crate::model::tree::{Item, Tree};
use crate::sorted::{sort_by, sort_unique};

/// The annotations with warnings. Empty inside until first asked for; clones of one state fill it
/// together.
#[derive(Clone, Debug, Default)]
pub struct Warned {
    annotations: Rc<OnceCell<Tree<TextOrdered>>>,
}

impl State {
    /// The annotations with warnings, in text order. O(annotations) the first time for a schema
    /// and a document; afterwards edits keep it up in O(log n).
    pub fn warned(&self) -> &Tree<TextOrdered> {
        self.warned.annotations.get_or_init(|| self.find_warned())
    }

    /// The warnings, where they are known already.
    pub fn warned_if_known(&self) -> Option<&Tree<TextOrdered>> {
        self.warned.annotations.get()
    }

    /// A walk through everything. Annotations and the ends of relations are both in the order of
    /// their ids, so that no relation has to be looked up.
    fn find_warned(&self) -> Tree<TextOrdered> {
        let mut ends = self.relations.iter_by_end().peekable();
        let mut items = Vec::new();
        for annotation in self.annotations.iter_by_id() {
            let id = annotation.id.as_str();
            let mut links: Vec<&Relation> = Vec::new();
            while let Some((_, relation)) = ends.next_if(|(end, _)| *end <= id) {
                links.push(relation);
            }
            if !broken_among(self, annotation, &links).is_empty() {
                items.push(TextOrdered(annotation.clone()));
            }
        }
        sort_by(&mut items, Item::order);
        Tree::from_sorted(&items)
    }

    /// Brings the warnings of what `edits` touched up to date. `before` is the state that they
    /// were applied to.
    pub(super) fn keep_warned(&mut self, before: &State, edits: &[Edit]) {
        if edits.is_empty() {
            return;
        }
        self.warned = Warned::default();
        let Some(mut warned) = before.warned.annotations.get().cloned() else { return };
        if edits.iter().any(|edit| matches!(edit, Edit::Schema(_))) {
            return;
        }
        for id in touched(edits) {
            if let Some(annotation) = before.annotations.get(&id) {
                warned.remove(|item| text_order(&item.0, annotation));
            }
            if let Some(annotation) = self.annotations.get(&id)
                && !broken_rules(self, annotation).is_empty()
            {
                warned.insert(TextOrdered(annotation.clone()));
            }
        }
        self.warned.annotations = Rc::new(OnceCell::from(warned));
    }

    /// How many warned annotations come before this one in text order.
    pub fn warned_rank(&self, annotation: &Annotation) -> usize {
        self.warned().rank(|item| text_order(&item.0, annotation))
    }

    /// For tests: the warnings kept up are those that a walk through the document finds.
    pub fn check_warned(&self) -> Result<(), &'static str> {
        let fresh = State { warned: Warned::default(), ..self.clone() };
        let same = |(left, right): (&TextOrdered, &TextOrdered)| left.order(right) == Ordering::Equal;
        let is_same = self.warned().len() == fresh.warned().len()
            && self.warned().iter().zip(fresh.warned().iter()).all(same);
        if is_same { Ok(()) } else { Err("the warnings were not kept up") }
    }
}

/// The annotations whose warnings may be others after `edits`: those edited, and the ends of
/// relations edited.
fn touched(edits: &[Edit]) -> Vec<AnnotationId> {
    let mut touched = Vec::new();
    for edit in edits {
        match edit {
            Edit::Annotation(change) => touched.extend(change.side().map(|annotation| annotation.id.clone())),
            Edit::Relation(change) => {
                for relation in change.sides() {
                    touched.extend([relation.from.clone(), relation.to.clone()]);
                }
            }
            _ => {}
        }
    }
    sort_unique(&mut touched);
    touched
}
