//! Relations, entities, paragraphs, dated values and times that are not as they should be: each is
//! told, and what cannot be taken comes out of the next export as it went in.

use serde_json::{Value, json};

use crate::formats::Content;
use crate::formats::json::tests::support::{drawn, exported, marked, opened};
use crate::formats::json::{Opened, Remedy};
use crate::model::ids::AttributeKey;

const TEXT: &str = "Anna Lind dit : « Non. »\n\nLe ministre, elle 👩 et lui.";

/// PERSON a0 `Anna Lind` and a2 `elle` of one entity, CLAIM a1 `Non` with a source and a dated
/// value, CUE a3 `dit`; both paragraphs seen.
fn right_file() -> Value {
    let marks = [("PERSON", "Anna Lind"), ("CLAIM", "Non"), ("PERSON", "elle"), ("CUE", "dit")];
    let state = marked(TEXT, &marks);
    let mut file: Value = serde_json::from_str(&exported(&state, Content::WithText)).expect("JSON");
    let time = "2022-02-10T14:03:07.250Z";
    let by = json!({"created": time, "changed": time, "annotator": "u-me", "origin": "by-hand"});
    let with = |mut entry: Value| {
        let by = by.as_object().cloned().unwrap_or_default();
        entry.as_object_mut().expect("an object").extend(by);
        entry
    };
    file["entities"] = json!([with(json!({"id": "e1", "label": "PERSON", "name": "Anna Lind"}))]);
    file["relations"] = json!([
        with(json!({"id": "r1", "type": "SOURCE", "from": "a0", "to": "a1"})),
        with(json!({"id": "r2", "type": "CUE_OF", "from": "a3", "to": "a1"})),
    ]);
    // In text order: a0, a3, a1, a2.
    for idx in [0, 3] {
        file["annotations"][idx]["entity"] = json!("e1");
    }
    let set = json!([{"value": "disputed", "asOf": "2022-02-14", "set": time}]);
    file["annotations"][2]["dated"] = json!({"evidence_status": set});
    let second = TEXT.chars().position(|character| character == 'L').map(|_| 26);
    file["document"]["paragraphs"] = json!([
        {"start": 0, "end": 24, "state": "seen"},
        {"start": second, "end": TEXT.chars().count(), "state": "nothing"},
    ]);
    file["timing"] = json!({"document": 90, "annotations": {"a1": 7}});
    file
}

