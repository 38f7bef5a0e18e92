//! States to export, by hand and at random, and the ways in and out.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use crate::edit::state::State;
use crate::formats::json::{NativeFile, OpenContext, Opened, build, read_file};
use crate::formats::rfc3339::TIME_MS_MAX;
use crate::formats::schema_json::decode_schema;
use crate::formats::{Content, ExportOptions, export};
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance, Target};
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::{Document, Fields};
use crate::model::ids::{
    AnnotationId, AnnotatorId, AttributeKey, DocumentId, EntityId, FieldKey, IdSource, LabelId,
};
use crate::model::schema::{AttributeValue, Schema};
use crate::sorted::{SortedMap, SortedSet};
use crate::text::samples::{ARTICLE, DIFFICULT, Random, drawn as drawn_places};
use crate::text::span::{TextOffset, TextSpan};

pub(super) const CONTENTS: [Content; 3] = [Content::WithText, Content::WithoutText, Content::OffsetsOnly];

/// 10 February 2022, 14:03:07.250 in UTC.
pub(super) const TIME_MS: u64 = 1_644_501_787_250;

/// A schema that no wording of the real ones changes.
pub(super) fn small_schema() -> Rc<Schema> {
    let label = |id: &str, color: &str, attributes: Value| json!({"id": id, "group": "all", "name": id, "color": color, "attributes": attributes});
    let status = json!([{
        "key": "evidence_status", "name": "Evidence", "type": "choice", "default": "not_stated",
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
    });
    Rc::new(decode_schema(&value).expect("the small schema is right"))
}

pub(super) fn options(content: Content) -> ExportOptions {
    ExportOptions {
        content,
        annotator_id: AnnotatorId::from("u-me"),
        annotator_name: Some(Rc::from("Aïcha « la relectrice »")),
    }
}

pub(super) fn exported(state: &State, content: Content) -> String {
    let mut files = export("json", state, &options(content)).expect("the state is small enough");
    assert_eq!(files.len(), 1);
    String::from_utf8(files.remove(0).bytes).expect("JSON is UTF-8")
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
        certainty: Certainty::Sure,
        dated: Default::default(),
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
    fields: Rc<Fields>,
    carried: Map<String, Value>,
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
        fields: state.fields.clone(),
        carried,
    }
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

/// Every kind of thing that a state can hold, at random.
pub(super) fn random_state(seed: u64) -> State {
    let mut random = Random::new(seed);
    let text = match random.below(4) {
        0 => DIFFICULT[random.below(DIFFICULT.len())].to_owned(),
        1 => ARTICLE.to_owned(),
        _ => random.text(120),
    };
    let id = DocumentId(Rc::from(string(&mut random) + "d"));
    let created_ms = time(&mut random);
    let mut schema = (*small_schema()).clone();
    if random.below(3) == 0 {
        schema.extra = map(&mut random, 3);
    }
    let document = Document::new(id, Rc::from(text.as_str()), created_ms);
    let mut state = State::new(Rc::new(document), Rc::new(schema));
    let count = random.below(15);
    let annotations = (0..count).filter_map(|idx| annotation(&mut random, &text, idx)).collect();
    state.annotations = AnnotationSet::from_annotations(annotations).0;
    let fields = (0..random.below(4)).map(|_| (FieldKey(Rc::from(string(&mut random))), value(&mut random)));
    state.fields = Rc::new(fields.collect());
    state.modified_ms = (random.below(2) == 0).then(|| time(&mut random));
    state.carried = Rc::new(carried(&mut random, state.modified_ms));
    state
}

fn carried(random: &mut Random, modified_ms: Option<u64>) -> Map<String, Value> {
    let mut carried = Map::new();
    for key in ["file", "document"] {
        if random.below(3) == 0 {
            let mut unknown = map(random, 3);
            unknown.insert("x-more".to_owned(), json(random, 3));
            carried.insert(key.to_owned(), Value::Object(unknown));
        }
    }
    for key in ["entities", "relations"] {
        if random.below(3) == 0 {
            carried.insert(key.to_owned(), json!([json(random, 2), {"id": "r1", "from": "a0"}]));
        }
    }
    if random.below(3) == 0 {
        let id = ["u-me", "u-other"][random.below(2)];
        carried.insert("annotator".to_owned(), json!({"id": id, "name": "Zoé", "orcid": json(random, 1)}));
        if let Some(modified_ms) = modified_ms.filter(|_| random.below(3) > 0) {
            carried.insert("annotatorModified".to_owned(), Value::from(modified_ms));
        }
    }
    carried
}

fn annotation(random: &mut Random, text: &str, idx: usize) -> Option<Annotation> {
    let spans = (0..1 + random.below(3)).filter_map(|_| {
        let ends = [random.below(text.len() + 1), random.below(text.len() + 1)];
        let ends = ends.map(|end| (0..=end).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0));
        TextSpan::new(TextOffset::new(ends[0]), TextOffset::new(ends[1]))
    });
    let target = Target::fragments_of(spans.collect())?;
    let label = ["CLAIM", "CUE", "PERSON", "UNKNOWN", "Name_Calling,Labeling"][random.below(5)];
    let mut annotation = plain(&format!("{}-{idx}", string(random)), label, target);
    for _ in 0..random.below(4) {
        let key = AttributeKey(Rc::from(string(random)));
        if random.below(2) == 0 {
            annotation.by_hand.insert(key.clone());
        }
        annotation.attributes.insert(key, value(random));
    }
    if random.below(2) == 0 {
        annotation.note = Rc::from(string(random));
        annotation.certainty = Certainty::Unsure;
    }
    if random.below(3) == 0 {
        annotation.entity = Some(EntityId(Rc::from(string(random))));
    }
    if random.below(3) == 0 {
        let mut extra = map(random, 3);
        extra.insert("x-score".to_owned(), json(random, 3));
        if annotation.note.is_empty() {
            extra.insert("note".to_owned(), json!(["not", "a", "text"]));
        }
        annotation.extra = Some(Rc::new(extra));
    }
    annotation.provenance = Provenance {
        annotator: AnnotatorId(Rc::from(string(random) + "u")),
        created_ms: time(random),
        changed_ms: time(random),
        origin: [AnnotationOrigin::ByHand, AnnotationOrigin::Imported][random.below(2)],
    };
    Some(annotation)
}

