//! One person, organisation, place, event or document that several mentions refer to.

use std::rc::Rc;

use crate::json::Map;
use crate::model::annotation::Provenance;
use crate::model::ids::{EntityId, LabelId};
use crate::sorted::SortedMap;

/// What mentions refer to. The mentions name it (`Annotation::entity`); it has at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    pub id: EntityId,
    /// What kind of thing it is: the label of its mentions.
    pub label: LabelId,
    /// The canonical name.
    pub name: Rc<str>,
    /// An address that identifies it elsewhere (a Wikidata IRI), or nothing.
    pub identifier: Rc<str>,
    pub provenance: Provenance,
    /// What a file said about it that this version does not know, kept for the way out.
    pub extra: Option<Rc<Map>>,
}

/// The entities of a document. A clone is free; an edit costs O(entities).
pub type Entities = Rc<SortedMap<EntityId, Rc<Entity>>>;
