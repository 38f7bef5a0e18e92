//! The card of a data set: what `datasets` reads of it, and what people do.

use std::fmt::Write;

use sourcier::json::Value;
use sourcier::sorted::SortedSet;

use crate::options::Options;
use crate::work::Work;

/// What is counted while documents are written.
pub struct Card {
    options: Options,
    /// The file of the rows; empty before the first document.
    path: String,
    name: String,
    languages: SortedSet<String>,
    document_count: usize,
    row_count: usize,
    labels: Counts,
    relations: Counts,
}

/// Names in the order in which they were met, and how often.
#[derive(Default)]
pub struct Counts {
    counts: Vec<(String, usize)>,
}

impl Counts {
    /// Adds to the count of a name, and gives back its place.
    pub fn add(&mut self, name: &str, count: usize) -> usize {
        let known = self.counts.iter().position(|(other, _)| other == name);
        let idx = known.unwrap_or_else(|| {
            self.counts.push((name.to_owned(), 0));
            self.counts.len() - 1
        });
        self.counts[idx].1 += count;
        idx
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.counts.iter().map(|(name, _)| name.as_str())
    }

    /// A table in Markdown. A bar would part its cells.
    fn table(&self, head: &str, count_head: &str) -> String {
        let mut table = format!("| {head} | {count_head} |\n|---|---:|\n");
        for (name, count) in &self.counts {
            // Writing to a string cannot fail.
            let _ = writeln!(table, "| {} | {count} |", name.replace('|', "\\|"));
        }
        table
    }
}

impl Card {
    pub fn new(options: Options) -> Card {
        Card {
            options,
            path: String::new(),
            name: String::new(),
            languages: SortedSet::new(),
            document_count: 0,
            row_count: 0,
            labels: Counts::default(),
            relations: Counts::default(),
        }
    }

    pub fn options(&self) -> &Options {
        &self.options
    }

    pub fn labels(&mut self) -> &mut Counts {
        &mut self.labels
    }

    pub fn relations(&mut self) -> &mut Counts {
        &mut self.relations
    }

    /// Counts a document that has these rows in the file at `path`.
    pub fn add(&mut self, work: Work<'_>, path: &str, row_count: usize) {
        self.document_count += 1;
        self.row_count += row_count;
        if self.path.is_empty() {
            path.clone_into(&mut self.path);
            let own = if self.options.project.is_empty() { work.stem } else { &self.options.project };
            own.clone_into(&mut self.name);
        }
        let primary = work.field("language").and_then(|tag| tag.split(['-', '_']).next());
        if let Some(language) = primary.filter(|it| (2..=3).contains(&it.len()) && is_word(it)) {
            self.languages.insert(language.to_ascii_lowercase());
        }
    }

    /// The card, with the columns as YAML, each line indented as below `features:`.
    pub fn text(&self, features: &str) -> String {
        let mut head = String::from("---\n");
        if !self.languages.is_empty() {
            head.push_str("language:\n");
            for language in self.languages.iter() {
                // `no` is no word in YAML.
                let _ = writeln!(head, "- '{language}'");
            }
        }
        let (name, path) = (quoted(&self.name), quoted(&self.path));
        let _ = write!(
            head,
            "pretty_name: {name}\ntask_categories:\n- token-classification\n\
             configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: {path}\n\
             dataset_info:\n  features:\n{features}---\n\n"
        );
        head.push_str(&self.body());
        head
    }

    fn body(&self) -> String {
        let (documents, rows) = (self.document_count, self.row_count);
        let is_french = self.options.is_french();
        let mut body = format!("# {}\n\n", self.name.replace(['\n', '\r'], " "));
        let _ = match is_french {
            true => writeln!(body, "Annoté avec Sourcier. Documents : {documents}. Lignes : {rows}.\n"),
            false => writeln!(body, "Annotated with Sourcier. Documents: {documents}. Rows: {rows}.\n"),
        };
        let heads = match is_french {
            true => ["Étiquette", "Annotations", "Relation", "Nombre"],
            false => ["Label", "Annotations", "Relation", "Count"],
        };
        body.push_str(&self.labels.table(heads[0], heads[1]));
        if self.relations.names().next().is_some() {
            let _ = write!(body, "\n{}", self.relations.table(heads[2], heads[3]));
        }
        body
    }
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// A string of JSON, which is one of YAML too.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
