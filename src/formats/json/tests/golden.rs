//! Files that stay as they are, byte for byte. `UPDATE_GOLDEN=1` writes them anew.

use std::path::Path;
use std::rc::Rc;

use serde_json::json;

use crate::edit::state::State;
use crate::formats::Content;
use crate::formats::json::tests::support::{
    CONTENTS, TIME_MS, content_of, expected, exported, marked, opened, plain,
};
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty};
use crate::model::dated::DatedValue;
use crate::model::document::Document;
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, AttributeKey, EntityId, FieldKey};
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::Relation;
use crate::model::schema::AttributeValue;
use crate::model::structure::{Part, PartKind, Structure};
use crate::text::samples::ARTICLE;
use crate::text::span::TextSpan;

/// Everything that has broken offsets before: a leading space, U+FEFF, a joined family, CR LF,
/// combining marks, Arabic, Chinese, soft hyphens, a character beyond the first plane.
const HARD: &str = " \u{FEFF}Titre\r\n\r\n👨\u{200D}👩\u{200D}👧 dit « e\u{301}te\u{301} » : قال الوزير، 部长说谎。\
    co\u{AD}opé\u{AD}ra\u{AD}tion 𝒜 fin\r\n";

#[test]
fn golden_files() {
    for content in CONTENTS {
        let suffix = match content {
            Content::WithText => "",
            Content::WithoutText => "-without-text",
            Content::OffsetsOnly => "-offsets-only",
        };
        check(&format!("article{suffix}"), &article(), content);
        check(&format!("hard{suffix}"), &hard(), content);
        check(&format!("linked{suffix}"), &linked(), content);
        check(&format!("structured{suffix}"), &structured(), content);
    }
    check("empty", &marked("", &[]), Content::WithText);
    check("empty-without-text", &marked("", &[]), Content::WithoutText);
}

fn check(name: &str, state: &State, content: Content) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/native/{name}.json"));
    let json = exported(state, content);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &json).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(json == golden, "{name} differs; UPDATE_GOLDEN=1 writes it anew\n{json}");
    let opened = opened(&golden, Some(&state.document.text));
    assert_eq!(content_of(&opened.state), content_of(&expected(state, content)), "{name}");
}

/// Nested, crossing, touching and discontinuous annotations of the sample article.
fn article() -> State {
    let mut state = marked(
        ARTICLE,
        &[
            ("CLAIM", "la transition en cours était une « affaire interne » du Kazakhstan"),
            ("QUOTE", "affaire interne"),
            ("PERSON", "Kassym-Jomart Tokaïev"),
            ("CUE", "|a|-t-il |ajouté|"),
            ("ALLEGATION", "le pays a été victime de groupes de « bandits »"),
            ("PERSON", "groupes de « bandits » et de « terroristes » formés à l’étranger"),
            ("QUOTE", "bandits"),
            ("EVIDENCE", "sans avoir apporté de preuves"),
        ],
    );
    let fields = [("agency", "AFP"), ("language", "fr"), ("title", "Moscou : « soutien »")];
    state.fields =
        Rc::new(fields.map(|(key, text)| (FieldKey::from(key), AttributeValue::Text(Rc::from(text)))).into());
    state.modified_ms = Some(TIME_MS + 86_400_000);
    add_entity(&mut state, "e-tokaiev", "PERSON", "Kassym-Jomart Tokaïev");
    edit(&mut state, "a4", |annotation| {
        let attribute = |text: &str| AttributeValue::Text(Rc::from(text));
        annotation.attributes.insert(AttributeKey::from("evidence_status"), attribute("no_evidence"));
        annotation.attributes.insert(AttributeKey::from("weight"), AttributeValue::Number(3.0));
        annotation.attributes.insert(AttributeKey::from("share"), AttributeValue::Number(0.25));
        annotation.attributes.insert(AttributeKey::from("is_core"), AttributeValue::Flag(true));
        annotation.by_hand.insert(AttributeKey::from("evidence_status"));
        annotation.note = Rc::from("Qui le dit ?\nVoir « preuves ».");
        annotation.certainty = Certainty::Unsure;
    });
    edit(&mut state, "a2", |annotation| {
        annotation.entity = Some(EntityId::from("e-tokaiev"));
        annotation.provenance.origin = AnnotationOrigin::Imported;
        annotation.provenance.changed_ms += 61_001;
        annotation.extra = Some(Rc::new([("score", json!(0.5).into())].into_iter().collect()));
    });
    state
}

fn hard() -> State {
    marked(
        HARD,
        &[
            ("CLAIM", HARD),
            ("PERSON", "👨\u{200D}👩\u{200D}👧"),
            ("CUE", "|dit| « |e\u{301}te\u{301}| » : |قال|"),
            ("PERSON", "部长"),
            ("CLAIM", "部长说谎"),
            ("CLAIM", "co\u{AD}opé\u{AD}ra\u{AD}tion 𝒜 fin\r\n"),
            ("CUE", "\u{FEFF}Titre\r\n"),
        ],
    )
}

