//! Reading UIMA CAS JSON 0.4.

use sourcier::json::{self, Map, Value};

use crate::draft::Draft;
use crate::formats::cas::draft::draft_of;
use crate::formats::cas::{Cas, Feature, SOFA_TYPE, Structure, VIEW};
use crate::import::{InFile, Likeness, own_files};
use crate::problems::{ProblemKind, Problems, Remedy};

pub(super) fn recognise(file: &InFile) -> Likeness {
    let start = file.start();
    let is_json = start.trim_start().starts_with('{');
    let has_parts =
        ["\"%TYPES\"", "\"%FEATURE_STRUCTURES\"", "\"%VIEWS\""].iter().any(|part| start.contains(part));
    if is_json && has_parts { Likeness::Certain } else { Likeness::No }
}

pub(super) fn read(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for file in own_files(files, |file| recognise(file) == Likeness::Certain, |_| false, problems) {
        problems.file.clone_from(&file.path);
        match file.utf8().map(json::from_str) {
            Some(Ok(value)) => {
                let cas = cas_of(&value, problems);
                let stem = file.stem().trim_end_matches(".cas");
                drafts.extend(cas.map(|cas| draft_of(cas, &file.path, stem, problems)));
            }
            Some(Err(_)) => problems.add(None, ProblemKind::Malformed, file.name(), Remedy::FileLeftOut),
            None => problems.add(None, ProblemKind::BadEncoding, file.name(), Remedy::FileLeftOut),
        }
    }
    drafts
}

/// The text and what is on it. Of several texts, the one of the first view counts.
fn cas_of(value: &Value, problems: &mut Problems) -> Option<Cas> {
    let mut structures: Vec<(Option<u64>, &Map)> = Vec::new();
    match value.get("%FEATURE_STRUCTURES") {
        Some(Value::Array(values)) => structures.extend(values.iter().filter_map(numbered)),
        Some(Value::Object(values)) => structures
            .extend(values.iter().filter_map(|(id, value)| Some((id.parse().ok(), value.as_object()?)))),
        _ => problems.add(None, ProblemKind::Missing, "%FEATURE_STRUCTURES", Remedy::FileLeftOut),
    }
    let is_sofa = |value: &Map| value.get("%TYPE").and_then(Value::as_str) == Some(SOFA_TYPE);
    let sofas = || structures.iter().filter(|(_, value)| is_sofa(value) && value.get("sofaString").is_some());
    let is_first = |value: &Map| value.get("sofaID").and_then(Value::as_str) == Some(VIEW);
    let Some((sofa_id, sofa)) = sofas().find(|(_, value)| is_first(value)).or_else(|| sofas().next()) else {
        problems.add(None, ProblemKind::Missing, "sofaString", Remedy::FileLeftOut);
        return None;
    };
    let text = sofa.get("sofaString").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut cas = Cas { text, structures: Vec::new() };
    for (id, value) in structures.iter().filter(|(_, value)| !is_sofa(value)) {
        let own_sofa = value.get("@sofa").and_then(Value::as_u64);
        if own_sofa.is_some() && own_sofa != *sofa_id {
            let what = value.get("%TYPE").and_then(Value::as_str).unwrap_or_default();
            problems.add(None, ProblemKind::Unsupported, what, Remedy::LeftOut);
            continue;
        }
        match structure(*id, value) {
            Some(structure) => cas.structures.push(structure),
            None => {
                let what = Value::from((*value).clone()).to_string();
                problems.add(None, ProblemKind::Malformed, &what, Remedy::LeftOut);
            }
        }
    }
    Some(cas)
}

fn numbered(value: &Value) -> Option<(Option<u64>, &Map)> {
    let value = value.as_object()?;
    Some((value.get("%ID").and_then(Value::as_u64), value))
}

fn structure(id: Option<u64>, value: &Map) -> Option<Structure> {
    let kind = value.get("%TYPE")?.as_str()?.to_owned();
    let mut structure = Structure { id: id?, kind, ..Structure::default() };
    let has_place = value.contains_key("begin") || value.contains_key("end");
    if has_place {
        // A place that is no number is a place outside of the text: it is told with the others.
        let place = |key| value.get(key).and_then(Value::as_u64).unwrap_or(u64::MAX);
        structure.span = Some((place("begin"), place("end")));
    }
    for (name, value) in value {
        if matches!(&**name, "begin" | "end" | "@sofa") || name.starts_with('%') || value.is_null() {
            continue;
        }
        let reference = name.strip_prefix('@');
        let feature = match (reference, value) {
            (Some(_), Value::Array(values)) => {
                Feature::References(values.iter().filter_map(Value::as_u64).collect())
            }
            (Some(_), value) => Feature::References(value.as_u64().into_iter().collect()),
            (None, Value::String(_) | Value::Number(_) | Value::Bool(_)) => Feature::Value(value.clone()),
            // An array or a structure within the structure.
            (None, _) => Feature::References(Vec::new()),
        };
        // `#` and `^` mark numbers that are none and anchors.
        let name = reference.unwrap_or(name).trim_start_matches(['#', '^']);
        structure.features.push((name.to_owned(), feature));
    }
    Some(structure)
}
