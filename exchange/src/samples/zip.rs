//! What the browser has, for the tests: ZIP by a library in Rust, and two encodings.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use crate::desk::Means;
use crate::export::OutFile;
use crate::import::InFile;
use crate::pack::{Archiver, FILE_COUNT_MAX, Packer, UNPACKED_BYTES_MAX, Unpacked};

pub(crate) fn archiver() -> Archiver {
    Archiver { pack, unpack }
}

pub(crate) fn means() -> Means {
    Means { archiver: archiver(), decode }
}

/// The encodings that the tests use. A byte of Windows-1252 from 160 on is its character.
fn decode(bytes: &[u8], encoding: &str) -> Option<String> {
    let unit = |pair: &[u8]| u16::from_le_bytes([pair[0], pair[1]]);
    match encoding {
        "windows-1252" => Some(latin_1(bytes)),
        "utf-16le" => String::from_utf16(&bytes.chunks_exact(2).map(unit).collect::<Vec<u16>>()).ok(),
        _ => None,
    }
}

pub(crate) fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

struct Packed(ZipWriter<Cursor<Vec<u8>>>);

fn pack() -> Box<dyn Packer> {
    Box::new(Packed(ZipWriter::new(Cursor::new(Vec::new()))))
}

impl Packer for Packed {
    fn add(&mut self, file: OutFile) -> Result<(), String> {
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        self.0.start_file(file.path, options).map_err(|error| error.to_string())?;
        self.0.write_all(&file.bytes).map_err(|error| error.to_string())
    }

    fn finish(self: Box<Self>) -> Result<Vec<u8>, String> {
        Ok(self.0.finish().map_err(|error| error.to_string())?.into_inner())
    }
}

fn unpack(bytes: &[u8]) -> Result<Unpacked, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut unpacked = Unpacked { files: Vec::new(), is_cut: archive.len() > FILE_COUNT_MAX };
    for idx in 0..archive.len().min(FILE_COUNT_MAX) {
        let mut entry = archive.by_index(idx).map_err(|error| error.to_string())?;
        let path = entry.name().map_err(|error| error.to_string())?.into_owned();
        let mut bytes = Vec::new();
        let limit = UNPACKED_BYTES_MAX as u64;
        (&mut entry).take(limit).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        unpacked.files.push(InFile { path, bytes });
    }
    Ok(unpacked)
}
