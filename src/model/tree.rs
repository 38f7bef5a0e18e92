//! A persistent ordered collection that answers "which items reach into this range" in
//! logarithmic time. It is what `AnnotationSet` is made of.
//!
//! A weight-balanced tree (Adams 1993, with the balance of Hirai and Yamamoto 2011) whose nodes
//! know how many items they hold and the largest [`Item::reach`] below them. A clone costs
//! nothing and shares everything; an insertion copies the nodes on one path. Versions of a
//! document can thus be kept, saved in slices and compared while a person goes on working.

use std::cmp::Ordering;
use std::rc::Rc;

/// What the tree orders.
pub trait Item: Clone {
    /// A total order; items that are `Equal` replace each other.
    fn order(&self, other: &Self) -> Ordering;

    /// Where the item begins and ends, in bytes of the text. Items must be ordered by their
    /// begin for [`Tree::reaching`]; other trees leave the default.
    fn extent(&self) -> (u32, u32) {
        (0, 0)
    }
}

/// An ordered collection with shared structure.
#[derive(Clone, Debug)]
pub struct Tree<T> {
    root: Link<T>,
}

type Link<T> = Option<Rc<Node<T>>>;

#[derive(Debug)]
struct Node<T> {
    item: T,
    left: Link<T>,
    right: Link<T>,
    // Invariants: `size` counts the items below and here; `reach` is their largest end;
    // neither side weighs more than DELTA times the other.
    size: usize,
    reach: u32,
}

const DELTA: usize = 3;
const GAMMA: usize = 2;

impl<T> Default for Tree<T> {
    fn default() -> Self {
        Tree { root: None }
    }
}

impl<T: Item> Tree<T> {
    /// A tree of items that are already in order and distinct. O(n).
    pub fn from_sorted(items: &[T]) -> Tree<T> {
        debug_assert!(items.windows(2).all(|pair| pair[0].order(&pair[1]) == Ordering::Less));
        Tree { root: build(items) }
    }

    pub fn len(&self) -> usize {
        size(&self.root)
    }

    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// Puts an item in, in place of an equal one. O(log n).
    pub fn insert(&mut self, item: T) {
        self.root = Some(insert(&self.root, item));
    }

    /// Takes many items out and puts many in, each list in order and distinct; what is put in takes the place of
    /// an equal one. O(n), and so cheaper than one by one where they are not few.
    pub fn exchange(&mut self, out: &[T], into: &[T]) {
        let mut items: Vec<T> = Vec::with_capacity(self.len() + into.len());
        let (mut out, mut into) = (out.iter().peekable(), into.iter().peekable());
        for item in self.iter() {
            while let Some(before) = into.next_if(|new| new.order(item) == Ordering::Less) {
                items.push(before.clone());
            }
            while out.next_if(|gone| gone.order(item) == Ordering::Less).is_some() {}
            let is_out = out.peek().is_some_and(|gone| gone.order(item) == Ordering::Equal);
            let is_replaced = into.peek().is_some_and(|new| new.order(item) == Ordering::Equal);
            if !is_out && !is_replaced {
                items.push(item.clone());
            }
        }
        items.extend(into.cloned());
        *self = Tree::from_sorted(&items);
    }

    /// Takes the item out for which `find` is `Equal`. `find` tells how the item in hand compares
    /// with the one sought. O(log n).
    pub fn remove(&mut self, find: impl Fn(&T) -> Ordering) -> Option<T> {
        let (root, removed) = remove(&self.root, &find);
        if removed.is_some() {
            self.root = root;
        }
        removed
    }

    /// The item for which `find` is `Equal`. O(log n).
    pub fn get(&self, find: impl Fn(&T) -> Ordering) -> Option<&T> {
        let mut link = &self.root;
        while let Some(node) = link {
            link = match find(&node.item) {
                Ordering::Equal => return Some(&node.item),
                Ordering::Greater => &node.left,
                Ordering::Less => &node.right,
            };
        }
        None
    }

