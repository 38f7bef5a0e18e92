//! Tables with an article in each row: CSV, TSV, and JSON objects one a line. One column holds the
//! text; columns that are called like fields of a document fill those.

use csv_core::ReadFieldResult;
use sourcier::json::Value;

use crate::draft::Draft;
use crate::import::InFile;
use crate::problems::{ProblemKind, Problems, Remedy};

/// The id of this way in, beside those of the readers: it asks for a column.
pub const ID: &str = "rows";

/// What the column of the text is called, where it is called so.
const TEXT_NAMES: [&str; 7] = ["text", "texte", "content", "body", "article", "document", "contenu"];
/// The fields of a document, and what columns with their values are called.
const FIELD_NAMES: [(&str, &[&str]); 7] = [
    ("headline", &["headline", "title", "titre"]),
    ("author", &["author", "auteur", "byline"]),
    ("agency", &["agency", "agence", "publisher", "source", "media"]),
    ("date_published", &["date_published", "date", "published", "datepublished"]),
    ("url", &["url", "link", "lien", "address"]),
    ("language", &["language", "langue", "lang"]),
    ("dateline_place", &["dateline", "dateline_place", "lieu"]),
];

/// The most columns of a table.
const COLUMN_COUNT_MAX: usize = 1_000;

/// A table: the names of its columns, and the rows.
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row, with the line on which it begins. Each cell has the number of its column: in rows of JSON
/// most columns may be empty.
pub struct Row {
    line: usize,
    cells: Vec<(usize, String)>,
}

impl Row {
    /// The cell in a column; `None` where it is empty.
    fn cell(&self, column: usize) -> Option<&String> {
        let (_, cell) = self.cells.iter().find(|(found, _)| *found == column)?;
        Some(cell).filter(|cell| !cell.is_empty())
    }
}

/// The table in a file; `None`, which is told, where it is none: without columns or rows.
pub fn table_of(file: &InFile, problems: &mut Problems) -> Option<Table> {
    problems.file.clone_from(&file.path);
    let table = match (file.extension().as_str(), file.utf8()) {
        ("csv", Some(text)) => Some(separated(text, separator_of(text))),
        ("tsv" | "tab", Some(text)) => Some(separated(text, b'\t')),
        ("jsonl" | "ndjson" | "json", Some(text)) => Some(objects(text, problems)),
        _ => None,
    };
    let table = table.filter(|table| !table.columns.is_empty() && !table.rows.is_empty());
    if table.is_none() {
        problems.add(None, ProblemKind::Unsupported, file.name(), Remedy::FileLeftOut);
    }
    table
}

/// Which column holds the text: one that is called so, else the one with the longest cells.
pub fn text_column(table: &Table) -> usize {
    let named = TEXT_NAMES.iter().find_map(|name| column_named(table, &[name]));
    let len_of = |column: usize| -> usize {
        table.rows.iter().take(100).filter_map(|row| row.cell(column)).map(String::len).sum()
    };
    named.or_else(|| (0..table.columns.len()).max_by_key(|column| len_of(*column))).unwrap_or_default()
}

