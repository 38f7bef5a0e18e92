//! Writing the native file, whole or in steps.

use std::ops::Range;
use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::json::dated::write_dated;
use crate::formats::json::paragraphs::write_paragraphs;
use crate::formats::json::structure::write_structure;
use crate::formats::json::timing::write_timing;
use crate::formats::json::wire::{DOCUMENT_KEYS, FILE_KEYS, Key};
use crate::formats::json::write_links::{
    Linked, Listed, entities_in_order, relations_in_order, write_entity, write_provenance, write_relation,
};
use crate::formats::json::writer::Writer;
use crate::formats::json::{
    CARRIED_ANNOTATOR, CARRIED_DOCUMENT, CARRIED_FILE, CARRIED_MODIFIED, CONTEXT_LEN, NATIVE_FORMAT,
    NATIVE_FORMAT_VERSION, NATIVE_SIZE_MAX,
};
use crate::formats::schema_json::encode_schema;
use crate::formats::{Content, ExportOptions, TooLarge};
use crate::json::{Map, Value};
use crate::model::annotation::{Annotation, Certainty};
use crate::model::selector::{context_after, context_before};
use crate::text::offsets::CodePointCursor;
use crate::text::span::TextOffset;

/// From this many bytes on the offset index is quicker than counting characters.
const COUNTED_BYTES_MAX: u32 = 2048;

/// How many entries a step takes: a millisecond of work.
const STEP: usize = 256;

/// What an annotation takes beside its words, roughly.
const ANNOTATION_BYTES: usize = 320;

/// What a relation takes, roughly.
const RELATION_BYTES: usize = 220;

/// The bytes of the native file. The same state and options give the same bytes, always.
/// O(size of the file), and
/// O(n log n) for n relations and entities.
pub fn encode_file(state: &State, options: &ExportOptions) -> Result<Vec<u8>, TooLarge> {
    let mut encoding = Encoding::new(state, options)?;
    while encoding.step() {}
    encoding.finish()
}

/// A file that is written in steps: between two of them the caller can let others at the page, or leave it.
pub struct Encoding<'s> {
    state: &'s State,
    options: &'s ExportOptions,
    writer: Writer,
    cursor: CodePointCursor<'s>,
    entities: Vec<Listed<'s>>,
    relations: Vec<Linked<'s>>,
    stage: Stage,
    /// How many entries of a list are written.
    written: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Head,
    Entities,
    Annotations,
    Relations,
    Rest,
    Done,
}

impl<'s> Encoding<'s> {
    /// See [`encode_file`].
    pub fn new(state: &'s State, options: &'s ExportOptions) -> Result<Encoding<'s>, TooLarge> {
        let expected_size = expected_size(state, options);
        check_size(expected_size)?;
        let mut writer = Writer::default();
        let beside_words =
            ANNOTATION_BYTES * state.annotations.len() + RELATION_BYTES * state.relations.len();
        writer.out.reserve(usize::try_from(expected_size).unwrap_or(0) + beside_words);
        let (entities, relations) = (Vec::new(), Vec::new());
        let cursor = CodePointCursor::new(&state.document.text);
        Ok(Encoding { state, options, writer, cursor, entities, relations, stage: Stage::Head, written: 0 })
    }

    /// Goes on a little. Whether there is more to do before [`Encoding::finish`].
    pub fn step(&mut self) -> bool {
        let entries = self.written..self.written + STEP;
        self.written = entries.end;
        let len = match self.stage {
            Stage::Head => {
                self.write_head();
                0
            }
            Stage::Entities => {
                for (_, entity) in self.entities.iter().skip(entries.start).take(STEP) {
                    self.writer.line_item();
                    write_entity(&mut self.writer, entity, self.options.content);
                }
                self.entities.len()
            }
            Stage::Annotations => {
                self.write_annotations(entries);
                self.state.annotations.len()
            }
            Stage::Relations => {
                for (_, _, relation) in self.relations.iter().skip(entries.start).take(STEP) {
                    self.writer.line_item();
                    write_relation(&mut self.writer, relation);
                }
                self.relations.len()
            }
            Stage::Rest => {
                self.write_rest_of_file();
                0
            }
            Stage::Done => return false,
        };
        if self.written >= len {
            self.end_stage();
        }
        true
    }

    /// How much is done.
    pub fn percent(&self) -> usize {
        match self.stage {
            Stage::Head | Stage::Entities => 5,
            Stage::Annotations => 10 + self.written * 80 / self.state.annotations.len().max(1),
            Stage::Relations => 90 + self.written * 9 / self.relations.len().max(1),
            Stage::Rest | Stage::Done => 100,
        }
    }

    /// The file, once [`Encoding::step`] said that there is no more to do.
    pub fn finish(self) -> Result<Vec<u8>, TooLarge> {
        check_size(self.writer.out.len() as u64)?;
        Ok(self.writer.out.into_bytes())
    }

    fn write_head(&mut self) {
        let Encoding { state, options, writer, .. } = self;
        writer.open_lines('{');
        writer.line_member("format");
        writer.string(NATIVE_FORMAT);
        writer.line_member("formatVersion");
        writer.whole(NATIVE_FORMAT_VERSION);
        writer.line_member("schema");
        match encode_schema(&state.schema) {
            Value::Object(map) => writer.object_lines(&map),
            other => writer.value(&other),
        }
        writer.line_member("document");
        write_document(writer, state, options);
    }

    /// Ends the list that is written, and begins the next one.
    fn end_stage(&mut self) {
        if let Stage::Entities | Stage::Annotations | Stage::Relations = self.stage {
            self.writer.close_lines(']');
        }
        self.written = 0;
        let (stage, list) = match self.stage {
            Stage::Head => {
                self.entities = entities_in_order(self.state);
                (Stage::Entities, Some("entities"))
            }
            Stage::Entities => (Stage::Annotations, Some("annotations")),
            Stage::Annotations => {
                self.relations = relations_in_order(self.state);
                (Stage::Relations, Some("relations"))
            }
            Stage::Relations => (Stage::Rest, None),
            Stage::Rest | Stage::Done => (Stage::Done, None),
        };
        self.stage = stage;
        if let Some(list) = list {
            self.writer.line_member(list);
            self.writer.open_lines('[');
        }
    }

    fn write_annotations(&mut self, entries: Range<usize>) {
        for annotation in self.state.annotations.iter_from(entries.start).take(entries.len()) {
            self.writer.line_item();
            let start = self.cursor.advance_to(annotation.target.start());
            write_annotation(&mut self.writer, self.state, annotation, start, self.options.content);
        }
    }

    fn write_rest_of_file(&mut self) {
        let Encoding { state, writer, .. } = self;
        write_timing(writer, state);
        for (key, value) in carried_map(state, CARRIED_FILE).filter(|(key, _)| !FILE_KEYS.contains(&&***key))
        {
            writer.line_member(key);
            match value {
                Value::Array(items) => writer.list_lines(items),
                other => writer.value(other),
            }
        }
        writer.close_lines('}');
        writer.raw("\n");
    }
}

