//! An editor again, from a snapshot and the records made since.
//!
//! Whole records lead to exactly the state and history that were. After a loss, every edit still
//! says what its thing became; later edits are taken over by that (`rebase`), so that only what
//! stood in the lost records and was never touched again is gone. Work of version 1 is brought up
//! to date behind its last record (`upgrade`).

mod rebase;

mod upgrade;

use std::rc::Rc;

use crate::edit::editor::Editor;
use crate::edit::history::{History, Step};
use crate::edit::state::State;
use crate::edit::transaction::{Edit, Transaction};
use crate::formats::json::with_missing_entities;
use crate::journal::damage::Damage;
use crate::journal::record::{Record, decode_record};
use crate::journal::recover::rebase::rebased;
use crate::journal::recover::upgrade::{up_to_date, with_entities_of};
use crate::journal::snapshot::SnapshotParts;
use crate::model::annotation::Annotation;
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::Document;
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::{Relation, RelationSet};
use crate::model::schema::Schema;

/// The work as it was, as far as it could be read.
#[derive(Clone, Debug)]
pub struct Recovered {
    pub editor: Editor,
    /// The number for the next record. After damage, write a snapshot at `next_seq - 1` before
    /// it: the damaged records are then no longer needed.
    pub next_seq: u64,
    /// Empty where all is as it was.
    pub damages: Vec<Damage>,
}

/// The snapshot is of another text: its offsets would mark other words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongText {
    pub expected_sha256: Rc<str>,
    pub found_sha256: Rc<str>,
}

/// The work of a snapshot and of the records after it. `records` are in the order of their
/// numbers; those that the snapshot holds already are passed over. O(annotations × log +
/// records); a damaged snapshot, or one of version 1, costs a walk through the history as well.
pub fn recover(
    document: Rc<Document>,
    schema: Rc<Schema>,
    parts: SnapshotParts,
    records: &[String],
) -> Result<Recovered, WrongText> {
    if *document.sha256() != parts.text_sha256 {
        return Err(WrongText {
            expected_sha256: parts.text_sha256,
            found_sha256: document.sha256().clone(),
        });
    }
    let mut damages = Vec::new();
    let mut replay = Replay {
        next_seq: parts.seq.saturating_add(1),
        unread: 0,
        is_old: parts.version == 1,
        editor: editor_of(document, schema, parts, &mut damages),
        damages,
    };
    let mut last_raw: Option<&String> = None;
    for (place, raw) in records.iter().enumerate() {
        match decode_record(raw) {
            Ok(record) if record.seq >= replay.next_seq => {
                replay.take_up(&record, raw);
                last_raw = Some(raw);
            }
            // The same bytes once more lose nothing; nor do records that the snapshot holds.
            Ok(record) => {
                if last_raw.is_some_and(|last_raw| last_raw != raw) {
                    replay.damages.push(Damage::RecordTwice { seq: record.seq, raw: raw.clone() });
                }
                replay.unread = 0;
            }
            Err(error) => {
                replay.damages.push(Damage::Record { place, error, raw: raw.clone() });
                replay.unread = replay.unread.saturating_add(1);
            }
        }
    }
    replay.bring_up_to_date();
    Ok(Recovered {
        editor: replay.editor,
        next_seq: replay.next_seq.saturating_add(replay.unread),
        damages: replay.damages,
    })
}

struct Replay {
    editor: Editor,
    /// The number that the next whole record should have.
    next_seq: u64,
    /// Unreadable records since the last whole one: they stand where numbers are missing.
    unread: u64,
    /// Whether the work is still as version 1 had it.
    is_old: bool,
    damages: Vec<Damage>,
}