    /// The item with `idx` items before it. O(log n).
    pub fn nth(&self, mut idx: usize) -> Option<&T> {
        let mut link = &self.root;
        while let Some(node) = link {
            let left_len = size(&node.left);
            link = match idx.cmp(&left_len) {
                Ordering::Equal => return Some(&node.item),
                Ordering::Less => &node.left,
                Ordering::Greater => {
                    idx -= left_len + 1;
                    &node.right
                }
            };
        }
        None
    }

    /// How many items come before the place that `find` seeks. O(log n).
    pub fn rank(&self, find: impl Fn(&T) -> Ordering) -> usize {
        let mut rank = 0;
        let mut link = &self.root;
        while let Some(node) = link {
            if find(&node.item) == Ordering::Less {
                rank += size(&node.left) + 1;
                link = &node.right;
            } else {
                link = &node.left;
            }
        }
        rank
    }

    /// Calls `visit` in order with each item that shares a place with `start..end`.
    /// O(log n + items found).
    pub fn reaching<'t>(&'t self, start: u32, end: u32, visit: &mut impl FnMut(&'t T)) {
        reaching(&self.root, start, end, visit);
    }

    /// All items in order, from the one with `idx` items before it. O(log n) to start.
    pub fn iter_from(&self, idx: usize) -> Iter<'_, T> {
        let mut iter = Iter { stack: Vec::new() };
        let mut skip = idx;
        let mut link = &self.root;
        while let Some(node) = link {
            let left_len = size(&node.left);
            if skip <= left_len {
                iter.stack.push(node);
                link = &node.left;
            } else {
                skip -= left_len + 1;
                link = &node.right;
            }
        }
        iter
    }

    pub fn iter(&self) -> Iter<'_, T> {
        self.iter_from(0)
    }

    /// Whether the two are the same version: no item is looked at. O(1).
    pub fn same(&self, other: &Tree<T>) -> bool {
        match (&self.root, &other.root) {
            (Some(left), Some(right)) => Rc::ptr_eq(left, right),
            (None, None) => true,
            _ => false,
        }
    }

    /// For tests: order, balance and the numbers kept in nodes.
    pub fn check_invariants(&self) -> Result<(), &'static str> {
        check(&self.root)?;
        let mut iter = self.iter().zip(self.iter_from(1));
        if iter.all(|(left, right)| left.order(right) == Ordering::Less) { Ok(()) } else { Err("order") }
    }
}

/// Items in order.
#[derive(Debug)]
pub struct Iter<'t, T> {
    stack: Vec<&'t Node<T>>,
}

impl<'t, T> Iterator for Iter<'t, T> {
    type Item = &'t T;

    fn next(&mut self) -> Option<&'t T> {
        let node = self.stack.pop()?;
        let mut link = &node.right;
        while let Some(next) = link {
            self.stack.push(next);
            link = &next.left;
        }
        Some(&node.item)
    }
}

fn size<T>(link: &Link<T>) -> usize {
    link.as_ref().map_or(0, |node| node.size)
}

fn reach<T>(link: &Link<T>) -> u32 {
    link.as_ref().map_or(0, |node| node.reach)
}

fn node<T: Item>(item: T, left: Link<T>, right: Link<T>) -> Rc<Node<T>> {
    let size = size(&left) + size(&right) + 1;
    let reach = item.extent().1.max(reach(&left)).max(reach(&right));
    Rc::new(Node { item, left, right, size, reach })
}

fn build<T: Item>(items: &[T]) -> Link<T> {
    let middle = items.len() / 2;
    let item = items.get(middle)?.clone();
    Some(node(item, build(&items[..middle]), build(&items[middle + 1..])))
}

fn is_heavy(left_len: usize, right_len: usize) -> bool {
    right_len + 1 > DELTA * (left_len + 1)
}

/// A node of the two sides, rotated where one insertion or removal made a side too heavy.
fn balance<T: Item>(item: T, left: Link<T>, right: Link<T>) -> Rc<Node<T>> {
    match (&left, &right) {
        (_, Some(heavy)) if is_heavy(size(&left), heavy.size) => {
            rotate_left(item, left.clone(), heavy.clone())
        }
        (Some(heavy), _) if is_heavy(size(&right), heavy.size) => {
            rotate_right(item, heavy.clone(), right.clone())
        }
        _ => node(item, left, right),
    }
}

