//! From a parsed file and a text to a state that can be worked on. `building` has the steps.

use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::json::building::Building;
use crate::formats::json::dated::read_dated;
use crate::formats::json::entry::Entry;
use crate::formats::json::linking::Links;
use crate::formats::json::links::{LinkContext, carry};
use crate::formats::json::offsets::{StatedPlace, stated_value};
use crate::formats::json::paragraphs::read_paragraphs;
use crate::formats::json::place::Placed;
use crate::formats::json::read::{FileAnnotator, NativeFile};
use crate::formats::json::report::{Fact, Moved, Problem, Remedy, Unplaced};
use crate::formats::json::timing::read_timing;
use crate::formats::json::used_ids::UsedIds;
use crate::formats::json::value::decode_value;
use crate::formats::json::wire::origin_of_word;
use crate::formats::json::wire::{Key, WireAnnotation};
use crate::formats::json::{
    CARRIED_DOCUMENT, CARRIED_FILE, CARRIED_TIMING, UNPLACED_ENTITIES_KEY, UNPLACED_PARAGRAPHS_KEY,
    UNPLACED_RELATIONS_KEY,
};
use crate::json::Value;
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance};
use crate::model::annotation_set::AnnotationSet;
use crate::model::dated::DatedValues;
use crate::model::document::Document;
use crate::model::ids::{AnnotationId, AnnotatorId, AttributeKey, EntityId, IdSource, LabelId};
use crate::model::schema::{AttributeValue, Schema};
use crate::model::selector::TextQuote;
use crate::sorted::{SortedMap, SortedSet, sort_by, sort_by_key};

/// What opening needs from outside.
pub struct OpenContext<'i> {
    pub ids: &'i mut IdSource,
    /// For annotations whose file names no annotator.
    pub annotator_id: AnnotatorId,
    /// For what has no time in its file: milliseconds since 1970 in UTC.
    pub time_ms: u64,
}

/// A document that was opened, and everything that a person must be told about it.
#[derive(Debug)]
pub struct Opened {
    pub state: State,
    /// Whose work the file is.
    pub annotator: Option<FileAnnotator>,
    pub problems: Vec<Problem>,
    pub moved: Vec<Moved>,
    pub unplaced: Vec<Unplaced>,
}

/// The file has no text; one with this hash is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedsText {
    pub sha256: Rc<str>,
}

/// Puts the annotations of a file on their text: on `text` where it is given, else on the file's.
///
/// Where the text is the one of the file's hash, annotations whose offsets fit their surface stay
/// as they are. All others are looked for by surface and context and listed as moved or unplaced.
/// O(n log n) where nothing has to be looked for.
pub fn build(file: &NativeFile, text: Option<Rc<str>>, context: OpenContext) -> Result<Opened, NeedsText> {
    let mut building = Building::new(file, text, context)?;
    while building.step() {}
    Ok(building.finish())
}

pub(super) fn check_text(file: &NativeFile, document: &Document, report: &mut Report) {
    let actual = document.sha256();
    if *actual != file.sha256 {
        let fact = Fact::HashDiffers { stated: file.sha256.clone(), actual: actual.clone() };
        report.problem(None, fact, Remedy::Accepted);
    }
    let actual = u64::from(document.index.offsets.len_code_points());
    match file.length {
        Some(stated) if stated != actual => {
            report.problem(None, Fact::LengthDiffers { stated, actual }, Remedy::Accepted);
        }
        _ => {}
    }
}

/// The entities, each with the first annotation of the file that is a mention of it. O(n log n).
fn first_mentions(file: &NativeFile, entities: Vec<EntityId>) -> Vec<(EntityId, Option<usize>)> {
    if entities.is_empty() {
        return Vec::new();
    }
    let entity_of = |wire: &WireAnnotation| wire.text(Key::Entity).cloned();
    let wires = file.annotations.iter().enumerate();
    let mut mentions: Vec<(Rc<str>, usize)> =
        wires.filter_map(|(idx, wire)| Some((entity_of(wire)?, idx))).collect();
    sort_by(&mut mentions, Ord::cmp);
    let first = |entity: EntityId| {
        let found = mentions.partition_point(|(id, _)| *id < entity.0);
        (entity, mentions.get(found).map(|(_, idx)| *idx))
    };
    entities.into_iter().map(first).collect()
}

