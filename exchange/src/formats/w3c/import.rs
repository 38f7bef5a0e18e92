//! Reading Web Annotations: those of Sourcier, and those of other programs.
//!
//! Collections, pages, lists and single annotations are read. The text is the file beside it whose
//! hash the source names, or whose name is the same; a text that is named by its hash and not there
//! is asked for when the document is opened.

use std::cell::Cell;

use sourcier::json::{self, Map, Value};
use sourcier::sorted::keep_first;
use sourcier::text::hash::sha256_hex;

use crate::draft::{Draft, DraftRelation, SAME_AS, is_same_as, say};
use crate::formats::w3c::{CONTEXT, SCHEMA_FIELDS};
use crate::import::{InFile, Likeness, Reader};
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::id_index::IdIndex;
use crate::shared::iri::sha256_of;

mod bodies;
mod targets;

use bodies::{Said, said};
use targets::{Target, targets};

pub const READER: Reader = Reader { id: "w3c", recognise, read };

fn recognise(file: &InFile) -> Likeness {
    let start = file.start();
    let is_json = start.trim_start().starts_with(['{', '[']);
    match is_json && start.contains(CONTEXT.trim_end_matches(".jsonld")) {
        true => Likeness::Certain,
        false => Likeness::No,
    }
}

/// A text among the files.
struct Text<'f> {
    file: &'f InFile,
    text: &'f str,
    sha256: String,
    is_used: Cell<bool>,
}

impl<'f> Text<'f> {
    fn of(file: &'f InFile, problems: &mut Problems) -> Option<Text<'f>> {
        let Some(text) = file.utf8() else {
            problems.file.clone_from(&file.path);
            problems.add(None, ProblemKind::BadEncoding, file.name(), Remedy::FileLeftOut);
            return None;
        };
        Some(Text { file, text, sha256: sha256_hex(text), is_used: Cell::new(false) })
    }
}

fn read(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    let (jsons, others): (Vec<&InFile>, Vec<&InFile>) =
        files.iter().partition(|file| file.start().trim_start().starts_with(['{', '[']));
    let texts: Vec<Text<'_>> = others.into_iter().filter_map(|file| Text::of(file, problems)).collect();
    let mut drafts = Vec::new();
    for file in jsons {
        problems.file.clone_from(&file.path);
        match file.utf8().map(json::from_str) {
            Some(Ok(value)) => drafts.extend(Parsed::new(&value, problems).drafts(file, &texts, problems)),
            Some(Err(_)) => problems.add(None, ProblemKind::Malformed, file.name(), Remedy::FileLeftOut),
            None => problems.add(None, ProblemKind::BadEncoding, file.name(), Remedy::FileLeftOut),
        }
    }
    for Text { file, .. } in texts.iter().filter(|text| !text.is_used.get()) {
        problems.file.clone_from(&file.path);
        problems.add(None, ProblemKind::Unsupported, file.name(), Remedy::FileLeftOut);
    }
    drafts
}

/// The member under a key of the context, or under the JSON-LD keyword that it stands for.
fn member<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let found = value.get(key).or_else(|| match key {
        "id" => value.get("@id"),
        "type" => value.get("@type"),
        "value" => value.get("@value"),
        _ => value.get(&format!("oa:{key}")),
    });
    found.filter(|value| !value.is_null())
}

fn text_of<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    member(value, key)?.as_str()
}

/// One value or a list: JSON-LD makes no difference.
fn each(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
        None => &[],
    }
}

/// The id of a thing that is named or given whole.
fn id_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| text_of(value, "id"))
}

fn has_type(value: &Value, wanted: &str) -> bool {
    let is_it = |found: &Value| found.as_str().is_some_and(|found| found.trim_start_matches("oa:") == wanted);
    each(member(value, "type")).iter().any(is_it)
}

/// A file, taken apart.
#[derive(Default)]
struct Parsed<'v> {
    annotations: Vec<Annotation<'v>>,
    relations: Vec<DraftRelation>,
    fields: Map,
    /// What the collection is about.
    about: Option<String>,
    label: String,
}

