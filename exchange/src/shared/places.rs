//! What a file means by its places: programs count differently, and the words that stand beside the
//! places tell how.

/// The unit of places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    #[default]
    CodePoints,
    Utf16,
    Bytes,
}

/// How places are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counting {
    /// In UTF-16 units, bytes or else code points.
    pub unit: Unit,
    /// What stands before the text and is counted: a mark of the byte order.
    pub marks: u64,
    /// CR LF counts as one.
    pub joins_line_ends: bool,
}

/// The bytes of all places of a text.
pub struct Places {
    marks: u64,
    /// The byte of each place that lies between two characters; `None` in a character. One longer
    /// than the text.
    bytes: Vec<Option<u32>>,
}

impl Places {
    /// O(length of the text).
    pub fn new(text: &str, counting: Counting) -> Places {
        let mut bytes = Vec::with_capacity(text.len() + 1);
        let mut before = '\0';
        for (byte, character) in text.char_indices() {
            let is_second = counting.joins_line_ends && before == '\r' && character == '\n';
            before = character;
            if is_second {
                continue;
            }
            bytes.push(Some(byte as u32));
            let len = match counting.unit {
                Unit::CodePoints => 1,
                Unit::Utf16 => character.len_utf16(),
                Unit::Bytes => character.len_utf8(),
            };
            bytes.resize(bytes.len() + len - 1, None);
        }
        bytes.push(Some(text.len() as u32));
        Places { marks: counting.marks, bytes }
    }

    /// The byte of a place. `None` outside of the text, and in a character.
    pub fn byte(&self, place: u64) -> Option<usize> {
        let idx = usize::try_from(place.checked_sub(self.marks)?).ok()?;
        self.bytes.get(idx).copied().flatten().map(|byte| byte as usize)
    }

    /// The places as they are `expected`, unless the stated words stand at more of them if they are
    /// counted in another way.
    pub fn best<'w>(
        text: &str,
        expected: Counting,
        stated: impl Iterator<Item = ((u64, u64), &'w str)>,
    ) -> Places {
        let stated: Vec<_> = stated.collect();
        let mut best = Places::new(text, expected);
        let mut best_count = best.count(text, &stated);
        let mut marks = vec![expected.marks];
        if expected.marks > 0 || text.starts_with('\u{FEFF}') {
            marks.push(0);
        }
        for unit in [Unit::CodePoints, Unit::Utf16, Unit::Bytes] {
            for &marks in &marks {
                for joins_line_ends in [false, true] {
                    if best_count == stated.len() {
                        return best;
                    }
                    if joins_line_ends && !text.contains("\r\n") {
                        continue;
                    }
                    let places = Places::new(text, Counting { unit, marks, joins_line_ends });
                    let count = places.count(text, &stated);
                    if count > best_count {
                        (best, best_count) = (places, count);
                    }
                }
            }
        }
        best
    }

    /// How many of the words stand where they are said to.
    fn count(&self, text: &str, stated: &[((u64, u64), &str)]) -> usize {
        let stands = |&&((start, end), words): &&((u64, u64), &str)| {
            let (Some(start), Some(end)) = (self.byte(start), self.byte(end)) else { return false };
            text.get(start..end) == Some(words)
        };
        stated.iter().filter(stands).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_tell_how_places_are_counted() {
        let text = "é𝒜\r\nfin";
        for (place, words) in
            [((4, 7), "fin"), ((5, 8), "fin"), ((8, 11), "fin"), ((3, 6), "fin"), ((6, 9), "x")]
        {
            let places = Places::best(text, Counting::default(), [(place, words)].into_iter());
            let found =
                places.byte(place.0).zip(places.byte(place.1)).and_then(|(start, end)| text.get(start..end));
            assert_eq!(found, (words == "fin").then_some("fin"), "{place:?}");
        }
        let marked = Counting { marks: 1, ..Counting::default() };
        for place in [(1, 2), (0, 1)] {
            let places = Places::best(text, marked, [(place, "é")].into_iter());
            assert_eq!(places.byte(place.0), Some(0));
        }
        let places = Places::new("a𝒜", Counting { unit: Unit::Utf16, ..Counting::default() });
        let bytes = [0, 1, 2, 3, 4, u64::MAX].map(|place| places.byte(place));
        assert_eq!(bytes, [Some(0), Some(1), None, Some(5), None, None]);
    }
}
