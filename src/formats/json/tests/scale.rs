//! Large files. The times are printed for people (`--nocapture`); no test depends on them.

use std::time::Instant;

use crate::formats::Content;
use crate::formats::json::tests::support::{
    CONTENTS, context, exported, marked, opened, plain, small_schema,
};
use crate::formats::json::{OpenAnnotation, OpenDocument, build_from_parts};
use crate::model::annotation::Target;
use crate::model::annotation_set::AnnotationSet;
use crate::model::ids::{AttributeKey, IdSource};
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
    state.annotations = AnnotationSet::from_annotations(annotations.collect()).0;
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
    state.annotations = AnnotationSet::from_annotations(annotations.collect()).0;
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
        label: "CLAIM".to_owned(),
        start: (idx * len + 3) as f64,
        end: (idx * len + 11) as f64,
        ..OpenAnnotation::default()
    });
    let text = SENTENCE.repeat(COUNT);
    let parts = OpenDocument { annotations: annotations.collect(), text, ..OpenDocument::default() };
    let mut ids = IdSource::new(1);
    let start = Instant::now();
    let opened = build_from_parts(parts, small_schema(), context(&mut ids));
    report("open", start, opened.state.document.text.len());
    assert!(opened.problems.is_empty() && opened.state.annotations.len() == COUNT);
    let is_right = |span: TextSpan| opened.state.document.slice(span) == "ministre";
    assert!(opened.state.annotations.iter().all(|annotation| is_right(annotation.target.envelope())));
}
