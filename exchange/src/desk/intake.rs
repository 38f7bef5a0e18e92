//! Imports, for the page.

use std::rc::Rc;

use sourcier::formats::json::is_sourcier_json;
use sourcier::json::{Map, Value};
use sourcier::model::ids::IdSource;
use sourcier::model::schema::Schema;
use sourcier::sorted::SortedMap;
use sourcier::text::hash::sha256_hex;

use super::natives::Native;
use super::{Answer, EXCERPT_LEN_MAX, Means, refused};
use crate::articles::docx::DOCUMENT_PART;
use crate::articles::edited::after_edit;
use crate::articles::encoding::{UTF_8, encoding_of, html_encoding_of};
use crate::articles::read_page::is_page;
use crate::articles::{page, rows};
use crate::draft::Draft;
use crate::formats::jsonl;
use crate::formats::{reader, recognise};
use crate::import::InFile;
use crate::mapping::{Choice, Mapping, Names, find_label, schema_of};
use crate::native::names_in;
use crate::pack::{FILE_COUNT_MAX, is_zip, unpack};
use crate::problems::{Problem, ProblemKind, Problems, Remedy};

/// The most documents that are taken at once: a file can hold one in every few bytes.
const DOCUMENT_COUNT_MAX: usize = FILE_COUNT_MAX;
/// About how many bytes of web pages are given to the page at once.
const PAGES_LEN: usize = 8 << 20;
/// The most documents that are described one by one.
const DESCRIBED_COUNT_MAX: usize = 200;

#[derive(Default)]
pub(super) struct Intake {
    /// As they were given, archives unpacked.
    files: Vec<InFile>,
    /// What was wrong with the archives that the files came in.
    unpacking: Problems,
    /// What was read of the files that are web pages, by the number of the file.
    pages: SortedMap<usize, Page>,
    /// Those that are being read.
    asked: Vec<(usize, String)>,
    drafts: Vec<Draft>,
    natives: Vec<Native>,
    /// The names in those native files that have another label set than the one in use.
    native_names: Names,
}

/// How a person wants the files to be read; what is empty is found out.
pub(super) struct Wanted<'r> {
    pub format: &'r str,
    pub encoding: &'r str,
    /// Of a table: which column holds the text.
    pub column: &'r str,
}

/// How a person wants what was read.
pub(super) struct Taking<'r> {
    /// The texts that a person edited in the preview, by the number of the document.
    pub texts: &'r Value,
    /// Native files get their labels mapped too.
    pub is_native_mapped: bool,
    pub seed: u64,
}

/// A web page as it was read, and the encoding that it was taken to be in.
struct Page {
    encoding: String,
    /// Empty where it could not be read.
    json: Vec<u8>,
}

/// What was found out about the files.
#[derive(Default)]
struct Found {
    format: &'static str,
    encoding: String,
    columns: Vec<String>,
    column: String,
}

impl Intake {
    /// Takes files in; those of archives are taken one by one. Without any, the last ones stay.
    pub(super) fn give(&mut self, files: impl Iterator<Item = (String, Vec<u8>)>, means: Means) {
        let mut files = files.map(|(path, bytes)| InFile { path, bytes }).peekable();
        if files.peek().is_none() {
            return;
        }
        self.files.clear();
        self.pages = SortedMap::new();
        self.unpacking = Problems::default();
        for file in files {
            match is_zip(&file.bytes) {
                true => self.files.extend(unpacked(file, means, &mut self.unpacking)),
                false => self.files.push(file),
            }
        }
    }

    /// Takes what was read of the pages that were asked for.
    pub(super) fn give_pages(&mut self, files: Vec<Vec<u8>>) -> Answer {
        let mut files = files.into_iter();
        for (idx, encoding) in std::mem::take(&mut self.asked) {
            self.pages.insert(idx, Page { encoding, json: files.next().unwrap_or_default() });
        }
        Answer::default()
    }

