//! Writing UIMA CAS JSON 0.4.

use serde_json::{Map, Value, json};

use crate::cas::export::cas_of;
use crate::cas::types::Types;
use crate::cas::{Cas, Feature, SOFA_ID, SOFA_TYPE, Structure, VIEW};
use crate::export::{Exporter, Out};
use crate::work::Work;

/// One file for each document.
pub(super) struct JsonFiles;

impl Exporter for JsonFiles {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let types = Types::new(work);
        let cas = cas_of(work, &types, out);
        out.write(&format!("{}.cas.json", work.stem), &encoded(&cas, &types));
    }
}

/// Each type and each structure on a line of its own.
fn encoded(cas: &Cas, types: &Types) -> String {
    let mut text = "{\n  \"%TYPES\": {\n".to_owned();
    let kinds = types.types.iter().map(|kind| {
        let mut json = json!({"%NAME": kind.name, "%SUPER_TYPE": kind.supertype});
        for (name, range) in &kind.features {
            json[name] = json!({"%NAME": name, "%RANGE": range});
        }
        format!("    {}: {json}", Value::from(kind.name))
    });
    text.push_str(&kinds.collect::<Vec<_>>().join(",\n"));
    text.push_str("\n  },\n  \"%FEATURE_STRUCTURES\": [\n    ");
    let sofa = json!({
        "%ID": SOFA_ID, "%TYPE": SOFA_TYPE, "sofaNum": 1, "sofaID": VIEW, "mimeType": "text", "sofaString": cas.text,
    });
    text.push_str(&sofa.to_string());
    for structure in &cas.structures {
        text.push_str(",\n    ");
        text.push_str(&json_of(structure).to_string());
    }
    let members: Vec<u64> = cas.structures.iter().map(|structure| structure.id).collect();
    let views = json!({VIEW: {"%SOFA": SOFA_ID, "%MEMBERS": members}});
    text.push_str(&format!("\n  ],\n  \"%VIEWS\": {views}\n}}\n"));
    text
}

fn json_of(structure: &Structure) -> Value {
    let mut json = Map::new();
    json.insert("%ID".to_owned(), structure.id.into());
    json.insert("%TYPE".to_owned(), structure.kind.as_str().into());
    json.insert("@sofa".to_owned(), SOFA_ID.into());
    if let Some((begin, end)) = structure.span {
        json.insert("begin".to_owned(), begin.into());
        json.insert("end".to_owned(), end.into());
    }
    for (name, feature) in &structure.features {
        match feature {
            Feature::Value(value) => json.insert(name.clone(), value.clone()),
            Feature::References(ids) => json.insert(format!("@{name}"), ids.first().copied().into()),
        };
    }
    json.into()
}
