use serde_json::{Value, json};

use super::export::{WRITTEN, prefix, suffix};
use crate::draft::Draft;
use crate::formats::recognise;
use crate::import::{InFile, Likeness};
use crate::options::Options;
use crate::problems::{Problem, ProblemKind};
use crate::samples::mutate::check_mutations;
use crate::samples::{as_input, check_golden, check_round_trip, export_of, opened_draft, read, sample};

const TEXT: &str = "Moscou 👍 dit que\r\nMoscou ment.";

#[test]
fn golden_files() {
    check_golden("w3c", &Options::default());
}

#[test]
fn what_is_written_comes_back() {
    check_round_trip("w3c", WRITTEN.carries, |_| {});
}

#[test]
fn damaged_files_are_read_or_told() {
    check_mutations("w3c", 150);
}

#[test]
fn surroundings_end_at_lines_and_cut_no_pair() {
    for (before, expected) in [("", ""), ("a\nb", "b"), ("a\r\n", ""), ("ab", "ab")] {
        assert_eq!(prefix(before), expected);
    }
    for (after, expected) in [("", ""), ("a\nb", "a"), ("\r\na", ""), ("ab", "ab")] {
        assert_eq!(suffix(after), expected);
    }
    let faces = "x👍".repeat(30);
    assert_eq!(prefix(&faces).encode_utf16().count(), 32);
    assert_eq!(suffix(&faces).encode_utf16().count(), 31);
}

/// Ends as consumers count them: the words at each place are the quote.
#[test]
fn each_place_holds_its_quote_and_the_total_is_right() {
    for name in crate::samples::SAMPLES {
        let state = sample(name);
        let exported = export_of("w3c", &[&state], Options::default());
        let collection: Value = serde_json::from_slice(&exported.files[0].bytes).unwrap();
        let characters: Vec<char> = state.document.text.chars().collect();
        let none = Vec::new();
        let items = collection["first"]["items"].as_array().unwrap_or(&none);
        assert_eq!(collection["total"], items.len());
        for target in items.iter().flat_map(|item| each(&item["target"])) {
            let [position, quote] = &target["selector"].as_array().map_or(&[][..], Vec::as_slice) else {
                continue;
            };
            let place = |key: &str| position[key].as_u64().unwrap() as usize;
            let words: String = characters[place("start")..place("end")].iter().collect();
            assert_eq!(quote["exact"], words);
        }
    }
}

#[test]
fn without_words_the_text_is_asked_for() {
    let state = sample("linked");
    let exported = export_of("w3c", &[&state], Options { is_positions_only: true, ..Options::default() });
    let [file] = &as_input(&exported)[..] else { panic!("one file") };
    assert!(!String::from_utf8_lossy(&file.bytes).contains("部长"));
    let (drafts, problems) = read("w3c", std::slice::from_ref(file));
    assert_eq!((drafts.len(), &problems[..]), (1, &[][..]));
    assert_eq!(drafts[0].sha256.as_deref(), Some(&**state.document.sha256()));
    assert_eq!(drafts[0].annotations.len(), state.annotations.len());
}

fn file(value: &Value) -> InFile {
    InFile { path: "a.jsonld".to_owned(), bytes: value.to_string().into_bytes() }
}

/// Reads one annotation of the text that lies beside it.
fn read_one(annotation: Value) -> (Vec<Draft>, Vec<Problem>) {
    let text = InFile { path: "a.txt".to_owned(), bytes: TEXT.as_bytes().to_vec() };
    read("w3c", &[file(&annotation), text])
}

