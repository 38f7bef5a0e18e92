//! Several files as one ZIP, and back.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::export::OutFile;
use crate::import::InFile;
use crate::problems::{ProblemKind, Problems, Remedy};

/// The most files of an archive that are read.
pub const FILE_COUNT_MAX: usize = 20_000;
/// The most bytes that an archive may unpack to: a small one can hold any amount of the same byte.
pub const UNPACKED_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// One archive of the files, the same bytes for the same files. The files go as they are packed, so
/// that no second copy of all of them is held.
pub fn pack(files: Vec<OutFile>) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // No time of day: an archive of the same work has the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for file in files {
        archive.start_file(file.path, options)?;
        archive.write_all(&file.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Whether the bytes begin as a ZIP does.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The files of an archive, without folders and what systems leave in them. Files that cannot be
/// read are told; so is an archive that unpacks to more than [`UNPACKED_BYTES_MAX`], of which the
/// first files are given.
pub fn unpack(archive: &InFile, problems: &mut Problems) -> Vec<InFile> {
    problems.file.clone_from(&archive.path);
    let mut files = Vec::new();
    let mut archive = match ZipArchive::new(Cursor::new(&archive.bytes[..])) {
        Ok(archive) => archive,
        Err(_) => {
            problems.add(None, ProblemKind::Malformed, "ZIP", Remedy::FileLeftOut);
            return files;
        }
    };
    let mut bytes_left = UNPACKED_BYTES_MAX;
    for idx in 0..archive.len() {
        if files.len() == FILE_COUNT_MAX {
            problems.add(None, ProblemKind::TooLarge, "ZIP", Remedy::LeftOut);
            break;
        }
        let Ok(mut entry) = archive.by_index(idx) else {
            problems.add(None, ProblemKind::Malformed, "ZIP", Remedy::LeftOut);
            continue;
        };
        let name = entry.name().map_or_else(|_| String::new(), |name| name.into_owned());
        if !entry.is_file() || is_litter(&name) {
            continue;
        }
        let Some(path) = entry.enclosed_name() else {
            problems.add(None, ProblemKind::BadPath, &name, Remedy::FileLeftOut);
            continue;
        };
        let path = path.to_string_lossy().replace('\\', "/");
        let mut bytes = Vec::new();
        // What the archive says of sizes may be a lie: the reading itself is bounded.
        match (&mut entry).take(bytes_left + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > bytes_left => {
                problems.add(None, ProblemKind::TooLarge, &path, Remedy::LeftOut);
                break;
            }
            Ok(_) => {
                bytes_left -= bytes.len() as u64;
                files.push(InFile { path, bytes });
            }
            Err(_) => problems.add(None, ProblemKind::Malformed, &path, Remedy::FileLeftOut),
        }
    }
    files
}

/// What systems put into archives beside the files of a person.
fn is_litter(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.ends_with(".DS_Store") || name.ends_with("Thumbs.db")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(path: &str, bytes: &[u8]) -> OutFile {
        OutFile { path: path.to_owned(), bytes: bytes.to_vec() }
    }

    #[test]
    fn files_come_back_and_the_bytes_are_the_same_each_time() {
        let files = vec![out("a.txt", b"one"), out("dir/\u{e9}.txt", b""), out("b.bin", &[0; 100_000])];
        let packed = pack(files.clone()).unwrap();
        assert_eq!(packed, pack(files.clone()).unwrap());
        let mut problems = Problems::default();
        let found = unpack(&InFile { path: "x.zip".to_owned(), bytes: packed.clone() }, &mut problems);
        let expected: Vec<InFile> =
            files.into_iter().map(|OutFile { path, bytes }| InFile { path, bytes }).collect();
        assert_eq!((found, problems.count()), (expected, 0));
        assert!(is_zip(&packed) && packed.len() < 10_000);
    }

    #[test]
    fn paths_that_lead_out_and_cut_archives_are_told() {
        let packed =
            pack(vec![out("../../etc/passwd", b"x"), out("good.txt", b"y"), out("__MACOSX/a", b"z")])
                .unwrap();
        let mut problems = Problems::default();
        let found = unpack(&InFile { path: "x.zip".to_owned(), bytes: packed.clone() }, &mut problems);
        assert_eq!(found.len(), 1);
        assert_eq!(problems.list()[0].kind, ProblemKind::BadPath);
        for len in 0..packed.len() {
            let mut problems = Problems::default();
            let cut = InFile { path: "x.zip".to_owned(), bytes: packed[..len].to_vec() };
            assert!(!unpack(&cut, &mut problems).is_empty() || problems.count() > 0, "{len}");
        }
    }
}
