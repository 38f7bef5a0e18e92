//! Many edits of annotations at once: the same outcome as one by one.

use std::rc::Rc;

use crate::edit::apply::{ChangeSummary, EditError};
use crate::edit::invariants::violations;
use crate::edit::state::State;
use crate::edit::tests::support::state_of;
use crate::edit::transaction::{Change, Edit};
use crate::model::annotation::{Annotation, Target};
use crate::model::ids::{AnnotationId, AnnotatorId};
use crate::text::samples::Random;
use crate::text::span::TextSpan;

const TEXT_LEN: usize = 2_000;

fn random_annotation(random: &mut Random, state: &State, id: usize, len: usize) -> Rc<Annotation> {
    let start = random.below(len);
    let target = Target::span(TextSpan::from_range(start..start + 1 + random.below(20)).expect("a span"));
    let label = &state.schema.labels[random.below(4)];
    let id = AnnotationId::from(format!("a{id}").as_str());
    Rc::new(Annotation::new(id, label, target, AnnotatorId::from("u1"), random.below(9) as u64))
}

/// An edit of one of the first ids, for the annotation that is there or, seldom, for another one.
fn random_edit(random: &mut Random, state: &State, id: usize) -> Edit {
    let is_wrong = random.below(4_000) == 0;
    // Rarely past the end of the text.
    let len = if random.below(4_000) == 0 { TEXT_LEN + 9 } else { TEXT_LEN - 20 };
    let there = state.annotations.get(&AnnotationId::from(format!("a{id}").as_str())).cloned();
    let before = if is_wrong { Some(random_annotation(random, state, id, TEXT_LEN - 20)) } else { there };
    let goes = before.is_some() && random.below(3) == 0;
    let after = (!goes).then(|| random_annotation(random, state, id, len));
    Edit::Annotation(Change { before, after })
}

/// Edit by edit, with the remarks kept up as a whole.
fn one_by_one(state: &State, edits: &[Edit]) -> Result<(State, ChangeSummary), EditError> {
    let (mut state, mut summary) = (state.clone(), ChangeSummary::default());
    for edit in edits {
        let (next, of_edit) = state.apply(std::slice::from_ref(edit))?;
        state = next;
        summary.spans.extend(of_edit.spans);
        summary.added += of_edit.added;
        summary.removed += of_edit.removed;
        summary.changed += of_edit.changed;
    }
    Ok((state, summary))
}

#[test]
fn many_edits_lead_where_each_of_them_would() {
    let mut outcomes = [0; 2];
    for seed in 0..150 {
        let mut random = Random::new(seed);
        let mut state = state_of(&"x".repeat(TEXT_LEN));
        let there = (0..150).filter(|_| random.below(2) == 0).collect::<Vec<_>>();
        for id in there {
            let added = Change::added(random_annotation(&mut random, &state, id, TEXT_LEN - 20));
            state = state.apply(&[Edit::Annotation(added)]).expect("it fits").0;
        }
        let mut edits: Vec<Edit> = (0..150).map(|id| random_edit(&mut random, &state, id)).collect();
        if random.below(3) == 0 {
            // One is edited twice.
            let (after, _) = one_by_one(&state, &edits).unwrap_or((state.clone(), ChangeSummary::default()));
            edits.push(random_edit(&mut random, &after, 7));
        }
        let (together, apart) = (state.apply(&edits), one_by_one(&state, &edits));
        outcomes[usize::from(together.is_ok())] += 1;
        match (together, apart) {
            (Ok((together, summary)), Ok((apart, of_each))) => {
                assert!(together.same_work(&apart), "seed {seed}");
                assert_eq!(summary, of_each, "seed {seed}");
                assert_eq!(violations(&together), [], "seed {seed}");
            }
            (together, apart) => assert_eq!(
                together.err().map(|error| format!("{error:?}")),
                apart.err().map(|error| format!("{error:?}")),
                "seed {seed}"
            ),
        }
    }
    assert!(outcomes.iter().all(|count| *count > 5), "{outcomes:?}");
}
