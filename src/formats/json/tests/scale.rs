//! Large files. The times are printed for people (`--nocapture`); no test depends on them.

use std::rc::Rc;
use std::time::Instant;

use crate::formats::Content;
use crate::formats::json::tests::support::{
    CONTENTS, context, exported, marked, opened, plain, small_schema,
};
use crate::formats::json::{OpenAnnotation, OpenDocument, build_from_parts};
use crate::model::annotation::Target;
use crate::model::annotation_set::AnnotationSet;
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, AttributeKey, EntityId, IdSource};
use crate::model::relation::Relation;
use crate::model::schema::AttributeValue;
use crate::text::span::{TextOffset, TextSpan};

const COUNT: usize = 30_000;
const SENTENCE: &str = "Le ministre « é 👩 » a menti. ";

fn report(what: &str, start: Instant, size_bytes: usize) {
    println!("{what}: {} ms, {} kB", start.elapsed().as_millis(), size_bytes / 1000);
}

#[test]
fn thirty_thousand_annotations_come_back() {
    let text = SENTENCE.repeat(COUNT);
    let mut state = marked(&text, &[]);
    let annotations = (0..COUNT).map(|idx| {
        let start = TextOffset::new(idx * SENTENCE.len() + 3);
        let span = TextSpan::new(start, TextOffset::new(start.to_usize() + 8)).expect("eight bytes");
        let mut annotation = plain(&format!("a{idx:05}"), "CLAIM", Target::span(span));
        for key in ["evidence_status", "quote_type", "source_type", "polarity"] {
            annotation.attributes.insert(AttributeKey::from(key), AttributeValue::Text("not_stated".into()));
        }
        annotation
    });
    state.annotations = AnnotationSet::from_annotations(annotations.map(Rc::new).collect()).0;
    for content in CONTENTS {
        let start = Instant::now();
        let json = exported(&state, content);
        report(&format!("write {content:?}"), start, json.len());
        let start = Instant::now();
        let opened = opened(&json, Some(&text));
        report(&format!("read {content:?}"), start, json.len());
        assert!(opened.problems.is_empty() && opened.state.annotations == state.annotations);
        assert!(exported(&opened.state, content) == json);
    }
}

#[test]
fn thirty_thousand_relations_come_back() {
    let text = SENTENCE.repeat(COUNT);
    let mut state = marked(&text, &[]);
    let id = |idx: usize| AnnotationId::from(format!("a{:05}", (idx * 7_919) % COUNT).as_str());
    let mut entities = Vec::with_capacity(COUNT / 3);
    let annotations = (0..COUNT).map(|idx| {
        let start = TextOffset::new(idx * SENTENCE.len() + 3);
        let span = TextSpan::new(start, TextOffset::new(start.to_usize() + 8)).expect("eight bytes");
        let label = ["PERSON", "CLAIM"][idx % 2];
        let mut annotation = plain(id(idx).as_str(), label, Target::span(span));
        let entity = EntityId::from(format!("e{:05}", (idx * 31) % (COUNT / 3)).as_str());
        if idx < COUNT / 3 {
            let (label, name) = (label.into(), "Le ministre".into());
            let (provenance, identifier) = (annotation.provenance.clone(), "".into());
            entities.push(Entity { id: entity.clone(), label, name, identifier, provenance, extra: None });
        }
        annotation.entity = Some(entity);
        annotation
    });
    state.annotations = AnnotationSet::from_annotations(annotations.map(Rc::new).collect()).0;
    state.entities =
        Rc::new(entities.into_iter().map(|entity| (entity.id.clone(), Rc::new(entity))).collect());
    for idx in 0..COUNT {
        let (from, to) = (id(2 * (idx / 2)), id(2 * (idx / 2) + 1));
        let kind = ["SOURCE", "CUE_OF"][idx % 2].into();
        let provenance = state.annotations.get(&from).expect("an end").provenance.clone();
        let id = format!("r{:05}", (idx * 104_729) % COUNT).as_str().into();
        state.relations.insert(Rc::new(Relation { id, kind, from, to, provenance, extra: None }));
    }
    let start = Instant::now();
    let json = exported(&state, Content::WithText);
    report("write relations", start, json.len());
    let start = Instant::now();
    let opened = opened(&json, None);
    report("read relations", start, json.len());
    // CUE_OF begins at a CUE.
    assert_eq!(opened.problems.len(), COUNT / 2);
    assert!(opened.state.relations == state.relations && opened.state.entities == state.entities);
    assert!(exported(&opened.state, Content::WithText) == json);
}

/// Words were put before the text: every annotation moves, and each finds its place.
#[test]
fn thirty_thousand_annotations_move() {
    let text: String = (0..COUNT).map(|idx| format!("Selon {idx:05} é, le ministre a menti.\n")).collect();
    let line_len = text.len() / COUNT;
    let mut state = marked(&text, &[]);
    let annotations = (0..COUNT).map(|idx| {
        let start = TextOffset::new(idx * line_len + 19);
        let span = TextSpan::new(start, TextOffset::new(start.to_usize() + 8)).expect("eight bytes");
        plain(&format!("a{idx:05}"), "CLAIM", Target::span(span))
    });
    state.annotations = AnnotationSet::from_annotations(annotations.map(Rc::new).collect()).0;
    let json = exported(&state, Content::WithoutText);
    let start = Instant::now();
    let opened = opened(&json, Some(&format!("漢字.\n{text}")));
    report("move", start, json.len());
    assert!(opened.unplaced.is_empty() && opened.moved.len() == COUNT);
    for moved in &opened.moved {
        assert_eq!(moved.to.0, moved.from.unwrap_or_default().0 + 4);
        assert_eq!((&*moved.surface, moved.is_ambiguous), ("ministre", false));
    }
}

#[test]
fn thirty_thousand_annotations_are_handed_over() {
    let len = SENTENCE.chars().count();
    let annotations = (0..COUNT).rev().map(|idx| OpenAnnotation {
        label: Rc::from("CLAIM"),
        start: (idx * len + 3) as f64,
        end: (idx * len + 11) as f64,
        ..OpenAnnotation::default()
    });
    let text = SENTENCE.repeat(COUNT);
    let parts =
        OpenDocument { annotations: annotations.collect(), text: Rc::from(text), ..OpenDocument::default() };
    let mut ids = IdSource::new(1);
    let start = Instant::now();
    let opened = build_from_parts(parts, small_schema(), context(&mut ids));
    report("open", start, opened.state.document.text.len());
    assert!(opened.problems.is_empty() && opened.state.annotations.len() == COUNT);
    let is_right = |span: TextSpan| opened.state.document.slice(span) == "ministre";
    assert!(opened.state.annotations.iter().all(|annotation| is_right(annotation.target.envelope())));
}
