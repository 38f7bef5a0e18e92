//! The work on one text, put on a new version of it.
//!
//! What is the same in both texts keeps its annotations as they are. The others are looked for by
//! their words in what the new text has of its own, where what stands round them decides which of
//! equal words are meant. Annotations that do not fit wait in the file as those of a file that is
//! opened on another text do: under `unplaced`, with their words and what stood round them.

use std::cmp::Reverse;
use std::ops::Range;
use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::json::build::{OpenContext, Opened, Report};
use crate::formats::json::encode::encode_file;
use crate::formats::json::links::carry;
use crate::formats::json::place::{Placed, cuts_grapheme};
use crate::formats::json::read::parse_object;
use crate::formats::json::report::{Fact, Remedy};
use crate::formats::json::{
    CARRIED_DOCUMENT, CARRIED_FILE, CONTEXT_LEN, SEARCHED_BYTES_MAX, UNPLACED_ENTITIES_KEY, UNPLACED_KEY,
    UNPLACED_RELATIONS_KEY, VERSION_OF_KEY,
};
use crate::formats::{Content, ExportOptions};
use crate::json::{Map, Value};
use crate::model::annotation::{Annotation, Target};
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::Document;
use crate::model::entity::Entities;
use crate::model::ids::{AnnotatorId, EntityId};
use crate::model::paragraphs::{ParagraphState, Paragraphs};
use crate::model::relation::RelationSet;
use crate::model::selector::{QuoteMatch, SearchBudget, TextQuote, context_after, context_before};
use crate::sorted::sort_by;
use crate::text::alignment::Alignment;
use crate::text::span::{TextOffset, TextSpan};

/// What looking into one part of the text costs at least, in bytes searched.
const PART_BYTES: u64 = 64;
/// Elsewhere than where they stood, words are only the same words where as much of what stood
/// round them came along: half of it.
const SCORE_ELSEWHERE_MIN: u8 = 75;
/// Words that changed are the same words where as much of them is: three quarters.
const WORDS_PERCENT_MIN: usize = 75;
/// Texts that share less than one byte in so many have nothing to do with each other.
const SHARED_PART_MIN: usize = 20;

/// The work on a new version of its text, and what a person must be told about it.
#[derive(Debug)]
pub struct NewVersion {
    pub opened: Opened,
    /// The texts share next to nothing, and most annotations found no place.
    pub is_unrelated: bool,
}

