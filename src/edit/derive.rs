//! What follows from an edit by itself: links that lost an end, entities without mentions, values
//! that the schema computes.
//!
//! Commands make the edits that a person asked for; [`complete`] adds the rest, so that one step
//! holds all of it, is stored whole and is undone whole. What to look at is found from the things
//! that the edits touch, never by a walk through the document; a change of the agency is the exception, and
//! one of the schema, which is about the labels and relation types that it has otherwise.

mod compute;

use std::rc::Rc;

use crate::edit::checks::is_allowed;
use crate::edit::state::State;
use crate::edit::transaction::{Change, Edit};
use crate::model::annotation::Annotation;
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, EntityId, FieldKey, LabelId, RelationId, RelationTypeId};
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::Relation;
use crate::sorted::{keep_first, sort_unique};

/// The edits with all that follows from them: one for each thing that is different afterwards.
/// Edits that do not fit the state come out as they are: applying them says why.
pub fn complete(state: &State, edits: Vec<Edit>, time_ms: u64) -> Vec<Edit> {
    let Ok((after, _)) = state.apply_loosely(&edits) else { return edits };
    let mut work = Completion { before: state, after, touched: Touched::default(), time_ms };
    edits.iter().for_each(|edit| work.touched.note(edit));
    // Values are computed from links, and links may ask for a value.
    if work.mend().and_then(|()| work.compute()).and_then(|()| work.mend_relations()).is_none() {
        return edits;
    }
    work.touched.changes(state, &work.after)
}

/// Whether an annotation's computed values are what is computed.
pub fn is_computed(state: &State, annotation: &Annotation) -> bool {
    compute::computed(state, annotation).is_none()
}

struct Completion<'s> {
    before: &'s State,
    after: State,
    touched: Touched,
    time_ms: u64,
}

/// The things that edits are of, in their order, some perhaps twice.
#[derive(Default)]
struct Touched {
    annotations: Vec<AnnotationId>,
    relations: Vec<RelationId>,
    /// The ends of the relations, before and after.
    ends: Vec<AnnotationId>,
    entities: Vec<EntityId>,
    fields: Vec<FieldKey>,
    paragraphs: Vec<u32>,
    schema: bool,
}

impl Touched {
    fn note(&mut self, edit: &Edit) {
        match edit {
            Edit::Annotation(change) => self.annotations.extend(change.side().map(|side| side.id.clone())),
            Edit::Relation(change) => {
                self.relations.extend(change.side().map(|side| side.id.clone()));
                for relation in change.sides() {
                    self.ends.extend([relation.from.clone(), relation.to.clone()]);
                }
            }
            Edit::Entity(change) => self.entities.extend(change.side().map(|side| side.id.clone())),
            Edit::Field { key, .. } => self.fields.push(key.clone()),
            Edit::Paragraph { paragraph, .. } => self.paragraphs.push(*paragraph),
            Edit::Schema(_) => self.schema = true,
        }
    }

    /// An edit for each thing that two states have differently. The schema comes first, what is
    /// linked after what it is linked to.
    fn changes(self, before: &State, after: &State) -> Vec<Edit> {
        let mut edits = Vec::new();
        if self.schema {
            edits.push(Edit::Schema(Change::replaced(before.schema.clone(), after.schema.clone())));
        }
        for id in keep_first(self.annotations) {
            let change = change_of(before.annotations.get(&id), after.annotations.get(&id));
            edits.extend(change.map(Edit::Annotation));
        }
        for id in keep_first(self.entities) {
            let change = change_of(before.entities.get(&id), after.entities.get(&id));
            edits.extend(change.map(Edit::Entity));
        }
        for id in keep_first(self.relations) {
            let change = change_of(before.relations.get(&id), after.relations.get(&id));
            edits.extend(change.map(Edit::Relation));
        }
        for key in keep_first(self.fields) {
            let change = change_of(before.fields.get(&key), after.fields.get(&key));
            edits.extend(change.map(|change| Edit::Field { key, change }));
        }
        for paragraph in keep_first(self.paragraphs) {
            let change = change_of(before.paragraphs.get(&paragraph), after.paragraphs.get(&paragraph));
            edits.extend(change.map(|change| Edit::Paragraph { paragraph, change }));
        }
        edits
    }
}

/// `None` where nothing changed.
fn change_of<T: Clone + PartialEq>(before: Option<&T>, after: Option<&T>) -> Option<Change<T>> {
    (before != after).then(|| Change { before: before.cloned(), after: after.cloned() })
}

