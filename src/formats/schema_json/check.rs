//! What must hold between the parts of a schema: identifiers are unique, references lead
//! somewhere, keys do not clash.

use std::rc::Rc;

use crate::formats::schema_json::SchemaFact;
use crate::formats::schema_json::object::Problems;
use crate::model::ids::LabelId;
use crate::model::schema::{
    AttributeKind, AttributeType, AttributeValue, Choice, FieldKind, Label, RESERVED_KEYS, RelationType,
    Schema,
};
use crate::sorted::{SortedMap, SortedSet};

/// Adds the problems of a schema whose parts were read. Empty identifiers were reported by then.
pub(super) fn check_schema(schema: &Schema, problems: &mut Problems) {
    check_unique("groups", "id", schema.groups.iter().map(|group| &group.id.0), problems);
    check_unique("labels", "id", schema.labels.iter().map(|label| &label.id.0), problems);
    check_unique("relations", "id", schema.relations.iter().map(|relation| &relation.id.0), problems);
    check_unique("documentFields", "key", schema.document_fields.iter().map(|f| &f.key.0), problems);
    check_unique("rules", "id", schema.rules.iter().map(|rule| &rule.id), problems);
    check_labels(schema, problems);
    check_relations(schema, problems);
    check_keys(schema, problems);
    for (idx, rule) in schema.rules.iter().enumerate() {
        if let Some(label) = rule.repair.as_ref().filter(|label| schema.label(label).is_none()) {
            let found = label.0.clone();
            problems.add(format!("rules[{idx}].repair"), SchemaFact::UnknownLabel { found });
        }
    }
    for (idx, field) in schema.document_fields.iter().enumerate() {
        if let FieldKind::Choice(choices) = &field.kind {
            check_choices(&format!("documentFields[{idx}]"), choices, problems);
        }
    }
}

/// The second and later of equal identifiers are the problems.
fn check_unique<'schema>(
    list: &str,
    key: &str,
    ids: impl Iterator<Item = &'schema Rc<str>>,
    problems: &mut Problems,
) {
    let mut seen = SortedSet::new();
    for (idx, id) in ids.enumerate() {
        if !id.is_empty() && !seen.insert(id) {
            problems.add(format!("{list}[{idx}].{key}"), SchemaFact::Duplicate { found: id.clone() });
        }
    }
}

fn check_labels(schema: &Schema, problems: &mut Problems) {
    let groups: SortedSet<&str> = schema.groups.iter().map(|group| group.id.as_str()).collect();
    let mut export_names = SortedSet::new();
    for (idx, label) in schema.labels.iter().enumerate() {
        let path = format!("labels[{idx}]");
        if !label.group.0.is_empty() && !groups.contains(label.group.as_str()) {
            let found = label.group.0.clone();
            problems.add(format!("{path}.group"), SchemaFact::UnknownGroup { found });
        }
        check_export_name(&path, label, &mut export_names, problems);
        check_attributes(&path, label, problems);
    }
}

fn check_export_name<'schema>(
    path: &str,
    label: &'schema Label,
    export_names: &mut SortedSet<&'schema str>,
    problems: &mut Problems,
) {
    let export_name = label.export_name.as_ref().unwrap_or(&label.id.0);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let fact = if !export_name.is_empty() && export_name.bytes().all(is_plain) {
        if export_names.insert(export_name) {
            return;
        }
        // A repeated id was reported already.
        if label.export_name.is_none() {
            return;
        }
        SchemaFact::Duplicate { found: export_name.clone() }
    } else if label.export_name.is_some() {
        SchemaFact::BadExportName { found: export_name.clone() }
    } else if label.id.0.is_empty() {
        return;
    } else {
        SchemaFact::ExportNameNeeded { id: label.id.0.clone() }
    };
    problems.add(format!("{path}.exportName"), fact);
}

fn check_attributes(path: &str, label: &Label, problems: &mut Problems) {
    let keys = label.attributes.iter().map(|attribute| &attribute.key.0);
    check_unique(&format!("{path}.attributes"), "key", keys, problems);
    for (idx, attribute) in label.attributes.iter().enumerate() {
        let path = format!("{path}.attributes[{idx}]");
        if let AttributeKind::Choice(choices) = &attribute.kind {
            check_choices(&path, choices, problems);
        }
        check_default(&path, attribute, problems);
        check_shown_if(&path, label, attribute, problems);
    }
}

fn check_choices(path: &str, choices: &[Choice], problems: &mut Problems) {
    let list = format!("{path}.values");
    check_unique(&list, "value", choices.iter().map(|choice| &choice.value), problems);
    if choices.is_empty() {
        problems.add(list, SchemaFact::Empty);
    }
}

