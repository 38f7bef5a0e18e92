//! Applying edits to a state: checked, whole or not at all.

use std::rc::Rc;

use crate::edit::state::State;
use crate::edit::transaction::{Change, Edit};
use crate::model::annotation::Annotation;
use crate::model::annotation_set::Exchange;
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, EntityId, FieldKey, RelationId};
use crate::model::relation::Relation;
use crate::text::span::TextSpan;

/// So many edits of annotations in a row are applied together, where they are at least one for each
/// [`RUN_PART`] annotations: fewer are quicker one by one.
const RUN_MIN: usize = 64;
const RUN_PART: usize = 32;

/// Why an edit cannot be applied. The state stays as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum EditError {
    /// The annotation is not what the edit was made for: changed, missing or already there.
    AnnotationDiffers(AnnotationId),
    /// The relation is not what the edit was made for.
    RelationDiffers(RelationId),
    /// The entity is not what the edit was made for.
    EntityDiffers(EntityId),
    /// The field is not what the edit was made for.
    FieldDiffers(FieldKey),
    /// The paragraph is not what the edit was made for, or the text has no such paragraph.
    ParagraphDiffers(u32),
    /// The schema is not what the edit was made for.
    SchemaDiffers,
    /// The span ends past the text or cuts a character.
    OutsideText(AnnotationId),
    /// The relation would lack an annotation at an end, or have the same at both.
    Dangling(RelationId),
    /// The annotation would be a mention of an entity that is not there.
    NoEntity(AnnotationId),
    /// The two sides of the edit have different ids, or the edit has no side.
    Malformed,
}

/// What a set of edits touched, for those who draw and list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeSummary {
    /// The spans whose marks may look different now.
    pub spans: Vec<TextSpan>,
    pub added: usize,
    pub removed: usize,
    pub changed: usize,
    pub relations: usize,
    pub entities: usize,
    pub fields: usize,
    /// The paragraphs whose state is another now.
    pub paragraphs: Vec<u32>,
    /// Whether every mark may look different now.
    pub schema: bool,
}

impl State {
    /// The state after `edits`, and what they touched. O(edits × log annotations), or O(annotations) where
    /// that is less; a change of the schema costs O(annotations) when warnings are next asked for.
    pub fn apply(&self, edits: &[Edit]) -> Result<(State, ChangeSummary), EditError> {
        let (state, summary) = self.apply_loosely(edits)?;
        edits.iter().try_for_each(|edit| state.check_links(edit))?;
        Ok((state, summary))
    }

    /// As [`State::apply`], but what edits leave dangling is not looked for: more edits follow.
    pub(super) fn apply_loosely(&self, edits: &[Edit]) -> Result<(State, ChangeSummary), EditError> {
        let mut state = self.clone();
        let mut summary = ChangeSummary::default();
        let is_annotation = |edit: &Edit| matches!(edit, Edit::Annotation(_));
        for run in edits.chunk_by(|left, right| is_annotation(left) && is_annotation(right)) {
            if !state.apply_run(run, &mut summary)? {
                run.iter().try_for_each(|edit| state.apply_one(edit, &mut summary))?;
            }
        }
        state.keep_warned(self, edits);
        Ok((state, summary))
    }

    /// Applies edits of annotations together, where they are many and each is of another one. Whether it did.
    fn apply_run(&mut self, run: &[Edit], summary: &mut ChangeSummary) -> Result<bool, EditError> {
        if run.len() < RUN_MIN || run.len().saturating_mul(RUN_PART) < self.annotations.len() {
            return Ok(false);
        }
        let changes = || {
            run.iter()
                .filter_map(|edit| if let Edit::Annotation(change) = edit { Some(change) } else { None })
        };
        let sides: Vec<_> = changes().map(|change| (change.before.as_ref(), change.after.as_ref())).collect();
        let Some(exchange) = Exchange::new(&sides) else { return Ok(false) };
        for change in changes() {
            self.check_annotation(change, summary)?;
        }
        self.annotations.exchange(exchange);
        Ok(true)
    }

    fn apply_one(&mut self, edit: &Edit, summary: &mut ChangeSummary) -> Result<(), EditError> {
        match edit {
            Edit::Annotation(change) => {
                let id = self.check_annotation(change, summary)?;
                match &change.after {
                    Some(after) => self.annotations.insert(after.clone()),
                    None => drop(self.annotations.remove(id)),
                }
                Ok(())
            }
            Edit::Relation(change) => self.apply_relation(change, summary),
            Edit::Entity(change) => self.apply_entity(change, summary),
            Edit::Field { key, change } => {
                if self.fields.get(key) != change.before.as_ref() {
                    return Err(EditError::FieldDiffers(key.clone()));
                }
                summary.fields += 1;
                let fields = Rc::make_mut(&mut self.fields);
                match &change.after {
                    Some(after) => fields.insert(key.clone(), after.clone()),
                    None => fields.remove(key),
                };
                Ok(())
            }
            Edit::Paragraph { paragraph, change } => {
                let is_there = (*paragraph as usize) < self.document.index.blocks.paragraphs().len();
                if !is_there || self.paragraphs.get(paragraph) != change.before.as_ref() {
                    return Err(EditError::ParagraphDiffers(*paragraph));
                }
                summary.paragraphs.push(*paragraph);
                let paragraphs = Rc::make_mut(&mut self.paragraphs);
                match change.after {
                    Some(after) => paragraphs.insert(*paragraph, after),
                    None => paragraphs.remove(paragraph),
                };
                Ok(())
            }
            Edit::Schema(change) => {
                let (Some(before), Some(after)) = (&change.before, &change.after) else {
                    return Err(EditError::Malformed);
                };
                if !Rc::ptr_eq(&self.schema, before) && self.schema != *before {
                    return Err(EditError::SchemaDiffers);
                }
                summary.schema = true;
                self.schema = after.clone();
                Ok(())
            }
        }
    }

