use serde_json::Value;

use crate::export::Exported;
use crate::options::Options;
use crate::samples::{SAMPLES, check_golden, export_of, sample};

#[test]
fn golden_files() {
    check_golden("hf-tokens", &Options::default());
    check_golden("hf-spans", &Options { language: "en".into(), ..Options::default() });
}

fn project(format: &str) -> Exported {
    let states = SAMPLES.map(sample);
    let options = Options { is_project: true, project: "Tout \"cela\" : non".into(), ..Options::default() };
    export_of(format, &states.each_ref(), options)
}

fn rows(exported: &Exported) -> Vec<Value> {
    let text = String::from_utf8(exported.files[0].bytes.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn tags_are_those_of_the_tokens() {
    let exported = project("hf-tokens");
    let card = String::from_utf8(exported.files[1].bytes.clone()).unwrap();
    let tag_count = card.lines().filter(|line| line.starts_with("          '")).count() as u64;
    let mut first_count = 0;
    for row in rows(&exported) {
        let tags: Vec<u64> = row["ner_tags"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
        assert_eq!(tags.len(), row["tokens"].as_array().unwrap().len());
        let mut before = 0;
        for tag in tags {
            assert!(tag < tag_count);
            // The tag of the others follows that of the first, or itself.
            assert!(tag == 0 || tag % 2 == 1 || before == tag || before + 1 == tag);
            first_count += tag % 2;
            before = tag;
        }
    }
    let counted: u64 = card
        .lines()
        .filter_map(|line| line.rsplit(" | ").next()?.strip_suffix(" |")?.parse::<u64>().ok())
        .sum();
    assert_eq!((first_count, counted), (15, 15));
}

/// The shape of a value: two rows of one table have the same, apart from empty lists.
fn shape(value: &Value) -> String {
    match value {
        Value::Null => panic!("a column has no type"),
        Value::Bool(_) => "bool".to_owned(),
        Value::Number(number) => if number.is_u64() { "int" } else { "float" }.to_owned(),
        Value::String(_) => "text".to_owned(),
        Value::Array(items) => {
            let mut shapes: Vec<String> = items.iter().map(shape).collect();
            shapes.sort();
            shapes.dedup();
            assert!(shapes.len() < 2, "{shapes:?}");
            shapes.pop().unwrap_or_default()
        }
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| {
                format!("{key}:{}", if value.is_array() { "list".to_owned() } else { shape(value) })
            })
            .collect::<Vec<_>>()
            .join(","),
    }
}

#[test]
fn all_rows_have_the_same_columns() {
    for format in ["hf-tokens", "hf-spans"] {
        let mut shapes: Vec<String> = rows(&project(format)).iter().map(shape).collect();
        shapes.sort();
        shapes.dedup();
        assert_eq!(shapes.len(), 1, "{format}");
    }
}

#[test]
fn places_are_those_of_the_words() {
    for row in rows(&project("hf-spans")) {
        let characters: Vec<char> = row["text"].as_str().unwrap().chars().collect();
        for span in row["spans"].as_array().unwrap() {
            let place = |key: &str| span[key].as_u64().unwrap() as usize;
            let words: String = characters[place("start")..place("end")].iter().collect();
            assert_eq!(words, span["text"]);
        }
    }
}
