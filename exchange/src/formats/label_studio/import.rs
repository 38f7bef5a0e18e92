//! Reading tasks: those that Label Studio exports as JSON, and those made for it.

use quick_xml::XmlVersion;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use sourcier::json::Value;

use crate::draft::{Draft, DraftAnnotation, DraftEntity, DraftRelation, SAME_AS, Unit, is_same_as, say};
use crate::formats::label_studio::{CERTAINTY, ENTITY, ENTITY_ID, IDENTIFIER, attribute_of};
use crate::import::{InFile, Likeness};
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::id_index::IdIndex;
use crate::shared::places::{Counting, Places};

pub(super) fn recognise(file: &InFile) -> Likeness {
    // The text may come first and be long, so the whole file is looked through.
    let Some(text) = file.utf8().filter(|text| text.trim_start().starts_with(['{', '['])) else {
        return Likeness::No;
    };
    let has = |part: &str| text.contains(part);
    if has("\"from_name\"") && has("\"to_name\"") {
        Likeness::Certain
    } else if has("\"data\"") && (has("\"annotations\"") || has("\"completions\"") || has("\"predictions\""))
    {
        Likeness::Possible
    } else {
        Likeness::No
    }
}

pub(super) fn read(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    let configs = files.iter().filter(|file| file.start().trim_start().starts_with('<'));
    let text_key = configs.filter_map(InFile::utf8).find_map(text_key);
    let mut drafts = Vec::new();
    for file in files.iter().filter(|file| !file.start().trim_start().starts_with('<')) {
        problems.file.clone_from(&file.path);
        let Some(text) = file.utf8() else {
            problems.add(None, ProblemKind::BadEncoding, file.name(), Remedy::FileLeftOut);
            continue;
        };
        if recognise(file) == Likeness::No {
            problems.add(None, ProblemKind::Malformed, file.name(), Remedy::FileLeftOut);
            continue;
        }
        let tasks = crate::shared::json_lines::read_any(text, problems);
        let count = tasks.len();
        for (idx, (_, task)) in tasks.iter().enumerate() {
            let Some(mut draft) = draft_of(task, text_key.as_deref(), problems) else { continue };
            draft.file.clone_from(&file.path);
            let stem = file.stem().trim_end_matches(".label-studio");
            draft.title = if count == 1 { stem.to_owned() } else { format!("{stem} {}", idx + 1) };
            drafts.push(draft);
        }
    }
    drafts
}

/// The key of the text in the data: `text` for `<Text name="…" value="$text"/>`.
fn text_key(config: &str) -> Option<String> {
    let mut reader = Reader::from_str(config);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) if element.name().as_ref() == "Text" => {
                let value =
                    element.attributes().flatten().find(|attribute| attribute.key.as_ref() == "value")?;
                let value = value.normalized_value(XmlVersion::default()).ok()?;
                return value.strip_prefix('$').map(str::to_owned);
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The document of a task. `None` where it has no text.
fn draft_of(task: &Value, text_key: Option<&str>, problems: &mut Problems) -> Option<Draft> {
    let data = &task["data"];
    let text = text_key.and_then(|key| data[key].as_str()).or_else(|| data["text"].as_str());
    // Without the configuration, the longest text is the one that is annotated.
    let longest = || data.as_object()?.values().filter_map(Value::as_str).max_by_key(|text| text.len());
    let Some(text) = text.or_else(longest) else {
        problems.add(None, ProblemKind::Missing, "data.text", Remedy::LeftOut);
        return None;
    };
    let mut draft = Draft { text: text.to_owned(), unit: Unit::Bytes, ..Draft::default() };
    if let Some(fields) = task["meta"]["fields"].as_object() {
        draft.fields = fields.clone();
    }
    let Some(result) = result_of(task, problems) else { return Some(draft) };
    let places = places_of(text, result);
    add_regions(result, &places, &mut draft, problems);
    add_values(result, &mut draft, problems);
    Some(draft)
}

/// The entries of the annotation that counts: the first one that was not skipped. Other people's
/// are told.
fn result_of<'v>(task: &'v Value, problems: &mut Problems) -> Option<&'v [Value]> {
    for key in ["annotations", "completions", "predictions"] {
        let is_kept = |annotation: &&Value| annotation["was_cancelled"].as_bool() != Some(true);
        let annotations = task[key].as_array().unwrap_or_default();
        let mut results =
            annotations.iter().filter(is_kept).filter_map(|annotation| annotation["result"].as_array());
        if let Some(result) = results.next() {
            for _ in results {
                problems.add(None, ProblemKind::Unsupported, key, Remedy::LeftOut);
            }
            return Some(result);
        }
    }
    None
}

