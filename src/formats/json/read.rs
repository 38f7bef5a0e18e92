//! Parsing the native file, up to the point where the text is needed.

use std::rc::Rc;

use crate::formats::json::members::Members;
use crate::formats::json::report::{Fact, Problem, Remedy};
use crate::formats::json::value::decode_value;
use crate::formats::json::wire::{DOCUMENT_KEYS, WireAnnotation, WireFile, WireList};
use crate::formats::json::{
    ANNOTATION_COUNT_MAX, CARRIED_ANNOTATOR, CARRIED_DOCUMENT, CARRIED_FILE, CARRIED_MODIFIED, NATIVE_FORMAT,
    NATIVE_FORMAT_VERSION, NATIVE_SIZE_MAX,
};
use crate::formats::schema_json::{SchemaProblem, decode_schema};
use crate::json::{Fault, Map, Steps, SyntaxError, Value, from_str};
use crate::model::document::Fields;
use crate::model::ids::{AnnotatorId, DocumentId, FieldKey};
use crate::model::schema::Schema;
use crate::text::hash::sha256_hex;

/// How many entries a step takes: a millisecond of work.
const STEP: usize = 256;

/// A file that was parsed, not yet on its text.
#[derive(Debug)]
pub struct NativeFile {
    pub schema: Rc<Schema>,
    /// `None` where the file has none.
    pub document_id: Option<DocumentId>,
    /// `None` for a file without its text.
    pub text: Option<Rc<str>>,
    /// Of the text that the file was made for: 64 lower-case hexadecimal digits, if it is right.
    pub sha256: Rc<str>,
    /// The hash of `text` itself, where somebody has worked it out: the browser does that far quicker.
    pub text_sha256: Option<Rc<str>>,
    pub fields: Fields,
    pub created_ms: Option<u64>,
    pub modified_ms: Option<u64>,
    pub annotator: Option<FileAnnotator>,
    pub(super) length: Option<u64>,
    pub(super) annotations: Vec<WireAnnotation>,
    pub(super) entities: Value,
    pub(super) relations: Value,
    pub(super) structure: Value,
    pub(super) paragraphs: Value,
    pub(super) timing: Value,
    pub(super) carried: Map,
    pub(super) problems: Vec<Problem>,
}

/// Whose work a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileAnnotator {
    pub id: AnnotatorId,
    pub name: Option<Rc<str>>,
}

/// Why a file cannot be opened. Lines and columns count from 1, columns in code points.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadError {
    TooLarge {
        size_bytes: usize,
        size_bytes_max: usize,
    },
    /// Not UTF-8 from this byte on.
    NotUtf8 {
        at_byte: usize,
    },
    /// `is_cut_off` where the file ends too early.
    NotJson {
        line: usize,
        column: usize,
        is_cut_off: bool,
    },
    /// Lists or objects in each other more than a hundred deep.
    TooDeep {
        line: usize,
        column: usize,
    },
    /// A `\ud800` without its other half: no text can hold it.
    LoneSurrogate {
        line: usize,
        column: usize,
    },
    /// JSON, but not a file of this program: `found` is its `format`, if it has one.
    NotOurs {
        found: Option<Rc<str>>,
    },
    WrongVersion {
        found: u64,
        known: u64,
    },
    /// The places count in a unit that the format does not have.
    WrongUnit {
        found: Rc<str>,
    },
    SchemaProblems(Vec<SchemaProblem>),
    MissingPart {
        path: &'static str,
    },
    /// A part that the file cannot do without has the wrong type.
    WrongPart {
        path: &'static str,
    },
    TooManyAnnotations {
        count: usize,
        count_max: usize,
    },
}

impl NativeFile {
    /// How the text is laid out, as the file says it.
    pub fn structure(&self) -> Value {
        self.structure.clone()
    }

    pub fn annotation_count(&self) -> usize {
        self.annotations.len()
    }

    /// Lets go of so many entries of each list; to let go of all of a long file takes a moment. Whether
    /// some are left.
    pub fn shrink(&mut self, count: usize) -> bool {
        let left = self.annotations.len().saturating_sub(count);
        self.annotations.truncate(left);
        let mut is_left = left > 0;
        for list in [&mut self.entities, &mut self.relations] {
            if let Value::Array(items) = list {
                items.truncate(items.len().saturating_sub(count));
                is_left |= !items.is_empty();
            }
        }
        is_left
    }
}

