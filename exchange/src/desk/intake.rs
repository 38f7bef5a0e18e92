//! Imports, for the page.

use serde_json::{Value, json};
use sourcier::formats::json::is_sourcier_json;
use sourcier::formats::schema_json::decode_schema;
use sourcier::model::ids::IdSource;
use sourcier::model::schema::Schema;
use sourcier::sorted::SortedMap;

use super::{Answer, refused};
use crate::draft::Draft;
use crate::import::{InFile, names_in, reader, recognise};
use crate::jsonl;
use crate::mapping::{Choice, Mapping, find_label};
use crate::pack::{Archiver, is_zip, unpack};
use crate::problems::{Problem, Problems};

/// The most characters of a text that a preview shows.
const EXCERPT_LEN_MAX: usize = 600;
/// The most documents that are described one by one.
const DESCRIBED_COUNT_MAX: usize = 200;

#[derive(Default)]
pub(super) struct Intake {
    files: Vec<InFile>,
    /// What was wrong with the archives that the files came in.
    unpacking: Problems,
    drafts: Vec<Draft>,
    /// Native files need no mapping: they bring their schema.
    natives: Vec<Vec<u8>>,
}

impl Intake {
    /// Takes files in; those of archives are taken one by one. Without any, the last ones stay.
    pub(super) fn give(&mut self, files: impl Iterator<Item = (String, Vec<u8>)>, archiver: Archiver) {
        let mut files = files.map(|(path, bytes)| InFile { path, bytes }).peekable();
        if files.peek().is_none() {
            return;
        }
        self.files.clear();
        self.unpacking = Problems::default();
        for file in files {
            match is_zip(&file.bytes) {
                true => self.files.extend(unpack(&file, archiver, &mut self.unpacking)),
                false => self.files.push(file),
            }
        }
    }

    /// Reads the files, in the format that a person chose, or in the one that fits best.
    pub(super) fn read(&mut self, format: &str, schema: &Value) -> Answer {
        let Ok(schema) = decode_schema(schema) else { return refused("schema", "") };
        let mut problems = self.unpacking.clone();
        self.drafts.clear();
        self.natives.clear();
        let mut others = Vec::new();
        for file in &self.files {
            match native_files(file, &mut problems) {
                Some(natives) => self.natives.extend(natives),
                None => others.push(file.clone()),
            }
        }
        let found = if format.is_empty() { recognise(&others) } else { reader(format) };
        if let Some(reader) = found.filter(|_| !others.is_empty()) {
            self.drafts = (reader.read)(&others, &mut problems);
        }
        let format = match found {
            Some(reader) => reader.id,
            None if !self.natives.is_empty() => "jsonl",
            None => "",
        };
        Answer { json: self.described(format, &schema, &problems), files: Vec::new() }
    }

    fn described(&self, format: &str, schema: &Schema, problems: &Problems) -> Value {
        let (labels, relations) = names_in(&self.drafts);
        let known = |name: &String| find_label(schema, name);
        let label = |(name, count)| json!({ "name": name, "count": count, "label": known(name) });
        let relation = |(name, count)| json!({ "name": name, "count": count });
        json!({
            "format": format,
            "natives": self.natives.len(),
            "documentCount": self.drafts.len(),
            "documents": self.drafts.iter().take(DESCRIBED_COUNT_MAX).map(draft_json).collect::<Vec<Value>>(),
            "labels": labels.iter().map(label).collect::<Vec<Value>>(),
            "relations": relations.iter().map(relation).collect::<Vec<Value>>(),
            "problemCount": problems.count(),
            "problems": problems.list().iter().map(problem_json).collect::<Vec<Value>>(),
        })
    }

    /// Native files of all that was read, under the project's schema.
    pub(super) fn take(
        &mut self,
        schema_json: &Value,
        choices: &SortedMap<String, Choice>,
        seed: u64,
    ) -> Answer {
        let Ok(schema) = decode_schema(schema_json) else { return refused("schema", "") };
        let drafts = std::mem::take(&mut self.drafts);
        let (labels, relations) = names_in(&drafts);
        let labels = labels.keys().map(String::as_str);
        let relations = relations.keys().map(String::as_str);
        let (mapping, schema_json) = Mapping::new(&schema, schema_json, labels, relations, choices);
        let Ok(schema) = decode_schema(&schema_json) else { return refused("schema", "") };
        let mut problems = Problems::default();
        let mut ids = IdSource::new(seed);
        let mut files = std::mem::take(&mut self.natives);
        for draft in drafts {
            files.push(draft.into_native(&schema, &schema_json, &mapping, &mut ids, &mut problems));
        }
        let json = json!({
            "problemCount": problems.count(),
            "problems": problems.list().iter().map(problem_json).collect::<Vec<Value>>(),
        });
        Answer { json, files }
    }
}

/// The native files in a file: itself, or each of its lines.
fn native_files(file: &InFile, problems: &mut Problems) -> Option<Vec<Vec<u8>>> {
    let lines = jsonl::split(file, problems);
    lines.or_else(|| is_sourcier_json(&file.bytes).then(|| vec![file.bytes.clone()]))
}

fn draft_json(draft: &Draft) -> Value {
    let excerpt: String = draft.text.chars().take(EXCERPT_LEN_MAX).collect();
    json!({
        "file": draft.file, "title": draft.title, "length": draft.text.chars().count(), "excerpt": excerpt,
        "annotations": draft.annotations.len(), "relations": draft.relations.len(), "fields": draft.fields,
    })
}

fn problem_json(problem: &Problem) -> Value {
    json!({
        "file": problem.file, "line": problem.line, "kind": problem.kind.code(), "what": problem.what,
        "remedy": problem.remedy.code(),
    })
}
