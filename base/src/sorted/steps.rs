//! A sort that can be left between two steps, so that a long one holds nobody up.

use std::cmp::Ordering;
use std::mem;

/// The places of some items, on their way into order. From the bottom up: runs of one, two, four and so on are
/// merged in pairs. The sort of the standard library is made for speed with any input, and has ten times the
/// code. Not generic, so that there is one of it.
#[derive(Debug)]
pub struct Sorting {
    len: usize,
    /// Nothing as long as they are in order as they came.
    order: Vec<usize>,
    /// How many items, from the first on, are known to be in order as they came.
    in_order: usize,
    merged: Vec<usize>,
    run_len: usize,
    /// Of the two runs that are being merged: where they start, and the next of either.
    start: usize,
    left: usize,
    right: usize,
}

/// Compares the items at two places.
pub type Compare<'c> = &'c dyn Fn(usize, usize) -> Ordering;

impl Sorting {
    pub fn new(len: usize) -> Sorting {
        let (order, merged) = (Vec::new(), Vec::new());
        Sorting { len, order, in_order: 1, merged, run_len: 1, start: 0, left: 0, right: 1 }
    }

    /// Goes on by `count` comparisons or a few more. Whether there is more to do.
    pub fn step(&mut self, mut count: usize, compare: Compare<'_>) -> bool {
        // Most of what is sorted comes from files and sets that are in order.
        while self.order.is_empty() {
            if self.in_order >= self.len {
                return false;
            }
            if count == 0 {
                return true;
            }
            count -= 1;
            match compare(self.in_order - 1, self.in_order) {
                Ordering::Greater => self.order = (0..self.len).collect(),
                _ => self.in_order += 1,
            }
        }
        while self.run_len < self.len {
            if count == 0 {
                return true;
            }
            count = self.merge(count, compare);
            if self.merged.len() == self.len {
                mem::swap(&mut self.order, &mut self.merged);
                self.merged.clear();
                self.run_len *= 2;
                self.begin_pair(0);
            }
        }
        false
    }

    fn begin_pair(&mut self, start: usize) {
        self.start = start;
        self.left = start;
        self.right = (start + self.run_len).min(self.len);
    }

    /// Merges two runs, with up to `count` comparisons. How many of them are left.
    fn merge(&mut self, count: usize, compare: Compare<'_>) -> usize {
        let (order, len) = (&self.order, self.len);
        let (middle, end) = ((self.start + self.run_len).min(len), (self.start + 2 * self.run_len).min(len));
        let (mut left, mut right) = (self.left, self.right);
        if left == self.start && middle < end && compare(order[middle - 1], order[middle]).is_le() {
            left = middle;
            self.merged.extend_from_slice(&order[self.start..middle]);
        }
        let goal = self.merged.len().saturating_add(count);
        while left < middle && right < end && self.merged.len() < goal {
            // What is equal stays in order.
            let next = if compare(order[left], order[right]).is_le() { &mut left } else { &mut right };
            self.merged.push(order[*next]);
            *next += 1;
        }
        (self.left, self.right) = (left, right);
        let count = goal - self.merged.len();
        if left == middle || right == end {
            self.merged.extend_from_slice(&order[left..middle]);
            self.merged.extend_from_slice(&order[right..end]);
            self.begin_pair(end);
        }
        // A pair costs something too where nothing in it is compared.
        count.saturating_sub(1)
    }

    /// How much is done.
    pub fn percent(&self) -> usize {
        let len = self.len.max(1);
        let passes = usize::BITS - (len - 1).leading_zeros();
        let done = self.run_len.ilog2() as usize * 100 + self.merged.len() * 100 / len;
        done / (passes as usize).max(1)
    }

    /// The items in order, by their places, once [`Sorting::step`] said that there is no more to do.
    pub fn into_order(self) -> Vec<usize> {
        if self.order.is_empty() { (0..self.len).collect() } else { self.order }
    }

    /// Where each item belongs; none where each is there already.
    pub fn into_places(self) -> Vec<usize> {
        let mut places = vec![0; self.order.len()];
        for (place, idx) in self.order.into_iter().enumerate() {
            places[idx] = place;
        }
        places
    }
}