pub(super) fn stated_place(wire: &WireAnnotation) -> StatedPlace {
    let fragments = wire.get(Key::Fragments).as_array().unwrap_or_default();
    let ends = |fragment: &Value| (stated_value(&fragment["start"]), stated_value(&fragment["end"]));
    StatedPlace {
        start: stated_value(wire.get(Key::Start)),
        end: stated_value(wire.get(Key::End)),
        fragments: fragments.iter().map(ends).collect(),
    }
}

/// By which annotations are placed, those without one last.
pub(super) fn start_of(place: &StatedPlace) -> u64 {
    place.start.unwrap_or(u64::MAX)
}

pub(super) fn quote_of(wire: &WireAnnotation) -> Option<TextQuote<'_>> {
    let text = |key: Key| wire.get(key).as_str();
    Some(TextQuote {
        exact: text(Key::Surface)?,
        prefix: text(Key::Prefix).unwrap_or_default(),
        suffix: text(Key::Suffix).unwrap_or_default(),
    })
}

/// Whether an entry can become an annotation at all.
pub(super) fn check_entry(wire: &WireAnnotation) -> Result<(), Fact> {
    if !wire.value.is_object() {
        return Err(Fact::NotAnObject);
    }
    match wire.get(Key::Label) {
        Value::String(label) if !label.is_empty() => Ok(()),
        Value::String(_) | Value::Null => Err(Fact::Missing { key: "label" }),
        _ => Err(Fact::WrongType { key: "label" }),
    }
}

/// Collects what is told about a file.
pub(super) struct Report {
    document: Rc<Document>,
    pub(super) problems: Vec<Problem>,
    moved: Vec<Moved>,
    pub(super) unplaced: Vec<Unplaced>,
}

impl Report {
    pub(super) fn new(document: Rc<Document>) -> Report {
        Report { document, problems: Vec::new(), moved: Vec::new(), unplaced: Vec::new() }
    }

    pub(super) fn problem(&mut self, annotation: Option<usize>, fact: Fact, remedy: Remedy) {
        self.problems.push(Problem { annotation, fact, remedy });
    }

    pub(super) fn unplaced(&mut self, annotation: usize, fact: Fact, json: Value) {
        self.problem(Some(annotation), fact.clone(), Remedy::Unplaced);
        self.unplaced.push(Unplaced { annotation, fact, json });
    }

    /// What is to be said of an annotation that has its place. `from` is its stated place.
    pub(super) fn placed(
        &mut self,
        annotation: usize,
        id: &AnnotationId,
        placed: &Placed,
        from: Option<(u64, u64)>,
    ) {
        if let Some(fact) = &placed.fact {
            self.problem(Some(annotation), fact.clone(), Remedy::Moved);
        }
        if let Some(given) = placed.adjusted_from {
            let kept = placed.target.fragments().len();
            self.problem(Some(annotation), Fact::FragmentsAdjusted { given, kept }, Remedy::Accepted);
        }
        if placed.cuts_grapheme {
            self.problem(Some(annotation), Fact::InsideGrapheme, Remedy::Accepted);
        }
        if let Some(found) = placed.found {
            let document = &self.document;
            let code_point = |offset| u64::from(document.index.offsets.code_point_of(&document.text, offset));
            self.moved.push(Moved {
                annotation,
                id: id.clone(),
                surface: Rc::from(document.slice(found.span)),
                from,
                to: (code_point(found.span.start()), code_point(found.span.end())),
                score_percent: found.score_percent,
                is_ambiguous: found.is_ambiguous,
            });
        }
    }