/// The words of an entry, as they may have been meant: line breaks come as `\n` of two characters.
fn words_of(entry: &Value) -> Option<String> {
    Some(entry["value"]["text"].as_str()?.replace("\\n", "\n"))
}

fn span_of(entry: &Value) -> Option<(u64, u64)> {
    let value = &entry["value"];
    let value = if value["globalOffsets"].is_object() { &value["globalOffsets"] } else { value };
    value["start"].as_u64().zip(value["end"].as_u64())
}

fn is_region(entry: &Value) -> bool {
    matches!(entry["type"].as_str(), Some("labels" | "hypertextlabels"))
}

/// The counting with which the most regions have their words.
fn places_of(text: &str, result: &[Value]) -> Places {
    let stated: Vec<((u64, u64), String)> = result
        .iter()
        .filter(|entry| is_region(entry))
        .filter_map(|entry| Some((span_of(entry)?, words_of(entry)?)))
        .collect();
    let stated = stated.iter().map(|(span, words)| (*span, words.as_str()));
    Places::best(text, Counting::default(), stated)
}

fn add_regions(result: &[Value], places: &Places, draft: &mut Draft, problems: &mut Problems) {
    for entry in result.iter().filter(|entry| is_region(entry)) {
        let id = entry["id"].as_str().unwrap_or_default();
        let Some((start, end)) = span_of(entry) else {
            problems.add(None, ProblemKind::BadOffsets, &entry["value"].to_string(), Remedy::LeftOut);
            continue;
        };
        // What is outside of the text, or in a character, is behind the text: the words are looked for.
        let byte = |place| places.byte(place).unwrap_or(draft.text.len() + 1) as u64;
        let (start, end) = (byte(start), byte(end));
        let raw = entry["value"]["text"].as_str();
        let stands = |words: &str| draft.text.get(start as usize..end as usize) == Some(words);
        // A backslash and an n may stand in the text itself.
        let surface = raw.filter(|raw| stands(raw)).map(str::to_owned).or_else(|| words_of(entry));
        let kind = entry["type"].as_str().unwrap_or_default();
        let labels = entry["value"][kind].as_array().or_else(|| entry["value"]["labels"].as_array());
        let mut labels: Vec<&str> = labels.into_iter().flatten().filter_map(Value::as_str).collect();
        if labels.is_empty() {
            labels.push(entry["from_name"].as_str().unwrap_or("region"));
        }
        for (idx, label) in labels.iter().enumerate() {
            let mut annotation = DraftAnnotation {
                id: if idx == 0 && !id.is_empty() {
                    id.to_owned()
                } else {
                    format!("{id}#{}", draft.annotations.len())
                },
                label: (*label).to_owned(),
                fragments: vec![(start, end)],
                surface: surface.clone(),
                ..DraftAnnotation::default()
            };
            add_meta(&entry["meta"], places, &mut annotation);
            draft.annotations.push(annotation);
        }
    }
}

fn add_meta(meta: &Value, places: &Places, annotation: &mut DraftAnnotation) {
    let notes: Vec<&str> = match &meta["text"] {
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect(),
        text => text.as_str().into_iter().collect(),
    };
    annotation.note = notes.join("\n");
    annotation.add_details(&meta["sourcier"], &|place| Some(places.byte(place.as_u64()?)? as u64));
}

