//! What the tests of all formats share: the sample documents, golden files, round trips.

pub(crate) mod content;
pub(crate) mod mutate;
mod origin;
mod zip;

use std::path::{Path, PathBuf};

use sourcier::edit::state::State;
use sourcier::formats::json::{OpenContext, Opened, build, read_file};
use sourcier::formats::schema_json::encode_schema;
use sourcier::json::{self, Value};
use sourcier::model::document::Document;
use sourcier::model::ids::{AnnotatorId, DocumentId, IdSource};

use crate::carries::Carries;
use crate::draft::Draft;
use crate::export::{Export, Exported};
use crate::formats::{reader, written};
use crate::import::InFile;
use crate::mapping::Mapping;
use crate::native::names_in;
use crate::options::Options;
use crate::problems::{Problem, Problems};
use crate::samples::content::{Content, content};

pub(crate) use zip::{archiver, means};

/// The documents that every format writes: the sample article annotated in full; the hard text
/// with emoji, CR LF, combining marks, Arabic, Chinese, nested, crossing, touching and
/// discontinuous spans, relations and entities; one without annotations; an empty one.
pub(crate) const SAMPLES: [&str; 4] = ["annotated", "linked", "bare", "empty"];

pub(crate) fn sample(name: &str) -> State {
    opened(&sample_bytes(name)).state
}

/// A sample as a native file.
pub(crate) fn sample_bytes(name: &str) -> Vec<u8> {
    let folder = if matches!(name, "annotated" | "bare") { "exchange/samples" } else { "native" };
    let path = tests_data().join(folder).join(format!("{name}.json"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Opens a native file, as the page does.
pub(crate) fn opened(bytes: &[u8]) -> Opened {
    let file = read_file(bytes).expect("a native file");
    let mut ids = IdSource::new(7);
    let context = OpenContext { ids: &mut ids, annotator_id: AnnotatorId::from("u-test"), time_ms: 0 };
    build(&file, None, context).expect("the file has its text")
}

/// The state with another text.
pub(crate) fn with_text(mut state: State, text: &str) -> State {
    state.document = Document::new(DocumentId::from("d"), text.into(), 0).into();
    state
}

fn tests_data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data")
}

pub(crate) fn export_of(format: &str, states: &[&State], options: Options) -> Exported {
    let mut export = Export::new(written(format).expect("the format is known"), options);
    for state in states {
        export.add(state);
    }
    export.finish()
}

/// Holds what a format writes of each sample against `tests/data/exchange/<format>/<sample>/`.
/// `UPDATE_GOLDEN=1` writes the files anew.
pub(crate) fn check_golden(format: &str, options: &Options) {
    for name in SAMPLES {
        let exported = export_of(format, &[&sample(name)], options.clone());
        let folder = tests_data().join("exchange").join(format).join(name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            let _ = std::fs::remove_dir_all(&folder);
            for file in &exported.files {
                let path = folder.join(&file.path);
                std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).unwrap();
                std::fs::write(path, &file.bytes).unwrap();
            }
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("losses.txt"), losses_text(&exported)).unwrap();
        }
        for file in &exported.files {
            let golden = std::fs::read(folder.join(&file.path)).unwrap_or_default();
            let differs = format!("{format}/{name}/{} differs; UPDATE_GOLDEN=1 writes it anew", file.path);
            assert!(golden == file.bytes, "{differs}\n{}", String::from_utf8_lossy(&file.bytes));
        }
        let golden = std::fs::read_to_string(folder.join("losses.txt")).unwrap_or_default();
        assert_eq!(losses_text(&exported), golden, "the losses of {format}/{name}");
    }
}

fn losses_text(exported: &Exported) -> String {
    let line = |(kind, name, loss): (crate::losses::LossKind, &str, &crate::losses::Loss)| {
        format!("{} {name} {}\n", kind.code(), loss.count)
    };
    exported.losses.iter().map(line).collect()
}

/// The files of an export as they come back.
pub(crate) fn as_input(exported: &Exported) -> Vec<InFile> {
    let file = |file: &crate::export::OutFile| InFile { path: file.path.clone(), bytes: file.bytes.clone() };
    exported.files.iter().map(file).collect()
}

/// Reads files in a format.
pub(crate) fn read(format: &str, files: &[InFile]) -> (Vec<Draft>, Vec<Problem>) {
    let mut problems = Problems::default();
    let drafts = (reader(format).expect("the format is read").read)(files, &mut problems);
    (drafts, problems.list().to_vec())
}

/// The schema of a state as JSON.
pub(crate) fn schema_json(state: &State) -> Value {
    json::from_str(&encode_schema(&state.schema).to_string()).expect("JSON")
}

/// Puts a draft on the schema of a state and opens the result.
pub(crate) fn opened_draft(draft: Draft, schema_of: &State) -> (Opened, Vec<Problem>) {
    let schema_json = schema_json(schema_of);
    let names = names_in(std::slice::from_ref(&draft));
    let mapping = Mapping::new(&schema_json, &names, &Default::default()).expect("a schema");
    let mut problems = Problems::default();
    let mut ids = IdSource::new(11);
    let bytes = draft.into_native(&mapping, &mut ids, &mut problems);
    (opened(&bytes), problems.list().to_vec())
}

/// Writes each sample, reads it back, and compares all that the format carries; `also_lost` takes
/// out of both sides what the exporter said it lost beside that.
pub(crate) fn check_round_trip(format: &str, carries: Carries, also_lost: fn(&mut Content)) {
    for name in SAMPLES {
        let state = sample(name);
        let exported = export_of(format, &[&state], Options::default());
        let (mut drafts, problems) = read(format, &as_input(&exported));
        assert_eq!(problems, [], "{format}/{name}");
        assert_eq!(drafts.len(), 1, "{format}/{name}");
        let (opened, problems) = opened_draft(drafts.remove(0), &state);
        assert_eq!(problems, [], "{format}/{name}");
        assert!(opened.moved.is_empty() && opened.unplaced.is_empty(), "{format}/{name}");
        let (mut expected, mut found) = (content(&state, carries), content(&opened.state, carries));
        also_lost(&mut expected);
        also_lost(&mut found);
        assert_eq!(found, expected, "{format}/{name}");
    }
}
