//! Ids that are there twice, that are none, and that name what names them.

use super::forms::{FORMS, Form, Syntax};
use super::reading::{Outcome, outcome};

fn attacked(name: &str, form: &Form, filled: &[(&str, &str)]) -> Outcome {
    let outcome = outcome(name, form.id, &form.beside_good(form.with(filled)));
    assert!(outcome.has("GOOD", "Lui") && outcome.has("ALSO", "Lui"), "{name}: {outcome:?}");
    outcome
}

fn with_ids() -> impl Iterator<Item = Form> {
    FORMS.into_iter().filter(|form| form.has("$ID"))
}

#[test]
fn one_id_for_two_annotations() {
    for form in with_ids() {
        let outcome =
            outcome("8 twice", form.id, &form.beside_good(form.with(&[("$ID", "8"), ("$TO", "8")])));
        assert!(outcome.has("GOOD", "Lui") && outcome.told > 0, "{}: {outcome:?}", form.id);
        // In WebAnno TSV they are two pieces of one annotation, and the first says what it is.
        let words = if form.id == "webanno-tsv" { "Lui, 👍 oui" } else { "Lui" };
        assert!(outcome.has("ALSO", words), "{}: {outcome:?}", form.id);
    }
}

#[test]
fn a_relation_to_itself() {
    for form in with_ids() {
        let outcome = attacked("itself", &form, &[("$FROM", "7"), ("$TO", "7")]);
        assert_eq!(outcome.relation_count, 0, "{outcome:?}");
        assert!(outcome.told > 0, "{} is silent", form.id);
    }
}

#[test]
fn a_relation_to_nothing() {
    for form in with_ids() {
        // In WebAnno TSV 0 is the only annotation of a unit.
        for to in ["9", "999999999999999999999", "1", "0"].into_iter().take(if form.id == "webanno-tsv" {
            3
        } else {
            4
        }) {
            let outcome = attacked(to, &form, &[("$TO", to)]);
            assert!(outcome.relation_count == 0 && outcome.told > 0, "{to}: {outcome:?}");
        }
    }
}

/// Links that only say that mentions mean the same, in a circle.
#[test]
fn mentions_in_a_circle() {
    for form in with_ids() {
        for (from, to) in [("7", "8"), ("8", "7"), ("7", "7")] {
            let outcome = attacked("same as", &form, &[("$KIND", "SAME_AS"), ("$FROM", from), ("$TO", to)]);
            assert_eq!(outcome.relation_count, 0, "{outcome:?}");
            assert!(outcome.has("BAD", "oui"), "{outcome:?}");
        }
    }
}

#[test]
fn ids_that_are_none() {
    let long = "7".repeat(100_000);
    for form in with_ids() {
        let plain =
            ["", "-1", "0", "a b", "__proto__", "constructor", "../x", "a00000000000000", "7\u{0}", &long];
        for id in plain {
            // Numbers stand without quotes.
            let content: String = form.files.iter().map(|(_, content)| *content).collect();
            let is_number = content.contains(":$ID") && serde_json::from_str::<f64>(id).is_err();
            if is_number || (form.syntax != Syntax::Json && id.contains('\0')) {
                continue;
            }
            let outcome = attacked(id, &form, &[("$ID", id), ("$FROM", id)]);
            let is_there = outcome.has("BAD", "oui") || outcome.told > 0;
            assert!(is_there, "{id:.20}: {outcome:?}");
        }
    }
}
