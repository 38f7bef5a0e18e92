//! The tables of SemEval's propaganda tasks on the way in.

use sourcier::sorted::sort_by;

use crate::draft::{Draft, DraftAnnotation, Unit};
use crate::import::{InFile, Likeness, Reader, own_files};
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::places::{Counting, Places};

pub const READER: Reader = Reader { id: "semeval-tsv", recognise, read };

/// The label of tables that have none, in which every span is propaganda.
const NO_LABEL: &str = "SPAN";
/// The lines that are looked at to recognise a file.
const LINE_COUNT_MAX: usize = 50;

/// A row of a table.
struct Row<'f> {
    article: String,
    label: String,
    start: Option<u64>,
    end: Option<u64>,
    file: &'f InFile,
    line: usize,
}

/// Article, label, begin and end. `None` for what has other columns.
fn columns(line: &str) -> Option<[&str; 4]> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    match columns[..] {
        [article, label, start, end] => Some([article, label, start, end]),
        [article, start, end] => Some([article, NO_LABEL, start, end]),
        _ => None,
    }
}

fn is_place(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `article_id technique begin end`, where a table has that.
fn is_header(line: &str) -> bool {
    columns(line).is_some_and(|[_, _, start, end]| {
        matches!(start, "begin" | "start" | "begin_offset" | "start_offset")
            && matches!(end, "end" | "end_offset")
    })
}

fn recognise(file: &InFile) -> Likeness {
    let start = file.start();
    let is_cut = start.len() < file.bytes.len();
    let mut lines: Vec<&str> = start.lines().filter(|line| !line.trim().is_empty()).collect();
    if is_cut {
        lines.pop();
    }
    let has_header = lines.first().is_some_and(|line| is_header(line));
    let rows = &lines[usize::from(has_header).min(lines.len())..];
    let is_row = |line: &&str| {
        columns(line).is_some_and(|[article, label, start, end]| {
            !article.is_empty() && !label.is_empty() && is_place(start) && is_place(end)
        })
    };
    let rows = &rows[..rows.len().min(LINE_COUNT_MAX)];
    // Some rows may be wrong.
    let count = rows.iter().filter(|row| is_row(row)).count();
    let is_named = file.name().ends_with(".labels.tsv") || file.extension() == "labels";
    let are_rows = count > 0 && (is_named || count * 10 >= rows.len() * 9);
    // Three columns with two numbers may be anything.
    let has_labels = rows.iter().any(|row| row.matches('\t').count() == 3);
    match () {
        () if are_rows && has_labels => Likeness::Certain,
        () if are_rows || has_header || (rows.is_empty() && is_named) => Likeness::Possible,
        () => Likeness::No,
    }
}

fn read<'f>(files: &'f [InFile], problems: &mut Problems) -> Vec<Draft> {
    let is_table = |file: &InFile| recognise(file) != Likeness::No;
    let is_text = |file: &InFile| file.extension() == "txt";
    let mut rows = Vec::new();
    for file in own_files(files, is_table, is_text, problems) {
        read_rows(file, &mut rows, problems);
    }
    let texts = files.iter().filter(|file| is_text(file) && !is_table(file));
    let id = |file: &'f InFile| file.stem().strip_prefix("article").unwrap_or(file.stem());
    let mut texts: Vec<(&str, &InFile)> = texts.map(|file| (id(file), file)).collect();
    sort_by(&mut texts, |left, right| left.0.cmp(right.0));
    texts.dedup_by(|later, first| later.0 == first.0);
    sort_by(&mut rows, |left, right| left.article.cmp(&right.article));
    for group in rows.chunk_by(|left, right| left.article == right.article) {
        if texts.binary_search_by(|(id, _)| (*id).cmp(&group[0].article)).is_err() {
            problems.file.clone_from(&group[0].file.path);
            let what = format!("article{}.txt", group[0].article);
            problems.add(Some(group[0].line), ProblemKind::FileMissing, &what, Remedy::LeftOut);
        }
    }
    let mut drafts = Vec::with_capacity(texts.len());
    for (id, file) in texts {
        let first = rows.partition_point(|row| row.article.as_str() < id);
        let own = rows[first..].iter().take_while(|row| row.article == id);
        drafts.push(draft(id, file, own, problems));
    }
    drafts
}

fn read_rows<'f>(file: &'f InFile, rows: &mut Vec<Row<'f>>, problems: &mut Problems) {
    problems.file.clone_from(&file.path);
    let text = file.decoded(problems);
    for (line_idx, line) in text.split('\n').enumerate() {
        let number = line_idx + 1;
        if line.trim().is_empty() || (line_idx == 0 && is_header(line)) {
            continue;
        }
        let Some([article, label, start, end]) = columns(line).filter(|columns| !columns[0].is_empty())
        else {
            problems.add(Some(number), ProblemKind::ColumnCount, line, Remedy::LeftOut);
            continue;
        };
        rows.push(Row {
            article: article.strip_prefix("article").unwrap_or(article).to_owned(),
            label: label.to_owned(),
            start: start.parse().ok(),
            end: end.parse().ok(),
            file,
            line: number,
        });
    }
}

fn draft<'r>(
    id: &str,
    file: &InFile,
    rows: impl Iterator<Item = &'r Row<'r>>,
    problems: &mut Problems,
) -> Draft {
    problems.file.clone_from(&file.path);
    let text = file.decoded(problems);
    // Python reads CR LF as one, and the mark of the byte order as a character.
    let marks = u64::from(file.bytes.starts_with(b"\xEF\xBB\xBF"));
    let places = Places::new(&text, Counting { marks, joins_line_ends: true, ..Counting::default() });
    let mut annotations = Vec::new();
    for row in rows {
        let ends = row.start.zip(row.end);
        let bytes = ends.and_then(|(start, end)| places.byte(start).zip(places.byte(end)));
        let Some((start, end)) = bytes.filter(|(start, end)| start < end) else {
            problems.file.clone_from(&row.file.path);
            problems.add(Some(row.line), ProblemKind::BadOffsets, &row.label, Remedy::LeftOut);
            continue;
        };
        annotations.push(DraftAnnotation {
            id: format!("T{}", annotations.len() + 1),
            label: row.label.clone(),
            fragments: vec![(start as u64, end as u64)],
            line: Some(row.line),
            ..DraftAnnotation::default()
        });
    }
    let (file, title) = (file.path.clone(), id.to_owned());
    Draft { file, title, text, unit: Unit::Bytes, annotations, ..Draft::default() }
}
