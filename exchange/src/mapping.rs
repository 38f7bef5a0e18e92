//! The labels of a file and those of the project.
//!
//! What a file calls a label is looked for among the project's labels; for the others a person
//! says whether they are one of those, become new labels, or stay unknown.

use sourcier::formats::schema_json::decode_schema;
use sourcier::json::{Map, Value};
use sourcier::model::schema::{Localized, Schema};
use sourcier::sorted::SortedMap;
use sourcier::text::unicode::lower_case;

use crate::names::{UniqueNames, safe_name};

/// The colours of added labels, one after the other.
const COLORS: [&str; 8] =
    ["#7FB2E5", "#E5A67F", "#8FCB8F", "#D69AD6", "#D8C36A", "#7FCFC5", "#E58F9B", "#A9A4E0"];

/// What becomes of a label that the project does not have under this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It is this label of the project.
    Existing(String),
    /// The project gets it as a new label.
    Add,
    /// It stays unknown: shown in grey, and exported as it came.
    Keep,
}

impl Choice {
    /// `{"existing": "PERSON"}`, `"add"`; anything else keeps the label as it is.
    pub fn from_json(value: &Value) -> Choice {
        match (value.as_str(), value["existing"].as_str()) {
            (Some("add"), _) => Choice::Add,
            (_, Some(label)) => Choice::Existing(label.to_owned()),
            _ => Choice::Keep,
        }
    }
}

/// What some files call labels and types of relations, and how often.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub labels: SortedMap<String, usize>,
    pub relations: SortedMap<String, usize>,
    /// What the label set of a file says of a label, where it has one.
    pub definitions: SortedMap<String, Map>,
}

/// The project's label or relation type for each name of some files, and the project's schema with
/// the labels that are added.
#[derive(Clone, Debug)]
pub struct Mapping {
    labels: SortedMap<String, String>,
    relations: SortedMap<String, String>,
    pub schema: Schema,
    pub schema_json: Value,
}

impl Mapping {
    /// The mapping of these names. `None` where the JSON is no schema.
    pub fn new(schema_json: &Value, names: &Names, choices: &SortedMap<String, Choice>) -> Option<Mapping> {
        let schema = schema_of(schema_json)?;
        let mut extended = schema_json.clone();
        let mut ids = UniqueNames::default();
        for label in &schema.labels {
            ids.take(label.id.as_str());
        }
        let mut added_count = 0;
        let mut labels = SortedMap::new();
        for name in names.labels.keys() {
            let id = match (choices.get(name), find_label(&schema, name)) {
                (Some(Choice::Existing(id)), _) => id.clone(),
                (Some(Choice::Add), _) => {
                    let id = ids.take(&safe_name(name));
                    let color = COLORS[added_count % COLORS.len()];
                    add_label(&mut extended, &id, name, color, names.definitions.get(name));
                    added_count += 1;
                    id
                }
                (Some(Choice::Keep), _) | (None, None) => name.clone(),
                (None, Some(id)) => id.to_owned(),
            };
            labels.insert(name.clone(), id);
        }
        let relation =
            |name: &String| (name.clone(), find_relation(&schema, name).unwrap_or(name).to_owned());
        let relations = names.relations.keys().map(relation).collect();
        match schema_of(&extended) {
            Some(schema) => Some(Mapping { labels, relations, schema, schema_json: extended }),
            // A label that does not fit in with the others is added with its name alone.
            None if !names.definitions.is_empty() => {
                Mapping::new(schema_json, &Names { definitions: SortedMap::new(), ..names.clone() }, choices)
            }
            None => None,
        }
    }

    /// The id of the project's label for a name of the file; the name where it is unknown.
    pub fn label<'m>(&'m self, name: &'m str) -> &'m str {
        self.labels.get(name).map_or(name, String::as_str)
    }

    pub fn relation<'m>(&'m self, name: &'m str) -> &'m str {
        self.relations.get(name).map_or(name, String::as_str)
    }
}

/// The schema that a JSON value is.
pub fn schema_of(json: &Value) -> Option<Schema> {
    decode_schema(json).ok()
}

/// The label with this id, else this name for files, else this name for people, without regard to
/// case.
pub fn find_label<'s>(schema: &'s Schema, name: &str) -> Option<&'s str> {
    let wanted = lower_case(name);
    let is_it = |text: &str| lower_case(text) == wanted;
    let by_id = schema.labels.iter().find(|label| label.id.as_str() == name);
    let by_export_name = || schema.labels.iter().find(|label| label.export_name.as_deref() == Some(name));
    let by_name = || {
        schema.labels.iter().find(|label| {
            is_it(label.id.as_str())
                || label.export_name.as_deref().is_some_and(is_it)
                || has_name(&label.name, &wanted)
        })
    };
    by_id.or_else(by_export_name).or_else(by_name).map(|label| label.id.as_str())
}

fn find_relation<'s>(schema: &'s Schema, name: &str) -> Option<&'s str> {
    let wanted = lower_case(name);
    let by_id = schema.relations.iter().find(|relation| relation.id.as_str() == name);
    let is_it = |id: &str, names: &Localized| lower_case(id) == wanted || has_name(names, &wanted);
    let by_name = || schema.relations.iter().find(|relation| is_it(relation.id.as_str(), &relation.name));
    by_id.or_else(by_name).map(|relation| relation.id.as_str())
}

fn has_name(names: &Localized, wanted: &str) -> bool {
    lower_case(&names.fr) == wanted || lower_case(&names.en) == wanted
}

/// Adds a label to a schema: as its own label set has it but for its key, which may be taken here.
fn add_label(schema: &mut Value, id: &str, name: &str, color: &str, own: Option<&Map>) {
    let groups = schema["groups"].as_array().unwrap_or_default();
    let mut label = own.cloned().unwrap_or_else(|| Map::new().with("name", name).with("color", color));
    let has_group = groups.iter().any(|group| label.get("group") == Some(&group["id"]));
    if !has_group {
        label.insert("group", groups.first().map_or(Value::Null, |group| group["id"].clone()));
    }
    label.remove("hotkey");
    label.insert("id", id);
    if let Value::Object(schema) = schema
        && let Some(Value::Array(labels)) = schema.get_mut("labels")
    {
        labels.push(label.into());
    }
}
