//! A CAS as a draft: Sourcier's own types, those of INCEpTION, and any others.
//!
//! Annotations of other types take the name of their type as label, named entities their value;
//! string features become attributes. Structures with `Governor` and `Dependent` are relations, and
//! the links of a chain are mentions of one entity. Tokens, sentences and what taggers found are
//! passed over.

use sourcier::json::{self, Value};

use crate::draft::{Draft, DraftAnnotation, DraftEntity, DraftRelation, SAME_AS, Unit, is_same_as, say};
use crate::formats::cas::types::{DETAILS, SPAN_FEATURES};
use crate::formats::cas::{Cas, DOCUMENT_TYPE, FIELD_TYPE, Feature, SPAN_TYPE, Structure};
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::id_index::IdIndex;

/// The features of a label that other programs use, best first.
const LABEL_FEATURES: [&str; 3] = ["label", "value", "referenceType"];

/// Types whose annotations nobody made by hand, by how their names begin.
const PASSED_OVER: [&str; 8] = [
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.",
    "de.tudarmstadt.ukp.dkpro.core.api.transform.",
    "de.tudarmstadt.ukp.inception.",
    "org.dkpro.core.api.xml.",
];

/// Whether annotations of a type are left alone.
pub(super) fn is_passed_over(kind: &str) -> bool {
    PASSED_OVER.iter().any(|start| kind.starts_with(start))
}

/// The draft of a CAS.
pub(super) fn draft_of(cas: Cas, file: &str, title: &str, problems: &mut Problems) -> Draft {
    let Cas { text, structures } = cas;
    let draft =
        Draft { file: file.to_owned(), title: title.to_owned(), text, unit: Unit::Utf16, ..Draft::default() };
    let mut reading = Reading { draft, structure_ids: Vec::new() };
    for structure in &structures {
        reading.take(structure, problems);
    }
    let mut draft = reading.draft;
    resolve_ends(&reading.structure_ids, &mut draft);
    draft
}

struct Reading {
    draft: Draft,
    /// The id of the structure of each annotation.
    structure_ids: Vec<String>,
}

impl Reading {
    fn take(&mut self, structure: &Structure, problems: &mut Problems) {
        let kind = structure.kind.as_str();
        if kind == DOCUMENT_TYPE || kind.ends_with(".DocumentMetaData") {
            self.take_document(structure);
        } else if kind == FIELD_TYPE {
            self.take_field(structure, problems);
        } else if is_passed_over(kind) {
        } else if structure.feature("Governor").is_some() && structure.feature("Dependent").is_some() {
            self.take_relation(structure, problems);
        } else if structure.span.is_some() {
            self.take_annotation(structure, problems);
        } else if !structure.features.iter().any(|(name, _)| name == "first") {
            // The head of a chain says nothing beside its links; the rest is not known.
            problems.add(None, ProblemKind::Unsupported, kind, Remedy::LeftOut);
        }
    }

    fn take_document(&mut self, structure: &Structure) {
        let language = structure.text("language").filter(|language| *language != "x-unspecified");
        if let Some(language) = language {
            self.draft.fields.insert_new("language", language);
        }
        if let Some(title) = structure.text("documentTitle").filter(|title| !title.is_empty()) {
            title.clone_into(&mut self.draft.title);
        }
    }

    fn take_field(&mut self, structure: &Structure, problems: &mut Problems) {
        let json = structure.text("json").and_then(|json| json::from_str(json).ok());
        let value = structure.text("value").map(Value::from).or(json);
        match structure.text("key").zip(value) {
            Some((key, value)) => say(&mut self.draft.fields, key, value, problems),
            None => problems.add(None, ProblemKind::Missing, "key, value", Remedy::LeftOut),
        }
    }

