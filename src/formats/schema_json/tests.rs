use std::rc::Rc;

use serde_json::{Value, json};

use crate::formats::schema_json::{
    ITEM_COUNT_MAX, JsonType, PROBLEM_COUNT_MAX, SchemaFact, SchemaProblem, decode_schema, encode_schema,
};
use crate::model::schema::{AttributeKind, AttributeValue, Schema, SpanPolicy};

/// A small schema without a problem, with one of everything.
fn sample() -> Value {
    json!({
        "format": "sourcier-schema", "formatVersion": 1,
        "id": "sample", "version": "1", "name": "Sample",
        "policy": {"overlap": "forbidden", "nesting": "allowed", "discontinuous": "forbidden"},
        "groups": [{"id": "statement", "name": {"fr": "Propos", "en": "Statements"}, "family": "tint"}],
        "labels": [
            {"id": "CLAIM", "group": "statement", "name": {"fr": "Affirmation", "en": "Claim"}, "hotkey": "c",
             "color": "#F2C14E", "attributes": [
                {"key": "proof", "name": "Proof", "type": "choice", "default": "none",
                 "values": [{"value": "none", "name": "none"}, {"value": "some", "name": "some"}]},
                {"key": "wording", "name": "Wording", "type": "text", "max": 5, "default": "abcde",
                 "shownIf": {"attribute": "proof", "values": ["some"]}},
                {"key": "size", "name": "Size", "type": "number", "default": 2.5},
                {"key": "sure", "name": "Sure", "type": "flag", "default": true},
                {"key": "when", "name": "When", "type": "date"}]},
            {"id": "A,B", "exportName": "A-B", "group": "statement", "name": "A", "hotkey": "a",
             "color": "#E4572E", "policy": {"overlap": "allowed"}}],
        "relations": [
            {"id": "LINK", "name": "links", "inverseName": "linked by", "reads": "{from} links {to}",
             "key": "s", "from": ["CLAIM"], "to": ["CLAIM", "A,B"],
             "whenFrom": {"attribute": "proof", "value": "some"}}],
        "documentFields": [
            {"key": "status", "name": "Status", "type": "choice", "values": [{"value": "draft", "name": "draft"}]}],
        "rules": [{"id": "R1", "level": "warn", "check": "marker_without_link", "message": "Not linked."}],
    })
}

/// The sample with one place changed, or one removed by `null`. The place is a JSON pointer.
fn changed(pointer: &str, value: Value) -> Value {
    let mut schema = sample();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match schema.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}")) {
        Value::Object(map) => {
            map.insert(key.to_owned(), value);
        }
        Value::Array(items) => items[key.parse::<usize>().expect("an index")] = value,
        other => panic!("{pointer} leads into {other}"),
    }
    schema
}

fn read(schema: &Value) -> Result<Schema, Vec<SchemaProblem>> {
    decode_schema(&schema.clone().into())
}

fn problems(schema: &Value) -> Vec<(String, SchemaFact)> {
    read(schema)
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|SchemaProblem { path, fact }| (path, fact))
        .collect()
}

fn text(text: &str) -> Rc<str> {
    Rc::from(text)
}

#[test]
fn the_sample_has_no_problem() {
    assert_eq!(problems(&sample()), []);
}

/// Changes one place of the sample and expects one problem.
fn check(pointer: &str, value: Value, path: &str, fact: SchemaFact) {
    let found = problems(&changed(pointer, value.clone()));
    assert_eq!(found, [(path.to_owned(), fact)], "{pointer} = {value}");
}

