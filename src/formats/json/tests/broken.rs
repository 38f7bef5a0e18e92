//! Broken files: each is refused with its reason, or opened with a list of what was wrong.

use serde_json::{Value, json};

use crate::formats::Content;
use crate::formats::json::tests::support::{drawn, exported, marked, opened};
use crate::formats::json::{ANNOTATION_COUNT_MAX, NATIVE_SIZE_MAX, Opened, is_sourcier_json, read_file};

const TEXT: &str = "Le 👩 ministre a menti. Le ministre part.";

/// A right file with CLAIM 5-13 `ministre` and CUE 16-21 `menti`.
fn right_file() -> Value {
    let state = marked(TEXT, &[("CLAIM", "ministre"), ("CUE", "menti")]);
    serde_json::from_str(&exported(&state, Content::WithText)).expect("an export is JSON")
}

/// Puts `value` at a JSON pointer of the right file; `"<remove>"` takes the part out.
fn broken(pointer: &str, value: &Value) -> String {
    let mut file = right_file();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
    let parent = file.pointer_mut(parent).expect("the parent is there");
    match (parent, value.as_str()) {
        (Value::Object(map), Some("<remove>")) => drop(map.shift_remove(key)),
        (Value::Object(map), _) => drop(map.insert(key.to_owned(), value.clone())),
        (Value::Array(list), _) => {
            let idx: usize = key.parse().expect("a list has numbers");
            if idx < list.len() { list[idx] = value.clone() } else { list.push(value.clone()) }
        }
        (other, _) => panic!("{other} has no parts"),
    }
    file.to_string()
}

/// What a person would be told, in short.
fn told(opened: &Opened) -> String {
    let mut told: Vec<String> = Vec::new();
    for problem in &opened.problems {
        let place = problem.annotation.map_or("document".to_owned(), |idx| format!("#{idx}"));
        told.push(format!("{place} {:?} -> {:?}", problem.fact, problem.remedy));
    }
    for moved in &opened.moved {
        let ambiguous = if moved.is_ambiguous { " ambiguous" } else { "" };
        let place = format!("{:?} to {:?}", moved.from, moved.to);
        told.push(format!("#{} moved {place} {}{ambiguous}", moved.annotation, moved.score_percent));
    }
    for unplaced in &opened.unplaced {
        assert!(!unplaced.json.is_null() || unplaced.annotation == 2);
        told.push(format!("#{} unplaced", unplaced.annotation));
    }
    told.push(drawn(&opened.state));
    told.join("\n")
}

const UNTOUCHED: &str = "CLAIM 5-13 ministre; CUE 16-21 menti";

#[test]
fn files_that_cannot_be_opened_say_why() {
    let cases: &[(&str, Value, &str)] = &[
        ("/format", json!("<remove>"), "NotOurs { found: None }"),
        ("/format", json!(7), "NotOurs { found: None }"),
        ("/format", json!("sourcier-schema"), "NotOurs { found: Some(\"sourcier-schema\") }"),
        ("/formatVersion", json!("<remove>"), "MissingPart { path: \"formatVersion\" }"),
        ("/formatVersion", json!("1"), "WrongPart { path: \"formatVersion\" }"),
        ("/formatVersion", json!(3), "WrongVersion { found: 3, known: 2 }"),
        ("/formatVersion", json!(0), "WrongVersion { found: 0, known: 2 }"),
        ("/schema", json!("<remove>"), "MissingPart { path: \"schema\" }"),
        ("/document", Value::Null, "MissingPart { path: \"document\" }"),
        ("/document", json!([]), "WrongPart { path: \"document\" }"),
        ("/document/text", json!(7), "WrongPart { path: \"document.text\" }"),
        ("/document/offsetUnit", json!("byte"), "WrongUnit { found: \"byte\" }"),
        ("/annotations", json!("<remove>"), "MissingPart { path: \"annotations\" }"),
        ("/annotations", json!({"0": {}}), "WrongPart { path: \"annotations\" }"),
        ("/annotations", json!(-1.5), "WrongPart { path: \"annotations\" }"),
        ("/annotations", json!("none"), "WrongPart { path: \"annotations\" }"),
    ];
    for (pointer, value, expected) in cases {
        let error = read_file(broken(pointer, value).as_bytes()).err();
        assert_eq!(error.map(|error| format!("{error:?}")).as_deref(), Some(*expected), "{pointer} {value}");
    }
    let error = format!("{:?}", read_file(broken("/schema/labels/0/color", &json!("red")).as_bytes()).err());
    assert!(error.starts_with("Some(SchemaProblems([SchemaProblem { path: \"labels[0].color\""), "{error}");
    let mut file = right_file();
    for key in ["text", "sha256"] {
        file["document"].as_object_mut().expect("an object").shift_remove(key);
    }
    let error = format!("{:?}", read_file(file.to_string().as_bytes()).err());
    assert_eq!(error, "Some(MissingPart { path: \"document.sha256\" })");
}

