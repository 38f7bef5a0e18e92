//! Where an annotation of a file belongs in the text: where it says, or where its words are.

use crate::formats::json::SEARCHED_BYTES_MAX;
use crate::formats::json::offsets::{Ends, StatedPlace, offset_of};
use crate::formats::json::open::OffsetUnit;
use crate::formats::json::report::Fact;
use crate::formats::json::version::Versions;
use crate::model::annotation::Target;
use crate::model::document::Document;
use crate::model::selector::{QuoteMatch, SearchBudget, TextQuote};
use crate::text::graphemes::is_boundary;
use crate::text::offsets::CodePointCursor;
use crate::text::span::{TextOffset, TextSpan};

/// How much of the text is looked at to see whether a place cuts a grapheme. Rows of flags may be
/// longer; there the answer may be wrong, and is only a remark.
const GRAPHEME_BYTES: usize = 128;

/// Puts annotations on a text. To be asked in text order of the file's offsets, because what moved
/// one annotation has mostly moved the next by as much.
pub(super) struct Placer<'d> {
    document: &'d Document,
    unit: OffsetUnit,
    /// Whether the text is the one the file was made for.
    is_same_text: bool,
    /// The text that the file has, and this one, where the two are versions of one.
    pub(super) versions: Option<&'d Versions<'d>>,
    pub(super) budget: SearchBudget,
    /// How far, in bytes, the last annotation lay from where its file said.
    pub(super) drift: i64,
}

/// What came out for one annotation.
pub(super) struct Placed {
    pub(super) target: Target,
    /// `None` where it lies as stated.
    pub(super) found: Option<QuoteMatch>,
    /// What is wrong with the stated place.
    pub(super) fact: Option<Fact>,
    /// How sure the place is, as in `QuoteMatch`; 100 where nothing was looked for.
    pub(super) score_percent: u8,
    /// How many fragments were given, where not all of them could be taken as they were.
    pub(super) adjusted_from: Option<usize>,
    /// Whether an end lies inside what a person sees as one character.
    pub(super) cuts_grapheme: bool,
}