#[test]
fn foreign_forms_are_read() {
    let quote = json!({"type": "TextQuoteSelector", "exact": "Moscou"});
    let later = json!({"type": "TextQuoteSelector", "exact": "Moscou", "suffix": " ment"});
    let position = json!({"type": "TextPositionSelector", "start": 0, "end": 6});
    // UTF-16: one unit too far behind the emoji.
    let shifted = json!({"type": "TextPositionSelector", "start": 20, "end": 26});
    let target = |selector: Value| json!({"source": "http://x.example/a", "selector": selector});
    let tag = json!({"type": "TextualBody", "purpose": "tagging", "value": "PLACE"});
    for (name, value, expected) in [
        ("position alone", json!({"target": target(position.clone()), "body": tag}), ("PLACE", 0, 0)),
        ("quote alone", json!({"target": [target(later.clone())], "body": [tag]}), ("PLACE", 18, 0)),
        (
            "the quote is right",
            json!({"target": target(json!([shifted, later])), "body": tag}),
            ("PLACE", 18, 1),
        ),
        ("first of two", json!({"target": target(json!([quote])), "body": tag}), ("PLACE", 0, 0)),
        ("RFC 5147", json!({"target": "http://x.example/a#char=18,24", "body": tag}), ("PLACE", 18, 0)),
        (
            "fragment",
            json!({"target": target(json!({"type": "FragmentSelector", "value": "char=18,24"})), "body": tag}),
            ("PLACE", 18, 0),
        ),
        (
            "bodyValue",
            json!({"motivation": "highlighting", "target": target(position.clone()), "bodyValue": "hm"}),
            ("highlighting", 0, 0),
        ),
        (
            "no body",
            json!({"motivation": "oa:highlighting", "target": target(position.clone())}),
            ("highlighting", 0, 0),
        ),
        (
            "class",
            json!({"target": target(position.clone()), "body": "http://x.example/ns#PLACE"}),
            ("PLACE", 0, 0),
        ),
        (
            "JSON-LD keywords",
            json!({"@type": "oa:Annotation", "@id": "x", "target": target(position.clone()), "body": tag}),
            ("PLACE", 0, 0),
        ),
    ] {
        let mut value = value;
        value["@context"] = "http://www.w3.org/ns/anno.jsonld".into();
        let (mut drafts, problems) = read_one(value);
        assert_eq!((drafts.len(), problems.len()), (1, expected.2), "{name}: {problems:?}");
        let draft = drafts.remove(0);
        let found = &draft.annotations[0];
        assert_eq!((found.label.as_str(), found.fragments[0].0), (expected.0, expected.1), "{name}");
        let (opened, problems) = opened_draft(draft, &sample("empty"));
        assert_eq!((opened.state.annotations.len(), problems.len()), (1, 0), "{name}");
    }
}

#[test]
fn pages_lists_and_links_are_read() {
    let target = |start: u64| json!({"source": "a.txt", "selector": {"type": "TextPositionSelector", "start": start, "end": start + 6}});
    let annotation =
        |id: &str, start| json!({"id": id, "type": "Annotation", "target": target(start), "body": []});
    let link = |from: &str, to: &str| json!({"type": "Annotation", "motivation": "linking", "target": from, "body": to});
    let items = [annotation("x:1", 0), annotation("x:2", 18), link("x:2", "x:1"), link("x:1", "x:9")];
    for wrapped in [
        json!(items),
        json!({"type": "AnnotationPage", "items": items}),
        json!({"type": ["AnnotationCollection"], "first": {"type": "AnnotationPage", "items": items}}),
        json!({"@graph": items}),
    ] {
        let (mut drafts, problems) = read_one(wrapped);
        assert_eq!((drafts.len(), problems.len()), (1, 0), "{problems:?}");
        let (opened, problems) = opened_draft(drafts.remove(0), &sample("empty"));
        assert_eq!((opened.state.annotations.len(), opened.state.relations.len()), (2, 1));
        assert_eq!(problems[0].kind, ProblemKind::DanglingId);
    }
}

#[test]
fn wrong_places_and_missing_texts_are_told() {
    for (start, end) in
        [("-1", "3"), ("5", "2"), ("3", "3"), ("1.5", "3"), ("0", "1e300"), ("0", "9007199254740993")]
    {
        let selector: Value = serde_json::from_str(&format!(
            r#"{{"type":"TextPositionSelector","start":{start},"end":{end}}}"#
        ))
        .unwrap();
        let (drafts, mut problems) = read_one(json!({"target": {"source": "a.txt", "selector": selector}}));
        let mut kept = 0;
        for draft in drafts {
            let (opened, told) = opened_draft(draft, &sample("empty"));
            kept += opened.state.annotations.len();
            problems.extend(told);
        }
        assert!(kept == 0 && !problems.is_empty(), "{start} {end}");
    }
    let value =
        json!({"@context": "http://www.w3.org/ns/anno.jsonld", "target": "http://x.example/b#char=0,1"});
    let (drafts, problems) = read("w3c", &[file(&value)]);
    assert_eq!((drafts.len(), problems[0].kind), (0, ProblemKind::FileMissing));
    let deep = InFile { path: "a.jsonld".to_owned(), bytes: vec![b'['; 100_000] };
    assert_eq!(read("w3c", &[deep]).1[0].kind, ProblemKind::Malformed);
}

#[test]
fn the_format_is_recognised_by_its_context() {
    let exported = export_of("w3c", &[&sample("bare")], Options::default());
    assert_eq!(recognise(&as_input(&exported)).map(|reader| reader.id), Some("w3c"));
    let text = InFile { path: "x.txt".to_owned(), bytes: b"http://www.w3.org/ns/anno.jsonld".to_vec() };
    assert_eq!((super::READER.recognise)(&text), Likeness::No);
}

fn each(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}
