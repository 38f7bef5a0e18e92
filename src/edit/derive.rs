//! What follows from an edit by itself: links that lost an end, entities without mentions, values
//! that the schema computes.
//!
//! Commands make the edits that a person asked for; [`complete`] adds the rest, so that one step
//! holds all of it, is stored whole and is undone whole. What to look at is found from the things
//! that the edits touch, never by a walk through the document; a change of the agency is the exception, and
//! one of the schema, which is about the labels and relation types that it has otherwise.

mod compute;

use std::rc::Rc;
use std::vec::IntoIter;

use crate::edit::checks::is_allowed;
use crate::edit::state::State;
use crate::edit::transaction::{Change, Edit};
use crate::model::annotation::Annotation;
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, EntityId, FieldKey, LabelId, RelationId, RelationTypeId};
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::Relation;
use crate::sorted::{keep_first, sort_unique};

/// How many things a step looks at: some milliseconds of work.
const STEP: usize = 512;

/// The edits with all that follows from them: one for each thing that is different afterwards.
/// Edits that do not fit the state come out as they are: applying them says why.
pub fn complete(state: &State, edits: Vec<Edit>, time_ms: u64) -> Vec<Edit> {
    let mut completing = Completing::new(state, edits, time_ms);
    while completing.step() {}
    completing.finish()
}

/// Whether an annotation's computed values are what is computed.
pub fn is_computed(state: &State, annotation: &Annotation) -> bool {
    compute::computed(state, annotation).is_none()
}

/// Edits on their way to being complete: between two steps the caller can let others at the page, say how far it
/// is, or leave it.
pub struct Completing {
    before: State,
    after: State,
    /// As they were given.
    edits: Vec<Edit>,
    /// Whether they fit the state, as far as is known.
    fits: bool,
    touched: Touched,
    time_ms: u64,
    /// Which of [`STAGES`] comes next.
    stage: usize,
    /// What is left to do of the one before.
    todo: IntoIter<Todo>,
    todo_len: usize,
}

/// Something that may have to go, to become another or to be computed.
enum Todo {
    Relation(RelationId),
    Mention(AnnotationId),
    Entity(EntityId),
    Value(AnnotationId),
}

/// What is looked for once what comes before is done. Values are computed from links, and links may ask for a
/// value.
const STAGES: [fn(&Completing) -> Vec<Todo>; 5] = [
    Completing::relations,
    |work| keep_first(work.touched.annotations.clone()).into_iter().map(Todo::Mention).collect(),
    Completing::emptied_entities,
    Completing::dependents,
    Completing::relations,
];

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

impl Completing {
    pub fn new(state: &State, edits: Vec<Edit>, time_ms: u64) -> Completing {
        let applied = state.apply_loosely(&edits);
        let mut touched = Touched::default();
        edits.iter().for_each(|edit| touched.note(edit));
        Completing {
            before: state.clone(),
            fits: applied.is_ok(),
            after: applied.map_or_else(|_| state.clone(), |(after, _)| after),
            edits,
            touched,
            time_ms,
            stage: 0,
            todo: Vec::new().into_iter(),
            todo_len: 0,
        }
    }

    /// Goes on a little. Whether there is more to do before [`Completing::finish`].
    pub fn step(&mut self) -> bool {
        for _ in 0..STEP {
            let Some(todo) = self.todo.next() else {
                let Some(stage) = STAGES.get(self.stage).filter(|_| self.fits) else { return false };
                self.todo = stage(self).into_iter();
                self.todo_len = self.todo.len();
                self.stage += 1;
                return true;
            };
            let done = match todo {
                Todo::Relation(id) => self.mend_relation(&id),
                Todo::Mention(id) => self.mend_mention(&id),
                Todo::Entity(id) => self.remove_if_empty(&id),
                Todo::Value(id) => self.compute(&id),
            };
            if done.is_none() {
                self.fits = false;
                return false;
            }
        }
        true
    }

    /// How much is done.
    pub fn percent(&self) -> usize {
        let done = 100 - self.todo.len() * 100 / self.todo_len.max(1);
        (self.stage.saturating_sub(1) * 100 + done) / STAGES.len()
    }

    /// The edits, once [`Completing::step`] said that there is no more to do.
    pub fn finish(self) -> Vec<Edit> {
        if self.fits { self.touched.changes(&self.before, &self.after) } else { self.edits }
    }

    /// `None` where the edit does not fit.
    fn push(&mut self, edit: Edit) -> Option<()> {
        let (after, _) = self.after.apply_loosely(std::slice::from_ref(&edit)).ok()?;
        self.after = after;
        self.touched.note(&edit);
        Some(())
    }

    /// The relations that may not go with what their ends are now, or with the schema.
    fn relations(&self) -> Vec<Todo> {
        let mut relations: Vec<&Rc<Relation>> = Vec::new();
        for id in &self.touched.annotations {
            relations.extend(self.after.relations.of(id));
        }
        if self.touched.schema {
            let (before, after) = (&self.before.schema, &self.after.schema);
            let kinds = before.relations.iter().chain(&after.relations).map(|kind| &kind.id);
            let others: Vec<&RelationTypeId> =
                kinds.filter(|kind| before.relation(kind) != after.relation(kind)).collect();
            let of_others = self.after.relations.iter().filter(|_| !others.is_empty());
            relations.extend(of_others.filter(|relation| others.contains(&&relation.kind)));
        }
        let ids: Vec<&RelationId> = relations.iter().map(|relation| &relation.id).collect();
        keep_first(ids).into_iter().map(|id| Todo::Relation(id.clone())).collect()
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

    fn mend_mention(&mut self, id: &AnnotationId) -> Option<()> {
        self.mend_entity(id)?;
        self.take_back_nothing_here(id)
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

    /// The entities that mentions left.
    fn emptied_entities(&self) -> Vec<Todo> {
        let before = self.touched.annotations.iter().filter_map(|id| self.before.annotations.get(id));
        let left: Vec<EntityId> = before.filter_map(|annotation| annotation.entity.clone()).collect();
        keep_first(left).into_iter().map(Todo::Entity).collect()
    }

    /// Entities that lost their last mention go.
    fn remove_if_empty(&mut self, id: &EntityId) -> Option<()> {
        let is_empty = self.after.annotations.mentions(id).next().is_none();
        match self.after.entities.get(id).filter(|_| is_empty).cloned() {
            Some(entity) => self.push(Edit::Entity(Change::removed(entity))),
            None => Some(()),
        }
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

    /// Gives an annotation its computed values.
    fn compute(&mut self, id: &AnnotationId) -> Option<()> {
        let Some(annotation) = self.after.annotations.get(id).cloned() else { return Some(()) };
        let Some(mut computed) = compute::computed(&self.after, &annotation) else { return Some(()) };
        computed.provenance.changed_ms = self.time_ms;
        self.push(Edit::Annotation(Change::replaced(annotation, Rc::new(computed))))
    }

    /// The annotations whose computed values may be others now. What quotations of their own are
    /// computed to comes first, since statements are computed from it.
    fn dependents(&self) -> Vec<Todo> {
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
        let (quotes, others): (Vec<_>, Vec<_>) = keep_first(found).into_iter().partition(is_quote);
        quotes.into_iter().chain(others).map(Todo::Value).collect()
    }

    /// The labels in use whose values the new schema computes otherwise. From what quotations are computed to,
    /// others are computed.
    fn recomputed_labels(&self) -> Vec<&LabelId> {
        let has_others = |id: &LabelId| {
            let [before, after] = [&self.before, &self.after].map(|state| {
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