#[test]
fn bytes_that_are_no_json_say_where() {
    let not_json = |line, column, is_cut_off| {
        format!("NotJson {{ line: {line}, column: {column}, is_cut_off: {is_cut_off} }}")
    };
    let surrogate = |line, column| format!("LoneSurrogate {{ line: {line}, column: {column} }}");
    let deep = format!("{{\"x\":{}", "[".repeat(100_000));
    let cases: &[(&[u8], String)] = &[
        (b"", not_json(1, 1, true)),
        (b"{", not_json(1, 1, true)),
        (b"{\"format\":\"sourcier\",", not_json(1, 21, true)),
        ("{\n \"é\": ?}".as_bytes(), not_json(2, 7, false)),
        (b"{} x", not_json(1, 4, false)),
        (b"<html>", not_json(1, 1, false)),
        (b"[]", "NotOurs { found: None }".to_owned()),
        (b"[?", not_json(1, 2, false)),
        (b"null", "NotOurs { found: None }".to_owned()),
        (b"{}", "NotOurs { found: None }".to_owned()),
        (b"\xEF\xBB\xBF{}", "NotOurs { found: None }".to_owned()),
        (b"\xFF\xFE{\0}\0", "NotUtf8 { at_byte: 0 }".to_owned()),
        (b"{\"a\":\"caf\xE9\"}", "NotUtf8 { at_byte: 9 }".to_owned()),
        (b"{\"a\":\n\"x\\ud800\"}", surrogate(2, 3)),
        (b"{\"a\":\"\\uDC00\"}", surrogate(1, 7)),
        (b"{\"a\":\"\\ud83d\\n\"}", surrogate(1, 7)),
        (b"{\"a\":\"\\ud83d\\ud83d\"}", surrogate(1, 7)),
        (b"{\"\\ud800\":1}", surrogate(1, 3)),
        (b"{\"a\":\"\\ud83d\\ude00 \\\\ud800 \\u00\"}", not_json(1, 32, false)),
        (deep.as_bytes(), "TooDeep { line: 1, column: 132 }".to_owned()),
    ];
    for (bytes, expected) in cases {
        let error = read_file(bytes).err().map(|error| format!("{error:?}"));
        assert_eq!(
            error.as_ref(),
            Some(expected),
            "{}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(60)])
        );
    }
}

#[test]
fn limits_hold_before_anything_is_parsed() {
    let mut bytes = vec![b' '; NATIVE_SIZE_MAX];
    bytes[0] = b'{';
    let error = |bytes: &[u8]| format!("{:?}", read_file(bytes).err());
    assert!(error(&bytes).starts_with("Some(NotJson"), "{}", error(&bytes));
    bytes.push(b' ');
    let expected = format!(
        "Some(TooLarge {{ size_bytes: {}, size_bytes_max: {NATIVE_SIZE_MAX} }})",
        NATIVE_SIZE_MAX + 1
    );
    assert_eq!(error(&bytes), expected);
    let list = "0,".repeat(ANNOTATION_COUNT_MAX) + "0";
    let schema = right_file()["schema"].to_string();
    let file = format!(
        "{{\"format\":\"sourcier\",\"formatVersion\":1,\"schema\":{schema},\"annotations\":[{list}]}}"
    );
    let expected = format!(
        "Some(TooManyAnnotations {{ count: {}, count_max: {ANNOTATION_COUNT_MAX} }})",
        ANNOTATION_COUNT_MAX + 1
    );
    assert_eq!(error(file.as_bytes()), expected);
}

