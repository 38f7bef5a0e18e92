//! The way out: one format, many documents, some files.

use sourcier::edit::state::State;
use sourcier::formats::file_name::{file_stem, stem_of};
use sourcier::sorted::SortedMap;

use crate::carries::Carries;
use crate::losses::{LossKind, Losses};
use crate::names::UniqueNames;
use crate::options::Options;
use crate::work::Work;

/// A format on its way out. The same documents in the same order give the same bytes.
pub trait Exporter {
    /// Writes a document, and counts what is lost beyond what the format's `Carries` tell.
    fn add(&mut self, work: Work<'_>, out: &mut Out);

    /// Writes what comes after the last document: a configuration, a card.
    fn finish(&mut self, out: &mut Out) {
        let _ = out;
    }
}

/// The files of an export, and what they could not carry.
#[derive(Default)]
pub struct Out {
    /// Those that are complete.
    own: Vec<OutFile>,
    /// Those that more may be written to.
    files: Vec<OutFile>,
    /// The index of each path in `files`.
    places: SortedMap<String, usize>,
    pub losses: Losses,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    /// With `/` between folders.
    pub path: String,
    pub bytes: Vec<u8>,
}

impl Out {
    /// A file of one document alone, whole.
    pub fn own(&mut self, path: String, content: impl Into<Vec<u8>>) {
        self.own.push(OutFile { path, bytes: content.into() });
    }

    /// Appends to the file with this path, which is made when it is first named.
    pub fn write(&mut self, path: &str, text: &str) {
        let next = self.files.len();
        let idx = *self.places.get_or_insert(path.to_owned(), next);
        if idx == next {
            self.files.push(OutFile { path: path.to_owned(), bytes: Vec::new() });
        }
        self.files[idx].bytes.extend_from_slice(text.as_bytes());
    }
}

/// An export under way.
pub struct Export {
    exporter: Box<dyn Exporter>,
    carries: Carries,
    stems: UniqueNames,
    out: Out,
    document_count: usize,
    annotation_count: usize,
}

/// An export that is done.
pub struct Exported {
    pub files: Vec<OutFile>,
    pub losses: Losses,
    pub document_count: usize,
    /// Of annotations in the files.
    pub annotation_count: usize,
}

impl Export {
    pub fn new(written: &Written, options: Options) -> Export {
        Export {
            exporter: (written.exporter)(options),
            carries: written.carries,
            stems: UniqueNames::default(),
            out: Out::default(),
            document_count: 0,
            annotation_count: 0,
        }
    }

    /// Adds a document.
    pub fn add(&mut self, state: &State) {
        let stem = self.stems.take(&file_stem(state));
        self.document_count += 1;
        self.annotation_count += state.annotations.len();
        self.carries.count(state, &mut self.out.losses);
        self.exporter.add(Work { state, stem: &stem }, &mut self.out);
    }

    /// The files that are complete, each once: whoever keeps them packed needs little room.
    pub fn take_own(&mut self) -> Vec<OutFile> {
        std::mem::take(&mut self.out.own)
    }

    /// All files that were not taken before.
    pub fn finish(mut self) -> Exported {
        self.exporter.finish(&mut self.out);
        let Out { own: mut files, files: shared, losses, .. } = self.out;
        files.extend(shared);
        let left_out =
            [LossKind::NotChosen, LossKind::NotWritten, LossKind::Overlapping, LossKind::Misaligned];
        let left_out: usize = left_out.into_iter().map(|kind| losses.count_of(kind)).sum();
        let (document_count, annotation_count) =
            (self.document_count, self.annotation_count.saturating_sub(left_out));
        Exported { files, losses, document_count, annotation_count }
    }
}

/// The path of the file that holds all documents: the document's own stem where it is alone.
pub fn shared_path(options: &Options, work: Work<'_>, extension: &str) -> String {
    let stem = if options.is_project { stem_of(&options.project) } else { work.stem.to_owned() };
    let stem = if stem.is_empty() { "sourcier".to_owned() } else { stem };
    format!("{stem}.{extension}")
}

/// A format that is written.
pub struct Written {
    pub id: &'static str,
    pub carries: Carries,
    pub exporter: fn(Options) -> Box<dyn Exporter>,
}
