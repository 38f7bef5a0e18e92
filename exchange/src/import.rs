//! The way in: some files, the format that they are in, and the documents they hold.

use crate::draft::Draft;
use crate::problems::{ProblemKind, Problems, Remedy};

/// A file as it was dropped, chosen or packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InFile {
    /// With `/` between folders.
    pub path: String,
    pub bytes: Vec<u8>,
}

impl InFile {
    /// The name without folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The name without folders and extension.
    pub fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// The path without the extension.
    pub fn path_stem(&self) -> &str {
        &self.path[..self.path.len() - self.name().len() + self.stem().len()]
    }

    /// In lower case, without the dot; empty where there is none.
    pub fn extension(&self) -> String {
        self.name().rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
    }

    /// The text of a file that must be UTF-8. A mark of the byte order at its start is no text.
    pub fn utf8(&self) -> Option<&str> {
        let bytes = self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes);
        std::str::from_utf8(bytes).ok()
    }

    /// The text of a file that should be UTF-8. One that is not is read as Windows-1252, which has a
    /// character for every byte, and told.
    pub fn decoded(&self, problems: &mut Problems) -> String {
        match self.utf8() {
            Some(text) => text.to_owned(),
            None => {
                problems.add(None, ProblemKind::BadEncoding, "UTF-8", Remedy::Guessed);
                self.bytes.iter().map(|&byte| windows_1252(byte)).collect()
            }
        }
    }

    /// The first part of the file as text, whatever its encoding: enough to recognise a format.
    pub fn start(&self) -> String {
        const START_LEN: usize = 64 * 1024;
        let bytes = self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes);
        String::from_utf8_lossy(&bytes[..bytes.len().min(START_LEN)]).into_owned()
    }
}

/// The characters of Windows-1252 from 0x80; those of the five bytes that have none are as in
/// Latin-1, and so is the rest.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..0xA0 => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The files that are a reader's own. Those that neither are nor lie beside such files for a reason are
/// told: nothing that a person gave is left out in silence.
pub fn own_files<'f>(
    files: &'f [InFile],
    is_own: impl Fn(&InFile) -> bool,
    is_beside: impl Fn(&InFile) -> bool,
    problems: &mut Problems,
) -> Vec<&'f InFile> {
    let mut own = Vec::new();
    for file in files {
        if is_own(file) {
            own.push(file);
        } else if !is_beside(file) {
            problems.file.clone_from(&file.path);
            problems.add(None, ProblemKind::Unsupported, file.name(), Remedy::FileLeftOut);
        }
    }
    own
}

/// A format on its way in.
pub struct Reader {
    pub id: &'static str,
    /// Whether a file is in the format, by its content: all but certain before likely before no.
    pub recognise: fn(&InFile) -> Likeness,
    /// The documents of the files, which are all of this format or belong to such a file. Finds
    /// files beside each other by their names. Never panics, whatever the bytes.
    pub read: fn(&[InFile], &mut Problems) -> Vec<Draft>,
}

/// How much a file looks like a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    No,
    /// It could be: another format may fit better.
    Possible,
    /// It has what only this format has.
    Certain,
    /// It is for this reader and no other, whatever else the words in it look like.
    Own,
}
