//! Exports against the published JSON Schema.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::formats::json::tests::support::{CONTENTS, exported, random_state};

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
