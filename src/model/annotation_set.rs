//! All annotations of a document, in text order and by id.

mod exchange;
mod gathering;

use std::cmp::Ordering;
use std::rc::Rc;

use crate::model::annotation::Annotation;
use crate::model::ids::{AnnotationId, EntityId, LabelId};
use crate::model::tree::{Item, Tree};
use crate::sorted::{SortedMap, sort_by};
use crate::text::span::{TextOffset, TextSpan};

pub use exchange::Exchange;
pub use gathering::Gathering;

/// The annotations of one document.
///
/// Text order is: earlier start first, then the longer one, then the id. A clone is free and
/// stays as it was; an edit costs O(log n) and copies some dozen nodes.
#[derive(Clone, Debug, Default)]
pub struct AnnotationSet {
    // Invariant: the first two hold the same annotations, `mentions` those of an entity; `counts`
    // has no zero.
    by_position: Tree<TextOrdered>,
    by_id: Tree<ById>,
    mentions: Tree<Mention>,
    counts: Rc<SortedMap<LabelId, usize>>,
}

/// An annotation in text order.
#[derive(Clone, Debug)]
pub struct TextOrdered(pub Rc<Annotation>);

#[derive(Clone, Debug)]
struct ById(Rc<Annotation>);

/// A mention of an entity: by entity, then in text order.
#[derive(Clone, Debug)]
struct Mention(Rc<Annotation>);

impl Item for TextOrdered {
    fn order(&self, other: &Self) -> Ordering {
        text_order(&self.0, &other.0)
    }

    fn extent(&self) -> (u32, u32) {
        (self.0.target.start().0, self.0.target.end().0)
    }
}

impl Item for ById {
    fn order(&self, other: &Self) -> Ordering {
        self.0.id.cmp(&other.0.id)
    }
}

impl Item for Mention {
    fn order(&self, other: &Self) -> Ordering {
        mention_order(&self.0, &other.0)
    }
}

/// By entity, then in text order.
fn mention_order(left: &Annotation, right: &Annotation) -> Ordering {
    left.entity.cmp(&right.entity).then_with(|| text_order(left, right))
}

fn wrapped<T>(annotations: Vec<Rc<Annotation>>, wrap: fn(Rc<Annotation>) -> T) -> Vec<T> {
    annotations.into_iter().map(wrap).collect()
}

/// Earlier start first, then the longer one, then by the label, so that the same two labels over the same
/// words are told and drawn in the same order everywhere; then the id.
pub fn text_order(left: &Annotation, right: &Annotation) -> Ordering {
    let key =
        |annotation: &Annotation| (annotation.target.start(), std::cmp::Reverse(annotation.target.end()));
    let by_label = || left.label.cmp(&right.label);
    key(left).cmp(&key(right)).then_with(by_label).then_with(|| left.id.cmp(&right.id))
}

impl AnnotationSet {
    /// A set of many annotations at once. Later ones with an id already there are left out and
    /// given back. O(n log n). [`Gathering`] does it in steps.
    pub fn from_annotations(annotations: Vec<Rc<Annotation>>) -> (AnnotationSet, Vec<Rc<Annotation>>) {
        let mut gathering = Gathering::new(annotations);
        while gathering.step() {}
        gathering.finish()
    }

    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// How many annotations carry each label; labels without any are absent.
    pub fn counts(&self) -> &Rc<SortedMap<LabelId, usize>> {
        &self.counts
    }

    /// O(log n).
    pub fn get(&self, id: &AnnotationId) -> Option<&Rc<Annotation>> {
        self.by_id.get(|item| item.0.id.cmp(id)).map(|item| &item.0)
    }

    /// Puts an annotation in, in place of the one with its id. O(log n).
    pub fn insert(&mut self, annotation: Rc<Annotation>) {
        self.remove(&annotation.id);
        *Rc::make_mut(&mut self.counts).get_or_insert(annotation.label.clone(), 0) += 1;
        self.by_position.insert(TextOrdered(annotation.clone()));
        if annotation.entity.is_some() {
            self.mentions.insert(Mention(annotation.clone()));
        }
        self.by_id.insert(ById(annotation));
    }

