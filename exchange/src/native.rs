//! A draft under the project's schema, as a native file. Whoever opens that checks every place against the
//! words and tells what does not fit.

use sourcier::formats::json::part_to_json;
use sourcier::json::number::read_decimal;
use sourcier::json::{self, Map, Value};
use sourcier::model::document::Document;
use sourcier::model::ids::{DocumentId, IdSource};
use sourcier::model::schema::{AttributeKind, AttributeType};
use sourcier::model::structure::Structure;
use sourcier::sorted::{SortedMap, sort_by};
use sourcier::text::offsets::{OffsetError, OffsetIndex};

use crate::draft::{Draft, DraftAnnotation, MEMBER_COUNT_MAX, SAME_AS, Unit, say};
use crate::mapping::{Mapping, Names};
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::id_index::IdIndex;

/// The labels and types of relations of the drafts. O(n log n).
pub fn names_in(drafts: &[Draft]) -> Names {
    let labels =
        drafts.iter().flat_map(|draft| &draft.annotations).map(|annotation| annotation.label.as_str());
    let kinds = drafts.iter().flat_map(|draft| &draft.relations).map(|relation| relation.kind.as_str());
    let kinds = kinds.filter(|kind| *kind != SAME_AS);
    let (labels, relations) = (counted(labels.collect()), counted(kinds.collect()));
    Names { labels, relations, ..Names::default() }
}

fn counted(mut names: Vec<&str>) -> SortedMap<String, usize> {
    sort_by(&mut names, Ord::cmp);
    // What comes in order is put in at the end.
    names.chunk_by(|left, right| left == right).map(|group| (group[0].to_owned(), group.len())).collect()
}

impl Draft {
    /// A native file of it, under the schema of the mapping.
    ///
    /// Places that are not in the text, links to what is not there and second ids are left out and
    /// told. O(size of the draft · log).
    pub fn into_native(mut self, mapping: &Mapping, ids: &mut IdSource, problems: &mut Problems) -> Vec<u8> {
        problems.file = std::mem::take(&mut self.file);
        self.join_same_as();
        bound(&mut self.fields, problems);
        for annotation in &mut self.annotations {
            bound(&mut annotation.attributes, problems);
            bound(&mut annotation.dated, problems);
        }
        let document = Document::new(DocumentId::from(""), self.text.as_str().into(), 0);
        let index = &document.index.offsets;
        let (entities, entity_ids) = self.entities_json(mapping, ids);
        let mut native_ids = NativeIds::new(self.annotations.iter().map(|annotation| annotation.id.as_str()));
        let mut annotations = Vec::with_capacity(self.annotations.len());
        for (idx, annotation) in self.annotations.iter().enumerate() {
            if !native_ids.is_first(&annotation.id, idx) {
                problems.add(annotation.line, ProblemKind::DuplicateId, &annotation.id, Remedy::LeftOut);
                continue;
            }
            let places = match self.sha256 {
                Some(_) => Some(annotation.fragments.clone()).filter(|places| !places.is_empty()),
                None => places_of(&self.text, index, self.unit, annotation),
            };
            let Some(places) = places else {
                let what = annotation.surface.as_deref().unwrap_or(&annotation.id);
                problems.add(annotation.line, ProblemKind::BadOffsets, what, Remedy::LeftOut);
                continue;
            };
            let id = native_id(&annotation.id, 'a').unwrap_or_else(|| ids.annotation().to_string());
            let mut json = annotation_json(annotation, &id, &places, mapping);
            if let Some(entity) = annotation.entity.as_ref().and_then(|id| entity_ids.get(id)) {
                json.insert("entity", entity);
            }
            annotations.push(json);
            native_ids.ids[idx] = Some(id);
        }
        let relations = self.relations_json(&native_ids, mapping, ids, problems);
        let mut fields = self.fields;
        if !self.title.is_empty() && !fields.contains_key("headline") {
            fields.insert_new("title", self.title);
        }
        let place = |place| index.code_point_of(&self.text, place);
        let parts = self.structure.as_deref().map(Structure::parts).unwrap_or_default();
        let structure: Value = parts.iter().map(|part| part_to_json(part, &place)).collect();
        let mut document_json = Map::new()
            .with("id", ids.document().as_str())
            .with("text", self.text)
            .with("sha256", document.sha256().as_ref())
            .with("offsetUnit", "code-point")
            .with("fields", fields)
            .with("structure", structure);
        if let Some(sha256) = self.sha256 {
            document_json.insert("text", Value::Null);
            document_json.insert("sha256", sha256);
        }
        let file = Map::new()
            .with("format", "sourcier")
            .with("formatVersion", 2_u64)
            .with("schema", mapping.schema_json.clone())
            .with("document", document_json)
            .with("entities", entities)
            .with("annotations", annotations)
            .with("relations", relations);
        file.to_string().into_bytes()
    }

