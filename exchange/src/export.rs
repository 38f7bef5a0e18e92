//! The way out: one format, many documents, some files.

use sourcier::edit::state::State;
use sourcier::formats::file_name::{file_stem, stem_of};
use sourcier::json::Value;
use sourcier::model::ids::LabelId;
use sourcier::sorted::SortedMap;

use crate::carries::Carries;
use crate::losses::Losses;
use crate::names::UniqueNames;
use crate::work::Work;

/// What a person chooses at an export. Each format reads what concerns it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The name of the project, for files that hold several documents.
    pub project: String,
    /// Whether the document leads its own files, or shares one with others.
    pub is_project: bool,
    /// The labels that formats of one layer write: all of the schema where the list is empty.
    pub labels: Vec<String>,
    /// The language of what is written for people: `fr` or `en`.
    pub language: String,
    /// A spreadsheet reads no formula: cells that start with one get an apostrophe.
    pub guards_formulas: bool,
    /// The words of the article are left out where the format allows that.
    pub is_positions_only: bool,
    /// The id and the name of the annotator of this browser.
    pub annotator_id: String,
    pub annotator_name: String,
    /// For fact checks: without it none is written.
    pub review: Option<Review>,
}

/// What only a reviewer can say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    pub reviewer: String,
    /// The address of the published check.
    pub url: String,
    /// The verdict of each statement, by the id of its annotation.
    pub verdicts: Vec<Verdict>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub annotation: String,
    pub text: String,
}

impl Options {
    /// From a JSON object with the names of the fields in camel case; what is absent is as by
    /// default.
    pub fn from_json(value: &Value) -> Options {
        Options {
            project: text(value, "project"),
            is_project: flag(value, "isProject"),
            labels: list(value, "labels", |label| label.as_str().unwrap_or_default().to_owned()),
            language: text(value, "language"),
            guards_formulas: flag(value, "guardsFormulas"),
            is_positions_only: flag(value, "isPositionsOnly"),
            annotator_id: text(value, "annotatorId"),
            annotator_name: text(value, "annotatorName"),
            review: value["review"].is_object().then(|| Review::from_json(&value["review"])),
        }
    }

    /// Whether a label is among the chosen ones.
    pub fn takes(&self, label: &LabelId) -> bool {
        self.labels.is_empty() || self.labels.iter().any(|chosen| chosen == label.as_str())
    }

    pub fn is_french(&self) -> bool {
        self.language != "en"
    }
}

impl Review {
    fn from_json(value: &Value) -> Review {
        let verdict =
            |value: &Value| Verdict { annotation: text(value, "annotation"), text: text(value, "text") };
        Review {
            reviewer: text(value, "reviewer"),
            url: text(value, "url"),
            verdicts: list(value, "verdicts", verdict),
        }
    }
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn flag(value: &Value, key: &str) -> bool {
    value[key].as_bool().unwrap_or_default()
}

fn list<T>(value: &Value, key: &str, read: impl Fn(&Value) -> T) -> Vec<T> {
    value[key].as_array().into_iter().flatten().map(read).collect()
}

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
    /// Appends to the file with this path, which is made when it is first named.
    pub fn write(&mut self, path: &str, text: &str) {
        let next = self.files.len();
        let idx = *self.places.get_or_insert(path.to_owned(), next);
        if idx == next {
            self.files.push(OutFile { path: path.to_owned(), bytes: Vec::new() });
        }
        self.files[idx].bytes.extend_from_slice(text.as_bytes());
    }

    pub fn files(&self) -> &[OutFile] {
        &self.files
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
    pub annotation_count: usize,
}

impl Export {
    /// `None` for a format that is not known.
    pub fn new(format: &str, options: Options) -> Option<Export> {
        let written = crate::WRITTEN.iter().find(|written| written.id == format)?;
        Some(Export {
            exporter: (written.exporter)(options),
            carries: written.carries,
            stems: UniqueNames::default(),
            out: Out::default(),
            document_count: 0,
            annotation_count: 0,
        })
    }

    /// Adds a document.
    pub fn add(&mut self, state: &State) {
        let stem = self.stems.take(&file_stem(state));
        self.document_count += 1;
        self.annotation_count += state.annotations.len();
        self.carries.count(state, &mut self.out.losses);
        self.exporter.add(Work { state, stem: &stem }, &mut self.out);
    }

    pub fn finish(mut self) -> Exported {
        self.exporter.finish(&mut self.out);
        let Out { files, losses, .. } = self.out;
        let (document_count, annotation_count) = (self.document_count, self.annotation_count);
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
