//! Putting the annotations of a file on their text, in steps: between two of them the caller can let others
//! at the page, say how far it is, or leave it.

use std::ops::Range;
use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::json::build::{
    NeedsText, OpenContext, Opened, Reader, Report, check_entry, check_text, in_text_order, quote_of,
    stated_place,
};
use crate::formats::json::links::carry;
use crate::formats::json::offsets::{Ends, StatedPlace, ends_of};
use crate::formats::json::open::OffsetUnit;
use crate::formats::json::place::{Placed, Placer};
use crate::formats::json::read::NativeFile;
use crate::formats::json::report::Fact;
use crate::formats::json::structure::{ReadStructure, tell_of, with_structure};
use crate::formats::json::used_ids::UsedIds;
use crate::formats::json::version::Versions;
use crate::formats::json::wire::Key;
use crate::formats::json::{CARRIED_FILE, SEARCHED_BYTES_MAX, UNPLACED_KEY};
use crate::model::annotation::Annotation;
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::Document;
use crate::model::selector::SearchBudget;

/// How many annotations a step takes: a millisecond of work, where none must be looked for.
const STEP: usize = 256;

/// The annotations of a file, on their way to their text.
pub struct Building<'b> {
    file: &'b NativeFile,
    versions: Option<&'b Versions<'b>>,
    document: Rc<Document>,
    is_same_text: bool,
    structure: ReadStructure,
    report: Report,
    places: Vec<StatedPlace>,
    ends: Vec<Ends>,
    /// In which they are looked for: an annotation is mostly near the one before it.
    order: Vec<usize>,
    placed: Vec<Option<Result<Placed, Fact>>>,
    budget: SearchBudget,
    drift: i64,
    /// How many were looked for, or made.
    done: usize,
    stage: Stage<'b>,
    annotations: Vec<Rc<Annotation>>,
}

enum Stage<'b> {
    /// Places are looked for; what is needed afterwards waits.
    Looking(Option<OpenContext<'b>>),
    /// Annotations are made, in the order of the file, so that of two equal ids the later one is replaced.
    Making(Reader<'b, 'b>),
}

