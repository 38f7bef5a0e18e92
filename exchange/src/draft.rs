//! A document as a file of another program says it, before it meets a schema.
//!
//! A draft holds what was read and nothing more: labels by the file's names, places in the file's
//! unit, ids that mean something in that file only. `native.rs` makes a native file of it.

use std::rc::Rc;

use sourcier::json::{Map, Value};
use sourcier::model::structure::Structure;
use sourcier::text::unicode::{is_letter_or_number, lower_case};

use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::id_index::IdIndex;
pub use crate::shared::places::Unit;

/// The type of relations that only say that two mentions mean the same. They become entities.
pub const SAME_AS: &str = "SAME_AS";

/// Whether the name of a relation says no more than that its ends mean the same.
pub fn is_same_as(kind: &str) -> bool {
    let letters: String = kind.chars().filter(|letter| is_letter_or_number(*letter)).collect();
    matches!(
        lower_case(&letters).as_str(),
        "sameas" | "owlsameas" | "same" | "coref" | "coreference" | "coreferent" | "equiv" | "identity"
    )
}

/// The most attributes of one annotation, and fields of one document: to find one of them costs a
/// comparison with each.
pub const MEMBER_COUNT_MAX: usize = 1_000;

/// Puts in what a file says under a key, unless there is too much already, which is told.
pub fn say(said: &mut Map, key: &str, value: Value, problems: &mut Problems) {
    match said.len() < MEMBER_COUNT_MAX {
        true => said.insert(key, value),
        false => problems.add(None, ProblemKind::TooLarge, key, Remedy::ValueLeftOut),
    }
}

/// Whether these are fragments in order, from the start of the whole to its end.
fn are_fragments_of(fragments: &[(u64, u64)], envelope: (u64, u64)) -> bool {
    let is_sorted = fragments.windows(2).all(|pair| pair[0].1 < pair[1].0);
    let ends = fragments.first().zip(fragments.last());
    is_sorted
        && fragments.iter().all(|(start, end)| start < end)
        && ends.is_some_and(|(first, last)| (first.0, last.1) == envelope)
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The file it came from: for problems.
    pub file: String,
    /// What the document is called where it has no headline.
    pub title: String,
    /// Exactly as it is in the file.
    pub text: String,
    /// The hash of a text that is not in the files, in hexadecimal: whoever opens the document is
    /// asked for the text. Places must count code points.
    pub sha256: Option<String>,
    pub unit: Unit,
    /// How the text is laid out, where the file says so.
    pub structure: Option<Rc<Structure>>,
    /// By the keys of the schema's document fields where the format says the same.
    pub fields: Map,
    pub annotations: Vec<DraftAnnotation>,
    pub relations: Vec<DraftRelation>,
    pub entities: Vec<DraftEntity>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftAnnotation {
    /// Unlike that of every other annotation of the draft.
    pub id: String,
    /// As the file calls it.
    pub label: String,
    /// Start and end in the unit of the draft, in text order.
    pub fragments: Vec<(u64, u64)>,
    /// The words from the first start to the last end, where the file states them.
    pub surface: Option<String>,
    pub attributes: Map,
    /// The attributes that a person chose, where the file says which; else all that are not the
    /// schema's default.
    pub by_hand: Option<Vec<String>>,
    pub note: String,
    pub is_unsure: bool,
    /// The id of a [`DraftEntity`].
    pub entity: Option<String>,
    /// What a person chose for attributes that keep a history, as in the native format.
    pub dated: Map,
    /// RFC 3339, where the file says so.
    pub created: Option<String>,
    pub changed: Option<String>,
    /// The id of whoever made it, where the file says so.
    pub annotator: Option<String>,
    pub line: Option<usize>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftRelation {
    pub kind: String,
    /// Ids of annotations of the draft.
    pub from: String,
    pub to: String,
    pub line: Option<usize>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftEntity {
    pub id: String,
    /// Empty where the file does not say.
    pub name: String,
    pub identifier: String,
}

impl DraftAnnotation {
    /// What Sourcier writes beside an annotation where a format has no place of its own for it. `place`
    /// reads one end of a fragment.
    pub fn add_details(&mut self, details: &Value, place: &dyn Fn(&Value) -> Option<u64>) {
        let text = |key: &str| details[key].as_str().map(str::to_owned);
        self.created = text("created");
        self.changed = text("changed");
        self.annotator = text("annotator");
        let key = |key: &Value| key.as_str().map(str::to_owned);
        self.by_hand = details["byHand"].as_array().map(|keys| keys.iter().filter_map(key).collect());
        self.dated = details["dated"].as_object().cloned().unwrap_or_default();
        if let Some(fragments) = details["fragments"].as_array() {
            self.add_fragments(fragments, place);
        }
    }

    /// Puts fragments in place of the whole. Somebody may have moved the whole since, or they may be
    /// wrong: where they contradict it, it counts.
    pub fn add_fragments(&mut self, fragments: &[Value], place: &dyn Fn(&Value) -> Option<u64>) {
        let fragment = |pair: &Value| place(&pair[0]).zip(place(&pair[1]));
        let fragments: Option<Vec<(u64, u64)>> = fragments.iter().map(fragment).collect();
        let envelope = self.fragments[0];
        if let Some(fragments) = fragments.filter(|fragments| are_fragments_of(fragments, envelope)) {
            self.fragments = fragments;
        }
    }
}

impl Draft {
    /// Makes entities of the relations that only say that two mentions mean the same, and of those
    /// alone. Mentions that have an entity already keep it and take the others in.
    pub fn join_same_as(&mut self) {
        let (links, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.relations).into_iter().partition(|relation| relation.kind == SAME_AS);
        self.relations = others;
        let index = IdIndex::new(self.annotations.iter().map(|annotation| annotation.id.as_str()));
        // Each annotation points to an earlier one of its group; a group's first points to itself.
        let mut firsts: Vec<usize> = (0..self.annotations.len()).collect();
        for link in &links {
            if let (Some(from), Some(to)) = (index.get(&link.from), index.get(&link.to)) {
                let (left, right) = (first_of(&mut firsts, from), first_of(&mut firsts, to));
                firsts[left.max(right)] = left.min(right);
            }
        }
        for idx in 0..firsts.len() {
            let first = first_of(&mut firsts, idx);
            if first == idx {
                continue;
            }
            let entity = match self.annotations[first].entity.clone().or(self.annotations[idx].entity.clone())
            {
                Some(entity) => entity,
                None => {
                    let id = format!("same-as-{}", self.annotations[first].id);
                    self.entities.push(DraftEntity { id: id.clone(), ..DraftEntity::default() });
                    id
                }
            };
            self.annotations[first].entity.get_or_insert(entity.clone());
            self.annotations[idx].entity.get_or_insert(entity);
        }
    }
}

/// The first of the group. The way there gets shorter each time, so that long chains cost little.
fn first_of(firsts: &mut [usize], mut idx: usize) -> usize {
    while firsts[idx] != idx {
        firsts[idx] = firsts[firsts[idx]];
        idx = firsts[idx];
    }
    idx
}