/// Puts `value` at a JSON pointer of the right file; `"<remove>"` takes the part out.
fn broken(pointer: &str, value: &Value) -> String {
    let mut file = right_file();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
    match (file.pointer_mut(parent).expect("the parent is there"), value.as_str()) {
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

fn told(opened: &Opened) -> String {
    let told = opened.problems.iter().map(|problem| match problem.annotation {
        None => format!("{:?} -> {:?}", problem.fact, problem.remedy),
        Some(idx) => format!("#{idx} {:?} -> {:?}", problem.fact, problem.remedy),
    });
    told.collect::<Vec<_>>().join("\n")
}

/// What is wrong is told, and the next export holds all of it: what was kept as it came.
#[track_caller]
fn check(pointer: &str, value: &Value, expected: &str) {
    let json = broken(pointer, value);
    let first = opened(&json, None);
    assert_eq!(told(&first), expected, "{pointer} {value}");
    assert_eq!(first.state.relations.check_invariants(), Ok(()));
    let export = exported(&first.state, Content::WithText);
    if first.problems.iter().any(|problem| problem.remedy == Remedy::Kept) {
        let whole: Value = serde_json::from_str(&json).expect("JSON");
        let kept = whole.pointer(pointer).map_or(String::new(), Value::to_string);
        assert!(export.contains(&kept), "{pointer} {value}: {export}");
    }
    let again = opened(&export, None);
    assert!(again.problems.iter().all(|problem| problem.remedy != Remedy::Kept), "{}", told(&again));
    assert_eq!(exported(&again.state, Content::WithText), export, "{pointer} {value}");
}

#[test]
fn what_is_right_is_taken_without_a_word() {
    let file = right_file().to_string();
    let opened = opened(&file, None);
    assert_eq!(told(&opened), "");
    assert_eq!(
        drawn(&opened.state),
        "PERSON 0-9 Anna Lind; CUE 10-13 dit; CLAIM 18-21 Non; PERSON 39-43 elle"
    );
    let state = &opened.state;
    let counts = (state.relations.len(), state.entities.len(), state.paragraphs.len());
    assert_eq!((counts, state.timing.document_ms()), ((2, 1, 2), 90_000));
    let claim = state.annotations.nth(2).expect("four annotations");
    let dated = claim.dated.get(&AttributeKey::from("evidence_status")).expect("a dated value");
    assert_eq!((&*dated[0].as_of, dated[0].set_ms), ("2022-02-14", 1_644_501_787_250));
    let exported: Value = serde_json::from_str(&exported(state, Content::WithText)).expect("JSON");
    for part in ["entities", "annotations", "relations", "timing"] {
        assert_eq!(exported[part], right_file()[part]);
    }
    assert_eq!(exported["document"]["paragraphs"], right_file()["document"]["paragraphs"]);
}

#[test]
fn relations_that_are_none_wait_and_are_told() {
    let relation = |more: Value| {
        let mut relation = right_file()["relations"][1].clone();
        for (key, value) in more.as_object().expect("an object") {
            relation[key] = value.clone();
        }
        relation
    };
    let kept = |fact: &str| format!("Relation {{ relation: 1, fact: {fact} }} -> Kept");
    let cases = [
        (json!(7), kept("NotAnObject")),
        (json!(null), kept("NotAnObject")),
        (json!([{"id": "r2"}]), kept("NotAnObject")),
        (relation(json!({"id": null})), kept("Missing { key: \"id\" }")),
        (relation(json!({"id": ""})), kept("Missing { key: \"id\" }")),
        (relation(json!({"id": 7})), kept("WrongType { key: \"id\" }")),
        (relation(json!({"id": "r1"})), kept("DuplicateId { id: \"r1\" }")),
        (relation(json!({"type": null})), kept("Missing { key: \"type\" }")),
        (relation(json!({"type": [1]})), kept("WrongType { key: \"type\" }")),
        (relation(json!({"from": ""})), kept("Missing { key: \"from\" }")),
        (relation(json!({"to": {}})), kept("WrongType { key: \"to\" }")),
        (relation(json!({"from": "a9"})), kept("UnknownEnd { key: \"from\", id: \"a9\" }")),
        (relation(json!({"to": "r1", "x": [1]})), kept("UnknownEnd { key: \"to\", id: \"r1\" }")),
        (relation(json!({"to": "a3"})), kept("SameEnds")),
    ];
    for (value, expected) in cases {
        check("/relations/1", &value, &expected);
    }
    let told = "Relation { relation: 0, fact: NotAnObject } -> Kept";
    check("/relations", &json!("none"), told);
    let told = "Relation { relation: 0, fact: Missing { key: \"id\" } } -> Kept";
    check("/relations", &json!({"r1": {}}), told);
}

#[test]
fn relations_that_are_odd_are_taken_and_told() {
    let about = |fact: &str, remedy: &str| format!("Relation {{ relation: 0, fact: {fact} }} -> {remedy}");
    let cases = [
        (
            "type",
            json!("OLD"),
            "UnknownRelationType { kind: RelationTypeId(\"OLD\"), count: 1 } -> Accepted".to_owned(),
        ),
        ("type", json!("CUE_OF"), about("ForbiddenEnds { kind: RelationTypeId(\"CUE_OF\") }", "Accepted")),
        ("from", json!("a3"), about("ForbiddenEnds { kind: RelationTypeId(\"SOURCE\") }", "Accepted")),
        ("created", json!("today"), about("BadTime { key: \"created\", found: \"today\" }", "Default")),
        ("changed", json!(7), about("WrongType { key: \"changed\" }", "Default")),
        ("annotator", json!([]), about("WrongType { key: \"annotator\" }", "Default")),
        ("origin", json!("found"), about("UnknownWord { key: \"origin\", found: \"found\" }", "Default")),
        ("created", json!("<remove>"), String::new()),
        ("annotator", json!(""), String::new()),
        ("x-unknown", json!({"a": [1]}), String::new()),
    ];
    for (key, value, expected) in cases {
        check(&format!("/relations/0/{key}"), &value, &expected);
        assert_eq!(opened(&broken(&format!("/relations/0/{key}"), &value), None).state.relations.len(), 2);
    }
    let many = json!([
        {"id": "r1", "type": "OLD", "from": "a0", "to": "a1"},
        {"id": "r2", "type": "OLD", "from": "a1", "to": "a0"},
    ]);
    check("/relations", &many, "UnknownRelationType { kind: RelationTypeId(\"OLD\"), count: 2 } -> Accepted");
}

#[test]
fn entities_that_are_none_wait_and_their_mentions_get_one() {
    let made = "#0 UnknownEntity { entity: EntityId(\"e1\") } -> Default";
    let kept = |fact: &str| format!("Entity {{ entity: 0, fact: {fact} }} -> Kept\n{made}");
    let cases = [
        ("/entities/0", json!("e1"), kept("NotAnObject")),
        ("/entities/0/id", json!("<remove>"), kept("Missing { key: \"id\" }")),
        ("/entities/0/id", json!(1), kept("WrongType { key: \"id\" }")),
        (
            "/entities/0/id",
            json!("e2"),
            format!("Entity {{ entity: 0, fact: NoMentions }} -> Accepted\n{made}"),
        ),
        ("/entities", json!([]), made.to_owned()),
        ("/entities", json!("<remove>"), made.to_owned()),
        ("/entities", json!(7), kept("NotAnObject")),
        (
            "/annotations/3/entity",
            json!("e2"),
            "#3 UnknownEntity { entity: EntityId(\"e2\") } -> Default".to_owned(),
        ),
        ("/annotations/3/entity", json!(""), "#3 WrongType { key: \"entity\" } -> Default".to_owned()),
        (
            "/entities/1",
            json!({"id": "e1", "label": "X"}),
            "Entity { entity: 1, fact: DuplicateId { id: \"e1\" } } -> Kept".to_owned(),
        ),
        (
            "/entities/1",
            json!({"id": "e2"}),
            "Entity { entity: 1, fact: Missing { key: \"label\" } } -> Kept".to_owned(),
        ),
        (
            "/entities/1",
            json!({"id": "e2", "label": "PLACE"}),
            "Entity { entity: 1, fact: NoMentions } -> Accepted".to_owned(),
        ),
    ];
    for (pointer, value, expected) in cases {
        check(pointer, &value, &expected);
        let opened = opened(&broken(pointer, &value), None);
        let (annotations, entities) = (&opened.state.annotations, &opened.state.entities);
        assert!(
            annotations
                .iter()
                .filter_map(|mention| mention.entity.as_ref())
                .all(|id| entities.contains_key(id))
        );
    }
    let made = opened(&broken("/entities", &json!([])), None);
    let entity = made.state.entities.values().next().expect("it was made");
    assert_eq!((&*entity.name, entity.label.as_str()), ("Anna Lind", "PERSON"));
}

#[test]
fn entities_that_are_odd_are_taken_and_told() {
    let about = |fact: &str| format!("Entity {{ entity: 0, fact: {fact} }} -> Default");
    let cases = [
        ("label", json!("<remove>"), about("Missing { key: \"label\" }")),
        ("label", json!(7), about("WrongType { key: \"label\" }")),
        ("name", json!([]), about("WrongType { key: \"name\" }")),
        ("name", json!("<remove>"), String::new()),
        ("name", json!(""), String::new()),
        ("changed", json!("x"), about("BadTime { key: \"changed\", found: \"x\" }")),
        ("x-unknown", json!(null), String::new()),
    ];
    for (key, value, expected) in cases {
        check(&format!("/entities/0/{key}"), &value, &expected);
    }
    // An identifier of another type waits under its key.
    let export =
        exported(&opened(&broken("/entities/0/identifier", &json!([1])), None).state, Content::WithText);
    assert!(export.contains("\"identifier\":[1]"));
    assert_eq!(told(&opened(&export, None)), about("WrongType { key: \"identifier\" }"));
}

#[test]
fn dated_values_that_are_wrong_wait_under_their_key() {
    let entry = |value: Value| json!({"evidence_status": [value]});
    let time = "2022-02-10T14:03:07.250Z";
    let cases = [
        json!([]),
        json!("2022"),
        json!(7),
        json!({"evidence_status": {}}),
        json!({"evidence_status": []}),
        entry(json!("disputed")),
        entry(json!({"asOf": "2022", "set": time})),
        entry(json!({"value": 1, "asOf": "2022-02-30", "set": time})),
        entry(json!({"value": 1, "asOf": 2022, "set": time})),
        entry(json!({"value": 1, "asOf": "2022", "set": "yesterday"})),
        entry(json!({"value": 1, "asOf": "2022", "set": time, "by": "me"})),
    ];
    for value in cases {
        let first = opened(&broken("/annotations/2/dated", &value), None);
        assert_eq!(told(&first), "#2 WrongType { key: \"dated\" } -> Default", "{value}");
        let export = exported(&first.state, Content::WithText);
        assert!(export.contains(&format!("\"dated\":{value}")), "{value}");
        assert_eq!(exported(&opened(&export, None).state, Content::WithText), export);
    }
    // Out of order, they are put in order.
    let value = |as_of: &str| json!({"value": as_of, "asOf": as_of, "set": time});
    let turned = json!({"evidence_status": [value("2022-03"), value("2022-02")]});
    let opened = opened(&broken("/annotations/2/dated", &turned), None);
    let claim = opened.state.annotations.nth(2).expect("four annotations");
    assert_eq!(&*claim.dated[&AttributeKey::from("evidence_status")][1].as_of, "2022-03");
}

#[test]
fn paragraphs_that_are_none_of_the_text_are_told() {
    let kept = |fact: &str| format!("{fact} {{ paragraph: 1 }} -> Kept");
    let second = |start: i64, end: i64| json!({"start": start, "end": end, "state": "seen"});
    let cases = [
        (json!(7), kept("NoParagraph")),
        (second(-1, 30), kept("NoParagraph")),
        (second(30, 30), kept("NoParagraph")),
        (second(20, 30), kept("NoParagraph")),
        (second(26, 99), kept("NoParagraph")),
        // Seen already.
        (second(0, 24), kept("NoParagraph")),
        (json!({"start": 26, "end": 54}), kept("NoParagraph")),
        (json!({"start": 26, "end": 54, "state": "read"}), kept("NoParagraph")),
        (second(27, 40), "PartOfParagraph { paragraph: 1 } -> Accepted".to_owned()),
    ];
    for (value, expected) in cases {
        check("/document/paragraphs/1", &value, &expected);
    }
    check("/document/paragraphs", &json!("all"), "NoParagraph { paragraph: 0 } -> Kept");
    let part = opened(&broken("/document/paragraphs/1", &second(27, 40)), None);
    assert_eq!(part.state.paragraphs.len(), 2);
}

#[test]
fn times_that_are_wrong_are_told() {
    let wrong = "WrongType { key: \"timing\" } -> Default";
    let cases = [
        ("/timing", json!(7), wrong),
        ("/timing", json!([]), wrong),
        ("/timing", Value::Null, ""),
        ("/timing/document", json!(-1), wrong),
        ("/timing/document", json!(1.5), wrong),
        ("/timing/document", json!(u64::MAX), wrong),
        ("/timing/document", json!(0), ""),
        ("/timing/annotations", json!([1]), wrong),
        ("/timing/annotations/a1", json!("7"), wrong),
        ("/timing/annotations/a2", json!("x"), wrong),
        ("/timing/x-idle", json!([1, {}]), ""),
    ];
    for (pointer, value, expected) in cases {
        check(pointer, &value, expected);
    }
}

/// On another text, what hangs on an annotation without a place waits with it.
#[test]
fn relations_of_annotations_without_a_place_wait() {
    let other = "Anna Lind dit : « Oui. »\n\nLe ministre, elle 👩 et lui.";
    let mut file = right_file();
    file["document"]["text"] = json!(other);
    let first = opened(&file.to_string(), None);
    let facts = told(&first);
    for expected in [
        "ParagraphsOfOtherText { count: 2 } -> LeftOut",
        "Relation { relation: 0, fact: UnknownEnd { key: \"to\", id: \"a1\" } } -> Kept",
        "Relation { relation: 1, fact: UnknownEnd { key: \"to\", id: \"a1\" } } -> Kept",
        "#2 SurfaceDiffers -> Unplaced",
    ] {
        assert!(facts.contains(expected), "{facts}");
    }
    assert!(first.state.paragraphs.is_empty() && first.state.relations.is_empty());
    let export: Value = serde_json::from_str(&exported(&first.state, Content::WithText)).expect("JSON");
    assert_eq!(export["unplacedRelations"], file["relations"]);
    assert_eq!(export["unplaced"], json!([file["annotations"][2]]));
}