/// Puts the work of `state` on another text, as a document of its own, with the structure of that: annotations, entities,
/// relations, fields, and what was said of paragraphs that are the same. `None` where the text is
/// the same.
///
/// O(n log n) for n bytes in both texts, and a search through what is new in the text for each
/// annotation whose words changed; the bytes searched are bounded.
pub fn new_version(state: &State, document: Document, context: OpenContext) -> Option<NewVersion> {
    let old = &state.document;
    if document.text == old.text {
        return None;
    }
    let document = Rc::new(document);
    let mut report = Report::new(document.clone());
    let mut mover = Mover::new(old, &document);
    let targets: Vec<&Target> = state.annotations.iter().map(|annotation| &annotation.target).collect();
    let (mut annotations, mut left, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    for (idx, (annotation, found)) in state.annotations.iter().zip(mover.place_all(&targets)).enumerate() {
        match found {
            Ok(found) => {
                let placed = mover.placed(&annotation.target, found);
                report.placed(idx, &annotation.id, &placed, Some(mover.stated(&annotation.target)));
                annotations.push(Rc::new(Annotation { target: placed.target, ..annotation.as_ref().clone() }));
            }
            Err(fact) => {
                facts.push((idx, fact));
                left.push(annotation.clone());
            }
        }
    }
    let shared = SHARED_PART_MIN * mover.alignment.len_shared();
    let is_unrelated =
        shared < old.text.len().min(document.text.len()).max(1) && annotations.len() <= left.len();
    let mut new = State::new(document.clone(), state.schema.clone());
    new.annotations = AnnotationSet::from_annotations(annotations).0;
    new.fields = state.fields.clone();
    new.modified_ms = Some(context.time_ms);
    new.carried = state.carried.clone();
    let rest = take_links(state, &mut new, left);
    new.paragraphs = mover.paragraphs(state, &new.annotations);
    let waiting = carry_rest(&mut new, &rest, &context.annotator_id);
    for ((idx, fact), json) in facts.into_iter().zip(waiting) {
        report.unplaced(idx, fact, json);
    }
    let lost = rest.relations.len();
    if lost > 0 {
        report.problem(None, Fact::RelationsWait { count: lost }, Remedy::Kept);
    }
    Some(NewVersion { opened: report.opened(new, None), is_unrelated })
}

/// Gives the new state the relations and entities that it has annotations for, and makes a state of
/// the old text with all that is left.
fn take_links(state: &State, new: &mut State, left: Vec<Rc<Annotation>>) -> State {
    let mut rest = State::new(state.document.clone(), state.schema.clone());
    rest.annotations = AnnotationSet::from_annotations(left).0;
    let (mut fitting, mut lost) = (RelationSet::default(), RelationSet::default());
    for relation in state.relations.iter() {
        let fits = new.ends_of(relation).is_some();
        if fits { &mut fitting } else { &mut lost }.insert(relation.clone());
    }
    (new.relations, rest.relations) = (fitting, lost);
    let has_mention = |id: &EntityId| new.annotations.mentions(id).next().is_some();
    let entries = |is_mentioned: bool| -> Entities {
        let found = state.entities.iter().filter(|(id, _)| has_mention(id) == is_mentioned);
        Rc::new(found.map(|(id, entity)| (id.clone(), entity.clone())).collect())
    };
    (rest.entities, new.entities) = (entries(false), entries(true));
    rest
}

/// Has the new file carry what found no place, and notes what it is a version of. Gives the
/// annotations as they wait, in text order.
fn carry_rest(new: &mut State, rest: &State, annotator_id: &AnnotatorId) -> Vec<Value> {
    let encoded = |content| {
        let options = ExportOptions { content, annotator_id: annotator_id.clone(), annotator_name: None };
        encode_file(rest, &options)
    };
    // Words may be more than a file holds, if there are as many annotations one in the other.
    let bytes = encoded(Content::WithoutText).or_else(|_| encoded(Content::OffsetsOnly)).unwrap_or_default();
    let file = parse_object(&bytes).unwrap_or_default();
    let entries = |key: &str| file.get(key).and_then(Value::as_array).unwrap_or_default().to_vec();
    let carried = Rc::make_mut(&mut new.carried);
    let waiting = entries("annotations");
    carry(carried, CARRIED_FILE, UNPLACED_KEY, waiting.clone());
    carry(carried, CARRIED_FILE, UNPLACED_ENTITIES_KEY, entries("entities"));
    carry(carried, CARRIED_FILE, UNPLACED_RELATIONS_KEY, entries("relations"));
    let mut members = match carried.get_mut(CARRIED_DOCUMENT).map(std::mem::take) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let old = &rest.document;
    members
        .insert(VERSION_OF_KEY, Map::new().with("id", old.id.as_str()).with("sha256", old.sha256().as_ref()));
    carried.insert(CARRIED_DOCUMENT, members);
    waiting
}

/// Finds the places of annotations in the new text.
pub(super) struct Mover<'d> {
    old: &'d Document,
    new: &'d Document,
    alignment: Alignment,
    /// The changed lines of the new text that have words in them.
    parts: Vec<Range<usize>>,
    pub(super) budget: SearchBudget,
    /// How far, in bytes, the last words that were looked for lay from where they stood: what moved
    /// them has mostly moved the next by as much.
    drift: i64,
}

/// A place that an annotation could have.
pub(super) struct Candidate {
    pub(super) target: Target,
    score_percent: u8,
    is_ambiguous: bool,
    has_new_words: bool,
}

