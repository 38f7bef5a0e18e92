use std::rc::Rc;

use sourcier_samples::Random;

use crate::json::number::{Number, read_decimal};
use crate::json::{Fault, Map, Steps, SyntaxError, Value, from_str, from_str_to_depth};

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
        ("[0,-0,1.50,1E+2,-12.5e-3]", "[0,-0,1.50,1E+2,-12.5e-3]"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        (
            "\"\\u00e9\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\u001f\\\\\\\"\u{7f}\"",
            "\"é😀/\\b\\f\\n\\r\\t\\u001f\\\\\\\"\u{7f}\"",
        ),
    ] {
        assert_eq!(from_str(json).expect("JSON").to_string(), written, "{json}");
    }
}

/// Of at most so many characters, among them what JSON writes in another way.
fn text(random: &mut Random, len_max: usize) -> String {
    const CHARACTERS: [char; 12] =
        ['a', 'é', '’', '😀', '\u{301}', '"', '\\', '\n', '\0', '\u{1f}', '/', ' '];
    (0..random.below(len_max + 1)).map(|_| random.pick(&CHARACTERS)).collect()
}

/// A value at most so deep.
fn value(random: &mut Random, depth: usize) -> serde_json::Value {
    match random.below(if depth > 0 { 8 } else { 6 }) {
        0 => serde_json::Value::Null,
        1 => (random.below(2) == 0).into(),
        2 => (random.below(usize::MAX) as u64 >> random.below(64)).into(),
        3 => (-(random.below(1_000) as i64)).into(),
        4 => f64::from_bits(random.below(usize::MAX) as u64).into(),
        5 => text(random, 8).into(),
        6 => (0..random.below(5)).map(|_| value(random, depth - 1)).collect(),
        _ => (0..random.below(50)).map(|_| (text(random, 2), value(random, depth - 1))).collect(),
    }
}

#[test]
fn reads_and_writes_as_serde_json_does() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let value = value(&mut random, 4);
        for json in [value.to_string(), serde_json::to_string_pretty(&value).expect("JSON")] {
            let read = from_str(&json).expect("JSON");
            assert_eq!(in_steps(&json, 2).as_ref(), Ok(&read), "seed {seed}");
            assert_eq!(read.to_string(), value.to_string(), "seed {seed}");
            assert_eq!(read.to_lines(), serde_json::to_string_pretty(&value).expect("JSON"), "seed {seed}");
        }
    }
}

/// What is read in steps of so many members or items.
fn in_steps(json: &str, count: usize) -> Result<Value, SyntaxError> {
    let mut steps = Steps::new(json);
    loop {
        let before = steps.at();
        if let Some(value) = steps.step(count)? {
            return Ok(value);
        }
        assert!(before < steps.at() && steps.at() <= json.len(), "each step reads on: {json}");
    }
}

/// Whatever becomes of JSON, what is read and what is refused is as serde_json has it.
#[test]
fn refuses_what_serde_json_refuses() {
    const PIECES: &[&str] = &[
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u12", "\\ud83d", "\\ude00", "0", "01", "-", "1.", ".5",
        "e", "E+", "9", "tru", "true", "nul", "null", " ", "\n", "\u{1}", "é", "a", "\"a\":", "\"\"",
        "\u{a0}",
    ];
    let (mut read_count, mut refused_count) = (0, 0);
    for seed in 0..20_000 {
        let mut random = Random::new(seed);
        let mut json = value(&mut random, 3).to_string();
        if seed % 4 == 0 {
            json = (0..random.below(6)).map(|_| PIECES[random.below(PIECES.len())]).collect();
        }
        for _ in 0..random.below(3) {
            let places: Vec<usize> =
                json.char_indices().map(|(place, _)| place).chain([json.len()]).collect();
            let (from, to) = (places[random.below(places.len())], places[random.below(places.len())]);
            let to = if random.below(2) == 0 { from } else { to.clamp(from, json.len().min(from + 3)) };
            if json.is_char_boundary(to) {
                json.replace_range(from..to, PIECES[random.below(PIECES.len())]);
            }
        }
        assert_eq!(in_steps(&json, 1 + seed as usize % 3), from_str(&json), "seed {seed}: {json}");
        match (from_str(&json), serde_json::from_str::<serde_json::Value>(&json)) {
            (Ok(read), Ok(expected)) => {
                let again: serde_json::Value = serde_json::from_str(&read.to_string()).expect("JSON");
                assert_eq!(again, expected, "seed {seed}: {json}");
                read_count += 1;
            }
            (Err(error), Err(expected)) => {
                // serde_json takes four bytes behind `\u` before it looks at them.
                let is_cut_off = error.fault == Fault::CutOff;
                let is_same = is_cut_off == expected.is_eof() || json.contains("\\u");
                assert!(is_same, "seed {seed}: {json}, {error:?}, {expected}");
                assert!(error.at_byte < json.len().max(1), "seed {seed}: {json}");
                refused_count += 1;
            }
            (read, expected) => panic!("seed {seed}: {json}: {read:?}, {expected:?}"),
        }
    }
    assert!(read_count > 1_000 && refused_count > 1_000, "{read_count} and {refused_count}");
}

#[test]
fn equal_texts_of_a_long_file_are_one() {
    let item = "{\"label\":\"PERSON\",\"start\":12,\"note\":\"l’\\u00e9t\u{e9}\"}";
    let json = format!("[{}]", vec![item; 1_000].join(","));
    let list = from_str(&json).expect("JSON");
    let list = list.as_array().expect("a list");
    assert_eq!(list[999].to_string(), "{\"label\":\"PERSON\",\"start\":12,\"note\":\"l’été\"}");
    let text = |idx: usize, key: &str| match &list[idx][key] {
        Value::String(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    for key in ["label", "note"] {
        assert!(Rc::ptr_eq(&text(0, key), &text(999, key)), "{key}");
    }
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(from_str(&nested(127)).is_ok());
    let error = SyntaxError { at_byte: 127, fault: Fault::TooDeep };
    assert_eq!(from_str(&nested(128)), Err(error));
    assert_eq!(from_str(&"[".repeat(1_000_000)), Err(error));
    let written = from_str_to_depth(&format!("[ {} ]", nested(127)), 1).expect("JSON");
    assert_eq!(written[0].as_str(), Some(&*nested(127)));
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
        let Ok(Value::Number(number)) = from_str(json) else { panic!("{json}") };
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
fn numbers_are_equal_that_are_written_alike() {
    let number = |json: &str| match from_str(json) {
        Ok(Value::Number(number)) => number,
        other => panic!("{json}: {other:?}"),
    };
    for json in ["0", "-0", "0.0", "7", "-7", "999999999", "1000000000", "4294967296", "1e3", "1000"] {
        let mut written = String::new();
        number(json).write(&mut written);
        assert_eq!((&*written, &*number(json).to_written()), (json, json));
        let Ok(whole) = json.parse::<i64>() else { continue };
        let is_alike = json != "-0";
        assert_eq!(number(json) == Number::from(whole), is_alike, "{json}");
        assert_eq!(Some(number(json)) == Number::of_float(whole as f64), is_alike, "{json}");
        if let Ok(whole) = u64::try_from(whole) {
            assert_eq!(number(json) == Number::from(whole), is_alike, "{json}");
        }
    }
    assert_ne!(number("7"), number("7.0"));
    assert_ne!(number("1000"), number("1e3"));
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
