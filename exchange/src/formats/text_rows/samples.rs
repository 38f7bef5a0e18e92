//! What the tests of formats of rows share.

use std::fmt::Write;

use crate::draft::Draft;
use crate::import::InFile;
use crate::problems::ProblemKind;
use crate::samples::read;

pub(crate) fn file(path: &str, text: &str) -> InFile {
    InFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// The documents of a file of rows with `|` between, and the problems with their lines.
pub(crate) fn drawn_rows(format: &str, rows: &str) -> (String, Vec<(ProblemKind, Option<usize>)>) {
    let (drafts, problems) = read(format, &[file("x.jsonl", rows)]);
    let drawn: Vec<String> = drafts.iter().map(drawn).collect();
    (drawn.join("|"), problems.iter().map(|problem| (problem.kind, problem.line)).collect())
}

/// The text, then label and words of each annotation, then type and ends of each relation.
fn drawn(draft: &Draft) -> String {
    let mut drawn = draft.text.clone();
    for annotation in &draft.annotations {
        let words: Vec<&str> = annotation
            .fragments
            .iter()
            .map(|&(start, end)| &draft.text[start as usize..end as usize])
            .collect();
        let _ = write!(drawn, " {}={}", annotation.label, words.join("…"));
        let is_it = |id: &str| annotation.entity.as_deref() == Some(id);
        if let Some(entity) = draft.entities.iter().find(|entity| is_it(&entity.id)) {
            let _ = write!(drawn, "@{}", entity.identifier);
        }
    }
    for relation in &draft.relations {
        let _ = write!(drawn, " {}({},{})", relation.kind, relation.from, relation.to);
    }
    drawn
}
