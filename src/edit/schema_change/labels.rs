//! Labels of a draft: new ones, other ones, one in place of another, several out of one.

use std::rc::Rc;

use crate::edit::schema_change::ids::{IdCase, check_key, new_id};
use crate::edit::schema_change::{DraftRefusal, DraftResult, KeyOwner, Move, SchemaDraft, full_name, step};
use crate::json::Map;
use crate::model::ids::{AttributeKey, GroupId, LabelId};
use crate::model::schema::{
    AttributeKind, Choice, ITEM_COUNT_MAX, Label, LineStyle, Localized, Schema, Tier, is_color,
};

/// What a new label needs; the rest can follow.
#[derive(Clone, Debug, PartialEq)]
pub struct NewLabel {
    pub name: Localized,
    pub group: GroupId,
    pub hotkey: Option<char>,
    /// `#RRGGBB`.
    pub color: Rc<str>,
}

/// What becomes of the annotations of a label that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Remove,
    Relabel(LabelId),
    /// They keep the label, which is unknown from then on.
    Keep,
}

const LINES: [LineStyle; 5] =
    [LineStyle::Solid, LineStyle::Double, LineStyle::Dotted, LineStyle::Dashed, LineStyle::Wavy];

/// The line style that the fewest labels of a group have.
pub fn next_line(schema: &Schema, group: &GroupId) -> LineStyle {
    let count = |line: LineStyle| schema.labels_of(group).filter(|label| label.line == line).count();
    let mut best = LINES[0];
    for line in LINES {
        if count(line) < count(best) {
            best = line;
        }
    }
    best
}

impl SchemaDraft {
    /// Puts a label behind the last one of its group.
    pub fn add_label(&mut self, new: NewLabel) -> DraftResult<LabelId> {
        if self.schema.group(&new.group).is_none() {
            return Err(DraftRefusal::NotThere);
        }
        let name = full_name(new.name)?;
        let id = self.new_label_id(&name);
        check_look(&self.schema, &id, new.hotkey, &new.color)?;
        let line = next_line(&self.schema, &new.group);
        self.insert_label(Label {
            id: id.clone(),
            export_name: None,
            group: new.group,
            name,
            short_name: Localized::default(),
            hotkey: new.hotkey,
            color: new.color,
            line,
            tier: Tier::V1,
            retired: false,
            policy: None,
            definition: Localized::default(),
            include: Localized::default(),
            exclude: Localized::default(),
            example: Localized::default(),
            stacks: false,
            is_entity: false,
            attributes: Vec::new(),
            extra: Map::new(),
        })?;
        Ok(id)
    }

    /// Changes what a label says and looks like. Its id and attributes stay.
    pub fn change_label(&mut self, id: &LabelId, change: Box<dyn FnOnce(&mut Label) + '_>) -> DraftResult {
        let before = self.label_mut(id)?.clone();
        let mut after = before.clone();
        change(&mut after);
        after.name = full_name(after.name)?;
        if self.schema.group(&after.group).is_none() {
            return Err(DraftRefusal::NotThere);
        }
        let hotkey = after.hotkey.filter(|_| after.hotkey != before.hotkey);
        check_look(&self.schema, id, hotkey, &after.color)?;
        let comes_back = before.retired && !after.retired;
        (after.id, after.attributes) = (before.id, before.attributes);
        *self.label_mut(id)? = after;
        if comes_back {
            self.give_up_taken_key(id);
        }
        Ok(())
    }

    /// Moves a label before or behind its neighbour in its group.
    pub fn step_label(&mut self, id: &LabelId, forward: bool) -> DraftResult {
        let idx = self.schema.label_index(id).ok_or(DraftRefusal::NotThere)?;
        let group = self.schema.labels[idx].group.clone();
        step(&mut self.schema.labels, idx, forward, |label| label.group == group);
        Ok(())
    }

    /// Takes a label away; its annotations get another one. So do the ends of relations.
    pub fn merge_label(&mut self, from: &LabelId, to: &LabelId) -> DraftResult {
        self.remove_label(from, Fate::Relabel(to.clone()))
    }

