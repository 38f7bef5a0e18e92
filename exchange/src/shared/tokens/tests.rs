use super::*;
use crate::samples::{SAMPLES, sample, with_text};

fn tokens_of(text: &str, cuts: &[(usize, usize)]) -> Tokens {
    let state = with_text(sample("empty"), text);
    let cuts: Vec<TextSpan> =
        cuts.iter().filter_map(|&(start, end)| TextSpan::from_range(start..end)).collect();
    Tokens::new(Work { state: &state, stem: "d" }, cuts.iter())
}

/// Tokens with `|` between, sentences with ` / ` between.
fn drawn(text: &str, tokens: &Tokens) -> String {
    let sentence = |sentence: &Range<usize>| {
        let words: Vec<&str> =
            tokens.spans[sentence.clone()].iter().map(|span| &text[span.range()]).collect();
        words.join("|")
    };
    tokens.sentences.iter().map(sentence).collect::<Vec<_>>().join(" / ")
}

#[test]
fn tokens_and_sentences() {
    for (text, expected) in [
        ("", ""),
        (" \r\n\t", ""),
        ("\u{FEFF}Titre\n\nL’ONU a dit.", "Titre / L’|ONU|a|dit|."),
        ("« Non », a-t-il ajouté… Oui !", "«|Non|»|,|a|-|t|-|il|ajouté|… / Oui|!"),
        ("10\u{202F}000 à 3,5\u{A0}%", "10|000|à|3,5|%"),
        ("aujourd’hui, qu’il", "aujourd’hui|,|qu’|il"),
        ("👨\u{200D}👩\u{200D}👧👍", "👨\u{200D}👩\u{200D}👧|👍"),
        ("a\u{1F}b\u{2028}c\u{85}d", "a|b / c / d"),
        ("部长说", "部|长|说"),
        ("?!... (a)", "?|!|.|.|.|(|a|)"),
    ] {
        assert_eq!(drawn(text, &tokens_of(text, &[])), expected, "{text:?}");
    }
}

#[test]
fn tokens_are_cut_where_spans_end() {
    let text = "Anticonstitution demain";
    let tokens = tokens_of(text, &[(4, 16), (19, 23), (0, 4)]);
    assert_eq!(drawn(text, &tokens), "Anti|constitution|de|main");
    for (range, expected) in [
        (0..4, Some((0..1, true))),
        (0..16, Some((0..2, true))),
        (4..17, Some((1..2, true))),
        (5..17, Some((1..2, false))),
        (16..17, None),
        (3..5, Some((0..2, false))),
    ] {
        let alignment = tokens.align(text, TextSpan::from_range(range.clone()).unwrap());
        let expected = expected.map(|(tokens, is_exact)| Alignment { tokens, is_exact });
        assert_eq!(alignment, expected, "{range:?}");
    }
}

#[test]
fn sentences_are_joined_where_a_span_goes_on() {
    let text = "Un. Deux. Trois. Quatre.";
    for (ranges, expected) in [
        (&[][..], "Un|. / Deux|. / Trois|. / Quatre|."),
        (&[(0, 1)][..], "Un|. / Deux|. / Trois|. / Quatre|."),
        (&[(1, 3)][..], "Un|.|Deux|. / Trois|. / Quatre|."),
        (&[(1, 3), (3, 5)][..], "Un|.|Deux|.|Trois|. / Quatre|."),
        (&[(2, 8)][..], "Un|. / Deux|.|Trois|.|Quatre|."),
        (&[(0, 8), (1, 3)][..], "Un|.|Deux|.|Trois|.|Quatre|."),
    ] {
        let mut tokens = tokens_of(text, &[]);
        let ranges: Vec<_> = ranges.iter().map(|&(start, end)| start..end).collect();
        tokens.join_sentences(&ranges);
        assert_eq!(drawn(text, &tokens), expected, "{ranges:?}");
    }
}

#[test]
fn every_visible_character_is_in_one_token() {
    for name in SAMPLES {
        let state = sample(name);
        let work = Work { state: &state, stem: name };
        let spans: Vec<TextSpan> =
            work.annotations().map(|annotation| annotation.target.envelope()).collect();
        let tokens = Tokens::new(work, spans.iter());
        let mut end = 0;
        for token in &tokens.spans {
            assert!(work.text()[end..token.start().to_usize()].chars().all(is_white), "{name}");
            assert!(!work.slice(*token).contains(is_white), "{name}");
            end = token.end().to_usize();
        }
        assert!(work.text()[end..].chars().all(is_white), "{name}");
        for span in spans {
            assert!(tokens.align(work.text(), span).is_some_and(|alignment| alignment.is_exact), "{name}");
        }
    }
}
