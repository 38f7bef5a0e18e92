//! Exports, for the page.

use sourcier::formats::json::{OpenContext, build, read_file};
use sourcier::json::{Map, Value};
use sourcier::model::ids::{AnnotatorId, IdSource};

use super::{Answer, refused};
use crate::export::{Export, Exported, OutFile};
use crate::formats::written;
use crate::losses::{Loss, LossKind};
use crate::options::Options;
use crate::pack::Archiver;

/// The most bytes of a preview, and the most lines.
const PREVIEW_LEN_MAX: usize = 6_000;
const PREVIEW_LINES_MAX: usize = 40;

#[derive(Default)]
pub(super) struct Outlet {
    under_way: Option<Export>,
    done: Vec<OutFile>,
}

impl Outlet {
    pub(super) fn begin(&mut self, format: &str, options: Options) -> Answer {
        self.done.clear();
        self.under_way = written(format).map(|written| Export::new(written, options));
        match &self.under_way {
            Some(_) => Answer { json: Map::new(), files: Vec::new() },
            None => refused("unknown-format", format),
        }
    }

    pub(super) fn add(&mut self, natives: &[Vec<u8>]) -> Answer {
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
        }
        Answer { json: Map::new(), files: Vec::new() }
    }

    pub(super) fn finish(&mut self) -> Answer {
        let Some(export) = self.under_way.take() else { return refused("no-export", "") };
        let Exported { files, losses, document_count, annotation_count } = export.finish();
        let json = Map::new()
            .with("documents", document_count)
            .with("annotations", annotation_count)
            .with("files", files.iter().map(file_json).collect::<Value>())
            .with("losses", losses.iter().map(loss_json).collect::<Value>());
        self.done = files;
        Answer { json, files: Vec::new() }
    }

    /// All files as they are.
    pub(super) fn files(&mut self) -> Answer {
        let files = std::mem::take(&mut self.done);
        let paths: Value = files.iter().map(|file| &file.path).collect();
        let json = Map::new().with("paths", paths);
        Answer { json, files: files.into_iter().map(|file| file.bytes).collect() }
    }

    /// One file as it is, several as a ZIP.
    pub(super) fn save(&mut self, archiver: Archiver) -> Answer {
        let mut files = std::mem::take(&mut self.done);
        if files.len() == 1 {
            let file = files.remove(0);
            return Answer { json: Map::new().with("path", file.path), files: vec![file.bytes] };
        }
        match (archiver.pack)(files) {
            Ok(bytes) => Answer { json: Map::new().with("path", Value::Null), files: vec![bytes] },
            Err(error) => refused("zip", &error),
        }
    }
}

fn file_json(file: &OutFile) -> Map {
    Map::new().with("path", &file.path).with("bytes", file.bytes.len()).with("start", start_of(&file.bytes))
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
