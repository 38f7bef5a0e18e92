//! Many annotations that take the place of others, in all the orders of a set.

use std::rc::Rc;

use crate::model::annotation::Annotation;
use crate::model::annotation_set::{mention_order, text_order};
use crate::model::ids::{AnnotationId, LabelId};
use crate::sorted::{SortedMap, sort_by};

/// What goes out of a set and what comes in, in the orders of [`AnnotationSet`]'s trees.
///
/// [`AnnotationSet`]: super::AnnotationSet
#[derive(Debug)]
pub struct Exchange {
    // What goes out, then what comes in.
    pub(super) by_position: [Vec<Rc<Annotation>>; 2],
    pub(super) by_id: [Vec<Rc<Annotation>>; 2],
    pub(super) mentions: [Vec<Rc<Annotation>>; 2],
}

/// An annotation before and after. Both have one id.
pub type Sides<'a> = (Option<&'a Rc<Annotation>>, Option<&'a Rc<Annotation>>);

impl Exchange {
    /// `None` where two of the changes are of the same annotation. O(changes) where they come in text order or
    /// against it and in the order of ids, O(changes × log changes) otherwise.
    pub fn new(changes: &[Sides<'_>]) -> Option<Exchange> {
        let mut by_id = changes.to_vec();
        sort_by(&mut by_id, |left, right| id_of(left).cmp(&id_of(right)));
        if by_id.windows(2).any(|pair| id_of(&pair[0]) == id_of(&pair[1])) {
            return None;
        }
        // What takes back what was done in text order comes the other way round.
        let start = |change: &Sides<'_>| change.1.or(change.0).map(|annotation| annotation.target.start());
        let mut in_order = changes.to_vec();
        if changes.first().map(start) > changes.last().map(start) {
            in_order.reverse();
        }
        let mut by_position = sides(&in_order);
        for side in &mut by_position {
            sort_by(side, |left, right| text_order(left, right));
        }
        let mut mentions = by_position.clone();
        for side in &mut mentions {
            side.retain(|annotation| annotation.entity.is_some());
            sort_by(side, |left, right| mention_order(left, right));
        }
        Some(Exchange { by_position, by_id: sides(&by_id), mentions })
    }

    /// By how much the number of annotations under each label changes.
    pub(super) fn counts(&self) -> SortedMap<LabelId, isize> {
        let mut counts = SortedMap::new();
        for (side, sign) in self.by_position.iter().zip([-1, 1]) {
            for annotation in side {
                *counts.get_or_insert(annotation.label.clone(), 0) += sign;
            }
        }
        counts
    }
}

fn id_of<'a>(change: &Sides<'a>) -> Option<&'a AnnotationId> {
    change.1.or(change.0).map(|annotation| &annotation.id)
}

fn sides(changes: &[Sides<'_>]) -> [Vec<Rc<Annotation>>; 2] {
    let out = changes.iter().filter_map(|change| change.0.cloned());
    [out.collect(), changes.iter().filter_map(|change| change.1.cloned()).collect()]
}
