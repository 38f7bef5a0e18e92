//! Rows of tokens on the way in.

use std::ops::Range;

use crate::draft::{Draft, DraftAnnotation, Unit};
use crate::formats::conll::Scheme;
use crate::formats::conll::tags::{Tag, chunks, is_iob1};
use crate::import::{InFile, Likeness, Reader, own_files};
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::id_index::IdIndex;
use crate::shared::tokens::is_white;

pub const READ_CONLL2003: Reader =
    Reader { id: "conll2003", recognise: |file| recognise(file, Scheme::Conll2003), read };
pub const READ_IOB2: Reader = Reader { id: "iob2", recognise: |file| recognise(file, Scheme::Iob2), read };
pub const READ_BILOU: Reader = Reader { id: "bilou", recognise: |file| recognise(file, Scheme::Bilou), read };

/// The names that such files have, beside `.txt` and `.tsv`.
const EXTENSIONS: [&str; 7] = ["conll", "iob", "iob2", "bio", "bilou", "bioes", "iobes"];
/// The rows that are looked at to recognise a file.
const ROW_COUNT_MAX: usize = 400;
const DOCUMENT_START: &str = "-DOCSTART-";

fn recognise(file: &InFile, scheme: Scheme) -> Likeness {
    let Some(found) = scheme_of(file) else { return Likeness::No };
    if found.scheme != scheme {
        return Likeness::No;
    }
    if found.has_chunks { Likeness::Certain } else { Likeness::Possible }
}

struct Found {
    scheme: Scheme,
    has_chunks: bool,
}

/// What rows a file holds: `None` where there are others in it.
fn scheme_of(file: &InFile) -> Option<Found> {
    let start = file.start();
    let is_cut = start.len() < file.bytes.len();
    let rows: Vec<Row<'_>> =
        start.lines().filter(|line| !line.trim().is_empty()).take(ROW_COUNT_MAX).map(Row::read).collect();
    // The start of a file may end within a row.
    let rows = if is_cut { &rows[..rows.len().saturating_sub(1)] } else { &rows[..] };
    let (mut is_2003, mut is_bilou, mut has_chunks, mut tagged, mut count) = (false, false, false, 0, 0);
    for row in rows {
        match row {
            Row::DocumentStart => is_2003 = true,
            Row::Comment => {}
            Row::Token { tag, columns, .. } => {
                let tag = Tag::read(tag);
                count += 1;
                tagged += usize::from(tag.is_some());
                is_2003 |= *columns > 2;
                is_bilou |= matches!(tag, Some(Tag::Last(_) | Tag::Single(_)));
                has_chunks |= matches!(tag, Some(tag) if tag != Tag::Outside);
            }
            Row::Other => count += 1,
        }
    }
    // Some rows may be wrong.
    let is_named = EXTENSIONS.contains(&file.extension().as_str());
    if tagged * 10 < count * 9 || (count == 0 && !is_2003 && !is_named) {
        return None;
    }
    let scheme = match () {
        () if is_2003 => Scheme::Conll2003,
        () if is_bilou || (!has_chunks && file.extension() == Scheme::Bilou.extension()) => Scheme::Bilou,
        () => Scheme::Iob2,
    };
    Some(Found { scheme, has_chunks })
}

/// A line that is not empty.
enum Row<'r> {
    Token {
        token: &'r str,
        tag: &'r str,
        columns: usize,
    },
    DocumentStart,
    Comment,
    /// One column.
    Other,
}

impl<'r> Row<'r> {
    fn read(line: &'r str) -> Row<'r> {
        if line.starts_with(DOCUMENT_START) {
            return Row::DocumentStart;
        }
        let has_tabs = line.contains('\t');
        let is_separator = |character: char| character == if has_tabs { '\t' } else { ' ' };
        let columns: Vec<&str> = line.split(is_separator).filter(|column| !column.is_empty()).collect();
        let is_comment = line.starts_with('#');
        match columns[..] {
            [token, .., tag] if !is_comment || Tag::read(tag).is_some() => {
                Row::Token { token, tag: tag.trim(), columns: columns.len() }
            }
            _ if is_comment && line.len() > 1 => Row::Comment,
            _ => Row::Other,
        }
    }
}

/// The rows of one document.
#[derive(Default)]
struct Rows<'r> {
    tokens: Vec<&'r str>,
    /// The line of each token.
    lines: Vec<usize>,
    /// The tags of each sentence.
    sentences: Vec<Vec<Tag<'r>>>,
}

