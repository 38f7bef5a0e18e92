//! The things of a file by their ids, where there may be very many in any order.

use sourcier::sorted::sort_by;

/// The index of each thing under its id. Of several with one id, the first counts.
pub struct IdIndex<'i> {
    // Invariant: sorted by id, then by index.
    entries: Vec<(&'i str, usize)>,
}

impl<'i> IdIndex<'i> {
    /// O(n log n).
    pub fn new(ids: impl Iterator<Item = &'i str>) -> IdIndex<'i> {
        let mut entries: Vec<(&str, usize)> = ids.enumerate().map(|(idx, id)| (id, idx)).collect();
        sort_by(&mut entries, Ord::cmp);
        IdIndex { entries }
    }

    /// O(log n).
    pub fn get(&self, id: &str) -> Option<usize> {
        let first = self.entries.partition_point(|(other, _)| *other < id);
        self.entries.get(first).filter(|(other, _)| *other == id).map(|&(_, idx)| idx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_equal_ids_counts() {
        let index = IdIndex::new(["b", "a", "b", "a", "T10"].into_iter());
        for (id, expected) in [("a", Some(1)), ("b", Some(0)), ("T10", Some(4)), ("", None), ("c", None)] {
            assert_eq!(index.get(id), expected, "{id}");
        }
    }
}
