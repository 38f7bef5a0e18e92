//! From the numbers of a file to places in the text, all at once.

use crate::formats::json::OFFSET_MAX;
use crate::formats::json::open::OffsetUnit;
use crate::formats::json::report::OffsetFact;
use crate::json::{Number, Value};
use crate::model::document::Document;
use crate::text::offsets::{CodePointCursor, OffsetError};
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

/// Longer stretches are gone over in the index, and no longer character by character.
const WALKED_MAX: u64 = 1024;

/// The ends of all places in bytes of the document's text, in the order of `places`. `order` says in which
/// order their starts are in the text.
///
/// O(length of the text + n), where most annotations are short: the text is walked from start to start,
/// and on from each to its end.
pub(super) fn ends_of(
    document: &Document,
    unit: OffsetUnit,
    places: &[StatedPlace],
    order: &[usize],
) -> Vec<Ends> {
    let text_len = u64::from(document.index.offsets.len_code_points());
    let mut ends: Vec<Ends> = places
        .iter()
        .map(|place| {
            let unread = |stated: Stated| stated.map(|_| TextOffset(0));
            Ends { start: unread(place.start), end: unread(place.end) }
        })
        .collect();
    let mut cursor = CodePointCursor::new(&document.text);
    for idx in order {
        let (place, ends) = (&places[*idx], &mut ends[*idx]);
        let mut start = None;
        if let Ok(number) = place.start {
            ends.start = match unit {
                // Past the end the cursor would walk to it each time.
                OffsetUnit::CodePoint if number <= text_len => {
                    start = Some(number);
                    cursor.advance_to_code_point(number).map_err(offset_fact)
                }
                unit => offset_of(document, unit, number),
            };
        }
        if let Ok(number) = place.end {
            ends.end = match start {
                Some(start) if (start..=text_len.min(start + WALKED_MAX)).contains(&number) => {
                    cursor.clone().advance_to_code_point(number).map_err(offset_fact)
                }
                _ => offset_of(document, unit, number),
            };
        }
    }
    ends
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
