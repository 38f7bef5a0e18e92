//! The spans of a row, in all their forms.

use sourcier::json::{Map, Value};
use sourcier::sorted::sort_unique;

use crate::draft::{Draft, DraftAnnotation, DraftEntity, Unit};
use crate::formats::text_rows::id_of;
use crate::formats::text_rows::relations::Named;
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::places::{Counting, Places};

/// Where rows have their spans.
const KEYS: [&str; 5] = ["spans", "entities", "ents", "label", "labels"];
const WIKIDATA_IRI: &str = "http://www.wikidata.org/entity/";

/// A span as it stands in a row.
struct Item<'v> {
    start: Option<u64>,
    end: Option<u64>,
    label: Option<String>,
    /// Everything, where it is an object.
    object: Option<&'v Map>,
}

impl<'v> Item<'v> {
    fn read(value: &'v Value) -> Item<'v> {
        match value {
            Value::Array(parts) => {
                let number = |idx: usize| parts.get(idx).and_then(Value::as_u64);
                Item { start: number(0), end: number(1), label: parts.get(2).and_then(id_of), object: None }
            }
            _ => {
                let number = |keys: [&str; 2]| keys.iter().find_map(|key| value[*key].as_u64());
                Item {
                    start: number(["start", "start_offset"]),
                    end: number(["end", "end_offset"]),
                    label: id_of(&value["label"]).or_else(|| id_of(&value["label_"])),
                    object: value.as_object(),
                }
            }
        }
    }

    fn key(&self) -> (Option<u64>, Option<u64>, Option<&str>) {
        (self.start, self.end, self.label.as_deref())
    }

    fn words(&self) -> Option<&'v str> {
        self.object?.get("text")?.as_str().filter(|words| !words.is_empty())
    }
}

/// Adds them all, and gives back by what relations may call them.
pub fn add(draft: &mut Draft, row: &Map, line: usize, problems: &mut Problems) -> Vec<Named> {
    let mut values: Vec<&Value> = Vec::new();
    for list in KEYS.iter().filter_map(|key| row.get(key)) {
        match list {
            Value::Array(items) => values.extend(items),
            Value::Object(groups) => values.extend(groups.values().filter_map(Value::as_array).flatten()),
            Value::Null => {}
            other => {
                problems.add(Some(line), ProblemKind::Malformed, &other.to_string(), Remedy::ValueLeftOut);
            }
        }
    }
    let items: Vec<Item<'_>> = values.iter().map(|value| Item::read(value)).collect();
    // The same span may stand in two lists: once with all that is known of it.
    let mut whole: Vec<_> = items.iter().filter(|item| item.object.is_some()).map(Item::key).collect();
    sort_unique(&mut whole);
    let stated = items.iter().filter_map(|item| Some(((item.start?, item.end?), item.words()?)));
    let places = Places::best(&draft.text, Counting::default(), stated);
    let (mut annotations, mut named) = (Vec::with_capacity(items.len()), Vec::with_capacity(items.len()));
    for (item, value) in items.iter().zip(&values) {
        if item.object.is_none() && whole.binary_search(&item.key()).is_ok() {
            continue;
        }
        let Some(label) = item.label.clone() else {
            problems.add(Some(line), ProblemKind::Missing, "label", Remedy::LeftOut);
            continue;
        };
        let ends = item.start.zip(item.end);
        let bytes = ends.and_then(|(start, end)| places.byte(start).zip(places.byte(end)));
        let (Some((start, end)), Some(bytes)) = (ends, bytes.filter(|(start, end)| start < end)) else {
            problems.add(Some(line), ProblemKind::BadOffsets, &value.to_string(), Remedy::LeftOut);
            continue;
        };
        let fragments = vec![(bytes.0 as u64, bytes.1 as u64)];
        let id = format!("#{}", annotations.len() + 1);
        let surface = item.words().map(str::to_owned);
        let token_end = value.get("token_end").and_then(Value::as_u64);
        let line = Some(line);
        let mut annotation = DraftAnnotation { id, label, fragments, surface, line, ..Default::default() };
        if let Some(object) = item.object {
            say(&mut annotation, object, &places, &mut draft.entities);
        }
        let (label, id) = (annotation.label.clone(), annotation.id.clone());
        named.push(Named { start, end, label, token_end, id });
        annotations.push(annotation);
    }
    draft.annotations = annotations;
    draft.unit = Unit::Bytes;
    named
}

/// What the object says beside place and label.
fn say(annotation: &mut DraftAnnotation, object: &Map, places: &Places, entities: &mut Vec<DraftEntity>) {
    if let Some(id) = object.get("id").and_then(id_of) {
        annotation.id = id;
    }
    if let Some(fragments) = object.get("fragments").and_then(Value::as_array) {
        annotation.add_fragments(fragments, &|place| Some(places.byte(place.as_u64()?)? as u64));
    }
    if let Some(Value::Object(attributes)) = object.get("attributes") {
        annotation.attributes.clone_from(attributes);
    }
    annotation.note = object.get("note").and_then(Value::as_str).unwrap_or_default().to_owned();
    annotation.is_unsure = object.get("certainty").and_then(Value::as_str) == Some("unsure");
    if let Some(id) = object.get("entity").and_then(Value::as_str) {
        annotation.entity = Some(id.to_owned());
        // Where the row has the entity among its clusters, that one comes first and counts.
        entities.push(DraftEntity { id: id.to_owned(), ..DraftEntity::default() });
    }
    let known = object.get("kb_id").or_else(|| object.get("kb_id_")).and_then(Value::as_str);
    if let Some(id) = known.filter(|id| !id.is_empty() && *id != "NIL" && annotation.entity.is_none()) {
        let is_wikidata = id
            .strip_prefix('Q')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_digit()));
        let identifier = if is_wikidata { format!("{WIKIDATA_IRI}{id}") } else { id.to_owned() };
        annotation.entity = Some(id.to_owned());
        entities.push(DraftEntity { id: id.to_owned(), identifier, ..DraftEntity::default() });
    }
}
