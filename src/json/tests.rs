use crate::json::number::{Number, read_decimal};
use crate::json::{Map, Value, from_str};
use crate::text::samples::Random;

/// For tests that build JSON by serde_json's macro.
impl From<serde_json::Value> for Value {
    fn from(value: serde_json::Value) -> Value {
        from_str(&value.to_string()).expect("serde_json writes JSON")
    }
}

impl From<serde_json::Map<String, serde_json::Value>> for Map {
    fn from(map: serde_json::Map<String, serde_json::Value>) -> Map {
        map.into_iter().map(|(key, value)| (key, Value::from(value))).collect()
    }
}

impl PartialEq<serde_json::Value> for Value {
    fn eq(&self, other: &serde_json::Value) -> bool {
        let other = Value::from(other.clone());
        *self == other
    }
}

#[test]
fn texts_that_are_json() {
    for (json, written) in [
        (" null ", "null"),
        ("[ ]", "[]"),
        ("{\t}\r\n", "{}"),
        ("[true , false,[null]]", "[true,false,[null]]"),
        ("{\"b\":1,\"a\":[{}],\"\":\"\"}", "{\"b\":1,\"a\":[{}],\"\":\"\"}"),
        // Of equal keys the last one counts.
        ("{\"a\":1,\"b\":2,\"a\":3}", "{\"b\":2,\"a\":3}"),
        // Numbers stay as they are written.
        ("[0,-0,1.50,1E+2,-12.5e-3]", "[0,-0,1.50,1e+2,-12.5e-3]"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        (
            "\"\\u00e9\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\u001f\\\\\\\"\u{7f}\"",
            "\"é😀/\\b\\f\\n\\r\\t\\u001f\\\\\\\"\u{7f}\"",
        ),
    ] {
        assert_eq!(from_str(json).expect("JSON").to_string(), written, "{json}");
    }
}

/// A value at most so deep.
fn value(random: &mut Random, depth: usize) -> serde_json::Value {
    match random.below(if depth > 0 { 8 } else { 6 }) {
        0 => serde_json::Value::Null,
        1 => (random.below(2) == 0).into(),
        2 => (random.below(usize::MAX) as u64 >> random.below(64)).into(),
        3 => (-(random.below(1_000) as i64)).into(),
        4 => f64::from_bits(random.below(usize::MAX) as u64).into(),
        5 => random.text(8).into(),
        6 => (0..random.below(5)).map(|_| value(random, depth - 1)).collect(),
        _ => (0..random.below(50)).map(|_| (random.text(2), value(random, depth - 1))).collect(),
    }
}

#[test]
fn reads_and_writes_as_serde_json_does() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let value = value(&mut random, 4);
        for json in [value.to_string(), serde_json::to_string_pretty(&value).expect("JSON")] {
            let read = from_str(&json).expect("JSON");
            assert_eq!(read.to_string(), value.to_string(), "seed {seed}");
            assert_eq!(read.to_lines(), serde_json::to_string_pretty(&value).expect("JSON"), "seed {seed}");
        }
    }
}

#[test]
fn numbers_are_floats_where_they_can_be() {
    for (json, whole, float, exact) in [
        ("0", Some(0), Some(0.0), Some(0.0)),
        ("-0", None, Some(-0.0), Some(-0.0)),
        ("7", Some(7), Some(7.0), Some(7.0)),
        ("-7", None, Some(-7.0), Some(-7.0)),
        ("7.0", None, Some(7.0), Some(7.0)),
        ("0.1", None, Some(0.1), Some(0.1)),
        ("1e3", None, Some(1000.0), Some(1000.0)),
        ("1e999", None, None, None),
        ("9007199254740992", Some(1 << 53), Some(9_007_199_254_740_992.0), Some(9_007_199_254_740_992.0)),
        ("9007199254740993", Some((1 << 53) + 1), Some(9_007_199_254_740_992.0), None),
        ("18446744073709551615", Some(u64::MAX), Some(18_446_744_073_709_551_615.0), None),
        ("123456789012345678901", None, Some(123_456_789_012_345_680_000.0), None),
    ] {
        let number = Number(json.into());
        let bits = |number: Option<f64>| number.map(f64::to_bits);
        assert_eq!(number.as_u64(), whole, "{json}");
        assert_eq!(bits(number.as_f64()), bits(float), "{json}");
        assert_eq!(bits(number.exact()), bits(exact), "{json}");
    }
    for (float, json) in [
        (0.0, "0"),
        (-0.0, "-0.0"),
        (-3.0, "-3"),
        (0.1, "0.1"),
        (9_007_199_254_740_992.0, "9007199254740992"),
        (1e300, "1e300"),
        (f64::NAN, "null"),
        (f64::INFINITY, "null"),
    ] {
        assert_eq!(Value::from(float).to_string(), json);
    }
}

#[test]
fn numbers_that_people_write() {
    for (text, number) in [
        ("5", Some(5.0)),
        ("+5", Some(5.0)),
        ("-.5", Some(-0.5)),
        ("05.", Some(5.0)),
        ("1.5e-3", Some(0.0015)),
        ("1E+3", Some(1000.0)),
        ("1e999", None),
        ("", None),
        (".", None),
        ("-", None),
        ("+-5", None),
        ("1.2.3", None),
        ("1e", None),
        ("1e.5", None),
        ("1,5", None),
        (" 5", None),
        ("0x10", None),
        ("inf", None),
        ("NaN", None),
    ] {
        assert_eq!(read_decimal(text), number, "{text}");
        assert_eq!(text.parse().ok().filter(|number: &f64| number.is_finite()), number, "{text}");
    }
}

#[test]
fn members_are_found_put_and_taken() {
    let mut map = Map::new();
    map.insert("a", 1_u64);
    map.insert("b", "x");
    map.insert("a", true);
    assert_eq!(Value::Object(map.clone()).to_string(), "{\"a\":true,\"b\":\"x\"}");
    assert_eq!(map.get("b").and_then(Value::as_str), Some("x"));
    assert_eq!((map.remove("a"), map.remove("a")), (Some(Value::Bool(true)), None));
    map.retain(|key| key != "b");
    assert!(map.is_empty());
}
