use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::text::samples::{draw, drawn, texts};

/// All boundaries, the end included.
fn boundaries_of(text: &str) -> Vec<usize> {
    text.grapheme_indices(true).map(|(index, _)| index).chain([text.len()]).collect()
}

#[test]
fn agrees_with_a_walk_from_the_start() {
    for (name, text) in texts(600, 24).filter(|(_, text)| text.len() < 3000) {
        let boundaries = boundaries_of(&text);
        for index in 0..=text.len() + 1 {
            let offset = TextOffset::new(index);
            let next = boundaries.iter().find(|&&it| it > index).copied().unwrap_or(text.len());
            let previous = boundaries.iter().rfind(|&&it| it < index).copied().unwrap_or(0);
            let start = boundaries.iter().rfind(|&&it| it <= index).copied().unwrap_or(0);
            let end = boundaries.iter().find(|&&it| it >= index).copied().unwrap_or(text.len());
            assert_eq!(next_grapheme(&text, offset), TextOffset::new(next), "next of {index}, {name}");
            assert_eq!(grapheme_start(&text, offset), TextOffset::new(start), "start of {index}, {name}");
            assert_eq!(grapheme_end(&text, offset), TextOffset::new(end), "end of {index}, {name}");
            if index <= text.len() {
                let found = previous_grapheme(&text, offset);
                assert_eq!(found, TextOffset::new(previous), "previous of {index}, {name}");
            }
        }
    }
}

#[test]
fn steps_over_what_a_person_sees() {
    let cases = [
        "|a|b|",
        "|\r\n|a|",
        "|e\u{301}|t|",
        "|👨\u{200D}👩\u{200D}👧|👍🏽|",
        "|🇫🇷|🇰🇿|🇷|",
        "|각|\u{1100}\u{1161}\u{11A8}|",
        "|\u{FEFF}|L|e|",
    ];
    for drawing in cases {
        let (text, places) = drawn(drawing);
        let mut forward = vec![TextOffset(0)];
        let mut backward = vec![TextOffset::new(text.len())];
        while forward[forward.len() - 1].to_usize() < text.len() {
            forward.push(next_grapheme(&text, forward[forward.len() - 1]));
        }
        while backward[backward.len() - 1] > TextOffset(0) {
            backward.push(previous_grapheme(&text, backward[backward.len() - 1]));
        }
        backward.reverse();
        assert_eq!(draw(&text, &forward), drawing);
        assert_eq!(backward, places, "{drawing}");
    }
}

#[test]
fn one_huge_grapheme() {
    let text = "e".to_string() + &"\u{301}".repeat(500_000);
    assert_eq!(next_grapheme(&text, TextOffset(0)).to_usize(), text.len());
    assert_eq!(previous_grapheme(&text, TextOffset::new(text.len())), TextOffset(0));
    assert_eq!(grapheme_start(&text, TextOffset(500_000)), TextOffset(0));
}
