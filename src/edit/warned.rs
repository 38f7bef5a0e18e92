//! What the checks found, in text order: kept up with each edit, so that to show how many remarks
//! there are, or to go to the next one, costs no walk through the document.

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;

use crate::edit::checks::broken_rules;
use crate::edit::state::State;
use crate::edit::transaction::Edit;
use crate::model::annotation::Annotation;
use crate::model::annotation_set::text_order;
use crate::model::ids::AnnotationId;
use crate::model::tree::{Item, Tree};
use crate::sorted::sort_unique;

/// How many annotations a step looks at: a millisecond of work.
const STEP: usize = 256;

/// An annotation and a rule that it breaks.
#[derive(Clone, Debug)]
pub struct Remark {
    pub annotation: Rc<Annotation>,
    /// A place in `Schema::rules`.
    pub rule: usize,
}

/// All remarks. Empty inside until first asked for; clones of one state fill it together.
#[derive(Clone, Debug, Default)]
pub struct Warned {
    found: Rc<OnceCell<Found>>,
}

#[derive(Clone, Debug)]
struct Found {
    // Invariant: `of_rule` holds the same remarks, each under its rule.
    all: Tree<Remark>,
    of_rule: Vec<Tree<Remark>>,
}

impl Item for Remark {
    fn order(&self, other: &Self) -> Ordering {
        text_order(&self.annotation, &other.annotation).then(self.rule.cmp(&other.rule))
    }
}

impl State {
    /// The remarks in text order, those on one annotation in the order of the rules.
    /// O(annotations) the first time for a schema and a document; afterwards edits keep it up in
    /// O(log n).
    pub fn warned(&self) -> &Tree<Remark> {
        &self.found().all
    }

    /// The remarks of one rule, by its place in `Schema::rules`.
    pub fn warned_of(&self, rule: usize) -> Option<&Tree<Remark>> {
        self.found().of_rule.get(rule)
    }

    /// The remarks, where they are known already.
    pub fn warned_if_known(&self) -> Option<&Tree<Remark>> {
        self.warned.found.get().map(|found| &found.all)
    }

    fn found(&self) -> &Found {
        self.warned.found.get_or_init(|| {
            let mut finding = Finding::new(self);
            while finding.step() {}
            finding.found()
        })
    }

    /// Brings the remarks on what `edits` touched up to date. `before` is the state that they
    /// were applied to.
    pub(super) fn keep_warned(&mut self, before: &State, edits: &[Edit]) {
        if edits.is_empty() {
            return;
        }
        self.warned = Warned::default();
        let Some(mut found) = before.warned.found.get().cloned() else { return };
        if edits.iter().any(|edit| matches!(edit, Edit::Schema(_))) {
            return;
        }
        for id in touched(edits) {
            if let Some(annotation) = before.annotations.get(&id) {
                found.remove_those_on(annotation);
            }
            if let Some(annotation) = self.annotations.get(&id) {
                for rule in broken_rules(self, annotation) {
                    let remark = Remark { annotation: annotation.clone(), rule };
                    found.of_rule[rule].insert(remark.clone());
                    found.all.insert(remark);
                }
            }
        }
        self.warned.found = Rc::new(OnceCell::from(found));
    }

    /// How many remarks come before those on this annotation. O(log n).
    pub fn warned_rank(&self, annotation: &Annotation) -> usize {
        self.warned().rank(|remark| text_order(&remark.annotation, annotation))
    }

    /// For tests: the remarks kept up are those that a walk through the document finds.
    pub fn check_warned(&self) -> Result<(), &'static str> {
        let fresh = State { warned: Warned::default(), ..self.clone() };
        let (kept, fresh) = (self.found(), fresh.found());
        let is_same = |kept: &Tree<Remark>, fresh: &Tree<Remark>| {
            let same = |(left, right): (&Remark, &Remark)| left.order(right) == Ordering::Equal;
            kept.len() == fresh.len() && kept.iter().zip(fresh.iter()).all(same)
        };
        let of_rule = kept.of_rule.iter().zip(&fresh.of_rule);
        let is_kept_up = is_same(&kept.all, &fresh.all)
            && kept.of_rule.len() == fresh.of_rule.len()
            && of_rule.into_iter().all(|(kept, fresh)| is_same(kept, fresh));
        if is_kept_up { Ok(()) } else { Err("the remarks were not kept up") }
    }
}

/// The walk through everything, in steps.
pub struct Finding {
    state: State,
    /// How many annotations were looked at.
    done: usize,
    remarks: Vec<Remark>,
}

impl Finding {
    pub fn new(state: &State) -> Finding {
        Finding { state: state.clone(), done: 0, remarks: Vec::new() }
    }

    /// Goes on a little. Whether there is more to do before [`Finding::finish`].
    pub fn step(&mut self) -> bool {
        let state = &self.state;
        for annotation in state.annotations.iter_from(self.done).take(STEP) {
            let broken = broken_rules(state, annotation).into_iter();
            self.remarks.extend(broken.map(|rule| Remark { annotation: annotation.clone(), rule }));
        }
        self.done += STEP;
        self.done < state.annotations.len()
    }

    /// Makes the remarks known to the state and its clones, once [`Finding::step`] said that there is no more to do.
    pub fn finish(self) {
        let known = self.state.warned.found.clone();
        let _ = known.set(self.found());
    }

    fn found(self) -> Found {
        let remarks = self.remarks;
        let of_rule = |rule: usize| {
            let of_rule = remarks.iter().filter(|remark| remark.rule == rule).cloned();
            Tree::from_sorted(&of_rule.collect::<Vec<_>>())
        };
        Found {
            of_rule: (0..self.state.schema.rules.len()).map(of_rule).collect(),
            all: Tree::from_sorted(&remarks),
        }
    }
}

impl Found {
    fn remove_those_on(&mut self, annotation: &Annotation) {
        for tree in &mut self.of_rule {
            if let Some(removed) = tree.remove(|remark| text_order(&remark.annotation, annotation)) {
                self.all.remove(|remark| remark.order(&removed));
            }
        }
    }
}

/// The annotations whose remarks may be others after `edits`: those edited, and the ends of
/// relations edited.
fn touched(edits: &[Edit]) -> Vec<AnnotationId> {
    let mut touched = Vec::new();
    for edit in edits {
        match edit {
            Edit::Annotation(change) => touched.extend(change.side().map(|annotation| annotation.id.clone())),
            Edit::Relation(change) => {
                for relation in change.sides() {
                    touched.extend([relation.from.clone(), relation.to.clone()]);
                }
            }
            _ => {}
        }
    }
    sort_unique(&mut touched);
    touched
}
