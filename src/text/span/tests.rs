use super::*;

fn span(start: u32, end: u32) -> TextSpan {
    TextSpan::new(TextOffset(start), TextOffset(end)).expect("not empty")
}

#[test]
fn is_never_empty() {
    for (start, end, is_span) in [(0, 0, false), (0, 1, true), (2, 1, false), (7, 7, false)] {
        assert_eq!(TextSpan::new(TextOffset(start), TextOffset(end)).is_some(), is_span, "{start} {end}");
    }
}

#[test]
fn relations_of_two_spans() {
    // other, touches, overlaps, covers, intersection with 3..6
    let cases = [
        ((0, 2), false, false, false, None),
        ((0, 3), true, false, false, None),
        ((0, 4), true, true, false, Some((3, 4))),
        ((3, 6), true, true, true, Some((3, 6))),
        ((4, 5), true, true, true, Some((4, 5))),
        ((2, 7), true, true, false, Some((3, 6))),
        ((5, 9), true, true, false, Some((5, 6))),
        ((6, 9), true, false, false, None),
        ((7, 9), false, false, false, None),
    ];
    for ((start, end), touches, overlaps, covers, intersection) in cases {
        let other = span(start, end);
        assert_eq!(span(3, 6).touches(other), touches, "{other:?}");
        assert_eq!(span(3, 6).overlaps(other), overlaps, "{other:?}");
        assert_eq!(span(3, 6).covers(other), covers, "{other:?}");
        assert_eq!(span(3, 6).intersection(other), intersection.map(|(start, end)| span(start, end)));
        assert_eq!(other.touches(span(3, 6)), touches);
        assert_eq!(other.overlaps(span(3, 6)), overlaps);
    }
}

#[test]
fn offsets_in_and_at_a_span() {
    for (offset, contains, touches) in
        [(2, false, false), (3, true, true), (5, true, true), (6, false, true), (7, false, false)]
    {
        assert_eq!(span(3, 6).contains(TextOffset(offset)), contains, "{offset}");
        assert_eq!(span(3, 6).touches_offset(TextOffset(offset)), touches, "{offset}");
    }
    assert_eq!(span(3, 6).len_bytes(), 3);
    assert_eq!(span(3, 6).range(), 3..6);
}

#[test]
fn offsets_are_put_between_characters() {
    let text = "aé👍";
    for (offset, floor, ceil) in
        [(0, 0, 0), (1, 1, 1), (2, 1, 3), (4, 3, 7), (6, 3, 7), (7, 7, 7), (u32::MAX, 7, 7)]
    {
        assert_eq!(TextOffset(offset).floor_in(text), floor, "{offset}");
        assert_eq!(TextOffset(offset).ceil_in(text), ceil, "{offset}");
    }
}
