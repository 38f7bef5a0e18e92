//! States to export, by hand and at random, and the ways in and out.

use std::rc::Rc;

use serde_json::{Value, json};

use crate::edit::state::State;
use crate::formats::json::{NativeFile, OpenContext, Opened, build, encode_file, read_file};
use crate::formats::schema_json::decode_schema;
use crate::formats::{Content, ExportOptions};
use crate::json::Map;
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance, Target};
use crate::model::document::{Document, Fields};
use crate::model::entity::{Entities, Entity};
use crate::model::ids::{AnnotationId, AnnotatorId, DocumentId, IdSource, LabelId};
use crate::model::paragraphs::Paragraphs;
use crate::model::relation::RelationSet;
use crate::model::schema::Schema;
use crate::model::structure::{PartKind, Structure};
use crate::model::timing::Timing;
use crate::sorted::{SortedMap, SortedSet};
use crate::text::samples::drawn as drawn_places;
use crate::text::span::{TextOffset, TextSpan};

pub(super) const CONTENTS: [Content; 3] = [Content::WithText, Content::WithoutText, Content::OffsetsOnly];

/// 10 February 2022, 14:03:07.250 in UTC.
pub(super) const TIME_MS: u64 = 1_644_501_787_250;

/// A schema that no wording of the real ones changes.
pub(super) fn small_schema() -> Rc<Schema> {
    let label = |id: &str, color: &str, attributes: Value| json!({"id": id, "group": "all", "name": id, "color": color, "entity": id == "PERSON", "attributes": attributes});
    let relation = |id: &str, from: &str, to: &str| json!({"id": id, "name": id, "inverseName": id, "reads": "{from} {to}", "from": [from], "to": [to]});
    let status = json!([{
        "key": "evidence_status", "name": "Evidence", "type": "choice", "default": "not_stated", "dated": true,
        "values": [{"value": "not_stated", "name": "Not stated"}, {"value": "disputed", "name": "Disputed"}]
    }]);
    let value = json!({
        "format": "sourcier-schema", "formatVersion": 1, "id": "small", "version": "1.0.0", "name": "Small",
        "groups": [{"id": "all", "name": "All", "family": "tint"}],
        "labels": [
            label("CLAIM", "#F5B3B3", status),
            label("CUE", "#60E080", json!([])),
            label("PERSON", "#6099F5", json!([])),
        ],
        "relations": [relation("SOURCE", "PERSON", "CLAIM"), relation("CUE_OF", "CUE", "CLAIM")],
    });
    Rc::new(decode_schema(&value.into()).expect("the small schema is right"))
}

pub(super) fn options(content: Content) -> ExportOptions {
    ExportOptions {
        content,
        annotator_id: AnnotatorId::from("u-me"),
        annotator_name: Some(Rc::from("Aïcha « la relectrice »")),
    }
}

pub(super) fn exported(state: &State, content: Content) -> String {
    let bytes = encode_file(state, &options(content)).expect("the state is small enough");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

pub(super) fn read(json: &str) -> NativeFile {
    read_file(json.as_bytes()).unwrap_or_else(|error| panic!("{error:?}\n{json:.500}"))
}

pub(super) fn opened(json: &str, text: Option<&str>) -> Opened {
    let mut ids = IdSource::new(7);
    build(&read(json), text.map(Rc::from), context(&mut ids)).expect("there is a text")
}

pub(super) fn context(ids: &mut IdSource) -> OpenContext<'_> {
    OpenContext { ids, annotator_id: AnnotatorId::from("u-me"), time_ms: TIME_MS }
}

