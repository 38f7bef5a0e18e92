//! What was wrong in a file that was read, and what was done about it.

/// The most problems that are listed for one import; the rest is only counted.
pub const PROBLEM_COUNT_MAX: usize = 1_000;
/// The most characters of a file that a problem quotes.
const EXCERPT_LEN_MAX: usize = 120;

/// What is wrong. Sentences are made in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not of the form that the format has at this place.
    Malformed,
    /// A part that must be there is not. `what` names it.
    Missing,
    /// A place that is not in the text, or whose end is not behind its start.
    BadOffsets,
    /// The words that the file states stand at another place or nowhere.
    SurfaceDiffers,
    /// Two things with one id.
    DuplicateId,
    /// A link to something that is not in the file.
    DanglingId,
    /// A tag that does not follow the scheme (`I-PER` after `O`).
    BadTag,
    /// The number of columns differs from that of the rows before.
    ColumnCount,
    /// Something that the format has and Sourcier has not.
    Unsupported,
    /// Larger, or deeper nested, than is read.
    TooLarge,
    /// A file that belongs to this one is not there. `what` names it.
    FileMissing,
    /// Bytes that are no text in the encoding.
    BadEncoding,
    /// A path that leads out of the archive.
    BadPath,
}

/// What was done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The line, row or object was left out.
    LeftOut,
    /// Only this value was left out; the rest of the thing stays.
    ValueLeftOut,
    /// It was read as what it most likely means.
    Guessed,
    /// The file was left out, whole.
    FileLeftOut,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path of the file, as it was given.
    pub file: String,
    /// From 1; `None` where the format has no lines.
    pub line: Option<usize>,
    pub kind: ProblemKind,
    /// The word, id, tag or excerpt that it is about.
    pub what: String,
    pub remedy: Remedy,
}

/// The problems of an import, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// The file that is read at the moment.
    pub file: String,
    list: Vec<Problem>,
    count: usize,
}

impl Problems {
    pub fn add(&mut self, line: Option<usize>, kind: ProblemKind, what: &str, remedy: Remedy) {
        self.count += 1;
        if self.list.len() < PROBLEM_COUNT_MAX {
            let what = excerpt(what);
            self.list.push(Problem { file: self.file.clone(), line, kind, what, remedy });
        }
    }

    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// All of them, listed or not.
    pub fn count(&self) -> usize {
        self.count
    }
}

fn excerpt(what: &str) -> String {
    match what.char_indices().nth(EXCERPT_LEN_MAX) {
        Some((end, _)) => format!("{}…", &what[..end]),
        None => what.to_owned(),
    }
}

impl ProblemKind {
    /// The word for it between the two wasm modules.
    pub fn code(self) -> &'static str {
        match self {
            ProblemKind::Malformed => "malformed",
            ProblemKind::Missing => "missing",
            ProblemKind::BadOffsets => "bad-offsets",
            ProblemKind::SurfaceDiffers => "surface-differs",
            ProblemKind::DuplicateId => "duplicate-id",
            ProblemKind::DanglingId => "dangling-id",
            ProblemKind::BadTag => "bad-tag",
            ProblemKind::ColumnCount => "column-count",
            ProblemKind::Unsupported => "unsupported",
            ProblemKind::TooLarge => "too-large",
            ProblemKind::FileMissing => "file-missing",
            ProblemKind::BadEncoding => "bad-encoding",
            ProblemKind::BadPath => "bad-path",
        }
    }
}

impl Remedy {
    /// The word for it between the two wasm modules.
    pub fn code(self) -> &'static str {
        match self {
            Remedy::LeftOut => "left-out",
            Remedy::ValueLeftOut => "value-left-out",
            Remedy::Guessed => "guessed",
            Remedy::FileLeftOut => "file-left-out",
        }
    }
}