    /// Takes a label away, and says what becomes of its annotations.
    pub fn remove_label(&mut self, id: &LabelId, fate: Fate) -> DraftResult {
        let idx = self.schema.label_index(id).ok_or(DraftRefusal::NotThere)?;
        match fate {
            Fate::Relabel(to) => {
                if to == *id || self.schema.label(&to).is_none() {
                    return Err(DraftRefusal::NotThere);
                }
                self.replace_ends(id, std::slice::from_ref(&to), false);
                for rule in self.schema.rules.iter_mut().filter(|rule| rule.repair.as_ref() == Some(id)) {
                    rule.repair = Some(to.clone());
                }
                self.moves.push(Move::Relabel { from: id.clone(), to });
            }
            Fate::Remove => self.moves.push(Move::Remove { label: id.clone() }),
            Fate::Keep => {}
        }
        self.schema.labels.remove(idx);
        self.repair();
        Ok(())
    }

    /// Makes a label of each value of a choice. The first label is no longer offered; it keeps the
    /// annotations without a value. The new ones.
    pub fn split_label(&mut self, id: &LabelId, key: &AttributeKey) -> DraftResult<Vec<LabelId>> {
        let label = self.label_mut(id)?.clone();
        let Some(AttributeKind::Choice(choices)) = label.attribute(key).map(|attribute| &attribute.kind)
        else {
            return Err(DraftRefusal::NotThere);
        };
        if self.schema.labels.len() + choices.len() > ITEM_COUNT_MAX {
            return Err(DraftRefusal::TooMany);
        }
        let mut to = Vec::new();
        for choice in choices {
            let part = self.part_of(&label, key, choice);
            to.push((choice.value.clone(), part.id.clone()));
            self.insert_label(part)?;
        }
        let ids: Vec<LabelId> = to.iter().map(|(_, id)| id.clone()).collect();
        self.replace_ends(id, &ids, true);
        self.label_mut(id)?.retired = true;
        self.moves.push(Move::Split { label: id.clone(), key: key.clone(), to });
        self.repair();
        Ok(ids)
    }

    /// The label for one value of a choice: as the whole one, without the choice.
    fn part_of(&self, label: &Label, key: &AttributeKey, choice: &Choice) -> Label {
        let name = |label: &str, value: &str| Rc::from(format!("{label} ({value})"));
        let name = Localized {
            fr: name(&label.name.fr, &choice.name.fr),
            en: name(&label.name.en, &choice.name.en),
        };
        let definition = match choice.help == Localized::default() {
            true => label.definition.clone(),
            false => choice.help.clone(),
        };
        let mut part = Label {
            id: self.new_label_id(&name),
            export_name: None,
            short_name: choice.name.clone(),
            name,
            definition,
            hotkey: None,
            line: next_line(&self.schema, &label.group),
            retired: false,
            ..label.clone()
        };
        part.attributes.retain(|attribute| attribute.key != *key);
        part
    }

    /// Puts `to` where `id` is an end of a relation: behind it, or in its place.
    fn replace_ends(&mut self, id: &LabelId, to: &[LabelId], keeps: bool) {
        for relation in &mut self.schema.relations {
            for ends in [&mut relation.from, &mut relation.to] {
                if let Some(idx) = ends.iter().position(|end| end == id) {
                    let place = if keeps { idx + 1..idx + 1 } else { idx..idx + 1 };
                    ends.splice(place, to.iter().cloned());
                }
            }
        }
    }

    fn insert_label(&mut self, label: Label) -> DraftResult {
        let labels = &mut self.schema.labels;
        if labels.len() >= ITEM_COUNT_MAX {
            return Err(DraftRefusal::TooMany);
        }
        let last = labels.iter().rposition(|other| other.group == label.group);
        labels.insert(last.map_or(labels.len(), |last| last + 1), label);
        Ok(())
    }

    /// From the English name, since formats and code read it; unlike every id and export name.
    fn new_label_id(&self, name: &Localized) -> LabelId {
        let is_taken = |id: &str| {
            let is_it = |label: &Label| label.id.as_str() == id || label.export_name.as_deref() == Some(id);
            self.schema.labels.iter().chain(&self.base.labels).any(is_it)
        };
        LabelId(new_id(&name.en, IdCase::Upper, "label", is_taken))
    }
}

fn check_look(schema: &Schema, id: &LabelId, hotkey: Option<char>, color: &str) -> DraftResult {
    if !is_color(color) {
        return Err(DraftRefusal::BadColor);
    }
    hotkey.map_or(Ok(()), |key| check_key(schema, key, Some(&KeyOwner::Label(id.clone()))))
}
