//! Relations and entities of a file: what an entry says, and what waits. `linking` goes through the lists.

use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::json::linking::read_links;
use crate::formats::json::members::Members;
use crate::formats::json::report::{Fact, Remedy};
use crate::formats::json::used_ids::UsedIds;
use crate::formats::json::wire::{ENTITY_KEYS, RELATION_KEYS, origin_of_word};
use crate::formats::json::{
    CARRIED_ANNOTATOR, CARRIED_ENTITIES, CARRIED_FILE, CARRIED_RELATIONS, UNPLACED_ENTITIES_KEY,
    UNPLACED_RELATIONS_KEY,
};
use crate::json::{Map, Value};
use crate::model::annotation::{Annotation, AnnotationOrigin, Provenance};
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::Document;
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, AnnotatorId, EntityId, LabelId, RelationId, RelationTypeId};
use crate::model::relation::Relation;
use crate::model::schema::Schema;
use crate::sorted::{SortedMap, sort_by, sort_by_key};

/// Where the relations and entities belong.
pub(super) struct LinkContext<'s> {
    pub(super) document: &'s Document,
    pub(super) schema: &'s Schema,
    pub(super) annotations: &'s AnnotationSet,
    /// For entities that neither say who made them nor have a mention that does.
    pub(super) annotator_id: Option<AnnotatorId>,
}

/// Brings a state up to date that version 1 of the journal stored: makes relations and entities of
/// what it carried of a file as JSON, and an entity of each id that mentions have without one. What
/// cannot be taken goes on being carried, to where [`super::build`] would have put it.
pub fn adopt_carried(state: &mut State) {
    let mut carried = (*state.carried).clone();
    let mut take = |key: &str| carried.remove(key).unwrap_or_default();
    let (entities, relations) = (take(CARRIED_ENTITIES), take(CARRIED_RELATIONS));
    let annotator = carried.get(CARRIED_ANNOTATOR).and_then(|annotator| annotator.get("id")?.as_str());
    let context = LinkContext {
        document: &state.document,
        schema: &state.schema,
        annotations: &state.annotations,
        annotator_id: annotator.filter(|id| !id.is_empty()).map(AnnotatorId::from),
    };
    let links = read_links(&context, &entities, &relations);
    carry(&mut carried, CARRIED_FILE, UNPLACED_ENTITIES_KEY, links.left_entities);
    carry(&mut carried, CARRIED_FILE, UNPLACED_RELATIONS_KEY, links.left_relations);
    state.entities = Rc::new(links.entities);
    state.relations = links.relations;
    state.carried = Rc::new(carried);
}

/// The entities, with one for each id that mentions have without one, and which those are. It is
/// called by the words of its first mention and made by whoever made that. O(n log n).
pub fn with_missing_entities(
    document: &Document,
    annotations: &AnnotationSet,
    entities: SortedMap<EntityId, Rc<Entity>>,
) -> (SortedMap<EntityId, Rc<Entity>>, Vec<EntityId>) {
    let mut missing: Vec<(&EntityId, &Rc<Annotation>)> = annotations
        .iter()
        .filter_map(|mention| Some((mention.entity.as_ref()?, mention)))
        .filter(|(id, _)| !entities.contains_key(*id))
        .collect();
    if missing.is_empty() {
        return (entities, Vec::new());
    }
    sort_by_key(&mut missing, |(id, _)| *id);
    missing.dedup_by_key(|(id, _)| *id);
    let made: Vec<EntityId> = missing.iter().map(|(id, _)| (*id).clone()).collect();
    let new = missing.iter().map(|(id, mention)| Rc::new(entity_of_mention(document, id, mention)));
    let mut all: Vec<Rc<Entity>> = entities.into_values().chain(new).collect();
    sort_by(&mut all, |left, right| left.id.cmp(&right.id));
    (all.into_iter().map(|entity| (entity.id.clone(), entity)).collect(), made)
}

/// An entity for an id of which nothing is known but a mention.
pub fn entity_of_mention(document: &Document, id: &EntityId, mention: &Annotation) -> Entity {
    Entity {
        id: id.clone(),
        label: mention.label.clone(),
        name: Rc::from(mention.target.surface(&document.text)),
        identifier: Rc::from(""),
        provenance: mention.provenance.clone(),
        extra: None,
    }
}

/// Appends to a list that waits under `key` of a part of what is carried.
pub(super) fn carry(carried: &mut Map, part: &str, key: &str, entries: Vec<Value>) {
    if entries.is_empty() {
        return;
    }
    let mut members = match carried.get_mut(part).map(std::mem::take) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let mut list = match members.remove(key) {
        Some(Value::Array(list)) => list,
        Some(other) => vec![other],
        None => Vec::new(),
    };
    list.extend(entries);
    members.insert(key, list);
    carried.insert(part, members);
}

/// The entries of a list; a value that is none is its only entry, and wrong.
pub(super) fn entries_of(list: &Value) -> &[Value] {
    match list {
        Value::Null => &[],
        Value::Array(entries) => entries,
        other => std::slice::from_ref(other),
    }
}

/// The ids of the entries.
pub(super) fn used_ids(entries: &[Value]) -> UsedIds<'_> {
    let ids = entries.iter().enumerate().filter_map(|(idx, entry)| Some((entry.get("id")?.as_str()?, idx)));
    UsedIds::new(entries.len(), ids)
}