#[test]
fn a_broken_whole_has_a_problem_with_its_path() {
    use SchemaFact::{Empty, Missing, NewerFormat, NotASchema, UnknownKey, UnknownWord, WrongType};
    check("/format", json!(null), "format", Missing);
    check("/format", json!("brat"), "format", NotASchema);
    check("/format", json!(1), "format", WrongType { expected: JsonType::Text });
    check("/formatVersion", json!(2), "formatVersion", NewerFormat { format_version: 2 });
    check("/formatVersion", json!(-1), "formatVersion", WrongType { expected: JsonType::WholeNumber });
    check("/id", json!(null), "id", Missing);
    check("/version", json!(1), "version", WrongType { expected: JsonType::Text });
    check("/name", json!({"fr": "", "en": "Sample"}), "name.fr", Empty);
    check("/name", json!({"fr": "Essai", "en": " "}), "name.en", Empty);
    check("/name", json!({"fr": "Essai", "de": "Probe"}), "name.de", UnknownKey);
    check("/name", json!(["Essai"]), "name", WrongType { expected: JsonType::Localized });
    check("/card", json!({"fr": 1}), "card.fr", WrongType { expected: JsonType::Text });
    check("/policy/gaps", json!("allowed"), "policy.gaps", UnknownKey);
    check(
        "/policy/nesting",
        json!("sometimes"),
        "policy.nesting",
        UnknownWord { found: text("sometimes"), expected: vec!["allowed", "forbidden"] },
    );
    check("/rules", json!({}), "rules", WrongType { expected: JsonType::List });
}

#[test]
fn a_broken_label_has_a_problem_with_its_path() {
    use SchemaFact::{
        BadColor, BadExportName, BadKey, Duplicate, ExportNameNeeded, KeyTaken, Missing, ReservedKey,
        UnknownGroup, UnknownKey, UnknownWord, WrongType,
    };
    check("/groups/0/family", json!(null), "groups[0].family", Missing);
    check(
        "/groups/0/family",
        json!("glow"),
        "groups[0].family",
        UnknownWord { found: text("glow"), expected: vec!["tint", "box", "underline"] },
    );
    check("/labels/0/group", json!("other"), "labels[0].group", UnknownGroup { found: text("other") });
    check("/labels/0/group", json!(null), "labels[0].group", Missing);
    check("/labels/0/color", json!(null), "labels[0].color", Missing);
    for color in ["red", "#FFF", "#GGGGGG", "#1234567", "#é1234", ""] {
        check("/labels/0/color", json!(color), "labels[0].color", BadColor { found: text(color) });
    }
    for key in ["", "cc", "C", "É", " ", "\u{7}", "e\u{301}"] {
        check("/labels/0/hotkey", json!(key), "labels[0].hotkey", BadKey { found: text(key) });
    }
    for key in "giyvz,;.+-?".chars() {
        check("/labels/0/hotkey", json!(key), "labels[0].hotkey", ReservedKey { key });
        check("/relations/0/key", json!(key), "relations[0].key", ReservedKey { key });
    }
    check("/labels/1/hotkey", json!("c"), "labels[1].hotkey", KeyTaken { key: 'c', by: text("CLAIM") });
    check("/relations/0/key", json!("a"), "relations[0].key", KeyTaken { key: 'a', by: text("A,B") });
    check("/labels/1/exportName", json!(null), "labels[1].exportName", ExportNameNeeded { id: text("A,B") });
    check("/labels/1/exportName", json!("é"), "labels[1].exportName", BadExportName { found: text("é") });
    check("/labels/1/exportName", json!(""), "labels[1].exportName", BadExportName { found: text("") });
    check("/labels/1/exportName", json!("CLAIM"), "labels[1].exportName", Duplicate { found: text("CLAIM") });
    check("/labels/1/policy/gaps", json!(1), "labels[1].policy.gaps", UnknownKey);
    check("/labels/0/entity", json!("yes"), "labels[0].entity", WrongType { expected: JsonType::Flag });
}

