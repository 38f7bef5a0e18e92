//! What brat is told of a project: `annotation.conf` lists what may be annotated, `visual.conf` says
//! what it is called and how it is drawn.

use std::fmt::Write;
use std::rc::Rc;

use sourcier::model::ids::LabelId;
use sourcier::model::schema::{AttributeKind, Label, Localized, Schema};

use crate::formats::brat::{CERTAINTY, EQUIV};
use crate::names::SafeNames;

/// What the documents of an export use or might use, in the order of their schemas.
#[derive(Default)]
pub struct Config {
    labels: Vec<Named>,
    relations: Vec<Relation>,
    attributes: Vec<Attribute>,
    last_schema: Option<Rc<Schema>>,
}

/// A label or a type of relation.
struct Named {
    id: String,
    name: Localized,
    short_name: Localized,
    color: Rc<str>,
}

struct Relation {
    id: String,
    name: Localized,
    from: Vec<String>,
    to: Vec<String>,
}

struct Attribute {
    key: String,
    labels: Vec<String>,
    values: Vec<String>,
}

impl Config {
    /// Adds what a schema has. Does nothing for the schema of the document before.
    pub fn add_schema(&mut self, schema: &Rc<Schema>, names: &mut SafeNames) {
        if self.last_schema.as_ref().is_some_and(|last| Rc::ptr_eq(last, schema)) {
            return;
        }
        self.last_schema = Some(schema.clone());
        for label in &schema.labels {
            let id = name_of(label, names);
            if !self.labels.iter().any(|known| known.id == id) {
                let (name, short_name) = (label.name.clone(), label.short_name.clone());
                self.labels.push(Named { id: id.clone(), name, short_name, color: label.color.clone() });
            }
            for attribute in &label.attributes {
                let key = attribute.key.as_str();
                match &attribute.kind {
                    AttributeKind::Choice(choices) => {
                        choices.iter().for_each(|choice| self.add_value(key, &id, &choice.value));
                    }
                    AttributeKind::Flag => {
                        ["true", "false"].iter().for_each(|value| self.add_value(key, &id, value));
                    }
                    // Free words are written as notes.
                    AttributeKind::Text { .. } | AttributeKind::Number | AttributeKind::Date => {}
                }
            }
            self.add_value(CERTAINTY, &id, "unsure");
        }
        for relation in &schema.relations {
            let mut ends = |labels: &[LabelId]| -> Vec<String> {
                labels.iter().filter_map(|id| schema.label(id)).map(|label| name_of(label, names)).collect()
            };
            let (from, to) = (ends(&relation.from), ends(&relation.to));
            let id = names.of(relation.id.as_str());
            if !self.relations.iter().any(|known| known.id == id) {
                self.relations.push(Relation { id, name: relation.name.clone(), from, to });
            }
        }
    }

    /// A value that a label's attribute has somewhere, or may have.
    pub fn add_value(&mut self, key: &str, label: &str, value: &str) {
        let known = self.attributes.iter().position(|attribute| attribute.key == key);
        let idx = known.unwrap_or_else(|| {
            self.attributes.push(Attribute { key: key.to_owned(), labels: Vec::new(), values: Vec::new() });
            self.attributes.len() - 1
        });
        push_new(&mut self.attributes[idx].labels, label);
        push_new(&mut self.attributes[idx].values, value);
    }

    /// A relation that is there, whether or not the schema has it.
    pub fn add_relation(&mut self, id: &str, from: &str, to: &str) {
        let known = self.relations.iter().position(|relation| relation.id == id);
        let idx = known.unwrap_or_else(|| {
            let name = Localized::default();
            self.relations.push(Relation { id: id.to_owned(), name, from: Vec::new(), to: Vec::new() });
            self.relations.len() - 1
        });
        push_new(&mut self.relations[idx].from, from);
        push_new(&mut self.relations[idx].to, to);
    }

    /// A label that is there, whether or not a schema has it.
    pub fn add_label(&mut self, id: &str) {
        if !self.labels.iter().any(|known| known.id == id) {
            let (name, short_name) = (Localized::default(), Localized::default());
            self.labels.push(Named { id: id.to_owned(), name, short_name, color: Rc::from("#C0C0C0") });
        }
    }

    pub fn annotation_conf(&self) -> String {
        let mut conf = String::from("[entities]\n");
        for label in &self.labels {
            let _ = writeln!(conf, "{}", label.id);
        }
        conf.push_str("\n[relations]\n");
        for relation in self.relations.iter().filter(|it| !it.from.is_empty() && !it.to.is_empty()) {
            let (from, to) = (relation.from.join("|"), relation.to.join("|"));
            let _ = writeln!(conf, "{}\tArg1:{from}, Arg2:{to}", relation.id);
        }
        let _ = writeln!(conf, "{EQUIV}\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive");
        // Without it brat shows an error on each annotation that touches another.
        conf.push_str("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n");
        conf.push_str("\n[events]\n\n[attributes]\n");
        for attribute in &self.attributes {
            let (labels, values) = (attribute.labels.join("|"), attribute.values.join("|"));
            let _ = writeln!(conf, "{}\tArg:{labels}, Value:{values}", attribute.key);
        }
        conf
    }

    pub fn visual_conf(&self, is_french: bool) -> String {
        let mut conf = String::from("[labels]\n");
        for label in &self.labels {
            let names = [said(&label.name, is_french), said(&label.short_name, is_french)];
            write_names(&mut conf, &label.id, &names);
        }
        for relation in &self.relations {
            write_names(&mut conf, &relation.id, &[said(&relation.name, is_french)]);
        }
        conf.push_str("\n[drawing]\nSPAN_DEFAULT\tfgColor:black, bgColor:lightgrey, borderColor:darken\n");
        for label in &self.labels {
            let _ = writeln!(conf, "{}\tbgColor:{}", label.id, label.color);
        }
        conf.push_str("ARC_DEFAULT\tcolor:black, arrowHead:triangle-5\n");
        let _ = writeln!(conf, "{EQUIV}\tdashArray:3-3, arrowHead:none");
        conf.push_str("ATTRIBUTE_DEFAULT\tglyph:*\n");
        conf
    }
}

fn name_of(label: &Label, names: &mut SafeNames) -> String {
    names.of(label.export_name.as_deref().unwrap_or(label.id.as_str()))
}

fn push_new(list: &mut Vec<String>, item: &str) {
    if !list.iter().any(|known| known == item) {
        list.push(item.to_owned());
    }
}

fn said(name: &Localized, is_french: bool) -> &str {
    if is_french { &name.fr } else { &name.en }
}

/// `ID | name | short name`: a bar parts the names, so there is none in them.
fn write_names(conf: &mut String, id: &str, names: &[&str]) {
    let names: Vec<String> = names
        .iter()
        .filter(|name| !name.is_empty())
        .map(|name| name.replace(|character: char| character == '|' || character.is_control(), " "))
        .collect();
    if !names.is_empty() {
        let _ = writeln!(conf, "{id} | {}", names.join(" | "));
    }
}