#[test]
fn what_can_be_mended_is_mended_and_told() {
    let cases: &[(&str, Value, &str)] = &[
        ("/formatVersion", json!(1), ""),
        ("/entities", json!("<remove>"), ""),
        ("/relations", Value::Null, ""),
        ("/annotations/0/byHand", Value::Null, ""),
        ("/document/length", json!("<remove>"), ""),
        ("/document/offsetUnit", json!("<remove>"), ""),
        ("/document/annotator", json!(7), ""),
        ("/document/length", json!(7), "document LengthDiffers { stated: 7, actual: 40 } -> Accepted"),
        ("/document/sha256", json!("<remove>"), "document Missing { key: \"sha256\" } -> Default"),
        (
            "/document/sha256",
            json!(7),
            "document WrongType { key: \"sha256\" } -> Default\ndocument Missing { key: \"sha256\" } -> Default",
        ),
        (
            "/document/created",
            json!("today"),
            "document BadTime { key: \"created\", found: \"today\" } -> Default",
        ),
        ("/document/modified", json!(7), "document WrongType { key: \"modified\" } -> Default"),
        ("/document/id", json!(""), "document Missing { key: \"id\" } -> Default"),
        ("/document/fields", json!([]), "document WrongType { key: \"fields\" } -> Default"),
        (
            "/annotations/0/id",
            json!("<remove>"),
            "#0 Missing { key: \"id\" } -> FreshId(AnnotationId(\"FRESH\"))",
        ),
        (
            "/annotations/1/id",
            json!("a0"),
            "#1 DuplicateId { id: \"a0\" } -> FreshId(AnnotationId(\"FRESH\"))",
        ),
        ("/annotations/1/note", json!({"a": 1}), "#1 WrongType { key: \"note\" } -> Default"),
        ("/annotations/1/attributes", json!([1]), "#1 WrongType { key: \"attributes\" } -> Default"),
        ("/annotations/1/attributes", json!("x"), "#1 WrongType { key: \"attributes\" } -> Default"),
        ("/annotations/1/byHand", json!([1]), "#1 WrongType { key: \"byHand\" } -> Default"),
        (
            "/annotations/1/byHand",
            json!(["nothing"]),
            "#1 UnknownWord { key: \"byHand\", found: \"nothing\" } -> LeftOut",
        ),
        (
            "/annotations/1/certainty",
            json!("perhaps"),
            "#1 UnknownWord { key: \"certainty\", found: \"perhaps\" } -> Default",
        ),
        ("/annotations/1/origin", json!(true), "#1 WrongType { key: \"origin\" } -> Default"),
        (
            "/annotations/1/changed",
            json!("1969-01-01T00:00:00Z"),
            "#1 BadTime { key: \"changed\", found: \"1969-01-01T00:00:00Z\" } -> Default",
        ),
    ];
    for (pointer, value, expected) in cases {
        let opened = opened(&broken(pointer, value), None);
        let expected = format!("{expected}\n{UNTOUCHED}");
        let mut told = told(&opened);
        if let Some((before, rest)) = told.split_once("AnnotationId(\"a")
            && expected.contains("FRESH")
        {
            told = format!("{before}AnnotationId(\"FRESH{}", &rest[13..]);
        }
        assert_eq!(told, expected.trim_start(), "{pointer} {value}");
        assert_eq!(opened.state.annotations.len(), 2);
        assert!(opened.state.annotations.check_invariants().is_ok());
    }
}

