//! What goes with something that goes: ends, conditions and defaults that lead nowhere. After it, a
//! draft is what a file of a schema may be.

use std::rc::Rc;

use crate::edit::schema_change::SchemaDraft;
use crate::edit::schema_change::ids::key_owner;
use crate::model::ids::LabelId;
use crate::model::schema::{AttributeKind, AttributeType, Choice, Label, RelationType, Schema};
use crate::sorted::keep_first;

impl SchemaDraft {
    /// Takes away what leads nowhere any more. O(schema).
    pub(super) fn repair(&mut self) {
        let schema = &mut self.schema;
        for label in &mut schema.labels {
            repair_attributes(label);
        }
        let Schema { labels, relations, rules, .. } = schema;
        for relation in relations {
            let is_there = |end: &LabelId| labels.iter().any(|label| label.id == *end);
            for ends in [&mut relation.from, &mut relation.to] {
                *ends = keep_first(std::mem::take(ends)).into_iter().filter(is_there).collect();
            }
            if !condition_holds(labels, relation) {
                relation.when_from = None;
            }
        }
        for rule in rules {
            let is_there = |label: &LabelId| labels.iter().any(|other| other.id == *label);
            rule.repair = rule.repair.take().filter(is_there);
        }
    }

    /// Takes the key of a label away where another has it: one that comes back finds it gone.
    pub(super) fn give_up_taken_key(&mut self, id: &LabelId) {
        let owner = crate::edit::schema_change::KeyOwner::Label(id.clone());
        let key = self.schema.label(id).and_then(|label| label.hotkey);
        let is_taken = key.is_some_and(|key| key_owner(&self.schema, key, Some(&owner)).is_some());
        if let (true, Ok(label)) = (is_taken, self.label_mut(id)) {
            label.hotkey = None;
        }
    }
}

fn repair_attributes(label: &mut Label) {
    let attributes = label.attributes.clone();
    for attribute in &mut label.attributes {
        let kind = &attribute.kind;
        attribute.default = attribute.default.take().filter(|default| kind.allows(default));
        if let Some((key, values)) = &mut attribute.shown_if {
            let other = attributes.iter().find(|other| other.key == *key && other.key != attribute.key);
            values.retain(|value| other.is_some_and(|other| may_have(other, value)));
            if values.is_empty() {
                attribute.shown_if = None;
            }
        }
    }
}

/// Whether an attribute can have a value, as far as its type says.
fn may_have(attribute: &AttributeType, value: &Rc<str>) -> bool {
    match &attribute.kind {
        AttributeKind::Choice(choices) => has_value(choices, value),
        _ => true,
    }
}

pub(super) fn has_value(choices: &[Choice], value: &str) -> bool {
    choices.iter().any(|choice| *choice.value == *value)
}

/// Whether a label at the `from` end has the attribute that the type asks for, and it the value.
fn condition_holds(labels: &[Label], relation: &RelationType) -> bool {
    relation.when_from.as_ref().is_none_or(|(key, value)| {
        let from = labels.iter().filter(|label| relation.from.contains(&label.id));
        from.filter_map(|label| label.attribute(key)).any(|attribute| may_have(attribute, value))
    })
}
