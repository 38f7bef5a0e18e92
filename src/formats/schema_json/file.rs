//! A schema as a file of its own.

use crate::formats::ExportFile;
use crate::formats::schema_json::{SCHEMA_FORMAT, SchemaProblem, decode_schema, encode_schema};
use crate::json;
use crate::model::schema::Schema;

/// The file of a schema: its JSON, with each entry of a list on a line of its own, for people who
/// compare two versions.
pub fn schema_file(schema: &Schema) -> ExportFile {
    let mut text = String::from("{");
    let encoded = encode_schema(schema);
    for (idx, (key, value)) in encoded.as_object().into_iter().flat_map(json::Map::iter).enumerate() {
        text.push_str(if idx == 0 { "\n " } else { ",\n " });
        json::write_string(&mut text, key);
        text.push_str(": ");
        match value.as_array().filter(|items| !items.is_empty()) {
            Some(items) => {
                let lines: Vec<String> = items.iter().map(|item| format!("\n  {item}")).collect();
                text.push_str(&format!("[{}\n ]", lines.join(",")));
            }
            None => value.write(&mut text),
        }
    }
    text.push_str("\n}\n");
    let is_plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.');
    let plain = |text: &str| text.replace(|character: char| !is_plain(character), "-");
    ExportFile {
        name: format!("{}-{}.json", plain(&schema.id), plain(&schema.version)),
        media_type: "application/json",
        bytes: text.into_bytes(),
    }
}

/// Reads a file of a schema, or finds every problem in it. `None` where it is something else.
pub fn read_schema_file(bytes: &[u8]) -> Option<Result<Schema, Vec<SchemaProblem>>> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).ok()?;
    let json = json::from_str(text).ok()?;
    (json.get("format")?.as_str()? == SCHEMA_FORMAT).then(|| decode_schema(&json))
}