#[test]
fn a_broken_attribute_has_a_problem_with_its_path() {
    use SchemaFact::{
        Duplicate, Missing, TextTooLong, UnknownAttribute, UnknownValue, UnknownWord, WrongType,
    };
    let attribute = "/labels/0/attributes";
    let at = |rest: &str| format!("labels[0].attributes{rest}");
    let check_attribute = |pointer: &str, value: Value, rest: &str, fact: SchemaFact| {
        check(&format!("{attribute}{pointer}"), value, &at(rest), fact);
    };
    check_attribute("/2/key", json!("wording"), "[2].key", Duplicate { found: text("wording") });
    check_attribute("/0/default", json!("lots"), "[0].default", UnknownValue { found: text("lots") });
    check_attribute("/0/default", json!(3), "[0].default", WrongType { expected: JsonType::Text });
    check_attribute("/0/values/0/name", json!(null), "[0].values[0].name", Missing);
    check_attribute("/1/default", json!("éèàùçx"), "[1].default", TextTooLong { len: 6, len_max: 5 });
    check_attribute("/1/max", json!(1.5), "[1].max", WrongType { expected: JsonType::WholeNumber });
    check_attribute("/1/max", json!(1_u64 << 40), "[1].max", WrongType { expected: JsonType::WholeNumber });
    check_attribute("/2/default", json!("2.5"), "[2].default", WrongType { expected: JsonType::Number });
    check_attribute("/3/default", json!(1), "[3].default", WrongType { expected: JsonType::Flag });
    check_attribute("/4/type", json!(null), "[4].type", Missing);
    check_attribute(
        "/4/type",
        json!("colour"),
        "[4].type",
        UnknownWord { found: text("colour"), expected: vec!["flag", "choice", "text", "number", "date"] },
    );
    check_attribute(
        "/1/shownIf/attribute",
        json!("wording"),
        "[1].shownIf.attribute",
        UnknownAttribute { found: text("wording") },
    );
    check_attribute(
        "/1/shownIf/values/0",
        json!("x"),
        "[1].shownIf.values[0]",
        UnknownValue { found: text("x") },
    );
    check_attribute("/1/shownIf/values", json!(null), "[1].shownIf.values", Missing);
}

#[test]
fn a_broken_relation_field_or_rule_has_a_problem_with_its_path() {
    use SchemaFact::{
        BadId, Duplicate, Empty, Missing, PlaceholderMissing, UnknownAttribute, UnknownLabel, UnknownValue,
    };
    check("/relations/0/to", json!(null), "relations[0].to", Missing);
    check("/relations/0/to/1", json!("B"), "relations[0].to[1]", UnknownLabel { found: text("B") });
    check(
        "/relations/0/reads",
        json!({"fr": "{from} lie {to}", "en": "{from} links"}),
        "relations[0].reads.en",
        PlaceholderMissing { placeholder: "{to}" },
    );
    check(
        "/relations/0/whenFrom/attribute",
        json!("bearing"),
        "relations[0].whenFrom.attribute",
        UnknownAttribute { found: text("bearing") },
    );
    check(
        "/relations/0/whenFrom/value",
        json!("for"),
        "relations[0].whenFrom.value",
        UnknownValue { found: text("for") },
    );
    check("/relations/0/inverseName", json!(null), "relations[0].inverseName", Missing);
    check("/documentFields/0/values", json!([]), "documentFields[0].values", Empty);
    check("/documentFields/0/values", json!(null), "documentFields[0].values", Empty);
    check(
        "/documentFields/0/values",
        json!([{"value": "draft", "name": "draft"}, {"value": "draft", "name": "again"}]),
        "documentFields[0].values[1].value",
        Duplicate { found: text("draft") },
    );
    check("/documentFields/0/key", json!(""), "documentFields[0].key", Empty);
    check("/rules/0/id", json!("A B"), "rules[0].id", BadId { found: text("A B") });
    check("/rules/0/check", json!(null), "rules[0].check", Missing);
}

