use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::text::samples::{draw, draw_span, drawn, texts};

/// All segments of the text by a walk from its start, elided forms and spaces apart.
fn segments_of(text: &str) -> Vec<Range<usize>> {
    let mut ends: Vec<usize> =
        text.split_word_bound_indices().map(|(start, word)| start + word.len()).collect();
    for (start, segment) in text.split_word_bound_indices() {
        let mut part_start = start;
        for (skipped, character) in segment.char_indices() {
            let (place, after) = (start + skipped, start + skipped + character.len_utf8());
            let is_digit_at = |text: &str| text.chars().next().is_some_and(char::is_numeric);
            let is_digit_before = text[part_start..place].chars().next_back().is_some_and(char::is_numeric);
            let is_in_number = is_digit_before && is_digit_at(&text[after..start + segment.len()]);
            if character == '\u{202F}' && !is_in_number && graphemes::is_boundary(text, place) {
                ends.extend([place, graphemes::next_grapheme(text, place.into()).to_usize()]);
                part_start = after;
            }
        }
    }
    ends.retain(|&end| graphemes::is_boundary(text, end) && end > 0);
    ends.sort_unstable();
    ends.dedup();
    let mut start = 0;
    let mut segments = Vec::new();
    for end in ends {
        segments.extend(without_elisions(text, start..end));
        start = end;
    }
    segments
}

fn without_elisions(text: &str, segment: Range<usize>) -> Vec<Range<usize>> {
    let word = &text[segment.clone()];
    let Some(place) = word.find(['’', '\'']) else { return vec![segment] };
    let form = word[..place].to_lowercase();
    let cut = segment.start + place + if word[place..].starts_with('’') { 3 } else { 1 };
    let is_elided = "l d j m t s n c qu jusqu lorsqu puisqu quoiqu".split(' ').any(|it| it == form);
    if !is_elided || cut == segment.end || !graphemes::is_boundary(text, cut) {
        return vec![segment];
    }
    let mut parts = without_elisions(text, cut..segment.end);
    parts.insert(0, segment.start..cut);
    parts
}

#[test]
fn agrees_with_a_walk_from_the_start() {
    for (name, text) in texts(600, 24) {
        let mut words = segments_of(&text);
        words.retain(|segment| text[segment.clone()].chars().any(char::is_alphanumeric));
        for index in (0..=text.len()).filter(|&index| text.is_char_boundary(index)) {
            let offset = TextOffset::new(index);
            let holding = words.iter().find(|word| word.contains(&index));
            let word = holding.or(words.iter().find(|word| word.end == index)).cloned();
            let next = words.iter().find(|word| word.end > index).map_or(text.len(), |word| word.end);
            let previous = words.iter().rfind(|word| word.start < index).map_or(0, |word| word.start);
            assert_eq!(word_at(&text, offset).map(TextSpan::range), word, "word at {index}, {name}");
            assert_eq!(next_word_boundary(&text, offset).to_usize(), next, "next of {index}, {name}");
            assert_eq!(
                previous_word_boundary(&text, offset).to_usize(),
                previous,
                "previous of {index}, {name}"
            );
        }
    }
}

#[test]
fn words_as_drawn() {
    // The bars are the starts and ends of all words, met twice where two words meet.
    let cases = [
        "|The| |minister| |lied|.",
        "|l’||ONU| « |a|-|t|-|il| |ajouté| »",
        "|D'||accord|, |jusqu’||ici| |aujourd’hui|",
        "|qu’||aujourd’hui| |quelqu’un| |lorsqu’||elle| |QU’||IL|",
        "|Jusqu’||à| |l’||île| |presqu’île| |puisqu'||on| |quoiqu’||il|",
        "|don’t| |O’Neill| |l|’",
        "|d’||l’||autre|",
        "|3,5| % |des| |U.S|. |M|.\u{A0}|Tokaïev|",
        "|co\u{AD}opé\u{AD}ration| \u{FEFF}|Le| |e\u{301}té|",
        "👍🏽 |ok| 👨\u{200D}👩\u{200D}👧",
        "|部||长||说||谎|。|iPhone|",
        "|قال| |الوزير|: «|لا|»",
        "|צה\"ל| |הגיב|",
        "|un|\r\n|deux|",
        "«\u{202F}|Oui|\u{202F}!\u{202F}» |10\u{202F}000|\u{202F}|euros|\u{202F}?",
    ];
    for drawing in cases {
        let (text, _) = drawn(drawing);
        let mut places = Vec::new();
        let mut place = TextOffset(0);
        while place.to_usize() < text.len() {
            place = next_word_boundary(&text, place);
            let Some(word) = word_at(&text, previous_word_boundary(&text, place)) else { break };
            if word.end() == place {
                places.extend([word.start(), word.end()]);
            }
        }
        assert_eq!(draw(&text, &places), drawing);
    }
}

