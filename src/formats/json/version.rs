//! The work on one text, put on a new version of it.
//!
//! What stands in lines that are the same stays with them. The rest is looked for by its words in the
//! lines that changed, where what stands round them decides which of equal words are meant. What does
//! not fit waits in the file as it does where a file is opened on another text: under `unplaced`.

use std::ops::Range;

use crate::edit::state::State;
use crate::formats::json::build::{NeedsText, OpenContext, Opened};
use crate::formats::json::building::Building;
use crate::formats::json::offsets::{Ends, StatedPlace};
use crate::formats::json::place::{Placed, Placer, fragments_in};
use crate::formats::json::read::NativeFile;
use crate::formats::json::report::Fact;
use crate::formats::json::{CARRIED_DOCUMENT, CONTEXT_LEN, VERSION_OF_KEY};
use crate::json::{Map, Value};
use crate::model::annotation::Target;
use crate::model::document::Document;
use crate::model::paragraphs::{ParagraphState, Paragraphs};
use crate::model::selector::{QuoteMatch, TextQuote, context_after, context_before};
use crate::sorted::sort_by;
use crate::text::alignment::Alignment;
use crate::text::span::{TextOffset, TextSpan};

/// What looking into one part of the text costs at least, in bytes searched.
const PART_BYTES: u64 = 64;
/// Elsewhere than where they stood, words are only the same words where as much of what stood
/// round them came along: half of it.
const SCORE_ELSEWHERE_MIN: u8 = 75;
/// The score of what stands in lines that are the same: nothing else has a better claim.
const SCORE_OF_LINES: u8 = 100;
/// Texts that share less than one byte in so many have nothing to do with each other.
const SHARED_PART_MIN: usize = 20;

/// The work on a new version of its text, and what a person must be told about it.
#[derive(Debug)]
pub struct NewVersion {
    pub opened: Opened,
    /// The texts share next to nothing, and most annotations found no place.
    pub is_unrelated: bool,
}

/// The native file of a state, made one of a new version of its text, which `file` is of. What is put on it:
/// annotations, entities, relations and fields. The rest is done by [`Versions`].
pub fn make_version(mut work: NativeFile, state: &State, file: &NativeFile, time_ms: u64) -> NativeFile {
    let old = &state.document;
    (work.document_id, work.schema) = (None, state.schema.clone());
    (work.created_ms, work.modified_ms) = (None, Some(time_ms));
    (work.paragraphs, work.timing) = (Value::Null, Value::Null);
    work.structure = file.structure();
    (work.text, work.text_sha256) = (file.text.clone(), file.text_sha256.clone());
    let mut members = match work.carried.remove(CARRIED_DOCUMENT) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let version_of = Map::new().with("id", old.id.as_str()).with("sha256", old.sha256().as_ref());
    members.insert(VERSION_OF_KEY, version_of);
    work.carried.insert(CARRIED_DOCUMENT, members);
    work
}

/// What came out for an annotation, once it was looked for.
type Tried = Option<Result<Placed, Fact>>;

/// Two versions of a text.
pub struct Versions<'d> {
    pub(super) old: &'d Document,
    new: &'d str,
    alignment: Alignment,
    /// The changed lines of the new text.
    gaps: Vec<Range<usize>>,
    // As pointers, so that programs that only open files have none of this.
    pub(super) place: fn(&Versions, &mut Placer, TextSpan, &StatedPlace) -> Result<Placed, Fact>,
    pub(super) settle: fn(&[Ends], &mut [Tried]),
}

