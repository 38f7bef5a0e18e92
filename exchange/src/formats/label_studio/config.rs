//! The labelling configuration: which controls Label Studio shows for the tasks.
//!
//! It is made of the schemas of all documents and of what their annotations have beside: a label, a
//! relation or a choice that is not in it would not be shown.

use sourcier::model::schema::{AttributeKind, AttributeValue, Label, Schema};
use sourcier::sorted::SortedMap;

use crate::formats::label_studio::{CERTAINTY, ENTITY, ENTITY_ID, IDENTIFIER, LABEL, TEXT, control_of};
use crate::shared::xml::XmlOut;
use crate::work::{Work, value_text};

/// What a control asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Choices,
    Text,
    Number,
}

struct Control {
    name: String,
    kind: Kind,
    choices: Vec<String>,
    /// The labels whose regions have it.
    labels: Vec<String>,
}

#[derive(Default)]
pub(super) struct Config {
    /// Name, colour, key.
    labels: Vec<(String, String, Option<char>)>,
    controls: Vec<Control>,
    /// The index of each control in `controls`.
    places: SortedMap<String, usize>,
    relations: Vec<String>,
    entity_labels: Vec<String>,
}

impl Config {
    /// Takes in a document.
    pub fn add(&mut self, work: Work<'_>) {
        self.add_schema(&work.state.schema);
        for annotation in work.annotations() {
            let label = work.label_name(&annotation.label);
            self.add_label(label, "#B0B0B0", None);
            if annotation.entity.is_some() {
                push(&mut self.entity_labels, label);
            }
            for (key, value) in &annotation.attributes {
                let kind = self.kind(key.as_str()).unwrap_or(Kind::Text);
                let control = self.control(key.as_str(), kind, label);
                if control.kind == Kind::Choices {
                    push(&mut control.choices, &value_text(value));
                }
            }
        }
        for relation in work.state.relations.iter() {
            push(&mut self.relations, relation.kind.as_str());
        }
    }

    /// How the values of an attribute are asked for.
    pub fn kind(&self, key: &str) -> Option<Kind> {
        self.places.get(&control_of(key)).map(|&idx| self.controls[idx].kind)
    }

    /// Whether a value is one that the control of its attribute can hold.
    pub fn holds(&self, key: &str, value: &AttributeValue) -> bool {
        self.kind(key) != Some(Kind::Number) || matches!(value, AttributeValue::Number(_))
    }

    fn add_schema(&mut self, schema: &Schema) {
        for label in &schema.labels {
            let name = label.export_name.as_deref().unwrap_or(label.id.as_str());
            self.add_label(name, &label.color, label.hotkey);
            if label.is_entity {
                push(&mut self.entity_labels, name);
            }
            self.add_attributes(label, name);
        }
        for relation in &schema.relations {
            push(&mut self.relations, relation.id.as_str());
        }
    }

    fn add_attributes(&mut self, label: &Label, name: &str) {
        for attribute in &label.attributes {
            let kind = match attribute.kind {
                AttributeKind::Flag | AttributeKind::Choice(_) => Kind::Choices,
                AttributeKind::Number => Kind::Number,
                AttributeKind::Text { .. } | AttributeKind::Date => Kind::Text,
            };
            let control = self.control(attribute.key.as_str(), kind, name);
            match &attribute.kind {
                AttributeKind::Choice(choices) => {
                    choices.iter().for_each(|choice| push(&mut control.choices, &choice.value));
                }
                AttributeKind::Flag => {
                    ["true", "false"].iter().for_each(|flag| push(&mut control.choices, flag))
                }
                _ => {}
            }
            // The same key with two types: a text holds both.
            if control.kind != kind {
                control.kind = Kind::Text;
            }
        }
    }

    fn control(&mut self, key: &str, kind: Kind, label: &str) -> &mut Control {
        let (name, next) = (control_of(key), self.controls.len());
        let idx = *self.places.get_or_insert(name.clone(), next);
        if idx == next {
            self.controls.push(Control { name, kind, choices: Vec::new(), labels: Vec::new() });
        }
        push(&mut self.controls[idx].labels, label);
        &mut self.controls[idx]
    }

    fn add_label(&mut self, name: &str, color: &str, key: Option<char>) {
        if !self.labels.iter().any(|(found, _, _)| found == name) {
            self.labels.push((name.to_owned(), color.to_owned(), key));
        }
    }

    pub fn xml(&self) -> String {
        let mut out = XmlOut::without_declaration();
        out.open("View", &[]);
        out.line();
        out.open("Labels", &[("name", LABEL), ("toName", TEXT)]);
        out.line();
        for (name, color, key) in &self.labels {
            let key = key.map(String::from).unwrap_or_default();
            let attributes = [("value", name.as_str()), ("background", color), ("hotkey", &key)];
            out.empty("Label", if key.is_empty() { &attributes[..2] } else { &attributes });
            out.line();
        }
        out.close("Labels");
        out.line();
        out.empty("Text", &[("name", TEXT), ("value", "$text")]);
        out.line();
        push_choices(&mut out, CERTAINTY, "", &["unsure".to_owned()]);
        for control in &self.controls {
            let labels = control.labels.join(",");
            match control.kind {
                Kind::Choices => push_choices(&mut out, &control.name, &labels, &control.choices),
                Kind::Text => push_control(&mut out, "TextArea", &control.name, &labels),
                Kind::Number => push_control(&mut out, "Number", &control.name, &labels),
            }
        }
        if !self.entity_labels.is_empty() {
            for name in [ENTITY, ENTITY_ID, IDENTIFIER] {
                push_control(&mut out, "TextArea", name, &self.entity_labels.join(","));
            }
        }
        if !self.relations.is_empty() {
            out.open("Relations", &[]);
            out.line();
            for relation in &self.relations {
                out.empty("Relation", &[("value", relation)]);
                out.line();
            }
            out.close("Relations");
            out.line();
        }
        out.close("View");
        out.line();
        out.finish()
    }
}

fn push(list: &mut Vec<String>, text: &str) {
    if !list.iter().any(|found| found == text) {
        list.push(text.to_owned());
    }
}

/// The attributes of a control that belongs to regions with some labels, or with any.
fn region_attributes<'c>(name: &'c str, labels: &'c str) -> Vec<(&'static str, &'c str)> {
    let mut attributes = vec![("name", name), ("toName", TEXT), ("perRegion", "true")];
    if !labels.is_empty() {
        attributes.extend([("whenTagName", LABEL), ("whenLabelValue", labels)]);
    }
    attributes
}

fn push_control(out: &mut XmlOut, element: &str, name: &str, labels: &str) {
    out.empty(element, &region_attributes(name, labels));
    out.line();
}

fn push_choices(out: &mut XmlOut, name: &str, labels: &str, choices: &[String]) {
    out.open("Choices", &region_attributes(name, labels));
    out.line();
    for choice in choices {
        out.empty("Choice", &[("value", choice)]);
        out.line();
    }
    out.close("Choices");
    out.line();
}
