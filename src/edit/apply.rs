//! Applying edits to a state: checked, whole or not at all.

use std::rc::Rc;

use crate::edit::state::State;
use crate::edit::transaction::Edit;
use crate::model::ids::{AnnotationId, FieldKey};
use crate::text::span::TextSpan;

/// Why an edit cannot be applied. The state stays as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum EditError {
    /// The annotation is not what the edit was made for: changed, missing or already there.
    AnnotationDiffers(AnnotationId),
    /// The field is not what the edit was made for.
    FieldDiffers(FieldKey),
    /// The span ends past the text or cuts a character.
    OutsideText(AnnotationId),
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
    pub fields: usize,
}

impl State {
    /// The state after `edits`, and what they touched. O(edits × log annotations).
    pub fn apply(&self, edits: &[Edit]) -> Result<(State, ChangeSummary), EditError> {
        let mut state = self.clone();
        let mut summary = ChangeSummary::default();
        for edit in edits {
            state.apply_one(edit, &mut summary)?;
        }
        Ok((state, summary))
    }

    fn apply_one(&mut self, edit: &Edit, summary: &mut ChangeSummary) -> Result<(), EditError> {
        match edit {
            Edit::Annotation(change) => {
                let sides = [&change.before, &change.after];
                let mut ids = sides.iter().filter_map(|side| side.as_ref().map(|annotation| &annotation.id));
                let id = ids.next().ok_or(EditError::Malformed)?;
                if ids.any(|other| other != id) {
                    return Err(EditError::Malformed);
                }
                if self.annotations.get(id) != change.before.as_ref() {
                    return Err(EditError::AnnotationDiffers(id.clone()));
                }
                match (&change.before, &change.after) {
                    (None, _) => summary.added += 1,
                    (Some(_), None) => summary.removed += 1,
                    (Some(_), Some(_)) => summary.changed += 1,
                }
                for annotation in sides.into_iter().flatten() {
                    summary.spans.extend_from_slice(annotation.target.fragments());
                }
                match &change.after {
                    Some(after) => {
                        if !after.target.fragments().iter().all(|fragment| self.document.holds(*fragment)) {
                            return Err(EditError::OutsideText(id.clone()));
                        }
                        self.annotations.insert(after.clone());
                    }
                    None => {
                        self.annotations.remove(id);
                    }
                }
            }
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
            }
        }
        Ok(())
    }
}
