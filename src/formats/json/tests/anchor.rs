//! Files whose text is another than the one at hand.

use serde_json::Value;

use crate::formats::Content;
use crate::formats::json::tests::support::{drawn, exported, marked, opened};
use crate::formats::json::{Fact, Opened};

/// A file of `text` with `marks`, opened on `other`: what moved, what has no place, what came out.
#[track_caller]
fn check(content: Content, text: &str, marks: &[(&str, &str)], other: &str, expected: &str) {
    let mut json = exported(&marked(text, marks), content);
    if content == Content::WithText {
        let mut file: Value = serde_json::from_str(&json).expect("an export is JSON");
        file["document"]["text"] = Value::from(other);
        json = file.to_string();
    }
    let opened = opened(&json, Some(other).filter(|_| content != Content::WithText));
    let is_told = opened.problems.iter().any(|problem| matches!(problem.fact, Fact::HashDiffers { .. }));
    assert!(is_told, "the other text is never taken in silence");
    assert_eq!(told(&opened), expected);
    assert!(opened.state.annotations.check_invariants().is_ok());
}

fn told(opened: &Opened) -> String {
    let mut told: Vec<String> = Vec::new();
    for moved in &opened.moved {
        let (from, to) = (moved.from.unwrap_or_default(), moved.to);
        let ambiguous = if moved.is_ambiguous { " ambiguous" } else { "" };
        told.push(format!(
            "{} from {} to {} {}{ambiguous}",
            moved.surface, from.0, to.0, moved.score_percent
        ));
    }
    for unplaced in &opened.unplaced {
        told.push(format!("{} without a place: {:?}", unplaced.json["label"], unplaced.fact));
    }
    told.push(drawn(&opened.state));
    told.join("; ")
}

const TEXT: &str = "Le ministre a menti. Le ministre part.";

#[test]
fn annotations_follow_their_words() {
    let marks = &[("CLAIM", "ministre"), ("CUE", "part")][..];
    let all = [Content::WithText, Content::WithoutText];
    for content in all {
        // Only the end of the text changed.
        check(content, TEXT, &marks[..1], "Le ministre a menti. Le ministre dort.", "CLAIM 3-11 ministre");
    }
    let grown = "👩 dit : Le ministre a menti. Le ministre part.";
    check(
        Content::WithoutText,
        TEXT,
        marks,
        grown,
        "ministre from 3 to 11 100; part from 33 to 41 100; CLAIM 11-19 ministre; CUE 41-45 part",
    );
    // Without context, what moved the one before decides which of equal words is meant.
    check(
        Content::WithText,
        TEXT,
        &[("CLAIM", "menti"), ("CUE", "Le |ministre| part")],
        "Le ministre, le ministre a menti. Le ministre part.",
        "menti from 14 to 27 100; ministre from 24 to 37 50 ambiguous; CLAIM 27-32 menti; CUE 37-45 ministre",
    );
}

#[test]
fn annotations_without_their_words_are_listed() {
    check(
        Content::WithoutText,
        TEXT,
        &[("CLAIM", "menti"), ("CUE", "part")],
        "Le ministre part.",
        "part from 33 to 12 69; \"CLAIM\" without a place: BadOffset { key: \"end\", offset: PastEnd { given: 19, len: 17 } }; CUE 12-16 part",
    );
    check(
        Content::WithoutText,
        TEXT,
        &[("CLAIM", "menti")],
        "Le ministre n’a rien dit. Le ministre part.",
        "\"CLAIM\" without a place: SurfaceDiffers; ",
    );
    check(
        Content::OffsetsOnly,
        TEXT,
        &[("CLAIM", "menti")],
        "Le ministre a menti.",
        "\"CLAIM\" without a place: NothingToFind; ",
    );
    check(
        Content::WithoutText,
        TEXT,
        &[("CLAIM", "menti")],
        "",
        "\"CLAIM\" without a place: BadOffset { key: \"start\", offset: PastEnd { given: 14, len: 0 } }; ",
    );
}

#[test]
fn fragments_move_with_their_annotation() {
    check(
        Content::WithoutText,
        "Non, a-t-il 👩 ajouté.",
        &[("CUE", "|a|-t-il 👩 |ajouté|")],
        "漢字 Non, a-t-il 👩 ajouté !",
        "a-t-il 👩 ajouté from 5 to 8 91; CUE 8-23 a … ajouté",
    );
}

#[test]
fn offsets_in_another_unit_are_found_by_their_words() {
    let text = "👩👩 Le ministre a menti. Le ministre part.";
    let mut file: Value = serde_json::from_str(&exported(
        &marked(text, &[("CLAIM", "menti"), ("CUE", "part")]),
        Content::WithText,
    ))
    .expect("an export is JSON");
    for annotation in file["annotations"].as_array_mut().expect("a list") {
        for key in ["start", "end"] {
            annotation[key] = Value::from(annotation[key].as_u64().expect("a number") + 2);
        }
    }
    let opened = opened(&file.to_string(), None);
    assert_eq!(
        told(&opened),
        "menti from 19 to 17 100; part from 38 to 36 100; CLAIM 17-22 menti; CUE 36-40 part"
    );
    let differ = opened.problems.iter().filter(|problem| problem.fact == Fact::SurfaceDiffers);
    assert_eq!(differ.count(), 1, "the last end also lies past the text");
}