#[test]
fn every_problem_is_found_at_once() {
    let mut schema = changed("/labels/0/color", json!("red"));
    schema["labels"][1] = json!(7);
    schema["relations"][0]["to"] = json!(["A,B", 3]);
    let found: Vec<String> = problems(&schema).into_iter().map(|(path, _)| path).collect();
    let expected = ["labels[1]", "relations[0].to[1]", "labels[0].color", "relations[0].to[0]"];
    for path in expected {
        assert!(found.iter().any(|found| found == path), "{path} not in {found:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
}

#[test]
fn what_is_left_out_is_read_as_usual() {
    let schema = read(&sample()).expect("a schema");
    let label = schema.label(&"A,B".into()).expect("a label");
    assert_eq!(schema.name.fr, schema.name.en);
    // A label's policy says only what differs from the schema's.
    assert_eq!(label.policy, Some(SpanPolicy { overlap: true, nesting: true, discontinuous: false }));
    assert!(label.attributes.is_empty() && !label.is_entity && label.short_name.fr.is_empty());
    let claim = schema.label(&"CLAIM".into()).expect("a label");
    assert_eq!(claim.attributes[1].kind, AttributeKind::Text { len_max: Some(5) });
    assert_eq!(claim.attributes[2].default, Some(AttributeValue::Number(2.5)));
    assert_eq!(claim.attributes[3].default, Some(AttributeValue::Flag(true)));
    assert!(schema.relations[0].directed);
    assert_eq!(decode_schema(&encode_schema(&schema)), Ok(schema));
}

#[test]
fn a_retired_label_leaves_its_key() {
    let mut schema = changed("/labels/1/hotkey", json!("c"));
    schema["labels"][0]["retired"] = json!(true);
    assert_eq!(problems(&schema), []);
}

#[test]
fn relations_may_share_a_key() {
    let mut schema = sample();
    let mut second = schema["relations"][0].clone();
    second["id"] = json!("OTHER");
    schema["relations"].as_array_mut().expect("a list").push(second);
    assert_eq!(problems(&schema), []);
}

#[test]
fn unknown_keys_survive() {
    let schema = encode_schema(&read(&sample()).expect("a schema"));
    let mut schema: Value = serde_json::from_str(&schema.to_string()).expect("JSON");
    let places = [
        "",
        "/groups/0",
        "/labels/0",
        "/labels/0/attributes/0",
        "/labels/0/attributes/0/values/0",
        "/relations/0",
        "/documentFields/0",
        "/documentFields/0/values/0",
        "/rules/0",
    ];
    for place in places {
        schema.pointer_mut(place).expect("a place")["futureKey"] = json!({"deep": [1, null, {"er": place}]});
    }
    // A key that belongs to another type of attribute is kept likewise.
    schema["labels"][0]["attributes"][3]["max"] = json!("later");
    let decoded = read(&schema).expect("a schema");
    assert_eq!(encode_schema(&decoded).to_string(), schema.to_string());
}

#[test]
fn limits_hold() {
    let check = |count: usize, is_fine: bool| {
        let rule = sample()["rules"][0].clone();
        let rules: Vec<Value> = (0..count)
            .map(|idx| {
                let mut rule = rule.clone();
                rule["id"] = json!(format!("R{idx}"));
                rule
            })
            .collect();
        let fact = SchemaFact::TooMany { count, count_max: ITEM_COUNT_MAX };
        let expected = if is_fine { vec![] } else { vec![("rules".to_owned(), fact)] };
        assert_eq!(problems(&changed("/rules", json!(rules))), expected, "{count}");
    };
    check(ITEM_COUNT_MAX - 1, true);
    check(ITEM_COUNT_MAX, true);
    check(ITEM_COUNT_MAX + 1, false);
    let broken = changed("/labels", json!(vec![0; ITEM_COUNT_MAX]));
    assert_eq!(problems(&broken).len(), PROBLEM_COUNT_MAX);
}

/// Every value of the sample is replaced in turn by values of every kind. Reading must not panic,
/// and what is read must come out of a round trip as it is.
#[test]
fn hostile_json_is_refused_or_read_but_never_panics() {
    let hostile = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("\u{0}\u{fffd}é{from}"),
        json!([]),
        json!([[], {}, null, "x"]),
        json!({}),
        json!({"fr": null, "en": {"a": 1}, "id": []}),
    ];
    for value in &hostile {
        assert!(read(value).is_err(), "{value}");
    }
    let schema = sample();
    let mut pointers = Vec::new();
    collect_pointers(&schema, String::new(), &mut pointers);
    assert!(pointers.len() > 100);
    for pointer in &pointers {
        for value in &hostile {
            let mut schema = schema.clone();
            *schema.pointer_mut(pointer).expect("a place") = value.clone();
            if let Ok(decoded) = read(&schema) {
                assert_eq!(decode_schema(&encode_schema(&decoded)), Ok(decoded), "{pointer} = {value}");
            }
        }
    }
}

fn collect_pointers(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                collect_pointers(value, format!("{pointer}/{key}"), pointers);
            }
        }
        Value::Array(items) => {
            for (idx, value) in items.iter().enumerate() {
                collect_pointers(value, format!("{pointer}/{idx}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(pointer);
}
