//! What a snapshot lost, from the undo history.

use std::rc::Rc;

use crate::edit::transaction::Edit;
use crate::journal::damage::{Damage, Part};
use crate::journal::snapshot::SnapshotParts;
use crate::journal::wire::schema_to_json;
use crate::model::ids::{AnnotationId, EntityId, FieldKey, RelationId};
use crate::sorted::{SortedSet, sort_unique};

/// Brings back what is lost but stands in the history: the last step that touched a thing says how
/// it is now.
pub(super) fn restore_lost(parts: &mut SnapshotParts, damages: &mut Vec<Damage>) {
    let done = parts.done.iter().rev().flat_map(|step| step.edits.iter().rev());
    let undone = parts.undone.iter().rev().flat_map(|step| step.edits.iter());
    let now: Vec<Edit> = done.cloned().chain(undone.map(Edit::inverse)).collect();
    let mut seen = Seen::new(parts);
    for edit in &now {
        if let Some((part, name)) = seen.take_up(edit, parts) {
            damages.push(Damage::Restored { part, name });
        }
    }
}

/// The things that are there, or of which a later step said that they are gone.
struct Seen {
    annotations: SortedSet<AnnotationId>,
    relations: SortedSet<RelationId>,
    entities: SortedSet<EntityId>,
    fields: SortedSet<FieldKey>,
    paragraphs: SortedSet<u32>,
    schema: bool,
}

impl Seen {
    fn new(parts: &SnapshotParts) -> Seen {
        // In order, or each insertion would move half of the others.
        let mut annotations: Vec<AnnotationId> =
            parts.annotations.iter().map(|annotation| annotation.id.clone()).collect();
        sort_unique(&mut annotations);
        Seen {
            annotations: annotations.into_iter().collect(),
            relations: parts.relations.iter().map(|relation| relation.id.clone()).collect(),
            entities: parts.entities.iter().map(|entity| entity.id.clone()).collect(),
            fields: parts.fields.keys().cloned().collect(),
            paragraphs: parts.paragraphs.iter().map(|(paragraph, _)| *paragraph).collect(),
            schema: parts.schema_json.is_some(),
        }
    }

    /// What an edit brought back, if it is the last one on its thing and that is lost.
    fn take_up(&mut self, edit: &Edit, parts: &mut SnapshotParts) -> Option<(Part, Rc<str>)> {
        match edit {
            Edit::Annotation(change) => {
                let id = change.side()?.id.clone();
                let is_first = self.annotations.insert(id.clone());
                let after = change.after.as_ref().filter(|_| is_first)?;
                parts.annotations.push(after.as_ref().clone());
                Some((Part::Annotations, id.0))
            }
            Edit::Relation(change) => {
                let id = change.side()?.id.clone();
                let is_first = self.relations.insert(id.clone());
                let after = change.after.as_ref().filter(|_| is_first)?;
                parts.relations.push(after.as_ref().clone());
                Some((Part::Relations, id.0))
            }
            Edit::Entity(change) => {
                let id = change.side()?.id.clone();
                let is_first = self.entities.insert(id.clone());
                let after = change.after.as_ref().filter(|_| is_first)?;
                parts.entities.push(after.as_ref().clone());
                Some((Part::Entities, id.0))
            }
            Edit::Field { key, change } => {
                let is_first = self.fields.insert(key.clone());
                let after = change.after.as_ref().filter(|_| is_first)?;
                parts.fields.insert(key.clone(), after.clone());
                Some((Part::Fields, key.0.clone()))
            }
            Edit::Paragraph { paragraph, change } => {
                let is_first = self.paragraphs.insert(*paragraph);
                let after = change.after.filter(|_| is_first)?;
                parts.paragraphs.push((*paragraph, after));
                Some((Part::Paragraphs, Rc::from(paragraph.to_string())))
            }
            Edit::Schema(change) => {
                let after = change.after.as_ref().filter(|_| !std::mem::replace(&mut self.schema, true))?;
                parts.schema_json = Some(schema_to_json(after));
                Some((Part::Schema, after.id.clone()))
            }
        }
    }
}
