//! Exports against the published JSON Schema.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::formats::Content;
use crate::formats::json::tests::random::random_state;
use crate::formats::json::tests::support::{CONTENTS, exported, opened};
use crate::model::structure::PartKind;

const SCHEMA: &str = include_str!("../../../../docs/schemas/sourcier-2.schema.json");
const SCHEMA_1: &str = include_str!("../../../../docs/schemas/sourcier-1.schema.json");

fn validator() -> Validator {
    validator_of(SCHEMA)
}

fn validator_of(schema: &str) -> Validator {
    let schema = serde_json::from_str(schema).expect("the schema is JSON");
    jsonschema::draft202012::new(&schema).expect("the schema is a schema")
}

#[test]
fn every_export_is_valid() {
    let validator = validator();
    for seed in 0..100 {
        let state = random_state(seed);
        for content in CONTENTS {
            let json = exported(&state, content);
            let file: Value = serde_json::from_str(&json).expect("an export is JSON");
            let problems: Vec<String> = validator
                .iter_errors(&file)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(problems.is_empty(), "seed {seed}, {content:?}: {problems:?}\n{json}");
        }
    }
}

#[test]
fn broken_files_are_invalid() {
    let validator = validator();
    let is_full = |seed: &u64| {
        let state = random_state(*seed);
        let is_dated = state.annotations.nth(0).is_some_and(|annotation| !annotation.dated.is_empty());
        let has_time = state.timing.document_ms() > 0 && state.timing.nth(0).is_some();
        is_dated
            && state.annotations.len() > 1
            && !state.relations.is_empty()
            && !state.entities.is_empty()
            && !state.paragraphs.is_empty()
            && state.document.structure.parts().iter().any(|part| matches!(part.kind, PartKind::Link { .. }))
            && has_time
    };
    let seed = (0..).find(is_full).expect("some state has all");
    let right: Value =
        serde_json::from_str(&exported(&random_state(seed), CONTENTS[1])).expect("an export is JSON");
    assert!(validator.is_valid(&right));
    let cases = [
        ("/format", json!("other")),
        ("/formatVersion", json!(1)),
        ("/document/sha256", json!("ABC")),
        ("/document/created", json!("2022-02-10")),
        ("/document/offsetUnit", json!("utf-16")),
        ("/annotations/0/start", json!(-1)),
        ("/annotations/0/end", json!(1.5)),
        ("/annotations/0/surface", json!("")),
        ("/annotations/0/certainty", json!("perhaps")),
        ("/annotations/1", json!(7)),
        ("/annotations/0/dated", json!([])),
        ("/annotations/0/dated", json!({"evidence_status": []})),
        ("/annotations/0/dated", json!({"evidence_status": [{"value": 1, "asOf": "2022"}]})),
        ("/entities/0", json!("e1")),
        ("/entities/0/id", json!("")),
        ("/entities/0/label", json!(7)),
        ("/relations/0", json!(null)),
        ("/relations/0/from", json!("")),
        ("/relations/0/type", json!(["SOURCE"])),
        ("/relations/0/created", json!(0)),
        ("/document/structure", json!([{"start": 0, "end": 1}])),
        ("/document/structure", json!([{"start": -1, "end": 1, "kind": "quote"}])),
        ("/document/structure", json!([{"start": 0, "end": 1, "kind": "heading", "level": 7}])),
        ("/document/structure", json!([{"start": 0, "end": 1, "kind": "item"}])),
        ("/document/structure", json!([{"start": 0, "end": 1, "kind": "link", "address": "javascript:x"}])),
        ("/document/paragraphs/0/state", json!("read")),
        ("/document/paragraphs/0/end", json!(-1)),
        ("/timing/document", json!(0)),
        ("/timing/annotations", json!({"a": 1.5})),
    ];
    for (pointer, value) in cases {
        let mut broken = right.clone();
        *broken.pointer_mut(pointer).expect("the part is there") = value;
        assert!(!validator.is_valid(&broken), "{pointer}");
    }
}

#[test]
fn the_schema_of_version_1_still_describes_its_files() {
    let file = serde_json::from_str(include_str!("../../../../tests/data/native/version-1.json"));
    let file: Value = file.expect("the file is JSON");
    assert!(validator_of(SCHEMA_1).is_valid(&file) && !validator().is_valid(&file));
}

/// The example in the documentation is right: valid, and opened without a remark.
#[test]
fn the_documented_example_can_be_opened() {
    const DOCS: &str = include_str!("../../../../docs/formats.md");
    let (_, rest) = DOCS.split_once("```json\n").expect("the documentation has an example");
    let (example, _) = rest.split_once("```").expect("the example ends");
    let file = serde_json::from_str(example).expect("the example is JSON");
    assert!(validator().is_valid(&file));
    let opened = opened(example, None);
    assert!(opened.problems.is_empty(), "{:?}", opened.problems);
    // The schema may be shorter in a file than it comes out; all that follows is the same.
    let tail = |json: &str| json.split_once("\"document\"").map(|(_, tail)| tail.to_owned());
    assert_eq!(tail(&exported(&opened.state, Content::WithText)), tail(example));
}
