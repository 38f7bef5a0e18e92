//! Exports against the published JSON Schema.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::formats::Content;
use crate::formats::json::tests::support::{CONTENTS, exported, opened, random_state};

const SCHEMA: &str = include_str!("../../../../docs/schemas/sourcier-1.schema.json");

fn validator() -> Validator {
    let schema = serde_json::from_str(SCHEMA).expect("the schema is JSON");
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
    let seed = (0..).find(|&seed| random_state(seed).annotations.len() > 1).expect("some state is not empty");
    let right: Value =
        serde_json::from_str(&exported(&random_state(seed), CONTENTS[1])).expect("an export is JSON");
    assert!(validator.is_valid(&right));
    let cases = [
        ("/format", json!("other")),
        ("/formatVersion", json!(2)),
        ("/document/sha256", json!("ABC")),
        ("/document/created", json!("2022-02-10")),
        ("/document/offsetUnit", json!("utf-16")),
        ("/annotations/0/start", json!(-1)),
        ("/annotations/0/end", json!(1.5)),
        ("/annotations/0/surface", json!("")),
        ("/annotations/0/certainty", json!("perhaps")),
        ("/annotations/1", json!(7)),
    ];
    for (pointer, value) in cases {
        let mut broken = right.clone();
        *broken.pointer_mut(pointer).expect("the part is there") = value;
        assert!(!validator.is_valid(&broken), "{pointer}");
    }
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