    pub(super) fn unknown_labels(&mut self, labels: SortedMap<LabelId, (usize, usize)>) {
        for (label, (first, count)) in labels {
            self.problem(Some(first), Fact::UnknownLabel { label, count }, Remedy::Accepted);
        }
    }

    /// The report with its entries in the order of the file, the document's first.
    pub(super) fn opened(mut self, state: State, annotator: Option<FileAnnotator>) -> Opened {
        sort_by_key(&mut self.problems, |problem| problem.annotation);
        sort_by_key(&mut self.moved, |moved| moved.annotation);
        sort_by_key(&mut self.unplaced, |unplaced| unplaced.annotation);
        let Report { problems, moved, unplaced, .. } = self;
        Opened { state, annotator, problems, moved, unplaced }
    }
}

/// Reads what an annotation says beside its place.
pub(super) struct Reader<'s, 'i> {
    schema: &'s Schema,
    context: OpenContext<'i>,
    created_ms: u64,
    used_ids: UsedIds<'s>,
    /// The first annotation and the number of them, for each label that the schema lacks.
    pub(super) unknown_labels: SortedMap<LabelId, (usize, usize)>,
}

impl<'s, 'i> Reader<'s, 'i> {
    pub(super) fn new(
        file: &'s NativeFile,
        used_ids: UsedIds<'s>,
        mut context: OpenContext<'i>,
    ) -> Reader<'s, 'i> {
        let created_ms = file.created_ms.unwrap_or(context.time_ms);
        if let Some(annotator) = &file.annotator {
            context.annotator_id = annotator.id.clone();
        }
        Reader { schema: &file.schema, context, created_ms, used_ids, unknown_labels: SortedMap::new() }
    }

    /// The annotation of an entry that has a label.
    pub(super) fn annotation(
        &mut self,
        idx: usize,
        wire: &WireAnnotation,
        placed: &Placed,
        report: &mut Report,
    ) -> Annotation {
        let mut entry = Entry { idx, wire, report, extra: wire.extra() };
        let label = LabelId(entry.text(Key::Label).unwrap_or_default());
        if self.schema.label(&label).is_none() {
            self.unknown_labels.get_or_insert(label.clone(), (idx, 0)).1 += 1;
        }
        let certainty = entry.word(Key::Certainty, Certainty::Sure, |word| match word {
            "sure" => Some(Certainty::Sure),
            "unsure" => Some(Certainty::Unsure),
            _ => None,
        });
        // In the order of the report.
        let id = self.id(&mut entry);
        let attributes = self.attributes(&mut entry);
        Annotation {
            id,
            label,
            target: placed.target.clone(),
            by_hand: self.by_hand(&attributes, &mut entry),
            attributes,
            dated: self.dated(&mut entry),
            certainty,
            note: entry.text(Key::Note).unwrap_or_default(),
            entity: entry.entity(),
            provenance: self.provenance(&mut entry),
            extra: Some(entry.extra).filter(|extra| !extra.is_empty()).map(Rc::new),
        }
    }

    fn id(&mut self, entry: &mut Entry) -> AnnotationId {
        let fact = match entry.text(Key::Id).filter(|id| !id.is_empty()) {
            Some(id) if !self.used_ids.is_repeated(entry.idx) => return AnnotationId(id),
            Some(id) => Fact::DuplicateId { id },
            None => Fact::Missing { key: "id" },
        };
        let mut fresh = self.context.ids.annotation();
        while self.used_ids.contains(&fresh.0) {
            fresh = self.context.ids.annotation();
        }
        entry.report.problem(Some(entry.idx), fact, Remedy::FreshId(fresh.clone()));
        fresh
    }

