//! What an export of many documents takes.

use std::path::Path;

use serde_json::{Value, json};
use sourcier_exchange::desk::Desk;
use sourcier_exchange::import::InFile;

use crate::archives::{archiver, means};
use crate::memory::measured;

/// What the work on one document may take, as a multiple of its native file.
const PER_DOCUMENT: usize = 40;
/// What a byte of what is made may take: vectors grow by copying, and what is told of a file has its name.
const PER_BYTE: usize = 4;

fn sample() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/exchange/samples/annotated.json");
    std::fs::read(path).expect("the sample")
}

fn ask(desk: &mut Desk, request: &Value, files: Vec<Vec<u8>>) -> (Value, Vec<Vec<u8>>) {
    let answer = desk.answer(&request.to_string(), files);
    (serde_json::from_str(&answer.json.to_string()).expect("JSON"), answer.files)
}

/// An export of so many documents, and what the page is told of it.
fn made(format: &str, count: usize, native: &[u8]) -> (Desk, Value) {
    let mut desk = Desk::new(means());
    let options = json!({ "project": "Tout", "isProject": true, "annotatorId": "u" });
    ask(&mut desk, &json!({ "do": "export", "format": format, "options": options }), Vec::new());
    for _ in 0..count {
        ask(&mut desk, &json!({ "do": "add" }), vec![native.to_vec()]);
    }
    let told = ask(&mut desk, &json!({ "do": "finish" }), Vec::new()).0;
    assert_eq!(told["documents"].as_u64(), Some(count as u64));
    (desk, told)
}

fn saved(desk: &mut Desk) -> (Value, Vec<Vec<u8>>) {
    ask(desk, &json!({ "do": "save" }), Vec::new())
}

/// Of ten times the documents, no more is held than of one, and what is made of them: whether that is one
/// file or an archive of thousands.
#[test]
fn memory_grows_with_the_archive_alone() {
    let native = sample();
    for format in ["brat", "w3c", "html", "xmi", "conll2003", "spacy", "semeval-tsv"] {
        for count in [5, 50, 500] {
            // The larger ones are slow: two formats show it.
            if count == 500 && !matches!(format, "brat" | "semeval-tsv") {
                continue;
            }
            let (saved, used) = measured(|| saved(&mut made(format, count, &native).0).1.remove(0));
            let limit = PER_DOCUMENT * native.len() + PER_BYTE * saved.len();
            assert!(
                used.peak < limit,
                "{format}, {count} documents, {} bytes: {used:?} of {limit}",
                saved.len()
            );
        }
    }
}

/// What is packed file by file is what is given file by file.
#[test]
fn the_archive_holds_the_files() {
    let native = sample();
    for (format, count) in
        [("brat", 1), ("brat", 2), ("xmi", 2), ("semeval-tsv", 2), ("spacy", 2), ("tei", 1)]
    {
        let (mut desk, told) = made(format, count, &native);
        let (json, files) = ask(&mut desk, &json!({ "do": "files" }), Vec::new());
        let listed = told["files"].as_array().expect("files").iter();
        let paths: Vec<Value> = listed.map(|file| file["path"].clone()).collect();
        assert_eq!(json["paths"], Value::from(paths.clone()), "{format}");
        let start = told["files"][0]["start"].as_str().expect("a text");
        assert!(String::from_utf8_lossy(&files[0]).starts_with(start) && !start.is_empty(), "{format}");
        let (json, saved) = saved(&mut made(format, count, &native).0);
        if files.len() == 1 {
            assert_eq!((&json["path"], &saved), (&paths[0], &files), "{format}");
            continue;
        }
        let found = (archiver().unpack)(&saved[0]).expect("an archive").files;
        let found: Vec<(Value, Vec<u8>)> =
            found.into_iter().map(|InFile { path, bytes }| (path.into(), bytes)).collect();
        assert_eq!(found, paths.into_iter().zip(files).collect::<Vec<_>>(), "{format}");
    }
}
