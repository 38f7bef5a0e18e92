use crate::model::selector::{SearchBudget, TextQuote, context_after, context_before};
use crate::text::samples::{draw_span, drawn_span, texts};
use crate::text::span::TextOffset;

/// `quote` is `prefix[exact]suffix`; the answer draws the place, with score and ambiguity.
fn check(text: &str, quote: &str, near: usize, expected: &str) {
    let (prefix, rest) = quote.split_once('[').expect("a quote has brackets");
    let (exact, suffix) = rest.split_once(']').expect("a quote has brackets");
    let mut budget = SearchBudget { bytes_left: 1 << 30 };
    let found = TextQuote { exact, prefix, suffix }.find(text, TextOffset::new(near), &mut budget);
    let drawing = found.map_or("none".to_owned(), |found| {
        let ambiguous = if found.is_ambiguous { " ambiguous" } else { "" };
        format!("{} {}{ambiguous}", draw_span(text, Some(found.span)), found.score_percent)
    });
    assert_eq!(drawing, expected, "{quote} near {near}");
}

#[test]
fn quotes_are_found_again() {
    let text = "Il dit. Elle dit. On dit.";
    check(text, "[dit]", 0, "Il |dit|. Elle dit. On dit. 50 ambiguous");
    check(text, "[dit]", 11, "Il dit. Elle |dit|. On dit. 50 ambiguous");
    check(text, "[dit]", 9999, "Il dit. Elle dit. On |dit|. 50 ambiguous");
    check(text, "Elle [dit]. On", 0, "Il dit. Elle |dit|. On dit. 100");
    check(text, "Elle [dit]. Elle", 99, "Il dit. Elle |dit|. On dit. 81 ambiguous");
    check(text, "Et il [dit]?", 0, "Il |dit|. Elle dit. On dit. 64");
    check(text, "[Elle]", 99, "Il dit. |Elle| dit. On dit. 100");
    check(text, "Nous [Elle]?", 99, "Il dit. |Elle| dit. On dit. 58");
    check(text, "[elle]", 0, "none");
    check(text, "[]", 0, "none");
    check("aaaa", "[aa]", 1, "a|aa|a 50 ambiguous");
    check("", "[a]", 0, "none");
}

#[test]
fn a_far_place_is_found_when_the_near_one_has_another_context() {
    let filler = "Rien. ".repeat(20_000);
    let text = format!("Il a dit oui.{filler}Elle a dit non.");
    let mut budget = SearchBudget { bytes_left: 1 << 30 };
    let quote = TextQuote { exact: "a dit", prefix: "Elle ", suffix: " non" };
    let found = quote.find(&text, TextOffset(3), &mut budget).expect("the words are there");
    assert_eq!((found.span.start().to_usize(), found.score_percent), (text.len() - 10, 100));
}

#[test]
fn the_search_ends_with_its_budget() {
    let text = "a".repeat(100_000);
    for bytes_left in [0, 10, 100_000, 200_000] {
        let mut budget = SearchBudget { bytes_left };
        let quote = TextQuote { exact: "a", prefix: "b", suffix: "" };
        let found = quote.find(&text, TextOffset(50_000), &mut budget);
        assert!(found.is_none_or(|found| found.is_ambiguous));
        assert!(budget.bytes_left <= bytes_left);
    }
}

#[test]
fn every_stretch_is_found_where_it_was_cut_out() {
    for (name, text) in texts(100, 60) {
        let starts: Vec<usize> = text.char_indices().map(|(index, _)| index).collect();
        for (idx, &start) in starts.iter().enumerate().step_by(7) {
            let end = starts.get(idx + 5).copied().unwrap_or(text.len());
            let (from, to) = (TextOffset::new(start), TextOffset::new(end));
            let quote = TextQuote {
                exact: &text[start..end],
                prefix: context_before(&text, from, 32),
                suffix: context_after(&text, to, 32),
            };
            let found = quote.find(&text, from, &mut SearchBudget { bytes_left: 1 << 30 });
            let found = found.unwrap_or_else(|| panic!("{name} at {start}"));
            assert_eq!(
                (found.span.range(), found.score_percent),
                (start..end, if text.len() == end - start { 100 } else { found.score_percent }),
                "{name}"
            );
            assert!(quote.is_at(&text, found.span) && quote.has_context_at(&text, found.span), "{name}");
        }
    }
}

#[test]
fn context_has_a_length_in_code_points() {
    let (text, span) = drawn_span("e\u{301}👩a|mot|é漢字!");
    assert_eq!(context_before(&text, span.start(), 3), "\u{301}👩a");
    assert_eq!(context_before(&text, span.start(), 99), "e\u{301}👩a");
    assert_eq!(context_before(&text, span.start(), 0), "");
    assert_eq!(context_after(&text, span.end(), 2), "é漢");
    assert_eq!(context_after(&text, span.end(), 99), "é漢字!");
    assert_eq!(context_after(&text, span.end(), 0), "");
}
