use std::rc::Rc;

use super::*;
use crate::model::annotation::AnnotationOrigin;
use crate::model::ids::AnnotatorId;
use crate::text::samples::Random;

fn relation(id: usize, from: usize, to: usize) -> Rc<Relation> {
    Rc::new(Relation {
        id: RelationId::from(format!("r{id}").as_str()),
        kind: RelationTypeId::from("SOURCE"),
        from: AnnotationId::from(format!("a{from}").as_str()),
        to: AnnotationId::from(format!("a{to}").as_str()),
        provenance: Provenance {
            annotator: AnnotatorId::from("u1"),
            created_ms: 0,
            changed_ms: 0,
            origin: AnnotationOrigin::ByHand,
        },
        extra: None,
    })
}

/// Random insertions and removals, beside a list and a loop.
#[test]
fn it_is_a_list_with_two_orders() {
    for seed in 0..20 {
        let mut random = Random::new(seed);
        let (mut set, mut list): (RelationSet, Vec<Rc<Relation>>) = Default::default();
        for step in 0..200 {
            let id = random.below(24);
            let before = set.clone();
            let len_before = list.len();
            if random.below(3) == 0 {
                let removed = set.remove(&relation(id, 0, 1).id);
                let place = list.iter().position(|other| other.id == relation(id, 0, 1).id);
                assert_eq!(removed, place.map(|place| list.remove(place)), "seed {seed} step {step}");
            } else {
                let from = random.below(6);
                let new = relation(id, from, (from + 1 + random.below(5)) % 6);
                list.retain(|other| other.id != new.id);
                list.push(new.clone());
                set.insert(new);
            }
            assert_eq!(set.check_invariants(), Ok(()), "seed {seed} step {step}");
            assert_eq!(before.len(), len_before, "an older version changed");
            for end in 0..6 {
                let end = AnnotationId::from(format!("a{end}").as_str());
                let mut expected: Vec<&Rc<Relation>> =
                    list.iter().filter(|other| other.from == end || other.to == end).collect();
                expected.sort_by(|left, right| left.id.cmp(&right.id));
                assert_eq!(set.of(&end).collect::<Vec<_>>(), expected, "seed {seed} step {step}");
            }
        }
    }
}
