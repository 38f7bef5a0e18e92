//! The list of all annotations: which rows there are, under a filter.

use std::rc::Rc;

use crate::edit::state::State;
use crate::model::annotation::Annotation;
use crate::model::ids::LabelId;
use crate::text::unicode::lower_case;

/// What the list shows. Empty shows all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowFilter {
    pub label: Option<LabelId>,
    /// Found in the words or the note, without regard to case.
    pub text: String,
}

/// The rows of the list, without a copy where nothing is filtered.
#[derive(Clone, Debug)]
pub struct Rows {
    state: Rc<State>,
    /// The annotations that pass the filter; `None` stands for all.
    filtered: Option<Rc<[Rc<Annotation>]>>,
}

impl Rows {
    /// O(1) without a filter, else O(annotations × their length).
    pub fn new(state: Rc<State>, filter: &RowFilter) -> Rows {
        let needle = lower_case(&filter.text);
        let is_all = filter.label.is_none() && needle.is_empty();
        let passes = |annotation: &&Rc<Annotation>| {
            filter.label.as_ref().is_none_or(|label| annotation.label == *label)
                && (needle.is_empty() || holds(&state, annotation, &needle))
        };
        let filtered = (!is_all).then(|| state.annotations.iter().filter(passes).cloned().collect());
        Rows { filtered, state }
    }

    pub fn len(&self) -> usize {
        self.filtered.as_ref().map_or_else(|| self.state.annotations.len(), |rows| rows.len())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As [`Rows::new`] of the same state, where these are the rows of the filter `before`. One that goes on
    /// from there looks at these rows only: each letter typed costs less than the one before.
    pub fn after(&self, before: &RowFilter, filter: &RowFilter) -> Rows {
        let needle = lower_case(&filter.text);
        let goes_on = before.label == filter.label && needle.starts_with(&lower_case(&before.text));
        let Some(rows) = self.filtered.as_ref().filter(|_| goes_on) else {
            return Rows::new(self.state.clone(), filter);
        };
        let left = rows.iter().filter(|annotation| holds(&self.state, annotation, &needle)).cloned();
        Rows { filtered: Some(left.collect()), state: self.state.clone() }
    }

    /// The rows of a window, in text order.
    pub fn window(&self, range: std::ops::Range<usize>) -> Vec<Rc<Annotation>> {
        match &self.filtered {
            Some(rows) => rows[range.start.min(rows.len())..range.end.min(rows.len())].to_vec(),
            None => self.state.annotations.iter_from(range.start).take(range.len()).cloned().collect(),
        }
    }

    /// Where an annotation stands in the list. O(log n), O(n) under a filter.
    pub fn position(&self, annotation: &Annotation) -> Option<usize> {
        match &self.filtered {
            Some(rows) => rows.iter().position(|row| row.id == annotation.id),
            None => Some(self.state.annotations.rank(annotation)),
        }
    }
}

fn holds(state: &State, annotation: &Annotation, needle: &str) -> bool {
    let in_words = annotation
        .target
        .fragments()
        .iter()
        .any(|fragment| lower_case(state.document.slice(*fragment)).contains(needle));
    in_words || !annotation.note.is_empty() && lower_case(&annotation.note).contains(needle)
}

#[cfg(test)]
mod tests;
