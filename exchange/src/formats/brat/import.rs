//! brat's files on the way in.

use sourcier::json::Value;
use sourcier::sorted::sort_by;

use crate::draft::{self, Draft, DraftAnnotation, DraftEntity, DraftRelation, SAME_AS, Unit, is_same_as};
use crate::formats::brat::lines::{Line, Note};
use crate::formats::brat::{CERTAINTY, EQUIV, NO_SOURCE, WIKIDATA, WIKIDATA_IRI, is_break};
use crate::import::{InFile, Likeness, Reader, own_files};
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::id_index::IdIndex;
use crate::shared::places::{Counting, Places};

pub const READER: Reader = Reader { id: "brat", recognise, read };

/// Annotations lie in one file, or in two for tasks with some given: in the order of reading.
const EXTENSIONS: [&str; 3] = ["a1", "a2", "ann"];

fn recognise(file: &InFile) -> Likeness {
    let start = file.start();
    let is_span = |line: &str| matches!(Line::read(line), Some(Line::Span { fragments: Some(_), .. }));
    if start.lines().take(20).any(is_span) {
        return Likeness::Certain;
    }
    let is_named = EXTENSIONS.contains(&file.extension().as_str());
    if is_named && start.lines().take(20).all(|line| line.is_empty() || Line::read(line).is_some()) {
        return Likeness::Possible;
    }
    Likeness::No
}

fn read(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    let is_text = |file: &InFile| file.extension() == "txt" && recognise(file) == Likeness::No;
    // The configuration says nothing of the documents.
    let is_beside = |file: &InFile| file.extension() == "conf" || is_text(file);
    let mut annotations = own_files(files, |file| recognise(file) != Likeness::No, is_beside, problems);
    let mut texts: Vec<&InFile> = files.iter().filter(|file| is_text(file)).collect();
    sort_by(&mut annotations, |left, right| {
        (left.path_stem(), &left.path).cmp(&(right.path_stem(), &right.path))
    });
    sort_by(&mut texts, |left, right| left.path_stem().cmp(right.path_stem()));
    for group in annotations.chunk_by(|left, right| left.path_stem() == right.path_stem()) {
        let stem = group[0].path_stem();
        if texts.binary_search_by(|text| text.path_stem().cmp(stem)).is_err() {
            problems.file.clone_from(&group[0].path);
            problems.add(None, ProblemKind::FileMissing, &format!("{stem}.txt"), Remedy::FileLeftOut);
        }
    }
    let mut drafts = Vec::with_capacity(texts.len());
    for text in &texts {
        let stem = text.path_stem();
        let first = annotations.partition_point(|file| file.path_stem() < stem);
        let count = annotations[first..].partition_point(|file| file.path_stem() == stem);
        drafts.push(read_document(text, &annotations[first..first + count], problems));
    }
    drafts
}

fn read_document(text_file: &InFile, ann_files: &[&InFile], problems: &mut Problems) -> Draft {
    problems.file.clone_from(&text_file.path);
    let text = text_file.decoded(problems);
    let has_mark = text_file.bytes.starts_with(b"\xEF\xBB\xBF");
    let anns: Vec<String> = ann_files
        .iter()
        .map(|file| {
            problems.file.clone_from(&file.path);
            file.decoded(problems)
        })
        .collect();
    let mut lines = Vec::new();
    for (ann, file) in anns.iter().zip(ann_files) {
        problems.file.clone_from(&file.path);
        for (idx, line) in ann.split('\n').enumerate() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            match Line::read(line) {
                Some(read) => lines.push((idx + 1, read)),
                None if line.trim().is_empty() => {}
                None => problems.add(Some(idx + 1), ProblemKind::Malformed, line, Remedy::LeftOut),
            }
        }
    }
    let mut draft = Draft {
        file: problems.file.clone(),
        title: text_file.stem().to_owned(),
        unit: Unit::Bytes,
        ..Draft::default()
    };
    add_spans(&mut draft, &lines, &places_of(&text, has_mark, &lines), &text, problems);
    add_links(&mut draft, &lines, problems);
    draft.text = text;
    draft
}