/// The hard text with all that hangs on annotations: entities of one mention, of two and of none;
/// relations out of order, of an unknown type and between ends that the schema forbids; dated
/// values; paragraphs; times.
fn linked() -> State {
    let mut state = hard();
    add_entity(&mut state, "e-minister", "PERSON", "部长 \"X\"");
    add_entity(&mut state, "e-family", "PERSON", "👨\u{200D}👩\u{200D}👧");
    add_entity(&mut state, "e-alone", "PLACE", "قال");
    for (id, entity) in [("a3", "e-minister"), ("a4", "e-minister"), ("a1", "e-family")] {
        edit(&mut state, id, |annotation| annotation.entity = Some(EntityId::from(entity)));
    }
    let entities = Rc::make_mut(&mut state.entities);
    let mut family = entities[&EntityId::from("e-family")].as_ref().clone();
    family.identifier = Rc::from("http://www.wikidata.org/entity/Q8436");
    family.extra = Some(Rc::new([("score", json!([0.5]).into())].into_iter().collect()));
    family.provenance.origin = AnnotationOrigin::Imported;
    entities.insert(family.id.clone(), Rc::new(family));
    let relations = [
        ("SOURCE", "a3", "a5"),
        ("SOURCE", "a1", "a4"),
        ("SOURCE", "a1", "a0"),
        ("CUE_OF", "a1", "a0"),
        ("OLD", "a5", "a0"),
    ];
    for (idx, (kind, from, to)) in relations.into_iter().enumerate() {
        let provenance =
            plain("", "", state.annotations.nth(0).expect("annotations").target.clone()).provenance;
        let extra = (idx == 1).then(|| Rc::new([("by", json!({"rule": 7}).into())].into_iter().collect()));
        let (kind, from, to) = (kind.into(), from.into(), to.into());
        let id = format!("r{idx}").as_str().into();
        state.relations.insert(Rc::new(Relation { id, kind, from, to, provenance, extra }));
    }
    edit(&mut state, "a4", |annotation| {
        let dated = |value: &str, as_of: &str, set_ms| DatedValue {
            value: AttributeValue::Text(Rc::from(value)),
            as_of: Rc::from(as_of),
            set_ms,
        };
        let key = AttributeKey::from("evidence_status");
        annotation.attributes.insert(key.clone(), AttributeValue::Text(Rc::from("disputed")));
        annotation.by_hand.insert(key.clone());
        let values = [dated("not_stated", "2022-02", TIME_MS), dated("disputed", "2022-02-14", TIME_MS + 1)];
        annotation.dated.insert(key, Rc::from(values));
    });
    state.paragraphs = Rc::new([(0, ParagraphState::Seen), (1, ParagraphState::NothingHere)].into());
    state.timing.add(3_723_000);
    for (id, active_ms) in [("a4", 12_000), ("a0", 1_000)] {
        state.timing.add_to(&AnnotationId::from(id), active_ms);
    }
    state
}

/// The hard text with parts of every kind, in each other, and one that a newer version wrote.
fn structured() -> State {
    const TEXT: &str =
        "Titre 𝒜\r\n\r\n« e\u{301}te\u{301} »\r\n\r\nUn\r\nDeux\r\nFin 👨\u{200D}👩\u{200D}👧\r\n";
    let span = |words: &str| {
        let start = TEXT.find(words).expect("the words are there");
        TextSpan::from_range(start..start + words.len()).expect("words are not empty")
    };
    let parts = [
        (PartKind::Heading { level: 1 }, "Titre 𝒜"),
        (PartKind::Quote, "« e\u{301}te\u{301} »\r\n\r\nUn"),
        (PartKind::Item { level: 1, number: None }, "Un"),
        (PartKind::Item { level: 2, number: Some(3) }, "Deux"),
        (PartKind::Link { address: Rc::from("https://example.org/\u{e9}?a=1&b=2") }, "𝒜\r\n\r\n« e"),
        (PartKind::Link { address: Rc::from("mailto:redaction@example.org") }, "👨\u{200D}👩\u{200D}👧"),
    ];
    let parts = parts.into_iter().map(|(kind, words)| Part { kind, span: span(words) }).collect();
    let mut state = marked(TEXT, &[("CUE", "e\u{301}te\u{301}")]);
    let (structure, left_out) = Structure::of(TEXT, parts);
    assert_eq!(left_out, 0);
    let document = Document::new(state.document.id.clone(), Rc::from(TEXT), TIME_MS);
    state.document = Rc::new(document.with_structure(structure));
    let unknown = json!({"structure": [{"start": 0, "end": 7, "kind": "x-table"}]});
    state.carried = Rc::new([("document", unknown.into())].into_iter().collect());
    state
}

fn add_entity(state: &mut State, id: &str, label: &str, name: &str) {
    let provenance = plain("", "", state.annotations.nth(0).expect("annotations").target.clone()).provenance;
    let (id, label, name) = (EntityId::from(id), label.into(), Rc::from(name));
    let entity = Entity { id: id.clone(), label, name, identifier: Rc::from(""), provenance, extra: None };
    Rc::make_mut(&mut state.entities).insert(id, Rc::new(entity));
}

fn edit(state: &mut State, id: &str, change: impl FnOnce(&mut Annotation)) {
    let found = state.annotations.get(&AnnotationId::from(id)).expect("the annotation is there");
    let mut annotation = found.as_ref().clone();
    change(&mut annotation);
    state.annotations.insert(Rc::new(annotation));
}
