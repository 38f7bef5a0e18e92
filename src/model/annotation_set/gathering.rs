//! Making a set of many annotations in steps: to sort hundreds of thousands holds a page for a while.

use std::cmp::Ordering;
use std::mem;
use std::rc::Rc;

use super::{AnnotationSet, ById, Mention, TextOrdered, text_order};
use crate::model::annotation::Annotation;
use crate::model::tree::Tree;
use crate::sorted::{SortedMap, Sorting};

/// How many are compared in a step: a millisecond of work.
const STEP: usize = 4_096;

/// A set of many annotations, on its way.
pub struct Gathering {
    annotations: Vec<Rc<Annotation>>,
    /// What they are being sorted for.
    stage: Stage,
    sorting: Sorting,
    set: AnnotationSet,
    duplicates: Vec<Rc<Annotation>>,
}

#[derive(Clone, Copy)]
enum Stage {
    ById,
    ByPosition,
    Mentions,
    Done,
}

impl Gathering {
    /// See [`AnnotationSet::from_annotations`].
    pub fn new(annotations: Vec<Rc<Annotation>>) -> Gathering {
        Gathering {
            sorting: Sorting::new(annotations.len()),
            annotations,
            stage: Stage::ById,
            set: AnnotationSet::default(),
            duplicates: Vec::new(),
        }
    }

    /// Goes on a little. Whether there is more to do before [`Gathering::finish`].
    pub fn step(&mut self) -> bool {
        let compare: fn(&Annotation, &Annotation) -> Ordering = match self.stage {
            Stage::ById => |left, right| left.id.cmp(&right.id),
            Stage::ByPosition => text_order,
            Stage::Mentions => {
                |left, right| left.entity.cmp(&right.entity).then_with(|| text_order(left, right))
            }
            Stage::Done => return false,
        };
        let annotations = &self.annotations;
        if !self.sorting.step(STEP, &|left, right| compare(&annotations[left], &annotations[right])) {
            self.take_sorted();
        }
        true
    }

    /// How much is done.
    pub fn percent(&self) -> usize {
        match self.stage {
            Stage::ById => self.sorting.percent() / 2,
            Stage::ByPosition => 50 + self.sorting.percent() * 3 / 10,
            Stage::Mentions => 80 + self.sorting.percent() / 5,
            Stage::Done => 100,
        }
    }

    /// Takes up what is sorted, and goes on to the next order.
    fn take_sorted(&mut self) {
        let order = mem::replace(&mut self.sorting, Sorting::new(0)).into_order();
        let sorted = order.into_iter().map(|idx| self.annotations[idx].clone());
        match self.stage {
            Stage::ById => {
                let by_id = self.without_duplicates(sorted.map(ById).collect());
                self.set.by_id = Tree::from_sorted(&by_id);
                self.stage = Stage::ByPosition;
            }
            Stage::ByPosition => {
                let by_position: Vec<TextOrdered> = sorted.map(TextOrdered).collect();
                self.set.by_position = Tree::from_sorted(&by_position);
                self.annotations = by_position.into_iter().map(|item| item.0).collect();
                self.annotations.retain(|annotation| annotation.entity.is_some());
                self.stage = Stage::Mentions;
            }
            Stage::Mentions => {
                let mentions: Vec<Mention> = sorted.map(Mention).collect();
                self.set.mentions = Tree::from_sorted(&mentions);
                self.stage = Stage::Done;
                return;
            }
            Stage::Done => return,
        }
        self.sorting = Sorting::new(self.annotations.len());
    }

    /// Of several with one id the first; the annotations are those from then on.
    fn without_duplicates(&mut self, mut by_id: Vec<ById>) -> Vec<ById> {
        let duplicates = &mut self.duplicates;
        by_id.dedup_by(|later, kept| {
            let same = later.0.id == kept.0.id;
            if same {
                duplicates.push(later.0.clone());
            }
            same
        });
        if !self.duplicates.is_empty() {
            self.annotations = by_id.iter().map(|item| item.0.clone()).collect();
        }
        let mut counts = SortedMap::new();
        for item in &by_id {
            *counts.get_or_insert(item.0.label.clone(), 0) += 1;
        }
        self.set.counts = Rc::new(counts);
        by_id
    }

    /// The set, once [`Gathering::step`] said that there is no more to do, and what was left out.
    pub fn finish(self) -> (AnnotationSet, Vec<Rc<Annotation>>) {
        (self.set, self.duplicates)
    }
}
