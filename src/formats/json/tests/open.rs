//! Documents handed over by a script.

use std::rc::Rc;

use crate::formats::Content;
use crate::formats::json::tests::support::{content_of, context, drawn, exported, opened, small_schema};
use crate::formats::json::{Opened, build_from_parts, read_open_document};
use crate::model::annotation::AnnotationOrigin;
use crate::model::document::field_text;
use crate::model::ids::{AttributeKey, IdSource};
use crate::model::schema::AttributeValue;

fn open(json: &str) -> Opened {
    let document = read_open_document(json.as_bytes()).unwrap_or_else(|error| panic!("{error:?}"));
    let mut ids = IdSource::new(3);
    build_from_parts(document, small_schema(), context(&mut ids))
}

/// `document` is all but the text, in the syntax of JSON.
#[track_caller]
fn check(text: &str, document: &str, expected: &str) {
    let text = serde_json::Value::from(text);
    let opened = open(&format!("{{\"text\":{text},{document}}}"));
    let told: Vec<String> = opened
        .problems
        .iter()
        .map(|problem| format!("{:?} {:?}", problem.annotation.unwrap_or(99), problem.fact))
        .chain([drawn(&opened.state)])
        .collect();
    assert_eq!(told.join("\n"), expected);
    assert!(opened.state.annotations.check_invariants().is_ok());
}

#[test]
fn places_count_in_the_unit_that_is_stated() {
    let text = "👩 Le 漢字 a menti";
    check(text, r#""annotations":[{"label":"CUE","start":5,"end":7}]"#, "CUE 5-7 漢字");
    check(
        text,
        r#""offsetUnit":"code-point","annotations":[{"label":"CUE","start":5,"end":7}]"#,
        "CUE 5-7 漢字",
    );
    check(text, r#""offsetUnit":"utf-16","annotations":[{"label":"CUE","start":6,"end":8}]"#, "CUE 5-7 漢字");
    check(
        text,
        r#""offsetUnit":"utf-16","annotations":[
            {"label":"CUE","start":9,"end":16,"fragments":[{"start":9,"end":10},{"start":11,"end":16}]},
            {"label":"CLAIM","start":0,"end":2}]"#,
        "CLAIM 0-1 👩; CUE 8-15 a … menti",
    );
    check(
        text,
        r#""offsetUnit":"utf-16","annotations":[{"label":"CUE","start":1,"end":2}]"#,
        "0 BadOffset { key: \"start\", offset: InsideCharacter { given: 1 } }\n",
    );
    check("\u{FEFF}a", r#""annotations":[{"label":"CUE","start":1,"end":2}]"#, "CUE 1-2 a");
}

#[test]
fn wrong_places_are_left_out_and_told() {
    let one = |annotation: &str| format!("\"annotations\":[{annotation}]");
    let cases = [
        (r#"{"label":"CUE","start":-1,"end":2}"#, "0 BadOffset { key: \"start\", offset: Negative }\n"),
        (r#"{"label":"CUE","start":0.5,"end":2}"#, "0 BadOffset { key: \"start\", offset: NotWhole }\n"),
        (r#"{"label":"CUE","start":0,"end":1e99}"#, "0 BadOffset { key: \"end\", offset: TooLarge }\n"),
        (
            r#"{"label":"CUE","start":0,"end":4}"#,
            "0 BadOffset { key: \"end\", offset: PastEnd { given: 4, len: 3 } }\n",
        ),
        (r#"{"label":"CUE","start":2,"end":1}"#, "0 Reversed { start: 2, end: 1 }\n"),
        (r#"{"label":"CUE","start":1,"end":1}"#, "0 EmptySpan { at: 1 }\n"),
        (r#"{"label":"","start":0,"end":1}"#, "0 Missing { key: \"label\" }\n"),
        (
            r#"{"label":"X","start":0,"end":1},{"label":"X","start":0,"end":3}"#,
            "0 UnknownLabel { label: LabelId(\"X\"), count: 2 }\nX 0-3 mot; X 0-1 m",
        ),
    ];
    for (annotation, expected) in cases {
        check("mot", &one(annotation), expected);
    }
}

#[test]
fn everything_that_is_given_arrives() {
    let opened = open(
        r#"{"text":"Il a menti.","title":"Le titre","language":"fr","fields":{"agency":"AFP","weight":2},
            "annotations":[{"label":"CLAIM","start":0,"end":10,"note":"vu","more":1,
                "attributes":{"evidence_status":"disputed","x":[1]}},
                {"label":"CLAIM","start":3,"end":4,"attributes":{"evidence_status":"not_stated"}}]}"#,
    );
    assert!(opened.problems.is_empty(), "{:?}", opened.problems);
    let state = &opened.state;
    for (key, expected) in [("title", "Le titre"), ("language", "fr"), ("agency", "AFP")] {
        assert_eq!(field_text(&state.fields, key), Some(expected));
    }
    let first = state.annotations.nth(0).expect("two annotations");
    let status = AttributeKey::from("evidence_status");
    assert_eq!(first.attributes.get(&status), Some(&AttributeValue::Text(Rc::from("disputed"))));
    assert_eq!(first.attributes.get(&AttributeKey::from("x")), Some(&AttributeValue::Other(Rc::from("[1]"))));
    assert!(first.by_hand.contains(&status) && &*first.note == "vu");
    assert_eq!(first.provenance.origin, AnnotationOrigin::Imported);
    let second = state.annotations.nth(1).expect("two annotations");
    assert!(second.by_hand.is_empty() && second.attributes.contains_key(&status));
    let json = exported(state, Content::WithText);
    assert_eq!(content_of(&self::opened(&json, None).state), content_of(state));
}

#[test]
fn documents_that_are_none_say_why() {
    let cases = [
        ("{\"text\":\"a\\ud800\"}", "LoneSurrogate { line: 1, column: 11 }"),
        ("{\"text\":", "NotJson { line: 1, column: 8, is_cut_off: true }"),
        ("{}", "NotOurs { found: None }"),
        ("{\"text\":\"a\",\"annotations\":7}", "NotOurs { found: None }"),
        ("{\"text\":\"a\",\"offsetUnit\":\"byte\"}", "NotOurs { found: None }"),
    ];
    for (json, expected) in cases {
        let error = read_open_document(json.as_bytes()).err().map(|error| format!("{error:?}"));
        assert_eq!(error.as_deref(), Some(expected), "{json}");
    }
}