    /// O(log n).
    pub fn remove(&mut self, id: &AnnotationId) -> Option<Rc<Annotation>> {
        let removed = self.by_id.remove(|item| item.0.id.cmp(id))?.0;
        self.by_position.remove(|item| text_order(&item.0, &removed));
        if removed.entity.is_some() {
            let removed = Mention(removed.clone());
            self.mentions.remove(|item| item.order(&removed));
        }
        let counts = Rc::make_mut(&mut self.counts);
        if let Some(count) = counts.get_mut(&removed.label) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&removed.label);
            }
        }
        Some(removed)
    }

    /// Takes many annotations out, which must be there, and puts many in, which must have the id of none that
    /// stays. Where they are not few that is cheaper than one by one: O(n).
    pub fn exchange(&mut self, exchange: Exchange) {
        let counts = Rc::make_mut(&mut self.counts);
        for (label, difference) in exchange.counts() {
            let count = counts.get_or_insert(label.clone(), 0);
            *count = count.saturating_add_signed(difference);
            if *count == 0 {
                counts.remove(&label);
            }
        }
        let Exchange { by_position: [out, into], by_id: [out_by_id, into_by_id], mentions: [gone, come] } =
            exchange;
        self.by_position.exchange(&wrapped(out, TextOrdered), &wrapped(into, TextOrdered));
        self.by_id.exchange(&wrapped(out_by_id, ById), &wrapped(into_by_id, ById));
        if !gone.is_empty() || !come.is_empty() {
            self.mentions.exchange(&wrapped(gone, Mention), &wrapped(come, Mention));
        }
    }

    /// All annotations in text order.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<Annotation>> {
        self.iter_from(0)
    }

    /// All annotations in the order of their ids.
    pub fn iter_by_id(&self) -> impl Iterator<Item = &Rc<Annotation>> {
        self.by_id.iter().map(|item| &item.0)
    }

    /// In text order, from the one with `idx` before it.
    pub fn iter_from(&self, idx: usize) -> impl Iterator<Item = &Rc<Annotation>> {
        self.by_position.iter_from(idx).map(|item| &item.0)
    }

    /// The annotation with `idx` before it in text order. O(log n).
    pub fn nth(&self, idx: usize) -> Option<&Rc<Annotation>> {
        self.by_position.nth(idx).map(|item| &item.0)
    }

    /// How many annotations come before this one in text order. O(log n).
    pub fn rank(&self, annotation: &Annotation) -> usize {
        self.by_position.rank(|item| text_order(&item.0, annotation))
    }

    /// How many annotations start before `offset`. O(log n).
    pub fn rank_of_offset(&self, offset: TextOffset) -> usize {
        let before = |item: &TextOrdered| {
            if item.0.target.start() < offset { Ordering::Less } else { Ordering::Greater }
        };
        self.by_position.rank(before)
    }

    /// Calls `visit`, in text order, with the annotations one of whose fragments shares a
    /// character with `span`. O(log n + annotations whose envelope does).
    pub fn overlapping<'s>(&'s self, span: TextSpan, mut visit: impl FnMut(&'s Rc<Annotation>)) {
        self.by_position.reaching(span.start().0, span.end().0, &mut |item: &'s TextOrdered| {
            if item.0.target.overlaps(span) {
                visit(&item.0);
            }
        });
    }

    /// The annotations at the character at `offset`, the innermost (shortest) first; of two over the
    /// same words the newer.
    pub fn covering(&self, offset: TextOffset) -> Vec<Rc<Annotation>> {
        let mut covering = Vec::new();
        self.by_position.reaching(offset.0, offset.0 + 1, &mut |item: &TextOrdered| {
            if item.0.target.contains(offset) {
                covering.push(item.0.clone());
            }
        });
        sort_by(&mut covering, |left: &Rc<Annotation>, right| {
            let made = |annotation: &Annotation| std::cmp::Reverse(annotation.provenance.created_ms);
            (left.target.len_bytes(), made(left))
                .cmp(&(right.target.len_bytes(), made(right)))
                .then_with(|| text_order(right, left))
        });
        covering
    }

    /// The mentions of an entity in text order. O(log n) to start.
    pub fn mentions<'s>(&'s self, entity: &'s EntityId) -> impl Iterator<Item = &'s Rc<Annotation>> {
        let before = |item: &Mention| {
            if item.0.entity.as_ref() < Some(entity) { Ordering::Less } else { Ordering::Greater }
        };
        let found = self.mentions.iter_from(self.mentions.rank(before));
        found.take_while(move |item| item.0.entity.as_ref() == Some(entity)).map(|item| &item.0)
    }

    /// Whether the two are the same version. O(1).
    pub fn same(&self, other: &AnnotationSet) -> bool {
        self.by_id.same(&other.by_id)
    }

    /// For tests: the orders hold the same annotations and the counts are true.
    pub fn check_invariants(&self) -> Result<(), &'static str> {
        self.by_position.check_invariants()?;
        self.by_id.check_invariants()?;
        self.mentions.check_invariants()?;
        let mentions = self.iter().filter(|annotation| annotation.entity.is_some()).count();
        if self.mentions.len() != mentions {
            return Err("mentions");
        }
        let mut counts: SortedMap<LabelId, usize> = SortedMap::new();
        for annotation in self.iter() {
            *counts.get_or_insert(annotation.label.clone(), 0) += 1;
            match self.get(&annotation.id) {
                Some(same) if Rc::ptr_eq(same, annotation) => {}
                _ => return Err("the two orders differ"),
            }
        }
        if self.by_position.len() != self.by_id.len() {
            return Err("the two orders differ in length");
        }
        if counts == *self.counts { Ok(()) } else { Err("counts") }
    }
}

impl PartialEq for AnnotationSet {
    fn eq(&self, other: &Self) -> bool {
        self.same(other) || (self.len() == other.len() && self.iter().eq(other.iter()))
    }
}

#[cfg(test)]
mod tests;
