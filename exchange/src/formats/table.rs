//! Tables: one file with a row for each annotation, one with a row for each relation.
//!
//! CSV as RFC 4180 has it (a header, lines that end with CR LF, quotes round cells that need them),
//! and the same with tabulators between the cells and LF. UTF-8 without a mark of the byte order.
//! Places count code points. The columns of the attributes are those that the documents have, in
//! the order in which they are met, so the rows wait for the last document.

use std::rc::Rc;

use sourcier::json::number::is_decimal;
use sourcier::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance};
use sourcier::sorted::SortedMap;

use crate::carries::Carries;
use crate::export::{Exporter, Out, Written, shared_path};
use crate::losses::LossKind;
use crate::options::Options;
use crate::work::{Linked, Work, time_text, value_text};

const CARRIES: Carries = Carries { fields: false, history: false, ..Carries::MENTIONED };

pub const CSV: Written = Written {
    id: "csv",
    carries: CARRIES,
    exporter: |options| Box::new(Tables::new(options, "csv", ',', "\r\n")),
};

pub const TSV: Written = Written {
    id: "tsv",
    carries: CARRIES,
    exporter: |options| Box::new(Tables::new(options, "tsv", '\t', "\n")),
};

const ANNOTATION_COLUMNS: [&str; 18] = [
    "document",
    "id",
    "label",
    "start",
    "end",
    "fragments",
    "surface",
    "certainty",
    "note",
    "entity",
    "entity_name",
    "entity_identifier",
    "by_hand",
    "created",
    "changed",
    "annotator",
    "origin",
    "sha256",
];

const RELATION_COLUMNS: [&str; 15] = [
    "document",
    "id",
    "type",
    "from",
    "from_label",
    "from_start",
    "from_end",
    "from_surface",
    "to",
    "to_label",
    "to_start",
    "to_end",
    "to_surface",
    "created",
    "annotator",
];

struct Tables {
    options: Options,
    extension: &'static str,
    delimiter: char,
    line_end: &'static str,
    annotation_path: String,
    relation_path: String,
    annotations: Vec<Row>,
    relations: Vec<Vec<String>>,
    /// The column of each attribute, and the attributes in the order of their columns.
    columns: SortedMap<String, usize>,
    keys: Vec<String>,
}

struct Row {
    cells: Vec<String>,
    /// By the column of the attribute.
    attributes: SortedMap<usize, String>,
}

impl Tables {
    fn new(options: Options, extension: &'static str, delimiter: char, line_end: &'static str) -> Tables {
        Tables {
            options,
            extension,
            delimiter,
            line_end,
            annotation_path: String::new(),
            relation_path: String::new(),
            annotations: Vec::new(),
            relations: Vec::new(),
            columns: SortedMap::new(),
            keys: Vec::new(),
        }
    }

    fn surface(&self, work: Work<'_>, annotation: &Annotation) -> String {
        match self.options.is_positions_only {
            true => String::new(),
            false => work.slice(annotation.target.envelope()).to_owned(),
        }
    }

    fn annotation_row(&mut self, work: Work<'_>, annotation: &Annotation) -> Row {
        let (start, end) = work.code_points(annotation.target.envelope());
        let entity = work.state.entity_of(annotation);
        // The name of an entity is words of the article.
        let entity_name = entity.filter(|_| !self.options.is_positions_only).map(|entity| &entity.name);
        let by_hand: Vec<&str> = annotation.by_hand.iter().map(|key| key.as_str()).collect();
        let mut cells = vec![
            work.stem.to_owned(),
            annotation.id.to_string(),
            annotation.label.to_string(),
            start.to_string(),
            end.to_string(),
            fragments(work, annotation),
            self.surface(work, annotation),
            if annotation.certainty == Certainty::Sure { "sure" } else { "unsure" }.to_owned(),
            annotation.note.to_string(),
            entity.map(|entity| entity.id.to_string()).unwrap_or_default(),
            entity_name.map(Rc::to_string).unwrap_or_default(),
            entity.map(|entity| entity.identifier.to_string()).unwrap_or_default(),
            by_hand.join(" "),
        ];
        cells.extend(provenance(&annotation.provenance));
        cells.push(work.state.document.sha256().to_string());
        let mut attributes = SortedMap::new();
        for (key, value) in &annotation.attributes {
            let next = self.keys.len();
            let column = *self.columns.get_or_insert(key.to_string(), next);
            if column == next {
                self.keys.push(key.to_string());
            }
            attributes.insert(column, value_text(value));
        }
        Row { cells, attributes }
    }

