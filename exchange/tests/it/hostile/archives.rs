//! Archives: what unpacks to more than it is, names that lead elsewhere, sizes that lie.

use std::io::{Cursor, Write};

use sourcier_exchange::export::OutFile;
use sourcier_exchange::import::InFile;
use sourcier_exchange::pack::unpack;
use sourcier_exchange::problems::{Problem, ProblemKind, Problems};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::forms::{FORMS, file};
use super::reading::{Outcome, outcome, through_the_desk};
use crate::archives::archiver;
use crate::memory::measured;

fn packed(files: &[InFile]) -> Vec<u8> {
    let mut packer = (archiver().pack)();
    for InFile { path, bytes } in files.iter().cloned() {
        packer.add(OutFile { path, bytes }).expect("room");
    }
    packer.finish().expect("an archive")
}

fn unpacked(bytes: Vec<u8>) -> (Vec<InFile>, Vec<Problem>) {
    let mut problems = Problems::default();
    let files = unpack(&file("x.zip", bytes), archiver(), &mut problems);
    (files, problems.list().to_vec())
}

/// What each reader reads it reads in an archive too, and in one that is packed in another it is told.
#[test]
fn every_form_in_an_archive() {
    for form in FORMS {
        let mut files = form.beside_good(form.with(&[]));
        // A Word file is an archive of its own, of which one part is read.
        for file in files.iter_mut().filter(|_| form.id == "docx") {
            let part =
                InFile { path: "word/document.xml".to_owned(), bytes: std::mem::take(&mut file.bytes) };
            file.bytes = packed(&[part]);
        }
        let is_docx = form.id == "docx";
        let archives = if is_docx { files } else { vec![file("x.zip", packed(&files))] };
        let paths: Vec<&str> = archives.iter().map(|file| file.path.as_str()).collect();
        let found = through_the_desk(&paths, archives.iter().map(|file| file.bytes.clone()).collect());
        assert_eq!((found.format.as_str(), found.told), (form.id, 0), "{found:?}");
        let nested = through_the_desk(&["y.zip"], vec![packed(&archives)]);
        assert!(nested.told > 0 && nested.texts.is_empty(), "{nested:?}");
    }
}

/// Every byte of an archive flipped, and every length of it: what comes out is right, or it is told.
#[test]
fn damaged_archives() {
    let good = [file("a.txt", "Lui, oui"), file("b.txt", "Lui, non")];
    let bytes = packed(&good);
    for place in 0..bytes.len() {
        for bit in [1, 0x80] {
            let mut damaged = bytes.clone();
            damaged[place] ^= bit;
            let (files, problems) = unpacked(damaged.clone());
            let are_whole = files.iter().all(|file| good.iter().any(|good| good.bytes == file.bytes));
            assert!(are_whole || !problems.is_empty(), "byte {place}: {files:?}");
            through_the_desk(&["x.zip"], vec![damaged]);
        }
        assert!(!unpacked(bytes[..place].to_vec()).1.is_empty(), "{place} bytes");
    }
}

/// 64 MiB of zeros in 64 kB: within what may be unpacked, and no more is set aside than it holds.
#[test]
fn a_small_archive_of_much() {
    const LEN: usize = 64 << 20;
    let bytes = packed(&[file("x.txt", vec![b'0'; LEN]), file("good.txt", "Lui")]);
    assert!(bytes.len() < LEN / 500);
    let ((files, problems), used) = measured(|| unpacked(bytes));
    assert_eq!((files.len(), problems.len()), (2, 0));
    assert!(used.peak < 4 * LEN, "{used:?}");
}

/// A file that says it is empty, or holds exabytes, and is something else.
#[test]
fn sizes_that_lie() {
    let bytes = packed(&[file("x.txt", "0".repeat(100_000)), file("good.txt", "Lui")]);
    for size in [0_u32, 1, 99_999, 0x7FFF_FFFF, u32::MAX] {
        // The uncompressed size in each header of the directory: 24 bytes after its mark.
        let mut lying = bytes.clone();
        let mut at = 0;
        while let Some(found) = lying[at..].windows(4).position(|mark| mark == b"PK\x01\x02") {
            at += found + 24;
            lying[at..at + 4].copy_from_slice(&size.to_le_bytes());
        }
        let ((files, problems), used) = measured(|| unpacked(lying));
        let is_right = |file: &InFile| file.bytes == b"Lui" || file.bytes.iter().all(|byte| *byte == b'0');
        assert!(files.iter().all(is_right), "{size}: {problems:?}");
        assert!(used.peak < 8 << 20, "{size}: {used:?}");
    }
}

#[test]
fn names_that_lead_elsewhere() {
    for name in [
        "../x.txt",
        "/etc/x.txt",
        "a/../../x.txt",
        "..\\x.txt",
        "\\\\host\\x.txt",
        "C:\\x.txt",
        "x\0.txt",
        "a/..",
    ] {
        let bytes = packed(&[file(name, "Lui"), file("good.txt", "Lui")]);
        let (files, problems) = unpacked(bytes.clone());
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["good.txt"], "{name}");
        assert_eq!(problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), [ProblemKind::BadPath]);
        let Outcome { texts, told, .. } = through_the_desk(&["x.zip"], vec![bytes]);
        assert_eq!((texts.len(), told), (1, 1), "{name}");
    }
}

/// Two files with one name, and names that a system may take for one.
#[test]
fn names_that_are_there_twice() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("x.txt", "Lui"), ("X.txt", "Lui, non"), ("./x.txt", "Lui, oui")] {
        archive.start_file(name, SimpleFileOptions::default()).expect("a name");
        archive.write_all(text.as_bytes()).expect("room");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    // The writer refuses a name twice, so the second one is renamed in the bytes.
    let mut twice = bytes.clone();
    for place in 0..twice.len() - 5 {
        if &twice[place..place + 5] == b"X.txt" {
            twice[place] = b'x';
        }
    }
    // Of two files with one name the library here gives the last.
    for (bytes, count) in [(bytes, 3), (twice, 2)] {
        let found = through_the_desk(&["x.zip"], vec![bytes]);
        assert_eq!(found.texts.len(), count, "{found:?}");
    }
}

/// More files than are read.
#[test]
fn very_many_files() {
    let files: Vec<InFile> = (0..20_010).map(|idx| file(&format!("{idx}.txt"), "")).collect();
    let (files, problems) = unpacked(packed(&files));
    assert_eq!((files.len(), problems.len()), (20_000, 1));
    assert_eq!(problems[0].kind, ProblemKind::TooLarge);
}

/// Parts of a Word file that are none.
#[test]
fn word_files_without_words() {
    for parts in [
        vec![],
        vec![file("word/document.xml", "")],
        vec![file("word/document.xml", vec![0xFF; 1_000])],
        vec![file("word/document.xml", "<w:document>"), file("word/document.xml/x", "x")],
        vec![file("WORD/DOCUMENT.XML", "<w:document/>")],
        vec![file("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>Lui")],
    ] {
        let found = through_the_desk(&["x.docx"], vec![packed(&parts)]);
        let are_words = found.texts.iter().all(|text| matches!(text.as_str(), "" | "Lui" | "x"));
        assert!(are_words && found.told > 0 || found.texts == ["<w:document/>"], "{found:?}");
        let broken = outcome("a part", "docx", &[file("x.docx", packed(&parts))]);
        assert!(broken.drafts.is_empty() && broken.told_alone == 1, "{broken:?}");
    }
}
