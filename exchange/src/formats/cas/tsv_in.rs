//! Reading WebAnno TSV 3, as INCEpTION does: the text is that of the `#Text` lines, at the places of
//! the first tokens; units with one id in a layer are one annotation.

mod cells;

use sourcier::json::Value;
use sourcier::sorted::sort_by;

use crate::draft::Draft;
use crate::formats::cas::draft::{draft_of, is_passed_over};
use crate::formats::cas::{Cas, Feature, Structure};
use crate::import::{InFile, Likeness, own_files};
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::id_index::IdIndex;
use cells::{Cell, Column, Kind, Layer, unescaped_text};

/// The most blanks that are put between the sentences of a file: places may say anything.
const BLANK_COUNT_MAX: u64 = 1 << 20;

pub(super) fn recognise(file: &InFile) -> Likeness {
    let is_tsv = file.start().starts_with("#FORMAT=WebAnno TSV");
    if is_tsv { Likeness::Certain } else { Likeness::No }
}

pub(super) fn read(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for file in own_files(files, |file| recognise(file) == Likeness::Certain, |_| false, problems) {
        problems.file.clone_from(&file.path);
        let Some(text) = file.utf8() else {
            problems.add(None, ProblemKind::BadEncoding, file.name(), Remedy::FileLeftOut);
            continue;
        };
        let format = text.lines().next().unwrap_or_default();
        let minor =
            format.strip_prefix("#FORMAT=WebAnno TSV 3.").and_then(|minor| minor.trim().parse::<u32>().ok());
        let Some(minor) = minor else {
            problems.add(Some(1), ProblemKind::Unsupported, format, Remedy::FileLeftOut);
            continue;
        };
        let mut reading = Reading { has_java_escapes: minor <= 1, ..Reading::default() };
        for (idx, line) in text.split('\n').enumerate() {
            reading.line(idx + 1, line.strip_suffix('\r').unwrap_or(line), problems);
        }
        drafts.push(draft_of(reading.cas(problems), &file.path, file.stem(), problems));
    }
    drafts
}

/// One annotation on one unit, or a relation that leads to one.
struct Entry {
    layer: usize,
    /// The id that joins units.
    id: Option<u64>,
    unit: String,
    begin: u64,
    end: u64,
    features: Vec<(String, String)>,
    /// The unit of the source, and the ids of source and target.
    source: Option<(String, u64, u64)>,
    line: usize,
}

#[derive(Default)]
struct Reading {
    has_java_escapes: bool,
    layers: Vec<Layer>,
    /// That of all layers.
    column_count: usize,
    text: String,
    text_len_utf16: u64,
    blank_count: u64,
    /// The text of the sentence whose tokens did not come yet.
    sentence: Option<String>,
    entries: Vec<Entry>,
}

impl Reading {
    fn line(&mut self, number: usize, line: &str, problems: &mut Problems) {
        if line.is_empty() {
            self.end_sentence();
        } else if let Some(text) = line.strip_prefix("#Text=") {
            let text = unescaped_text(text, self.has_java_escapes);
            match &mut self.sentence {
                Some(sentence) => {
                    sentence.push('\n');
                    sentence.push_str(&text);
                }
                None => self.sentence = Some(text),
            }
        } else if line.starts_with('#') {
            match Layer::read(line) {
                Some(layer) => {
                    if layer.has_slots() {
                        problems.add(Some(number), ProblemKind::Unsupported, line, Remedy::ValueLeftOut);
                    }
                    self.column_count += layer.columns.len();
                    self.layers.push(layer);
                }
                None if line.starts_with("#T_") => {
                    problems.add(Some(number), ProblemKind::Malformed, line, Remedy::LeftOut);
                }
                None => {}
            }
        } else {
            self.row(number, line, problems);
        }
    }

    /// A sentence without tokens: it stands where the last one ended.
    fn end_sentence(&mut self) {
        if let Some(sentence) = self.sentence.take() {
            let begin = self.text_len_utf16 + u64::from(!self.text.is_empty());
            self.push_sentence(&sentence, begin);
        }
    }