fn time(random: &mut Random) -> u64 {
    let near = TIME_MS + random.below(1 << 30) as u64;
    [0, TIME_MS_MAX, near, near, near][random.below(5)]
}

fn value(random: &mut Random) -> AttributeValue {
    match random.below(5) {
        0 => AttributeValue::Flag(random.below(2) == 0),
        1 => AttributeValue::Number(number(random)),
        2 => {
            let other =
                [Value::Null, json!(u64::MAX), json!([json(random, 2)]), json!({"": json(random, 2)})];
            AttributeValue::Other(Rc::from(other[random.below(other.len())].to_string()))
        }
        _ => AttributeValue::Text(Rc::from(string(random))),
    }
}

fn number(random: &mut Random) -> f64 {
    let bits = (random.below(1 << 32) as u64) << 32 | random.below(1 << 32) as u64;
    let any = Some(f64::from_bits(bits)).filter(|number| number.is_finite()).unwrap_or(0.5);
    let whole = random.below(2000) as f64 - 1000.0;
    let limit = 9_007_199_254_740_992.0;
    [any, any, whole, 0.1 + 0.2, -0.0, limit, -limit, limit * 2.0, 1e300][random.below(9)]
}

fn json(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth == 0 { 4 } else { 6 }) {
        0 => Value::Null,
        1 => Value::Bool(random.below(2) == 0),
        2 => [json!(-7), json!(u64::MAX), json!(i64::MIN), json!(number(random))][random.below(4)].clone(),
        3 => Value::from(string(random)),
        4 => (0..random.below(3)).map(|_| json(random, depth - 1)).collect(),
        _ => Value::Object(map(random, depth - 1)),
    }
}

fn map(random: &mut Random, depth: usize) -> Map<String, Value> {
    // Never a key of the program: those are not unknown.
    (0..random.below(3)).map(|_| (format!("x-{}", string(random)), json(random, depth))).collect()
}

/// Strings that break writers of JSON.
fn string(random: &mut Random) -> String {
    const HARD: [&str; 8] =
        ["", "\"", "\\", "\u{0}\u{1F}\u{7F}", "</script>", "\u{2028}\u{FEFF}", "a\nb\tc\r\n", "{[,:]}"];
    match random.below(3) {
        0 => HARD[random.below(HARD.len())].to_owned(),
        1 => random.text(6),
        _ => format!("key_{}", random.below(50)),
    }
}
