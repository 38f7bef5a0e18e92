//! The native format with one document a line.

use sourcier::edit::state::State;
use sourcier::formats::json::{encode_file, is_sourcier_json};
use sourcier::formats::{Content, ExportOptions};
use sourcier::model::ids::AnnotatorId;

use crate::carries::Carries;
use crate::export::{Exporter, Out, Written, shared_path};
use crate::import::InFile;
use crate::options::Options;
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::work::Work;

pub const WRITTEN: Written =
    Written { id: "jsonl", carries: Carries::ALL, exporter: |options| Box::new(Lines { options }) };

/// A native file for each document.
pub const WRITTEN_ONE_BY_ONE: Written =
    Written { id: "json", carries: Carries::ALL, exporter: |options| Box::new(Files { options }) };

struct Lines {
    options: Options,
}

struct Files {
    options: Options,
}

impl Exporter for Files {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        if let Ok(bytes) = encode_file(work.state, &native_options(&self.options)) {
            out.own(format!("{}.sourcier.json", work.stem), bytes);
        }
    }
}

impl Exporter for Lines {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let path = shared_path(&self.options, work, "jsonl");
        // A document that is larger than the native format allows has no line of its own.
        if let Ok(line) = native_line(work.state, &self.options) {
            out.write(&path, &line);
        }
    }
}

fn native_options(options: &Options) -> ExportOptions {
    ExportOptions {
        content: Content::WithText,
        annotator_id: AnnotatorId::from(options.annotator_id.as_str()),
        annotator_name: (!options.annotator_name.is_empty()).then(|| options.annotator_name.as_str().into()),
    }
}

/// A native file on one line: its line breaks all lie between the parts of the JSON, since those
/// in texts are escaped.
fn native_line(state: &State, options: &Options) -> Result<String, sourcier::formats::TooLarge> {
    let bytes = encode_file(state, &native_options(options))?;
    let text = String::from_utf8_lossy(&bytes);
    let mut line: String = text.lines().map(str::trim_start).collect();
    line.push('\n');
    Ok(line)
}

/// The native files in a file that has one on each line. `None` where it has none.
pub fn split(file: &InFile, problems: &mut Problems) -> Option<Vec<Vec<u8>>> {
    let text = file.utf8()?;
    problems.file.clone_from(&file.path);
    let mut natives = Vec::new();
    let mut others = Vec::new();
    for (idx, line) in text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match is_sourcier_json(line.as_bytes()) {
            true => natives.push(line.as_bytes().to_vec()),
            false => others.push((idx + 1, line)),
        }
    }
    // One native file over many lines is no file of lines.
    if natives.is_empty() || others.len() > natives.len() {
        return None;
    }
    for (line, what) in others {
        problems.add(Some(line), ProblemKind::Malformed, what, Remedy::LeftOut);
    }
    Some(natives)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{SAMPLES, as_input, check_golden, export_of, opened, sample};

    #[test]
    fn golden_files() {
        check_golden("jsonl", &Options::default());
    }

    #[test]
    fn every_line_is_a_native_file_again() {
        let states = SAMPLES.map(sample);
        let exported =
            export_of("jsonl", &states.each_ref(), Options { is_project: true, ..Options::default() });
        let [file] = &as_input(&exported)[..] else { panic!("one file") };
        let mut problems = Problems::default();
        let natives = split(file, &mut problems).unwrap();
        assert_eq!((natives.len(), problems.count()), (states.len(), 0));
        for (native, state) in natives.iter().zip(&states) {
            assert!(opened(native).state.same_work(state));
        }
    }
}
