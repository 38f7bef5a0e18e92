use super::*;
use crate::text::blocks::BlockIndex;
use crate::text::samples::Random;

/// 0-5, 6-10, 12-15, 16-21, 23-27.
const TEXT: &str = "Titre\nhaut\n\nUn.\nDeux.\n\nNon.";

fn part(kind: PartKind, start: usize, end: usize) -> Part {
    Part { kind, span: TextSpan::from_range(start..end).expect("a span") }
}

fn heading(level: u8, start: usize, end: usize) -> Part {
    part(PartKind::Heading { level }, start, end)
}

fn item(level: u8, start: usize, end: usize) -> Part {
    part(PartKind::Item { level, number: None }, start, end)
}

fn quote(start: usize, end: usize) -> Part {
    part(PartKind::Quote, start, end)
}

fn link(address: &str, start: usize, end: usize) -> Part {
    part(PartKind::Link { address: address.into() }, start, end)
}

const HERE: &str = "https://example.org/";

#[test]
fn parts_that_fit_are_kept_in_their_order() {
    let parts = vec![
        link(HERE, 1, 3),
        item(1, 16, 21),
        heading(1, 0, 10),
        quote(12, 27),
        item(2, 12, 15),
        link("mailto:a@example.org", 7, 14),
    ];
    let (structure, left_out) = Structure::of(TEXT, parts.clone());
    assert_eq!(left_out, 0);
    let order = [3, 2, 4, 1, 0, 5].map(|idx: usize| parts[idx].clone());
    assert_eq!(structure.parts(), order);
    assert_eq!(Structure::of(TEXT, order.to_vec()), (structure, 0));
}

#[test]
fn parts_that_do_not_fit_are_counted() {
    for (parts, kept) in [
        (vec![heading(0, 0, 5)], 0),
        (vec![heading(7, 0, 5)], 0),
        (vec![item(0, 0, 5), item(10, 6, 10)], 0),
        // Not whole lines, past the end, inside a character.
        (vec![heading(1, 0, 4), quote(1, 5), quote(0, 11)], 1),
        (vec![quote(12, 99), link(HERE, 26, 28)], 0),
        // Upon each other.
        (vec![heading(1, 0, 5), heading(2, 0, 10), item(1, 0, 5)], 1),
        (vec![quote(0, 10), quote(6, 15), quote(12, 15)], 2),
        (vec![link(HERE, 0, 5), link(HERE, 4, 6), link(HERE, 5, 6)], 2),
        (vec![link(HERE, 0, 5), quote(0, 5), heading(1, 0, 5)], 3),
        // Addresses that no link has.
        (vec![link("javascript:alert(1)", 0, 2), link("JavaScript://x/%0Aalert(1)", 3, 4)], 0),
        (vec![link("data:text/html,x", 0, 2), link("", 3, 4), link("/a", 5, 6)], 0),
        (vec![link("https://a b/", 0, 2), link("file:///etc/passwd", 3, 4), link("HTTP://a.org", 5, 6)], 1),
        (vec![link(&format!("https://a.org/{}", "a".repeat(2_000)), 0, 2)], 0),
    ] {
        let given = parts.len();
        let (structure, left_out) = Structure::of(TEXT, parts.clone());
        assert_eq!((structure.parts().len(), left_out), (kept, given - kept), "{parts:?}");
    }
    assert_eq!(Structure::of("é", vec![link(HERE, 0, 1), link(HERE, 1, 2)]).1, 2);
    let (structure, left_out) = Structure::of(&"a\n".repeat(200_000), {
        (0..200_000).map(|line| item(1, 2 * line, 2 * line + 1)).collect()
    });
    assert_eq!((structure.parts().len(), left_out), (PART_COUNT_MAX, PART_COUNT_MAX));
}

#[test]
fn places_are_looked_up_by_layer() {
    let parts = vec![quote(12, 27), heading(2, 0, 10), item(1, 12, 15), link(HERE, 1, 3), link(HERE, 3, 14)];
    let (structure, _) = Structure::of(TEXT, parts);
    let span = |part: Option<&Part>| part.map(|part| part.span.range());
    for (place, quote, line, is_link) in [
        (0, None, Some(0..10), false),
        (1, None, Some(0..10), true),
        (9, None, Some(0..10), true),
        (10, None, None, true),
        (12, Some(12..27), Some(12..15), true),
        (14, Some(12..27), Some(12..15), false),
        (16, Some(12..27), None, false),
        (27, None, None, false),
    ] {
        let at = TextOffset::new(place);
        assert_eq!(span(structure.quote_at(at)), quote, "{place}");
        assert_eq!(span(structure.line_at(at)), line, "{place}");
        assert_eq!(structure.link_at(at).is_some(), is_link, "{place}");
    }
    let links = |start: usize, end: usize| -> Vec<(usize, usize)> {
        let span = TextSpan::from_range(start..end).expect("a span");
        structure.links_in(span).map(|link| (link.range().start, link.range().end)).collect()
    };
    assert_eq!(
        [links(0, 1), links(0, 2), links(3, 4), links(2, 9), links(14, 27)],
        [vec![], vec![(1, 3)], vec![(3, 14)], vec![(1, 3), (3, 14)], vec![]]
    );
    assert_eq!(Structure::default().links_in(TextSpan::from_range(0..9).expect("a span")).count(), 0);
}

/// Whatever parts are given, what is kept is apart, in the text, and comes out the same again;
/// the lookups say what a look at every part says.
#[test]
fn laws_of_random_parts() {
    for seed in 0..500 {
        let mut random = Random::new(seed);
        let text = random.text(30);
        let parts = (0..random.below(12)).filter_map(|_| {
            let (start, end) = (random.below(text.len() + 2), random.below(text.len() + 2));
            let kind = match random.below(4) {
                0 => PartKind::Quote,
                1 => PartKind::Heading { level: random.below(8) as u8 },
                2 => PartKind::Item { level: 1, number: Some(random.below(9) as u32) },
                _ => PartKind::Link { address: HERE.into() },
            };
            Some(Part { kind, span: TextSpan::from_range(start..end)? })
        });
        let parts: Vec<Part> = parts.collect();
        let (structure, left_out) = Structure::of(&text, parts.clone());
        assert_eq!(structure.parts().len() + left_out, parts.len(), "seed {seed}");
        assert_eq!(Structure::of(&text, structure.parts().to_vec()), (structure.clone(), 0), "seed {seed}");
        for (idx, part) in structure.parts().iter().enumerate() {
            assert!(parts.contains(part) && text.get(part.span.range()).is_some(), "seed {seed}");
            let is_apart = |other: &Part| other.layer() != part.layer() || !other.span.overlaps(part.span);
            assert!(structure.parts()[..idx].iter().all(is_apart), "seed {seed}");
        }
        for place in (0..text.len()).map(TextOffset::new) {
            for layer in [Layer::Quotes, Layer::Lines, Layer::Links] {
                let here = |part: &&Part| part.layer() == layer && part.span.contains(place);
                assert_eq!(
                    structure.part_at(layer, place),
                    structure.parts().iter().find(here),
                    "seed {seed}"
                );
            }
        }
        let blocks = BlockIndex::cut(&text, &structure.lines());
        for span in structure.lines() {
            let is_cut = |place: TextOffset| {
                !blocks.blocks().iter().any(|block| block.span.start() < place && place < block.span.end())
            };
            assert!(is_cut(span.start()), "seed {seed}");
        }
    }
}
