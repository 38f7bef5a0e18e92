//! Writing WebAnno TSV 3.3.
//!
//! Rows are tokens, columns are features; an annotation stands in the row of each of its tokens. The
//! text between sentences is not in the file: readers put a line break and blanks there.

use std::ops::Range;

use sourcier::model::annotation::Annotation;
use sourcier::sorted::SortedMap;
use sourcier::text::span::TextSpan;

use crate::carries::Carries;
use crate::export::{Exporter, Out};
use crate::formats::cas::export::{count_forms, features};
use crate::formats::cas::types::{DETAILS, SPAN_FEATURES, Types};
use crate::formats::cas::{Feature, RELATION_TYPE, SPAN_TYPE};
use crate::losses::LossKind;
use crate::shared::tokens::{Tokens, trimmed};
use crate::work::{Linked, Work};

pub(super) const CARRIES: Carries = Carries { fields: false, ..Carries::MENTIONED };

/// One file for each document.
pub(super) struct TsvFiles;

impl Exporter for TsvFiles {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let types = Types::new(work);
        let table = Table::new(work, &types, out);
        count_gaps(work, &table.tokens, out);
        out.own(format!("{}.tsv", work.stem), table.encoded(work));
    }
}

/// The annotations of a document on its tokens.
struct Table<'s> {
    tokens: Tokens,
    rows: Vec<Row<'s>>,
    /// The indexes of the rows on each token, in one order everywhere.
    on_tokens: Vec<Vec<usize>>,
    /// The features that occur.
    columns: Vec<String>,
    /// Under the first token of their targets: type, row of the source, row of the target.
    relations: SortedMap<usize, Vec<(&'s str, usize, usize)>>,
}

/// One annotation.
struct Row<'s> {
    annotation: &'s Annotation,
    tokens: Range<usize>,
    features: Vec<(String, String)>,
    /// Tells it from others on the same tokens, and joins its tokens.
    id: Option<usize>,
}