#[test]
fn places_that_lie_are_found_by_their_words_or_left_out() {
    let bad = |key: &str, offset: &str| format!("#1 BadOffset {{ key: \"{key}\", offset: {offset} }}");
    // The second annotation with another start, with its surface and without.
    let cases: &[(&str, Value, String)] = &[
        ("start", json!(-1), bad("start", "Negative")),
        ("start", json!(16.5), bad("start", "NotWhole")),
        ("start", json!("16"), bad("start", "NotANumber")),
        ("start", json!([16]), bad("start", "NotANumber")),
        ("start", json!("<remove>"), bad("start", "Missing")),
        ("start", json!((1_u64 << 53) + 1), bad("start", "TooLarge")),
        ("start", json!(1e300), bad("start", "TooLarge")),
        ("end", json!(u64::MAX), bad("end", "TooLarge")),
        ("end", json!(41), bad("end", "PastEnd { given: 41, len: 40 }")),
        ("end", json!(1_u64 << 53), bad("end", "PastEnd { given: 9007199254740992, len: 40 }")),
        ("end", json!(16), "#1 EmptySpan { at: 16 }".to_owned()),
        ("end", json!(3), "#1 Reversed { start: 16, end: 3 }".to_owned()),
    ];
    for (key, value, fact) in cases {
        let mut file: Value =
            serde_json::from_str(&broken(&format!("/annotations/1/{key}"), value)).expect("JSON");
        let with_surface = opened(&file.to_string(), None);
        let told_with = told(&with_surface);
        // An end that is wrong may leave the right start: found at once, but still told.
        assert!(told_with.starts_with(&format!("{fact} -> Moved\n#1 moved ")), "{key} {value}: {told_with}");
        assert!(told_with.ends_with(UNTOUCHED), "{key} {value}: {told_with}");
        file["annotations"][1].as_object_mut().expect("an object").shift_remove("surface");
        let without = opened(&file.to_string(), None);
        let expected = format!("{fact} -> Unplaced\n#1 unplaced\nCLAIM 5-13 ministre");
        assert_eq!(told(&without), expected, "{key} {value}");
        assert_eq!(without.unplaced[0].json, file["annotations"][1]);
    }
    // 16.0 is a whole number.
    let opened = opened(&broken("/annotations/1/start", &json!(16.0)), None);
    assert_eq!(told(&opened), UNTOUCHED);
}

#[test]
fn entries_that_are_no_annotations_are_kept_and_come_out_again() {
    let cases: &[(&str, Value, &str)] = &[
        ("/annotations/2", json!(7), "#2 NotAnObject -> Unplaced\n#2 unplaced"),
        ("/annotations/2", Value::Null, "#2 NotAnObject -> Unplaced\n#2 unplaced"),
        ("/annotations/2", json!(["a"]), "#2 NotAnObject -> Unplaced\n#2 unplaced"),
        (
            "/annotations/2",
            json!({"start": 0, "end": 2}),
            "#2 Missing { key: \"label\" } -> Unplaced\n#2 unplaced",
        ),
        (
            "/annotations/2",
            json!({"label": 1, "x": [2]}),
            "#2 WrongType { key: \"label\" } -> Unplaced\n#2 unplaced",
        ),
    ];
    for (pointer, value, expected) in cases {
        let first = opened(&broken(pointer, value), None);
        assert_eq!(told(&first), format!("{expected}\n{UNTOUCHED}"), "{value}");
        let json = exported(&first.state, Content::WithText);
        let file: Value = serde_json::from_str(&json).expect("an export is JSON");
        assert_eq!(file["unplaced"], json!([value]));
        let again = opened(&json, None);
        assert_eq!(told(&again), UNTOUCHED);
        assert_eq!(exported(&again.state, Content::WithText), json);
    }
}

#[test]
fn fragments_are_put_in_order() {
    let fragment = |start: i64, end: i64| json!({"start": start, "end": end});
    let adjusted =
        |given, kept| format!("#0 FragmentsAdjusted {{ given: {given}, kept: {kept} }} -> Accepted\n");
    let cases: &[(Value, String, &str)] = &[
        (json!([fragment(5, 7), fragment(9, 13)]), String::new(), "CLAIM 5-13 mi … stre"),
        (json!([fragment(5, 13)]), String::new(), "CLAIM 5-13 ministre"),
        (json!([]), String::new(), "CLAIM 5-13 ministre"),
        (json!([fragment(9, 13), fragment(5, 7)]), adjusted(2, 2), "CLAIM 5-13 mi … stre"),
        (json!([fragment(5, 9), fragment(8, 13)]), adjusted(2, 1), "CLAIM 5-13 ministre"),
        (json!([fragment(5, 9), fragment(9, 13)]), adjusted(2, 1), "CLAIM 5-13 ministre"),
        (json!([fragment(5, 6), fragment(7, 8)]), adjusted(2, 2), "CLAIM 5-8 m … n"),
        (json!([fragment(5, 6), fragment(12, 20)]), adjusted(2, 1), "CLAIM 5-6 m"),
        (json!([fragment(-5, 6), "x", fragment(7, 7)]), adjusted(3, 1), "CLAIM 5-13 ministre"),
    ];
    for (fragments, facts, expected) in cases {
        let opened = opened(&broken("/annotations/0/fragments", fragments), None);
        assert_eq!(told(&opened), format!("{facts}{expected}; CUE 16-21 menti"), "{fragments}");
    }
}

