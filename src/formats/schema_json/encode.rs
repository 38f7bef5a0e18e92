//! From a schema to JSON, keys always in the same order, empty and usual values left out.

use crate::formats::rfc3339::write_time;
use crate::formats::schema_json::{
    ATTRIBUTE_KINDS, FAMILIES, FIELD_KINDS, KindWord, LEVELS, LINES, POLICIES, SCHEMA_FORMAT,
    SCHEMA_FORMAT_VERSION, TIERS,
};
use crate::json::{self, Map, Value};
use crate::model::ids::LabelId;
use crate::model::schema::{
    AttributeKind, AttributeType, AttributeValue, Choice, FieldKind, FieldType, Group, Label, Localized,
    RelationType, Rule, Schema, SchemaChange, SpanPolicy,
};

/// The JSON of a schema. `decode_schema` of it gives the schema again.
pub fn encode_schema(schema: &Schema) -> Value {
    let mut writer = Writer::default();
    writer.text("format", SCHEMA_FORMAT);
    writer.put("formatVersion", Value::from(SCHEMA_FORMAT_VERSION));
    writer.text("id", &schema.id);
    writer.text("version", &schema.version);
    writer.localized("name", &schema.name);
    writer.localized("card", &schema.card);
    writer.put("policy", write_policy(schema.policy));
    writer.each("groups", &schema.groups, write_group);
    writer.each("labels", &schema.labels, write_label);
    writer.each("relations", &schema.relations, write_relation);
    writer.each("documentFields", &schema.document_fields, write_field);
    writer.each("rules", &schema.rules, write_rule);
    if !schema.guidelines.is_empty() {
        writer.text("guidelines", &schema.guidelines);
    }
    if !schema.changes.is_empty() {
        writer.each("changes", &schema.changes, write_change);
    }
    writer.finish(&schema.extra)
}

/// One JSON object on the way out.
#[derive(Default)]
struct Writer(Map);

impl Writer {
    fn put(&mut self, key: &str, value: Value) {
        self.0.insert(key, value);
    }

    fn text(&mut self, key: &str, text: &str) {
        self.put(key, Value::from(text));
    }

    fn text_option(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    fn key_option(&mut self, key: &str, character: Option<char>) {
        if let Some(character) = character {
            self.put(key, Value::from(&*character.to_string()));
        }
    }

    /// Left out when `false`.
    fn flag(&mut self, key: &str, flag: bool) {
        if flag {
            self.put(key, Value::Bool(true));
        }
    }

    fn word<T: PartialEq>(&mut self, key: &str, words: &[(&str, T)], value: &T) {
        self.text_option(key, words.iter().find(|(_, known)| known == value).map(|(word, _)| *word));
    }

    /// Left out when empty in both languages.
    fn localized(&mut self, key: &str, text: &Localized) {
        if !text.fr.is_empty() || !text.en.is_empty() {
            let mut languages = Writer::default();
            languages.text("fr", &text.fr);
            languages.text("en", &text.en);
            self.put(key, Value::Object(languages.0));
        }
    }

    fn each<T>(&mut self, key: &str, items: &[T], write: impl Fn(&T) -> Value) {
        self.put(key, items.iter().map(write).collect());
    }

    /// What a file held besides. A key that the program knows by now keeps the program's value.
    fn finish(mut self, extra: &Map) -> Value {
        for (key, value) in extra.iter() {
            if !self.0.contains_key(key) {
                self.put(key, value.clone());
            }
        }
        Value::Object(self.0)
    }
}

fn write_policy(policy: SpanPolicy) -> Value {
    let mut writer = Writer::default();
    writer.word("overlap", POLICIES, &policy.overlap);
    writer.word("nesting", POLICIES, &policy.nesting);
    writer.word("discontinuous", POLICIES, &policy.discontinuous);
    Value::Object(writer.0)
}

fn write_group(group: &Group) -> Value {
    let mut writer = Writer::default();
    writer.text("id", group.id.as_str());
    writer.localized("name", &group.name);
    writer.word("family", FAMILIES, &group.family);
    writer.finish(&group.extra)
}

fn write_label(label: &Label) -> Value {
    let mut writer = Writer::default();
    writer.text("id", label.id.as_str());
    writer.text_option("exportName", label.export_name.as_deref());
    writer.text("group", label.group.as_str());
    writer.localized("name", &label.name);
    writer.localized("shortName", &label.short_name);
    writer.key_option("hotkey", label.hotkey);
    writer.text("color", &label.color);
    writer.word("line", LINES, &label.line);
    writer.word("tier", TIERS, &label.tier);
    writer.flag("retired", label.retired);
    if let Some(policy) = label.policy {
        writer.put("policy", write_policy(policy));
    }
    writer.localized("definition", &label.definition);
    writer.localized("include", &label.include);
    writer.localized("exclude", &label.exclude);
    writer.localized("example", &label.example);
    writer.flag("stacks", label.stacks);
    writer.flag("entity", label.is_entity);
    writer.each("attributes", &label.attributes, write_attribute);
    writer.finish(&label.extra)
}

fn write_attribute(attribute: &AttributeType) -> Value {
    let mut writer = Writer::default();
    writer.text("key", attribute.key.as_str());
    writer.localized("name", &attribute.name);
    writer.localized("help", &attribute.help);
    write_attribute_kind(&mut writer, &attribute.kind);
    if let Some(default) = &attribute.default {
        writer.put("default", write_value(default));
    }
    writer.flag("required", attribute.required);
    writer.flag("dated", attribute.is_dated);
    writer.word("tier", TIERS, &attribute.tier);
    writer.text_option("computed", attribute.computed.as_deref());
    if let Some((key, values)) = &attribute.shown_if {
        let mut condition = Writer::default();
        condition.text("attribute", key.as_str());
        condition.each("values", values, |value| Value::from(&**value));
        writer.put("shownIf", Value::Object(condition.0));
    }
    writer.finish(&attribute.extra)
}

fn write_attribute_kind(writer: &mut Writer, kind: &AttributeKind) {
    let word = match kind {
        AttributeKind::Flag => KindWord::Flag,
        AttributeKind::Choice(_) => KindWord::Choice,
        AttributeKind::Text { .. } => KindWord::Text,
        AttributeKind::Number => KindWord::Number,
        AttributeKind::Date => KindWord::Date,
    };
    writer.word("type", ATTRIBUTE_KINDS, &word);
    match kind {
        AttributeKind::Choice(choices) => writer.each("values", choices, write_choice),
        AttributeKind::Text { len_max: Some(len_max) } => writer.put("max", Value::from(*len_max)),
        _ => {}
    }
}

fn write_choice(choice: &Choice) -> Value {
    let mut writer = Writer::default();
    writer.text("value", &choice.value);
    writer.localized("name", &choice.name);
    writer.localized("help", &choice.help);
    writer.finish(&choice.extra)
}

fn write_value(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::Flag(flag) => Value::Bool(*flag),
        AttributeValue::Text(text) => Value::from(&**text),
        AttributeValue::Number(number) => Value::from(*number),
        AttributeValue::Other(json) => json::from_str(json).unwrap_or_else(|_| Value::from(json)),
    }
}

