//! Sorting, and maps and sets in sorted vectors.
//!
//! What `slice::sort` and `BTreeMap` do, in a fraction of the code: the standard ones bring
//! several thousand bytes to the page for each type that they are used with, and here most
//! collections have a handful of entries.

mod steps;

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::mem;
use std::ops::Index;
use std::slice;

use steps::Compare;
pub use steps::Sorting;

/// Sorts like [`slice::sort_by`]: in O(n log n), and what is equal stays in order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut places = places(items.len(), &|left, right| compare(&items[left], &items[right]));
    for idx in 0..places.len() {
        while places[idx] != idx {
            let place = places[idx];
            items.swap(idx, place);
            places.swap(idx, place);
        }
    }
}

/// Sorts like [`slice::sort_by_key`].
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |left, right| key(left).cmp(&key(right)));
}

/// Sorts the items and keeps one of each. O(n log n).
pub fn sort_unique<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, Ord::cmp);
    items.dedup();
}

/// Keeps the first of each, in their order. O(n log n).
pub fn keep_first<T: Ord>(items: Vec<T>) -> Vec<T> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    sort_by(&mut order, |left, right| items[*left].cmp(&items[*right]).then(left.cmp(right)));
    order.dedup_by(|later, first| items[*later] == items[*first]);
    let mut is_first = vec![false; items.len()];
    order.into_iter().for_each(|idx| is_first[idx] = true);
    items.into_iter().zip(is_first).filter_map(|(item, is_first)| is_first.then_some(item)).collect()
}

/// The place of each of `len` items in sorted order; none where each is in its own.
fn places(len: usize, compare: Compare<'_>) -> Vec<usize> {
    let mut sorting = Sorting::new(len);
    while sorting.step(usize::MAX, compare) {}
    sorting.into_places()
}

/// A map in the order of its keys. An insertion costs O(n), and O(1) at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedMap<K, V> {
    // Invariant: sorted by key, no key twice.
    entries: Vec<(K, V)>,
}

impl<K, V> SortedMap<K, V> {
    pub const fn new() -> SortedMap<K, V> {
        SortedMap { entries: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn iter(&self) -> Iter<'_, K, V> {
        self.entries.iter().map(by_reference)
    }

    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.entries.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.entries.into_iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|idx| &self.entries[idx].1)
    }

    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|idx| &mut self.entries[idx].1)
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Gives back the value that was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(idx) => Some(mem::replace(&mut self.entries[idx].1, value)),
            Err(idx) => {
                self.entries.insert(idx, (key, value));
                None
            }
        }
    }

    /// The value of `key`; where there is none, `value` is put in.
    pub fn get_or_insert(&mut self, key: K, value: V) -> &mut V {
        let idx = self.find(&key).unwrap_or_else(|idx| {
            self.entries.insert(idx, (key, value));
            idx
        });
        &mut self.entries[idx].1
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|idx| self.entries.remove(idx).1)
    }

    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        match self.entries.last() {
            Some((last, _)) if last.borrow() < key => Err(self.entries.len()),
            _ => self.entries.binary_search_by(|(other, _)| other.borrow().cmp(key)),
        }
    }
}

impl<K: Ord + Borrow<Q>, V, Q: Ord + ?Sized> Index<&Q> for SortedMap<K, V> {
    type Output = V;

    /// Panics where the key is absent.
    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("the key is in the map")
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        SortedMap::new()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    /// Of several with the same key the last one counts.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = SortedMap::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K: Ord, V, const LEN: usize> From<[(K, V); LEN]> for SortedMap<K, V> {
    fn from(entries: [(K, V); LEN]) -> Self {
        SortedMap::from_iter(entries)
    }
}

type Iter<'a, K, V> = std::iter::Map<slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

fn by_reference<K, V>((key, value): &(K, V)) -> (&K, &V) {
    (key, value)
}

impl<'a, K, V> IntoIterator for &'a SortedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// A set in order. An insertion costs O(n), and O(1) at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedSet<T> {
    map: SortedMap<T, ()>,
}

impl<T> SortedSet<T> {
    pub const fn new() -> SortedSet<T> {
        SortedSet { map: SortedMap::new() }
    }

    pub fn len(&self) -> usize {
        self.map.len()
    }

    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.map.keys()
    }

    pub fn clear(&mut self) {
        self.map.entries.clear();
    }
}

impl<T: Ord> SortedSet<T> {
    pub fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.map.contains_key(item)
    }

    /// The item of the set that equals `item`.
    pub fn get<Q: Ord + ?Sized>(&self, item: &Q) -> Option<&T>
    where
        T: Borrow<Q>,
    {
        self.map.find(item).ok().map(|idx| &self.map.entries[idx].0)
    }

    /// Whether it was not there yet.
    pub fn insert(&mut self, item: T) -> bool {
        self.map.insert(item, ()).is_none()
    }

    /// Whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.map.remove(item).is_some()
    }

    /// What is in this set and not in `other`.
    pub fn difference(&self, other: &SortedSet<T>) -> impl Iterator<Item = &T> {
        self.iter().filter(|item| !other.contains(*item))
    }
}

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        SortedSet::new()
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        SortedSet { map: items.into_iter().map(|item| (item, ())).collect() }
    }
}

impl<T: Ord, const LEN: usize> From<[T; LEN]> for SortedSet<T> {
    fn from(items: [T; LEN]) -> Self {
        SortedSet::from_iter(items)
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = std::iter::Map<std::vec::IntoIter<(T, ())>, fn((T, ())) -> T>;

    fn into_iter(self) -> Self::IntoIter {
        self.map.entries.into_iter().map(|(item, ())| item)
    }
}

#[cfg(test)]
mod tests;