    fn attributes(&mut self, entry: &mut Entry) -> SortedMap<AttributeKey, AttributeValue> {
        let Some(value) = entry.other(Key::Attributes) else { return SortedMap::new() };
        let Some(map) = value.as_object() else {
            entry.wrong_type(Key::Attributes);
            return SortedMap::new();
        };
        map.iter().map(|(key, value)| (AttributeKey(key.clone()), decode_value(value))).collect()
    }

    /// A value that is not there was not chosen.
    fn by_hand(
        &mut self,
        attributes: &SortedMap<AttributeKey, AttributeValue>,
        entry: &mut Entry,
    ) -> SortedSet<AttributeKey> {
        let Some(value) = entry.other(Key::ByHand) else { return SortedSet::new() };
        let key_of = |key: &Value| match key {
            Value::String(key) => Some(AttributeKey(key.clone())),
            _ => None,
        };
        let keys: Option<Vec<AttributeKey>> =
            value.as_array().and_then(|keys| keys.iter().map(key_of).collect());
        let Some(keys) = keys else {
            entry.wrong_type(Key::ByHand);
            return SortedSet::new();
        };
        let (chosen, others): (Vec<_>, Vec<_>) =
            keys.into_iter().partition(|key| attributes.contains_key(key));
        for AttributeKey(found) in others {
            let fact = Fact::UnknownWord { key: "byHand", found };
            entry.report.problem(Some(entry.idx), fact, Remedy::LeftOut);
        }
        chosen.into_iter().collect()
    }

    fn dated(&mut self, entry: &mut Entry) -> SortedMap<AttributeKey, DatedValues> {
        let Some(value) = entry.other(Key::Dated) else { return SortedMap::new() };
        let dated = read_dated(value);
        if dated.is_none() {
            entry.wrong_type(Key::Dated);
        }
        dated.unwrap_or_default()
    }

    /// Where the relations and entities of the file belong.
    pub(super) fn link_context<'c>(
        &self,
        document: &'c Document,
        schema: &'c Schema,
        annotations: &'c AnnotationSet,
    ) -> LinkContext<'c> {
        let annotator_id = Some(self.context.annotator_id.clone());
        LinkContext { document, schema, annotations, annotator_id }
    }

    fn provenance(&mut self, entry: &mut Entry) -> Provenance {
        let created_ms = entry.time(Key::Created).unwrap_or(self.created_ms);
        let annotator = entry.text(Key::Annotator).filter(|annotator| !annotator.is_empty());
        Provenance {
            annotator: match annotator {
                Some(annotator) => AnnotatorId(annotator),
                None => self.context.annotator_id.clone(),
            },
            created_ms,
            changed_ms: entry.time(Key::Changed).unwrap_or(created_ms),
            origin: entry.word(Key::Origin, AnnotationOrigin::Imported, origin_of_word),
        }
    }
}

/// Relations, entities, paragraphs and times, which hang on the annotations of `state`.
pub(super) fn read_rest(
    file: &NativeFile,
    links: Links,
    is_same_text: bool,
    state: &mut State,
    report: &mut Report,
) {
    report.problems.extend(links.problems);
    for (entity, first) in first_mentions(file, links.made) {
        report.problem(first, Fact::UnknownEntity { entity }, Remedy::Default);
    }
    let (paragraphs, left) = read_paragraphs(&file.paragraphs, &state.document, is_same_text, report);
    let (timing, unknown) = read_timing(&file.timing, report);
    let carried = Rc::make_mut(&mut state.carried);
    carry(carried, CARRIED_FILE, UNPLACED_ENTITIES_KEY, links.left_entities);
    carry(carried, CARRIED_FILE, UNPLACED_RELATIONS_KEY, links.left_relations);
    carry(carried, CARRIED_DOCUMENT, UNPLACED_PARAGRAPHS_KEY, left);
    if !unknown.is_empty() {
        carried.insert(CARRIED_TIMING, unknown);
    }
    state.entities = Rc::new(links.entities);
    state.relations = links.relations;
    state.paragraphs = paragraphs;
    state.timing = timing;
}
