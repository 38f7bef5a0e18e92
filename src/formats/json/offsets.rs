//! From the numbers of a file to places in the text, all at once.

use crate::formats::json::OFFSET_MAX;
use crate::formats::json::build::start_of;
use crate::formats::json::open::OffsetUnit;
use crate::formats::json::report::OffsetFact;
use crate::json::{Number, Value};
use crate::model::document::Document;
use crate::sorted::sort_by_key;
use crate::text::offsets::{Checkpoint, CodePointCursor, OffsetError};
use crate::text::span::TextOffset;

/// A number that a file gives as a place, or why it is none.
pub(super) type Stated = Result<u64, OffsetFact>;

/// The place of an annotation as its file states it, nothing of it checked against the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StatedPlace {
    pub(super) start: Stated,
    pub(super) end: Stated,
    pub(super) fragments: Vec<(Stated, Stated)>,
}

impl StatedPlace {
    /// Start and end where both are numbers.
    pub(super) fn numbers(&self) -> Option<(u64, u64)> {
        Some((self.start.ok()?, self.end.ok()?))
    }
}

/// The ends of an annotation in bytes of the text.
pub(super) struct Ends {
    pub(super) start: Result<TextOffset, OffsetFact>,
    pub(super) end: Result<TextOffset, OffsetFact>,
}

pub(super) fn stated_number(number: f64) -> Stated {
    if number.is_nan() {
        Err(OffsetFact::NotANumber)
    } else if number < 0.0 {
        Err(OffsetFact::Negative)
    } else if number > OFFSET_MAX as f64 {
        Err(OffsetFact::TooLarge)
    } else if number.fract() != 0.0 {
        Err(OffsetFact::NotWhole)
    } else {
        Ok(number as u64)
    }
}

fn stated_json_number(number: &Number) -> Stated {
    match (number.as_u64(), number.as_f64()) {
        (Some(number), _) if number <= OFFSET_MAX => Ok(number),
        (Some(_), _) => Err(OffsetFact::TooLarge),
        (None, Some(number)) => stated_number(number),
        (None, None) => Err(OffsetFact::NotANumber),
    }
}

pub(super) fn stated_value(value: &Value) -> Stated {
    match value {
        Value::Null => Err(OffsetFact::Missing),
        Value::Number(number) => stated_json_number(number),
        _ => Err(OffsetFact::NotANumber),
    }
}

/// How many places a step takes: a millisecond of work.
const STEP: usize = 2_048;

/// Longer stretches are gone over in the index, and no longer character by character.
const WALKED_MAX: u64 = 1024;

/// The ends of all places in bytes of the document's text, in the order of `places`.
///
/// O(length of the text + n log n): the starts are sorted, unless they are in order as they came.
pub(super) fn ends_of(document: &Document, unit: OffsetUnit, places: &[StatedPlace]) -> Vec<Ends> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    sort_by_key(&mut order, |idx| start_of(&places[*idx]));
    let mut counting = Counting::new(unit, places.len());
    while counting.step(document, places, &order) {}
    counting.finish()
}

/// The ends of places, on their way: see [`ends_of`].
pub(super) struct Counting {
    unit: OffsetUnit,
    /// How many are counted, and how far the text was walked.
    counted: usize,
    here: Checkpoint,
    ends: Vec<Option<Ends>>,
}

impl Counting {
    pub(super) fn new(unit: OffsetUnit, len: usize) -> Counting {
        let mut ends = Vec::new();
        ends.resize_with(len, || None);
        Counting { unit, counted: 0, here: Checkpoint::default(), ends }
    }

    /// Goes on a little; `order` says in which order the starts of the places are in the text. Whether there
    /// is more to do before [`Counting::finish`].
    pub(super) fn step(&mut self, document: &Document, places: &[StatedPlace], order: &[usize]) -> bool {
        let mut cursor = CodePointCursor::at(&document.text, self.here);
        for idx in order.iter().skip(self.counted).take(STEP) {
            self.ends[*idx] = Some(self.ends_at(document, &places[*idx], &mut cursor));
        }
        self.here = cursor.here();
        self.counted += STEP;
        self.counted < order.len()
    }

    /// The text is walked to the start, and on from there to the end, which mostly is near.
    fn ends_at(&self, document: &Document, place: &StatedPlace, cursor: &mut CodePointCursor<'_>) -> Ends {
        let text_len = u64::from(document.index.offsets.len_code_points());
        let walked = match self.unit {
            // Past the end the cursor would walk to it each time.
            OffsetUnit::CodePoint => place.start.ok().filter(|start| *start <= text_len),
            OffsetUnit::Utf16 => None,
        };
        let looked_up = |stated: Stated| stated.and_then(|number| offset_of(document, self.unit, number));
        let Some(start) = walked else {
            return Ends { start: looked_up(place.start), end: looked_up(place.end) };
        };
        let start_offset = cursor.advance_to_code_point(start).map_err(offset_fact);
        let near = start..=text_len.min(start + WALKED_MAX);
        let end = match place.end {
            Ok(end) if near.contains(&end) => cursor.clone().advance_to_code_point(end).map_err(offset_fact),
            stated => looked_up(stated),
        };
        Ends { start: start_offset, end }
    }

    /// How much is done.
    pub(super) fn percent(&self) -> usize {
        self.counted.min(self.ends.len()) * 100 / self.ends.len().max(1)
    }

    pub(super) fn finish(self) -> Vec<Ends> {
        self.ends.into_iter().flatten().collect()
    }
}

/// One place in bytes of the document's text.
pub(super) fn offset_of(
    document: &Document,
    unit: OffsetUnit,
    number: u64,
) -> Result<TextOffset, OffsetFact> {
    let (text, index) = (&*document.text, &document.index.offsets);
    let offset = match unit {
        OffsetUnit::CodePoint => index.offset_of_code_point(text, number),
        OffsetUnit::Utf16 => index.offset_of_utf16(text, number),
    };
    offset.map_err(offset_fact)
}

fn offset_fact(error: OffsetError) -> OffsetFact {
    match error {
        OffsetError::OutOfRange { given, len } => OffsetFact::PastEnd { given, len: u64::from(len) },
        OffsetError::InsideCharacter { given } => OffsetFact::InsideCharacter { given },
    }
}
