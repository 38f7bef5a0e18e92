//! A backup of everything: native files one after the other in one JSON file.

use crate::formats::ExportFile;
use crate::json::from_str_to_depth;

/// The version of the backup's own shape; each document has a version of its own.
const FORMAT_VERSION: u64 = 1;

/// One file with all documents, each given as the bytes of its native file.
pub fn encode_backup(documents: &[Vec<u8>]) -> ExportFile {
    let mut bytes =
        format!("{{\"format\":\"sourcier-backup\",\"formatVersion\":{FORMAT_VERSION},\"documents\":[\n")
            .into_bytes();
    for (idx, document) in documents.iter().filter(|document| !document.is_empty()).enumerate() {
        if idx > 0 {
            bytes.extend_from_slice(b",\n");
        }
        bytes.extend_from_slice(document.trim_ascii());
    }
    bytes.extend_from_slice(b"\n]}\n");
    ExportFile { name: "sourcier-backup.json".to_string(), media_type: "application/json", bytes }
}

/// The native files of a backup; `None` where the bytes are no backup of a known version.
pub fn read_backup(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    // The documents as they are written.
    let backup = from_str_to_depth(std::str::from_utf8(bytes).ok()?, 2).ok()?;
    let is_known = backup.get("format")?.as_str()? == "sourcier-backup"
        && backup.get("formatVersion")?.as_u64()? == FORMAT_VERSION;
    let documents = backup.get("documents")?.as_array().filter(|_| is_known)?;
    documents.iter().map(|document| Some(document.as_str()?.as_bytes().to_vec())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let cases: [&[&str]; 3] = [&[], &["{\"a\":1}"], &["{\"a\":[1,2]}", "{\"text\":\"l’é\\n\"}"]];
        for documents in cases {
            let given: Vec<Vec<u8>> = documents.iter().map(|document| document.as_bytes().to_vec()).collect();
            assert_eq!(read_backup(&encode_backup(&given).bytes), Some(given), "{documents:?}");
        }
        assert_eq!(read_backup(b"{\"format\":\"sourcier\"}"), None);
    }

    #[test]
    fn documents_may_be_as_deep_as_files_and_other_members_are_passed_over() {
        let deep = format!("{}{}", "[".repeat(127), "]".repeat(127));
        let json = format!(
            "{{\"by\": 1.5, \"format\": \"sourcier-backup\", \"documents\": [{deep}, {{\"a\": 1.50}}], \"formatVersion\": 1}}"
        );
        let documents = vec![deep.into_bytes(), b"{\"a\": 1.50}".to_vec()];
        assert_eq!(read_backup(json.as_bytes()), Some(documents));
    }
}