/// A document of each row that has a text.
pub fn drafts_of(file: &InFile, table: &Table, column: usize, problems: &mut Problems) -> Vec<Draft> {
    problems.file.clone_from(&file.path);
    let fields: Vec<(&str, usize)> = FIELD_NAMES
        .iter()
        .filter_map(|(field, names)| Some((*field, column_named(table, names)?)))
        .filter(|(_, found)| *found != column)
        .collect();
    let mut drafts = Vec::new();
    for (idx, row) in table.rows.iter().enumerate() {
        let Some(text) = row.cell(column) else {
            problems.add(Some(row.line), ProblemKind::Missing, &table.columns[column], Remedy::LeftOut);
            continue;
        };
        let value = |(field, column): &(&'static str, usize)| Some((*field, Value::from(row.cell(*column)?)));
        drafts.push(Draft {
            file: file.path.clone(),
            title: format!("{} {}", file.stem(), idx + 1),
            text: text.clone(),
            fields: fields.iter().filter_map(value).collect(),
            ..Draft::default()
        });
    }
    drafts
}

fn column_named(table: &Table, names: &[&str]) -> Option<usize> {
    names
        .iter()
        .find_map(|name| table.columns.iter().position(|column| column.trim().eq_ignore_ascii_case(name)))
}

/// Spreadsheets of countries with a decimal comma write semicolons.
fn separator_of(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: char| header.matches(separator).count();
    match (count('\t'), count(';'), count(',')) {
        (tabs, semicolons, commas) if tabs > semicolons && tabs > commas => b'\t',
        (_, semicolons, commas) if semicolons > commas => b';',
        _ => b',',
    }
}

/// The cells of a table as RFC 4180 has it, and of those that people write by hand.
fn separated(text: &str, separator: u8) -> Table {
    let mut reader = csv_core::ReaderBuilder::new().delimiter(separator).build();
    let mut rest = text.as_bytes();
    // No cell is longer than the text, and the reader wants room beyond.
    let (mut cell, mut len) = (vec![0; text.len() + 1], 0);
    let (mut columns, mut rows) = (None::<Vec<String>>, Vec::new());
    let (mut line, mut cells) = (1, Vec::new());
    loop {
        let (result, read, written) = reader.read_field(rest, &mut cell[len..]);
        rest = &rest[read..];
        len += written;
        let is_end = match result {
            ReadFieldResult::Field { record_end } => record_end,
            ReadFieldResult::End => break,
            // The next call tells the end of the last cell.
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => continue,
        };
        let words = String::from_utf8_lossy(&cell[..std::mem::take(&mut len)]).into_owned();
        match &mut columns {
            Some(columns) if cells.len() >= columns.len() => {}
            _ => cells.push((cells.len(), words)),
        }
        if is_end {
            let cells = std::mem::take(&mut cells);
            match columns {
                None => columns = Some(cells.into_iter().map(|(_, name)| name).collect()),
                Some(_) => rows.push(Row { line, cells }),
            }
            line = reader.line() as usize;
        }
    }
    Table { columns: columns.unwrap_or_default(), rows }
}

/// Objects, one a line or in a list. The columns are the keys with texts, in the order in which
/// they are met.
fn objects(text: &str, problems: &mut Problems) -> Table {
    let mut table = Table { columns: Vec::new(), rows: Vec::new() };
    for (line, value) in crate::shared::json_lines::read_any(text, problems) {
        let Value::Object(object) = value else {
            problems.add(Some(line), ProblemKind::Malformed, "{}", Remedy::LeftOut);
            continue;
        };
        let mut cells = Vec::new();
        for (key, value) in &object {
            let Value::String(text) = value else { continue };
            let column = table.columns.iter().position(|column| **column == **key);
            let column = column.unwrap_or(table.columns.len());
            if column == COLUMN_COUNT_MAX {
                problems.add(Some(line), ProblemKind::TooLarge, key, Remedy::ValueLeftOut);
                continue;
            }
            if column == table.columns.len() {
                table.columns.push(key.as_ref().to_owned());
            }
            cells.push((column, text.as_ref().to_owned()));
        }
        table.rows.push(Row { line, cells });
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> InFile {
        InFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    fn read(path: &str, text: &str) -> (Vec<Draft>, usize) {
        let mut problems = Problems::default();
        let file = file(path, text);
        let table = table_of(&file, &mut problems).expect("a table");
        let column = text_column(&table);
        (drafts_of(&file, &table, column, &mut problems), problems.count())
    }

    #[test]
    fn a_row_is_a_document() {
        for (path, text) in [
            ("a.csv", "id,Title,text\n1,Moscou,\" L’été, \"\"dit\"\"\r\nil\"\n2,,Deux\n"),
            ("a.csv", "\u{feff}id;Title;text\n1;Moscou;\" L’été, \"\"dit\"\"\r\nil\"\n2;;Deux\n"),
            ("a.tsv", "id\tTitle\ttext\n1\tMoscou\t\" L’été, \"\"dit\"\"\r\nil\"\n2\t\tDeux\n"),
            (
                "a.jsonl",
                "{\"Title\":\"Moscou\",\"n\":1,\"text\":\" L’été, \\\"dit\\\"\\r\\nil\"}\n\n{\"text\":\"Deux\"}",
            ),
        ] {
            let (drafts, problems) = read(path, text);
            assert_eq!((drafts.len(), problems), (2, 0), "{path}");
            assert_eq!(drafts[0].text, " L’été, \"dit\"\r\nil", "{path}: as it is in the cell");
            assert_eq!(drafts[0].fields["headline"], Value::from("Moscou"));
            assert_eq!((drafts[1].text.as_str(), drafts[1].fields.len()), ("Deux", 0));
        }
    }

    #[test]
    fn the_longest_column_is_the_text_where_none_is_called_so() {
        let (drafts, _) = read("a.csv", "a,b\nx,long words\n");
        assert_eq!(drafts[0].text, "long words");
    }

    #[test]
    fn rows_without_text_and_broken_lines_are_told() {
        let (drafts, problems) = read("a.jsonl", "{\"text\":\"a\"}\n{\n[1]\n{\"other\":\"b\"}");
        assert_eq!((drafts.len(), problems), (1, 3));
        assert!(table_of(&file("a.csv", ""), &mut Problems::default()).is_none());
        assert!(table_of(&file("a.txt", "a,b\n1,2"), &mut Problems::default()).is_none());
    }
}
