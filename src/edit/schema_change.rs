//! Changing the schema of a work: a draft, put together piece by piece, that becomes one step.
//!
//! Each operation leaves a draft valid: what a file of it would be refused for, the operation
//! refuses, and what hangs on something that goes is mended with it. Identifiers never change. What
//! happens to the annotations is kept in order beside the schema; [`plan::plan`] makes edits of it.

pub mod attributes;

pub mod follow;

pub mod ids;

pub mod labels;

mod log;

pub mod parts;

pub mod plan;

pub mod preparing;

mod repair;

use std::rc::Rc;

use crate::model::ids::{AttributeKey, LabelId, RelationTypeId};
use crate::model::schema::{Label, Localized, Schema};

/// A schema on the way to being another one.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemaDraft {
    /// The schema of the work when the draft was begun.
    base: Rc<Schema>,
    /// What the draft is a change of: `base`, or another schema that is to take its place.
    start: Rc<Schema>,
    schema: Schema,
    /// What is to happen to the work, in the order of the operations.
    moves: Vec<Move>,
    /// How many of the moves, the first ones, are in the log of `start`.
    logged: usize,
}

/// Something that is to happen to annotations or relations. Labels are those that the annotation
/// has by then: one that was moved is moved on.
#[derive(Clone, Debug, PartialEq)]
enum Move {
    Relabel {
        from: LabelId,
        to: LabelId,
    },
    Remove {
        label: LabelId,
    },
    /// Each value leads to a label.
    Split {
        label: LabelId,
        key: AttributeKey,
        to: Vec<(Rc<str>, LabelId)>,
    },
    /// One value of a choice becomes another.
    Value {
        label: LabelId,
        key: AttributeKey,
        from: Rc<str>,
        to: Rc<str>,
    },
    RemoveLinks {
        kind: RelationTypeId,
    },
}

/// Why an operation did nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftRefusal {
    /// A name holds no characters, in neither language.
    NoName,
    /// Not one lower-case character.
    BadKey,
    /// The key belongs to a command.
    ReservedKey { key: char },
    /// The key belongs to something else of the schema.
    KeyTaken { key: char, by: KeyOwner },
    /// Not `#RRGGBB`.
    BadColor,
    /// A relation's sentence needs `{from}` and `{to}`.
    PlaceholderMissing { placeholder: &'static str },
    /// A list would have more entries than a file may hold.
    TooMany,
    /// A choice keeps at least one value.
    LastValue,
    /// The group still has labels.
    GroupInUse,
    /// The default is not a value of the attribute's type.
    BadDefault,
    /// The thing, or what it is to become, is not in the draft.
    NotThere,
}

/// What in a schema a key can belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyOwner {
    Label(LabelId),
    Relation(RelationTypeId),
}

/// Whether an operation was done.
pub type DraftResult<T = ()> = Result<T, DraftRefusal>;

impl SchemaDraft {
    /// A draft that changes nothing yet.
    pub fn new(base: Rc<Schema>) -> SchemaDraft {
        SchemaDraft { start: base.clone(), schema: base.as_ref().clone(), moves: Vec::new(), logged: 0, base }
    }

    /// A draft that puts another schema in the place of `base`. Annotations keep their labels and
    /// values, known to it or not; the notes of the team come along where it has none.
    pub fn replacing(base: Rc<Schema>, mut other: Schema) -> SchemaDraft {
        if other.guidelines.is_empty() {
            other.guidelines = base.guidelines.clone();
        }
        SchemaDraft { base, schema: other.clone(), start: Rc::new(other), moves: Vec::new(), logged: 0 }
    }

    /// The schema as it is now in the draft. Its version and change log are still the old ones.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Whether the draft was begun from this schema.
    pub fn is_of(&self, schema: &Rc<Schema>) -> bool {
        Rc::ptr_eq(&self.base, schema) || self.base == *schema
    }

    pub fn is_changed(&self) -> bool {
        !self.moves.is_empty() || self.schema != *self.base
    }

    /// Whether another schema takes the place of the first one.
    pub fn is_replacing(&self) -> bool {
        !Rc::ptr_eq(&self.base, &self.start)
    }

    /// The label that took the place of one that was merged.
    pub fn successor(&self, id: &LabelId) -> Option<&LabelId> {
        self.moves.iter().rev().find_map(|step| match step {
            Move::Relabel { from, to } if from == id => Some(to),
            _ => None,
        })
    }

    fn label_mut(&mut self, id: &LabelId) -> DraftResult<&mut Label> {
        self.schema.labels.iter_mut().find(|label| label.id == *id).ok_or(DraftRefusal::NotThere)
    }

    pub fn set_name(&mut self, name: Localized) -> DraftResult {
        self.schema.name = full_name(name)?;
        Ok(())
    }

    pub fn set_card(&mut self, card: Localized) -> DraftResult {
        self.schema.card = card;
        Ok(())
    }

    pub fn set_guidelines(&mut self, guidelines: &str) -> DraftResult {
        self.schema.guidelines = Rc::from(guidelines);
        Ok(())
    }
}

/// A name with both its languages: one that is blank says what the other does.
fn full_name(name: Localized) -> DraftResult<Localized> {
    let Localized { fr, en } = name;
    match (fr.trim().is_empty(), en.trim().is_empty()) {
        (true, true) => Err(DraftRefusal::NoName),
        (true, false) => Ok(Localized { fr: en.clone(), en }),
        (false, true) => Ok(Localized { en: fr.clone(), fr }),
        (false, false) => Ok(Localized { fr, en }),
    }
}

/// Swaps an entry with its neighbour in a list, among those that `is_peer`. Whether it moved.
fn step<T>(items: &mut [T], idx: usize, forward: bool, is_peer: impl Fn(&T) -> bool) -> bool {
    let mut others: Vec<usize> = (0..items.len()).filter(|idx| is_peer(&items[*idx])).collect();
    if !forward {
        others.reverse();
    }
    let next = others.iter().position(|other| *other == idx).and_then(|place| others.get(place + 1));
    match next {
        Some(next) => {
            items.swap(idx, *next);
            true
        }
        None => false,
    }
}