    /// Whether an edit fits the annotation that is there, and notes what it touches. The annotation's id.
    fn check_annotation<'c>(
        &self,
        change: &'c Change<Rc<Annotation>>,
        summary: &mut ChangeSummary,
    ) -> Result<&'c AnnotationId, EditError> {
        let id = id_of(change, |annotation| &annotation.id)?;
        if !is_same(self.annotations.get(id), change.before.as_ref()) {
            return Err(EditError::AnnotationDiffers(id.clone()));
        }
        match (&change.before, &change.after) {
            (None, _) => summary.added += 1,
            (Some(_), None) => summary.removed += 1,
            (Some(_), Some(_)) => summary.changed += 1,
        }
        for annotation in change.sides() {
            summary.spans.extend_from_slice(annotation.target.fragments());
        }
        match &change.after {
            Some(after)
                if !after.target.fragments().iter().all(|fragment| self.document.holds(*fragment)) =>
            {
                Err(EditError::OutsideText(id.clone()))
            }
            _ => Ok(id),
        }
    }

    fn apply_relation(
        &mut self,
        change: &Change<Rc<Relation>>,
        summary: &mut ChangeSummary,
    ) -> Result<(), EditError> {
        let id = id_of(change, |relation| &relation.id)?;
        if !is_same(self.relations.get(id), change.before.as_ref()) {
            return Err(EditError::RelationDiffers(id.clone()));
        }
        summary.relations += 1;
        match &change.after {
            Some(after) => self.relations.insert(after.clone()),
            None => drop(self.relations.remove(id)),
        }
        Ok(())
    }

    fn apply_entity(
        &mut self,
        change: &Change<Rc<Entity>>,
        summary: &mut ChangeSummary,
    ) -> Result<(), EditError> {
        let id = id_of(change, |entity| &entity.id)?;
        if self.entities.get(id) != change.before.as_ref() {
            return Err(EditError::EntityDiffers(id.clone()));
        }
        summary.entities += 1;
        let entities = Rc::make_mut(&mut self.entities);
        match &change.after {
            Some(after) => entities.insert(id.clone(), after.clone()),
            None => entities.remove(id),
        };
        Ok(())
    }

    /// Whether what an edit touched is linked to nothing that is not there.
    fn check_links(&self, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::Annotation(Change { after: Some(after), .. }) => {
                let is_there = after.entity.as_ref().is_none_or(|entity| self.entities.contains_key(entity));
                // What a later edit of the same transaction changes again is checked there.
                let is_last = is_same(self.annotations.get(&after.id), Some(after));
                if is_last && !is_there { Err(EditError::NoEntity(after.id.clone())) } else { Ok(()) }
            }
            Edit::Annotation(Change { before: Some(before), after: None }) => {
                let dangling = self.relations.of(&before.id).next();
                let is_gone = self.annotations.get(&before.id).is_none();
                match dangling.filter(|_| is_gone) {
                    Some(relation) => Err(EditError::Dangling(relation.id.clone())),
                    None => Ok(()),
                }
            }
            Edit::Relation(Change { after: Some(after), .. }) => {
                let is_last = is_same(self.relations.get(&after.id), Some(after));
                let is_linked = self.ends_of(after).is_some() && after.from != after.to;
                if is_last && !is_linked { Err(EditError::Dangling(after.id.clone())) } else { Ok(()) }
            }
            Edit::Entity(Change { before: Some(before), after: None }) => {
                let is_gone = !self.entities.contains_key(&before.id);
                match self.annotations.mentions(&before.id).next().filter(|_| is_gone) {
                    Some(mention) => Err(EditError::NoEntity(mention.id.clone())),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }
}

/// Whether two things are the same. Mostly they are one, and nothing in them has to be compared.
fn is_same<T: PartialEq>(left: Option<&Rc<T>>, right: Option<&Rc<T>>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => Rc::ptr_eq(left, right) || left == right,
        (left, right) => left.is_none() && right.is_none(),
    }
}

/// The id of both sides of a change, which must be one.
fn id_of<T, Id: PartialEq>(change: &Change<Rc<T>>, id: impl Fn(&T) -> &Id) -> Result<&Id, EditError> {
    let mut ids = [&change.before, &change.after].into_iter().flatten().map(|side| id(side));
    let first = ids.next().ok_or(EditError::Malformed)?;
    if ids.any(|other| other != first) { Err(EditError::Malformed) } else { Ok(first) }
}