/// The attributes, relations and entities of regions.
fn add_values(result: &[Value], draft: &mut Draft, problems: &mut Problems) {
    let ids: Vec<String> = draft.annotations.iter().map(|annotation| annotation.id.clone()).collect();
    let index = IdIndex::new(ids.iter().map(String::as_str));
    let mut mentions: Vec<Option<Mention>> = vec![None; ids.len()];
    for entry in result.iter().filter(|entry| !is_region(entry)) {
        let kind = entry["type"].as_str().unwrap_or_default();
        if kind == "relation" {
            add_relation(entry, draft);
            continue;
        }
        let Some(value) = value_of(kind, &entry["value"], problems) else {
            problems.add(None, ProblemKind::Unsupported, kind, Remedy::LeftOut);
            continue;
        };
        let control = entry["from_name"].as_str().unwrap_or(kind);
        let is_of_document = span_of(entry).is_none();
        let annotation = entry["id"].as_str().and_then(|id| index.get(id));
        match annotation {
            None if is_of_document => say(&mut draft.fields, attribute_of(control), value, problems),
            None => problems.add(None, ProblemKind::DanglingId, control, Remedy::LeftOut),
            Some(idx) => {
                let text = value.as_str().unwrap_or_default();
                let annotation = &mut draft.annotations[idx];
                let mention = &mut mentions[idx];
                match control {
                    CERTAINTY => annotation.is_unsure = text == "unsure",
                    ENTITY_ID => mention.get_or_insert_default().id = Some(text.to_owned()),
                    ENTITY => text.clone_into(&mut mention.get_or_insert_default().name),
                    IDENTIFIER => text.clone_into(&mut mention.get_or_insert_default().identifier),
                    _ => say(&mut annotation.attributes, attribute_of(control), value, problems),
                }
            }
        }
    }
    for (annotation, mention) in draft.annotations.iter_mut().zip(mentions) {
        if let Some(entity) = mention.map(Mention::entity) {
            annotation.entity = Some(entity.id.clone());
            // Of several with one id the first says what it is called.
            draft.entities.push(entity);
        }
    }
}

/// What a control says: of several texts or choices the first one, and the others are told.
fn value_of(kind: &str, value: &Value, problems: &mut Problems) -> Option<Value> {
    let values = match kind {
        "choices" => &value["choices"],
        "textarea" => &value["text"],
        "number" | "rating" | "datetime" => {
            return Some(value[kind].clone()).filter(|value| !value.is_null());
        }
        _ => return None,
    };
    let mut values = match values {
        Value::Array(values) => values.iter(),
        value => std::slice::from_ref(value).iter(),
    }
    .filter(|value| value.is_string());
    let first = values.next()?.clone();
    for other in values {
        problems.add(None, ProblemKind::Unsupported, &other.to_string(), Remedy::ValueLeftOut);
    }
    Some(first)
}

fn add_relation(entry: &Value, draft: &mut Draft) {
    let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    let (mut from, mut to) = (text("from_id"), text("to_id"));
    if entry["direction"].as_str() == Some("left") {
        std::mem::swap(&mut from, &mut to);
    }
    let labels = entry["labels"].as_array().unwrap_or_default();
    let mut kinds: Vec<&str> = labels.iter().filter_map(Value::as_str).collect();
    if kinds.is_empty() {
        kinds.push("relation");
    }
    for kind in kinds {
        let kind = if is_same_as(kind) { SAME_AS } else { kind };
        let (from, to) = (from.clone(), to.clone());
        draft.relations.push(DraftRelation { kind: kind.to_owned(), from, to, line: None });
    }
}

/// What is said of the entity that a region mentions.
#[derive(Clone, Default)]
struct Mention {
    id: Option<String>,
    name: String,
    identifier: String,
}

impl Mention {
    /// Mentions with one id have one entity; those without an id, by name and identifier.
    fn entity(self) -> DraftEntity {
        let id = self.id.unwrap_or_else(|| format!("{}\u{1F}{}", self.name, self.identifier));
        DraftEntity { id, name: self.name, identifier: self.identifier }
    }
}