/// A state over `text` with an annotation for each label and drawing of its words. In a drawing
/// without bars all is marked; else what stands between the first and the second bar, and so on:
/// `|a|-t-il |ajouté|`.
pub(super) fn marked(text: &str, marks: &[(&str, &str)]) -> State {
    let document = Document::new(DocumentId::from("d-test"), Rc::from(text), TIME_MS);
    let mut state = State::new(Rc::new(document), small_schema());
    for (idx, (label, drawing)) in marks.iter().enumerate() {
        let (words, bars) = drawn_places(drawing);
        let start = text.find(&words).unwrap_or_else(|| panic!("no {words:?}"));
        let ends: Vec<usize> = if bars.is_empty() {
            vec![0, words.len()]
        } else {
            bars.iter().map(|bar| bar.to_usize()).collect()
        };
        let fragments = ends.chunks(2).filter_map(|ends| {
            TextSpan::new(TextOffset::new(start + ends[0]), TextOffset::new(start + ends[1]))
        });
        let target = Target::fragments_of(fragments.collect()).expect("words are not empty");
        state.annotations.insert(Rc::new(plain(&format!("a{idx}"), label, target)));
    }
    state
}

pub(super) fn plain(id: &str, label: &str, target: Target) -> Annotation {
    Annotation {
        id: AnnotationId::from(id),
        label: LabelId::from(label),
        target,
        attributes: SortedMap::new(),
        by_hand: SortedSet::new(),
        dated: SortedMap::new(),
        certainty: Certainty::Sure,
        note: Rc::from(""),
        entity: None,
        provenance: Provenance {
            annotator: AnnotatorId::from("u-me"),
            created_ms: TIME_MS,
            changed_ms: TIME_MS,
            origin: AnnotationOrigin::ByHand,
        },
        extra: None,
    }
}

/// All that a state holds, to be compared with another; who opened it is left out.
#[derive(Debug, PartialEq)]
pub(super) struct Work {
    document_id: DocumentId,
    text: Rc<str>,
    created_ms: u64,
    modified_ms: Option<u64>,
    annotations: Vec<Rc<Annotation>>,
    relations: RelationSet,
    entities: Entities,
    structure: Structure,
    paragraphs: Paragraphs,
    timing: Timing,
    fields: Rc<Fields>,
    carried: Map,
}

pub(super) fn content_of(state: &State) -> Work {
    let mut carried = (*state.carried).clone();
    carried.remove("annotator");
    carried.remove("annotatorModified");
    Work {
        document_id: state.document.id.clone(),
        text: state.document.text.clone(),
        created_ms: state.document.created_ms,
        modified_ms: state.modified_ms,
        annotations: state.annotations.iter().cloned().collect(),
        relations: state.relations.clone(),
        entities: state.entities.clone(),
        structure: state.document.structure.clone(),
        paragraphs: state.paragraphs.clone(),
        timing: state.timing.clone(),
        fields: state.fields.clone(),
        carried,
    }
}

/// The state as it comes back from a file with this much of the article: entities are called by
/// words of the article, so with offsets only each is called by its first mention, and no link has
/// its address.
pub(super) fn expected(state: &State, content: Content) -> State {
    let mut expected = state.clone();
    if content == Content::OffsetsOnly {
        let renamed = state.entities.iter().map(|(id, entity)| {
            let first = state.annotations.mentions(id).next();
            let name = first.map_or(String::new(), |first| first.target.surface(&state.document.text));
            (id.clone(), Rc::new(Entity { name: Rc::from(name), ..entity.as_ref().clone() }))
        });
        expected.entities = Rc::new(renamed.collect());
        let document = &state.document;
        let parts = document.structure.parts().iter().cloned();
        let parts = parts.filter(|part| !matches!(part.kind, PartKind::Link { .. })).collect();
        let (structure, _) = Structure::of(&document.text, parts);
        let document = Document::new(document.id.clone(), document.text.clone(), document.created_ms);
        expected.document = Rc::new(document.with_structure(structure));
    }
    expected
}

/// `CLAIM 4-12 minister`, one for each annotation.
pub(super) fn drawn(state: &State) -> String {
    let code_point = |offset| state.document.index.offsets.code_point_of(&state.document.text, offset);
    let line = |annotation: &Rc<Annotation>| {
        let target = &annotation.target;
        let (start, end) = (code_point(target.start()), code_point(target.end()));
        format!("{} {start}-{end} {}", annotation.label, target.surface(&state.document.text))
    };
    state.annotations.iter().map(line).collect::<Vec<_>>().join("; ")
}