impl<'b> Building<'b> {
    /// See [`super::build`]. O(length of the text + annotations).
    pub fn new(
        file: &'b NativeFile,
        text: Option<Rc<str>>,
        context: OpenContext<'b>,
    ) -> Result<Building<'b>, NeedsText> {
        Building::with_versions(file, text, context, None)
    }

    /// With `versions`, the places of the file's annotations count in the old one of them, and those of its
    /// structure in the new one.
    pub(super) fn with_versions(
        file: &'b NativeFile,
        text: Option<Rc<str>>,
        context: OpenContext<'b>,
        versions: Option<&'b Versions<'b>>,
    ) -> Result<Building<'b>, NeedsText> {
        let is_own_text = text.is_none();
        let text =
            text.or_else(|| file.text.clone()).ok_or_else(|| NeedsText { sha256: file.sha256.clone() })?;
        let document_id = file.document_id.clone().unwrap_or_else(|| context.ids.document());
        let document = Document::new(document_id, text, file.created_ms.unwrap_or(context.time_ms));
        if let Some(sha256) = file.text_sha256.as_ref().filter(|_| is_own_text) {
            document.know_sha256(sha256.clone());
        }
        let is_same_text = *document.sha256() == file.sha256;
        let is_its_structure = is_same_text || versions.is_some();
        let (document, structure) = with_structure(&file.structure, document, is_its_structure);
        let document = Rc::new(document);
        let mut report = Report::new(document.clone());
        report.problems.clone_from(&file.problems);
        check_text(file, &document, &mut report);
        let places: Vec<StatedPlace> = file.annotations.iter().map(stated_place).collect();
        let order = in_text_order(&places);
        let counted_in = versions.map_or(&*document, |versions| versions.old);
        Ok(Building {
            file,
            versions,
            is_same_text,
            structure,
            report,
            ends: ends_of(counted_in, OffsetUnit::CodePoint, &places, &order),
            order,
            placed: places.iter().map(|_| None).collect(),
            budget: SearchBudget { bytes_left: SEARCHED_BYTES_MAX },
            drift: 0,
            done: 0,
            stage: Stage::Looking(Some(context)),
            annotations: Vec::with_capacity(places.len()),
            places,
            document,
        })
    }

    /// Goes on a little. Whether there is more to do before [`Building::finish`].
    pub fn step(&mut self) -> bool {
        let step = self.done..(self.done + STEP).min(self.places.len());
        self.done = step.end;
        match &mut self.stage {
            Stage::Looking(_) => self.look(step),
            Stage::Making(_) => {
                self.make(step);
                return self.done < self.places.len();
            }
        }
        if self.done == self.places.len()
            && let Stage::Looking(context) = &mut self.stage
            && let Some(context) = context.take()
        {
            self.begin_making(context);
        }
        true
    }

    /// How much is done.
    pub fn percent(&self) -> usize {
        let stage = if let Stage::Making(_) = self.stage { 50 } else { 0 };
        stage + self.done * 50 / self.places.len().max(1)
    }

    fn look(&mut self, step: Range<usize>) {
        let mut placer = Placer::new(&self.document, OffsetUnit::CodePoint, self.is_same_text);
        (placer.versions, placer.budget, placer.drift) = (self.versions, self.budget, self.drift);
        for idx in &self.order[step] {
            let wire = &self.file.annotations[*idx];
            let place = |()| placer.place(&self.places[*idx], &self.ends[*idx], quote_of(wire));
            self.placed[*idx] = Some(check_entry(wire).and_then(place));
        }
        (self.budget, self.drift) = (placer.budget, placer.drift);
    }

    fn begin_making(&mut self, context: OpenContext<'b>) {
        if let Some(versions) = self.versions {
            (versions.settle)(&self.ends, &mut self.placed);
        }
        let (file, placed) = (self.file, &self.placed);
        let is_placed = |idx: &usize| matches!(placed[*idx], Some(Ok(_)));
        let id_of = |idx: usize| Some((file.annotations[idx].get(Key::Id).as_str()?, idx));
        let used_ids = UsedIds::new(placed.len(), (0..placed.len()).filter(is_placed).filter_map(id_of));
        self.stage = Stage::Making(Reader::new(file, used_ids, context));
        self.done = 0;
    }

    fn make(&mut self, step: Range<usize>) {
        let Stage::Making(reader) = &mut self.stage else { return };
        for idx in step {
            let wire = &self.file.annotations[idx];
            match self.placed[idx].take() {
                Some(Ok(placed)) => {
                    let annotation = reader.annotation(idx, wire, &placed, &mut self.report);
                    self.report.placed(idx, &annotation.id, &placed, self.places[idx].numbers());
                    self.annotations.push(Rc::new(annotation));
                }
                Some(Err(fact)) => self.report.unplaced(idx, fact, wire.value.clone()),
                None => debug_assert!(false, "every annotation is asked for"),
            }
        }
    }

    /// What came out, once [`Building::step`] said that there is no more to do. O(n log n).
    pub fn finish(self) -> Opened {
        let Building { file, document, mut report, .. } = self;
        let mut state = State::new(document, file.schema.clone());
        state.annotations = AnnotationSet::from_annotations(self.annotations).0;
        state.fields = Rc::new(file.fields.clone());
        state.modified_ms = file.modified_ms;
        let mut carried = file.carried.clone();
        if let Stage::Making(reader) = self.stage {
            report.unknown_labels(reader.unknown_labels.clone());
            let unplaced = report.unplaced.iter().map(|unplaced| unplaced.json.clone()).collect();
            carry(&mut carried, CARRIED_FILE, UNPLACED_KEY, unplaced);
            tell_of(self.structure, &mut carried, &mut report);
            state.carried = Rc::new(carried);
            reader.read_rest(file, self.is_same_text, &mut state, &mut report);
        }
        report.opened(state, file.annotator.clone())
    }
}
