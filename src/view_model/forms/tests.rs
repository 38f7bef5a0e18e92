use std::rc::Rc;

use super::*;
use crate::model::ids::DocumentId;
use crate::model::structure::{Part, Structure};
use crate::text::span::TextSpan;

fn document(text: &str, parts: &[(PartKind, &str)]) -> Document {
    let part = |(kind, words): &(PartKind, &str)| {
        let start = text.find(words).expect("the words are there");
        let span = TextSpan::from_range(start..start + words.len()).expect("words are not empty");
        Part { kind: kind.clone(), span }
    };
    let (structure, left_out) = Structure::of(text, parts.iter().map(part).collect());
    assert_eq!(left_out, 0);
    Document::new(DocumentId::from("d"), Rc::from(text), 0).with_structure(structure)
}

/// A line for each block: `h2`, `q` in a quote, `1` in so many lists, `•` or the number where an
/// item begins, `+` where it goes on, and the words.
fn drawn(document: &Document) -> String {
    let line = |(idx, block): (usize, &Block)| {
        let form = form_of(document, idx);
        let parts = [
            (form.heading_level > 0).then(|| format!("h{}", form.heading_level)),
            form.is_quote.then(|| "q".to_owned()),
            (form.list_level > 0).then(|| form.list_level.to_string()),
            form.item.map(|number| number.map_or("•".to_owned(), |number| format!("{number}."))),
            form.goes_on.then(|| "+".to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        format!("{}|{:?}\n", parts.join(" "), document.slice(block.span))
    };
    document.index.blocks.blocks().iter().enumerate().map(line).collect()
}

#[test]
fn blocks_are_set_as_the_parts_say() {
    let item = |level, number| PartKind::Item { level, number };
    let text = "Titre\n\nAvant\nUn\net suite\nUn un\nDeux\nAprès\n\n« Cité\n\nUn cité\nencore »\n\nFin";
    let found = document(
        text,
        &[
            (PartKind::Heading { level: 2 }, "Titre"),
            (item(1, None), "Un\net suite"),
            (item(2, Some(12)), "Un un"),
            (item(1, Some(0)), "Deux"),
            (PartKind::Quote, "« Cité\n\nUn cité\nencore »"),
            (item(1, None), "Un cité"),
            (PartKind::Link { address: "https://example.org".into() }, "Cité\n\nUn"),
        ],
    );
    let expected = "h2|\"Titre\"\n\
        |\"Avant\\n\"\n\
        1 • +|\"Un\\net suite\\n\"\n\
        2 12. +|\"Un un\\n\"\n\
        1 0.|\"Deux\\n\"\n\
        |\"Après\"\n\
        q +|\"« Cité\"\n\
        q 1 • +|\"Un cité\\n\"\n\
        q|\"encore »\"\n\
        |\"Fin\"\n";
    assert_eq!(drawn(&found), expected);
}

#[test]
fn a_long_item_begins_once() {
    let long = "mot ".repeat(2_000) + "fin";
    let found = document(&format!("a\n{long}\nb"), &[(PartKind::Item { level: 1, number: None }, &long)]);
    let drawn = drawn(&found);
    let starts: Vec<&str> = drawn.lines().filter_map(|line| line.split('|').next()).collect();
    assert_eq!(starts, ["", "1 • +", "1", ""]);
}

/// What a text without structure was estimated at before there was any, and what a heading adds.
#[test]
fn great_headings_are_higher() {
    let text = "T".repeat(100) + "\n\nb\n\n" + &"c".repeat(150);
    for (kind, expected) in [
        (None, 2 + 1 + 3 + 1),
        (Some(PartKind::Heading { level: 1 }), 4 + 1 + 3 + 1),
        (Some(PartKind::Heading { level: 3 }), 2 + 1 + 3 + 1),
        (Some(PartKind::Quote), 2 + 1 + 3 + 1),
    ] {
        let parts: Vec<(PartKind, &str)> = kind.into_iter().map(|kind| (kind, &text[..100])).collect();
        assert_eq!(estimated_lines(&document(&text, &parts), 0..3), expected, "{parts:?}");
    }
}