/// The id of an entry that is an object and has one of its own.
fn id_of(members: &mut Members, is_repeated: bool) -> Result<Rc<str>, Fact> {
    match members.name("id") {
        Some(id) if is_repeated => Err(Fact::DuplicateId { id }),
        Some(id) => Ok(id),
        None => Err(members.facts.pop().unwrap_or(Fact::Missing { key: "id" })),
    }
}

/// Who made it and when. What the entry does not say is as it is of the annotation that it
/// hangs on.
fn provenance_of(members: &mut Members, annotation: &Provenance) -> Provenance {
    let created_ms = members.time("created").unwrap_or(annotation.created_ms);
    Provenance {
        annotator: members.name("annotator").map_or_else(|| annotation.annotator.clone(), AnnotatorId),
        created_ms,
        changed_ms: members.time("changed").unwrap_or(created_ms),
        origin: members.word("origin", origin_of_word).unwrap_or(AnnotationOrigin::Imported),
    }
}

/// What an entry says that is not known, to be passed on.
fn extra_of(map: &Map, known: &[&str]) -> Option<Rc<Map>> {
    let is_known = |key: &Rc<str>| known.contains(&&**key);
    let extra: Map =
        map.iter().filter(|(key, _)| !is_known(key)).map(|(key, value)| (key, value.clone())).collect();
    if extra.is_empty() { None } else { Some(Rc::new(extra)) }
}

/// An entity, or why the entry is none. `facts` takes what is wrong in one that is taken.
pub(super) fn read_entity(
    context: &LinkContext,
    entry: &Value,
    is_repeated: bool,
    facts: &mut Vec<(Fact, Remedy)>,
) -> Result<Entity, Fact> {
    let Value::Object(map) = entry else { return Err(Fact::NotAnObject) };
    let mut members = Members::new(map);
    let id = EntityId(id_of(&mut members, is_repeated)?);
    let first = context.annotations.mentions(&id).next().cloned();
    let first = first.as_ref();
    let label = match (members.name("label"), first) {
        (Some(label), _) => LabelId(label),
        (None, Some(first)) => {
            if members.facts.is_empty() {
                members.facts.push(Fact::Missing { key: "label" });
            }
            first.label.clone()
        }
        (None, None) => return Err(members.facts.pop().unwrap_or(Fact::Missing { key: "label" })),
    };
    let made_by = match (first, &context.annotator_id) {
        (Some(first), _) => first.provenance.clone(),
        (None, annotator_id) => Provenance {
            annotator: match entry.get("annotator").and_then(Value::as_str) {
                Some(id) if !id.is_empty() => AnnotatorId::from(id),
                _ => annotator_id.clone().ok_or(Fact::Missing { key: "annotator" })?,
            },
            created_ms: context.document.created_ms,
            changed_ms: context.document.created_ms,
            origin: AnnotationOrigin::Imported,
        },
    };
    let words = || first.map_or(Rc::from(""), |first| Rc::from(first.target.surface(&context.document.text)));
    let mut entity = Entity {
        id,
        label,
        name: members.text("name").unwrap_or_else(words),
        identifier: members.text("identifier").unwrap_or_default(),
        provenance: provenance_of(&mut members, &made_by),
        extra: None,
    };
    facts.extend(members.facts.into_iter().map(|fact| (fact, Remedy::Default)));
    if first.is_none() {
        facts.push((Fact::NoMentions, Remedy::Accepted));
    }
    // An identifier that is no text waits under its key until there is one.
    let wrong =
        entry.get("identifier").filter(|identifier| identifier.as_str().is_none() && !identifier.is_null());
    let mut extra = extra_of(map, &ENTITY_KEYS).map(Rc::unwrap_or_clone).unwrap_or_default();
    if let Some(identifier) = wrong {
        extra.insert("identifier", identifier.clone());
    }
    entity.extra = (!extra.is_empty()).then(|| Rc::new(extra));
    Ok(entity)
}

/// A relation, or why the entry is none. `facts` takes what is wrong in one that is taken.
pub(super) fn read_relation(
    context: &LinkContext,
    entry: &Value,
    is_repeated: bool,
    facts: &mut Vec<(Fact, Remedy)>,
) -> Result<Relation, Fact> {
    let Value::Object(map) = entry else { return Err(Fact::NotAnObject) };
    let mut members = Members::new(map);
    let id = RelationId(id_of(&mut members, is_repeated)?);
    let mut must_have = |key| match members.name(key) {
        Some(name) => Ok(name),
        None => Err(members.facts.pop().unwrap_or(Fact::Missing { key })),
    };
    let kind = RelationTypeId(must_have("type")?);
    let (from, to) = (AnnotationId(must_have("from")?), AnnotationId(must_have("to")?));
    let end = |key, id: &AnnotationId| {
        context.annotations.get(id).ok_or_else(|| Fact::UnknownEnd { key, id: id.0.clone() })
    };
    let (from, to) = (end("from", &from)?, end("to", &to)?);
    if from.id == to.id {
        return Err(Fact::SameEnds);
    }
    let provenance = provenance_of(&mut members, &from.provenance);
    facts.extend(members.facts.into_iter().map(|fact| (fact, Remedy::Default)));
    if context.schema.relation(&kind).is_some_and(|kind| !kind.allows(from, to)) {
        facts.push((Fact::ForbiddenEnds { kind: kind.clone() }, Remedy::Accepted));
    }
    let extra = extra_of(map, &RELATION_KEYS);
    Ok(Relation { id, kind, from: from.id.clone(), to: to.id.clone(), provenance, extra })
}
