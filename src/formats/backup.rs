//! A backup of a project: its native files one after the other in one JSON file, and what the
//! project knows beside them.

use std::rc::Rc;

use crate::formats::ExportFile;
use crate::formats::file_name::stem_of;
use crate::formats::schema_json::{decode_schema, encode_schema};
use crate::json::{Map, Value, from_str, from_str_to_depth};
use crate::model::ids::DocumentId;
use crate::model::schema::Schema;

/// The version of the backup's own shape; each document has a version of its own.
const FORMAT_VERSION: u64 = 1;

/// All that a project holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Backup {
    /// What the project is called; empty where nobody named it.
    pub name: Rc<str>,
    /// What new documents are annotated with, where that was chosen.
    pub schema: Option<Schema>,
    /// The documents with the mark “look at this again”.
    pub flagged: Vec<DocumentId>,
    /// The bytes of native files.
    pub documents: Vec<Vec<u8>>,
}

/// One file with the whole project, called after it and the day. The same project gives the same bytes.
pub fn encode_backup(backup: &Backup, day: &str) -> ExportFile {
    let mut project = Map::new().with("name", &*backup.name);
    if let Some(schema) = &backup.schema {
        project.insert("schema", encode_schema(schema));
    }
    project.insert("flagged", backup.flagged.iter().map(|id| Value::from(id.as_str())).collect::<Value>());
    let head = [
        "{\"format\":\"sourcier-backup\",\"formatVersion\":",
        &FORMAT_VERSION.to_string(),
        ",\n\"project\":",
        &Value::Object(project).to_string(),
        ",\n\"documents\":[\n",
    ];
    let mut bytes = head.concat().into_bytes();
    for (idx, document) in backup.documents.iter().filter(|document| !document.is_empty()).enumerate() {
        if idx > 0 {
            bytes.extend_from_slice(b",\n");
        }
        bytes.extend_from_slice(document.trim_ascii());
    }
    bytes.extend_from_slice(b"\n]}\n");
    let stem = stem_of(&backup.name);
    let stem = if stem.is_empty() { "sourcier" } else { &*stem };
    ExportFile { name: [stem, "-backup-", day, ".json"].concat(), media_type: "application/json", bytes }
}

/// What is in a backup; `None` where the bytes are no backup of a known version. A project that cannot
/// be read costs nothing but itself.
pub fn read_backup(bytes: &[u8]) -> Option<Backup> {
    // What is inside of the lists and objects, as it is written.
    let backup = from_str_to_depth(std::str::from_utf8(bytes).ok()?, 2).ok()?;
    let is_known = backup.get("format")?.as_str()? == "sourcier-backup"
        && backup.get("formatVersion")?.as_u64()? == FORMAT_VERSION;
    let documents = backup.get("documents")?.as_array().filter(|_| is_known)?;
    let written = documents.iter().map(|document| Some(document.as_str()?.as_bytes().to_vec()));
    let member = |key: &str| from_str(backup.get("project")?.get(key)?.as_str()?).ok();
    let flagged = member("flagged");
    let flagged = flagged.as_ref().and_then(Value::as_array).unwrap_or_default();
    Some(Backup {
        name: member("name").as_ref().and_then(Value::as_str).unwrap_or_default().into(),
        schema: member("schema").and_then(|json| decode_schema(&json).ok()),
        flagged: flagged.iter().filter_map(|id| Some(DocumentId::from(id.as_str()?))).collect(),
        documents: written.collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::presets::default_schema;

    const DAY: &str = "2026-11-27";

    #[test]
    fn what_goes_in_comes_out() {
        let cases: [&[&str]; 3] = [&[], &["{\"a\":1}"], &["{\"a\":[1,2]}", "{\"text\":\"l’é\\n\"}"]];
        for documents in cases {
            let given = Backup {
                name: Rc::from("Élections « 2026 »"),
                schema: Some(default_schema()),
                flagged: vec![DocumentId::from("d1")],
                documents: documents.iter().map(|document| document.as_bytes().to_vec()).collect(),
            };
            let file = encode_backup(&given, DAY);
            assert_eq!(read_backup(&file.bytes), Some(given.clone()), "{documents:?}");
            assert_eq!(encode_backup(&given, DAY).bytes, file.bytes);
            let bare = Backup { documents: given.documents, ..Backup::default() };
            assert_eq!(read_backup(&encode_backup(&bare, DAY).bytes), Some(bare));
        }
        assert_eq!(read_backup(b"{\"format\":\"sourcier\"}"), None);
    }

    #[test]
    fn the_file_is_called_after_the_project_and_the_day() {
        let name =
            |name: &str| encode_backup(&Backup { name: Rc::from(name), ..Backup::default() }, DAY).name;
        assert_eq!(name(""), "sourcier-backup-2026-11-27.json");
        assert_eq!(name("../Kazakhstan"), "Kazakhstan-backup-2026-11-27.json");
    }

    #[test]
    fn backups_of_the_first_version_and_damaged_projects_are_read() {
        let json = b"{\"format\":\"sourcier-backup\",\"formatVersion\":1,\"documents\":[{}]}";
        let documents = vec![b"{}".to_vec()];
        assert_eq!(read_backup(json), Some(Backup { documents: documents.clone(), ..Backup::default() }));
        for project in
            ["3", "[]", "{\"name\":3,\"schema\":{\"labels\":4},\"flagged\":{}}", "{\"flagged\":[1]}"]
        {
            let json = format!(
                "{{\"format\":\"sourcier-backup\",\"formatVersion\":1,\"project\":{project},\"documents\":[{{}}]}}"
            );
            let read = read_backup(json.as_bytes());
            assert_eq!(read, Some(Backup { documents: documents.clone(), ..Backup::default() }), "{project}");
        }
    }

    #[test]
    fn documents_may_be_as_deep_as_files_and_other_members_are_passed_over() {
        let deep = format!("{}{}", "[".repeat(127), "]".repeat(127));
        let json = format!(
            "{{\"by\": 1.5, \"format\": \"sourcier-backup\", \"documents\": [{deep}, {{\"a\": 1.50}}], \"formatVersion\": 1}}"
        );
        let documents = vec![deep.into_bytes(), b"{\"a\": 1.50}".to_vec()];
        assert_eq!(read_backup(json.as_bytes()).map(|backup| backup.documents), Some(documents));
    }
}