#[test]
fn word_at_a_place() {
    // The bar is the place; then the word.
    let cases = [
        ("The |minister lied", "The |minister| lied"),
        ("The minis|ter lied", "The |minister| lied"),
        ("The minister| lied", "The |minister| lied"),
        ("The minister |  lied", "none"),
        ("l|’ONU", "|l’|ONU"),
        ("l’|ONU", "l’|ONU|"),
        ("a-t|-il", "a-|t|-il"),
        ("lied.|", "none"),
        ("|", "none"),
        ("ok|👍", "|ok|👍"),
        ("👍|", "none"),
    ];
    for (drawing, expected) in cases {
        let (text, places) = drawn(drawing);
        assert_eq!(draw_span(&text, word_at(&text, places[0])), expected, "{drawing}");
    }
}

#[test]
fn moving_by_words() {
    // The bar is the place; then where it goes forward and back.
    let cases = [
        ("The |minister lied", "The minister| lied", "|The minister lied"),
        ("The min|ister lied", "The minister| lied", "The |minister lied"),
        ("The minister| lied", "The minister lied|", "The |minister lied"),
        ("The minister lied|. »", "The minister lied. »|", "The minister |lied. »"),
        ("« |Oui", "« Oui|", "|« Oui"),
        ("l|’ONU", "l’|ONU", "|l’ONU"),
        ("l’|ONU", "l’ONU|", "|l’ONU"),
        ("|", "|", "|"),
    ];
    for (drawing, forward, backward) in cases {
        let (text, places) = drawn(drawing);
        assert_eq!(draw(&text, &[next_word_boundary(&text, places[0])]), forward, "{drawing}");
        assert_eq!(draw(&text, &[previous_word_boundary(&text, places[0])]), backward, "{drawing}");
    }
}

#[test]
fn all_segments_of_a_span() {
    for (text, expected) in [
        (
            "L’ONU a-t-il dit : 10\u{202F}000 fois\u{202F}!",
            "L’|ONU| |a|-|t|-|il| |dit| |:| |10\u{202F}000| |fois|\u{202F}|!",
        ),
        ("qu’d’autres", "qu’|d’|autres"),
        ("👨\u{200D}👩\u{200D}👧 été", "👨\u{200D}👩\u{200D}👧| |été"),
    ] {
        let span = TextSpan::from_range(0..text.len()).expect("not empty");
        let segments: Vec<&str> = segments_in(text, span).iter().map(|span| &text[span.range()]).collect();
        assert_eq!(segments.join("|"), expected);
    }
    for (name, text) in texts(400, 60) {
        let Some(span) = TextSpan::from_range(0..text.len()) else { continue };
        let mut end = span.start();
        for segment in segments_in(&text, span) {
            assert_eq!(segment.start(), end, "{name}");
            end = segment.end();
        }
        assert_eq!(end, span.end(), "{name}");
    }
}

#[test]
fn long_lines_are_not_walked() {
    // Walks of the whole text at each of these places would take minutes.
    for unit in ["mot l’autre ", "a", "漢", "👍", "e\u{301}", "ก", "\u{A0}", "🇫🇷", "1,"] {
        let text = unit.repeat(1_000_000 / unit.len());
        for index in (0..text.len()).step_by(text.len() / 12) {
            let offset = TextOffset::new(index);
            if let Some(word) = word_at(&text, offset) {
                assert!(word.touches_offset(TextOffset::new(offset.floor_in(&text))), "{unit} at {index}");
                assert!(graphemes::is_boundary(&text, word.start().to_usize()), "{unit} at {index}");
                assert!(graphemes::is_boundary(&text, word.end().to_usize()), "{unit} at {index}");
                assert!(next_word_boundary(&text, offset) > offset);
                assert!(index == 0 || previous_word_boundary(&text, offset) < offset);
            }
        }
    }
}
