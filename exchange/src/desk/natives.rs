//! Native files among those that were given.
//!
//! They bring a label set of their own, and mostly need no mapping. Where it is another than the one
//! in use, a person may put their labels on that: then they are renamed in the file, and all else in
//! it stays.

use sourcier::json::{Map, Value, from_str};
use sourcier::model::schema::Schema;

use super::EXCERPT_LEN_MAX;
use crate::mapping::Names;
use crate::mapping::{Mapping, schema_of};

/// The lists of a file whose entries have a label or a type, and under which key.
const NAMED: [(&str, &str); 6] = [
    ("annotations", "label"),
    ("entities", "label"),
    ("relations", "type"),
    ("unplaced", "label"),
    ("unplacedEntities", "label"),
    ("unplacedRelations", "type"),
];

pub(super) struct Native {
    bytes: Vec<u8>,
    path: String,
    /// The file has another label set than the one in use.
    pub(super) is_other: bool,
}

impl Native {
    /// A file that is given while `schema` is in use. The labels of one with another label set are
    /// added to `names`.
    pub(super) fn new(bytes: Vec<u8>, path: &str, schema: &Schema, names: &mut Names) -> Native {
        let json = parsed(&bytes);
        let own = schema_of(&json["schema"]);
        let is_other = own.as_ref().is_some_and(|own| !own.names_the_same(schema));
        if is_other {
            add_names(&json, names);
        }
        Native { bytes, path: path.to_owned(), is_other }
    }

    /// What is told of its document.
    pub(super) fn described(&self) -> Map {
        described(&parsed(&self.bytes), &self.path)
    }

    /// The file, with the labels and the label set that a mapping gives it.
    pub(super) fn into_bytes(self, mapping: Option<&Mapping>) -> Vec<u8> {
        let Some(mapping) = mapping.filter(|_| self.is_other) else { return self.bytes };
        let Value::Object(mut file) = parsed(&self.bytes) else { return self.bytes };
        for (list, key) in NAMED {
            let Some(Value::Array(entries)) = file.get_mut(list) else { continue };
            for entry in entries {
                let Value::Object(entry) = entry else { continue };
                let Some(name) = entry.get(key).and_then(Value::as_str).map(str::to_owned) else { continue };
                let is_label = key == "label";
                let name = if is_label { mapping.label(&name) } else { mapping.relation(&name) }.to_owned();
                entry.insert(key, name);
            }
        }
        file.insert("schema", mapping.schema_json.clone());
        file.to_string().into_bytes()
    }
}

fn parsed(bytes: &[u8]) -> Value {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).ok().and_then(|json| from_str(json).ok()).unwrap_or_default()
}

fn add_names(json: &Value, names: &mut Names) {
    for (list, key) in [NAMED[0], NAMED[2]] {
        let counts = if key == "label" { &mut names.labels } else { &mut names.relations };
        for entry in json[list].as_array().unwrap_or_default() {
            if let Some(name) = entry[key].as_str() {
                *counts.get_or_insert(name.to_owned(), 0) += 1;
            }
        }
    }
    for label in json["schema"]["labels"].as_array().unwrap_or_default() {
        if let (Some(id), Some(definition)) = (label["id"].as_str(), label.as_object()) {
            names.definitions.insert(id.to_owned(), definition.clone());
        }
    }
}

fn described(json: &Value, path: &str) -> Map {
    let document = &json["document"];
    let text = document["text"].as_str().unwrap_or_default();
    let named = ["title", "headline"].into_iter().find_map(|key| document["fields"][key].as_str());
    let title = named.unwrap_or(path);
    let count = |list: &str| json[list].as_array().map_or(0, <[Value]>::len);
    let excerpt: String = text.chars().take(EXCERPT_LEN_MAX).collect();
    Map::new()
        .with("file", path)
        .with("title", title)
        .with("length", text.chars().count())
        .with("excerpt", excerpt)
        .with("sha256", document["sha256"].clone())
        .with("annotations", count("annotations"))
        .with("relations", count("relations"))
        .with("fields", document["fields"].clone())
}
