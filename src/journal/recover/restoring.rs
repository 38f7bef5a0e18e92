//! The editor of a snapshot alone, in steps: what of its parts fits the text and each other.

use std::rc::Rc;
use std::vec;

use crate::edit::editor::Editor;
use crate::edit::history::History;
use crate::edit::state::State;
use crate::formats::json::with_missing_entities;
use crate::journal::damage::Damage;
use crate::journal::recover::{Replay, Way, WrongText, keep_fitting};
use crate::journal::snapshot::SnapshotParts;
use crate::model::annotation::Annotation;
use crate::model::annotation_set::{AnnotationSet, Gathering};
use crate::model::document::Document;
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::{Relation, RelationSet};
use crate::model::schema::Schema;

/// How many annotations are looked at in a step: a millisecond of work.
const STEP: usize = 2_048;

/// The parts of a snapshot, on their way into an editor.
pub struct Restoring {
    document: Rc<Document>,
    schema: Rc<Schema>,
    /// Without the annotations, which are taken one after the other.
    parts: SnapshotParts,
    annotations: vec::IntoIter<Annotation>,
    inside: Vec<Rc<Annotation>>,
    gathering: Option<Gathering>,
    damages: Vec<Damage>,
}

impl Restoring {
    /// The parts must be of the document's text.
    pub fn new(
        document: Rc<Document>,
        schema: Rc<Schema>,
        mut parts: SnapshotParts,
    ) -> Result<Restoring, WrongText> {
        if *document.sha256() != parts.text_sha256 {
            return Err(WrongText {
                expected_sha256: parts.text_sha256,
                found_sha256: document.sha256().clone(),
            });
        }
        let annotations = std::mem::take(&mut parts.annotations);
        Ok(Restoring {
            document,
            schema,
            parts,
            inside: Vec::with_capacity(annotations.len()),
            annotations: annotations.into_iter(),
            gathering: None,
            damages: Vec::new(),
        })
    }

    /// Goes on a little. Whether there is more to do before [`Restoring::finish`].
    pub fn step(&mut self) -> bool {
        if let Some(gathering) = &mut self.gathering {
            return gathering.step();
        }
        for annotation in self.annotations.by_ref().take(STEP) {
            if annotation.target.fragments().iter().all(|fragment| self.document.holds(*fragment)) {
                self.inside.push(Rc::new(annotation));
            } else {
                self.damages.push(Damage::OutsideText { id: annotation.id });
            }
        }
        if self.annotations.as_slice().is_empty() {
            self.gathering = Some(Gathering::new(std::mem::take(&mut self.inside)));
        }
        true
    }

    /// How much is done.
    pub fn percent(&self) -> usize {
        let (inside, left) = (self.inside.len(), self.annotations.len());
        let looked_at = || inside * 20 / (inside + left).max(1);
        self.gathering.as_ref().map_or_else(looked_at, |gathering| 20 + gathering.percent() * 4 / 5)
    }

    /// The editor, for the records to come, once [`Restoring::step`] said that there is no more to do.
    pub fn finish(self, records: &[String]) -> Replay<'_> {
        let Restoring { document, schema, parts, gathering, mut damages, .. } = self;
        let gathered = gathering.map(Gathering::finish);
        let (annotations, duplicates) = gathered.unwrap_or_default();
        debug_assert!(duplicates.is_empty(), "ids of a snapshot are unique");
        let (next_seq, is_old) = (parts.seq.saturating_add(1), parts.version == 1);
        let editor = editor_of(document, schema, parts, annotations, &mut damages);
        Replay { records, editor, place: 0, last_raw: None, next_seq, unread: 0, is_old, damages }
    }
}

/// `annotations` are those of the parts that are inside the text.
fn editor_of(
    document: Rc<Document>,
    schema: Rc<Schema>,
    parts: SnapshotParts,
    annotations: AnnotationSet,
    damages: &mut Vec<Damage>,
) -> Editor {
    let entities = parts.entities.into_iter().map(|entity| (entity.id.clone(), Rc::new(entity))).collect();
    let (entities, made) = with_missing_entities(&document, &annotations, entities);
    // Version 1 had ids of entities and nothing else of them: that is no damage.
    if parts.version > 1 {
        damages.extend(made.into_iter().map(|id| Damage::EntityRemade { id }));
    }
    let mut state = State {
        annotations,
        entities: Rc::new(entities),
        fields: Rc::new(parts.fields),
        modified_ms: parts.modified_ms,
        carried: Rc::new(parts.carried),
        ..State::new(document, schema)
    };
    let has_ends = |relation: &Relation| state.ends_of(relation).is_some() && relation.from != relation.to;
    let (whole, dangling): (Vec<_>, Vec<_>) = parts.relations.into_iter().partition(has_ends);
    damages.extend(dangling.into_iter().map(|relation| Damage::Dangling { id: relation.id }));
    state.relations = RelationSet::from_relations(whole.into_iter().map(Rc::new).collect());
    let paragraph_count = state.document.index.blocks.paragraphs().len();
    let is_there = |(paragraph, _): &(u32, ParagraphState)| (*paragraph as usize) < paragraph_count;
    let (inside, outside): (Vec<_>, Vec<_>) = parts.paragraphs.into_iter().partition(is_there);
    damages.extend(outside.into_iter().map(|(paragraph, _)| Damage::NoParagraph { paragraph }));
    state.paragraphs = Rc::new(inside.into_iter().collect());
    state.timing.add(parts.active_ms);
    parts.timing.iter().for_each(|(id, active_ms)| state.timing.add_to(id, *active_ms));
    let (mut done, mut undone) = (parts.done, parts.undone);
    // All damages so far are of the parts.
    let is_whole = parts.is_whole && damages.is_empty();
    // The history of version 1 is looked at when all of its records are taken up.
    if !is_whole && parts.version > 1 {
        keep_fitting(&state, &mut done, &mut undone, Way::edits_fit, damages);
    }
    Editor::with_history(state, History::from_steps(done, undone, parts.is_sealed))
}
