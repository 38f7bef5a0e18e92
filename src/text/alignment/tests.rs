use crate::text::alignment::{Aligning, Alignment};
use crate::text::samples::{Random, draw_span, drawn_span, texts};
use crate::text::span::{TextOffset, TextSpan};

fn aligned(old: &str, new: &str) -> Alignment {
    let mut aligning = Aligning::new(old, new);
    while aligning.step() {}
    aligning.finish()
}

/// The old text with a stretch drawn in it, and the new text with the place where that lies now.
#[track_caller]
fn check(old: &str, expected: &str) {
    let (old, span) = drawn_span(old);
    let new = expected.replace('|', "");
    let found = aligned(&old, &new).span(span);
    let expected = if expected.contains('|') { expected } else { "none" };
    assert_eq!(draw_span(&new, found), expected, "{old:?}");
}

#[test]
fn a_stretch_is_found_where_its_lines_are() {
    for (old, new) in [
        ("Il |part|.", "Il |part|."),
        ("Il |part| tôt.", "Elle part tôt."),
        ("a\nIl |part|.\nb", "c\nIl |part|.\nd"),
        // A paragraph more, less, elsewhere.
        ("a\nb |c|\nd", "a\nNouveau.\nb |c|\nd"),
        ("a\nb\nc\n|d|", "a\nc\n|d|"),
        ("a\n|b|\nc", "a\nc"),
        ("x\n|a|\nb\nc", "|a|\nb\nc\nx"),
        ("|Il part.|\n\nIl reste.", "Rien.\n\n|Il part.|\n\nIl reste."),
        // Equal lines stay in their order round those that are not.
        ("Oui.\n|Oui.|\nNon.\nOui.", "Oui.\n|Oui.|\nSi.\nNon.\nOui."),
        ("a\n|a|\nb\na\nc", "x\na\n|a|\nb\na\nd"),
        // Over several lines, with other line ends; not with one between them.
        ("|un\r\ndeux|\r\ntrois", "|un\ndeux|\ntrois"),
        ("|un\ndeux|", "undeux"),
        ("|un\ndeux|", "un\nzéro\ndeux"),
        ("|un\nzéro\ndeux|", "un\ndeux"),
        ("👩\n|👧|", "👨\n|👧|"),
        ("|a|", ""),
    ] {
        check(old, new);
    }
}

#[test]
fn a_place_lies_among_the_changed_lines_there() {
    let (old, new) = ("a\nbcd\ne", "a\nxyz 👩\nf\ne");
    let alignment = aligned(old, new);
    let around = |place| {
        let (near, gap) = alignment.around(TextOffset(place));
        (near.0, gap)
    };
    assert_eq!([around(2), around(4)], [(2, 1..13), (4, 1..13)]);
    assert!(alignment.gaps().eq(std::iter::once(1..13)));
    assert_eq!(aligned("abc", "").around(TextOffset(2)), (TextOffset(0), 0..0));
}

/// Whatever the texts: pairs are the same lines in order, and a text is its own equal.
#[test]
fn pairs_are_the_same_in_both_texts() {
    let texts: Vec<(String, String)> = texts(300, 12).collect();
    for (idx, (name, old)) in texts.iter().enumerate() {
        let (_, other) = &texts[(idx * 7 + 3) % texts.len()];
        for new in [old, other, &changed(old, idx as u64)] {
            let alignment = aligned(old, new);
            for pairs in alignment.pairs.windows(2) {
                assert!(pairs[0].0 < pairs[1].0 && pairs[0].1 < pairs[1].1, "{name}");
            }
            for (left, right) in &alignment.pairs {
                let lines = (&old[alignment.old[*left].clone()], &new[alignment.new[*right].clone()]);
                assert_eq!(lines.0, lines.1, "{name}");
            }
        }
        assert_eq!(aligned(old, old).pairs.len(), old.split_inclusive('\n').count() + 1, "{name}");
    }
}

/// The text with a line put in, taken out or exchanged.
fn changed(text: &str, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut lines: Vec<&str> = text.split('\n').collect();
    let at = random.below(lines.len());
    match random.below(3) {
        0 => lines.insert(at, "mot"),
        1 => drop(lines.remove(at)),
        _ => lines[at] = "autre",
    }
    lines.join("\n")
}

/// Against the slow and sure way: with one line put in, each other line is found where it went.
#[test]
fn a_line_put_in_moves_all_behind_it_by_its_length() {
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let words = ["a", "b", "c", "", "mot a", "👩", "dé"];
        let lines: Vec<&str> = (0..1 + random.below(9)).map(|_| words[random.below(words.len())]).collect();
        let at = random.below(lines.len() + 1);
        let line = |line: &&str| format!("{line}\n");
        let (before, behind): (String, String) =
            (lines[..at].iter().map(line).collect(), lines[at..].iter().map(line).collect());
        let (old, new) = (format!("{before}{behind}"), format!("{before}tout neuf\n{behind}"));
        let alignment = aligned(&old, &new);
        for (start, character) in old.char_indices() {
            let end = start + character.len_utf8();
            let step = if start < before.len() { 0 } else { "tout neuf\n".len() };
            let found = TextSpan::from_range(start..end).and_then(|span| alignment.span(span));
            let expected = TextSpan::from_range(start + step..end + step);
            assert_eq!(found, expected, "seed {seed}: {old:?} {new:?} at {start}");
        }
    }
}
