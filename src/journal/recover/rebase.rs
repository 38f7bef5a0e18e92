//! What a transaction made of the things it touches, on another state than it was made for.

use std::rc::Rc;

use crate::edit::apply::EditError;
use crate::edit::state::State;
use crate::edit::transaction::{Change, Edit, Origin, Transaction};
use crate::formats::json::entity_of_mention;
use crate::model::annotation::Annotation;
use crate::model::ids::RelationId;
use crate::model::relation::Relation;
use crate::sorted::sort_by_key;

/// A transaction of a person's own with the outcome of another one.
pub(super) struct Rebased {
    pub(super) transaction: Transaction,
    /// Why some of it was left out, the last reason.
    pub(super) refused: Option<EditError>,
    /// The relations that were left out because an annotation at an end is lost.
    pub(super) dangling: Vec<RelationId>,
}

/// The same outcome from another state: each thing becomes what the transaction made of it, as a
/// step of the person's own. Edits that cannot be applied are left out. What follows from those
/// that can is added: relations go with their ends, and an entity that is lost is made again.
pub(super) fn rebased(state: &State, transaction: &Transaction) -> Rebased {
    let mut rebase = Rebase { state: state.clone(), edits: Vec::new(), refused: None, dangling: Vec::new() };
    let mut edits: Vec<&Edit> = transaction.edits.iter().collect();
    sort_by_key(&mut edits, |edit| order_of(edit));
    edits.into_iter().for_each(|edit| rebase.take_up(edit));
    let Rebase { edits, refused, dangling, .. } = rebase;
    let transaction = Transaction { edits, origin: Origin::User, ..transaction.clone() };
    Rebased { transaction, refused, dangling }
}

/// The order in which edits can be applied one by one: what hangs on a thing comes after it and
/// goes before it.
fn order_of(edit: &Edit) -> u8 {
    match edit {
        Edit::Schema(_) => 0,
        Edit::Entity(Change { after: Some(_), .. }) => 1,
        Edit::Relation(Change { after: None, .. }) => 2,
        Edit::Annotation(_) => 3,
        Edit::Relation(Change { after: Some(_), .. }) => 4,
        Edit::Entity(Change { after: None, .. }) => 5,
        Edit::Field { .. } | Edit::Paragraph { .. } => 6,
    }
}

struct Rebase {
    state: State,
    edits: Vec<Edit>,
    refused: Option<EditError>,
    dangling: Vec<RelationId>,
}

impl Rebase {
    fn take_up(&mut self, edit: &Edit) {
        match edit {
            Edit::Annotation(change) => self.take_up_annotation(change),
            Edit::Relation(change) => self.take_up_relation(change),
            Edit::Entity(change) => {
                let Some(id) = change.side().map(|entity| entity.id.clone()) else { return };
                // One that still has mentions, since the record that took the last is lost, stays.
                let has_mentions = self.state.annotations.mentions(&id).next().is_some();
                if change.after.is_some() || !has_mentions {
                    let before = self.state.entities.get(&id).cloned();
                    self.become_so(before, change.after.clone(), Edit::Entity);
                }
            }
            Edit::Field { key, change } => {
                let before = self.state.fields.get(key).cloned();
                let field = |change| Edit::Field { key: key.clone(), change };
                self.become_so(before, change.after.clone(), field);
            }
            Edit::Paragraph { paragraph, change } => {
                let before = self.state.paragraphs.get(paragraph).copied();
                let state = |change| Edit::Paragraph { paragraph: *paragraph, change };
                self.become_so(before, change.after, state);
            }
            Edit::Schema(change) => {
                let before = Some(self.state.schema.clone());
                self.become_so(before, change.after.clone(), Edit::Schema);
            }
        }
    }

    fn take_up_annotation(&mut self, change: &Change<Rc<Annotation>>) {
        let Some(id) = change.side().map(|annotation| annotation.id.clone()) else { return };
        let before = self.state.annotations.get(&id).cloned();
        if before == change.after {
            return;
        }
        let mut edits = Vec::new();
        match &change.after {
            Some(after) => {
                let lost = after.entity.as_ref().filter(|id| !self.state.entities.contains_key(*id));
                let made = lost.map(|id| entity_of_mention(&self.state.document, id, after));
                edits.extend(made.map(|entity| Edit::Entity(Change::added(Rc::new(entity)))));
            }
            None => {
                let relations = self.state.relations.of(&id).cloned();
                edits.extend(relations.map(|relation| Edit::Relation(Change::removed(relation))));
            }
        }
        edits.push(Edit::Annotation(Change { before, after: change.after.clone() }));
        self.push(edits);
    }

    fn take_up_relation(&mut self, change: &Change<Rc<Relation>>) {
        let Some(id) = change.side().map(|relation| relation.id.clone()) else { return };
        if change.after.as_ref().is_some_and(|after| self.state.ends_of(after).is_none()) {
            return self.dangling.push(id);
        }
        let before = self.state.relations.get(&id).cloned();
        self.become_so(before, change.after.clone(), Edit::Relation);
    }

    /// Nothing where all is already as the edit would make it.
    fn become_so<T: PartialEq>(
        &mut self,
        before: Option<T>,
        after: Option<T>,
        edit: impl Fn(Change<T>) -> Edit,
    ) {
        if before != after {
            self.push(vec![edit(Change { before, after })]);
        }
    }

    /// All of these edits, or none.
    fn push(&mut self, edits: Vec<Edit>) {
        match self.state.apply(&edits) {
            Ok((after, _)) => {
                self.state = after;
                self.edits.extend(edits);
            }
            Err(error) => self.refused = Some(error),
        }
    }
}