impl Replay {
    fn take_up(&mut self, record: &Record, raw: &str) {
        if record.seq - self.next_seq > self.unread {
            self.damages.push(Damage::RecordsMissing { first: self.next_seq, last: record.seq - 1 });
        }
        self.next_seq = record.seq.saturating_add(1);
        self.unread = 0;
        let transaction = &record.transaction;
        if record.version > 1 {
            self.bring_up_to_date();
        }
        if self.is_old
            && let Some(editor) = with_entities_of(&self.editor, &transaction.edits)
        {
            self.editor = editor;
        }
        // Moves of the focus have no records; they change nothing that could refuse them.
        let focus = Transaction::focus(record.focus_before.clone(), transaction.time_ms);
        let _ = self.editor.dispatch(&focus);
        let Err(error) = self.editor.dispatch(transaction) else { return };
        let rebased = rebased(self.editor.state(), transaction);
        let applied = self.editor.dispatch(&rebased.transaction);
        let (seq, raw) = (record.seq, raw.to_string());
        self.damages.push(match rebased.refused.or(applied.err()) {
            Some(error) => Damage::RecordRefused { seq, error, raw },
            None => Damage::RecordRebased { seq, error, raw },
        });
        self.damages.extend(rebased.dangling.into_iter().map(|id| Damage::Dangling { id }));
    }

    /// Once, behind the last record of version 1: those count on a work as they left it.
    fn bring_up_to_date(&mut self) {
        if std::mem::replace(&mut self.is_old, false) {
            self.editor = up_to_date(&self.editor, &mut self.damages);
        }
    }
}

fn editor_of(
    document: Rc<Document>,
    schema: Rc<Schema>,
    parts: SnapshotParts,
    damages: &mut Vec<Damage>,
) -> Editor {
    let in_text = |annotation: &Annotation| {
        annotation.target.fragments().iter().all(|fragment| document.holds(*fragment))
    };
    let damages_before = damages.len();
    let (inside, outside): (Vec<_>, Vec<_>) = parts.annotations.into_iter().partition(in_text);
    damages.extend(outside.into_iter().map(|annotation| Damage::OutsideText { id: annotation.id }));
    let (annotations, duplicates) =
        AnnotationSet::from_annotations(inside.into_iter().map(Rc::new).collect());
    debug_assert!(duplicates.is_empty(), "ids of a snapshot are unique");
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
    let is_whole = parts.is_whole && damages.len() == damages_before;
    // The history of version 1 is looked at when all of its records are taken up.
    if !is_whole && parts.version > 1 {
        keep_fitting(&state, &mut done, &mut undone, Way::edits_fit, damages);
    }
    Editor::with_history(state, History::from_steps(done, undone, parts.is_sealed))
}

/// How a step is gone through.
#[derive(Clone, Copy, Debug)]
enum Way {
    Undo,
    Redo,
}

impl Way {
    fn edits(self, step: &Step) -> Vec<Edit> {
        match self {
            Way::Undo => step.edits.iter().rev().map(Edit::inverse).collect(),
            Way::Redo => step.edits.clone(),
        }
    }

    /// The state behind the step; `None` where it does not fit.
    fn edits_fit(self, state: &State, step: &mut Step) -> Option<State> {
        state.apply(&self.edits(step)).ok().map(|(after, _)| after)
    }
}

/// Forgets the steps that could not be reached by going through them from the last to the first,
/// and tells how many. `pass` goes through one.
fn keep_fitting(
    state: &State,
    done: &mut Vec<Step>,
    undone: &mut Vec<Step>,
    pass: impl Fn(Way, &State, &mut Step) -> Option<State>,
    damages: &mut Vec<Damage>,
) {
    let keep = |way: Way, steps: &mut Vec<Step>| {
        let mut state = state.clone();
        let mut kept = 0;
        for step in steps.iter_mut().rev() {
            let Some(after) = pass(way, &state, step) else { break };
            state = after;
            kept += 1;
        }
        let forgotten = steps.len() - kept;
        steps.drain(..forgotten);
        forgotten
    };
    let (undo, redo) = (keep(Way::Undo, done), keep(Way::Redo, undone));
    if undo + redo > 0 {
        damages.push(Damage::StepsForgotten { undo, redo });
    }
}

#[cfg(test)]
mod tests;
