//! A backup of everything: native files one after the other in one JSON file.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::formats::ExportFile;
use crate::json::Value;

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
    let wire: WireBackup<'_> = serde_json::from_str(std::str::from_utf8(bytes).ok()?).ok()?;
    let is_known = wire.format.as_str() == Some("sourcier-backup")
        && wire.format_version.as_u64() == Some(FORMAT_VERSION);
    is_known.then(|| wire.documents.iter().map(|document| document.get().as_bytes().to_vec()).collect())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireBackup<'b> {
    format: Value,
    format_version: Value,
    #[serde(borrow)]
    documents: Vec<&'b RawValue>,
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
}
