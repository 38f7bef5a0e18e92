use std::cmp::Ordering;

use super::{Item, Tree};
use crate::text::samples::Random;

/// Start, end, and a number that tells versions of one item apart.
#[derive(Clone, Debug, PartialEq)]
struct Span(u32, u32, usize);

impl Item for Span {
    fn order(&self, other: &Self) -> Ordering {
        (self.0, self.1).cmp(&(other.0, other.1))
    }

    fn extent(&self) -> (u32, u32) {
        (self.0, self.1)
    }
}

fn find(start: u32, end: u32) -> impl Fn(&Span) -> Ordering {
    move |item| (item.0, item.1).cmp(&(start, end))
}

fn items(tree: &Tree<Span>) -> Vec<Span> {
    tree.iter().cloned().collect()
}

fn assert_same(tree: &Tree<Span>, naive: &[Span], random: &mut Random) {
    assert_eq!(tree.check_invariants(), Ok(()));
    assert_eq!(items(tree), naive);
    assert_eq!((tree.len(), tree.is_empty()), (naive.len(), naive.is_empty()));
    let idx = random.below(naive.len() + 2);
    assert_eq!(tree.nth(idx), naive.get(idx));
    assert!(tree.iter_from(idx).eq(naive.iter().skip(idx)));
    let (start, end) = (random.below(40) as u32, random.below(50) as u32);
    assert_eq!(
        tree.rank(find(start, end)),
        naive.iter().filter(|item| (item.0, item.1) < (start, end)).count()
    );
    assert_eq!(tree.get(find(start, end)), naive.iter().find(|item| (item.0, item.1) == (start, end)));
    let mut reaching = Vec::new();
    tree.reaching(start, end, &mut |item: &Span| reaching.push(item.clone()));
    let shares = |item: &&Span| item.0 < end && start < item.1;
    assert_eq!(reaching, naive.iter().filter(shares).cloned().collect::<Vec<_>>(), "{start}..{end}");
}

#[test]
fn a_tree_does_what_a_sorted_vec_does() {
    for seed in 0..30 {
        let mut random = Random::new(seed);
        let (mut tree, mut naive) = (Tree::default(), Vec::new());
        let mut versions: Vec<(Tree<Span>, Vec<Span>)> = Vec::new();
        for step in 0..150 {
            let start = random.below(40) as u32;
            let end = start + random.below(12) as u32;
            let place = naive.iter().position(|item: &Span| (item.0, item.1) == (start, end));
            if random.below(3) > 0 {
                tree.insert(Span(start, end, step));
                match place {
                    Some(place) => naive[place] = Span(start, end, step),
                    None => naive.push(Span(start, end, step)),
                }
                naive.sort_by(Item::order);
            } else {
                assert_eq!(tree.remove(find(start, end)), place.map(|place| naive.remove(place)));
            }
            assert_same(&tree, &naive, &mut random);
            if step % 10 == 0 {
                versions.push((tree.clone(), naive.clone()));
            }
        }
        for (tree, naive) in &versions {
            assert_same(tree, naive, &mut random);
        }
    }
}

#[test]
fn a_tree_of_sorted_items_is_whole() {
    for len in 0..70 {
        let naive: Vec<Span> = (0..len).map(|start| Span(start, start + 3, 0)).collect();
        let tree = Tree::from_sorted(&naive);
        assert_eq!(tree.check_invariants(), Ok(()));
        assert_eq!(items(&tree), naive);
    }
}

#[test]
fn insertions_and_removals_in_order_keep_the_balance() {
    let mut tree = Tree::default();
    for start in 0..1_000 {
        tree.insert(Span(start, start + 1, 0));
    }
    assert_eq!(tree.check_invariants(), Ok(()));
    for start in 0..999 {
        tree.remove(find(start, start + 1));
        assert_eq!(tree.check_invariants(), Ok(()));
    }
    assert_eq!(items(&tree), [Span(999, 1_000, 0)]);
}

#[test]
fn a_removal_that_finds_nothing_leaves_the_version() {
    let mut tree = Tree::from_sorted(&[Span(1, 2, 0)]);
    let before = tree.clone();
    assert_eq!(tree.remove(find(5, 6)), None);
    assert!(tree.same(&before));
    assert!(Tree::<Span>::default().same(&Tree::default()));
    assert!(!tree.same(&Tree::default()));
}
