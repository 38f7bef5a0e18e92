//! How long people were at work on a document. Not undone: time that was spent stays spent.

use std::cmp::Ordering;

use crate::model::ids::AnnotationId;
use crate::model::tree::{Item, Tree};

/// Active time in milliseconds, for the document and for each annotation. A clone is free.
#[derive(Clone, Debug, Default)]
pub struct Timing {
    document_ms: u64,
    annotations: Tree<Timed>,
}

/// The time that went into one annotation. It stays when the annotation goes, since undo may
/// bring that back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    pub id: AnnotationId,
    pub active_ms: u64,
}

impl Item for Timed {
    fn order(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}

impl Timing {
    pub fn document_ms(&self) -> u64 {
        self.document_ms
    }

    /// The time spent on an annotation. O(log n).
    pub fn of(&self, id: &AnnotationId) -> u64 {
        self.annotations.get(|timed| timed.id.cmp(id)).map_or(0, |timed| timed.active_ms)
    }

    pub fn is_empty(&self) -> bool {
        self.document_ms == 0 && self.annotations.is_empty()
    }

    /// Adds time of the document. O(1).
    pub fn add(&mut self, active_ms: u64) {
        self.document_ms = self.document_ms.saturating_add(active_ms);
    }

    /// Says how much of the document's time went into an annotation. O(log n).
    pub fn add_to(&mut self, id: &AnnotationId, active_ms: u64) {
        let active_ms = self.of(id).saturating_add(active_ms);
        self.annotations.insert(Timed { id: id.clone(), active_ms });
    }

    /// The annotations that took time, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Timed> {
        self.annotations.iter()
    }

    /// How many annotations took time.
    pub fn len(&self) -> usize {
        self.annotations.len()
    }

    /// The one with `idx` before it. O(log n).
    pub fn nth(&self, idx: usize) -> Option<&Timed> {
        self.annotations.nth(idx)
    }
}

impl PartialEq for Timing {
    fn eq(&self, other: &Self) -> bool {
        self.document_ms == other.document_ms
            && self.len() == other.len()
            && (self.annotations.same(&other.annotations) || self.iter().eq(other.iter()))
    }
}
