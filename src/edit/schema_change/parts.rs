//! Groups, types of relations and document fields of a draft.

use crate::edit::schema_change::ids::{IdCase, check_key, new_id};
use crate::edit::schema_change::{DraftRefusal, DraftResult, KeyOwner, Move, SchemaDraft, full_name, step};
use crate::json::Map;
use crate::model::ids::{FieldKey, GroupId, RelationTypeId};
use crate::model::schema::{
    Family, FieldKind, FieldType, Group, ITEM_COUNT_MAX, Localized, RelationType, SpanPolicy, Tier,
};

impl SchemaDraft {
    pub fn add_group(&mut self, name: Localized, family: Family) -> DraftResult<GroupId> {
        let name = full_name(name)?;
        has_room(self.schema.groups.len())?;
        let is_taken = |id: &str| self.schema.groups.iter().any(|other| other.id.as_str() == id);
        let id = GroupId(new_id(&name.en, IdCase::Lower, "group", is_taken));
        self.schema.groups.push(Group { id: id.clone(), name, family, extra: Map::new() });
        Ok(id)
    }

    pub fn change_group(&mut self, id: &GroupId, change: Box<dyn FnOnce(&mut Group) + '_>) -> DraftResult {
        let group = self.schema.groups.iter_mut().find(|group| group.id == *id);
        let group = group.ok_or(DraftRefusal::NotThere)?;
        let mut after = group.clone();
        change(&mut after);
        (after.id, after.name) = (id.clone(), full_name(after.name)?);
        *group = after;
        Ok(())
    }

    /// Takes a group without labels away.
    pub fn remove_group(&mut self, id: &GroupId) -> DraftResult {
        if self.schema.labels.iter().any(|label| label.group == *id) {
            return Err(DraftRefusal::GroupInUse);
        }
        self.schema.groups.retain(|group| group.id != *id);
        Ok(())
    }

    pub fn step_group(&mut self, id: &GroupId, forward: bool) -> DraftResult {
        let idx = self.schema.groups.iter().position(|group| group.id == *id);
        step(&mut self.schema.groups, idx.ok_or(DraftRefusal::NotThere)?, forward, |_| true);
        Ok(())
    }

    /// Adds a type of relation without ends; its sentence is made of its name.
    pub fn add_relation(&mut self, name: Localized) -> DraftResult<RelationTypeId> {
        let name = full_name(name)?;
        has_room(self.schema.relations.len())?;
        let is_taken = |id: &str| self.schema.relations.iter().any(|other| other.id.as_str() == id);
        let id = RelationTypeId(new_id(&name.en, IdCase::Upper, "relation", is_taken));
        let sentence = |name: &str| format!("{{from}} {name} {{to}}").into();
        self.schema.relations.push(RelationType {
            id: id.clone(),
            inverse_name: name.clone(),
            reads: Localized { fr: sentence(&name.fr), en: sentence(&name.en) },
            name,
            key: None,
            from: Vec::new(),
            to: Vec::new(),
            directed: true,
            one_per_from: false,
            one_per_to: false,
            when_from: None,
            tier: Tier::V1,
            extra: Map::new(),
        });
        Ok(id)
    }

    pub fn change_relation(
        &mut self,
        id: &RelationTypeId,
        change: Box<dyn FnOnce(&mut RelationType) + '_>,
    ) -> DraftResult {
        let before = self.schema.relation(id).ok_or(DraftRefusal::NotThere)?;
        let mut after = before.clone();
        change(&mut after);
        after.id = id.clone();
        after.name = full_name(after.name)?;
        after.inverse_name = full_name(after.inverse_name)?;
        after.reads = full_name(after.reads)?;
        for placeholder in ["{from}", "{to}"] {
            if [&after.reads.fr, &after.reads.en].iter().any(|text| !text.contains(placeholder)) {
                return Err(DraftRefusal::PlaceholderMissing { placeholder });
            }
        }
        if let Some(key) = after.key.filter(|_| after.key != before.key) {
            check_key(&self.schema, key, Some(&KeyOwner::Relation(id.clone())))?;
        }
        for relation in self.schema.relations.iter_mut().filter(|relation| relation.id == *id) {
            *relation = after.clone();
        }
        self.repair();
        Ok(())
    }

    /// Takes a type of relation away, and the relations that have it.
    pub fn remove_relation(&mut self, id: &RelationTypeId) -> DraftResult {
        self.schema.relation(id).ok_or(DraftRefusal::NotThere)?;
        self.schema.relations.retain(|relation| relation.id != *id);
        self.moves.push(Move::RemoveLinks { kind: id.clone() });
        Ok(())
    }

    pub fn step_relation(&mut self, id: &RelationTypeId, forward: bool) -> DraftResult {
        let idx = self.schema.relations.iter().position(|relation| relation.id == *id);
        step(&mut self.schema.relations, idx.ok_or(DraftRefusal::NotThere)?, forward, |_| true);
        Ok(())
    }

    pub fn add_field(&mut self, name: Localized) -> DraftResult<FieldKey> {
        let name = full_name(name)?;
        has_room(self.schema.document_fields.len())?;
        let is_taken = |key: &str| self.schema.document_fields.iter().any(|other| other.key.as_str() == key);
        let key = FieldKey(new_id(&name.en, IdCase::Lower, "field", is_taken));
        self.schema.document_fields.push(FieldType {
            key: key.clone(),
            name,
            help: Localized::default(),
            kind: FieldKind::Text,
            required: false,
            tier: Tier::V1,
            automatic: false,
            extra: Map::new(),
        });
        Ok(key)
    }

    pub fn change_field(
        &mut self,
        key: &FieldKey,
        change: Box<dyn FnOnce(&mut FieldType) + '_>,
    ) -> DraftResult {
        let field = self.schema.document_fields.iter_mut().find(|field| field.key == *key);
        let field = field.ok_or(DraftRefusal::NotThere)?;
        let mut after = field.clone();
        change(&mut after);
        (after.key, after.name) = (key.clone(), full_name(after.name)?);
        if let FieldKind::Choice(choices) = &after.kind {
            if choices.is_empty() {
                return Err(DraftRefusal::LastValue);
            }
            has_room(choices.len() - 1)?;
        }
        *field = after;
        Ok(())
    }

    /// Takes a field away. What documents say in it stays in their files.
    pub fn remove_field(&mut self, key: &FieldKey) -> DraftResult {
        self.schema.document_fields.retain(|field| field.key != *key);
        Ok(())
    }

    pub fn step_field(&mut self, key: &FieldKey, forward: bool) -> DraftResult {
        let fields = &mut self.schema.document_fields;
        let idx = fields.iter().position(|field| field.key == *key);
        step(fields, idx.ok_or(DraftRefusal::NotThere)?, forward, |_| true);
        Ok(())
    }

    /// Says what annotations may do to each other where their labels do not say it themselves.
    /// What is there already stays.
    pub fn set_policy(&mut self, policy: SpanPolicy) -> DraftResult {
        self.schema.policy = policy;
        Ok(())
    }
}

fn has_room(count: usize) -> DraftResult {
    if count < ITEM_COUNT_MAX { Ok(()) } else { Err(DraftRefusal::TooMany) }
}
