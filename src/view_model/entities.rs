//! The list of entities, and the mentions of one name that are not one entity.
//!
//! Made anew while someone looks, after each edit that concerns entities (`Edit::concerns_entities`).
//! The words of a mention are looked at once: what did not change keeps its name, so that such an
//! edit costs a walk over pointers and not over words.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::edit::state::State;
use crate::model::annotation::Annotation;
use crate::model::annotation_set::text_order;
use crate::model::document::Document;
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, EntityId, LabelId};
use crate::model::schema::{AttributeValue, Schema};
use crate::sorted::{SortedMap, sort_by, sort_unique};
use crate::text::span::TextOffset;
use crate::text::unicode::lower_case;

/// How many entities are offered to be joined with one.
const MERGES_MAX: usize = 100;

/// A label, and words without regard to case and white space.
pub type Name = (LabelId, Rc<str>);

/// An entity in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRow {
    pub entity: Rc<Entity>,
    pub mentions: usize,
    /// Where its first mention begins.
    first: TextOffset,
}

/// Mentions of one name that are not one entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub name: Name,
    /// The words of the first.
    pub words: Rc<str>,
    /// All of them, in text order.
    pub mentions: Vec<AnnotationId>,
}

/// The names that were found. Empty before the first look.
#[derive(Debug, Default)]
pub struct Names {
    /// The document and the schema that they were found in.
    found_in: Option<(Rc<Document>, Rc<Schema>)>,
    numbers: SortedMap<Name, usize>,
    /// All annotations in text order, each with the number of its name; `None` where it cannot be
    /// in an entity, or is no name.
    numbered: Vec<(Rc<Annotation>, Option<usize>)>,
}

/// All entities: in the order of their labels in the schema, then of their first mentions.
/// O(entities × log annotations + mentions).
pub fn entity_rows(state: &State) -> Vec<EntityRow> {
    let row = |entity: &Rc<Entity>| {
        let mut mentions = state.annotations.mentions(&entity.id).peekable();
        let first = mentions.peek().map_or(TextOffset(u32::MAX), |first| first.target.start());
        EntityRow { entity: entity.clone(), mentions: mentions.count(), first }
    };
    let mut rows: Vec<EntityRow> = state.entities.values().map(row).collect();
    let place =
        |row: &EntityRow| (state.schema.label_index(&row.entity.label).unwrap_or(usize::MAX), row.first);
    sort_by(&mut rows, |left, right| {
        place(left).cmp(&place(right)).then_with(|| left.entity.id.cmp(&right.entity.id))
    });
    rows
}

/// The places of the rows whose name or identifier holds `text`, without regard to case; all for an
/// empty text.
pub fn rows_with(rows: &[EntityRow], text: &str) -> Vec<usize> {
    let needle = lower_case(text.trim());
    let holds = |row: &EntityRow| {
        let Entity { name, identifier, .. } = row.entity.as_ref();
        needle.is_empty() || [name, identifier].iter().any(|text| lower_case(text).contains(&needle))
    };
    (0..rows.len()).filter(|idx| holds(&rows[*idx])).collect()
}

/// The entities that one could be joined with: those with its label, first those that share a word
/// of the name with it. At most [`MERGES_MAX`].
pub fn merge_options<'r>(rows: &'r [EntityRow], id: &EntityId) -> Vec<&'r Rc<Entity>> {
    let Some(this) = rows.iter().map(|row| &row.entity).find(|entity| entity.id == *id) else {
        return Vec::new();
    };
    let words =
        |name: &str| -> Vec<String> { lower_case(name).split_whitespace().map(String::from).collect() };
    let own = words(&this.name);
    let others = rows.iter().map(|row| &row.entity);
    let others: Vec<&Rc<Entity>> =
        others.filter(|other| other.label == this.label && other.id != *id).collect();
    let shares_a_word = |other: &&Rc<Entity>| words(&other.name).iter().any(|word| own.contains(word));
    let (mut alike, unlike): (Vec<_>, Vec<_>) = others.into_iter().partition(shares_a_word);
    alike.extend(unlike);
    alike.truncate(MERGES_MAX);
    alike
}

