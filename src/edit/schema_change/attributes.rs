//! Attributes of a draft's labels, and the values of choices.
//!
//! Several labels often have the same attribute, as claims and allegations do, so that a value
//! outlives another label. Such attributes are changed together; only the default is each label's
//! own.

use std::rc::Rc;

use crate::edit::schema_change::ids::{IdCase, new_id};
use crate::edit::schema_change::repair::has_value;
use crate::edit::schema_change::{DraftRefusal, DraftResult, Move, SchemaDraft, full_name, step};
use crate::json::Map;
use crate::model::ids::{AttributeKey, LabelId};
use crate::model::schema::{
    AttributeKind, AttributeType, AttributeValue, Choice, ITEM_COUNT_MAX, Localized, Tier,
};
use crate::sorted::keep_first;

impl SchemaDraft {
    /// Gives a label another attribute.
    pub fn add_attribute(
        &mut self,
        label: &LabelId,
        name: Localized,
        kind: AttributeKind,
    ) -> DraftResult<AttributeKey> {
        let name = full_name(name)?;
        let label = self.label_mut(label)?;
        if label.attributes.len() >= ITEM_COUNT_MAX {
            return Err(DraftRefusal::TooMany);
        }
        let is_taken = |key: &str| label.attributes.iter().any(|other| other.key.as_str() == key);
        let key = AttributeKey(new_id(&name.en, IdCase::Lower, "attribute", is_taken));
        label.attributes.push(AttributeType {
            key: key.clone(),
            name,
            help: Localized::default(),
            kind,
            default: None,
            required: false,
            tier: Tier::V1,
            computed: None,
            is_dated: false,
            shown_if: None,
            extra: Map::new(),
        });
        Ok(key)
    }

    /// The other labels with the same attribute, but perhaps another default.
    pub fn sharers(&self, label: &LabelId, key: &AttributeKey) -> Vec<LabelId> {
        let Some(attribute) = self.schema.attribute(label, key) else { return Vec::new() };
        let is_same = |other: &AttributeType| {
            AttributeType { default: attribute.default.clone(), ..other.clone() } == *attribute
        };
        let others = self.schema.labels.iter().filter(|other| other.id != *label);
        others
            .filter(|other| other.attribute(key).is_some_and(is_same))
            .map(|other| other.id.clone())
            .collect()
    }

    /// Changes an attribute of a label, and of those that share it. Its key stays.
    pub fn change_attribute(
        &mut self,
        label: &LabelId,
        key: &AttributeKey,
        change: Box<dyn FnOnce(&mut AttributeType) + '_>,
    ) -> DraftResult {
        let sharers = self.sharers(label, key);
        let attribute = self.attribute_mut(label, key)?;
        let mut after = attribute.clone();
        change(&mut after);
        after.name = full_name(after.name)?;
        after.key = key.clone();
        if let AttributeKind::Choice(choices) = &after.kind
            && choices.is_empty()
        {
            return Err(DraftRefusal::LastValue);
        }
        let is_bad = |default: &AttributeValue| !after.kind.allows(default);
        if after.kind == attribute.kind && after.default.as_ref().is_some_and(is_bad) {
            return Err(DraftRefusal::BadDefault);
        }
        *attribute = after.clone();
        for sharer in &sharers {
            let attribute = self.attribute_mut(sharer, key)?;
            *attribute = AttributeType { default: attribute.default.take(), ..after.clone() };
        }
        self.repair();
        Ok(())
    }

    /// Takes an attribute away from one label, with the values that its annotations have.
    pub fn remove_attribute(&mut self, label: &LabelId, key: &AttributeKey) -> DraftResult {
        self.label_mut(label)?.attributes.retain(|attribute| attribute.key != *key);
        self.repair();
        Ok(())
    }

    /// Moves an attribute before or behind its neighbour.
    pub fn step_attribute(&mut self, label: &LabelId, key: &AttributeKey, forward: bool) -> DraftResult {
        let attributes = &mut self.label_mut(label)?.attributes;
        let idx = attributes.iter().position(|attribute| attribute.key == *key);
        step(attributes, idx.ok_or(DraftRefusal::NotThere)?, forward, |_| true);
        Ok(())
    }

    /// Adds a value to a choice. The value.
    pub fn add_value(
        &mut self,
        label: &LabelId,
        key: &AttributeKey,
        name: Localized,
    ) -> DraftResult<Rc<str>> {
        let name = full_name(name)?;
        let mut added = Rc::from("");
        self.change_choices(label, key, &mut |choices| {
            let is_taken = |value: &str| has_value(choices, value);
            added = new_id(&name.en, IdCase::Lower, "value", is_taken);
            choices.push(new_choice(added.clone(), name.clone()));
        })?;
        Ok(added)
    }