    /// The entities, and the id that each got. Two with one id are one: the first says what it is
    /// called. Each is of the kind of its first mention.
    fn entities_json(&self, mapping: &Mapping, ids: &mut IdSource) -> (Vec<Map>, NativeIds<'_>) {
        let mut native_ids = NativeIds::new(self.entities.iter().map(|entity| entity.id.as_str()));
        let mut labels = vec![None; self.entities.len()];
        for annotation in &self.annotations {
            if let Some(idx) = annotation.entity.as_ref().and_then(|id| native_ids.index.get(id)) {
                labels[idx].get_or_insert(mapping.label(&annotation.label));
            }
        }
        let mut entities = Vec::new();
        for (idx, entity) in self.entities.iter().enumerate() {
            if !native_ids.is_first(&entity.id, idx) {
                continue;
            }
            let id = native_id(&entity.id, 'e').unwrap_or_else(|| ids.entity().to_string());
            let mut json = Map::new().with("id", &id);
            let label = labels[idx].unwrap_or_default();
            for (key, text) in [("label", label), ("name", &entity.name), ("identifier", &entity.identifier)]
            {
                if !text.is_empty() {
                    json.insert(key, text);
                }
            }
            native_ids.ids[idx] = Some(id);
            entities.push(json);
        }
        (entities, native_ids)
    }

    fn relations_json(
        &self,
        native_ids: &NativeIds<'_>,
        mapping: &Mapping,
        ids: &mut IdSource,
        problems: &mut Problems,
    ) -> Vec<Map> {
        let mut relations = Vec::with_capacity(self.relations.len());
        for relation in &self.relations {
            let ends = (native_ids.get(&relation.from), native_ids.get(&relation.to));
            let (Some(from), Some(to)) = ends else {
                let what = if ends.0.is_none() { &relation.from } else { &relation.to };
                problems.add(relation.line, ProblemKind::DanglingId, what, Remedy::LeftOut);
                continue;
            };
            let kind = mapping.relation(&relation.kind);
            relations.push(
                Map::new()
                    .with("id", ids.relation().as_str())
                    .with("type", kind)
                    .with("from", from)
                    .with("to", to),
            );
        }
        relations
    }
}

/// Leaves out what is more than so much.
fn bound(said: &mut Map, problems: &mut Problems) {
    if said.len() > MEMBER_COUNT_MAX {
        for (key, value) in std::mem::take(said) {
            say(said, &key, value, problems);
        }
    }
}

/// The ids that the things of a draft get in the native file, by their ids in the draft. Of several
/// with one id, the first counts.
struct NativeIds<'d> {
    index: IdIndex<'d>,
    /// `None` for those that were left out.
    ids: Vec<Option<String>>,
}

