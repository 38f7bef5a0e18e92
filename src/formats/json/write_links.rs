//! Writing relations and entities of the native file.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::Content;
use crate::formats::json::wire::{ENTITY_KEYS, RELATION_KEYS, word_of_origin};
use crate::formats::json::writer::Writer;
use crate::json::Map;
use crate::model::annotation::{Annotation, Provenance};
use crate::model::annotation_set::text_order;
use crate::model::entity::Entity;
use crate::model::ids::AnnotationId;
use crate::model::relation::Relation;
use crate::sorted::sort_by;

/// An entity with its first mention.
pub(super) type Listed<'s> = (Option<&'s Rc<Annotation>>, &'s Rc<Entity>);
/// A relation with its ends, from and to.
pub(super) type Linked<'s> = (Option<&'s Rc<Annotation>>, Option<&'s Rc<Annotation>>, &'s Rc<Relation>);

/// The entities in the order of the file: by their first mention in text order, then by id. O(n log n).
pub(super) fn entities_in_order(state: &State) -> Vec<Listed<'_>> {
    let mut entities: Vec<Listed> = Vec::with_capacity(state.entities.len());
    for entity in state.entities.values() {
        entities.push((state.annotations.mentions(&entity.id).next(), entity));
    }
    sort_by(&mut entities, |left, right| {
        in_text_order(left.0, right.0).then_with(|| left.1.id.cmp(&right.1.id))
    });
    entities
}

/// The relations in the order of the file: in text order of their `from` ends, then of their `to` ends, then
/// by type and id. O(n log n).
pub(super) fn relations_in_order(state: &State) -> Vec<Linked<'_>> {
    let end = |id: &AnnotationId| state.annotations.get(id);
    let mut relations: Vec<Linked> =
        state.relations.iter().map(|relation| (end(&relation.from), end(&relation.to), relation)).collect();
    sort_by(&mut relations, |left, right| {
        in_text_order(left.0, right.0)
            .then_with(|| in_text_order(left.1, right.1))
            .then_with(|| (&left.2.kind, &left.2.id).cmp(&(&right.2.kind, &right.2.id)))
    });
    relations
}

/// What hangs on no annotation comes last.
fn in_text_order(left: Option<&Rc<Annotation>>, right: Option<&Rc<Annotation>>) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => text_order(left, right),
        (left, right) => right.is_some().cmp(&left.is_some()),
    }
}

pub(super) fn write_entity(writer: &mut Writer, entity: &Entity, content: Content) {
    writer.raw("{");
    let members = [("id", entity.id.as_str()), ("label", entity.label.as_str())];
    // A name is words of the article.
    let name = (content != Content::OffsetsOnly).then_some(("name", &*entity.name));
    let has_identifier = !entity.identifier.is_empty();
    let identifier = has_identifier.then_some(("identifier", &*entity.identifier));
    for (key, text) in members.into_iter().chain(name).chain(identifier) {
        writer.member(key);
        writer.string(text);
    }
    write_provenance(writer, &entity.provenance);
    let is_free = |key: &str| !ENTITY_KEYS.contains(&key) || (key == "identifier" && !has_identifier);
    write_extra(writer, &entity.extra, is_free);
    writer.raw("}");
}

pub(super) fn write_relation(writer: &mut Writer, relation: &Relation) {
    writer.raw("{");
    let members = [
        ("id", relation.id.as_str()),
        ("type", relation.kind.as_str()),
        ("from", relation.from.as_str()),
        ("to", relation.to.as_str()),
    ];
    for (key, text) in members {
        writer.member(key);
        writer.string(text);
    }
    write_provenance(writer, &relation.provenance);
    write_extra(writer, &relation.extra, |key| !RELATION_KEYS.contains(&key));
    writer.raw("}");
}

/// Writes who made something, when and how.
pub(super) fn write_provenance(writer: &mut Writer, provenance: &Provenance) {
    writer.member("created");
    writer.time(provenance.created_ms);
    writer.member("changed");
    writer.time(provenance.changed_ms);
    writer.member("annotator");
    writer.string(provenance.annotator.as_str());
    writer.member("origin");
    writer.string(word_of_origin(provenance.origin));
}

fn write_extra(writer: &mut Writer, extra: &Option<Rc<Map>>, is_free: impl Fn(&str) -> bool) {
    for (key, value) in extra.iter().flat_map(|extra| extra.iter()).filter(|(key, _)| is_free(key)) {
        writer.member(key);
        writer.value(value);
    }
}
