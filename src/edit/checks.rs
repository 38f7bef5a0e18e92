//! The rules of a schema, as far as they can be tested on one annotation and its relations.
//!
//! A rule names its test (`Rule::check`); the tests stand here under these names. They lean on
//! labels, attributes and relation types by their ids, which never change; where a schema has no
//! such id, nothing is found. `schema.rs` says what a rule's level means; what is refused is
//! refused by commands, and found here where a file brought it.

use crate::edit::state::State;
use crate::model::annotation::{Annotation, Target};
use crate::model::relation::Relation;
use crate::model::schema::{AttributeValue, Rule, RuleLevel};

/// The rules that an annotation breaks, as places in `Schema::rules`. O(rules × relations of the
/// annotation + length of its words).
pub fn broken_rules(state: &State, annotation: &Annotation) -> Vec<usize> {
    let links: Vec<&Relation> = state.relations.of(&annotation.id).map(|relation| &**relation).collect();
    let rules = state.schema.rules.iter().enumerate();
    rules.filter(|(_, rule)| is_broken(state, rule, annotation, &links)).map(|(idx, _)| idx).collect()
}

fn is_broken(state: &State, rule: &Rule, annotation: &Annotation, links: &[&Relation]) -> bool {
    if rule.level == RuleLevel::Fix {
        return false;
    }
    let label = annotation.label.as_str();
    let has_link = |is_it: &dyn Fn(&Relation) -> bool| links.iter().any(|relation| is_it(relation));
    let evidence_is = |values: &[&str]| has_value(annotation, "evidence_status", values);
    match &*rule.check {
        "allegation_without_reason" => {
            label == "ALLEGATION" && evidence_is(&["not_stated", "cited", "confirmed"])
        }
        "claim_unproven" => label == "CLAIM" && evidence_is(&["no_evidence", "unverified", "disputed"]),
        "statement_without_source" => {
            matches!(label, "CLAIM" | "ALLEGATION")
                && !says_why_unsourced(annotation)
                && !has_link(&|relation| relation.kind.as_str() == "SOURCE" && relation.to == annotation.id)
        }
        "marker_without_link" => match label {
            "CUE" => !has_link(&|relation| relation.kind.as_str() == "CUE_OF"),
            "EVIDENCE" => !has_link(&|relation| relation.kind.as_str().starts_with("EVIDENCE_")),
            _ => false,
        },
        "cue_without_content" => {
            label == "CUE" && !has_link(&|relation| relation.kind.as_str() == "CONTENT_OF")
        }
        "relation_ends" => {
            has_link(&|relation| relation.from == annotation.id && !is_allowed(state, relation))
        }
        "unpaired_quotation_mark" => has_unpaired_mark(&state.document.text, &annotation.target),
        _ => false,
    }
}

fn has_value(annotation: &Annotation, key: &str, values: &[&str]) -> bool {
    let value = annotation.attributes.get(key).and_then(AttributeValue::as_text);
    value.is_some_and(|value| values.contains(&value))
}

/// Whether a person said that nobody in particular says it.
fn says_why_unsourced(annotation: &Annotation) -> bool {
    annotation.by_hand.contains("source_type")
        && has_value(annotation, "source_type", &["reporter", "anonymous", "unclear"])
}

/// Whether the schema lets the relation be as it is. A type that it does not have is let be.
pub fn is_allowed(state: &State, relation: &Relation) -> bool {
    match (state.schema.relation(&relation.kind), state.ends_of(relation)) {
        (Some(kind), Some((from, to))) => kind.allows(from, to),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

/// Whether the words hold an opening mark without its closing one, or the other way round. A
/// German pair („ “) counts where the words have its opening mark.
fn has_unpaired_mark(text: &str, target: &Target) -> bool {
    let mut counts = [0_i32; 5];
    for fragment in target.fragments() {
        for character in text[fragment.range()].chars() {
            let idx = match character {
                '«' => 0,
                '»' => 1,
                '“' => 2,
                '”' => 3,
                '„' => 4,
                _ => continue,
            };
            counts[idx] += 1;
        }
    }
    let [open, close, left, right, low] = counts;
    open != close || if low > 0 { low != left + right } else { left != right }
}