impl<'d> Mover<'d> {
    pub(super) fn new(old: &'d Document, new: &'d Document) -> Mover<'d> {
        let alignment = Alignment::new(&old.text, &new.text);
        let has_words = |part: &Range<usize>| !new.text[part.clone()].trim_ascii().is_empty();
        let parts = alignment.gaps().filter(has_words).collect();
        Mover {
            old,
            new,
            alignment,
            parts,
            budget: SearchBudget { bytes_left: SEARCHED_BYTES_MAX },
            drift: 0,
        }
    }

    /// Where annotations, in text order, stand in the new text, or why they do not. Words of which
    /// the new text has fewer are those that fit best, and nobody else's.
    pub(super) fn place_all(&mut self, targets: &[&Target]) -> Vec<Result<Candidate, Fact>> {
        let mut found: Vec<_> = targets.iter().map(|target| self.place(target)).collect();
        let mut claims: Vec<(TextSpan, (u8, Reverse<u32>), usize)> = Vec::new();
        for (idx, candidate) in found.iter().enumerate() {
            let Ok(candidate) = candidate else { continue };
            let (old, new) = (targets[idx].envelope(), candidate.target.envelope());
            let distance = self.alignment.offset(old.start()).0.abs_diff(new.start().0);
            claims.push((new, (candidate.score_percent, Reverse(distance)), idx));
        }
        sort_by(&mut claims, Ord::cmp);
        for claims in claims.chunk_by(|left, right| left.0 == right.0) {
            let winner = targets[claims[claims.len() - 1].2].envelope();
            for (_, _, idx) in claims.iter().filter(|(_, _, idx)| targets[*idx].envelope() != winner) {
                found[*idx] = Err(Fact::WordsGone);
            }
        }
        found
    }

    fn place(&mut self, target: &Target) -> Result<Candidate, Fact> {
        let same = self.same(target);
        let is_sure = target.fragments().iter().all(|part| self.alignment.is_in_same_lines(*part));
        match same {
            Some(same) if is_sure || same.score_percent == 100 => Ok(same),
            // In a changed line what is alike may be other words of the same kind: the context
            // decides.
            Some(same) => {
                let other = self.elsewhere(target, same.score_percent < SCORE_ELSEWHERE_MIN);
                let is_better = |other: &Candidate| other.score_percent > same.score_percent;
                Ok(other.filter(is_better).unwrap_or(same))
            }
            None => match self.elsewhere(target, true) {
                Some(other) => Ok(other),
                None => self.stretched(target).map_or_else(|| self.by_parts(target), Ok),
            },
        }
    }

    /// The target in what both texts share, if it is there whole.
    fn same(&self, target: &Target) -> Option<Candidate> {
        let (old, new) = (&*self.old.text, &*self.new.text);
        let parts: Option<Vec<TextSpan>> =
            target.fragments().iter().map(|part| self.alignment.span(*part)).collect();
        let found = Target::fragments_of(parts?)?;
        let is_cut = |text: &str, target: &Target| {
            let mut ends = target.fragments().iter().flat_map(|part| [part.start(), part.end()]);
            ends.any(|end| cuts_grapheme(text, end))
        };
        let score_percent = self.quote(target.envelope()).score_at(new, found.envelope());
        let candidate = Candidate { target: found, score_percent, is_ambiguous: false, has_new_words: false };
        (!is_cut(new, &candidate.target) || is_cut(old, target)).then_some(candidate)
    }

    /// The target where its words, from its first to its last, are found in a changed line.
    fn elsewhere(&mut self, target: &Target, everywhere: bool) -> Option<Candidate> {
        let envelope = target.envelope();
        let found = self.find(envelope, everywhere)?;
        let by = i64::from(found.span.start().0) - i64::from(envelope.start().0);
        let parts = target.fragments().iter().filter_map(|part| moved(*part, by)).collect();
        self.drift = by;
        Some(Candidate {
            target: Target::fragments_of(parts)?,
            score_percent: found.score_percent,
            is_ambiguous: found.is_ambiguous,
            has_new_words: false,
        })
    }

    /// The target where it begins and ends as it did, and little of its inside changed.
    fn stretched(&self, target: &Target) -> Option<Candidate> {
        let old = target.envelope();
        let (found, shared) = self.alignment.stretch(old).filter(|_| !target.is_discontinuous())?;
        let percent = 100 * shared / old.len_bytes().max(found.len_bytes()) as usize;
        let text = &*self.new.text;
        let is_cut = cuts_grapheme(text, found.start()) || cuts_grapheme(text, found.end());
        (percent >= WORDS_PERCENT_MIN && !is_cut).then(|| Candidate {
            target: Target::span(found),
            score_percent: percent as u8,
            is_ambiguous: false,
            has_new_words: true,
        })
    }

    /// The target whose parts are all found, each for itself and in order, where they stood.
    fn by_parts(&mut self, target: &Target) -> Result<Candidate, Fact> {
        let given = target.fragments().len();
        let mut parts: Vec<TextSpan> = Vec::with_capacity(given);
        for part in target.fragments().iter().filter(|_| given > 1) {
            let behind = parts.last().map_or(TextOffset(0), |last| last.end());
            let same = self.alignment.span(*part);
            let found = same.or_else(|| Some(self.find(*part, false)?.span));
            parts.extend(found.filter(|found| found.start() >= behind));
        }
        let found = parts.len();
        match Target::fragments_of(parts) {
            Some(target) if found == given => {
                Ok(Candidate { target, score_percent: 50, is_ambiguous: false, has_new_words: false })
            }
            Some(_) => Err(Fact::PartsGone { given, found }),
            None if self.budget.bytes_left == 0 => Err(Fact::SearchEnded),
            None => Err(Fact::WordsGone),
        }
    }

    /// Looks for words of the old text in the changed lines of the new one: where they stood, and
    /// with `everywhere`, in all others.
    fn find(&mut self, span: TextSpan, everywhere: bool) -> Option<QuoteMatch> {
        let quote = self.quote(span);
        let (text, alignment) = (&*self.new.text, &self.alignment);
        self.budget.bytes_left = self.budget.bytes_left.saturating_sub(quote.exact.len() as u64);
        if let Some(expected) = moved(span, self.drift)
            && !alignment.is_old(expected)
            && quote.is_at(text, expected)
            && quote.has_context_at(text, expected)
        {
            return Some(QuoteMatch { span: expected, score_percent: 100, is_ambiguous: false });
        }
        let near = alignment.offset(span.start()).floor_in(text);
        let reach = quote.exact.len() - 1;
        let own = alignment.gap_at(span.start());
        let mut best: Option<QuoteMatch> = None;
        let others = self.parts.iter().filter(|part| everywhere && **part != own);
        for part in std::iter::once(&own).chain(others) {
            // Each occurrence that has something new in it.
            let from = TextOffset::new(part.start.saturating_sub(reach)).ceil_in(text);
            let to = TextOffset::new((part.end + reach).min(text.len())).floor_in(text).max(from);
            if self.budget.bytes_left <= PART_BYTES + (to - from) as u64 {
                self.budget.bytes_left = 0;
                break;
            }
            self.budget.bytes_left -= PART_BYTES;
            let (found, is_sure) = quote.best_in(text, near, from..to, &mut self.budget);
            let is_taken = |found: &QuoteMatch| {
                *part == own
                    || found.score_percent >= SCORE_ELSEWHERE_MIN
                    || quote.exact.chars().nth(CONTEXT_LEN).is_some()
            };
            if let Some(found) = found.filter(is_taken) {
                best = Some(better(best, found));
            }
            if is_sure {
                break;
            }
        }
        best.filter(|found| {
            !cuts_grapheme(text, found.span.start()) && !cuts_grapheme(text, found.span.end())
        })
    }

    fn quote(&self, span: TextSpan) -> TextQuote<'d> {
        let text = &*self.old.text;
        TextQuote {
            exact: self.old.slice(span),
            prefix: context_before(text, span.start(), CONTEXT_LEN),
            suffix: context_after(text, span.end(), CONTEXT_LEN),
        }
    }

    /// What is to be said of a place: whether it is another one, and how sure it is.
    fn placed(&self, old: &Target, found: Candidate) -> Placed {
        let Candidate { target, score_percent, is_ambiguous, has_new_words } = found;
        let span = target.envelope();
        let is_told = has_new_words || self.stated(old) != stated(self.new, span);
        let (given, kept) = (old.fragments().len(), target.fragments().len());
        Placed {
            target,
            found: is_told.then_some(QuoteMatch { span, score_percent, is_ambiguous }),
            fact: None,
            has_new_words,
            adjusted_from: (given != kept).then_some(given),
            cuts_grapheme: false,
        }
    }

    /// The old place, as files state it.
    fn stated(&self, target: &Target) -> (u64, u64) {
        stated(self.old, target.envelope())
    }

    /// What was said of paragraphs that are the same. One with nothing in it must have nothing in it.
    fn paragraphs(&self, state: &State, annotations: &AnnotationSet) -> Paragraphs {
        let (old, new) = (&self.old.index.blocks, &self.new.index.blocks);
        let found = state.paragraphs.iter().filter_map(|(paragraph, said)| {
            let span = *old.paragraphs().get(*paragraph as usize)?;
            let span = self.alignment.span(span)?;
            let paragraph = new.paragraph_at(span.start())?;
            let mut is_marked = false;
            annotations.overlapping(span, |_| is_marked = true);
            let is_right = *said != ParagraphState::NothingHere || !is_marked;
            (new.paragraphs()[paragraph] == span && is_right).then_some((paragraph as u32, *said))
        });
        Paragraphs::new(found.collect())
    }
}

/// The better of two finds in different parts of the text; of equal ones the earlier looked for.
fn better(best: Option<QuoteMatch>, found: QuoteMatch) -> QuoteMatch {
    match best {
        Some(best) if best.score_percent > found.score_percent => best,
        Some(best) if best.score_percent == found.score_percent => QuoteMatch { is_ambiguous: true, ..best },
        _ => found,
    }
}

fn moved(span: TextSpan, by: i64) -> Option<TextSpan> {
    let place = |offset: TextOffset| u32::try_from(i64::from(offset.0) + by).ok().map(TextOffset);
    TextSpan::new(place(span.start())?, place(span.end())?)
}

/// Start and end in code points.
fn stated(document: &Document, span: TextSpan) -> (u64, u64) {
    let code_point = |offset| u64::from(document.index.offsets.code_point_of(&document.text, offset));
    (code_point(span.start()), code_point(span.end()))
}
