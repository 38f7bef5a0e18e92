use super::*;
use crate::text::graphemes;
use crate::text::samples::{Random, draw_span, drawn_span, texts};

#[test]
fn selections_as_drawn() {
    // What is selected; then trimmed, to graphemes, to words.
    let cases = [
        ("The |min|ister lied", "The |min|ister lied", "The |min|ister lied", "The |minister| lied"),
        ("The| minister |lied", "The |minister| lied", "The |minister| lied", "The |minister| lied"),
        ("T|he m|inister", "T|he m|inister", "T|he m|inister", "|The minister|"),
        ("a|\u{A0}\u{202F}\u{2003}\r\n|b", "none", "none", "none"),
        ("«|\u{A0}Non\u{202F}|!", "«\u{A0}|Non|\u{202F}!", "«\u{A0}|Non|\u{202F}!", "«\u{A0}|Non|\u{202F}!"),
        ("l’|ON|U", "l’|ON|U", "l’|ON|U", "l’|ONU|"),
        ("|l’ON|U", "|l’ON|U", "|l’ON|U", "|l’ONU|"),
        ("l’ONU|, di|t", "l’ONU|, di|t", "l’ONU|, di|t", "l’ONU|, dit|"),
        ("|lied.| »", "|lied.| »", "|lied.| »", "|lied.| »"),
        ("x|…|y", "x|…|y", "x|…|y", "x|…|y"),
        ("|e|\u{301}t", "|e|\u{301}t", "|e\u{301}|t", "|e\u{301}t|"),
        ("👨|\u{200D}|👩 a", "👨|\u{200D}|👩 a", "|👨\u{200D}👩| a", "|👨\u{200D}👩| a"),
        ("a| \u{301}b| c", "a| \u{301}b| c", "a| \u{301}b| c", "a| \u{301}b| c"),
        ("|🇫|🇷", "|🇫|🇷", "|🇫🇷|", "|🇫🇷|"),
        ("|部|长", "|部|长", "|部|长", "|部|长"),
    ];
    for (drawing, trimmed, to_graphemes, to_words) in cases {
        let (text, span) = drawn_span(drawing);
        assert_eq!(draw_span(&text, trim_white_space(&text, span)), trimmed, "trim {drawing}");
        assert_eq!(draw_span(&text, snap_to_graphemes(&text, span)), to_graphemes, "graphemes {drawing}");
        assert_eq!(draw_span(&text, snap_to_words(&text, span)), to_words, "words {drawing}");
    }
}

#[test]
fn laws_of_snapping() {
    for (name, text) in texts(600, 24) {
        let mut random = Random::new(text.len() as u64);
        for _ in 0..20 {
            let Some(span) = random.span(&text) else { continue };
            let selected = &text[span.range_in(&text)];
            let trimmed = trim_white_space(&text, span);
            let to_graphemes = snap_to_graphemes(&text, span);
            let to_words = snap_to_words(&text, span);
            let is_blank = selected.trim().is_empty();
            assert_eq!(
                [trimmed, to_graphemes, to_words].map(|it| it.is_none()),
                [is_blank; 3],
                "{span:?} {name}"
            );
            let (Some(trimmed), Some(to_graphemes), Some(to_words)) = (trimmed, to_graphemes, to_words)
            else {
                continue;
            };
            assert!(to_graphemes.covers(trimmed) && to_words.covers(to_graphemes), "{span:?} {name}");
            for end in [to_graphemes.start(), to_graphemes.end(), to_words.start(), to_words.end()] {
                assert!(graphemes::is_boundary(&text, end.to_usize()), "{span:?} {name}");
            }
            for end in [to_words.start(), to_words.end()] {
                assert_eq!(word_cut_at(&text, end), None, "{span:?} {name}");
            }
            assert_eq!(trim_white_space(&text, trimmed), Some(trimmed), "{span:?} {name}");
            assert_eq!(snap_to_graphemes(&text, to_graphemes), Some(to_graphemes), "{span:?} {name}");
            assert_eq!(snap_to_words(&text, to_words), Some(to_words), "{span:?} {name}");
        }
    }
}

#[test]
fn spans_past_the_end_stop_there() {
    let span = TextSpan::new(TextOffset(2), TextOffset(u32::MAX)).expect("not empty");
    assert_eq!(draw_span("un mot", snap_to_words("un mot", span)), "un |mot|");
    assert_eq!(snap_to_words("u", span), None);
    assert_eq!(snap_to_graphemes("", span), None);
}
