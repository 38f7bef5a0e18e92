//! From bytes to UTF-16 units and Unicode code points, and back.
//!
//! Inside the program a place is a byte offset. The browser and some formats count UTF-16 units,
//! others count code points. [`OffsetIndex`] converts any place; [`CodePointCursor`] converts many
//! places in order without an index.

use crate::text::span::TextOffset;

/// Bytes between two checkpoints of an [`OffsetIndex`].
const CHECKPOINT_STEP_BYTES: usize = 1024;

/// Why a number from outside is no place of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetError {
    /// `given` is larger than `len`, the length of the text in the same unit.
    OutOfRange { given: u64, len: u32 },
    /// `given` lies between the two UTF-16 units of one character.
    InsideCharacter { given: u64 },
}

/// A half of a surrogate pair without the other half, which no text can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoneSurrogate {
    /// UTF-16 units before it.
    pub at_utf16: usize,
}

/// Converts offsets of one text, which is passed to each method and must be the one of `new`.
///
/// Takes 12 bytes for each KiB of text. A conversion costs O(log n) and a walk over at most 1 KiB;
/// nothing is walked where a stretch is ASCII.
#[derive(Clone, Debug)]
pub struct OffsetIndex {
    // Invariant: `checkpoints[i]` is at the last character start at or before `i` steps. There is
    // one for each whole step, and `end` stands for the end of the text.
    checkpoints: Vec<Checkpoint>,
    end: Checkpoint,
}

/// One place in the three units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checkpoint {
    bytes: u32,
    utf16: u32,
    code_points: u32,
}

impl Checkpoint {
    /// Moves on over `text`, which starts here.
    fn after(self, text: &str) -> Checkpoint {
        let bytes = text.as_bytes();
        let mut words = bytes.chunks_exact(8);
        let (mut characters, mut pairs) = (0, 0);
        for word in &mut words {
            let word = word_of(word);
            characters += starts_in(word);
            // Those beyond U+FFFF start with four bits.
            pairs += (word & word << 1 & word << 2 & word << 3 & HIGH_BITS).count_ones();
        }
        characters += words.remainder().iter().filter(|&&byte| is_start(byte)).count() as u32;
        pairs += words.remainder().iter().filter(|&&byte| byte >= 0xF0).count() as u32;
        Checkpoint {
            bytes: self.bytes + bytes.len() as u32,
            utf16: self.utf16 + characters + pairs,
            code_points: self.code_points + characters,
        }
    }
}

/// The high bit of each of eight bytes.
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// Eight bytes as a number, so that one step looks at all of them.
fn word_of(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte))
}

/// How many of the eight bytes start a character: those that do not begin with the bits 10.
fn starts_in(word: u64) -> u32 {
    8 - (word & !(word << 1) & HIGH_BITS).count_ones()
}

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// A unit other than bytes.
#[derive(Clone, Copy)]
enum Unit {
    Utf16,
    CodePoint,
}

impl Unit {
    fn of(self, checkpoint: Checkpoint) -> u32 {
        match self {
            Unit::Utf16 => checkpoint.utf16,
            Unit::CodePoint => checkpoint.code_points,
        }
    }

    fn len_of(self, character: char) -> u32 {
        match self {
            Unit::Utf16 => character.len_utf16() as u32,
            Unit::CodePoint => 1,
        }
    }
}

impl OffsetIndex {
    /// O(n).
    pub fn new(text: &str) -> OffsetIndex {
        let mut checkpoints = Vec::with_capacity(text.len() / CHECKPOINT_STEP_BYTES + 1);
        let mut last = Checkpoint::default();
        checkpoints.push(last);
        for step in 1..=text.len() / CHECKPOINT_STEP_BYTES {
            let index = TextOffset::new(step * CHECKPOINT_STEP_BYTES).floor_in(text);
            last = last.after(&text[last.bytes as usize..index]);
            checkpoints.push(last);
        }
        let end = last.after(&text[last.bytes as usize..]);
        OffsetIndex { checkpoints, end }
    }

    /// UTF-16 units before `offset`. A place in a character counts as its start, one past the end
    /// as the end.
    pub fn utf16_of(&self, text: &str, offset: TextOffset) -> u32 {
        Unit::Utf16.of(self.at(text, offset))
    }

    /// Code points before `offset`. A place in a character counts as its start, one past the end
    /// as the end.
    pub fn code_point_of(&self, text: &str, offset: TextOffset) -> u32 {
        Unit::CodePoint.of(self.at(text, offset))
    }

    /// The place after `utf16` UTF-16 units.
    pub fn offset_of_utf16(&self, text: &str, utf16: u64) -> Result<TextOffset, OffsetError> {
        self.find(text, Unit::Utf16, utf16)
    }

    /// The place after `code_points` code points. Never [`OffsetError::InsideCharacter`].
    pub fn offset_of_code_point(&self, text: &str, code_points: u64) -> Result<TextOffset, OffsetError> {
        self.find(text, Unit::CodePoint, code_points)
    }

    pub fn len_bytes(&self) -> u32 {
        self.end.bytes
    }

    pub fn len_utf16(&self) -> u32 {
        self.end.utf16
    }

    pub fn len_code_points(&self) -> u32 {
        self.end.code_points
    }