    fn row(&mut self, number: usize, line: &str, problems: &mut Problems) {
        let fields: Vec<&str> = line.split('\t').collect();
        let place = fields.get(1).and_then(|place| place.split_once('-'));
        let place = place.and_then(|(begin, end)| begin.parse::<u64>().ok().zip(end.parse::<u64>().ok()));
        let Some((begin, end)) = place else {
            problems.add(Some(number), ProblemKind::Malformed, line, Remedy::LeftOut);
            return;
        };
        if let Some(sentence) = self.sentence.take() {
            let gap_len = begin.checked_sub(self.text_len_utf16);
            let is_right = gap_len.is_some_and(|len| len <= BLANK_COUNT_MAX - self.blank_count);
            if !is_right {
                problems.add(Some(number), ProblemKind::BadOffsets, fields[1], Remedy::Guessed);
            }
            let next = self.text_len_utf16 + u64::from(!self.text.is_empty());
            self.push_sentence(&sentence, if is_right { begin } else { next });
        }
        if fields.len() < 3 + self.column_count {
            problems.add(Some(number), ProblemKind::ColumnCount, line, Remedy::Guessed);
        }
        let mut cells = fields.get(3..).unwrap_or_default();
        for layer_idx in 0..self.layers.len() {
            if cells.is_empty() {
                break;
            }
            let (own, rest) = cells.split_at(self.layers[layer_idx].columns.len().min(cells.len()));
            self.push_entries(layer_idx, own, (fields[0], begin, end), number);
            cells = rest;
        }
    }

    /// What is not told between two sentences is a line break and blanks.
    fn push_sentence(&mut self, sentence: &str, begin: u64) {
        if begin > self.text_len_utf16 {
            let blank_count = begin - self.text_len_utf16 - u64::from(!self.text.is_empty());
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.extend((0..blank_count).map(|_| ' '));
            self.blank_count += blank_count;
        }
        self.text.push_str(sentence);
        let len: usize = sentence.chars().map(char::len_utf16).sum();
        self.text_len_utf16 = begin + len as u64;
    }

    fn push_entries(&mut self, layer_idx: usize, cells: &[&str], unit: (&str, u64, u64), line: usize) {
        let layer = &self.layers[layer_idx];
        let stacks: Vec<Vec<Cell>> = cells.iter().map(|cell| Cell::stack(cell)).collect();
        let depth = stacks.iter().map(Vec::len).max().unwrap_or(0);
        for idx in 0..depth {
            let (name, begin, end) = unit;
            let mut entry = Entry {
                layer: layer_idx,
                id: None,
                unit: name.to_owned(),
                begin,
                end,
                features: Vec::new(),
                source: None,
                line,
            };
            for (column, stack) in layer.columns.iter().zip(&stacks) {
                let Some(cell) = stack.get(idx) else { continue };
                if layer.kind != Kind::Relation {
                    entry.id = entry.id.or(cell.id);
                }
                match column {
                    Column::Feature(name) => {
                        entry.features.extend(cell.value.clone().map(|value| (name.clone(), value)));
                    }
                    Column::Source(_) => {
                        let (from, to) = cell.pair.unwrap_or((0, 0));
                        entry.source = cell.value.clone().map(|unit| (unit, from, to));
                    }
                    Column::Slot | Column::Placeholder => {}
                }
            }
            self.entries.push(entry);
        }
    }

