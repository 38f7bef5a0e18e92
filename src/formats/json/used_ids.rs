//! Which of the many entries of a list come with the id of an earlier one.

use crate::sorted::sort_by;

/// The ids of a list.
pub(super) struct UsedIds<'e> {
    /// With the places of their entries, in order.
    sorted: Vec<(&'e str, usize)>,
    repeated: Vec<bool>,
}

impl<'e> UsedIds<'e> {
    /// Of `len` entries, those with an id and their places in the list. O(n log n).
    pub(super) fn new(len: usize, ids: impl Iterator<Item = (&'e str, usize)>) -> UsedIds<'e> {
        let mut sorted: Vec<(&str, usize)> = ids.collect();
        sort_by(&mut sorted, Ord::cmp);
        let mut repeated = vec![false; len];
        for pair in sorted.windows(2) {
            repeated[pair[1].1] = pair[0].0 == pair[1].0;
        }
        UsedIds { sorted, repeated }
    }

    /// Whether an entry has the id of an earlier one.
    pub(super) fn is_repeated(&self, entry: usize) -> bool {
        self.repeated.get(entry).copied().unwrap_or(false)
    }

    /// Whether any entry has this id. O(log n).
    pub(super) fn contains(&self, id: &str) -> bool {
        self.sorted.binary_search_by(|(other, _)| (*other).cmp(id)).is_ok()
    }
}
