//! Exports, for the page: made document by document, and kept packed, so that an export of thousands takes
//! little more room than its archive.

use sourcier::formats::json::{OpenContext, build, read_file};
use sourcier::json::{Map, Value};
use sourcier::model::ids::{AnnotatorId, IdSource};

use super::{Answer, refused};
use crate::export::{Export, Exported, OutFile};
use crate::formats::written;
use crate::import::InFile;
use crate::losses::{Loss, LossKind};
use crate::options::Options;
use crate::pack::{Archiver, Packer, Unpacked};

/// The most bytes of a preview, and the most lines.
const PREVIEW_LEN_MAX: usize = 6_000;
const PREVIEW_LINES_MAX: usize = 40;
/// Of how many files the first lines are shown.
const PREVIEW_COUNT_MAX: usize = 100;

#[derive(Default)]
pub(super) struct Outlet {
    under_way: Option<Export>,
    made: Made,
}

/// The files of an export, as they are kept.
#[derive(Default)]
struct Made {
    /// What the page is told of each.
    told: Vec<Map>,
    /// The last one as it is: an only file stays as it is.
    last: Option<OutFile>,
    /// Those before it.
    packer: Option<Box<dyn Packer>>,
    /// Why one could not be packed.
    failure: Option<String>,
}

impl Made {
    fn keep(&mut self, files: Vec<OutFile>, archiver: Archiver) {
        for file in files {
            let json = Map::new().with("path", &file.path).with("bytes", file.bytes.len());
            let is_shown = self.told.len() < PREVIEW_COUNT_MAX;
            self.told.push(json.with("start", if is_shown { start_of(&file.bytes) } else { String::new() }));
            if let Some(before) = self.last.replace(file) {
                self.pack(before, archiver);
            }
        }
    }

    fn pack(&mut self, file: OutFile, archiver: Archiver) {
        let packer = self.packer.get_or_insert_with(archiver.pack);
        self.failure = self.failure.take().or(packer.add(file).err());
    }

    /// All files in one archive.
    fn archive(mut self, archiver: Archiver) -> Result<Vec<u8>, String> {
        if let Some(last) = self.last.take() {
            self.pack(last, archiver);
        }
        match self.failure {
            Some(failure) => Err(failure),
            None => self.packer.unwrap_or_else(archiver.pack).finish(),
        }
    }
}

impl Outlet {
    pub(super) fn begin(&mut self, format: &str, options: Options) -> Answer {
        self.made = Made::default();
        self.under_way = written(format).map(|written| Export::new(written, options));
        match &self.under_way {
            Some(_) => Answer { json: Map::new(), files: Vec::new() },
            None => refused("unknown-format", format),
        }
    }

    pub(super) fn add(&mut self, natives: &[Vec<u8>], archiver: Archiver) -> Answer {
        let Some(export) = &mut self.under_way else { return refused("no-export", "") };
        for native in natives {
            let Ok(file) = read_file(native) else { return refused("unreadable", "") };
            let mut ids = IdSource::new(0);
            let context =
                OpenContext { ids: &mut ids, annotator_id: AnnotatorId::from("unknown"), time_ms: 0 };
            match build(&file, None, context) {
                Ok(opened) => export.add(&opened.state),
                Err(_) => return refused("no-text", ""),
            }
            self.made.keep(export.take_own(), archiver);
        }
        Answer { json: Map::new(), files: Vec::new() }
    }

    pub(super) fn finish(&mut self, archiver: Archiver) -> Answer {
        let Some(export) = self.under_way.take() else { return refused("no-export", "") };
        let Exported { files, losses, document_count, annotation_count } = export.finish();
        self.made.keep(files, archiver);
        let json = Map::new()
            .with("documents", document_count)
            .with("annotations", annotation_count)
            .with("files", std::mem::take(&mut self.made.told))
            .with("losses", losses.iter().map(loss_json).collect::<Value>());
        Answer { json, files: Vec::new() }
    }

    /// All files as they are.
    pub(super) fn files(&mut self, archiver: Archiver) -> Answer {
        let mut made = std::mem::take(&mut self.made);
        let last = made.last.take();
        let packed = match made.packer {
            Some(_) => made.archive(archiver).and_then(|archive| (archiver.unpack)(&archive)),
            None => Ok(Unpacked::default()),
        };
        let mut files = match packed {
            Ok(unpacked) => unpacked.files,
            Err(error) => return refused("zip", &error),
        };
        files.extend(last.map(|OutFile { path, bytes }| InFile { path, bytes }));
        let paths: Value = files.iter().map(|file| &file.path).collect();
        let json = Map::new().with("paths", paths);
        Answer { json, files: files.into_iter().map(|file| file.bytes).collect() }
    }

    /// One file as it is, several as a ZIP.
    pub(super) fn save(&mut self, archiver: Archiver) -> Answer {
        let mut made = std::mem::take(&mut self.made);
        if let (Some(file), None) = (&mut made.last, &made.packer) {
            let json = Map::new().with("path", &file.path);
            return Answer { json, files: vec![std::mem::take(&mut file.bytes)] };
        }
        match made.archive(archiver) {
            Ok(bytes) => Answer { json: Map::new().with("path", Value::Null), files: vec![bytes] },
            Err(error) => refused("zip", &error),
        }
    }
}

/// The first lines of a file, for the eye: cut between characters.
fn start_of(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let mut end = text.len().min(PREVIEW_LEN_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let lines: Vec<&str> = text[..end].split_inclusive('\n').take(PREVIEW_LINES_MAX).collect();
    lines.concat()
}

fn loss_json((kind, name, loss): (LossKind, &str, &Loss)) -> Map {
    let places: Value = loss
        .places
        .iter()
        .map(|place| {
            Map::new()
                .with("document", &place.document)
                .with("start", place.start)
                .with("end", place.end)
                .with("surface", &place.surface)
        })
        .collect();
    Map::new().with("kind", kind.code()).with("name", name).with("count", loss.count).with("places", places)
}