    fn cas(mut self, problems: &mut Problems) -> Cas {
        self.end_sentence();
        let (relations, spans): (Vec<Entry>, Vec<Entry>) = std::mem::take(&mut self.entries)
            .into_iter()
            .partition(|entry| self.layers[entry.layer].kind == Kind::Relation);
        let (mut structures, ids) = joined(&self.layers, &spans, problems);
        let by_id = sorted(&spans, &ids, |entry| (entry.layer, entry.id.unwrap_or(0)));
        let by_unit = sorted(&spans, &ids, |entry| (entry.layer, entry.unit.as_str()));
        let layer_index = IdIndex::new(self.layers.iter().map(|layer| layer.name.as_str()));
        for relation in relations {
            let layer = &self.layers[relation.layer];
            if is_passed_over(&layer.name) {
                continue;
            }
            let end = |unit: &str, id: u64| {
                let base = layer_index.get(layer.base()?)?;
                match id {
                    0 => find(&by_unit, &(base, unit)),
                    id => find(&by_id, &(base, id)),
                }
            };
            let ends = relation
                .source
                .as_ref()
                .and_then(|(unit, from, to)| Some((end(unit, *from)?, end(&relation.unit, *to)?)));
            let Some((from, to)) = ends else {
                let what = relation.source.map_or(relation.unit, |(unit, _, _)| unit);
                problems.add(Some(relation.line), ProblemKind::DanglingId, &what, Remedy::LeftOut);
                continue;
            };
            let mut features = values(relation.features);
            features.push(("Governor".to_owned(), Feature::References(vec![from])));
            features.push(("Dependent".to_owned(), Feature::References(vec![to])));
            let id = structures.len() as u64 + 1;
            let span = Some((relation.begin, relation.end));
            structures.push(Structure { id, kind: layer.name.clone(), span, features });
        }
        Cas { text: self.text, structures }
    }
}

/// The annotations of the entries, and for each entry the id of its annotation.
fn joined(layers: &[Layer], entries: &[Entry], problems: &mut Problems) -> (Vec<Structure>, Vec<u64>) {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let key = |idx: usize| (entries[idx].layer, entries[idx].id);
    sort_by(&mut order, |left, right| key(*left).cmp(&key(*right)).then(left.cmp(right)));
    // The first entry of each annotation.
    let mut firsts: Vec<usize> = (0..entries.len()).collect();
    for pair in order.windows(2) {
        if entries[pair[0]].id.is_some() && key(pair[0]) == key(pair[1]) {
            firsts[pair[1]] = firsts[pair[0]];
        }
    }
    let mut structures: Vec<Structure> = Vec::new();
    let mut ids = vec![0; entries.len()];
    for (idx, entry) in entries.iter().enumerate() {
        if firsts[idx] == idx {
            let (id, kind) = (structures.len() as u64 + 1, layers[entry.layer].name.clone());
            let features = values(entry.features.clone());
            structures.push(Structure { id, kind, span: Some((entry.begin, entry.end)), features });
            ids[idx] = id;
        } else {
            let first = &entries[firsts[idx]];
            if !entry.features.iter().all(|feature| first.features.contains(feature)) {
                // Two annotations with one id are one: the first says what it is.
                problems.add(Some(entry.line), ProblemKind::DuplicateId, &entry.unit, Remedy::ValueLeftOut);
            }
            ids[idx] = ids[firsts[idx]];
            if let Some((_, end)) = &mut structures[ids[idx] as usize - 1].span {
                *end = (*end).max(entry.end);
            }
        }
    }
    for pair in order.windows(2) {
        let (left, right) = (&entries[pair[0]], &entries[pair[1]]);
        let is_chain = layers[left.layer].kind == Kind::Chain && left.layer == right.layer;
        let (left_id, right_id) = (ids[pair[0]], ids[pair[1]]);
        // The upper half of the id is the chain, the lower one the place in it.
        if is_chain
            && left_id != right_id
            && left.id.zip(right.id).is_some_and(|(left, right)| left >> 32 == right >> 32)
        {
            let next = ("next".to_owned(), Feature::References(vec![right_id]));
            structures[left_id as usize - 1].features.push(next);
        }
    }
    (structures, ids)
}

fn values(features: Vec<(String, String)>) -> Vec<(String, Feature)> {
    features.into_iter().map(|(name, value)| (name, Feature::Value(Value::from(value)))).collect()
}

/// The annotations of the entries under a key.
fn sorted<'e, K: Ord>(entries: &'e [Entry], ids: &[u64], key: impl Fn(&'e Entry) -> K) -> Vec<(K, u64)> {
    let mut sorted: Vec<(K, u64)> = entries.iter().zip(ids).map(|(entry, &id)| (key(entry), id)).collect();
    sort_by(&mut sorted, Ord::cmp);
    sorted
}

fn find<K: Ord>(sorted: &[(K, u64)], key: &K) -> Option<u64> {
    let place = sorted.partition_point(|(found, _)| found < key);
    sorted.get(place).filter(|(found, _)| found == key).map(|&(_, id)| id)
}