fn check_default(path: &str, attribute: &AttributeType, problems: &mut Problems) {
    let Some(AttributeValue::Text(text)) = &attribute.default else { return };
    let fact = match &attribute.kind {
        AttributeKind::Choice(choices) => {
            if choices.is_empty() || choices.iter().any(|choice| choice.value == *text) {
                return;
            }
            SchemaFact::UnknownValue { found: text.clone() }
        }
        AttributeKind::Text { len_max: Some(len_max) } => {
            let len = text.chars().count();
            if len as u64 <= u64::from(*len_max) {
                return;
            }
            SchemaFact::TextTooLong { len, len_max: *len_max }
        }
        _ => return,
    };
    problems.add(format!("{path}.default"), fact);
}

fn check_shown_if(path: &str, label: &Label, attribute: &AttributeType, problems: &mut Problems) {
    let Some((key, values)) = &attribute.shown_if else { return };
    let other = label.attribute(key).filter(|other| other.key != attribute.key);
    match other.map(|other| &other.kind) {
        Some(AttributeKind::Choice(choices)) => {
            for (idx, value) in values.iter().enumerate() {
                if !choices.iter().any(|choice| choice.value == *value) {
                    let found = value.clone();
                    problems.add(format!("{path}.shownIf.values[{idx}]"), SchemaFact::UnknownValue { found });
                }
            }
        }
        // What a text or a number may be is not known here.
        Some(_) => {}
        None if key.0.is_empty() => {}
        None => {
            let found = key.0.clone();
            problems.add(format!("{path}.shownIf.attribute"), SchemaFact::UnknownAttribute { found });
        }
    }
}

fn check_relations(schema: &Schema, problems: &mut Problems) {
    let labels: SortedMap<&LabelId, &Label> = schema.labels.iter().map(|label| (&label.id, label)).collect();
    for (idx, relation) in schema.relations.iter().enumerate() {
        let path = format!("relations[{idx}]");
        for (side, ends) in [("from", &relation.from), ("to", &relation.to)] {
            for (idx, end) in ends.iter().enumerate() {
                if !labels.contains_key(end) {
                    let found = end.0.clone();
                    problems.add(format!("{path}.{side}[{idx}]"), SchemaFact::UnknownLabel { found });
                }
            }
        }
        check_reads(&path, relation, problems);
        check_when_from(&path, relation, &labels, problems);
    }
}

fn check_reads(path: &str, relation: &RelationType, problems: &mut Problems) {
    for (language, text) in [("fr", &relation.reads.fr), ("en", &relation.reads.en)] {
        for placeholder in ["{from}", "{to}"] {
            if !text.is_empty() && !text.contains(placeholder) {
                let fact = SchemaFact::PlaceholderMissing { placeholder };
                problems.add(format!("{path}.reads.{language}"), fact);
            }
        }
    }
}

/// At least one label at the `from` end must have the attribute, and it the value.
fn check_when_from(
    path: &str,
    relation: &RelationType,
    labels: &SortedMap<&LabelId, &Label>,
    problems: &mut Problems,
) {
    let Some((key, value)) = &relation.when_from else { return };
    let mut attributes = relation.from.iter().filter_map(|end| labels.get(end)?.attribute(key)).peekable();
    if attributes.peek().is_none() {
        if !key.0.is_empty() {
            let found = key.0.clone();
            problems.add(format!("{path}.whenFrom.attribute"), SchemaFact::UnknownAttribute { found });
        }
        return;
    }
    let has_value = |attribute: &AttributeType| match &attribute.kind {
        AttributeKind::Choice(choices) => choices.iter().any(|choice| choice.value == *value),
        _ => true,
    };
    if !value.is_empty() && !attributes.any(has_value) {
        let found = value.clone();
        problems.add(format!("{path}.whenFrom.value"), SchemaFact::UnknownValue { found });
    }
}

/// No two labels share a key, and no relation shares one with a label. Relations may share theirs:
/// the two ends decide. Labels that are no longer offered have no key.
fn check_keys(schema: &Schema, problems: &mut Problems) {
    let mut keys: SortedMap<char, &LabelId> = SortedMap::new();
    for (idx, label) in schema.labels.iter().enumerate() {
        let Some(key) = label.hotkey.filter(|_| !label.retired) else { continue };
        check_key(format!("labels[{idx}].hotkey"), key, keys.get(&key), problems);
        keys.get_or_insert(key, &label.id);
    }
    for (idx, relation) in schema.relations.iter().enumerate() {
        if let Some(key) = relation.key {
            check_key(format!("relations[{idx}].key"), key, keys.get(&key), problems);
        }
    }
}

fn check_key(path: String, key: char, taken_by: Option<&&LabelId>, problems: &mut Problems) {
    if RESERVED_KEYS.contains(key) {
        problems.add(path, SchemaFact::ReservedKey { key });
    } else if let Some(label_id) = taken_by {
        problems.add(path, SchemaFact::KeyTaken { key, by: label_id.0.clone() });
    }
}