impl<'s> Table<'s> {
    fn new(work: Work<'s>, types: &Types, out: &mut Out) -> Table<'s> {
        let fragments = work.annotations().flat_map(|annotation| annotation.target.fragments());
        let tokens = Tokens::new(work, fragments);
        let mut rows: Vec<Row<'s>> = Vec::new();
        for annotation in work.annotations() {
            let envelope = annotation.target.envelope();
            let label = annotation.label.as_str();
            let Some(alignment) = tokens.align(work.text(), envelope) else {
                out.losses.add_at(LossKind::Misaligned, label, work.place(envelope));
                continue;
            };
            if trimmed(work.text(), envelope) != Some(envelope) {
                out.losses.add_at(LossKind::WhiteSpace, label, work.place(envelope));
            }
            count_forms(work, types, annotation, out);
            let features = values(work, types, annotation, out);
            rows.push(Row { annotation, tokens: alignment.tokens, features, id: None });
        }
        let mut on_tokens: Vec<Vec<usize>> = vec![Vec::new(); tokens.spans.len()];
        for (idx, row) in rows.iter().enumerate() {
            on_tokens[row.tokens.clone()].iter_mut().for_each(|rows| rows.push(idx));
        }
        let mut next_id = 1;
        for row in &mut rows {
            let is_alone = row.tokens.len() == 1 && on_tokens[row.tokens.start].len() == 1;
            if !is_alone {
                row.id = Some(next_id);
                next_id += 1;
            }
        }
        let columns = columns(types, &rows);
        let relations = relations(work, &rows, out);
        Table { tokens, rows, on_tokens, columns, relations }
    }

    fn encoded(&self, work: Work<'_>) -> String {
        let mut text = "#FORMAT=WebAnno TSV 3.3\n".to_owned();
        if !self.rows.is_empty() {
            text.push_str(&format!("#T_SP={SPAN_TYPE}|{}\n", self.columns.join("|")));
        }
        if !self.relations.is_empty() {
            text.push_str(&format!("#T_RL={RELATION_TYPE}|label|BT_{SPAN_TYPE}\n"));
        }
        text.push('\n');
        for (sentence, tokens) in self.tokens.sentences.iter().enumerate() {
            text.push('\n');
            if let Some(span) = self.tokens.sentence_span(tokens) {
                for line in work.slice(span).split('\n') {
                    text.push_str(&format!("#Text={}\n", escaped_text(line)));
                }
            }
            for token in tokens.clone() {
                self.push_row(work, sentence, token, &mut text);
            }
        }
        text
    }

    fn push_row(&self, work: Work<'_>, sentence: usize, token: usize, text: &mut String) {
        let span = self.tokens.spans[token];
        let (begin, end) = work.utf16(span);
        let unit = self.unit(sentence, token);
        text.push_str(&format!("{unit}\t{begin}-{end}\t{}\t", work.slice(span)));
        if !self.rows.is_empty() {
            for column in &self.columns {
                let cells: Vec<String> =
                    self.on_tokens[token].iter().map(|&row| self.cell(row, column, token)).collect();
                text.push_str(&if cells.is_empty() { "_".to_owned() } else { cells.join("|") });
                text.push('\t');
            }
        }
        if !self.relations.is_empty() {
            let here = self.relations.get(&token).map(Vec::as_slice).unwrap_or_default();
            let kinds: Vec<String> = here.iter().map(|(kind, _, _)| escaped_value(kind)).collect();
            let sources: Vec<String> = here.iter().map(|&(_, from, to)| self.source(from, to)).collect();
            for cells in [kinds, sources] {
                text.push_str(&if cells.is_empty() { "_".to_owned() } else { cells.join("|") });
                text.push('\t');
            }
        }
        text.push('\n');
    }

    fn unit(&self, sentence: usize, token: usize) -> String {
        format!("{}-{}", sentence + 1, token - self.tokens.sentences[sentence].start + 1)
    }

    fn cell(&self, row: usize, column: &str, token: usize) -> String {
        let row = &self.rows[row];
        // Readers take a value from any row of the annotation: the long one stands in the first.
        let is_here = column != DETAILS || row.tokens.start == token;
        let value = row.features.iter().find(|(name, _)| name == column && is_here);
        let value = value.map_or_else(|| "*".to_owned(), |(_, value)| escaped_value(value));
        match row.id {
            Some(id) => format!("{value}[{id}]"),
            None => value,
        }
    }

    /// The first unit of the source, and which annotations on the two units are meant.
    fn source(&self, from: usize, to: usize) -> String {
        let token = self.rows[from].tokens.start;
        let sentence = self.tokens.sentences.partition_point(|tokens| tokens.end <= token);
        let unit = self.unit(sentence, token);
        match (self.rows[from].id, self.rows[to].id) {
            (None, None) => unit,
            (from, to) => format!("{unit}[{}_{}]", from.unwrap_or(0), to.unwrap_or(0)),
        }
    }
}

/// The features of an annotation as text. A carriage return would end the row.
fn values(work: Work<'_>, types: &Types, annotation: &Annotation, out: &mut Out) -> Vec<(String, String)> {
    let mut values = Vec::new();
    for (name, feature) in features(work, types, annotation) {
        let Feature::Value(value) = feature else { continue };
        let mut text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if text.contains('\r') {
            text = text.replace("\r\n", "\n").replace('\r', "\n");
            out.losses.add(LossKind::LineEnds, "", 1);
        }
        values.push((name, text));
    }
    values
}

/// The label first, then the other features that occur, in the order of the types.
fn columns(types: &Types, rows: &[Row<'_>]) -> Vec<String> {
    let used = |name: &&str| rows.iter().any(|row| row.features.iter().any(|(found, _)| found == name));
    let attributes = types.types[0].features.iter().map(|(name, _)| name.as_str());
    let attributes = attributes.filter(|name| !SPAN_FEATURES.contains(name));
    let (label, others) = SPAN_FEATURES.split_at(1);
    let names = label.iter().copied().chain(attributes).chain(others.iter().copied());
    names.filter(used).map(str::to_owned).collect()
}

fn relations<'s>(
    work: Work<'s>,
    rows: &[Row<'s>],
    out: &mut Out,
) -> SortedMap<usize, Vec<(&'s str, usize, usize)>> {
    let mut places: Vec<(&str, usize)> =
        rows.iter().enumerate().map(|(idx, row)| (row.annotation.id.as_str(), idx)).collect();
    sourcier::sorted::sort_by(&mut places, Ord::cmp);
    let row_of =
        |id: &str| places.binary_search_by(|(found, _)| (*found).cmp(id)).ok().map(|place| places[place].1);
    let mut relations: SortedMap<usize, Vec<(&str, usize, usize)>> = SortedMap::new();
    for Linked { relation, from, to } in work.relations() {
        match row_of(from.id.as_str()).zip(row_of(to.id.as_str())) {
            Some((from, to)) => {
                let token = rows[to].tokens.start;
                relations.get_or_insert(token, Vec::new()).push((relation.kind.as_str(), from, to));
            }
            None => out.losses.add(LossKind::Relation, relation.kind.as_str(), 1),
        }
    }
    relations
}

/// Counts the white space round sentences that does not come back as it was.
fn count_gaps(work: Work<'_>, tokens: &Tokens, out: &mut Out) {
    let text = work.text();
    let sentences: Vec<TextSpan> =
        tokens.sentences.iter().filter_map(|sentence| tokens.sentence_span(sentence)).collect();
    let mut start = 0;
    let mut count = 0;
    for (idx, sentence) in sentences.iter().enumerate() {
        let gap = &text[start..sentence.start().to_usize()];
        let rest = if idx == 0 { Some(gap) } else { gap.strip_prefix('\n').or(gap.is_empty().then_some("")) };
        count += usize::from(rest.is_none_or(|rest| rest.chars().any(|character| character != ' ')));
        start = sentence.end().to_usize();
    }
    count += usize::from(!text[start..].is_empty());
    out.losses.add(LossKind::WhiteSpace, "", count);
}

fn escaped_value(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => out.extend(['\\', character]),
            '-' if characters.peek() == Some(&'>') => out.push_str("\\-"),
            other => out.push(other),
        }
    }
    out
}

/// A line of a sentence.
fn escaped_text(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\u{C}' => out.push_str("\\f"),
            '\u{8}' => out.push_str("\\b"),
            '\0'..='\u{7}' | '\u{E}'..='\u{1F}' | '\\' => out.extend(['\\', character]),
            other => out.push(other),
        }
    }
    out
}