/// Whether the bytes are meant to be a native file, be they whole and right or not. Quick for
/// files as this program writes them, O(n) for other JSON objects.
pub fn is_sourcier_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let Some(rest) = bytes.strip_prefix(b"{") else { return false };
    let rest = rest.trim_ascii_start().strip_prefix(b"\"format\"").map(<[u8]>::trim_ascii_start);
    if let Some(value) = rest.and_then(|rest| rest.strip_prefix(b":")) {
        return value.trim_ascii_start().starts_with(b"\"sourcier\"");
    }
    if bytes.len() > NATIVE_SIZE_MAX {
        return false;
    }
    let json = from_str(std::str::from_utf8(bytes).unwrap_or_default());
    json.is_ok_and(|json| json.get("format").and_then(Value::as_str) == Some(NATIVE_FORMAT))
}

/// Parses a native file of this or an older version. What can be mended is reported later, with the document.
///
/// O(n). Never panics; nesting is limited, and the size is checked before anything else.
pub fn read_file(bytes: &[u8]) -> Result<NativeFile, ReadError> {
    let mut reading = Reading::new(bytes)?;
    loop {
        if let Some(file) = reading.step()? {
            return Ok(file);
        }
    }
}

/// A file that is read in steps: between two of them the caller can let others at the page, or leave it.
pub struct Reading<'b> {
    json: &'b str,
    steps: Steps<'b>,
}

impl<'b> Reading<'b> {
    pub fn new(bytes: &'b [u8]) -> Result<Reading<'b>, ReadError> {
        let json = json_of(bytes)?;
        Ok(Reading { json, steps: Steps::new(json) })
    }

    /// Goes on a little. The file, when all is read.
    pub fn step(&mut self) -> Result<Option<NativeFile>, ReadError> {
        match self.steps.step(STEP) {
            Ok(None) => Ok(None),
            Ok(Some(Value::Object(map))) => file_of(map).map(Some),
            Ok(Some(_)) => Err(ReadError::NotOurs { found: None }),
            Err(error) => Err(syntax_error(self.json, error)),
        }
    }

    /// How much is done.
    pub fn percent(&self) -> usize {
        (self.steps.at() as u64 * 100 / (self.json.len() as u64).max(1)) as usize
    }
}

fn file_of(map: Map) -> Result<NativeFile, ReadError> {
    let file = WireFile::from(map);
    check_format(&file)?;
    let schema = match &file.schema {
        Value::Null => return Err(ReadError::MissingPart { path: "schema" }),
        value => decode_schema(value).map_err(ReadError::SchemaProblems)?,
    };
    let annotations = match file.annotations {
        WireList::Absent => return Err(ReadError::MissingPart { path: "annotations" }),
        WireList::NotAList => return Err(ReadError::WrongPart { path: "annotations" }),
        WireList::List(annotations) => annotations,
    };
    if annotations.len() > ANNOTATION_COUNT_MAX {
        let (count, count_max) = (annotations.len(), ANNOTATION_COUNT_MAX);
        return Err(ReadError::TooManyAnnotations { count, count_max });
    }
    let mut carried = Map::new();
    if !file.extra.is_empty() {
        carried.insert(CARRIED_FILE, file.extra);
    }
    let document = match file.document {
        Value::Null => return Err(ReadError::MissingPart { path: "document" }),
        Value::Object(document) => read_document(document, Rc::new(schema), annotations, carried)?,
        _ => return Err(ReadError::WrongPart { path: "document" }),
    };
    let (entities, relations, timing) = (file.entities, file.relations, file.timing);
    Ok(NativeFile { entities, relations, timing, ..document })
}

/// Parses a JSON object, with errors that name a place.
pub(super) fn parse_object(bytes: &[u8]) -> Result<Map, ReadError> {
    let json = json_of(bytes)?;
    match from_str(json) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(ReadError::NotOurs { found: None }),
        Err(error) => Err(syntax_error(json, error)),
    }
}

fn json_of(bytes: &[u8]) -> Result<&str, ReadError> {
    if bytes.len() > NATIVE_SIZE_MAX {
        let (size_bytes, size_bytes_max) = (bytes.len(), NATIVE_SIZE_MAX);
        return Err(ReadError::TooLarge { size_bytes, size_bytes_max });
    }
    let json =
        std::str::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 { at_byte: error.valid_up_to() })?;
    // At the start of a file U+FEFF is a signature of the encoding, not text.
    Ok(json.strip_prefix('\u{FEFF}').unwrap_or(json))
}

fn syntax_error(json: &str, error: SyntaxError) -> ReadError {
    if let Some(at_byte) = lone_surrogate(json).filter(|&at_byte| at_byte <= error.at_byte) {
        let (line, column) = line_and_column(json, at_byte);
        return ReadError::LoneSurrogate { line, column };
    }
    let (line, column) = line_and_column(json, error.at_byte);
    match error.fault {
        Fault::TooDeep => ReadError::TooDeep { line, column },
        Fault::Wrong => ReadError::NotJson { line, column, is_cut_off: false },
        Fault::CutOff => ReadError::NotJson { line, column, is_cut_off: true },
    }
}