fn write_relation(relation: &RelationType) -> Value {
    let mut writer = Writer::default();
    writer.text("id", relation.id.as_str());
    writer.localized("name", &relation.name);
    writer.localized("inverseName", &relation.inverse_name);
    writer.localized("reads", &relation.reads);
    writer.key_option("key", relation.key);
    writer.each("from", &relation.from, |label_id| Value::from(label_id.as_str()));
    writer.each("to", &relation.to, |label_id| Value::from(label_id.as_str()));
    writer.put("directed", Value::Bool(relation.directed));
    writer.flag("onePerFrom", relation.one_per_from);
    writer.flag("onePerTo", relation.one_per_to);
    if let Some((key, value)) = &relation.when_from {
        let mut condition = Writer::default();
        condition.text("attribute", key.as_str());
        condition.text("value", value);
        writer.put("whenFrom", Value::Object(condition.0));
    }
    writer.word("tier", TIERS, &relation.tier);
    writer.finish(&relation.extra)
}

fn write_field(field: &FieldType) -> Value {
    let mut writer = Writer::default();
    writer.text("key", field.key.as_str());
    writer.localized("name", &field.name);
    writer.localized("help", &field.help);
    let (word, choices) = match &field.kind {
        FieldKind::Text => (KindWord::Text, None),
        FieldKind::LongText => (KindWord::LongText, None),
        FieldKind::Choice(choices) => (KindWord::Choice, Some(choices)),
        FieldKind::Iri => (KindWord::Iri, None),
        FieldKind::Date => (KindWord::Date, None),
        FieldKind::DateTime => (KindWord::DateTime, None),
        FieldKind::Language => (KindWord::Language, None),
        FieldKind::Hash => (KindWord::Hash, None),
        FieldKind::Integer => (KindWord::Integer, None),
    };
    writer.word("type", FIELD_KINDS, &word);
    if let Some(choices) = choices {
        writer.each("values", choices, write_choice);
    }
    writer.flag("required", field.required);
    writer.word("tier", TIERS, &field.tier);
    writer.flag("automatic", field.automatic);
    writer.finish(&field.extra)
}

fn write_rule(rule: &Rule) -> Value {
    let mut writer = Writer::default();
    writer.text("id", &rule.id);
    writer.word("level", LEVELS, &rule.level);
    writer.text("check", &rule.check);
    writer.text_option("repair", rule.repair.as_ref().map(LabelId::as_str));
    writer.localized("message", &rule.message);
    if !rule.note.is_empty() {
        writer.text("note", &rule.note);
    }
    writer.finish(&rule.extra)
}

fn write_change(change: &SchemaChange) -> Value {
    let mut time = String::new();
    write_time(&mut time, change.time_ms);
    let mut writer = Writer::default();
    writer.text("version", &change.version);
    writer.text("time", &time);
    writer.each("what", &change.what, |what| Value::from(&**what));
    Value::Object(writer.0)
}
