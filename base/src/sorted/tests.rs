use std::collections::{BTreeMap, BTreeSet};

use sourcier_samples::Random;

use super::*;

/// `below` numbers, few enough to repeat.
fn numbers(seed: u64, len: usize, below: usize) -> Vec<usize> {
    let mut random = Random::new(seed);
    (0..len).map(|_| random.below(below)).collect()
}

#[test]
fn sorts_as_the_standard_library_does() {
    for seed in 0..200 {
        let mut items: Vec<(usize, usize)> = numbers(seed, seed as usize, 20).into_iter().zip(0..).collect();
        let mut expected = items.clone();
        expected.sort_by_key(|(number, _)| *number);
        sort_by_key(&mut items, |(number, _)| *number);
        assert_eq!(items, expected, "seed {seed}");
        expected.sort_by(|left, right| right.cmp(left));
        sort_by(&mut items, |left, right| right.cmp(left));
        assert_eq!(items, expected, "seed {seed}");
    }
}

#[test]
fn a_map_does_what_a_tree_does() {
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let (mut map, mut tree) = (SortedMap::new(), BTreeMap::new());
        for value in 0..60 {
            let key = random.below(20);
            match random.below(4) {
                0 => assert_eq!(map.remove(&key), tree.remove(&key)),
                1 => assert_eq!(map.get_or_insert(key, value), tree.entry(key).or_insert(value)),
                2 => assert_eq!(map.get_mut(&key), tree.get_mut(&key)),
                _ => assert_eq!(map.insert(key, value), tree.insert(key, value)),
            }
            assert_eq!((map.get(&key), map.contains_key(&key)), (tree.get(&key), tree.contains_key(&key)));
            assert!(map.iter().eq(tree.iter()), "seed {seed}: {map:?} {tree:?}");
        }
        assert_eq!((map.len(), map.is_empty()), (tree.len(), tree.is_empty()));
        assert!(map.keys().eq(tree.keys()) && map.values().eq(tree.values()));
        assert!(map.clone().into_values().eq(tree.clone().into_values()) && map.into_iter().eq(tree));
    }
}

#[test]
fn of_equal_keys_the_last_counts() {
    assert_eq!(SortedMap::from([(2, 'a'), (1, 'b'), (2, 'c')]), SortedMap::from([(1, 'b'), (2, 'c')]));
}

#[test]
fn a_set_does_what_a_tree_does() {
    for seed in 0..200 {
        let items = numbers(seed, 30, 40);
        let (mut set, mut tree) = (SortedSet::new(), BTreeSet::new());
        for item in &items {
            assert_eq!(set.insert(*item), tree.insert(*item));
            assert_eq!(set.get(item), Some(item));
        }
        let other = numbers(seed + 1, 20, 40);
        let (other_set, other_tree): (SortedSet<_>, BTreeSet<_>) =
            (other.iter().copied().collect(), other.iter().copied().collect());
        assert!(set.difference(&other_set).eq(tree.difference(&other_tree)), "seed {seed}");
        for item in &other {
            assert_eq!((set.contains(item), set.remove(item)), (tree.contains(item), tree.remove(item)));
        }
        assert!(set.iter().eq(tree.iter()) && set.len() == tree.len(), "seed {seed}");
        assert!(set.clone().into_iter().eq(tree));
        set.clear();
        assert!(set.is_empty());
    }
}

#[test]
fn a_sort_in_steps_of_any_size_is_the_same_sort() {
    for seed in 0..100 {
        let mut items = numbers(seed, seed as usize, 30);
        match seed % 6 {
            0 | 3 => items.sort_unstable(),
            1 => items.sort_unstable_by(|left, right| right.cmp(left)),
            2 => items = (0..items.len()).rev().collect(),
            // Only the first ones are the other way round.
            4 => items.iter_mut().zip((30..50).rev()).for_each(|(item, number)| *item = number),
            _ => {}
        }
        let mut expected: Vec<usize> = (0..items.len()).collect();
        expected.sort_by_key(|idx| items[*idx]);
        for count in [1, 2, 3, 7, 50, usize::MAX] {
            let mut sorting = Sorting::new(items.len());
            let mut told = vec![sorting.percent()];
            while sorting.step(count, &|left, right| items[left].cmp(&items[right])) {
                told.push(sorting.percent());
                assert!(told.len() < 20 * items.len() + 2, "it comes to an end");
            }
            assert!(told.is_sorted() && told[told.len() - 1] <= 100, "seed {seed}: {told:?}");
            assert!(count > 1 || items.len() < 3 || told.len() > 1, "it is left between two steps");
            assert_eq!(sorting.into_order(), expected, "seed {seed}, {count} at a time");
        }
    }
}
