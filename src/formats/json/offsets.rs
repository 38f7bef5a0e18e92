//! From the numbers of a file to places in the text, all at once.

use crate::formats::json::OFFSET_MAX;
use crate::formats::json::open::OffsetUnit;
use crate::formats::json::report::OffsetFact;
use crate::json::{Number, Value};
use crate::model::document::Document;
use crate::sorted::Sorting;
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

/// How many numbers a step takes: a millisecond of work.
const STEP: usize = 4_096;

/// The ends of all places in bytes of the document's text, in the order of `places`.
///
/// O(length of the text + n log n): the numbers are sorted, then the text is walked once.
pub(super) fn ends_of(document: &Document, unit: OffsetUnit, places: &[StatedPlace]) -> Vec<Ends> {
    let mut counting = Counting::new(unit, places);
    while counting.step(document) {}
    counting.finish()
}

/// The ends of places, on their way: see [`ends_of`].
pub(super) struct Counting {
    unit: OffsetUnit,
    /// The numbers, each with the end that it is for: twice the place, and one more for the second.
    wanted: Vec<(u64, usize)>,
    sorting: Sorting,
    order: Vec<usize>,
    /// How many are counted, and how far the text was walked.
    counted: usize,
    here: Checkpoint,
    ends: Vec<Ends>,
}

impl Counting {
    pub(super) fn new(unit: OffsetUnit, places: &[StatedPlace]) -> Counting {
        let mut wanted: Vec<(u64, usize)> = Vec::with_capacity(2 * places.len());
        let mut ends = Vec::with_capacity(places.len());
        let unread = |stated: Stated| stated.map(|_| TextOffset(0));
        for (idx, place) in places.iter().enumerate() {
            wanted.extend(place.start.ok().map(|number| (number, 2 * idx)));
            wanted.extend(place.end.ok().map(|number| (number, 2 * idx + 1)));
            ends.push(Ends { start: unread(place.start), end: unread(place.end) });
        }
        let sorting = Sorting::new(wanted.len());
        let (order, here) = (Vec::new(), Checkpoint::default());
        Counting { unit, wanted, sorting, order, counted: 0, here, ends }
    }

    /// Goes on a little. Whether there is more to do before [`Counting::finish`].
    pub(super) fn step(&mut self, document: &Document) -> bool {
        let wanted = &self.wanted;
        if self.order.len() < wanted.len() {
            if !self.sorting.step(STEP, &|left, right| wanted[left].cmp(&wanted[right])) {
                self.order = std::mem::replace(&mut self.sorting, Sorting::new(0)).into_order();
            }
            return true;
        }
        let mut cursor = CodePointCursor::at(&document.text, self.here);
        for idx in self.order.iter().skip(self.counted).take(STEP) {
            let (number, slot) = wanted[*idx];
            let offset = match self.unit {
                // Past the end the cursor would walk to it each time.
                OffsetUnit::CodePoint if number <= u64::from(document.index.offsets.len_code_points()) => {
                    cursor.advance_to_code_point(number).map_err(offset_fact)
                }
                unit => offset_of(document, unit, number),
            };
            let end = &mut self.ends[slot / 2];
            *(if slot % 2 == 0 { &mut end.start } else { &mut end.end }) = offset;
        }
        self.here = cursor.here();
        self.counted += STEP;
        self.counted < self.order.len()
    }

    /// How much is done.
    pub(super) fn percent(&self) -> usize {
        match self.order.len() {
            0 => self.sorting.percent() / 2,
            len => 50 + self.counted.min(len) * 50 / len,
        }
    }

    pub(super) fn finish(self) -> Vec<Ends> {
        self.ends
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
