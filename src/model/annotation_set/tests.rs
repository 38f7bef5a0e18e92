use std::rc::Rc;

use super::exchange::Sides;
use super::{AnnotationSet, Exchange, text_order};
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance, Target};
use crate::model::ids::{AnnotationId, LabelId};
use crate::sorted::SortedMap;
use crate::text::samples::Random;
use crate::text::span::{TextOffset, TextSpan};

fn span(start: usize, end: usize) -> TextSpan {
    TextSpan::new(TextOffset::new(start), TextOffset::new(end)).expect("a span")
}

fn annotation(id: &str, label: &str, spans: Vec<TextSpan>) -> Annotation {
    Annotation {
        id: id.into(),
        label: label.into(),
        target: Target::fragments_of(spans).expect("a target"),
        attributes: SortedMap::new(),
        by_hand: Default::default(),
        certainty: Certainty::Sure,
        dated: Default::default(),
        note: Rc::from(""),
        entity: None,
        provenance: Provenance {
            annotator: "u1".into(),
            created_ms: 0,
            changed_ms: 0,
            origin: AnnotationOrigin::ByHand,
        },
        extra: None,
    }
}

fn random_annotation(random: &mut Random, text_len: usize) -> Annotation {
    let spans = (0..=random.below(3)).map(|_| {
        let start = random.below(text_len);
        span(start, start + 1 + random.below(30))
    });
    let spans = spans.collect();
    let id = format!("a{}", random.below(60));
    annotation(&id, ["PERSON", "CLAIM", "CUE"][random.below(3)], spans)
}

fn assert_same(set: &AnnotationSet, naive: &[Annotation], random: &mut Random) {
    assert_eq!(set.check_invariants(), Ok(()));
    let mut naive: Vec<&Annotation> = naive.iter().collect();
    naive.sort_by(|left, right| text_order(left, right));
    assert!(set.iter().map(|annotation| &**annotation).eq(naive.iter().copied()));
    assert_eq!(set.len(), naive.len());
    let place = TextOffset::new(random.below(130));
    assert_eq!(
        set.rank_of_offset(place),
        naive.iter().filter(|annotation| annotation.target.start() < place).count()
    );
    let window = span(place.to_usize(), place.to_usize() + 1 + random.below(20));
    let mut overlapping = Vec::new();
    set.overlapping(window, |annotation| overlapping.push(annotation.id.clone()));
    let overlaps = |annotation: &&&Annotation| {
        annotation.target.fragments().iter().any(|fragment| fragment.overlaps(window))
    };
    let expected: Vec<AnnotationId> =
        naive.iter().filter(overlaps).map(|annotation| annotation.id.clone()).collect();
    assert_eq!(overlapping, expected, "{window:?}");
    let covering = set.covering(place);
    assert!(covering.windows(2).all(|pair| pair[0].target.len_bytes() <= pair[1].target.len_bytes()));
    let contains = naive.iter().filter(|annotation| annotation.target.contains(place)).count();
    assert_eq!(covering.len(), contains);
    for (idx, annotation) in naive.iter().enumerate() {
        assert_eq!(set.rank(annotation), idx);
        assert_eq!(set.nth(idx).map(|nth| &nth.id), Some(&annotation.id));
        assert_eq!(set.get(&annotation.id).map(|got| &**got), Some(*annotation));
    }
    for label in ["PERSON", "CLAIM", "CUE"] {
        let label = LabelId::from(label);
        let count = naive.iter().filter(|annotation| annotation.label == label).count();
        assert_eq!(set.counts().get(&label).copied(), (count > 0).then_some(count));
    }
}

#[test]
fn a_set_does_what_a_vec_does() {
    for seed in 0..20 {
        let mut random = Random::new(seed);
        let (mut set, mut naive) = (AnnotationSet::default(), Vec::<Annotation>::new());
        let mut versions: Vec<(AnnotationSet, Vec<Annotation>)> = Vec::new();
        for step in 0..120 {
            if random.below(4) > 0 {
                let annotation = random_annotation(&mut random, 100);
                naive.retain(|other| other.id != annotation.id);
                naive.push(annotation.clone());
                set.insert(Rc::new(annotation));
            } else {
                let id = AnnotationId::from(format!("a{}", random.below(60)).as_str());
                let place = naive.iter().position(|annotation| annotation.id == id);
                let removed = set.remove(&id).map(|removed| removed.as_ref().clone());
                assert_eq!(removed, place.map(|place| naive.remove(place)));
            }
            assert_same(&set, &naive, &mut random);
            if step % 17 == 0 {
                versions.push((set.clone(), naive.clone()));
            }
        }
        for (set, naive) in &versions {
            assert_same(set, naive, &mut random);
        }
        let (rebuilt, duplicates) =
            AnnotationSet::from_annotations(naive.iter().cloned().map(Rc::new).collect());
        assert!(rebuilt == set && !rebuilt.same(&set) && duplicates.is_empty());
    }
}

