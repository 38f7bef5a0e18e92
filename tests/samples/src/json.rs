//! The sample as Sourcier's own file; `docs/formats.md` describes it.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::Sample;

const SCHEMA: &str = include_str!("../../../schemas/news-claims.json");

/// Who made what, and when: the same for everything.
const PROVENANCE: &str = r#""created":"2022-02-10T14:03:07.250Z","changed":"2022-02-10T14:03:07.250Z","annotator":"u-sample","origin":"by-hand"}"#;

pub fn native(sample: &Sample) -> String {
    let text = &sample.text;
    let code_points = CodePoints::new(text);
    let mut json = String::with_capacity(text.len() * 2 + sample.annotations.len() * 400);
    let sha256: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let _ = write!(
        json,
        "{{\n  \"format\": \"sourcier\",\n  \"formatVersion\": 2,\n  \"schema\": {},\n  \"document\": {{\n    \
         \"id\": \"{}\",\n    \"text\": {},\n    \"sha256\": \"{sha256}\",\n    \"length\": {},\n    \
         \"offsetUnit\": \"code-point\",\n    \"created\": \"2022-02-10T14:03:07.250Z\",\n    \
         \"annotator\": {{\"id\":\"u-sample\"}},\n    \"fields\": {{\n      \"language\": \"fr\"\n    }}\n  }},\n",
        SCHEMA.trim_end(),
        sample.id,
        quoted(text),
        code_points.at(text.len()),
    );
    let entities = sample.entities.iter().map(|entity| {
        let (label, name) = (entity.label, quoted(&entity.name));
        format!(r#"{{"id":"{}","label":"{label}","name":{name},{PROVENANCE}"#, entity.id)
    });
    list(&mut json, "entities", entities);
    json.push_str(",\n");
    let annotations = sample.annotations.iter().map(|annotation| {
        let (id, label, envelope) = (&annotation.id, annotation.label, annotation.envelope());
        let (start, end) = (code_points.at(envelope.start), code_points.at(envelope.end));
        let surface = quoted(&text[envelope]);
        let mut line =
            format!(r#"{{"id":"{id}","label":"{label}","start":{start},"end":{end},"surface":{surface}"#);
        if annotation.fragments.len() > 1 {
            let fragment = |fragment: &std::ops::Range<usize>| {
                let (start, end) = (code_points.at(fragment.start), code_points.at(fragment.end));
                format!(r#"{{"start":{start},"end":{end}}}"#)
            };
            let fragments: Vec<String> = annotation.fragments.iter().map(fragment).collect();
            let _ = write!(line, r#","fragments":[{}]"#, fragments.join(","));
        }
        line.push_str(r#","attributes":{}"#);
        if let Some(entity) = &annotation.entity {
            let _ = write!(line, r#","entity":"{entity}""#);
        }
        line.push_str(r#","certainty":"sure","#);
        line + PROVENANCE
    });
    list(&mut json, "annotations", annotations);
    json.push_str(",\n");
    let relations = sample.relations.iter().map(|relation| {
        let end = |idx: usize| &sample.annotations[idx].id;
        let (id, kind, from, to) = (&relation.id, relation.kind, end(relation.from), end(relation.to));
        format!(r#"{{"id":"{id}","type":"{kind}","from":"{from}","to":"{to}",{PROVENANCE}"#)
    });
    list(&mut json, "relations", relations);
    json.push_str("\n}\n");
    json
}

fn list(json: &mut String, key: &str, lines: impl Iterator<Item = String>) {
    let _ = write!(json, "  \"{key}\": [");
    for (idx, line) in lines.enumerate() {
        json.push_str(if idx > 0 { ",\n    " } else { "\n    " });
        json.push_str(&line);
    }
    json.push_str("\n  ]");
}

/// A JSON string; the texts have no control characters but line feeds.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// How many code points lie before each byte.
struct CodePoints(Vec<u32>);

impl CodePoints {
    fn new(text: &str) -> CodePoints {
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut count = 0;
        for letter in text.chars() {
            before.extend(std::iter::repeat_n(count, letter.len_utf8()));
            count += 1;
        }
        before.push(count);
        CodePoints(before)
    }

    fn at(&self, offset: usize) -> u32 {
        self.0[offset]
    }
}