impl Names {
    /// The names whose mentions are not one entity, in the order of their first mentions. Pronouns
    /// are no names. O(annotations) over pointers, and over the words of what changed.
    pub fn proposals(&mut self, state: &State) -> Vec<Proposal> {
        self.bring_up_to_date(state);
        let mut groups: Vec<Group<'_>> = vec![Group::default(); self.numbers.len()];
        for (annotation, number) in &self.numbered {
            if let Some(number) = number {
                groups[*number].take(annotation);
            }
        }
        let mut proposals: Vec<(usize, &Rc<Annotation>, Proposal)> = Vec::new();
        for (name, number) in self.numbers.iter() {
            let group = &groups[*number];
            if let Some(first) = group.first.filter(|_| group.len > 1 && group.is_several) {
                let words = Rc::from(first.target.surface(&state.document.text));
                let proposal =
                    Proposal { name: name.clone(), words, mentions: Vec::with_capacity(group.len) };
                proposals.push((*number, first, proposal));
            }
        }
        sort_by(&mut proposals, |left, right| text_order(left.1, right.1));
        // Which proposal a name's mentions go to.
        let mut place_of: Vec<Option<usize>> = vec![None; groups.len()];
        proposals.iter().enumerate().for_each(|(place, (number, ..))| place_of[*number] = Some(place));
        for (annotation, number) in &self.numbered {
            if let Some(place) = number.and_then(|number| place_of[number]) {
                proposals[place].2.mentions.push(annotation.id.clone());
            }
        }
        proposals.into_iter().map(|(.., proposal)| proposal).collect()
    }

    fn bring_up_to_date(&mut self, state: &State) {
        let is_known = self.found_in.as_ref().is_some_and(|(document, schema)| {
            Rc::ptr_eq(document, &state.document) && Rc::ptr_eq(schema, &state.schema)
        });
        if !is_known {
            // All at once, and in order: one by one each would move those after it.
            let names = state.annotations.iter().filter_map(|annotation| name_of(state, annotation));
            let mut names: Vec<Name> = names.collect();
            sort_unique(&mut names);
            self.numbers = names.into_iter().enumerate().map(|(number, name)| (name, number)).collect();
            self.numbered.clear();
            self.found_in = Some((state.document.clone(), state.schema.clone()));
        }
        let mut old = std::mem::take(&mut self.numbered).into_iter().peekable();
        for annotation in state.annotations.iter() {
            while old.next_if(|(other, _)| text_order(other, annotation) == Ordering::Less).is_some() {}
            let number = match old.next_if(|(other, _)| Rc::ptr_eq(other, annotation)) {
                Some((_, number)) => number,
                None => name_of(state, annotation).map(|name| {
                    let next = self.numbers.len();
                    *self.numbers.get_or_insert(name, next)
                }),
            };
            self.numbered.push((annotation.clone(), number));
        }
    }
}

/// The mentions of one name.
#[derive(Clone, Copy, Default)]
struct Group<'n> {
    len: usize,
    first: Option<&'n Rc<Annotation>>,
    /// Whether they are not all of one entity.
    is_several: bool,
}

impl<'n> Group<'n> {
    fn take(&mut self, annotation: &'n Rc<Annotation>) {
        let first = *self.first.get_or_insert(annotation);
        self.len += 1;
        self.is_several |= annotation.entity.is_none() || annotation.entity != first.entity;
    }
}

/// What a mention is called; `None` where it can have no entity, or is a pronoun.
fn name_of(state: &State, annotation: &Annotation) -> Option<Name> {
    let is_entity = state.schema.label(&annotation.label).is_some_and(|label| label.is_entity);
    let form = annotation.attributes.get("mention").and_then(AttributeValue::as_text);
    let is_name = is_entity && form != Some("pronoun");
    is_name.then(|| (annotation.label.clone(), Rc::from(annotation.target.surface_key(&state.document.text))))
}

#[cfg(test)]
mod tests;
