use serde_json::{Value, json};
use sourcier::formats::json::is_sourcier_json;

use super::Desk;
use crate::pack::is_zip;
use crate::samples::{archiver, means, opened, sample, sample_bytes, schema_json};

fn ask(desk: &mut Desk, request: Value, files: &[Vec<u8>]) -> (Value, Vec<Vec<u8>>) {
    let answer = desk.answer(&request.to_string(), files.to_vec());
    (json_of(&answer.json), answer.files)
}

fn json_of(value: &impl ToString) -> Value {
    serde_json::from_str(&value.to_string()).unwrap()
}

#[test]
fn an_export_is_begun_fed_ended_and_saved() {
    let mut desk = Desk::new(means());
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
    assert_eq!(ask(&mut desk, json!({ "do": "files" }), &[]).1.len(), 0, "it is given once");
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
    json_of(&schema_json(&sample("annotated")))
}

#[test]
fn an_archive_is_opened_wherever_a_file_is() {
    let mut desk = Desk::new(means());
    let file = crate::export::OutFile { path: "dir/a.json".to_owned(), bytes: sample_bytes("linked") };
    let mut packer = (archiver().pack)();
    packer.add(file).unwrap();
    let packed = packer.finish().unwrap();
    assert!(is_zip(&packed));
    let read = json!({ "do": "read", "paths": ["x.zip"], "format": "", "schema": schema() });
    assert_eq!(ask(&mut desk, read, &[packed]).0["natives"], 1);
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let mut desk = Desk::new(means());
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

fn read(desk: &mut Desk, files: &[(&str, &[u8])], wanted: Value) -> Value {
    let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
    let mut request = json!({ "do": "read", "paths": paths, "schema": schema() });
    request.as_object_mut().unwrap().extend(wanted.as_object().cloned().unwrap_or_default());
    let bytes: Vec<Vec<u8>> = files.iter().map(|(_, bytes)| bytes.to_vec()).collect();
    ask(desk, request, &bytes).0
}

#[test]
fn articles_come_in_whatever_encoding_and_form() {
    let utf16: Vec<u8> = "\u{feff}L’été".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (path, bytes, format, encoding, text) in [
        ("a.txt", "L’été\r\n".as_bytes(), "text", "utf-8", "L’été\r\n"),
        ("a.txt", b"L'\xe9t\xe9", "text", "windows-1252", "L'été"),
        ("a.csv", "title,text\nx,L’été\n".as_bytes(), "rows", "utf-8", "L’été"),
    ] {
        let told = read(&mut Desk::new(means()), &[(path, bytes)], json!({}));
        assert_eq!((&told["format"], &told["encoding"]), (&json!(format), &json!(encoding)), "{path}");
        assert_eq!((&told["documents"][0]["excerpt"], &told["problemCount"]), (&json!(text), &json!(0)));
    }
    let told = read(&mut Desk::new(means()), &[("a.txt", &utf16)], json!({}));
    assert_eq!(told["encoding"], "utf-16le");
}

#[test]
fn a_person_can_choose_another_format_column_and_encoding() {
    let mut desk = Desk::new(means());
    let told = read(&mut desk, &[("a.csv", b"one,text\nlong words,x\n")], json!({}));
    assert_eq!((&told["column"], &told["columns"]), (&json!("text"), &json!(["one", "text"])));
    let told = read(&mut desk, &[], json!({ "format": "rows", "column": "one" }));
    assert_eq!(told["documents"][0]["excerpt"], "long words");
    let told = read(&mut desk, &[], json!({ "format": "text" }));
    assert_eq!(told["documents"][0]["excerpt"], "one,text\nlong words,x\n");
    let told = read(&mut desk, &[("a.txt", "é".as_bytes())], json!({ "encoding": "windows-1252" }));
    assert_eq!(told["documents"][0]["excerpt"], "Ã©");
}

#[test]
fn labels_are_mapped_added_or_kept_and_an_edited_text_is_taken() {
    let mut desk = Desk::new(means());
    let foreign =
        "{\"text\":\"Anna Karénine\",\"label\":[[0,4,\"person\"],[5,13,\"Héroïne\"],[0,13,\"Titre\"]]}\n";
    let told = read(&mut desk, &[("a.jsonl", foreign.as_bytes())], json!({}));
    assert_eq!(told["format"], "doccano");
    let labels: Vec<(&str, &Value)> = told["labels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|label| (label["name"].as_str().unwrap(), &label["label"]))
        .collect();
    assert_eq!(labels, [("Héroïne", &json!(null)), ("Titre", &json!(null)), ("person", &json!("PERSON"))]);
    let choices = json!({ "Héroïne": { "existing": "PERSON" }, "Titre": "add" });
    let take =
        json!({ "do": "take", "schema": schema(), "choices": choices, "texts": { "0": "x" }, "seed": 3 });
    let (told, natives) = ask(&mut desk, take, &[]);
    assert_eq!((&told["problemCount"], natives.len()), (&json!(0), 1));
    let state = opened(&natives[0]).state;
    assert_eq!(&*state.document.text, "Anna Karénine", "no edit under annotations");
    let labels: Vec<&str> = state.annotations.iter().map(|annotation| annotation.label.as_str()).collect();
    assert_eq!(labels, ["Titre", "PERSON", "PERSON"]);
    assert!(state.schema.labels.iter().any(|label| label.id.as_str() == "Titre"));

    read(&mut desk, &[("a.txt", b"as it came")], json!({}));
    let take =
        json!({ "do": "take", "schema": schema(), "choices": {}, "texts": { "0": "as edited" }, "seed": 3 });
    let (_, natives) = ask(&mut desk, take, &[]);
    assert_eq!(&*opened(&natives[0]).state.document.text, "as edited");
}

#[test]
fn a_web_page_is_handed_to_the_page_and_comes_back_read() {
    let mut desk = Desk::new(means());
    let html = b"<meta charset=iso-8859-1><p>L'\xe9t\xe9";
    let files: [(&str, &[u8]); 2] = [("a.html", html), ("b.txt", b"beside")];
    let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
    let request = json!({ "do": "read", "paths": paths, "schema": schema() });
    let bytes: Vec<Vec<u8>> = files.iter().map(|(_, bytes)| bytes.to_vec()).collect();
    let (told, pages) = ask(&mut desk, request, &bytes);
    assert_eq!((&told, pages.len()), (&json!({ "pages": 1 }), 1));
    assert_eq!(std::str::from_utf8(&pages[0]), Ok("<meta charset=iso-8859-1><p>L'été"));
    let page = json!({ "sourcierPage": "whole", "plain": "plain", "whole": [["p"], "L'été"] }).to_string();
    ask(&mut desk, json!({ "do": "pages" }), &[page.clone().into_bytes()]);
    let told = read(&mut desk, &[], json!({}));
    assert_eq!((&told["format"], &told["encoding"]), (&json!("page-whole"), &json!("windows-1252")));
    assert_eq!((&told["documents"][0]["excerpt"], &told["documentCount"]), (&json!("L'été"), &json!(2)));
    // As what it is not, it is its source.
    let told = read(&mut desk, &[], json!({ "format": "text" }));
    assert_eq!(told["documents"][0]["excerpt"], "<meta charset=iso-8859-1><p>L'été");
    // In another encoding it is another text: read again.
    let request = json!({ "do": "read", "paths": [], "schema": schema(), "encoding": "utf-16le" });
    assert_eq!(ask(&mut desk, request, &[]).0["pages"], 1);
    // One that cannot be read is text like any other.
    ask(&mut desk, json!({ "do": "pages" }), &[]);
    let told = read(&mut desk, &[], json!({ "encoding": "utf-16le" }));
    assert_eq!((&told["format"], &told["pages"]), (&json!("text"), &json!(null)));

    // What was pasted is handed over read, with its plain text.
    let told = read(&mut desk, &[("c.html", page.as_bytes())], json!({}));
    assert_eq!((&told["format"], &told["documents"][0]["excerpt"]), (&json!("page-whole"), &json!("L'été")));
    let told = read(&mut desk, &[], json!({ "format": "text" }));
    assert_eq!(told["documents"][0]["excerpt"], "plain");
}

/// A native file with a label set of its own, of which the one in use has PERSON.
fn foreign_native() -> Vec<u8> {
    let schema = json!({
        "format": "sourcier-schema", "formatVersion": 1, "id": "own", "version": "1.0.0", "name": "Own",
        "groups": [{"id": "own", "name": "Own", "family": "tint"}],
        "labels": [
            {"id": "PERSON", "group": "own", "name": "Person", "color": "#F5B3B3"},
            {"id": "RUMOUR", "group": "own", "name": "Rumeur", "color": "#60E080", "hotkey": "r",
             "attributes": [{"key": "tone", "name": "Tone", "type": "text"}]},
            {"id": "HINT", "group": "own", "name": "Hint", "color": "#6099F5"},
        ],
    });
    let annotation = |id: &str, label: &str, start: usize, end: usize| json!({"id": id, "label": label, "start": start, "end": end, "attributes": {}, "x-score": 0.5});
    json!({
        "format": "sourcier", "formatVersion": 2, "schema": schema,
        "document": {"id": "d-own", "text": "Anna ment, dit-on.", "fields": {"title": "Ragots"}},
        "annotations": [
            annotation("a1", "PERSON", 0, 4), annotation("a2", "RUMOUR", 5, 9), annotation("a3", "HINT", 11, 17),
        ],
        "relations": [{"id": "r1", "type": "ABOUT", "from": "a2", "to": "a1"}],
        "unplaced": [{"id": "a4", "label": "RUMOUR"}],
    })
    .to_string()
    .into_bytes()
}

#[test]
fn a_native_file_keeps_its_label_set_or_is_put_on_the_one_in_use() {
    let mut desk = Desk::new(means());
    let native = foreign_native();
    let told =
        read(&mut desk, &[("own.json", &native), ("here.json", &sample_bytes("annotated"))], json!({}));
    assert_eq!((&told["natives"], &told["others"], &told["labels"]), (&json!(2), &json!(1), &json!([])));
    let labels = told["nativeLabels"].as_array().unwrap().iter();
    let labels: Vec<String> = labels.map(|label| format!("{}: {}", label["name"], label["label"])).collect();
    assert_eq!(labels, ["\"HINT\": null", "\"PERSON\": \"PERSON\"", "\"RUMOUR\": null"]);
    assert_eq!(
        (&told["documents"][0]["title"], &told["documents"][0]["annotations"]),
        (&json!("Ragots"), &json!(3))
    );

    let take = |desk: &mut Desk, is_on_set: bool| {
        let choices = json!({ "RUMOUR": "add", "HINT": { "existing": "CUE" } });
        let request =
            json!({ "do": "take", "schema": schema(), "choices": choices, "seed": 3, "onSet": is_on_set });
        ask(desk, request, &[]).1
    };
    assert_eq!(take(&mut desk, false), [native.clone(), sample_bytes("annotated")]);

    read(&mut desk, &[("own.json", &native)], json!({}));
    let natives = take(&mut desk, true);
    let file: Value = serde_json::from_slice(&natives[0]).unwrap();
    assert_eq!(file["unplaced"][0]["label"], "RUMOUR");
    let opened = opened(&natives[0]);
    let labels: Vec<&str> =
        opened.state.annotations.iter().map(|annotation| annotation.label.as_str()).collect();
    assert_eq!(labels, ["PERSON", "RUMOUR", "CUE"]);
    assert_eq!(opened.state.document.id.as_str(), "d-own");
    assert!(opened.state.annotations.iter().all(|annotation| annotation.extra.is_some()), "nothing is lost");
    let rumour = opened.state.schema.labels.iter().find(|label| label.id.as_str() == "RUMOUR").unwrap();
    assert_eq!((rumour.attributes.len(), rumour.hotkey), (1, None), "with its attributes, without its key");
    assert!(opened.state.schema.labels.len() > 3 && opened.state.relations.len() == 1);
}
