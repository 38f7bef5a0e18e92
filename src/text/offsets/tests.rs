use super::*;
use crate::text::samples::{Random, texts};

/// Every place of the text in bytes, UTF-16 units and code points.
fn places_of(text: &str) -> Vec<(u32, u32, u32)> {
    let mut places = vec![(0, 0, 0)];
    let mut utf16 = 0;
    for (number, (index, character)) in text.char_indices().enumerate() {
        utf16 += character.len_utf16() as u32;
        places.push(((index + character.len_utf8()) as u32, utf16, number as u32 + 1));
    }
    places
}

fn check(text: &str, name: &str) {
    let index = OffsetIndex::new(text);
    let places = places_of(text);
    let (len_bytes, len_utf16, len_code_points) = places[places.len() - 1];
    assert_eq!(index.len_bytes(), len_bytes, "{name}");
    assert_eq!(index.len_utf16(), len_utf16, "{name}");
    assert_eq!(index.len_code_points(), len_code_points, "{name}");
    let mut cursor = CodePointCursor::new(text);
    let mut reverse_cursor = CodePointCursor::new(text);
    for &(bytes, utf16, code_points) in &places {
        let offset = TextOffset(bytes);
        assert_eq!(index.utf16_of(text, offset), utf16, "{name} at {bytes}");
        assert_eq!(index.code_point_of(text, offset), code_points, "{name} at {bytes}");
        assert_eq!(index.offset_of_utf16(text, utf16.into()), Ok(offset), "{name} at {bytes}");
        assert_eq!(index.offset_of_code_point(text, code_points.into()), Ok(offset), "{name} at {bytes}");
        assert_eq!(cursor.advance_to(offset), code_points, "{name} at {bytes}");
        assert_eq!(reverse_cursor.advance_to_code_point(code_points.into()), Ok(offset), "{name} at {bytes}");
    }
    for pair in places.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        for bytes in before.0 + 1..after.0 {
            assert_eq!(index.utf16_of(text, TextOffset(bytes)), before.1, "{name} in character at {bytes}");
            assert_eq!(index.code_point_of(text, TextOffset(bytes)), before.2);
        }
        for utf16 in before.1 + 1..after.1 {
            let given = u64::from(utf16);
            assert_eq!(
                index.offset_of_utf16(text, given),
                Err(OffsetError::InsideCharacter { given }),
                "{name}"
            );
        }
    }
}

#[test]
fn agrees_with_counting() {
    for (name, text) in texts(300, 60) {
        check(&text, &name);
    }
}

#[test]
fn agrees_with_counting_across_checkpoints() {
    for step in [1020, 1021, 1022, 1023, 1024, 1025, 2047, 2048, 2049] {
        for tail in ["", "é", "👍", "👍é", "a"] {
            let text = "a".repeat(step) + tail;
            check(&text, &format!("{step} and {tail}"));
        }
    }
    for seed in 0..8 {
        check(&Random::new(seed).text(3000), &format!("long text of seed {seed}"));
    }
    check(&"👨\u{200D}👩 é".repeat(700), "emoji");
}

#[test]
fn refuses_numbers_past_the_end() {
    let text = "né 👍";
    let index = OffsetIndex::new(text);
    for given in [6, 7, u64::from(u32::MAX), u64::from(u32::MAX) + 1, 1 << 32, u64::MAX] {
        assert_eq!(index.offset_of_utf16(text, given), Err(OffsetError::OutOfRange { given, len: 5 }));
    }
    for given in [5, 6, u64::from(u32::MAX) + 1, 1 << 32, u64::MAX] {
        let refused = Err(OffsetError::OutOfRange { given, len: 4 });
        assert_eq!(index.offset_of_code_point(text, given), refused);
        let mut cursor = CodePointCursor::new(text);
        assert_eq!(cursor.advance_to_code_point(2), Ok(TextOffset(3)));
        assert_eq!(cursor.advance_to_code_point(given), refused);
        assert_eq!(cursor.advance_to_code_point(3), Ok(TextOffset(4)), "the cursor stays");
    }
    assert_eq!(index.utf16_of(text, TextOffset(u32::MAX)), 5);
    assert_eq!(index.code_point_of(text, TextOffset(u32::MAX)), 4);
}

#[test]
fn cursor_may_go_back() {
    let mut cursor = CodePointCursor::new("né 👍");
    assert_eq!(cursor.advance_to(TextOffset(4)), 3);
    assert_eq!(cursor.advance_to(TextOffset(1)), 1);
    assert_eq!(cursor.advance_to_code_point(0), Ok(TextOffset(0)));
    assert_eq!(cursor.advance_to(TextOffset(u32::MAX)), 4);
}

#[test]
fn lone_surrogates_are_refused_with_their_place() {
    let cases: &[(&[u16], Result<&str, usize>)] = &[
        (&[], Ok("")),
        (&[0x61, 0xD83D, 0xDC4D, 0xE9], Ok("a👍é")),
        (&[0xFFFD], Ok("\u{FFFD}")),
        (&[0xD83D], Err(0)),
        (&[0xDC4D], Err(0)),
        (&[0x61, 0xD83D, 0x61], Err(1)),
        (&[0xD83D, 0xDC4D, 0xDC4D], Err(2)),
        (&[0xD83D, 0xD83D, 0xDC4D], Err(0)),
    ];
    for (units, expected) in cases {
        let expected = expected.map(str::to_string).map_err(|at_utf16| LoneSurrogate { at_utf16 });
        assert_eq!(check_utf16(units), expected, "{units:04X?}");
    }
}