fn rotate_left<T: Item>(item: T, left: Link<T>, heavy: Rc<Node<T>>) -> Rc<Node<T>> {
    let (inner, outer) = (&heavy.left, &heavy.right);
    match inner {
        Some(inner) if inner.size + 1 >= GAMMA * (size(outer) + 1) => node(
            inner.item.clone(),
            Some(node(item, left, inner.left.clone())),
            Some(node(heavy.item.clone(), inner.right.clone(), outer.clone())),
        ),
        _ => node(heavy.item.clone(), Some(node(item, left, inner.clone())), outer.clone()),
    }
}

fn rotate_right<T: Item>(item: T, heavy: Rc<Node<T>>, right: Link<T>) -> Rc<Node<T>> {
    let (outer, inner) = (&heavy.left, &heavy.right);
    match inner {
        Some(inner) if inner.size + 1 >= GAMMA * (size(outer) + 1) => node(
            inner.item.clone(),
            Some(node(heavy.item.clone(), outer.clone(), inner.left.clone())),
            Some(node(item, inner.right.clone(), right)),
        ),
        _ => node(heavy.item.clone(), outer.clone(), Some(node(item, inner.clone(), right))),
    }
}

fn insert<T: Item>(link: &Link<T>, item: T) -> Rc<Node<T>> {
    let Some(here) = link else {
        return node(item, None, None);
    };
    match here.item.order(&item) {
        Ordering::Equal => node(item, here.left.clone(), here.right.clone()),
        Ordering::Greater => balance(here.item.clone(), Some(insert(&here.left, item)), here.right.clone()),
        Ordering::Less => balance(here.item.clone(), here.left.clone(), Some(insert(&here.right, item))),
    }
}

fn remove<T: Item>(link: &Link<T>, find: &impl Fn(&T) -> Ordering) -> (Link<T>, Option<T>) {
    let Some(here) = link else {
        return (None, None);
    };
    match find(&here.item) {
        Ordering::Equal => (join(&here.left, &here.right), Some(here.item.clone())),
        Ordering::Greater => {
            let (left, removed) = remove(&here.left, find);
            (Some(balance(here.item.clone(), left, here.right.clone())), removed)
        }
        Ordering::Less => {
            let (right, removed) = remove(&here.right, find);
            (Some(balance(here.item.clone(), here.left.clone(), right)), removed)
        }
    }
}

/// The two sides of a removed item as one tree.
fn join<T: Item>(left: &Link<T>, right: &Link<T>) -> Link<T> {
    match right {
        None => left.clone(),
        Some(right) => {
            let (first, rest) = take_first(right);
            Some(balance(first, left.clone(), rest))
        }
    }
}

fn take_first<T: Item>(here: &Rc<Node<T>>) -> (T, Link<T>) {
    match &here.left {
        None => (here.item.clone(), here.right.clone()),
        Some(left) => {
            let (first, rest) = take_first(left);
            (first, Some(balance(here.item.clone(), rest, here.right.clone())))
        }
    }
}

fn reaching<'t, T: Item>(link: &'t Link<T>, start: u32, end: u32, visit: &mut impl FnMut(&'t T)) {
    let Some(here) = link else { return };
    if here.reach <= start {
        return;
    }
    reaching(&here.left, start, end, visit);
    let (item_start, item_end) = here.item.extent();
    if item_start < end {
        if item_end > start {
            visit(&here.item);
        }
        reaching(&here.right, start, end, visit);
    }
}

fn check<T: Item>(link: &Link<T>) -> Result<(), &'static str> {
    let Some(here) = link else { return Ok(()) };
    check(&here.left)?;
    check(&here.right)?;
    let (left, right) = (size(&here.left), size(&here.right));
    if here.size != left + right + 1 {
        return Err("size");
    }
    if here.reach != here.item.extent().1.max(reach(&here.left)).max(reach(&here.right)) {
        return Err("reach");
    }
    if is_heavy(left, right) || is_heavy(right, left) { Err("balance") } else { Ok(()) }
}

#[cfg(test)]
mod tests;