    fn relation_rows(&self, work: Work<'_>) -> Vec<Vec<String>> {
        let mut rows = Vec::with_capacity(work.state.relations.len());
        for Linked { relation, from, to } in work.relations() {
            let mut cells = vec![work.stem.to_owned(), relation.id.to_string(), relation.kind.to_string()];
            for annotation in [from, to] {
                let (start, end) = work.code_points(annotation.target.envelope());
                cells.extend([annotation.id.to_string(), annotation.label.to_string()]);
                cells.extend([start.to_string(), end.to_string(), self.surface(work, annotation)]);
            }
            let [created, _, annotator, _] = provenance(&relation.provenance);
            cells.extend([created, annotator]);
            rows.push(cells);
        }
        rows
    }

    /// The rows as a file.
    fn table(&self, rows: impl Iterator<Item = Vec<String>>) -> String {
        let mut table = String::new();
        for row in rows {
            for (idx, cell) in row.into_iter().enumerate() {
                if idx > 0 {
                    table.push(self.delimiter);
                }
                let cell = if self.options.guards_formulas { guarded(cell) } else { cell };
                self.push_cell(&cell, &mut table);
            }
            table.push_str(self.line_end);
        }
        table
    }

    /// Between quotation marks where it would not be one cell without, as RFC 4180 has it.
    fn push_cell(&self, cell: &str, table: &mut String) {
        if cell.contains([self.delimiter, '"', '\r', '\n']) {
            table.push('"');
            table.push_str(&cell.replace('"', "\"\""));
            table.push('"');
        } else {
            table.push_str(cell);
        }
    }
}

impl Exporter for Tables {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        self.annotation_path = shared_path(&self.options, work, &format!("annotations.{}", self.extension));
        self.relation_path = shared_path(&self.options, work, &format!("relations.{}", self.extension));
        for annotation in work.annotations() {
            let row = self.annotation_row(work, annotation);
            self.annotations.push(row);
        }
        self.relations.extend(self.relation_rows(work));
        out.losses.add(LossKind::Text, "", 1);
    }

    fn finish(&mut self, out: &mut Out) {
        let names = ANNOTATION_COLUMNS.iter().map(|name| (*name).to_owned());
        let keys = self.keys.iter().map(|key| format!("attribute.{key}"));
        let header: Vec<String> = names.chain(keys).collect();
        let column_count = self.keys.len();
        let rows = std::mem::take(&mut self.annotations).into_iter().map(|mut row| {
            let cell = |column| row.attributes.get(&column).cloned().unwrap_or_default();
            let cells: Vec<String> = (0..column_count).map(cell).collect();
            row.cells.extend(cells);
            row.cells
        });
        out.write(&self.annotation_path, &self.table(std::iter::once(header).chain(rows)));
        let header = RELATION_COLUMNS.iter().map(|name| (*name).to_owned()).collect();
        let rows = std::mem::take(&mut self.relations).into_iter();
        out.write(&self.relation_path, &self.table(std::iter::once(header).chain(rows)));
    }
}

/// The fragments as `751-752 758-764`; empty where there is one.
fn fragments(work: Work<'_>, annotation: &Annotation) -> String {
    if !annotation.target.is_discontinuous() {
        return String::new();
    }
    let fragment = |&span| {
        let (start, end) = work.code_points(span);
        format!("{start}-{end}")
    };
    annotation.target.fragments().iter().map(fragment).collect::<Vec<_>>().join(" ")
}

/// Made, changed, by whom, and how.
fn provenance(provenance: &Provenance) -> [String; 4] {
    let origin = match provenance.origin {
        AnnotationOrigin::ByHand => "by-hand",
        AnnotationOrigin::Imported => "imported",
    };
    let (created, changed) = (time_text(provenance.created_ms), time_text(provenance.changed_ms));
    [created, changed, provenance.annotator.to_string(), origin.to_owned()]
}

/// A cell that no spreadsheet reads as a formula. Numbers stay numbers.
fn guarded(cell: String) -> String {
    let starts_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if starts_formula && !is_decimal(&cell) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests;