impl<'d> NativeIds<'d> {
    fn new(ids: impl Iterator<Item = &'d str> + Clone) -> NativeIds<'d> {
        NativeIds { ids: vec![None; ids.clone().count()], index: IdIndex::new(ids) }
    }

    fn is_first(&self, id: &str, idx: usize) -> bool {
        self.index.get(id) == Some(idx)
    }

    fn get(&self, id: &str) -> Option<&String> {
        self.ids[self.index.get(id)?].as_ref()
    }
}

/// The file's id where it is one that Sourcier made.
fn native_id(id: &str, kind: char) -> Option<String> {
    let is_digit =
        |byte: u8| byte.is_ascii_digit() || (byte.is_ascii_lowercase() && !b"ilou".contains(&byte));
    let is_ours = id.len() == 14 && id.starts_with(kind) && id.bytes().skip(1).all(is_digit);
    is_ours.then(|| id.to_owned())
}

/// The fragments in code points. Where the places lie outside the text but the words are known,
/// the places stay as they are stated: the words will be looked for.
fn places_of(
    text: &str,
    index: &OffsetIndex,
    unit: Unit,
    annotation: &DraftAnnotation,
) -> Option<Vec<(u64, u64)>> {
    let mut places = Vec::with_capacity(annotation.fragments.len());
    for &(start, end) in &annotation.fragments {
        match (code_point(text, index, unit, start), code_point(text, index, unit, end)) {
            (Ok(start), Ok(end)) if start < end => places.push((start, end)),
            (Err(OffsetError::InsideCharacter { .. }), _) | (_, Err(OffsetError::InsideCharacter { .. })) => {
                return None;
            }
            _ if annotation.surface.as_ref().is_some_and(|surface| !surface.is_empty())
                && annotation.fragments.len() == 1 =>
            {
                places.push((start, end.max(start.saturating_add(1))));
            }
            _ => return None,
        }
    }
    (!places.is_empty()).then_some(places)
}

fn code_point(text: &str, index: &OffsetIndex, unit: Unit, given: u64) -> Result<u64, OffsetError> {
    let offset = match unit {
        Unit::CodePoints => {
            let len = index.len_code_points();
            return if given <= u64::from(len) {
                Ok(given)
            } else {
                Err(OffsetError::OutOfRange { given, len })
            };
        }
        Unit::Utf16 => index.offset_of_utf16(text, given)?,
        Unit::Bytes => {
            let len = index.len_bytes();
            let offset = u32::try_from(given).ok().filter(|&offset| offset <= len);
            let offset = offset.ok_or(OffsetError::OutOfRange { given, len })?;
            if !text.is_char_boundary(offset as usize) {
                return Err(OffsetError::InsideCharacter { given });
            }
            sourcier::text::span::TextOffset(offset)
        }
    };
    Ok(u64::from(index.code_point_of(text, offset)))
}

fn annotation_json(annotation: &DraftAnnotation, id: &str, places: &[(u64, u64)], mapping: &Mapping) -> Map {
    let label_id = mapping.label(&annotation.label);
    let label = mapping.schema.labels.iter().find(|label| label.id.as_str() == label_id);
    let mut attributes = Map::new();
    for attribute in label.map(|label| &label.attributes[..]).unwrap_or_default() {
        // A file that says which values were chosen has all that there are.
        if let Some(default) = attribute.default.as_ref().filter(|_| annotation.by_hand.is_none()) {
            attributes.insert(attribute.key.as_str(), crate::work::value_json(default));
        }
    }
    let mut by_hand = Vec::new();
    for (key, value) in &annotation.attributes {
        let known =
            label.and_then(|label| label.attributes.iter().find(|found| found.key.as_str() == &**key));
        let value = fitted(known, value);
        let is_default = attributes.get(key) == Some(&value);
        if annotation
            .by_hand
            .as_ref()
            .map_or(!is_default, |chosen| chosen.iter().any(|chosen| **chosen == **key))
        {
            by_hand.push(Value::from(key));
        }
        attributes.insert(key, value);
    }
    let (start, end) = (places[0].0, places[places.len() - 1].1);
    let mut json = Map::new().with("id", id).with("label", label_id).with("start", start).with("end", end);
    if let Some(surface) = &annotation.surface {
        json.insert("surface", surface);
    }
    if places.len() > 1 {
        let place = |(start, end): &(u64, u64)| Map::new().with("start", *start).with("end", *end);
        json.insert("fragments", places.iter().map(place).collect::<Value>());
    }
    json.insert("attributes", attributes);
    if !by_hand.is_empty() {
        json.insert("byHand", by_hand);
    }
    json.insert("certainty", if annotation.is_unsure { "unsure" } else { "sure" });
    if !annotation.note.is_empty() {
        json.insert("note", &annotation.note);
    }
    if !annotation.dated.is_empty() {
        json.insert("dated", annotation.dated.clone());
    }
    let provenance = [
        ("created", &annotation.created),
        ("changed", &annotation.changed),
        ("annotator", &annotation.annotator),
    ];
    for (key, value) in provenance {
        if let Some(value) = value {
            json.insert(key, value);
        }
    }
    json
}

/// The value in the type that the schema gives it: formats without types hold `true` as a word.
fn fitted(attribute: Option<&AttributeType>, value: &Value) -> Value {
    let Some(attribute) = attribute else { return value.clone() };
    match (&attribute.kind, value) {
        (AttributeKind::Flag, Value::String(text)) if matches!(&**text, "true" | "false") => {
            (**text == *"true").into()
        }
        (AttributeKind::Number, Value::String(text)) => match read_decimal(text) {
            Some(number) => json::from_str(text).unwrap_or_else(|_| number.into()),
            None => value.clone(),
        },
        (
            AttributeKind::Choice(_) | AttributeKind::Text { .. } | AttributeKind::Date,
            Value::Number(number),
        ) => Value::String(number.to_written()),
        _ => value.clone(),
    }
}
