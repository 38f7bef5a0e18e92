//! The four schemas that come with the program.

use crate::formats::schema_json::decode_schema;
use crate::json;
use crate::model::schema::Schema;

/// The id and the JSON of each schema, the default one first. Without white space: see `build.rs`.
const FILES: [(&str, &str); 4] = [
    ("news-claims", include_str!(concat!(env!("OUT_DIR"), "/news-claims.json"))),
    ("ner-conll", include_str!(concat!(env!("OUT_DIR"), "/ner-conll.json"))),
    ("attribution-parc", include_str!(concat!(env!("OUT_DIR"), "/attribution-parc.json"))),
    ("propaganda-semeval2020", include_str!(concat!(env!("OUT_DIR"), "/propaganda-semeval2020.json"))),
];

/// The ids of the schemas that [`preset`] knows, the default one first.
pub const PRESETS: [&str; 4] = [FILES[0].0, FILES[1].0, FILES[2].0, FILES[3].0];

/// The schema with this id, read anew at each call. `None` for an id not in [`PRESETS`].
pub fn preset(id: &str) -> Option<Schema> {
    let (_, json) = FILES.iter().find(|(file_id, _)| *file_id == id)?;
    // A test reads every file, so this does not fail.
    read(json)
}

/// The schema of a new project.
pub fn default_schema() -> Schema {
    read(FILES[0].1).expect("the default schema is part of the program and tested to be readable")
}

fn read(json: &str) -> Option<Schema> {
    decode_schema(&json::from_str(json).ok()?).ok()
}

/// The JSON text of a preset, for tests.
#[cfg(test)]
pub(crate) fn preset_json(id: &str) -> &'static str {
    FILES.iter().find(|(file_id, _)| *file_id == id).map(|(_, json)| *json).unwrap_or_default()
}

#[cfg(test)]
mod tests;