impl<'d> Versions<'d> {
    /// The old document, the text of the new one, and what the two share.
    pub fn new(old: &'d Document, new: &'d str, alignment: Alignment) -> Versions<'d> {
        let gaps = alignment.gaps().collect();
        Versions {
            old,
            new,
            alignment,
            gaps,
            place: |versions, placer, span, stated| versions.place_one(placer, span, stated),
            settle: settle_claims,
        }
    }

    /// Puts the work on the new text: the file that [`make_version`] made. A search through the lines that
    /// changed for each annotation in them; the bytes searched are bounded.
    pub fn building<'b>(
        &'b self,
        work: &'b NativeFile,
        context: OpenContext<'b>,
    ) -> Result<Building<'b>, NeedsText> {
        Building::with_versions(work, None, context, Some(self))
    }

    /// What came out, with what was said of paragraphs of `state` that are the same.
    pub fn finish(&self, state: &State, mut opened: Opened) -> NewVersion {
        // That the text is another one is what was asked for.
        let is_told = |fact: &Fact| !matches!(fact, Fact::HashDiffers { .. } | Fact::LengthDiffers { .. });
        opened.problems.retain(|problem| is_told(&problem.fact));
        opened.state.paragraphs = self.paragraphs(state, &opened.state);
        let shared = SHARED_PART_MIN * self.alignment.len_shared();
        let is_unrelated = shared < self.old.text.len().min(self.new.len()).max(1)
            && opened.state.annotations.len() <= opened.unplaced.len();
        NewVersion { opened, is_unrelated }
    }

    fn quote(&self, span: TextSpan) -> TextQuote<'d> {
        let text = &*self.old.text;
        TextQuote {
            exact: self.old.slice(span),
            prefix: context_before(text, span.start(), CONTEXT_LEN),
            suffix: context_after(text, span.end(), CONTEXT_LEN),
        }
    }

    /// What was said of paragraphs that are the same. One with nothing in it must have nothing in it.
    fn paragraphs(&self, state: &State, opened: &State) -> Paragraphs {
        let (old, new) = (self.old.index.blocks.paragraphs(), &opened.document.index.blocks);
        let found = state.paragraphs.iter().filter_map(|(paragraph, said)| {
            let span = self.alignment.span(*old.get(*paragraph as usize)?)?;
            let paragraph = new.paragraph_at(span.start())?;
            let mut is_marked = false;
            opened.annotations.overlapping(span, |_| is_marked = true);
            let is_right = *said != ParagraphState::NothingHere || !is_marked;
            (new.paragraphs()[paragraph] == span && is_right).then_some((paragraph as u32, *said))
        });
        Paragraphs::new(found.collect())
    }

    /// Where an annotation at `span` of the old text stands in the new one, or why it does not.
    fn place_one(&self, placer: &mut Placer, span: TextSpan, stated: &StatedPlace) -> Result<Placed, Fact> {
        let exact = self.old.slice(span);
        let mut parts: Vec<TextSpan> = fragments_in(exact, span, stated).into_iter().flatten().collect();
        if parts.is_empty() {
            parts.push(span);
        }
        let same = parts.iter().map(|part| self.alignment.span(*part)).collect();
        if let Some(same) = same {
            return placed_at(placer, span, stated, same, (SCORE_OF_LINES, false));
        }
        if let Some(found) = self.find(placer, span, true) {
            placer.drift = i64::from(found.span.start().0) - i64::from(span.start().0);
            let moved = parts.iter().filter_map(|part| moved(*part, placer.drift)).collect();
            return placed_at(placer, span, stated, moved, (found.score_percent, found.is_ambiguous));
        }
        // Each part for itself, in their order.
        let given = parts.len();
        let mut found: Vec<TextSpan> = Vec::with_capacity(given);
        for part in parts.into_iter().filter(|_| given > 1) {
            let same = self.alignment.span(part);
            let place = same.or_else(|| Some(self.find(placer, part, false)?.span));
            let behind = found.last().map_or(TextOffset(0), |last| last.end());
            found.extend(place.filter(|place| place.start() >= behind));
        }
        match found.len() {
            0 if placer.budget.bytes_left == 0 => Err(Fact::SearchEnded),
            0 => Err(Fact::WordsGone),
            all if all == given => placed_at(placer, span, stated, found, (SCORE_ELSEWHERE_MIN, false)),
            found => Err(Fact::PartsGone { given, found }),
        }
    }

    /// Looks for words of the old text in the changed lines of the new one: where they stood, and with
    /// `everywhere`, in all others.
    fn find(&self, placer: &mut Placer, span: TextSpan, everywhere: bool) -> Option<QuoteMatch> {
        let quote = self.quote(span);
        let text = self.new;
        let exact_len = quote.exact.len();
        placer.budget.bytes_left = placer.budget.bytes_left.saturating_sub(exact_len as u64);
        let (near, own) = self.alignment.around(span.start());
        // Where what moved the one before has moved this as well.
        let expected = moved(span, placer.drift).filter(|expected| {
            placer.drift != 0 && quote.is_at(text, *expected) && quote.has_context_at(text, *expected)
        });
        if let Some(span) = expected {
            return Some(QuoteMatch { span, score_percent: 100, is_ambiguous: false });
        }
        let mut best: Option<QuoteMatch> = None;
        let others = self.gaps.iter().filter(|gap| everywhere && **gap != own);
        for gap in std::iter::once(&own).chain(others) {
            // Each occurrence that has something new in it.
            let from = TextOffset::new(gap.start.saturating_sub(exact_len - 1)).ceil_in(text);
            let to = TextOffset::new((gap.end + exact_len - 1).min(text.len())).floor_in(text).max(from);
            if placer.budget.bytes_left <= PART_BYTES + (to - from) as u64 {
                placer.budget.bytes_left = 0;
                break;
            }
            placer.budget.bytes_left -= PART_BYTES;
            let (found, is_sure) = quote.best_in(text, near.floor_in(text), from..to, &mut placer.budget);
            let is_taken = |found: &QuoteMatch| {
                *gap == own || found.score_percent >= SCORE_ELSEWHERE_MIN || exact_len > CONTEXT_LEN
            };
            if let Some(found) = found.filter(is_taken) {
                best = match best {
                    Some(best) if best.score_percent > found.score_percent => Some(best),
                    Some(best) if best.score_percent == found.score_percent => {
                        Some(QuoteMatch { is_ambiguous: true, ..best })
                    }
                    _ => Some(found),
                };
            }
            if is_sure {
                break;
            }
        }
        best
    }
}

