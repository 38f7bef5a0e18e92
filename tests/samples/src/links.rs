//! Entities and relations: every second mention belongs to an entity, and about every eighth
//! annotation begins a relation to one near it.

use crate::{Annotation, Entity, Relation};

const ENTITY_LABELS: [&str; 3] = ["PERSON", "ORG", "PLACE"];
const STATEMENT_LABELS: [&str; 3] = ["QUOTE", "CLAIM", "ALLEGATION"];

/// Mentions of one entity, on average.
const MENTIONS: usize = 8;
/// How many annotations back the other end of a relation may be.
const REACH: usize = 12;

/// Gives every second mention an entity; mentions of one lie all over the text.
pub fn entities(text: &str, annotations: &mut [Annotation]) -> Vec<Entity> {
    // Each with the place of its first mention.
    let mut entities: Vec<(usize, Entity)> = Vec::new();
    for label in ENTITY_LABELS {
        let mentions: Vec<usize> =
            (0..annotations.len()).filter(|idx| annotations[*idx].label == label).step_by(2).collect();
        let count = mentions.len().div_ceil(MENTIONS);
        for (nth, idx) in mentions.into_iter().enumerate() {
            let id = format!("e-{}-{:05}", label.to_lowercase(), nth % count);
            if nth < count {
                let name = text[annotations[idx].envelope()].to_owned();
                entities.push((idx, Entity { id: id.clone(), label, name }));
            }
            annotations[idx].entity = Some(id);
        }
    }
    entities.sort_by_key(|(first, _)| *first);
    entities.into_iter().map(|(_, entity)| entity).collect()
}

/// Sources of statements, and the words that announce them.
pub fn relations(annotations: &[Annotation]) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (idx, annotation) in annotations.iter().enumerate() {
        let kind = match annotation.label {
            label if ENTITY_LABELS.contains(&label) && idx % 4 == 0 => "SOURCE",
            "CUE" if idx % 2 == 0 => "CUE_OF",
            _ => continue,
        };
        let is_statement = |at: &usize| STATEMENT_LABELS.contains(&annotations[*at].label);
        if let Some(to) = (idx.saturating_sub(REACH)..idx).rev().find(is_statement) {
            relations.push(Relation { id: format!("r{:06}", relations.len()), kind, from: idx, to });
        }
    }
    relations
}