impl Completion<'_> {
    /// `None` where the edit does not fit.
    fn push(&mut self, edit: Edit) -> Option<()> {
        let (after, _) = self.after.apply_loosely(std::slice::from_ref(&edit)).ok()?;
        self.after = after;
        self.touched.note(&edit);
        Some(())
    }

    /// Relations, entities and paragraphs that do not go with the annotations any more.
    fn mend(&mut self) -> Option<()> {
        self.mend_relations()?;
        for id in keep_first(self.touched.annotations.clone()) {
            self.mend_entity(&id)?;
            self.take_back_nothing_here(&id)?;
        }
        self.remove_empty_entities()
    }

    /// Relations that do not go with what their ends are now.
    fn mend_relations(&mut self) -> Option<()> {
        let mut relations: Vec<Rc<Relation>> = Vec::new();
        for id in &self.touched.annotations {
            relations.extend(self.after.relations.of(id).cloned());
        }
        if self.touched.schema {
            let (before, after) = (&self.before.schema, &self.after.schema);
            let kinds = before.relations.iter().chain(&after.relations).map(|kind| &kind.id);
            let others: Vec<&RelationTypeId> =
                kinds.filter(|kind| before.relation(kind) != after.relation(kind)).collect();
            let of_others = self.after.relations.iter().filter(|_| !others.is_empty());
            relations.extend(of_others.filter(|relation| others.contains(&&relation.kind)).cloned());
        }
        let ids = relations.iter().map(|relation| relation.id.clone()).collect();
        for id in keep_first(ids) {
            self.mend_relation(&id)?;
        }
        Some(())
    }

    /// Takes a relation away that lost an end or that the schema forbids now. Where only the
    /// attribute that its type asks of an end is another, it takes the type that goes with that.
    fn mend_relation(&mut self, id: &RelationId) -> Option<()> {
        let relation = self.after.relations.get(id)?.clone();
        if is_allowed(&self.after, &relation) && self.after.ends_of(&relation).is_some() {
            return Some(());
        }
        if let Some(kind) = self.sibling_type(&relation) {
            let mut retyped = Relation { kind, ..relation.as_ref().clone() };
            retyped.provenance.changed_ms = self.time_ms;
            let has_twin = self.after.relations.of(&retyped.from).any(|other| other.says_the_same(&retyped));
            if !has_twin {
                return self.push(Edit::Relation(Change::replaced(relation, Rc::new(retyped))));
            }
        }
        self.push(Edit::Relation(Change::removed(relation)))
    }

    /// The type under the same key that fits where a relation's own type fits but for the value of
    /// the attribute that it asks for.
    fn sibling_type(&self, relation: &Relation) -> Option<RelationTypeId> {
        let (from, to) = self.after.ends_of(relation)?;
        let schema = &self.after.schema;
        let kind = schema.relation(&relation.kind)?;
        let (key, _) = kind.when_from.as_ref()?;
        if !kind.from.contains(&from.label) || !kind.to.contains(&to.label) {
            return None;
        }
        let mut siblings = schema.relations.iter().filter(|sibling| {
            sibling.key == kind.key
                && sibling.when_from.as_ref().is_some_and(|(other, _)| other == key)
                && sibling.allows(from, to)
        });
        siblings.next().map(|sibling| sibling.id.clone())
    }

    /// A mention that got another label takes its entity along where it is the only one, and leaves
    /// it otherwise.
    fn mend_entity(&mut self, id: &AnnotationId) -> Option<()> {
        let (before, Some(after)) = (self.before.annotations.get(id), self.after.annotations.get(id)) else {
            return Some(());
        };
        let is_relabelled = before.is_some_and(|before| before.label != after.label);
        let Some(entity) = self.after.entity_of(after).filter(|entity| entity.label != after.label) else {
            return Some(());
        };
        if !is_relabelled {
            return Some(());
        }
        let (entity, after) = (entity.clone(), after.clone());
        if self.after.annotations.mentions(&entity.id).nth(1).is_none() {
            let mut relabelled = Entity { label: after.label.clone(), ..entity.as_ref().clone() };
            relabelled.provenance.changed_ms = self.time_ms;
            return self.push(Edit::Entity(Change::replaced(entity, Rc::new(relabelled))));
        }
        let alone = Annotation { entity: None, ..after.as_ref().clone() };
        self.push(Edit::Annotation(Change::replaced(after, Rc::new(alone))))
    }

    /// Entities that lost their last mention go.
    fn remove_empty_entities(&mut self) -> Option<()> {
        let before = self.touched.annotations.iter().filter_map(|id| self.before.annotations.get(id));
        let left: Vec<EntityId> = before.filter_map(|annotation| annotation.entity.clone()).collect();
        for id in keep_first(left) {
            let is_empty = self.after.annotations.mentions(&id).next().is_none();
            if let Some(entity) = self.after.entities.get(&id).filter(|_| is_empty).cloned() {
                self.push(Edit::Entity(Change::removed(entity)))?;
            }
        }
        Some(())
    }

    /// A paragraph with an annotation is not one with nothing in it.
    fn take_back_nothing_here(&mut self, id: &AnnotationId) -> Option<()> {
        let Some(annotation) = self.after.annotations.get(id).filter(|_| !self.after.paragraphs.is_empty())
        else {
            return Some(());
        };
        let (target, document) = (annotation.target.clone(), self.after.document.clone());
        let blocks = &document.index.blocks;
        for fragment in target.fragments() {
            for block in &blocks.blocks()[blocks.blocks_touching(*fragment)] {
                let before = ParagraphState::NothingHere;
                if self.after.paragraphs.get(&block.paragraph) == Some(&before) {
                    let change = Change::replaced(before, ParagraphState::Seen);
                    self.push(Edit::Paragraph { paragraph: block.paragraph, change })?;
                }
            }
        }
        Some(())
    }

    /// Gives the annotations that depend on what was edited their computed values.
    fn compute(&mut self) -> Option<()> {
        for id in self.dependents() {
            let Some(annotation) = self.after.annotations.get(&id).cloned() else { continue };
            let Some(mut computed) = compute::computed(&self.after, &annotation) else { continue };
            computed.provenance.changed_ms = self.time_ms;
            self.push(Edit::Annotation(Change::replaced(annotation, Rc::new(computed))))?;
        }
        Some(())
    }

    /// The annotations whose computed values may be others now. What quotations of their own are
    /// computed to comes first, since statements are computed from it.
    fn dependents(&self) -> Vec<AnnotationId> {
        let (after, touched) = (&self.after, &self.touched);
        let mut found: Vec<AnnotationId> = touched.ends.clone();
        let mut entities = touched.entities.clone();
        for id in &touched.annotations {
            found.push(id.clone());
            found.extend(after.relations.of(id).map(|relation| relation.other_end(id).clone()));
            for annotation in self.before.annotations.get(id).into_iter().chain(after.annotations.get(id)) {
                entities.extend(annotation.entity.clone());
                if annotation.label.as_str() == compute::QUOTE {
                    after.annotations.overlapping(annotation.target.envelope(), |other| {
                        found.push(other.id.clone());
                    });
                }
            }
        }
        sort_unique(&mut entities);
        for mention in entities.iter().flat_map(|entity| after.annotations.mentions(entity)) {
            found.extend(after.relations.of(&mention.id).map(|relation| relation.to.clone()));
        }
        if touched.fields.iter().any(|key| key.as_str() == compute::AGENCY) {
            let said = after.annotations.iter().filter(|annotation| compute::is_reporters(annotation));
            found.extend(said.map(|annotation| annotation.id.clone()));
        }
        if touched.schema {
            let labels = self.recomputed_labels();
            let annotations = after.annotations.iter().filter(|_| !labels.is_empty());
            let recomputed = annotations.filter(|annotation| labels.contains(&&annotation.label));
            found.extend(recomputed.map(|annotation| annotation.id.clone()));
        }
        let is_quote = |id: &AnnotationId| {
            after.annotations.get(id).is_some_and(|found| found.label.as_str() == compute::QUOTE)
        };
        let (mut quotes, others): (Vec<_>, Vec<_>) = keep_first(found).into_iter().partition(is_quote);
        quotes.extend(others);
        quotes
    }

    /// The labels in use whose values the new schema computes otherwise. From what quotations are computed to,
    /// others are computed.
    fn recomputed_labels(&self) -> Vec<&LabelId> {
        let has_others = |id: &LabelId| {
            let [before, after] = [self.before, &self.after].map(|state| {
                let attributes = state.schema.label(id).into_iter().flat_map(|label| &label.attributes);
                attributes.filter(|attribute| attribute.computed.is_some()).collect::<Vec<_>>()
            });
            before != after
        };
        let in_use = || self.after.annotations.counts().keys();
        let is_all = in_use().any(|id| id.as_str() == compute::QUOTE && has_others(id));
        in_use().filter(|id| is_all || has_others(id)).collect()
    }
}
