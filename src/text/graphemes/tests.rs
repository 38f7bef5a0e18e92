use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::text::samples::{ARTICLE, draw, drawn, texts};

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

#[test]
fn what_is_surely_apart_is_apart() {
    let is_apart = |before: char, after: char| boundaries_of(&format!("{before}{after}")).len() == 3;
    // One for each way to join something that follows, and some that join nothing.
    let before_all = "a \n漢👍\u{301}\u{903}\u{94D}\u{FE0F}\u{1F3FD}\u{1F1EB}\u{1100}\u{1161}각\u{E33}";
    // The planes above hold ideographs and nothing else.
    for character in '\0'..='\u{1FFFF}' {
        for before in before_all.chars().filter(|&before| are_surely_apart(before, character)) {
            assert!(is_apart(before, character), "{before:?} {character:?}");
        }
        for after in ['a', ' ', '漢', '👍'].into_iter().filter(|&after| are_surely_apart(character, after))
        {
            assert!(is_apart(character, after), "{character:?} {after:?}");
        }
    }
    assert!(!are_surely_apart('\r', '\n') && is_apart('\n', '\r') && are_surely_apart('\n', '\r'));
}

#[test]
fn the_segmenter_is_seldom_asked() {
    for text in [ARTICLE, "«\u{A0}L’été\u{202F}!\u{A0}» – 10 €", "Ελλάδα и Россия", "部长说谎。か カ", "👍🎉"]
    {
        let characters: Vec<char> = text.chars().collect();
        assert!(characters.windows(2).all(|pair| are_surely_apart(pair[0], pair[1])), "{text}");
    }
}