impl<'d> Placer<'d> {
    pub(super) fn new(document: &'d Document, unit: OffsetUnit, is_same_text: bool) -> Placer<'d> {
        let budget = SearchBudget { bytes_left: SEARCHED_BYTES_MAX };
        Placer { document, unit, is_same_text, versions: None, budget, drift: 0 }
    }

    /// The target of an annotation, or why there is none. `quote` is what the file says of the
    /// words, where it does.
    pub(super) fn place(
        &mut self,
        stated: &StatedPlace,
        ends: &Ends,
        quote: Option<TextQuote>,
    ) -> Result<Placed, Fact> {
        let (span, fact) = match stated_span(stated, ends) {
            Ok(span) => (Some(span), None),
            Err(fact) => (None, Some(fact)),
        };
        if let (Some(versions), Some(span)) = (self.versions, span) {
            return (versions.place)(versions, self, span, stated);
        }
        if let Some(span) = span.filter(|&span| self.is_right(span, quote)) {
            self.drift = 0;
            return Ok(self.placed(span, &self.fragments_at(stated), None, None));
        }
        let Some(quote) = quote.filter(|quote| !quote.exact.is_empty()) else {
            return Err(fact.unwrap_or(Fact::NothingToFind));
        };
        let near = self.expected(ends, quote);
        let Some(found) = quote.find(&self.document.text, near, &mut self.budget) else {
            return Err(fact.unwrap_or(Fact::SurfaceDiffers));
        };
        let start = ends.start.ok().map(|start| i64::from(start.0));
        if let (Some(start), false) = (start, found.is_ambiguous) {
            self.drift = i64::from(found.span.start().0) - start;
        }
        let is_moved = span != Some(found.span);
        let fact = fact.or_else(|| (self.is_same_text && is_moved).then_some(Fact::SurfaceDiffers));
        let fragments = fragments_in(quote.exact, found.span, stated);
        Ok(self.placed(found.span, &fragments, is_moved.then_some(found), fact))
    }

    /// Whether an annotation may stay where it says that it is.
    fn is_right(&self, span: TextSpan, quote: Option<TextQuote>) -> bool {
        let text = &*self.document.text;
        match quote {
            None => self.is_same_text,
            Some(quote) if self.is_same_text => quote.is_at(text, span),
            Some(quote) => self.drift == 0 && quote.is_at(text, span) && quote.has_context_at(text, span),
        }
    }

    /// Where the words should be, if they moved as the last ones did.
    fn expected(&self, ends: &Ends, quote: TextQuote) -> TextOffset {
        let len = self.document.text.len() as i64;
        let start = match (ends.start, ends.end) {
            (Ok(start), _) => i64::from(start.0),
            (Err(_), Ok(end)) => i64::from(end.0) - quote.exact.len() as i64,
            (Err(_), Err(_)) => return TextOffset(0),
        };
        TextOffset::new(usize::try_from((start + self.drift).clamp(0, len)).unwrap_or(0))
    }

    /// The stated fragments in bytes of the text.
    fn fragments_at(&self, stated: &StatedPlace) -> Vec<Option<TextSpan>> {
        let offset = |number: u64| offset_of(self.document, self.unit, number).ok();
        stated
            .fragments
            .iter()
            .map(|(start, end)| TextSpan::new(offset((*start).ok()?)?, offset((*end).ok()?)?))
            .collect()
    }

    pub(super) fn placed(
        &self,
        span: TextSpan,
        fragments: &[Option<TextSpan>],
        found: Option<QuoteMatch>,
        fact: Option<Fact>,
    ) -> Placed {
        let kept: Vec<TextSpan> =
            fragments.iter().copied().flatten().filter(|part| span.covers(*part)).collect();
        let target = Target::fragments_of(kept).unwrap_or(Target::span(span));
        let is_as_given = target.envelope() == span
            && (fragments.is_empty()
                || fragments.iter().copied().eq(target.fragments().iter().copied().map(Some)));
        let adjusted_from = (!is_as_given).then_some(fragments.len());
        let text = &*self.document.text;
        let mut ends = target.fragments().iter().flat_map(|part| [part.start(), part.end()]);
        let cuts_grapheme = ends.any(|end| cuts_grapheme(text, end));
        let score_percent = 100;
        Placed { target, found, fact, score_percent, adjusted_from, cuts_grapheme }
    }
}

/// The span from start to end, or why there is none.
fn stated_span(stated: &StatedPlace, ends: &Ends) -> Result<TextSpan, Fact> {
    let (start, end) = match (ends.start, ends.end) {
        (Ok(start), Ok(end)) => (start, end),
        (Err(offset), _) => return Err(Fact::BadOffset { key: "start", offset }),
        (_, Err(offset)) => return Err(Fact::BadOffset { key: "end", offset }),
    };
    let numbers = (stated.start.unwrap_or_default(), stated.end.unwrap_or_default());
    TextSpan::new(start, end).ok_or(match numbers {
        (start, end) if start == end => Fact::EmptySpan { at: start },
        (start, end) => Fact::Reversed { start, end },
    })
}

/// The stated fragments, in code points from the stated start, as parts of `exact` at `span`.
pub(super) fn fragments_in(exact: &str, span: TextSpan, stated: &StatedPlace) -> Vec<Option<TextSpan>> {
    let mut cursor = CodePointCursor::new(exact);
    let mut offset = |number: u64| {
        let from_start = number.checked_sub(stated.start.ok()?)?;
        let within = cursor.advance_to_code_point(from_start).ok()?;
        Some(TextOffset(span.start().0 + within.0))
    };
    stated
        .fragments
        .iter()
        .map(|(start, end)| TextSpan::new(offset((*start).ok()?)?, offset((*end).ok()?)?))
        .collect()
}

fn cuts_grapheme(text: &str, offset: TextOffset) -> bool {
    let index = offset.floor_in(text);
    let bytes = text.as_bytes();
    let (before, after) = (index.checked_sub(1).map(|index| bytes[index]), bytes.get(index));
    if let (Some(before), Some(after)) = (before, after)
        && before.is_ascii()
        && after.is_ascii()
    {
        return before == b'\r' && *after == b'\n';
    }
    let from = TextOffset::new(index.saturating_sub(GRAPHEME_BYTES)).floor_in(text);
    let to = TextOffset::new((index + GRAPHEME_BYTES).min(text.len())).ceil_in(text);
    !is_boundary(&text[from..to], index - from)
}