/// An annotation with its parts in the new text. Words that now cut a character are others.
fn placed_at(
    placer: &Placer,
    old: TextSpan,
    stated: &StatedPlace,
    parts: Vec<TextSpan>,
    (score_percent, is_ambiguous): (u8, bool),
) -> Result<Placed, Fact> {
    let given: Vec<Option<TextSpan>> = parts.iter().copied().map(Some).collect();
    let target = Target::fragments_of(parts).ok_or(Fact::WordsGone)?;
    let span = target.envelope();
    let found = (span != old).then_some(QuoteMatch { span, score_percent, is_ambiguous });
    let given = if stated.fragments.is_empty() { &[] } else { &given[..] };
    let placed = Placed { score_percent, ..placer.placed(span, given, found, None) };
    if placed.cuts_grapheme && score_percent < SCORE_OF_LINES { Err(Fact::WordsGone) } else { Ok(placed) }
}

/// Where the new text has fewer of some words than the old one, they are those that fit best, and
/// nobody else's. `ends` are the old places.
pub(super) fn settle_claims(ends: &[Ends], found: &mut [Tried]) {
    let score = |found: &Tried| match found {
        Some(Ok(placed)) => placed.score_percent,
        _ => 0,
    };
    let old = |idx: usize| (ends[idx].start.ok(), ends[idx].end.ok());
    let mut claims: Vec<(u64, usize)> = Vec::with_capacity(found.len());
    for (idx, found) in found.iter().enumerate() {
        if let Some(Ok(placed)) = found {
            let span = placed.target.envelope();
            claims.push((u64::from(span.start().0) << 32 | u64::from(span.end().0), idx));
        }
    }
    sort_by(&mut claims, Ord::cmp);
    for claims in claims.chunk_by(|left, right| left.0 == right.0) {
        let Some((_, best)) = claims.iter().copied().max_by_key(|(_, idx)| score(&found[*idx])) else {
            continue;
        };
        for (_, idx) in claims.iter().filter(|(_, idx)| old(*idx) != old(best)) {
            found[*idx] = Some(Err(Fact::WordsGone));
        }
    }
}

fn moved(span: TextSpan, by: i64) -> Option<TextSpan> {
    let place = |offset: TextOffset| u32::try_from(i64::from(offset.0) + by).ok().map(TextOffset);
    TextSpan::new(place(span.start())?, place(span.end())?)
}
