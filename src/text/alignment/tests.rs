use crate::text::alignment::Alignment;
use crate::text::samples::{Random, draw_span, drawn_span, texts};
use crate::text::span::{TextOffset, TextSpan};

/// The old text with a stretch drawn in it, and the new text with the place where that lies now.
#[track_caller]
fn check(old: &str, expected: &str) {
    let (old, span) = drawn_span(old);
    let new = expected.replace('|', "");
    let found = Alignment::new(&old, &new).span(span);
    let expected = if expected.contains('|') { expected } else { "none" };
    assert_eq!(draw_span(&new, found), expected, "{old:?}");
}

#[test]
fn a_stretch_is_found_where_it_lies_now() {
    for (old, new) in [
        ("Il |part|.", "Il |part|."),
        // Changed before it, behind it, on both sides of it.
        ("Il |part| tôt.", "Elle |part| tôt."),
        ("Il |part| tôt.", "Il |part| tard."),
        ("Il |part| tôt.", "Elle partait tard."),
        ("a\nIl |part|.\nb", "c\nIl |part|.\nd"),
        // A paragraph more, less, elsewhere.
        ("a\nb |c|\nd", "a\nNouveau.\nb |c|\nd"),
        ("a\nb\nc\n|d|", "a\nc\n|d|"),
        ("a\n|b|\nc", "a\nc"),
        ("|x|\na\nb\nc", "a\nb\nc\n|x|"),
        ("a\nb\nc\nIl |part|.", "Il |part|.\na\nb\nc"),
        ("x\n|y\nz|\na\nb\nc", "a\nb\nc\nx\ny\nz"),
        ("|Il part.|\n\nIl reste.", "Rien.\n\n|Il part.|\n\nIl reste."),
        // Equal lines stay in their order round those that are not.
        ("Oui.\n|Oui.|\nNon.\nOui.", "Oui.\n|Oui.|\nSi.\nNon.\nOui."),
        ("a\n|a|\nb\na\nc", "x\na\n|a|\nb\na\nd"),
        // White space does not count between words, and only there.
        ("|un\r\ndeux|\r\ntrois", "|un\ndeux|\ntrois"),
        ("|un\ndeux|\ntrois", "|un\r\n\r\ndeux|\r\ntrois"),
        ("|un\ndeux|", "undeux"),
        ("|un\ndeux|", "un\nzéro\ndeux"),
        // Nothing is cut in a character.
        ("|é|", "è"),
        ("👩 |👧|", "👨 |👧|"),
        ("|a|", ""),
    ] {
        check(old, new);
    }
}

#[test]
fn a_stretch_that_changed_inside_still_begins_and_ends() {
    let stretched = |old: &str, new: &str| {
        let (old, span) = drawn_span(old);
        let found = Alignment::new(&old, new).stretch(span);
        found.map(|(span, shared)| (draw_span(new, Some(span)), shared))
    };
    let some = |drawing: &str, shared| Some((drawing.to_owned(), shared));
    assert_eq!(stretched("Il a |dit non| hier.", "Il a dit, non hier."), some("Il a |dit, non| hier.", 7));
    assert_eq!(stretched("a |b\nc\nd| e", "a b\nx\nd e"), some("a |b\nx\nd| e", 4));
    assert_eq!(stretched("Il |part| tôt.", "Il sort tôt."), None);
}

#[test]
fn a_place_stays_between_what_is_the_same() {
    let (old, new) = ("a\nbcd\ne", "a\nxyz 👩\ne");
    let alignment = Alignment::new(old, new);
    let places: Vec<u32> = (0..=old.len()).map(|place| alignment.offset(TextOffset::new(place)).0).collect();
    assert_eq!(places, [0, 1, 2, 3, 4, 10, 11, 12]);
    assert_eq!(alignment.gap_at(TextOffset(3)), 1..11);
    assert!(alignment.gaps().eq([0..0, 1..11, 12..12]));
    assert_eq!(Alignment::new("", "abc").offset(TextOffset(0)), TextOffset(0));
    assert_eq!(Alignment::new("abc", "").offset(TextOffset(2)), TextOffset(0));
}

/// Whatever the texts: runs are what they claim to be, and a text is its own equal.
#[test]
fn runs_are_the_same_in_both_texts() {
    let texts: Vec<(String, String)> = texts(300, 12).collect();
    for (idx, (name, old)) in texts.iter().enumerate() {
        let (_, other) = &texts[(idx * 7 + 3) % texts.len()];
        let changed = changed(old, idx as u64);
        for new in [old, other, &changed] {
            let alignment = Alignment::new(old, new);
            let (mut old_end, mut new_end) = (0, 0);
            for run in &alignment.runs {
                assert!(run.len > 0 && run.old >= old_end && run.new >= new_end, "{name}");
                (old_end, new_end) = (run.old + run.len, run.new + run.len);
                assert_eq!(old[run.old..old_end], new[run.new..new_end], "{name}");
            }
            let gaps: usize = alignment.gaps().map(|gap| gap.len()).sum();
            let whole: usize = alignment.whole.iter().map(|run| run.len).sum();
            assert_eq!(gaps + whole, new.len(), "{name}");
        }
        assert_eq!(Alignment::new(old, old).len_shared(), old.len(), "{name}");
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
        let alignment = Alignment::new(&old, &new);
        for start in (0..old.len()).filter(|start| old.is_char_boundary(*start)) {
            let end = start + old[start..].chars().next().map_or(0, char::len_utf8);
            let step = if start < before.len() { 0 } else { "tout neuf\n".len() };
            let found = TextSpan::from_range(start..end).and_then(|span| alignment.span(span));
            let expected = TextSpan::from_range(start + step..end + step);
            assert_eq!(found, expected, "seed {seed}: {old:?} {new:?} at {start}");
        }
    }
}