#[test]
fn unknown_labels_and_cut_characters_are_told() {
    let mut file = right_file();
    file["annotations"][0]["label"] = json!("ACTOR");
    file["annotations"][1]["label"] = json!("ACTOR");
    let expected = "#0 UnknownLabel { label: LabelId(\"ACTOR\"), count: 2 } -> Accepted\nACTOR 5-13 ministre; ACTOR 16-21 menti";
    assert_eq!(told(&opened(&file.to_string(), None)), expected);
    let state = marked("e\u{301}t \r\n", &[("CUE", "\u{301}t"), ("CLAIM", "t \r")]);
    let expected =
        "#0 InsideGrapheme -> Accepted\n#1 InsideGrapheme -> Accepted\nCUE 1-3 \u{301}t; CLAIM 2-5 t \r";
    assert_eq!(told(&opened(&exported(&state, Content::WithText), None)), expected);
}

#[test]
fn files_are_recognized() {
    let right = right_file();
    let mut last: serde_json::Map<_, _> = right.as_object().expect("an object").clone();
    let format = last.shift_remove("format").expect("a format");
    last.insert("format".to_owned(), format);
    let cases: &[(&str, bool)] = &[
        (&right.to_string(), true),
        (&Value::Object(last).to_string(), true),
        ("\u{FEFF} {\n\"format\" : \"sourcier\"", true),
        ("{\"format\":\"sourcier-schema\"}", false),
        ("{\"text\":\"{\\\"format\\\":\\\"sourcier\\\"}\"}", false),
        ("{\"a\":{\"format\":\"sourcier\"}}", false),
        ("[{\"format\":\"sourcier\"}]", false),
        ("format sourcier", false),
        ("", false),
    ];
    for (json, expected) in cases {
        assert_eq!(is_sourcier_json(json.as_bytes()), *expected, "{json:.80}");
    }
}

/// Files cut off or with bytes changed anywhere are refused or opened, but nothing panics.
#[test]
fn damaged_files_never_panic() {
    use crate::text::samples::Random;
    let file = right_file().to_string();
    let mut random = Random::new(5);
    for _ in 0..3000 {
        let mut bytes = file.clone().into_bytes();
        for _ in 0..1 + random.below(3) {
            let at = random.below(bytes.len());
            match random.below(4) {
                0 => bytes.truncate(at.max(1)),
                1 => bytes[at] = b"0123456789-.eE\"\\{}[],:tfn "[random.below(26)],
                2 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b"0123456789-.eE\"\\{}[],:tfn "[random.below(26)]),
            }
            if bytes.is_empty() {
                break;
            }
        }
        is_sourcier_json(&bytes);
        let Ok(file) = read_file(&bytes) else { continue };
        let mut ids = crate::model::ids::IdSource::new(1);
        let context = crate::formats::json::tests::support::context(&mut ids);
        if let Ok(opened) = crate::formats::json::build(&file, None, context) {
            assert!(opened.state.annotations.check_invariants().is_ok());
            assert_eq!(opened.state.annotations.len() + opened.unplaced.len(), file.annotation_count());
        }
    }
}

/// Known keys are found behind however many others, and the others are kept.
#[test]
fn annotations_may_have_many_members() {
    let mut file = right_file();
    let known = file["annotations"][0].as_object().expect("an object").clone();
    for unknown_count in [0, 240, 254, 255, 300] {
        let unknown = (0..unknown_count).map(|idx| (format!("x{idx}"), json!(idx)));
        file["annotations"][0] = Value::Object(unknown.chain(known.clone()).collect());
        let opened = opened(&file.to_string(), None);
        assert_eq!(told(&opened), UNTOUCHED, "{unknown_count}");
        let annotation = opened.state.annotations.iter().next().expect("two are there");
        let extra_count = annotation.extra.as_ref().map_or(0, |extra| extra.len());
        assert_eq!(extra_count, unknown_count);
    }
}
