//! Putting the annotations of a file on their text, in steps: between two of them the caller can let others
//! at the page, say how far it is, or leave it.

use std::ops::Range;
use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::json::build::{
    NeedsText, OpenContext, Opened, Reader, Report, check_entry, check_text, quote_of, read_rest, start_of,
    stated_place,
};
use crate::formats::json::linking::Linking;
use crate::formats::json::links::carry;
use crate::formats::json::offsets::{Counting, Ends, StatedPlace};
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
use crate::model::annotation_set::{AnnotationSet, Gathering};
use crate::model::document::Document;
use crate::model::selector::SearchBudget;
use crate::sorted::Sorting;

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
    /// What is stated is read, and what is needed later waits.
    Stating(OpenContext<'b>),
    /// The stated places are counted out in the text.
    Counting(OpenContext<'b>, Counting),
    /// They are sorted by their starts.
    Sorting(OpenContext<'b>, Sorting),
    /// Places are looked for.
    Looking(OpenContext<'b>),
    /// Annotations are made, in the order of the file, so that of two equal ids the later one is replaced.
    Making(Reader<'b, 'b>),
    /// They become a set.
    Gathering(Reader<'b, 'b>, Gathering),
    /// Relations and entities are read, which hang on it.
    Linking(Reader<'b, 'b>, AnnotationSet, Linking<'b>),
    /// Only while one follows on another.
    Between,
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
        Ok(Building {
            file,
            versions,
            is_same_text,
            structure,
            report,
            places: Vec::with_capacity(file.annotations.len()),
            ends: Vec::new(),
            order: Vec::new(),
            placed: Vec::new(),
            budget: SearchBudget { bytes_left: SEARCHED_BYTES_MAX },
            drift: 0,
            done: 0,
            stage: Stage::Stating(context),
            annotations: Vec::with_capacity(file.annotations.len()),
            document,
        })
    }

    /// Goes on a little. Whether there is more to do before [`Building::finish`].
    pub fn step(&mut self) -> bool {
        let len = self.file.annotations.len();
        let step = self.done..(self.done + STEP).min(len);
        let places = &self.places;
        let goes_on = match &mut self.stage {
            Stage::Stating(_) => {
                self.places.extend(self.file.annotations[step.clone()].iter().map(stated_place));
                step.end < len
            }
            Stage::Counting(_, counting) => {
                counting.step(self.versions.map_or(&*self.document, |versions| versions.old))
            }
            Stage::Sorting(_, sorting) => {
                sorting.step(16 * STEP, &|left, right| start_of(&places[left]).cmp(&start_of(&places[right])))
            }
            Stage::Looking(_) => {
                self.look(step.clone());
                step.end < len
            }
            Stage::Making(_) => {
                self.make(step.clone());
                step.end < len
            }
            Stage::Gathering(_, gathering) => gathering.step(),
            Stage::Linking(reader, annotations, linking) => {
                return linking.step(&reader.link_context(&self.document, &self.file.schema, annotations));
            }
            Stage::Between => return false,
        };
        self.done = step.end;
        if !goes_on {
            self.done = 0;
            self.next_stage();
        }
        true
    }

    /// How much is done.
    pub fn percent(&self) -> usize {
        let done = |share: usize| self.done * share / self.file.annotations.len().max(1);
        match &self.stage {
            Stage::Stating(_) | Stage::Between => done(5),
            Stage::Counting(_, counting) => 5 + counting.percent() / 10,
            Stage::Sorting(_, sorting) => 15 + sorting.percent() / 20,
            Stage::Looking(_) => 20 + done(25),
            Stage::Making(_) => 45 + done(35),
            Stage::Gathering(_, gathering) => 80 + gathering.percent() * 3 / 20,
            Stage::Linking(_, _, linking) => 95 + linking.percent() / 20,
        }
    }

    fn next_stage(&mut self) {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Between) {
            Stage::Stating(context) => {
                Stage::Counting(context, Counting::new(OffsetUnit::CodePoint, &self.places))
            }
            Stage::Counting(context, counting) => {
                self.ends = counting.finish();
                Stage::Sorting(context, Sorting::new(self.places.len()))
            }
            Stage::Sorting(context, sorting) => {
                self.order = sorting.into_order();
                self.placed.resize_with(self.places.len(), || None);
                Stage::Looking(context)
            }
            Stage::Looking(context) => Stage::Making(self.reader(context)),
            Stage::Making(reader) => {
                Stage::Gathering(reader, Gathering::new(std::mem::take(&mut self.annotations)))
            }
            Stage::Gathering(reader, gathering) => {
                let linking = Linking::new(&self.file.entities, &self.file.relations);
                Stage::Linking(reader, gathering.finish().0, linking)
            }
            last => last,
        };
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

    fn reader(&mut self, context: OpenContext<'b>) -> Reader<'b, 'b> {
        if let Some(versions) = self.versions {
            (versions.settle)(&self.ends, &mut self.placed);
        }
        let (file, placed) = (self.file, &self.placed);
        let is_placed = |idx: &usize| matches!(placed[*idx], Some(Ok(_)));
        let id_of = |idx: usize| Some((file.annotations[idx].get(Key::Id).as_str()?, idx));
        let used_ids = UsedIds::new(placed.len(), (0..placed.len()).filter(is_placed).filter_map(id_of));
        Reader::new(file, used_ids, context)
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

    /// What came out, once [`Building::step`] said that there is no more to do.
    pub fn finish(self) -> Opened {
        let Building { file, document, mut report, .. } = self;
        let mut state = State::new(document, file.schema.clone());
        state.fields = Rc::new(file.fields.clone());
        state.modified_ms = file.modified_ms;
        let mut carried = file.carried.clone();
        if let Stage::Linking(reader, annotations, linking) = self.stage {
            state.annotations = annotations;
            report.unknown_labels(reader.unknown_labels.clone());
            let unplaced = report.unplaced.iter().map(|unplaced| unplaced.json.clone()).collect();
            carry(&mut carried, CARRIED_FILE, UNPLACED_KEY, unplaced);
            tell_of(self.structure, &mut carried, &mut report);
            state.carried = Rc::new(carried);
            read_rest(file, linking.finish(), self.is_same_text, &mut state, &mut report);
        }
        report.opened(state, file.annotator.clone())
    }
}
