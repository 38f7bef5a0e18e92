//! States at random, to be exported and opened again.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use crate::edit::state::State;
use crate::formats::json::tests::support::{TIME_MS, plain, small_schema};
use crate::formats::rfc3339::TIME_MS_MAX;
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance, Target};
use crate::model::annotation_set::AnnotationSet;
use crate::model::dated::{DatedValue, DatedValues};
use crate::model::document::Document;
use crate::model::entity::Entity;
use crate::model::ids::{
    AnnotatorId, AttributeKey, DocumentId, EntityId, FieldKey, LabelId, RelationId, RelationTypeId,
};
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::Relation;
use crate::model::schema::AttributeValue;
use crate::model::structure::{Part, PartKind, Structure};
use crate::sorted::sort_by;
use crate::text::samples::{ARTICLE, DIFFICULT, Random};
use crate::text::span::{TextOffset, TextSpan};

/// Every kind of thing that a state can hold, at random.
///
/// Times are whole seconds, since files have no others.
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
        schema.extra = map(&mut random, 3).into();
    }
    let structure = structure(&mut random, &text);
    let document = Document::new(id, Rc::from(text.as_str()), created_ms).with_structure(structure);
    let mut state = State::new(Rc::new(document), Rc::new(schema));
    let entities: Vec<Rc<Entity>> =
        (0..random.below(5)).map(|idx| Rc::new(entity(&mut random, idx))).collect();
    let count = random.below(15);
    let annotations = (0..count).filter_map(|idx| annotation(&mut random, &text, &entities, idx));
    state.annotations = AnnotationSet::from_annotations(annotations.map(Rc::new).collect()).0;
    state.entities = Rc::new(entities.into_iter().map(|entity| (entity.id.clone(), entity)).collect());
    add_relations(&mut random, &mut state);
    add_paragraphs_and_times(&mut random, &mut state);
    let fields = (0..random.below(4)).map(|_| (FieldKey(Rc::from(string(&mut random))), value(&mut random)));
    state.fields = Rc::new(fields.collect());
    state.modified_ms = (random.below(2) == 0).then(|| time(&mut random));
    state.carried = Rc::new(carried(&mut random, state.modified_ms).into());
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
    let waiting =
        [("file", "unplacedEntities"), ("file", "unplacedRelations"), ("document", "unplacedParagraphs")];
    for (part, key) in waiting {
        if let Some(part) = carried.get_mut(part).filter(|_| random.below(2) == 0) {
            part[key] = json!([json(random, 2), {"id": "r1", "from": "a0"}]);
        }
    }
    if let Some(part) = carried.get_mut("document").filter(|_| random.below(2) == 0) {
        part["structure"] = json!([{"kind": "x-table", "rows": json(random, 2)}]);
    }
    if random.below(3) == 0 {
        carried.insert("timing".to_owned(), json!({"x-idle": json(random, 1)}));
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

fn entity(random: &mut Random, idx: usize) -> Entity {
    let identifier = ["", "http://www.wikidata.org/entity/Q90", "\"\\\n"][random.below(3)];
    let mut extra = map(random, 2);
    if identifier.is_empty() && random.below(3) == 0 {
        extra.insert("identifier".to_owned(), json!(["not", "a", "text"]));
    }
    Entity {
        id: EntityId(Rc::from(format!("{}e{idx}", string(random)))),
        label: LabelId(Rc::from(string(random) + "l")),
        name: Rc::from(string(random)),
        identifier: Rc::from(identifier),
        provenance: provenance(random),
        extra: Some(extra).filter(|extra| !extra.is_empty()).map(|extra| Rc::new(extra.into())),
    }
}

fn add_relations(random: &mut Random, state: &mut State) {
    let annotations: Vec<Rc<Annotation>> = state.annotations.iter().cloned().collect();
    for idx in 0..random.below(12) {
        let mut end = || annotations.get(random.below(annotations.len().max(1))).map(|end| end.id.clone());
        let (Some(from), Some(to)) = (end(), end()) else { return };
        if from == to {
            continue;
        }
        let kind = ["SOURCE", "CUE_OF", "UNKNOWN", "\"\n"][random.below(4)];
        state.relations.insert(Rc::new(Relation {
            id: RelationId(Rc::from(format!("{}r{idx}", string(random)))),
            kind: RelationTypeId::from(kind),
            from,
            to,
            provenance: provenance(random),
            extra: Some(map(random, 3)).filter(|extra| !extra.is_empty()).map(|extra| Rc::new(extra.into())),
        }));
    }
}

fn add_paragraphs_and_times(random: &mut Random, state: &mut State) {
    let states = [ParagraphState::Seen, ParagraphState::NothingHere];
    let paragraphs = 0..state.document.index.blocks.paragraphs().len() as u32;
    let said = paragraphs.filter_map(|paragraph| Some((paragraph, *states.get(random.below(4))?)));
    state.paragraphs = Rc::new(said.collect());
    if random.below(2) == 0 {
        state.timing.add(1000 * random.below(100_000) as u64);
    }
    for annotation in state.annotations.iter() {
        if random.below(3) == 0 {
            state.timing.add_to(&annotation.id, 1000 * (1 + random.below(500)) as u64);
        }
    }
}

fn dated(random: &mut Random) -> DatedValues {
    const DATES: [&str; 5] = ["2022", "2022-02", "2022-02-14", "2022-W06", "2022-02-14T18:30Z"];
    let mut values: Vec<DatedValue> = (0..1 + random.below(3))
        .map(|_| DatedValue {
            value: value(random),
            as_of: Rc::from(DATES[random.below(DATES.len())]),
            set_ms: time(random),
        })
        .collect();
    sort_by(&mut values, |left, right| (&left.as_of, left.set_ms).cmp(&(&right.as_of, right.set_ms)));
    DatedValues::from(values)
}

fn structure(random: &mut Random, text: &str) -> Structure {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let parts = (0..random.below(6)).filter_map(|_| {
        let line = lines.get(random.below(lines.len().max(1)))?;
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        let level = 1 + random.below(6) as u8;
        let kind = match random.below(5) {
            0 => PartKind::Quote,
            1 => PartKind::Heading { level },
            2 => PartKind::Item { level, number: None },
            3 => PartKind::Item { level, number: Some(random.below(20) as u32) },
            _ => PartKind::Link { address: Rc::from("https://example.org/\u{e9}?q=1&a") },
        };
        Some(Part { kind, span: TextSpan::from_range(start..start + line.len())? })
    });
    Structure::of(text, parts.collect()).0
}

fn annotation(random: &mut Random, text: &str, entities: &[Rc<Entity>], idx: usize) -> Option<Annotation> {
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
        annotation.dated.insert(AttributeKey(Rc::from(string(random))), dated(random));
    }
    if random.below(2) == 0 {
        annotation.entity = entities.get(random.below(entities.len().max(1))).map(|entity| entity.id.clone());
    }
    if random.below(3) == 0 {
        let mut extra = map(random, 3);
        extra.insert("x-score".to_owned(), json(random, 3));
        if annotation.note.is_empty() {
            extra.insert("note".to_owned(), json!(["not", "a", "text"]));
        }
        annotation.extra = Some(Rc::new(extra.into()));
    }
    annotation.provenance = provenance(random);
    Some(annotation)
}

fn provenance(random: &mut Random) -> Provenance {
    Provenance {
        annotator: AnnotatorId(Rc::from(string(random) + "u")),
        created_ms: time(random),
        changed_ms: time(random),
        origin: [AnnotationOrigin::ByHand, AnnotationOrigin::Imported][random.below(2)],
    }
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
