//! What must hold of annotations whatever happens. For tests: looks at every annotation.

use crate::model::annotation::Annotation;
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::Document;
use crate::model::ids::{AnnotationId, AttributeKey};
use crate::text::graphemes::is_boundary;

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// The set's own orders and counts disagree.
    Set(&'static str),
    /// A fragment ends past the text or inside a character.
    OutsideText(AnnotationId),
    /// A fragment cuts a grapheme. A file may bring such; commands make none.
    CutsGrapheme(AnnotationId),
    /// Fragments are not in order, or share or touch ends.
    Fragments(AnnotationId),
    /// A value chosen by hand is not there.
    ByHandWithoutValue(AnnotationId, AttributeKey),
    /// Changed before it was created.
    Times(AnnotationId),
}

/// All violations. O(annotations × log).
pub fn check_invariants(document: &Document, annotations: &AnnotationSet) -> Vec<Violation> {
    let mut violations = Vec::new();
    violations.extend(annotations.check_invariants().err().map(Violation::Set));
    for annotation in annotations.iter() {
        check_annotation(document, annotation, &mut violations);
    }
    violations
}

fn check_annotation(document: &Document, annotation: &Annotation, violations: &mut Vec<Violation>) {
    let id = || annotation.id.clone();
    let fragments = annotation.target.fragments();
    for fragment in fragments {
        if !document.holds(*fragment) {
            violations.push(Violation::OutsideText(id()));
        } else if ![fragment.start(), fragment.end()]
            .iter()
            .all(|place| is_boundary(&document.text, place.to_usize()))
        {
            violations.push(Violation::CutsGrapheme(id()));
        }
    }
    if fragments.windows(2).any(|pair| pair[0].end() >= pair[1].start()) {
        violations.push(Violation::Fragments(id()));
    }
    let without_value = annotation.by_hand.iter().filter(|key| !annotation.attributes.contains_key(*key));
    violations.extend(without_value.map(|key| Violation::ByHandWithoutValue(id(), key.clone())));
    if annotation.provenance.changed_ms < annotation.provenance.created_ms {
        violations.push(Violation::Times(id()));
    }
}