/// The counting of places with which the most spans have the words that the file states.
fn places_of(text: &str, has_mark: bool, lines: &[(usize, Line<'_>)]) -> Places {
    let stated = lines.iter().filter_map(|(_, line)| match line {
        Line::Span { fragments: Some(fragments), words: Some(words), .. } if fragments.len() == 1 => {
            Some((fragments[0], *words))
        }
        _ => None,
    });
    // brat counts the mark of the byte order as a character.
    Places::best(text, Counting { marks: u64::from(has_mark), ..Counting::default() }, stated)
}

fn add_spans(
    draft: &mut Draft,
    lines: &[(usize, Line<'_>)],
    places: &Places,
    text: &str,
    problems: &mut Problems,
) {
    for (number, line) in lines {
        let Line::Span { id, label, fragments, words } = line else { continue };
        let stated = words.unwrap_or_default();
        let mut bytes: Vec<(u64, u64)> = Vec::new();
        for &(start, end) in fragments.iter().flatten() {
            match (places.byte(start), places.byte(end)) {
                (Some(start), Some(end)) if start < end => bytes.push((start as u64, end as u64)),
                _ => bytes.clear(),
            }
            if bytes.is_empty() {
                break;
            }
        }
        if bytes.is_empty() {
            problems.add(Some(*number), ProblemKind::BadOffsets, &format!("{id} {stated}"), Remedy::LeftOut);
            continue;
        }
        sort_by(&mut bytes, Ord::cmp);
        // The words of several fragments are joined by blanks: they are not those of the text.
        let is_one = fragments.as_ref().is_some_and(|fragments| fragments.len() == 1);
        draft.annotations.push(DraftAnnotation {
            id: (*id).to_owned(),
            label: (*label).to_owned(),
            surface: (is_one && !stated.is_empty()).then(|| stated.to_owned()),
            fragments: joined(text, bytes),
            line: Some(*number),
            ..DraftAnnotation::default()
        });
    }
}

/// Fragments with nothing but line breaks, tabs and white space round them between are one span.
fn joined(text: &str, fragments: Vec<(u64, u64)>) -> Vec<(u64, u64)> {
    let mut joined: Vec<(u64, u64)> = Vec::with_capacity(fragments.len());
    for (start, end) in fragments {
        match joined.last_mut() {
            Some(last) if last.1 >= start => last.1 = last.1.max(end),
            Some(last) if is_parted_line(&text[last.1 as usize..start as usize]) => last.1 = end,
            _ => joined.push((start, end)),
        }
    }
    joined
}

fn is_parted_line(between: &str) -> bool {
    between.contains(is_break) && between.trim().is_empty()
}

/// Everything that says something of spans.
fn add_links(draft: &mut Draft, lines: &[(usize, Line<'_>)], problems: &mut Problems) {
    // What is said of an event is said of its trigger.
    let events = lines.iter().filter_map(|(_, line)| match line {
        Line::Event { id, trigger, .. } => Some((*id, *trigger)),
        _ => None,
    });
    let (event_ids, triggers): (Vec<&str>, Vec<&str>) = events.unzip();
    let event_index = IdIndex::new(event_ids.into_iter());
    let span_of = |id: &str| match event_index.get(id) {
        Some(event) => triggers[event].to_owned(),
        None => id.to_owned(),
    };
    let ids: Vec<String> = draft.annotations.iter().map(|annotation| annotation.id.clone()).collect();
    let index = IdIndex::new(ids.iter().map(String::as_str));
    for (number, line) in lines {
        match line {
            Line::Span { .. } => {}
            Line::Relation { kind, ends } => match ends[..] {
                [from, to] => push_relation(draft, kind, span_of(from), span_of(to), *number),
                _ => problems.add(Some(*number), ProblemKind::Malformed, kind, Remedy::LeftOut),
            },
            Line::Event { trigger, roles, .. } => {
                for (role, part) in roles {
                    // The second of a role is numbered.
                    let role = role.trim_end_matches(|character: char| character.is_ascii_digit());
                    push_relation(draft, role, (*trigger).to_owned(), span_of(part), *number);
                }
            }
            Line::Equiv { kind, ids } => {
                for pair in ids.windows(2) {
                    let kind = if *kind == EQUIV { SAME_AS } else { kind };
                    push_relation(draft, kind, span_of(pair[1]), span_of(pair[0]), *number);
                }
            }
            Line::Value { of, .. } | Line::Note { of, .. } | Line::Reference { of, .. } => {
                match index.get(&span_of(of)) {
                    Some(idx) => say(draft, idx, line, *number, problems),
                    // brat can say things of relations and of relations alone; Sourcier cannot.
                    None if of.starts_with('R') => {
                        problems.add(Some(*number), ProblemKind::Unsupported, of, Remedy::LeftOut);
                    }
                    None => problems.add(Some(*number), ProblemKind::DanglingId, of, Remedy::LeftOut),
                }
            }
        }
    }
}

fn push_relation(draft: &mut Draft, kind: &str, from: String, to: String, line: usize) {
    let kind = if is_same_as(kind) { SAME_AS } else { kind };
    draft.relations.push(DraftRelation { kind: kind.to_owned(), from, to, line: Some(line) });
}

/// A value, a note or a reference of one annotation.
fn say(draft: &mut Draft, idx: usize, line: &Line<'_>, number: usize, problems: &mut Problems) {
    let annotation = &mut draft.annotations[idx];
    match line {
        Line::Value { key, value, .. } if *key == CERTAINTY && matches!(value, Some("sure" | "unsure")) => {
            annotation.is_unsure = *value == Some("unsure");
        }
        Line::Value { key, value, .. } => {
            let value = value.map_or(Value::Bool(true), Value::from);
            draft::say(&mut annotation.attributes, key, value, problems);
        }
        Line::Note { note: Note::Values(values), .. } => {
            for (key, value) in values {
                draft::say(&mut annotation.attributes, key, value.clone(), problems);
            }
        }
        Line::Note { note: Note::Text(text), .. } => {
            if !annotation.note.is_empty() {
                annotation.note.push('\n');
            }
            annotation.note.push_str(text);
        }
        Line::Reference { source, id, name, .. } => {
            if annotation.entity.is_some() {
                problems.add(Some(number), ProblemKind::Unsupported, id, Remedy::LeftOut);
                return;
            }
            let entity = format!("{source}:{id}");
            let identifier = match *source {
                NO_SOURCE => String::new(),
                WIKIDATA => format!("{WIKIDATA_IRI}{id}"),
                _ => entity.clone(),
            };
            annotation.entity = Some(entity.clone());
            draft.entities.push(DraftEntity { id: entity, name: (*name).to_owned(), identifier });
        }
        _ => {}
    }
}