    fn take_relation(&mut self, structure: &Structure, problems: &mut Problems) {
        let ends = structure.reference("Governor").zip(structure.reference("Dependent"));
        let Some((from, to)) = ends else {
            problems.add(None, ProblemKind::DanglingId, &structure.kind, Remedy::LeftOut);
            return;
        };
        let stated =
            LABEL_FEATURES.iter().find_map(|name| structure.text(name)).filter(|label| !label.is_empty());
        let label = stated.unwrap_or_else(|| short_name(&structure.kind));
        let kind = if is_same_as(label) { SAME_AS } else { label };
        self.draft.relations.push(DraftRelation {
            kind: kind.to_owned(),
            from: from.to_string(),
            to: to.to_string(),
            line: None,
        });
    }

    fn take_annotation(&mut self, structure: &Structure, problems: &mut Problems) {
        let is_ours = structure.kind == SPAN_TYPE;
        let Some(span) = structure.span else { return };
        let mut annotation = DraftAnnotation {
            id: structure.id.to_string(),
            label: label_of(structure),
            fragments: vec![span],
            note: structure.text("note").unwrap_or_default().to_owned(),
            is_unsure: structure.text("certainty") == Some("unsure"),
            ..DraftAnnotation::default()
        };
        if let Some(next) = structure.reference("next") {
            let kind = SAME_AS.to_owned();
            let relation =
                DraftRelation { kind, from: next.to_string(), to: annotation.id.clone(), line: None };
            self.draft.relations.push(relation);
        }
        annotation.entity = self.entity_of(structure);
        let is_named = structure.kind.ends_with(".NamedEntity");
        for (name, feature) in &structure.features {
            let is_label =
                !is_ours && (name == "value" && is_named || name == "label" || name.starts_with("reference"));
            let is_known = SPAN_FEATURES.contains(&name.as_str()) || is_label || name == "next";
            match feature {
                _ if is_known => {}
                Feature::Value(value) => say(&mut annotation.attributes, name, value.clone(), problems),
                Feature::References(_) => {
                    let what = format!("{}: {name}", structure.kind);
                    problems.add(None, ProblemKind::Unsupported, &what, Remedy::ValueLeftOut);
                }
            }
        }
        if let Some(details) = structure.text(DETAILS) {
            match json::from_str(details) {
                Ok(details) => {
                    annotation.add_details(&details, &Value::as_u64);
                    if let Some(id) = details["id"].as_str() {
                        id.clone_into(&mut annotation.id);
                    }
                }
                Err(_) => problems.add(None, ProblemKind::Malformed, details, Remedy::ValueLeftOut),
            }
        }
        self.structure_ids.push(structure.id.to_string());
        self.draft.annotations.push(annotation);
    }

    /// What the words mean: the entity that Sourcier wrote, or the identifier of a named entity.
    fn entity_of(&mut self, structure: &Structure) -> Option<String> {
        let text = |name| structure.text(name).filter(|text| !text.is_empty());
        let id = text("entity").or(text("identifier"))?.to_owned();
        let entity = DraftEntity {
            id: id.clone(),
            name: text("entity_name").unwrap_or_default().to_owned(),
            identifier: text("identifier").unwrap_or_default().to_owned(),
        };
        // Of several with one id the first counts.
        self.draft.entities.push(entity);
        Some(id)
    }
}

fn label_of(structure: &Structure) -> String {
    let is_named = structure.kind.ends_with(".NamedEntity");
    let names = if is_named { &LABEL_FEATURES[..] } else { &["label", "referenceType"][..] };
    let stated = names.iter().find_map(|name| structure.text(name)).filter(|label| !label.is_empty());
    stated.unwrap_or_else(|| short_name(&structure.kind)).to_owned()
}

/// The name of a type without its package.
fn short_name(kind: &str) -> &str {
    kind.rsplit('.').next().unwrap_or(kind)
}

/// Relations name structures; annotations may have ids of their own.
fn resolve_ends(structure_ids: &[String], draft: &mut Draft) {
    let index = IdIndex::new(structure_ids.iter().map(String::as_str));
    for relation in &mut draft.relations {
        for end in [&mut relation.from, &mut relation.to] {
            if let Some(annotation) = index.get(end).and_then(|idx| draft.annotations.get(idx)) {
                end.clone_from(&annotation.id);
            }
        }
    }
}
