//! The types of a CAS: what UIMA must know before it reads one.

use sourcier::model::schema::AttributeKind;
use sourcier::sorted::{SortedMap, SortedSet};

use crate::formats::cas::{
    ANNOTATION_TYPE, BOOLEAN, FIELD_TYPE, RELATION_TYPE, SENTENCE_TYPE, SPAN_TYPE, STRING, TOKEN_TYPE,
};
use crate::names::safe_name;
use crate::work::Work;

/// The features of annotations beside their attributes.
pub(super) const SPAN_FEATURES: [&str; 7] =
    ["label", "certainty", "note", "entity", "entity_name", "identifier", DETAILS];

/// The feature with what UIMA has no place for.
pub(super) const DETAILS: &str = "sourcier";

/// Names that features may not have: those of every annotation.
const RESERVED: [&str; 5] = ["begin", "end", "sofa", "self", "id"];

/// A type and the features that it adds to those of its supertype.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Type {
    pub name: &'static str,
    pub supertype: &'static str,
    /// With the name of the type of their values.
    pub features: Vec<(String, &'static str)>,
}

/// The types of a document's work, and the feature of each attribute.
#[derive(Clone, Debug, Default)]
pub(super) struct Types {
    pub types: Vec<Type>,
    features: SortedMap<String, String>,
}

impl Types {
    /// The types are the same for all documents of a schema, but for attributes that it lacks.
    pub fn new(work: Work<'_>) -> Types {
        let mut keys: Vec<(String, &'static str)> = Vec::new();
        let mut seen = SortedSet::new();
        let labels = &work.state.schema.labels;
        for attribute in labels.iter().flat_map(|label| &label.attributes) {
            let range = if attribute.kind == AttributeKind::Flag { BOOLEAN } else { STRING };
            if seen.insert(attribute.key.to_string()) {
                keys.push((attribute.key.to_string(), range));
            }
        }
        for (key, value) in work.annotations().flat_map(|annotation| &annotation.attributes) {
            if seen.insert(key.to_string()) {
                keys.push((key.to_string(), STRING));
            }
            // One value that is no truth value makes texts of them all.
            if !matches!(value, sourcier::model::schema::AttributeValue::Flag(_)) {
                keys.iter_mut()
                    .filter(|(found, _)| found == key.as_str())
                    .for_each(|(_, range)| *range = STRING);
            }
        }
        let mut span_features: Vec<(String, &'static str)> =
            SPAN_FEATURES.iter().map(|name| ((*name).to_owned(), STRING)).collect();
        let mut features = SortedMap::new();
        for (key, range) in keys {
            let name = feature_name(&key, &span_features);
            span_features.push((name.clone(), range));
            features.insert(key, name);
        }
        Types { types: all(span_features), features }
    }

    /// The feature that holds an attribute.
    pub fn feature<'t>(&'t self, key: &'t str) -> &'t str {
        self.features.get(key).map_or(key, String::as_str)
    }

    /// Whether the attribute's feature holds truth values.
    pub fn is_flag(&self, key: &str) -> bool {
        let name = self.feature(key);
        self.types[0].features.iter().any(|(found, range)| found == name && *range == BOOLEAN)
    }

    /// Takes in the types of another document.
    pub fn merge(&mut self, other: Types) {
        for (own, others) in self.types.iter_mut().zip(other.types) {
            for (name, range) in others.features {
                match own.features.iter_mut().find(|(found, _)| *found == name) {
                    Some((_, own)) if *own != range => *own = STRING,
                    Some(_) => {}
                    None => own.features.push((name, range)),
                }
            }
        }
    }
}

/// Features are named as in Java: a letter, then letters, digits and `_`.
fn feature_name(key: &str, taken: &[(String, &'static str)]) -> String {
    let mut name = safe_name(key).replace('-', "_");
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || RESERVED.contains(&name.as_str()) {
        name.insert_str(0, "a_");
    }
    let base = name.clone();
    let mut number = 2;
    while taken.iter().any(|(found, _)| *found == name) {
        name = format!("{base}_{number}");
        number += 1;
    }
    name
}

fn all(span_features: Vec<(String, &'static str)>) -> Vec<Type> {
    let string = |name: &str| (name.to_owned(), STRING);
    let ends = ["Governor", "Dependent"].map(|name| (name.to_owned(), SPAN_TYPE));
    let relation = [string("label")].into_iter().chain(ends).collect();
    let field = vec![string("key"), string("value"), string("json")];
    vec![
        Type { name: SPAN_TYPE, supertype: ANNOTATION_TYPE, features: span_features },
        Type { name: RELATION_TYPE, supertype: ANNOTATION_TYPE, features: relation },
        Type { name: FIELD_TYPE, supertype: "uima.cas.AnnotationBase", features: field },
        Type { name: SENTENCE_TYPE, supertype: ANNOTATION_TYPE, features: Vec::new() },
        Type { name: TOKEN_TYPE, supertype: ANNOTATION_TYPE, features: Vec::new() },
    ]
}