    fn at(&self, text: &str, offset: TextOffset) -> Checkpoint {
        debug_assert_eq!(text.len(), self.end.bytes as usize, "the index is of another text");
        let index = offset.floor_in(text);
        let step = (index / CHECKPOINT_STEP_BYTES).min(self.checkpoints.len() - 1);
        let checkpoint = self.checkpoints[step];
        let skipped = index as u32 - checkpoint.bytes;
        if self.is_ascii_after(step) {
            return Checkpoint {
                bytes: index as u32,
                utf16: checkpoint.utf16 + skipped,
                code_points: checkpoint.code_points + skipped,
            };
        }
        checkpoint.after(text.get(checkpoint.bytes as usize..index).unwrap_or_default())
    }

    fn find(&self, text: &str, unit: Unit, given: u64) -> Result<TextOffset, OffsetError> {
        debug_assert_eq!(text.len(), self.end.bytes as usize, "the index is of another text");
        let len = unit.of(self.end);
        let Some(wanted) = u32::try_from(given).ok().filter(|&wanted| wanted <= len) else {
            return Err(OffsetError::OutOfRange { given, len });
        };
        let after = self.checkpoints.partition_point(|&checkpoint| unit.of(checkpoint) <= wanted);
        let step = after.saturating_sub(1);
        let checkpoint = self.checkpoints[step];
        if self.is_ascii_after(step) {
            return Ok(TextOffset(checkpoint.bytes + wanted - unit.of(checkpoint)));
        }
        let rest = text.get(checkpoint.bytes as usize..).unwrap_or_default();
        walk(rest, unit, wanted - unit.of(checkpoint))
            .map(|skipped| TextOffset(checkpoint.bytes + skipped))
            .ok_or(OffsetError::InsideCharacter { given })
    }

    /// Whether the text from checkpoint `step` to the next is ASCII only.
    fn is_ascii_after(&self, step: usize) -> bool {
        let here = self.checkpoints[step];
        let next = self.checkpoints.get(step + 1).copied().unwrap_or(self.end);
        next.bytes - here.bytes == next.code_points - here.code_points
    }
}

/// The bytes of `text` that `wanted` units take, or the end of the text. `None` if a character
/// would be cut.
fn walk(text: &str, unit: Unit, wanted: u32) -> Option<u32> {
    if let Unit::CodePoint = unit {
        return nth_start(text, wanted as usize).map(|index| index as u32);
    }
    let mut units = 0;
    for (index, character) in text.char_indices() {
        if units >= wanted {
            return (units == wanted).then_some(index as u32);
        }
        units += unit.len_of(character);
    }
    (units <= wanted).then_some(text.len() as u32)
}

/// Converts places in ascending order between bytes and code points, each step in O(distance).
///
/// A place before the last one is still right, but is counted from the start of the text.
#[derive(Clone, Debug)]
pub struct CodePointCursor<'t> {
    text: &'t str,
    // Invariant: at a character of `text`.
    here: Checkpoint,
}

impl<'t> CodePointCursor<'t> {
    pub fn new(text: &'t str) -> CodePointCursor<'t> {
        CodePointCursor { text, here: Checkpoint::default() }
    }

    /// One that goes on from where another one on the same text was.
    pub fn at(text: &'t str, here: Checkpoint) -> CodePointCursor<'t> {
        CodePointCursor { text, here }
    }

    pub fn here(&self) -> Checkpoint {
        self.here
    }

    /// Code points before `offset`. A place in a character counts as its start, one past the end
    /// as the end.
    pub fn advance_to(&mut self, offset: TextOffset) -> u32 {
        let index = offset.floor_in(self.text);
        if index < self.here.bytes as usize {
            self.here = Checkpoint::default();
        }
        self.here = self.here.after(&self.text[self.here.bytes as usize..index]);
        self.here.code_points
    }

    /// The place after `code_points` code points, and the cursor goes there. Past the end of the
    /// text it is an error and the cursor stays; finding that out costs a walk to the end.
    pub fn advance_to_code_point(&mut self, code_points: u64) -> Result<TextOffset, OffsetError> {
        if code_points < u64::from(self.here.code_points) {
            self.here = Checkpoint::default();
        }
        let skipped = code_points - u64::from(self.here.code_points);
        let rest = &self.text[self.here.bytes as usize..];
        let index = match usize::try_from(skipped).ok().and_then(|skipped| nth_start(rest, skipped)) {
            Some(index) => index,
            None => {
                let len = self.here.after(rest).code_points;
                return Err(OffsetError::OutOfRange { given: code_points, len });
            }
        };
        self.here = self.here.after(&rest[..index]);
        Ok(TextOffset(self.here.bytes))
    }
}

/// Where the character with this number starts; the end of the text counts as one.
fn nth_start(text: &str, mut number: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut index = 0;
    while number >= 8
        && let Some(word) = bytes.get(index..index + 8)
    {
        number -= starts_in(word_of(word)) as usize;
        index += 8;
    }
    for byte in &bytes[index..] {
        if is_start(*byte) {
            match number.checked_sub(1) {
                Some(left) => number = left,
                None => return Some(index),
            }
        }
        index += 1;
    }
    (number == 0).then_some(bytes.len())
}

/// A text from the UTF-16 of the browser. Lone surrogates are refused, never replaced.
pub fn check_utf16(units: &[u16]) -> Result<String, LoneSurrogate> {
    let mut text = String::with_capacity(units.len());
    let mut at_utf16 = 0;
    for decoded in char::decode_utf16(units.iter().copied()) {
        let character = decoded.map_err(|_| LoneSurrogate { at_utf16 })?;
        at_utf16 += character.len_utf16();
        text.push(character);
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
