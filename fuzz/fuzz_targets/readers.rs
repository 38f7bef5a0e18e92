//! Any bytes for any reader, down to the open document: `cargo +nightly fuzz run readers`.
//!
//! The first byte chooses the reader, the second the name of the first file. A zero byte and 0xFF begin
//! the next file, which is a text beside it: that is how formats in two files have it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sourcier::formats::json::{OpenContext, build, read_file};
use sourcier::formats::presets::default_schema;
use sourcier::formats::schema_json::encode_schema;
use sourcier::json;
use sourcier::model::ids::{AnnotatorId, IdSource};
use sourcier_exchange::formats::READERS;
use sourcier_exchange::import::InFile;
use sourcier_exchange::mapping::Mapping;
use sourcier_exchange::native::names_in;
use sourcier_exchange::problems::Problems;

const NAMES: [&str; 10] =
    ["x.json", "x.jsonl", "x.xml", "x.tsv", "x.ann", "x.conll", "x.labels.tsv", "x.docx", "x.html", "x.txt"];

fuzz_target!(|data: &[u8]| {
    let [choice, name, content @ ..] = data else { return };
    let reader = &READERS[usize::from(*choice) % READERS.len()];
    let mut files = Vec::new();
    let mut rest = content;
    while let Some(end) = rest.windows(2).position(|pair| pair == [0, 0xFF]) {
        files.push(&rest[..end]);
        rest = &rest[end + 2..];
    }
    files.push(rest);
    let path = |idx: usize| match idx {
        0 => NAMES[usize::from(*name) % NAMES.len()].to_owned(),
        1 => "x.txt".to_owned(),
        _ => format!("article{idx}.txt"),
    };
    let file = |(idx, bytes): (usize, &&[u8])| InFile { path: path(idx), bytes: bytes.to_vec() };
    let files: Vec<InFile> = files.iter().enumerate().map(file).collect();
    for file in &files {
        (reader.recognise)(file);
    }
    let mut problems = Problems::default();
    let drafts = (reader.read)(&files, &mut problems);
    let schema = json::from_str(&encode_schema(&default_schema()).to_string()).expect("JSON");
    let mapping = Mapping::new(&schema, &names_in(&drafts), &Default::default()).expect("a schema");
    let mut ids = IdSource::new(1);
    for draft in drafts {
        let text = draft.text.clone();
        let native = draft.into_native(&mapping, &mut ids, &mut problems);
        let native = read_file(&native).expect("a native file");
        let context = OpenContext { ids: &mut ids, annotator_id: AnnotatorId::from("u"), time_ms: 0 };
        if let Ok(opened) = build(&native, None, context) {
            assert_eq!(*opened.state.document.text, *text, "the text is the file's");
        }
    }
});
