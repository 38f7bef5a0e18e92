//! Several files as one ZIP, and back.
//!
//! The archives themselves are made and read by a library that is handed in: in the worker fflate,
//! which weighs a tenth of what the Rust ones do; in the tests one of those.

use crate::export::OutFile;
use crate::import::InFile;
use crate::problems::{ProblemKind, Problems, Remedy};

/// The most files of an archive that are read.
pub const FILE_COUNT_MAX: usize = 20_000;
/// The most bytes that an archive may unpack to: a small one can hold any amount of the same byte.
pub const UNPACKED_BYTES_MAX: usize = 512 * 1024 * 1024;

/// What makes and reads archives.
#[derive(Clone, Copy)]
pub struct Archiver {
    /// An archive without files.
    pub pack: fn() -> Box<dyn Packer>,
    /// The files of an archive, within [`FILE_COUNT_MAX`] and [`UNPACKED_BYTES_MAX`] whatever it says
    /// of itself.
    pub unpack: fn(&[u8]) -> Result<Unpacked, String>,
}

/// An archive that is made file by file, so that each is needed no longer than it takes to pack it. The
/// same files in the same order give the same bytes.
pub trait Packer {
    fn add(&mut self, file: OutFile) -> Result<(), String>;
    fn finish(self: Box<Self>) -> Result<Vec<u8>, String>;
}

#[derive(Default)]
pub struct Unpacked {
    pub files: Vec<InFile>,
    /// There was more than is read.
    pub is_cut: bool,
}

/// Whether the bytes begin as a ZIP does.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The files of an archive, without folders and what systems leave in them. What cannot be read is
/// told.
pub fn unpack(archive: &InFile, archiver: Archiver, problems: &mut Problems) -> Vec<InFile> {
    problems.file.clone_from(&archive.path);
    let unpacked = match (archiver.unpack)(&archive.bytes) {
        Ok(unpacked) => unpacked,
        Err(error) => {
            problems.add(None, ProblemKind::Malformed, &error, Remedy::FileLeftOut);
            return Vec::new();
        }
    };
    if unpacked.is_cut {
        problems.add(None, ProblemKind::TooLarge, &archive.path, Remedy::LeftOut);
    }
    if unpacked.files.is_empty() {
        problems.add(None, ProblemKind::Missing, archive.name(), Remedy::FileLeftOut);
    }
    let mut files = Vec::new();
    for mut file in unpacked.files {
        file.path = file.path.replace('\\', "/");
        if file.path.ends_with('/') || is_litter(&file.path) {
            continue;
        }
        match leads_out(&file.path) {
            true => problems.add(None, ProblemKind::BadPath, &file.path, Remedy::FileLeftOut),
            false => files.push(file),
        }
    }
    files
}

/// Whether a path names something outside the archive. Nothing is ever written to it, but a file
/// with such a name was made to do harm.
fn leads_out(path: &str) -> bool {
    path.starts_with('/') || path.contains(['\0', ':']) || path.split('/').any(|part| part == "..")
}

/// What systems put into archives beside the files of a person.
fn is_litter(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.starts_with("__MACOSX/") || name == ".DS_Store" || name == "Thumbs.db"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::archiver;

    fn out(path: &str, bytes: &[u8]) -> OutFile {
        OutFile { path: path.to_owned(), bytes: bytes.to_vec() }
    }

    fn packed(files: Vec<OutFile>) -> Vec<u8> {
        let mut packer = (archiver().pack)();
        files.into_iter().for_each(|file| packer.add(file).unwrap());
        packer.finish().unwrap()
    }

    fn unpacked(bytes: Vec<u8>) -> (Vec<InFile>, Problems) {
        let mut problems = Problems::default();
        let archive = InFile { path: "x.zip".to_owned(), bytes };
        (unpack(&archive, archiver(), &mut problems), problems)
    }

    #[test]
    fn files_come_back() {
        let files = vec![out("a.txt", b"one"), out("dir/\u{e9}.txt", b""), out("b.bin", &[0; 100_000])];
        let packed = packed(files.clone());
        assert!(is_zip(&packed) && packed.len() < 10_000);
        let expected: Vec<InFile> =
            files.into_iter().map(|OutFile { path, bytes }| InFile { path, bytes }).collect();
        let (found, problems) = unpacked(packed);
        assert_eq!((found, problems.count()), (expected, 0));
    }

    #[test]
    fn paths_that_lead_out_are_told_and_litter_is_left() {
        let names = ["../../etc/passwd", "a/../b", "/root", "C:/x", "good.txt", "__MACOSX/a", "d/.DS_Store"];
        let files = names.iter().map(|name| out(name, b"x")).collect();
        let (found, problems) = unpacked(packed(files));
        assert_eq!(found.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["good.txt"]);
        assert!(problems.list().iter().all(|problem| problem.kind == ProblemKind::BadPath));
        assert_eq!(problems.count(), 4);
    }

    #[test]
    fn an_archive_that_is_cut_is_told() {
        let packed = packed(vec![out("good.txt", b"y")]);
        for len in 0..packed.len() {
            let (found, problems) = unpacked(packed[..len].to_vec());
            assert!(found.is_empty() && problems.count() == 1, "{len}");
        }
    }
}
