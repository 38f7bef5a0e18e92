//! The tables of SemEval's propaganda tasks (2020 task 11, 2023 task 3): a row `article_id`, label,
//! begin, end for each span, parted by tabs and without a header, and the articles as text files.
//!
//! Places count code points of the text as Python reads it, with LF at the ends of lines. Labels
//! stand as they are (`Name_Calling,Labeling`): a comma parts nothing. A text is named
//! `article<id>.txt` where the id is a number, as the tasks have it, and `<id>.txt` otherwise.

mod import;

use std::fmt::Write;

use crate::carries::Carries;
use crate::export::{Exporter, Out, Written, shared_path};
use crate::losses::LossKind;
use crate::options::Options;
use crate::shared::line_ends::{LfText, ends_line};
use crate::work::Work;

pub use import::READER;

pub const WRITTEN: Written =
    Written { id: "semeval-tsv", carries: Carries::SPANS, exporter: |options| Box::new(Table { options }) };

struct Table {
    options: Options,
}

impl Exporter for Table {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let text = LfText::new(work);
        out.losses.add(LossKind::LineEnds, "", text.changed_count);
        let mut rows = String::new();
        for annotation in work.annotations() {
            let (label, envelope) = (annotation.label.as_str(), annotation.target.envelope());
            let (start, end) = text.code_points(work, envelope);
            if start == end {
                out.losses.add_at(LossKind::Misaligned, label, work.place(envelope));
                continue;
            }
            let name = work.label_name(&annotation.label);
            if name.contains(parts_cells) {
                out.losses.add(LossKind::Characters, label, 1);
            }
            // Writing to a string cannot fail.
            let _ = writeln!(rows, "{}\t{}\t{start}\t{end}", work.stem, name.replace(parts_cells, "_"));
        }
        out.write(&shared_path(&self.options, work, "labels.tsv"), &rows);
        out.own(text_name(work.stem), text.text.into_owned());
    }
}

fn parts_cells(character: char) -> bool {
    character == '\t' || ends_line(character)
}

fn text_name(id: &str) -> String {
    let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { format!("article{id}.txt") } else { format!("{id}.txt") }
}

#[cfg(test)]
mod tests;
