use serde_json::{Value, json};
use sourcier::formats::json::is_sourcier_json;
use sourcier::formats::schema_json::encode_schema;

use super::Desk;
use crate::pack::is_zip;
use crate::samples::{archiver, opened, sample, sample_bytes};

fn ask(desk: &mut Desk, request: Value, files: &[Vec<u8>]) -> (Value, Vec<Vec<u8>>) {
    let answer = desk.answer(&request.to_string(), files.to_vec());
    (answer.json, answer.files)
}

#[test]
fn an_export_is_begun_fed_ended_and_saved() {
    let mut desk = Desk::new(archiver());
    let options = json!({ "project": "Kazakhstan", "isProject": true });
    ask(&mut desk, json!({ "do": "export", "format": "jsonl", "options": options }), &[]);
    for name in ["annotated", "linked"] {
        assert_eq!(ask(&mut desk, json!({ "do": "add" }), &[sample_bytes(name)]).0, json!({}));
    }
    let (told, _) = ask(&mut desk, json!({ "do": "finish" }), &[]);
    let count = ["annotated", "linked"].map(|name| sample(name).annotations.len()).iter().sum::<usize>();
    assert_eq!((&told["documents"], &told["annotations"]), (&json!(2), &json!(count)));
    assert_eq!(told["files"][0]["path"], "Kazakhstan.jsonl");
    assert!(told["files"][0]["start"].as_str().unwrap().starts_with("{\"format\":"));
    let (saved, files) = ask(&mut desk, json!({ "do": "save" }), &[]);
    assert_eq!((saved["path"].as_str(), files.len()), (Some("Kazakhstan.jsonl"), 1));

    let read = json!({ "do": "read", "paths": ["x.jsonl"], "format": "", "schema": schema() });
    let (told, _) = ask(&mut desk, read, &files);
    assert_eq!((&told["natives"], &told["problemCount"]), (&json!(2), &json!(0)));
    let (_, natives) =
        ask(&mut desk, json!({ "do": "take", "schema": schema(), "choices": {}, "seed": 1 }), &[]);
    assert!(natives.iter().all(|native| is_sourcier_json(native)));
    assert!(opened(&natives[0]).state.same_work(&sample("annotated")));
}

fn schema() -> Value {
    encode_schema(&sample("annotated").schema)
}

#[test]
fn an_archive_is_opened_wherever_a_file_is() {
    let mut desk = Desk::new(archiver());
    let file = crate::export::OutFile { path: "dir/a.json".to_owned(), bytes: sample_bytes("linked") };
    let packed = (archiver().pack)(vec![file]).unwrap();
    assert!(is_zip(&packed));
    let read = json!({ "do": "read", "paths": ["x.zip"], "format": "", "schema": schema() });
    assert_eq!(ask(&mut desk, read, &[packed]).0["natives"], 1);
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let mut desk = Desk::new(archiver());
    for (request, error) in [
        (json!({ "do": "dance" }), "request"),
        (json!({ "do": "export", "format": "none", "options": {} }), "unknown-format"),
        (json!({ "do": "add" }), "no-export"),
        (json!({ "do": "finish" }), "no-export"),
        (json!({ "do": "read", "paths": [], "format": "", "schema": 3 }), "schema"),
    ] {
        assert_eq!(ask(&mut desk, request, &[]).0["error"], error);
    }
    ask(&mut desk, json!({ "do": "export", "format": "jsonl", "options": {} }), &[]);
    assert_eq!(ask(&mut desk, json!({ "do": "add" }), &[b"{".to_vec()]).0["error"], "unreadable");
}