    /// Reads the files, in the way that a person chose, or in the one that fits best.
    pub(super) fn read(&mut self, wanted: &Wanted<'_>, schema: &Value, means: Means) -> Answer {
        let Some(schema) = schema_of(schema) else { return refused("schema", "") };
        let mut problems = self.unpacking.clone();
        self.drafts.clear();
        self.natives.clear();
        self.native_names = Names::default();
        self.asked.clear();
        let mut found = Found { encoding: UTF_8.to_owned(), ..Found::default() };
        let (mut others, mut unread) = (Vec::new(), Vec::new());
        let is_page_wanted = matches!(wanted.format, "" | "page" | "page-whole");
        for (idx, file) in self.files.iter().enumerate() {
            let Some((mut file, encoding)) = in_utf8(file, wanted, means, &mut problems) else { continue };
            if encoding != UTF_8 {
                found.encoding.clone_from(&encoding);
            }
            if is_page_wanted && !is_page(&file) && page::is_html(&file) {
                match self.pages.get(&idx).filter(|page| page.encoding == encoding) {
                    Some(page) if page.json.is_empty() => {}
                    Some(page) => file.bytes.clone_from(&page.json),
                    None => {
                        self.asked.push((idx, encoding));
                        unread.push(file.bytes);
                        if unread.iter().map(Vec::len).sum::<usize>() > PAGES_LEN {
                            break;
                        }
                        continue;
                    }
                }
            }
            match native_files(&file, &mut problems) {
                Some(natives) => {
                    let names = &mut self.native_names;
                    let native = |bytes| Native::new(bytes, &file.path, &schema, names);
                    self.natives.extend(natives.into_iter().map(native));
                }
                None => others.push(file),
            }
        }
        if !unread.is_empty() {
            return Answer { json: Map::new().with("pages", unread.len()), files: unread };
        }
        if !others.is_empty() {
            self.read_others(&others, wanted, &mut found, &mut problems);
            if self.drafts.len() > DOCUMENT_COUNT_MAX {
                let what = self.drafts[DOCUMENT_COUNT_MAX].title.clone();
                problems.add(None, ProblemKind::TooLarge, &what, Remedy::LeftOut);
                self.drafts.truncate(DOCUMENT_COUNT_MAX);
            }
        } else if !self.natives.is_empty() {
            found.format = "jsonl";
        }
        Answer { json: self.described(&found, &schema, &problems), files: Vec::new() }
    }

    fn read_others(
        &mut self,
        files: &[InFile],
        wanted: &Wanted<'_>,
        found: &mut Found,
        problems: &mut Problems,
    ) {
        let best = if wanted.format.is_empty() { recognise(files) } else { reader(wanted.format) };
        // A table is only taken for one where no format of annotations fits better than plain text.
        let is_plain = best.is_none_or(|reader| reader.id == crate::articles::plain::READER.id);
        if wanted.format == rows::ID || (wanted.format.is_empty() && is_plain) {
            let mut told = problems.clone();
            let drafts = rows_of(files, wanted.column, found, &mut told);
            if !drafts.is_empty() {
                self.drafts = drafts;
                *problems = told;
                found.format = rows::ID;
                return;
            }
        }
        if let Some(reader) = best {
            self.drafts = (reader.read)(files, problems);
            found.format = reader.id;
        }
    }

    fn described(&self, found: &Found, schema: &Schema, problems: &Problems) -> Map {
        let Names { labels, relations, .. } = names_in(&self.drafts);
        let known = |name: &String| find_label(schema, name);
        let label = |(name, count): (&String, &usize)| {
            Map::new().with("name", name).with("count", *count).with("label", known(name))
        };
        let relation = |(name, count): (&String, &usize)| Map::new().with("name", name).with("count", *count);
        Map::new()
            .with("format", found.format)
            .with("encoding", &found.encoding)
            .with("columns", Value::from_iter(&found.columns))
            .with("column", &found.column)
            .with("natives", self.natives.len())
            .with("others", self.natives.iter().filter(|native| native.is_other).count())
            .with("documentCount", self.drafts.len())
            .with(
                "documents",
                self.drafts
                    .iter()
                    .map(draft_json)
                    .chain(self.natives.iter().map(|native| native.described()))
                    .take(DESCRIBED_COUNT_MAX)
                    .collect::<Value>(),
            )
            .with("labels", labels.iter().map(label).collect::<Value>())
            .with("nativeLabels", self.native_names.labels.iter().map(label).collect::<Value>())
            .with("relations", relations.iter().map(relation).collect::<Value>())
            .with("problemCount", problems.count())
            .with("problems", problems.list().iter().map(problem_json).collect::<Value>())
    }

