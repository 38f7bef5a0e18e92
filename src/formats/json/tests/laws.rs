//! What holds for every state: it comes back equal, and the second export is the first.

use crate::formats::Content;
use crate::formats::json::tests::support::{
    CONTENTS, content_of, context, exported, marked, opened, random_state, read,
};
use crate::formats::json::{Fact, build, is_sourcier_json};
use crate::model::ids::IdSource;

#[test]
fn every_state_comes_back() {
    for seed in 0..400 {
        let state = random_state(seed);
        let text = &*state.document.text;
        for content in CONTENTS {
            let json = exported(&state, content);
            assert!(is_sourcier_json(json.as_bytes()), "seed {seed}");
            let opened = opened(&json, Some(text));
            assert_eq!(content_of(&opened.state), content_of(&state), "seed {seed}, {content:?}\n{json}");
            assert_eq!(opened.state.schema, state.schema, "seed {seed}, {content:?}");
            assert!(opened.moved.is_empty() && opened.unplaced.is_empty(), "seed {seed}, {content:?}");
            for problem in &opened.problems {
                let is_remark = matches!(
                    problem.fact,
                    Fact::InsideGrapheme | Fact::UnknownLabel { .. } | Fact::WrongType { key: "note" }
                );
                assert!(is_remark, "seed {seed}, {content:?}: {problem:?}");
            }
        }
    }
}

#[test]
fn the_second_export_has_the_bytes_of_the_first() {
    for seed in 0..400 {
        let state = random_state(seed);
        for content in CONTENTS {
            let first = exported(&state, content);
            let opened = opened(&first, Some(&state.document.text));
            for other in CONTENTS {
                let (again, direct) = (exported(&opened.state, other), exported(&state, other));
                assert!(again == direct, "seed {seed}, {content:?} to {other:?}\n{direct}\n{again}");
            }
        }
    }
}

#[test]
fn the_text_is_needed_only_where_the_file_has_none() {
    let state = random_state(3);
    for content in CONTENTS {
        let file = read(&exported(&state, content));
        let mut ids = IdSource::new(1);
        let built = build(&file, None, context(&mut ids));
        match content {
            Content::WithText => assert!(built.is_ok()),
            _ => assert_eq!(built.err().map(|needs| needs.sha256), Some(state.document.sha256().clone())),
        }
    }
}

/// The words of the article are in a file only where that was asked for.
#[test]
fn no_word_of_the_text_is_in_a_file_with_offsets_only() {
    let state = marked("Le ministre a menti.", &[("CLAIM", "ministre")]);
    let words = ["ministre", "Le ", "menti"];
    let found = |content| words.map(|word| exported(&state, content).contains(word));
    assert_eq!(found(Content::WithText), [true, true, true]);
    assert_eq!(found(Content::WithoutText), [true, true, true], "surface and context");
    assert_eq!(found(Content::OffsetsOnly), [false, false, false]);
}