    /// Changes what a value is called and how it is explained.
    pub fn change_value(
        &mut self,
        label: &LabelId,
        key: &AttributeKey,
        value: &str,
        change: &dyn Fn(&mut Choice),
    ) -> DraftResult {
        let mut named = Ok(());
        self.change_choices(label, key, &mut |choices| {
            for choice in choices.iter_mut().filter(|choice| *choice.value == *value) {
                let mut after = choice.clone();
                change(&mut after);
                match full_name(after.name.clone()) {
                    Ok(name) => *choice = Choice { name, value: choice.value.clone(), ..after },
                    Err(refusal) => named = Err(refusal),
                }
            }
        })?;
        named
    }

    /// Takes a value away. Annotations that have it get `to`, or the default.
    pub fn remove_value(
        &mut self,
        label: &LabelId,
        key: &AttributeKey,
        value: &Rc<str>,
        to: Option<&Rc<str>>,
    ) -> DraftResult {
        let labels: Vec<LabelId> = self.sharers(label, key).into_iter().chain([label.clone()]).collect();
        let Some(AttributeKind::Choice(choices)) = self.schema.attribute(label, key).map(|found| &found.kind)
        else {
            return Err(DraftRefusal::NotThere);
        };
        if to.is_some_and(|to| to == value || !has_value(choices, to)) {
            return Err(DraftRefusal::NotThere);
        }
        let is_last = choices.iter().all(|choice| choice.value == *value);
        if let Some(to) = to.filter(|_| !is_last) {
            for label in labels {
                self.replace_value(&label, key, value, to)?;
                let (key, from, to) = (key.clone(), value.clone(), to.clone());
                self.moves.push(Move::Value { label, key, from, to });
            }
        }
        self.change_choices(label, key, &mut |choices| choices.retain(|choice| choice.value != *value))
    }

    /// Puts a value in the place of another wherever the schema names it for this label.
    fn replace_value(
        &mut self,
        label: &LabelId,
        key: &AttributeKey,
        from: &Rc<str>,
        to: &Rc<str>,
    ) -> DraftResult {
        for attribute in &mut self.label_mut(label)?.attributes {
            if attribute.key == *key
                && attribute.default.as_ref().and_then(AttributeValue::as_text) == Some(from)
            {
                attribute.default = Some(AttributeValue::Text(to.clone()));
            }
            if let Some((other, values)) = &mut attribute.shown_if
                && other == key
                && let Some(idx) = values.iter().position(|value| value == from)
            {
                values[idx] = to.clone();
                *values = keep_first(std::mem::take(values));
            }
        }
        for relation in self.schema.relations.iter_mut().filter(|relation| relation.from.contains(label)) {
            if relation.when_from.as_ref().is_some_and(|(other, value)| other == key && value == from) {
                relation.when_from = Some((key.clone(), to.clone()));
            }
        }
        Ok(())
    }

    fn attribute_mut(&mut self, label: &LabelId, key: &AttributeKey) -> DraftResult<&mut AttributeType> {
        let attributes = &mut self.label_mut(label)?.attributes;
        attributes.iter_mut().find(|attribute| attribute.key == *key).ok_or(DraftRefusal::NotThere)
    }

    /// Changes the values of a choice, of all labels that share it, and what hangs on them.
    fn change_choices(
        &mut self,
        label: &LabelId,
        key: &AttributeKey,
        change: &mut dyn FnMut(&mut Vec<Choice>),
    ) -> DraftResult {
        let Some(AttributeKind::Choice(choices)) = self.schema.attribute(label, key).map(|found| &found.kind)
        else {
            return Err(DraftRefusal::NotThere);
        };
        let mut choices = choices.clone();
        change(&mut choices);
        if choices.len() > ITEM_COUNT_MAX {
            return Err(DraftRefusal::TooMany);
        }
        self.change_attribute(
            label,
            key,
            Box::new(|attribute| {
                attribute.default = attribute
                    .default
                    .take()
                    .filter(|default| default.as_text().is_some_and(|default| has_value(&choices, default)));
                attribute.kind = AttributeKind::Choice(choices);
            }),
        )
    }
}

/// A value of a choice.
pub fn new_choice(value: Rc<str>, name: Localized) -> Choice {
    Choice { value, name, help: Localized::default(), extra: Map::new() }
}