fn read(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    let mut drafts = Vec::new();
    // The text of a document lies in a file with the same name.
    let is_text = |file: &InFile| file.extension() == "txt";
    let own = own_files(files, |file| scheme_of(file).is_some(), is_text, problems);
    let texts: Vec<&InFile> = files.iter().filter(|file| is_text(file)).collect();
    let index = IdIndex::new(texts.iter().map(|text| text.path_stem()));
    let mut is_used = vec![false; texts.len()];
    for file in own {
        problems.file.clone_from(&file.path);
        let text = file.decoded(problems);
        let documents = read_rows(&text, problems);
        let beside = index.get(file.path_stem()).map(|idx| {
            is_used[idx] = true;
            texts[idx]
        });
        let beside = beside.filter(|text| text.path != file.path).map(|text| text.decoded(problems));
        let count = documents.len();
        for (idx, rows) in documents.into_iter().enumerate() {
            let title = match idx {
                0 => file.stem().to_owned(),
                _ => format!("{} {}", file.stem(), idx + 1),
            };
            // A text beside several documents would be that of all of them.
            let beside = beside.as_deref().filter(|_| count == 1);
            drafts.push(draft(
                Draft { file: file.path.clone(), title, ..Draft::default() },
                &rows,
                beside,
                problems,
            ));
        }
    }
    for (text, _) in texts.iter().zip(is_used).filter(|(_, is_used)| !is_used) {
        problems.file.clone_from(&text.path);
        problems.add(None, ProblemKind::Unsupported, text.name(), Remedy::FileLeftOut);
    }
    drafts
}

fn read_rows<'r>(text: &'r str, problems: &mut Problems) -> Vec<Rows<'r>> {
    let mut documents: Vec<Rows<'r>> = vec![Rows::default()];
    let mut is_new_sentence = true;
    let mut columns_before = None;
    for (idx, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let number = idx + 1;
        let (token, tag, columns) = match Row::read(line) {
            _ if line.trim().is_empty() => {
                is_new_sentence = true;
                continue;
            }
            Row::Comment => continue,
            Row::DocumentStart => {
                if documents.last().is_some_and(|rows| !rows.tokens.is_empty()) {
                    documents.push(Rows::default());
                }
                is_new_sentence = true;
                continue;
            }
            Row::Token { token, tag, columns } => (token, tag, columns),
            Row::Other => (line.trim(), "", 1),
        };
        if *columns_before.get_or_insert(columns) != columns {
            problems.add(Some(number), ProblemKind::ColumnCount, line, Remedy::Guessed);
        }
        let tag = Tag::read(tag).unwrap_or_else(|| {
            problems.add(Some(number), ProblemKind::BadTag, tag, Remedy::ValueLeftOut);
            Tag::Outside
        });
        let Some(rows) = documents.last_mut() else { continue };
        rows.tokens.push(token);
        rows.lines.push(number);
        match rows.sentences.last_mut() {
            Some(sentence) if !is_new_sentence => sentence.push(tag),
            _ => rows.sentences.push(vec![tag]),
        }
        is_new_sentence = false;
    }
    documents
}

fn draft(mut draft: Draft, rows: &Rows<'_>, beside: Option<&str>, problems: &mut Problems) -> Draft {
    let found = beside.and_then(|text| Some((text.to_owned(), places_in(text, &rows.tokens)?)));
    if beside.is_some() && found.is_none() {
        problems.add(None, ProblemKind::SurfaceDiffers, &draft.file, Remedy::Guessed);
    }
    let (text, places) = found.unwrap_or_else(|| joined(rows));
    let is_iob1 = is_iob1(&rows.sentences);
    let mut first = 0;
    for tags in &rows.sentences {
        let mut wrong = Vec::new();
        for chunk in chunks(tags, first, &mut wrong) {
            let (start, end) = (places[chunk.tokens.start].start, places[chunk.tokens.end - 1].end);
            draft.annotations.push(DraftAnnotation {
                id: format!("T{}", draft.annotations.len() + 1),
                label: chunk.label.to_owned(),
                fragments: vec![(start as u64, end as u64)],
                line: Some(rows.lines[chunk.tokens.start]),
                ..DraftAnnotation::default()
            });
        }
        for idx in wrong.into_iter().filter(|_| !is_iob1) {
            problems.add(Some(rows.lines[idx]), ProblemKind::BadTag, rows.tokens[idx], Remedy::Guessed);
        }
        first += tags.len();
    }
    draft.text = text;
    draft.unit = Unit::Bytes;
    draft
}

/// Where the tokens stand in a text that has nothing else but white space.
fn places_in(text: &str, tokens: &[&str]) -> Option<Vec<Range<usize>>> {
    let after_white = |place: usize| text.len() - text[place..].trim_start_matches(is_white).len();
    let mut places = Vec::with_capacity(tokens.len());
    let mut place = 0;
    for token in tokens {
        let start = after_white(place);
        text[start..].strip_prefix(token)?;
        place = start + token.len();
        places.push(start..place);
    }
    (after_white(place) == text.len()).then_some(places)
}

/// The tokens with blanks between, and a line for each sentence.
fn joined(rows: &Rows<'_>) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut places = Vec::with_capacity(rows.tokens.len());
    let mut tokens = rows.tokens.iter();
    for tags in &rows.sentences {
        for (idx, token) in tokens.by_ref().take(tags.len()).enumerate() {
            if idx > 0 {
                text.push(' ');
            }
            places.push(text.len()..text.len() + token.len());
            text.push_str(token);
        }
        text.push('\n');
    }
    (text, places)
}