/// The byte of the first `\u` escape that is half of a pair without the other half.
fn lone_surrogate(json: &str) -> Option<usize> {
    let bytes = json.as_bytes();
    let escape = |at: usize| -> Option<u32> {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'\\') {
        at += found;
        match escape(at) {
            Some(0xD800..=0xDBFF) if matches!(escape(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => return Some(at),
            // Of an escape without `u`, the second character may be a backslash too.
            _ => at = (at + 2).min(bytes.len()),
        }
    }
    None
}

fn line_and_column(json: &str, at_byte: usize) -> (usize, usize) {
    let mut at_byte = at_byte.min(json.len());
    while !json.is_char_boundary(at_byte) {
        at_byte -= 1;
    }
    let before = &json[..at_byte];
    let line_start = before.rfind('\n').map_or(0, |index| index + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

fn check_format(file: &WireFile) -> Result<(), ReadError> {
    match &file.format {
        Value::String(format) if **format == *NATIVE_FORMAT => {}
        Value::String(format) => return Err(ReadError::NotOurs { found: Some(format.clone()) }),
        _ => return Err(ReadError::NotOurs { found: None }),
    }
    let known = NATIVE_FORMAT_VERSION;
    match (&file.format_version, file.format_version.as_u64()) {
        (Value::Null, _) => Err(ReadError::MissingPart { path: "formatVersion" }),
        (_, None) => Err(ReadError::WrongPart { path: "formatVersion" }),
        (_, Some(found)) if !(1..=known).contains(&found) => Err(ReadError::WrongVersion { found, known }),
        _ => Ok(()),
    }
}

fn read_document(
    mut map: Map,
    schema: Rc<Schema>,
    annotations: Vec<WireAnnotation>,
    mut carried: Map,
) -> Result<NativeFile, ReadError> {
    let paragraphs = map.remove("paragraphs").unwrap_or_default();
    let structure = map.remove("structure").unwrap_or_default();
    let mut parts = Members::new(&map);
    let text = match parts.take("text") {
        None => None,
        Some(Value::String(text)) => Some(text),
        Some(_) => return Err(ReadError::WrongPart { path: "document.text" }),
    };
    if let Some(found) = parts.text("offsetUnit").filter(|unit| &**unit != "code-point") {
        return Err(ReadError::WrongUnit { found });
    }
    let document_id = parts.text("id").filter(|id| !id.is_empty()).map(DocumentId);
    if document_id.is_none() {
        parts.facts.push(Fact::Missing { key: "id" });
    }
    let sha256 = match (parts.text("sha256"), &text) {
        (Some(stated), _) => Rc::from(stated.to_ascii_lowercase()),
        (None, Some(text)) => {
            parts.facts.push(Fact::Missing { key: "sha256" });
            Rc::from(sha256_hex(text))
        }
        (None, None) => return Err(ReadError::MissingPart { path: "document.sha256" }),
    };
    let length = parts.take("length").and_then(|length| length.as_u64());
    let created_ms = parts.time("created");
    let modified_ms = parts.time("modified");
    let fields = read_fields(&mut parts);
    let annotator = parts.take("annotator");
    let problem = |fact| Problem { annotation: None, fact, remedy: Remedy::Default };
    let problems = parts.facts.into_iter().map(problem).collect();
    if let Some(Value::Object(annotator)) = &annotator {
        carried.insert(CARRIED_ANNOTATOR, annotator.clone());
        if let Some(modified_ms) = modified_ms {
            carried.insert(CARRIED_MODIFIED, modified_ms);
        }
    }
    map.retain(|key| !DOCUMENT_KEYS.contains(&key));
    if !map.is_empty() {
        carried.insert(CARRIED_DOCUMENT, map);
    }
    Ok(NativeFile {
        schema,
        document_id,
        text,
        sha256,
        text_sha256: None,
        fields,
        created_ms,
        modified_ms,
        annotator: annotator.as_ref().and_then(file_annotator),
        length,
        annotations,
        entities: Value::Null,
        relations: Value::Null,
        structure,
        paragraphs,
        timing: Value::Null,
        carried,
        problems,
    })
}

fn file_annotator(value: &Value) -> Option<FileAnnotator> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    Some(FileAnnotator { id: AnnotatorId::from(text("id")?), name: text("name").map(Rc::from) })
}

fn read_fields(document: &mut Members) -> Fields {
    match document.take("fields") {
        None => Fields::new(),
        Some(Value::Object(fields)) => {
            fields.iter().map(|(key, value)| (FieldKey(key.clone()), decode_value(value))).collect()
        }
        Some(_) => {
            document.facts.push(Fact::WrongType { key: "fields" });
            Fields::new()
        }
    }
}