    /// Native files of all that was read, under the project's schema; those that were native come as
    /// they are, or, where a person wants their labels on that schema, under it too.
    pub(super) fn take(
        &mut self,
        schema_json: &Value,
        choices: &SortedMap<String, Choice>,
        wanted: &Taking<'_>,
    ) -> Answer {
        let mut drafts = std::mem::take(&mut self.drafts);
        for (idx, draft) in drafts.iter_mut().enumerate() {
            // The places of annotations count in the text as it came.
            if let Some(text) =
                wanted.texts[&*idx.to_string()].as_str().filter(|_| draft.annotations.is_empty())
            {
                if let Some(structure) = &mut draft.structure {
                    *structure = Rc::new(after_edit(structure, &draft.text, text));
                }
                text.clone_into(&mut draft.text);
            }
        }
        let mut names = names_in(&drafts);
        if wanted.is_native_mapped {
            let native = std::mem::take(&mut self.native_names);
            for (name, count) in native.labels {
                *names.labels.get_or_insert(name, 0) += count;
            }
            for (name, count) in native.relations {
                *names.relations.get_or_insert(name, 0) += count;
            }
            names.definitions = native.definitions;
        }
        let Some(mapping) = Mapping::new(schema_json, &names, choices) else { return refused("schema", "") };
        let mut problems = Problems::default();
        let mut ids = IdSource::new(wanted.seed);
        let native_mapping = Some(&mapping).filter(|_| wanted.is_native_mapped);
        let natives = std::mem::take(&mut self.natives).into_iter();
        let mut files: Vec<Vec<u8>> = natives.map(|native| native.into_bytes(native_mapping)).collect();
        for draft in drafts {
            files.push(draft.into_native(&mapping, &mut ids, &mut problems));
        }
        let json = Map::new()
            .with("problemCount", problems.count())
            .with("problems", problems.list().iter().map(problem_json).collect::<Value>());
        Answer { json, files }
    }
}

/// The files of an archive. A Word file is one, and only one part of it is read.
fn unpacked(archive: InFile, means: Means, problems: &mut Problems) -> Vec<InFile> {
    let files = unpack(&archive, means.archiver, problems);
    match files.iter().position(|file| file.path == DOCUMENT_PART) {
        Some(document) => {
            let bytes = files.into_iter().nth(document).map(|file| file.bytes).unwrap_or_default();
            vec![InFile { path: archive.path, bytes }]
        }
        None => files,
    }
}

/// The file with its text in UTF-8, and the encoding that it was in. `None` where the bytes are no text
/// in any encoding: an image in a folder of articles.
fn in_utf8(
    file: &InFile,
    wanted: &Wanted<'_>,
    means: Means,
    problems: &mut Problems,
) -> Option<(InFile, String)> {
    let found = || match page::is_html(file) {
        true => html_encoding_of(&file.bytes),
        false => encoding_of(&file.bytes).to_owned(),
    };
    let encoding = if wanted.encoding.is_empty() { found() } else { wanted.encoding.to_owned() };
    problems.file.clone_from(&file.path);
    if encoding == UTF_8 || is_page(file) {
        return Some((file.clone(), UTF_8.to_owned()));
    }
    let decoded = |encoding: &str| (means.decode)(&file.bytes, encoding).filter(|text| !text.contains('\0'));
    // What HTML says of itself may be no encoding at all.
    let guessed = encoding_of(&file.bytes);
    let text = decoded(&encoding).map(|text| (text, encoding)).or_else(|| {
        let text = decoded(guessed).filter(|_| wanted.encoding.is_empty());
        text.map(|text| (text, guessed.to_owned()))
    });
    match text {
        Some((text, encoding)) => {
            Some((InFile { path: file.path.clone(), bytes: text.into_bytes() }, encoding))
        }
        None => {
            problems.add(None, ProblemKind::BadEncoding, file.name(), Remedy::FileLeftOut);
            None
        }
    }
}

/// The documents of tables. `column` is the one that a person chose.
fn rows_of(files: &[InFile], column: &str, found: &mut Found, problems: &mut Problems) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for file in files {
        let Some(table) = rows::table_of(file, problems) else { continue };
        let chosen = table.columns.iter().position(|name| name == column);
        let column = chosen.unwrap_or_else(|| rows::text_column(&table));
        drafts.extend(rows::drafts_of(file, &table, column, problems));
        found.column.clone_from(&table.columns[column]);
        found.columns = table.columns;
    }
    drafts
}

/// The native files in a file: itself, or each of its lines.
fn native_files(file: &InFile, problems: &mut Problems) -> Option<Vec<Vec<u8>>> {
    let lines = jsonl::split(file, problems);
    lines.or_else(|| is_sourcier_json(&file.bytes).then(|| vec![file.bytes.clone()]))
}

fn draft_json(draft: &Draft) -> Map {
    let excerpt: String = draft.text.chars().take(EXCERPT_LEN_MAX).collect();
    let is_whole = excerpt.len() == draft.text.len();
    Map::new()
        .with("file", &draft.file)
        .with("title", &draft.title)
        .with("length", draft.text.chars().count())
        .with("excerpt", excerpt)
        .with("isWhole", is_whole)
        .with("sha256", sha256_hex(&draft.text))
        .with("annotations", draft.annotations.len())
        .with("relations", draft.relations.len())
        .with("fields", draft.fields.clone())
}

fn problem_json(problem: &Problem) -> Map {
    Map::new()
        .with("file", &problem.file)
        .with("line", problem.line)
        .with("kind", problem.kind.code())
        .with("what", &problem.what)
        .with("remedy", problem.remedy.code())
}
