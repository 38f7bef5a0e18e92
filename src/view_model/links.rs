//! The links of the chosen annotation in words, and what else it could be linked with.

use std::rc::Rc;

use crate::edit::link_ends::{options_between, possible_ends};
use crate::edit::state::{LinkOption, LinkPurpose, Mode, State};
use crate::model::annotation::Annotation;
use crate::model::ids::RelationTypeId;
use crate::model::relation::Relation;
use crate::model::schema::{Localized, RelationType};
use crate::sorted::sort_by;

/// A relation as its end at `here` tells it: « dit par » Poutine.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkRow {
    pub relation: Rc<Relation>,
    /// `None` for a type that the schema does not have.
    pub words: Option<Localized>,
    pub other: Rc<Annotation>,
    /// The types that it could have instead, each as it would be.
    pub options: Vec<LinkOption>,
}

/// A way to begin a link: the types under one key, as the annotation tells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkStart {
    pub key: char,
    pub words: Vec<Localized>,
}

/// The relations of an annotation in the order of the schema's types, then of the text.
pub fn link_rows(state: &State, here: &Annotation) -> Vec<LinkRow> {
    let place = |kind: &RelationTypeId| state.schema.relations.iter().position(|other| other.id == *kind);
    let mut rows: Vec<LinkRow> = state
        .relations
        .of(&here.id)
        .filter_map(|relation| {
            let (from, to) = state.ends_of(relation)?;
            let other = if relation.from == here.id { to } else { from };
            let kind = state.schema.relation(&relation.kind);
            Some(LinkRow {
                words: kind.map(|kind| words_of(kind, relation.from == here.id)),
                options: options_between(state, from, to, LinkPurpose::AnyRelation),
                other: other.clone(),
                relation: relation.clone(),
            })
        })
        .collect();
    sort_by(&mut rows, |left, right| {
        let key = |row: &LinkRow| (place(&row.relation.kind), row.other.target.start());
        key(left).cmp(&key(right)).then_with(|| left.relation.id.cmp(&right.relation.id))
    });
    rows
}

/// What an option would say, as its end at `here` tells it.
pub fn option_words(state: &State, here: &Annotation, option: &LinkOption) -> Option<Localized> {
    let kind = state.schema.relation(&option.kind)?;
    Some(words_of(kind, option.from == here.id))
}

/// What the `from` end says of the other, or the other of it.
fn words_of(kind: &RelationType, is_from: bool) -> Localized {
    if is_from { kind.name.clone() } else { kind.inverse_name.clone() }
}

/// The keys that begin a link of an annotation, in the order of the schema. Of a type that it can
/// have at both ends, what the other says of it: a claim is more often proved than proof.
pub fn link_starts(state: &State, here: &Annotation) -> Vec<LinkStart> {
    let mut starts: Vec<LinkStart> = Vec::new();
    for kind in &state.schema.relations {
        let Some(key) = kind.key else { continue };
        let is_to = kind.to.contains(&here.label);
        let is_from = kind.from.contains(&here.label) && kind.asks_of(here);
        if !is_to && !is_from {
            continue;
        }
        let words = words_of(kind, !is_to);
        match starts.iter_mut().find(|start| start.key == key) {
            Some(start) => start.words.push(words),
            None => starts.push(LinkStart { key, words: vec![words] }),
        }
    }
    starts
}

/// While an end is looked for: for each label of the schema whether it could be that end.
pub fn linkable_labels(state: &State) -> Option<Vec<bool>> {
    let (Mode::Linking(linking), Some(chosen)) = (&state.focus.mode, state.chosen()) else { return None };
    let labels = match linking.purpose {
        LinkPurpose::SameEntity => vec![chosen.label.clone()],
        purpose => possible_ends(state, chosen, purpose),
    };
    Some(state.schema.labels.iter().map(|label| labels.contains(&label.id)).collect())
}

#[cfg(test)]
mod tests;