#[test]
fn many_are_exchanged_as_one_by_one() {
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let some = |random: &mut Random| {
            let entity = [None, Some("e1".into()), Some("e2".into())][random.below(3)].clone();
            Rc::new(Annotation { entity, ..random_annotation(random, 100) })
        };
        let (before, _) =
            AnnotationSet::from_annotations((0..random.below(50)).map(|_| some(&mut random)).collect());
        let mut one_by_one = before.clone();
        let out: Vec<Rc<Annotation>> = before.iter().filter(|_| random.below(3) == 0).cloned().collect();
        out.iter().for_each(|annotation| drop(one_by_one.remove(&annotation.id)));
        let mut into: Vec<Rc<Annotation>> = Vec::new();
        for _ in 0..random.below(50) {
            let annotation = some(&mut random);
            if one_by_one.get(&annotation.id).is_none() {
                one_by_one.insert(annotation.clone());
                into.push(annotation);
            }
        }
        let with_id = |id: &AnnotationId| into.iter().find(|annotation| annotation.id == *id);
        let mut changes: Vec<Sides<'_>> = out.iter().map(|old| (Some(old), with_id(&old.id))).collect();
        let is_new = |new: &&Rc<Annotation>| !out.iter().any(|old| old.id == new.id);
        changes.extend(into.iter().filter(is_new).map(|new| (None, Some(new))));
        if random.below(2) == 0 {
            changes.reverse();
        }
        let exchange = Exchange::new(&changes).expect("each is of another annotation");
        let twice: Vec<Sides<'_>> = changes.iter().chain(changes.last()).copied().collect();
        assert!(changes.is_empty() || Exchange::new(&twice).is_none(), "seed {seed}");
        let mut exchanged = before.clone();
        exchanged.exchange(exchange);
        assert_eq!(exchanged.check_invariants(), Ok(()), "seed {seed}");
        assert!(exchanged == one_by_one, "seed {seed}");
        assert_eq!(exchanged.counts(), one_by_one.counts(), "seed {seed}");
    }
}

#[test]
fn duplicates_are_given_back() {
    let first = Rc::new(annotation("a", "CUE", vec![span(5, 6)]));
    let second = Rc::new(annotation("a", "PERSON", vec![span(1, 2)]));
    let (set, duplicates) = AnnotationSet::from_annotations(vec![first.clone(), second.clone()]);
    assert_eq!(set.check_invariants(), Ok(()));
    assert_eq!((set.iter().cloned().collect(), duplicates), (vec![first], vec![second]));
}

#[test]
fn of_two_over_the_same_words_the_newer_lies_inside() {
    let (mut old, mut new) =
        (annotation("b", "QUOTE", vec![span(1, 5)]), annotation("a", "CLAIM", vec![span(1, 5)]));
    (old.provenance.created_ms, new.provenance.created_ms) = (1, 2);
    let (set, _) = AnnotationSet::from_annotations(vec![Rc::new(old), Rc::new(new)]);
    let ids: Vec<String> =
        set.covering(TextOffset(2)).iter().map(|annotation| annotation.id.to_string()).collect();
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn fifty_thousand_annotations() {
    let mut random = Random::new(1);
    let annotations = (0..50_000).map(|idx| {
        let annotation = random_annotation(&mut random, 1_000_000);
        Annotation { id: AnnotationId::from(format!("n{idx}").as_str()), ..annotation }
    });
    let (set, _) = AnnotationSet::from_annotations(annotations.map(Rc::new).collect());
    let before = set.clone();
    let mut edited = set.clone();
    for idx in 0..500 {
        let id = AnnotationId::from(format!("n{}", idx * 97).as_str());
        edited.remove(&id);
        edited.insert(Rc::new(Annotation { id, ..random_annotation(&mut random, 1_000_000) }));
    }
    assert_eq!(edited.check_invariants(), Ok(()));
    assert_eq!(set.check_invariants(), Ok(()));
    assert!(set.same(&before) && !edited.same(&before));
    assert_eq!((set.len(), edited.len()), (50_000, 50_000));
    let unchanged = set
        .iter()
        .filter(|annotation| edited.get(&annotation.id).is_some_and(|other| Rc::ptr_eq(other, annotation)));
    assert_eq!(unchanged.count(), 49_500, "untouched annotations are shared, not copied");
    for _ in 0..20 {
        let place = random.below(1_000_000);
        let window = span(place, place + 100);
        let mut count = 0;
        edited.overlapping(window, |_| count += 1);
        assert_eq!(count, edited.iter().filter(|annotation| annotation.target.overlaps(window)).count());
    }
}

#[test]
fn two_labels_over_the_same_words_are_in_the_same_order_whatever_their_ids() {
    for (claim, quote) in [("a1", "a2"), ("a2", "a1")] {
        let over = |id: &str, label: &str| Rc::new(annotation(id, label, vec![span(3, 9)]));
        let (set, _) = AnnotationSet::from_annotations(vec![over(quote, "QUOTE"), over(claim, "CLAIM")]);
        let labels: Vec<&str> = set.iter().map(|annotation| annotation.label.as_str()).collect();
        assert_eq!(labels, ["CLAIM", "QUOTE"], "{claim} {quote}");
    }
}
