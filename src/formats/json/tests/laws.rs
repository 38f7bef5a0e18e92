//! What holds for every state: it comes back equal, and the second export is the first.

use std::rc::Rc;

use serde_json::Value;

use crate::edit::state::State;
use crate::formats::json::tests::random::random_state;
use crate::formats::json::tests::support::{
    CONTENTS, TIME_MS, content_of, context, expected, exported, marked, opened, options, read,
};
use crate::formats::json::{Fact, NATIVE_SIZE_MAX, build, encode_file, entity_of_mention, is_sourcier_json};
use crate::formats::{Content, ExportOptions, TooLarge};
use crate::model::ids::{AnnotationId, AnnotatorId, EntityId, IdSource};

#[test]
fn every_state_comes_back() {
    for seed in 0..400 {
        let state = random_state(seed);
        let text = &*state.document.text;
        for content in CONTENTS {
            let json = exported(&state, content);
            assert!(is_sourcier_json(json.as_bytes()), "seed {seed}");
            let opened = opened(&json, Some(text));
            let expected = expected(&state, content);
            assert_eq!(content_of(&opened.state), content_of(&expected), "seed {seed}, {content:?}\n{json}");
            assert_eq!(opened.state.relations.check_invariants(), Ok(()), "seed {seed}, {content:?}");
            assert_eq!(opened.state.schema, state.schema, "seed {seed}, {content:?}");
            assert!(opened.moved.is_empty() && opened.unplaced.is_empty(), "seed {seed}, {content:?}");
            for problem in &opened.problems {
                assert!(is_remark(&problem.fact), "seed {seed}, {content:?}: {problem:?}");
            }
        }
    }
}

/// What random states have in them that a person is told of.
fn is_remark(fact: &Fact) -> bool {
    match fact {
        Fact::InsideGrapheme
        | Fact::UnknownLabel { .. }
        | Fact::WrongType { key: "note" | "identifier" }
        | Fact::UnknownRelationType { .. }
        | Fact::ForbiddenEnds { .. }
        | Fact::Parts { .. }
        | Fact::NoMentions => true,
        Fact::Entity { fact, .. } | Fact::Relation { fact, .. } => is_remark(fact),
        _ => false,
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
                let direct = exported(&expected(&state, content), other);
                let again = exported(&opened.state, other);
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
    let mut state = marked("Le ministre a menti.", &[("PERSON", "ministre")]);
    let mut mention = state.annotations.nth(0).expect("an annotation").as_ref().clone();
    let id = EntityId::from("e1");
    state.entities =
        Rc::new([(id.clone(), Rc::new(entity_of_mention(&state.document, &id, &mention)))].into());
    mention.entity = Some(id);
    state.annotations.insert(Rc::new(mention));
    let words = ["ministre", "Le ", "menti"];
    let found = |content| words.map(|word| exported(&state, content).contains(word));
    assert_eq!(found(Content::WithText), [true, true, true]);
    assert_eq!(found(Content::WithoutText), [true, true, true], "surface and context");
    assert_eq!(found(Content::OffsetsOnly), [false, false, false]);
}

/// A file stays its annotator's until somebody else edits it.
#[test]
fn the_annotator_of_a_file_is_who_worked_on_it() {
    let mut state = marked("mot", &[("CUE", "mot")]);
    state.modified_ms = Some(TIME_MS);
    let export_as = |state: &State, id: &str, name: Option<&str>| {
        let annotator_id = AnnotatorId::from(id);
        let annotator_name = name.map(Rc::from);
        let options = ExportOptions { content: Content::WithText, annotator_id, annotator_name };
        let bytes = encode_file(state, &options).expect("a small state");
        let file: Value = serde_json::from_slice(&bytes).expect("an export is JSON");
        let annotator = &file["document"]["annotator"];
        (String::from_utf8(bytes).expect("UTF-8"), annotator.to_string())
    };
    let (file, _) = export_as(&state, "u-zoé", Some("Zoé"));
    let mut opened = opened(&file, None);
    assert_eq!(opened.annotator.map(|annotator| annotator.id), Some(AnnotatorId::from("u-zoé")));
    assert_eq!(export_as(&opened.state, "u-me", None).0, file);
    let renamed = export_as(&opened.state, "u-zoé", Some("Z.")).1;
    assert_eq!(renamed, r#"{"id":"u-zoé","name":"Z."}"#);
    opened.state.modified_ms = Some(TIME_MS + 1);
    assert_eq!(export_as(&opened.state, "u-me", None).1, r#"{"id":"u-me"}"#);
    assert_eq!(export_as(&opened.state, "u-zoé", None).1, r#"{"id":"u-zoé","name":"Zoé"}"#);
}

#[test]
fn no_file_is_written_that_could_not_be_opened_again() {
    let text = "mot ".repeat(1 << 18);
    // 128 MiB of words and 1 MiB of text.
    let state = marked(&text, &[("CLAIM", &*text); 128]);
    let error = encode_file(&state, &options(Content::WithText));
    let (size_bytes, size_bytes_max) = (129 << 20, NATIVE_SIZE_MAX as u64);
    assert_eq!(error, Err(TooLarge { size_bytes, size_bytes_max }));
    assert!(encode_file(&state, &options(Content::OffsetsOnly)).is_ok());
}

/// Times are whole seconds in a file, and only those of annotations that are there.
#[test]
fn times_are_whole_seconds_of_what_is_there() {
    let mut state = marked("Le ministre a menti.", &[("CLAIM", "ministre"), ("CUE", "menti")]);
    assert!(!exported(&state, Content::WithText).contains("\"timing\""));
    state.timing.add(61_999);
    for (id, active_ms) in [("a0", 1_999), ("a1", 999), ("gone", 5_000)] {
        state.timing.add_to(&AnnotationId::from(id), active_ms);
    }
    let json = exported(&state, Content::WithText);
    let file: Value = serde_json::from_str(&json).expect("an export is JSON");
    assert_eq!(file["timing"], serde_json::json!({"document": 61, "annotations": {"a0": 1}}));
    let opened = opened(&json, None);
    assert_eq!(opened.state.timing.document_ms(), 61_000);
    assert_eq!(opened.state.timing.of(&AnnotationId::from("a0")), 1_000);
    assert_eq!(exported(&opened.state, Content::WithText), json);
}
