//! Which annotations another one can be linked with, and which of them is the likeliest.

use std::rc::Rc;

use crate::edit::state::{LinkOption, LinkPurpose, State};
use crate::model::annotation::Annotation;
use crate::model::annotation_set::text_order;
use crate::model::ids::LabelId;
use crate::model::schema::RelationType;
use crate::sorted::sort_by;

/// How many ends are proposed. Others can be clicked.
const ENDS_MAX: usize = 64;
/// How many annotations are looked at on each side for them.
const LOOKED_AT_MAX: usize = 2_000;
/// The label of the words that introduce a statement.
const CUE: &str = "CUE";

/// The relations that could be made between two annotations: those that lead from `left` to
/// `right` first. What is there already is left out.
pub fn options_between(
    state: &State,
    left: &Annotation,
    right: &Annotation,
    purpose: LinkPurpose,
) -> Vec<LinkOption> {
    let mut options = Vec::new();
    for (from, to) in [(left, right), (right, left)] {
        for kind in types_for(state, purpose) {
            let is_there = state
                .relations
                .of(&from.id)
                .any(|other| other.kind == kind.id && other.from == from.id && other.to == to.id);
            if from.id != to.id && kind.allows(from, to) && !is_there {
                let (kind, from, to) = (kind.id.clone(), from.id.clone(), to.id.clone());
                options.push(LinkOption { kind, from, to });
            }
        }
    }
    options
}

/// Whether the schema lets the two be linked at all, be they linked already or not.
pub fn fits(state: &State, left: &Annotation, right: &Annotation, purpose: LinkPurpose) -> bool {
    if left.id == right.id {
        return false;
    }
    match purpose {
        LinkPurpose::SameEntity => {
            left.label == right.label && (left.entity.is_none() || left.entity != right.entity)
        }
        _ => types_for(state, purpose).any(|kind| kind.allows(left, right) || kind.allows(right, left)),
    }
}

/// The labels that the other end of a link of `chosen` can have, in the order of the schema.
pub fn possible_ends(state: &State, chosen: &Annotation, purpose: LinkPurpose) -> Vec<LabelId> {
    let is_possible = |label: &LabelId| {
        types_for(state, purpose).any(|kind| {
            kind.asks_of(chosen) && kind.from.contains(&chosen.label) && kind.to.contains(label)
                || kind.to.contains(&chosen.label) && kind.from.contains(label)
        })
    };
    let ids = state.schema.labels.iter().filter(|label| !label.retired).map(|label| &label.id);
    ids.filter(|label| is_possible(label)).cloned().collect()
}

fn types_for(state: &State, purpose: LinkPurpose) -> impl Iterator<Item = &RelationType> {
    state.schema.relations.iter().filter(move |kind| match purpose {
        LinkPurpose::Relation(key) => kind.key == Some(key),
        LinkPurpose::AnyRelation => true,
        LinkPurpose::SameEntity => false,
    })
}

/// The annotations that `chosen` can be linked with, the likeliest first: for a mention those of
/// the same name, then those that share a word with it (« M. Poutine », « Vladimir Poutine »), then
/// the nearest; for a relation the nearest to the cue of the statement, else
/// to `chosen`, with those outside its words before those inside. At most [`ENDS_MAX`], from the
/// [`LOOKED_AT_MAX`] annotations on either side.
pub fn best_ends(state: &State, chosen: &Annotation, purpose: LinkPurpose) -> Vec<Rc<Annotation>> {
    let near = cue_of(state, chosen, purpose).unwrap_or_else(|| chosen.clone());
    let rank = state.annotations.rank(&near);
    let first = rank.saturating_sub(LOOKED_AT_MAX);
    let around = state.annotations.iter_from(first).take(rank - first + LOOKED_AT_MAX);
    let name = surface_key(state, chosen);
    let mut ends: Vec<(Likeliness, &Rc<Annotation>)> = around
        .filter(|other| {
            fits(state, chosen, other, purpose)
                && (purpose == LinkPurpose::SameEntity
                    || !options_between(state, chosen, other, purpose).is_empty())
        })
        .map(|other| {
            let likeliness = Likeliness {
                name: match purpose {
                    LinkPurpose::SameEntity => name_distance(&name, &surface_key(state, other)),
                    _ => 0,
                },
                is_inside: chosen.target.covers(&other.target),
                distance: distance(&near, other),
                stacks: state.schema.label(&other.label).is_some_and(|label| label.stacks),
                is_after: other.target.start() > near.target.start(),
            };
            (likeliness, other)
        })
        .collect();
    sort_by(&mut ends, |left, right| left.0.cmp(&right.0).then_with(|| text_order(left.1, right.1)));
    ends.into_iter().take(ENDS_MAX).map(|(_, end)| end.clone()).collect()
}

/// Smaller is likelier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Likeliness {
    /// See [`name_distance`]; 0 where names do not matter.
    name: u8,
    is_inside: bool,
    /// In bytes.
    distance: u32,
    /// A quotation over the words of a statement comes after the statement.
    stacks: bool,
    is_after: bool,
}

/// 0 for the same name, 1 where a word of more than two letters stands in both, else 2.
fn name_distance(left: &str, right: &str) -> u8 {
    let is_long = |word: &&str| word.chars().count() > 2;
    let shares = |word: &str| right.split(' ').any(|other| other == word);
    if left == right {
        0
    } else if left.split(' ').filter(is_long).any(shares) {
        1
    } else {
        2
    }
}

/// The bytes between two annotations; 0 where they meet.
fn distance(left: &Annotation, right: &Annotation) -> u32 {
    let (left, right) = (left.target.envelope(), right.target.envelope());
    if left.end() <= right.start() {
        right.start().0 - left.end().0
    } else {
        left.start().0.saturating_sub(right.end().0)
    }
}

/// The words that introduce a statement, where it is linked with some: its source stands by them.
fn cue_of(state: &State, chosen: &Annotation, purpose: LinkPurpose) -> Option<Annotation> {
    if purpose == LinkPurpose::SameEntity {
        return None;
    }
    let ends = state.relations.of(&chosen.id).filter(|relation| relation.to == chosen.id);
    let mut cues = ends.filter_map(|relation| state.annotations.get(&relation.from));
    cues.find(|cue| cue.label.as_str() == CUE).map(|cue| cue.as_ref().clone())
}

/// The words of a mention without regard to case and white space.
pub fn surface_key(state: &State, annotation: &Annotation) -> String {
    annotation.target.surface_key(&state.document.text)
}