/// At least how large the file gets by the words in it; nested annotations repeat them.
fn expected_size(state: &State, options: &ExportOptions) -> u64 {
    let text = || state.document.text.len() as u64;
    let words = || {
        let len = |annotation: &Rc<Annotation>| u64::from(annotation.target.envelope().len_bytes());
        state.annotations.iter().map(len).sum::<u64>()
    };
    match options.content {
        Content::WithText => text() + words(),
        Content::WithoutText => words(),
        Content::OffsetsOnly => 0,
    }
}

fn check_size(size_bytes: u64) -> Result<(), TooLarge> {
    let size_bytes_max = NATIVE_SIZE_MAX as u64;
    let is_small = size_bytes <= size_bytes_max;
    if is_small { Ok(()) } else { Err(TooLarge { size_bytes, size_bytes_max }) }
}

fn carried_map<'s>(state: &'s State, key: &str) -> impl Iterator<Item = (&'s Rc<str>, &'s Value)> {
    state.carried.get(key).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

fn write_document(writer: &mut Writer, state: &State, options: &ExportOptions) {
    let document = &state.document;
    writer.open_lines('{');
    writer.line_member("id");
    writer.string(document.id.as_str());
    if options.content == Content::WithText {
        writer.line_member("text");
        writer.string(&document.text);
    }
    writer.line_member("sha256");
    writer.string(document.sha256());
    writer.line_member("length");
    writer.whole(u64::from(document.index.offsets.len_code_points()));
    writer.line_member("offsetUnit");
    writer.string("code-point");
    writer.line_member("created");
    writer.time(document.created_ms);
    if let Some(modified_ms) = state.modified_ms {
        writer.line_member("modified");
        writer.time(modified_ms);
    }
    writer.line_member("annotator");
    writer.value(&Value::Object(annotator_of(state, options)));
    writer.line_member("fields");
    writer.open_lines('{');
    for (key, value) in state.fields.iter() {
        writer.line_member(key.as_str());
        writer.attribute_value(value);
    }
    writer.close_lines('}');
    write_structure(writer, state, options.content);
    write_paragraphs(writer, state);
    for (key, value) in carried_map(state, CARRIED_DOCUMENT) {
        if !DOCUMENT_KEYS.contains(&&**key) {
            writer.line_member(key);
            writer.value(value);
        }
    }
    writer.close_lines('}');
}

/// Whose work the file is: the person at this browser, or, while nobody has edited what came out
/// of another's file, that other person.
fn annotator_of(state: &State, options: &ExportOptions) -> Map {
    let carried = state.carried.get(CARRIED_ANNOTATOR).and_then(Value::as_object);
    let modified_ms = state.carried.get(CARRIED_MODIFIED).and_then(Value::as_u64);
    let is_unedited = modified_ms == state.modified_ms;
    let own = || Map::from_iter([("id", Value::from(&options.annotator_id.0))]);
    let mut annotator = match carried {
        Some(carried) if carried.get("id").and_then(Value::as_str) == Some(options.annotator_id.as_str()) => {
            carried.clone()
        }
        Some(carried) if is_unedited => return carried.clone(),
        _ => own(),
    };
    if let Some(name) = &options.annotator_name {
        annotator.insert("name", &**name);
    }
    annotator
}

/// `start` is the annotation's start in code points.
fn write_annotation(
    writer: &mut Writer,
    state: &State,
    annotation: &Annotation,
    start: u32,
    content: Content,
) {
    writer.raw("{");
    writer.member(Key::Id.name());
    writer.string(annotation.id.as_str());
    writer.member(Key::Label.name());
    writer.string(annotation.label.as_str());
    write_target(writer, state, annotation, start, content);
    writer.member(Key::Attributes.name());
    writer.raw("{");
    for (key, value) in &annotation.attributes {
        writer.member(key.as_str());
        writer.attribute_value(value);
    }
    writer.raw("}");
    if !annotation.by_hand.is_empty() {
        writer.member(Key::ByHand.name());
        writer.raw("[");
        for (idx, key) in annotation.by_hand.iter().enumerate() {
            writer.raw(if idx > 0 { "," } else { "" });
            writer.string(key.as_str());
        }
        writer.raw("]");
    }
    write_dated(writer, annotation);
    if let Some(entity_id) = &annotation.entity {
        writer.member(Key::Entity.name());
        writer.string(entity_id.as_str());
    }
    write_rest(writer, annotation);
    writer.raw("}");
}

fn write_target(writer: &mut Writer, state: &State, annotation: &Annotation, start: u32, content: Content) {
    let text = &*state.document.text;
    let envelope = annotation.target.envelope();
    // `start` plus the characters from there to `offset`, a byte offset at or after it.
    let code_points_to = |offset: TextOffset| {
        if offset.0 - envelope.start().0 > COUNTED_BYTES_MAX {
            return u64::from(state.document.index.offsets.code_point_of(text, offset));
        }
        let between = &text[envelope.start().to_usize()..offset.to_usize()];
        u64::from(start) + between.chars().count() as u64
    };
    writer.member(Key::Start.name());
    writer.whole(u64::from(start));
    writer.member(Key::End.name());
    writer.whole(code_points_to(envelope.end()));
    if content != Content::OffsetsOnly {
        writer.member(Key::Surface.name());
        writer.string(&text[envelope.range()]);
    }
    if content == Content::WithoutText {
        writer.member(Key::Prefix.name());
        writer.string(context_before(text, envelope.start(), CONTEXT_LEN));
        writer.member(Key::Suffix.name());
        writer.string(context_after(text, envelope.end(), CONTEXT_LEN));
    }
    if annotation.target.is_discontinuous() {
        writer.member(Key::Fragments.name());
        writer.raw("[");
        for (idx, fragment) in annotation.target.fragments().iter().enumerate() {
            writer.raw(if idx > 0 { ",{\"start\":" } else { "{\"start\":" });
            writer.whole(code_points_to(fragment.start()));
            writer.raw(",\"end\":");
            writer.whole(code_points_to(fragment.end()));
            writer.raw("}");
        }
        writer.raw("]");
    }
}

/// Certainty, note, provenance, and what files said besides.
fn write_rest(writer: &mut Writer, annotation: &Annotation) {
    writer.member(Key::Certainty.name());
    writer.string(match annotation.certainty {
        Certainty::Sure => "sure",
        Certainty::Unsure => "unsure",
    });
    if !annotation.note.is_empty() {
        writer.member(Key::Note.name());
        writer.string(&annotation.note);
    }
    write_provenance(writer, &annotation.provenance);
    let Some(extra) = &annotation.extra else { return };
    let unknown = extra.iter().map(|(key, value)| (&**key, value)).filter(|(key, _)| !Key::is_known(key));
    let waiting = Key::OPTIONAL
        .into_iter()
        .filter(|&key| is_free(key, annotation))
        .filter_map(|key| Some((key.name(), extra.get(key.name())?)));
    for (key, value) in unknown.chain(waiting) {
        writer.member(key);
        writer.value(value);
    }
}

/// Whether the model has nothing to say under an optional key, so that a value which it could not
/// take from a file may stand there.
fn is_free(key: Key, annotation: &Annotation) -> bool {
    match key {
        Key::Note => annotation.note.is_empty(),
        Key::Entity => annotation.entity.is_none(),
        Key::ByHand => annotation.by_hand.is_empty(),
        Key::Dated => annotation.dated.is_empty(),
        _ => false,
    }
}
