//! Writing UIMA CAS JSON 0.4.

use sourcier::json::{Map, Value};

use crate::export::{Exporter, Out};
use crate::formats::cas::export::cas_of;
use crate::formats::cas::types::Types;
use crate::formats::cas::{Cas, Feature, SOFA_ID, SOFA_TYPE, Structure, VIEW};
use crate::work::Work;

/// One file for each document.
pub(super) struct JsonFiles;

impl Exporter for JsonFiles {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let types = Types::new(work);
        let cas = cas_of(work, &types, out);
        out.own(format!("{}.cas.json", work.stem), encoded(&cas, &types));
    }
}

/// Each type and each structure on a line of its own.
fn encoded(cas: &Cas, types: &Types) -> String {
    let mut text = "{\n  \"%TYPES\": {\n".to_owned();
    let kinds = types.types.iter().map(|kind| {
        let mut json = Map::new().with("%NAME", kind.name).with("%SUPER_TYPE", kind.supertype);
        for (name, range) in &kind.features {
            json.insert(name, Map::new().with("%NAME", name).with("%RANGE", *range));
        }
        format!("    {}: {}", Value::from(kind.name), Value::from(json))
    });
    text.push_str(&kinds.collect::<Vec<_>>().join(",\n"));
    text.push_str("\n  },\n  \"%FEATURE_STRUCTURES\": [\n    ");
    let sofa = Map::new()
        .with("%ID", SOFA_ID)
        .with("%TYPE", SOFA_TYPE)
        .with("sofaNum", 1_u64)
        .with("sofaID", VIEW)
        .with("mimeType", "text")
        .with("sofaString", &cas.text);
    text.push_str(&sofa.to_string());
    for structure in &cas.structures {
        text.push_str(",\n    ");
        text.push_str(&json_of(structure).to_string());
    }
    let members: Value = cas.structures.iter().map(|structure| structure.id).collect();
    let views = Map::new().with(VIEW, Map::new().with("%SOFA", SOFA_ID).with("%MEMBERS", members));
    text.push_str(&format!("\n  ],\n  \"%VIEWS\": {views}\n}}\n"));
    text
}

fn json_of(structure: &Structure) -> Value {
    let mut json = Map::new();
    json.insert("%ID", structure.id);
    json.insert("%TYPE", structure.kind.as_str());
    json.insert("@sofa", SOFA_ID);
    if let Some((begin, end)) = structure.span {
        json.insert("begin", begin);
        json.insert("end", end);
    }
    for (name, feature) in &structure.features {
        match feature {
            Feature::Value(value) => json.insert(name, value.clone()),
            Feature::References(ids) => json.insert(&format!("@{name}"), ids.first().copied()),
        }
    }
    json.into()
}