struct Annotation<'v> {
    id: String,
    iri: &'v str,
    said: Said,
    targets: Vec<Target>,
}

impl<'v> Parsed<'v> {
    fn new(value: &'v Value, problems: &mut Problems) -> Parsed<'v> {
        let mut parsed = Parsed::default();
        // Relations name annotations by IRIs; those that Sourcier wrote have their own ids beside.
        for annotation in parsed.collect(value, problems) {
            parsed.annotation(annotation, problems);
        }
        let index = IdIndex::new(parsed.annotations.iter().map(|annotation| annotation.iri));
        for relation in &mut parsed.relations {
            for end in [&mut relation.from, &mut relation.to] {
                if let Some(idx) = index.get(end) {
                    end.clone_from(&parsed.annotations[idx].id);
                }
            }
        }
        parsed
    }

    /// All annotations of a collection, a page, a list or a graph.
    fn collect(&mut self, value: &'v Value, problems: &mut Problems) -> Vec<&'v Value> {
        let mut waiting = vec![value];
        let mut annotations = Vec::new();
        while let Some(value) = waiting.pop() {
            if let Some(values) = value.as_array() {
                waiting.extend(values.iter().rev());
                continue;
            }
            let is_collection = has_type(value, "AnnotationCollection");
            if is_collection {
                self.collection(value, problems);
            }
            // The last in is the first out.
            let inner = [value.get("first"), value.get("items"), value.get("@graph")].into_iter().flatten();
            if member(value, "target").is_some() {
                annotations.push(value);
            } else if is_collection || has_type(value, "AnnotationPage") || value.get("@graph").is_some() {
                for value in inner {
                    match value {
                        Value::String(page) => {
                            problems.add(None, ProblemKind::FileMissing, page, Remedy::LeftOut);
                        }
                        value => waiting.push(value),
                    }
                }
            } else {
                let what = value.to_string();
                problems.add(None, ProblemKind::Unsupported, &what, Remedy::LeftOut);
            }
        }
        annotations
    }

    fn collection(&mut self, value: &Value, problems: &mut Problems) {
        self.label = text_of(value, "label").unwrap_or_default().to_owned();
        if let Some(about) = value.get("schema:about") {
            self.about = id_of(about).map(str::to_owned);
            for (key, field) in [("language", "language"), ("via", "url")] {
                if let Some(text) = text_of(about, key) {
                    self.fields.insert(field, text);
                }
            }
        }
        for (field, property) in SCHEMA_FIELDS {
            if let Some(text) = value.get(property).and_then(Value::as_str) {
                self.fields.insert(field, text);
            }
        }
        for field in each(value.get("news:field")) {
            if let (Some(key), Some(data)) = (text_of(field, "news:key"), field.get("news:data")) {
                say(&mut self.fields, key, bodies::data(data), problems);
            }
        }
    }

    fn annotation(&mut self, value: &'v Value, problems: &mut Problems) {
        let iri = text_of(value, "id").unwrap_or_default();
        let said = said(value, problems);
        if said.is_relation {
            let from = value
                .get("news:from")
                .and_then(id_of)
                .or(each(member(value, "target")).iter().find_map(id_of));
            let to = value.get("news:to").and_then(id_of).or(said.linked.as_deref());
            let (Some(from), Some(to)) = (from, to) else {
                problems.add(None, ProblemKind::Missing, iri, Remedy::LeftOut);
                return;
            };
            let kind = if is_same_as(&said.label) { SAME_AS.to_owned() } else { said.label.clone() };
            self.relations.push(DraftRelation { kind, from: from.to_owned(), to: to.to_owned(), line: None });
            return;
        }
        let targets = targets(value, problems);
        let is_of_document = targets.iter().all(|target| !target.has_place());
        if is_of_document && !said.note.is_empty() {
            self.fields.insert_new("notes", said.note);
            return;
        }
        if is_of_document {
            problems.add(None, ProblemKind::Missing, "selector", Remedy::LeftOut);
            return;
        }
        let number = self.annotations.len() + 1;
        let local = text_of(value, "news:localId").map(str::to_owned);
        let id = local.unwrap_or_else(|| if iri.is_empty() { format!("#{number}") } else { iri.to_owned() });
        self.annotations.push(Annotation { id, iri, said, targets });
    }

    /// What a foreign collection is called: in Sourcier's own it repeats the headline or the id.
    fn title(&self) -> String {
        if self.about.is_none() { self.label.clone() } else { String::new() }
    }

    /// A draft for each text that annotations are about.
    fn drafts(mut self, file: &InFile, texts: &[Text<'_>], problems: &mut Problems) -> Vec<Draft> {
        let annotations = std::mem::take(&mut self.annotations);
        let source_of = |annotation: &Annotation<'v>| {
            let named = annotation.targets.iter().find_map(|target| target.source.clone());
            named.or(self.about.clone()).unwrap_or_default()
        };
        let mut sources =
            keep_first(self.about.iter().cloned().chain(annotations.iter().map(source_of)).collect());
        for source in sources.drain(sources.len().min(SOURCE_COUNT_MAX)..) {
            problems.add(None, ProblemKind::TooLarge, &source, Remedy::LeftOut);
        }
        let index = IdIndex::new(sources.iter().map(String::as_str));
        let mut groups: Vec<Vec<Annotation<'v>>> = sources.iter().map(|_| Vec::new()).collect();
        for annotation in annotations {
            if let Some(idx) = index.get(&source_of(&annotation)) {
                groups[idx].push(annotation);
            }
        }
        let has_many = sources.len() > 1;
        let mut drafts = Vec::new();
        for (source, annotations) in sources.iter().zip(groups) {
            let Some((text, sha256)) = text_for(source, file, texts, has_many) else {
                problems.add(None, ProblemKind::FileMissing, source, Remedy::LeftOut);
                continue;
            };
            let mut draft = Draft { file: file.path.clone(), title: self.title(), ..Draft::default() };
            draft.text = text.to_owned();
            draft.sha256 = sha256;
            if Some(source) == self.about.as_ref() || !has_many {
                draft.fields = self.fields.clone();
            }
            targets::place(annotations, &mut draft, problems);
            drafts.push(draft);
        }
        share_relations(std::mem::take(&mut self.relations), &mut drafts, problems);
        drafts
    }
}

/// The most texts that one file may be about.
const SOURCE_COUNT_MAX: usize = 1_000;

/// The text of a source; for one that is not there, the hash by which it can be found.
fn text_for<'t>(
    source: &str,
    file: &InFile,
    texts: &[Text<'t>],
    has_many: bool,
) -> Option<(&'t str, Option<String>)> {
    let hash = sha256_of(source);
    if let Some(hash) = hash {
        return match texts.iter().find(|text| text.sha256 == hash) {
            Some(text) => Some((used(text), None)),
            None => Some(("", Some(hash))),
        };
    }
    let name = source.rsplit('/').next().unwrap_or(source);
    let by_name = texts.iter().find(|text| !name.is_empty() && text.file.name() == name);
    let beside = || texts.iter().find(|text| !has_many && text.file.stem() == file.stem());
    by_name.or_else(beside).map(|text| (used(text), None))
}

fn used<'t>(text: &Text<'t>) -> &'t str {
    text.is_used.set(true);
    text.text
}

/// Each relation goes to the document that has its ends; one without, to the first, which tells it.
fn share_relations(relations: Vec<DraftRelation>, drafts: &mut [Draft], problems: &mut Problems) {
    let all = drafts.iter().enumerate();
    let ids: Vec<(String, usize)> = all
        .flat_map(|(idx, draft)| draft.annotations.iter().map(move |annotation| (annotation.id.clone(), idx)))
        .collect();
    let index = IdIndex::new(ids.iter().map(|(id, _)| id.as_str()));
    for relation in relations {
        let home = index.get(&relation.from).map_or(0, |idx| ids[idx].1);
        match drafts.get_mut(home) {
            Some(draft) => draft.relations.push(relation),
            None => problems.add(None, ProblemKind::DanglingId, &relation.from, Remedy::LeftOut),
        }
    }
}
