//! Reads files as the page would, within bounds.

use serde_json::{Value, json};
use sourcier::formats::json::{Fact, OpenContext, build, read_file};
use sourcier::model::ids::{AnnotatorId, IdSource};
use sourcier_exchange::articles::rows;
use sourcier_exchange::desk::Desk;
use sourcier_exchange::draft::Draft;
use sourcier_exchange::formats::reader;
use sourcier_exchange::import::InFile;
use sourcier_exchange::problems::Problems;

use crate::archives::means;
use crate::memory::{Used, measured};

/// What a byte of a file may take at one time. Most takes a short row of a table, which is an annotation
/// with all that the open document knows of one.
const PEAK_PER_BYTE: usize = 160;
/// And in all, from the file to the open document.
const TOTAL_PER_BYTE: usize = 800;
/// What is set aside for each file and each document, whatever its length, and once.
const PER_DOCUMENT: usize = 32 << 10;
const BASE: usize = 16 << 20;

/// What became of some files.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The reader that the desk took.
    pub format: String,
    /// What the reader alone made, and how much it told.
    pub drafts: Vec<Draft>,
    pub told_alone: usize,
    /// What the page opened in the end.
    pub texts: Vec<String>,
    /// Labels and their words.
    pub annotations: Vec<(String, String)>,
    pub relation_count: usize,
    /// How much was told on the way.
    pub told: usize,
    /// What it was, where it is listed.
    pub kinds: Vec<String>,
}

impl Outcome {
    pub fn has(&self, label: &str, words: &str) -> bool {
        self.annotations.iter().any(|(found, at)| found == label && at == words)
    }

    pub fn has_label(&self, label: &str) -> bool {
        self.annotations.iter().any(|(found, _)| found == label)
    }
}

/// Reads the files in a format, and as the page would. `name` is what a failure says.
pub fn outcome(name: &str, id: &str, files: &[InFile]) -> Outcome {
    let ((drafts, told_alone), used) = measured(|| read_alone(id, files));
    check_bounds(&format!("{name}: {id} alone"), (files, drafts.len()), used);
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let bytes: Vec<Vec<u8>> = files.iter().map(|file| file.bytes.clone()).collect();
    let (mut outcome, used) = measured(|| through_the_desk(&paths, bytes));
    check_bounds(&format!("{name}: {id} by the desk"), (files, drafts.len()), used);
    (outcome.drafts, outcome.told_alone) = (drafts, told_alone);
    outcome
}

fn check_bounds(name: &str, (files, document_count): (&[InFile], usize), used: Used) {
    let len: usize = files.iter().map(|file| file.bytes.len()).sum();
    let Used { peak, total, .. } = used;
    let told = format!("{name}: {len} bytes took {peak} at one time, {total} in all");
    let base = BASE + PER_DOCUMENT * (files.len() + document_count);
    assert!(peak <= PEAK_PER_BYTE * len + base && total <= TOTAL_PER_BYTE * len + 2 * base, "{told}");
}

fn read_alone(id: &str, files: &[InFile]) -> (Vec<Draft>, usize) {
    let mut problems = Problems::default();
    let mut drafts = Vec::new();
    if id == rows::ID {
        for file in files {
            if let Some(table) = rows::table_of(file, &mut problems) {
                drafts.extend(rows::drafts_of(file, &table, rows::text_column(&table), &mut problems));
            }
        }
    } else {
        drafts = (reader(id).expect("a reader").read)(files, &mut problems);
    }
    (drafts, problems.count())
}

fn ask(desk: &mut Desk, request: Value, files: Vec<Vec<u8>>) -> (Value, Vec<Vec<u8>>) {
    let answer = desk.answer(&request.to_string(), files);
    (serde_json::from_str(&answer.json.to_string()).expect("JSON"), answer.files)
}

/// A small label set, without any label of the files.
fn schema() -> Value {
    let name = |name: &str| json!({ "fr": name, "en": name });
    json!({
        "format": "sourcier-schema", "formatVersion": 1, "id": "none", "version": "1.0.0", "name": name("None"),
        "policy": { "overlap": "allowed", "nesting": "allowed", "discontinuous": "allowed" },
        "groups": [{ "id": "all", "name": name("All"), "family": "tint" }],
        "labels": [{
            "id": "ONE", "group": "all", "name": name("One"), "color": "#F5B3B3", "line": "solid", "tier": "v1",
            "attributes": [],
        }],
        "relations": [],
    })
}

/// From the files to open documents, with the format found out.
pub fn through_the_desk(paths: &[&str], files: Vec<Vec<u8>>) -> Outcome {
    let schema = schema();
    let mut desk = Desk::new(means());
    let read =
        json!({ "do": "read", "paths": paths, "format": "", "encoding": "", "column": "", "schema": schema });
    let (mut told, pages) = ask(&mut desk, read, files);
    if told["pages"].is_u64() {
        // The page could read none of them.
        ask(&mut desk, json!({ "do": "pages" }), vec![Vec::new(); pages.len()]);
        let again = json!({ "do": "read", "paths": [], "format": "", "encoding": "", "column": "", "schema": schema });
        told = ask(&mut desk, again, Vec::new()).0;
    }
    let take = json!({ "do": "take", "schema": schema, "choices": {}, "texts": {}, "seed": 1 });
    let (taken, natives) = ask(&mut desk, take, Vec::new());
    let mut outcome = Outcome::default();
    told["format"].as_str().unwrap_or_default().clone_into(&mut outcome.format);
    for told in [&told, &taken] {
        outcome.told += told["problemCount"].as_u64().expect("a count") as usize;
        let kinds = told["problems"].as_array().into_iter().flatten();
        outcome.kinds.extend(kinds.filter_map(|problem| problem["kind"].as_str().map(str::to_owned)));
    }
    for native in natives {
        let file = read_file(&native).expect("a native file");
        let mut ids = IdSource::new(5);
        let context = OpenContext { ids: &mut ids, annotator_id: AnnotatorId::from("u"), time_ms: 0 };
        // One without its text waits for it.
        let Ok(opened) = build(&file, None, context) else { continue };
        let facts = opened.problems.iter().map(|problem| &problem.fact).filter(|fact| !is_of_schema(fact));
        let facts: Vec<String> = facts.map(|fact| format!("{fact:?}")).collect();
        outcome.told += facts.len() + opened.moved.len() + opened.unplaced.len();
        outcome.kinds.extend(facts);
        let text = &opened.state.document.text;
        let words = |span: &sourcier::text::span::TextSpan| text[span.range()].to_owned();
        for annotation in opened.state.annotations.iter() {
            let words: Vec<String> = annotation.target.fragments().iter().map(words).collect();
            outcome.annotations.push((annotation.label.to_string(), words.join("…")));
        }
        outcome.relation_count += opened.state.relations.iter().count();
        outcome.texts.push(text.to_string());
    }
    outcome
}

/// That a label is not in the project's schema is no fault of the file.
fn is_of_schema(fact: &Fact) -> bool {
    match fact {
        Fact::Relation { fact, .. } => is_of_schema(fact),
        fact => matches!(fact, Fact::UnknownLabel { .. } | Fact::UnknownRelationType { .. }),
    }
}
