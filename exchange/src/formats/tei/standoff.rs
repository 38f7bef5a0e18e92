//! What was said of the words: entities, spans, their attributes as feature structures, relations.

use sourcier::model::annotation::{Annotation, Certainty};
use sourcier::model::entity::Entity;
use sourcier::model::ids::{AttributeKey, EntityId};
use sourcier::model::schema::{AttributeKind, AttributeValue};
use sourcier::sorted::SortedMap;

use super::header::element;
use super::{Edition, token_id, xml_name};
use crate::export::Out;
use crate::losses::LossKind;
use crate::shared::id_index::IdIndex;
use crate::shared::xml::XmlOut;
use crate::work::{Linked, value_text};

/// What TEI calls a list of things, a thing in it, and its name.
type ListNames = (&'static str, &'static str, &'static str);

/// The lists of things that TEI knows, by label.
const LISTS: [(&str, ListNames); 4] = [
    ("PERSON", ("listPerson", "person", "persName")),
    ("ORG", ("listOrg", "org", "orgName")),
    ("PLACE", ("listPlace", "place", "placeName")),
    ("EVENT", ("listEvent", "event", "label")),
];
/// For all others.
const OBJECTS: ListNames = ("listObject", "object", "objectName");

impl<'s> Edition<'s> {
    /// Nothing is written where nothing was said.
    pub(super) fn push_standoff(&self, out: &mut Out, xml: &mut XmlOut) {
        if self.annotations.is_empty() {
            return;
        }
        xml.open("standOff", &[]);
        xml.line();
        let entity_ids = self.push_entities(xml);
        xml.open("spanGrp", &[("type", "annotations")]);
        xml.line();
        for (idx, (annotation, ranges)) in self.annotations.iter().enumerate() {
            let entity = annotation.entity.as_ref().and_then(|id| entity_ids.get(id));
            self.push_span(idx + 1, (annotation, ranges), entity, xml);
        }
        xml.close("spanGrp");
        xml.line();
        for (idx, (annotation, _)) in self.annotations.iter().enumerate() {
            self.push_features(idx + 1, annotation, out, xml);
        }
        self.push_relations(out, xml);
        xml.close("standOff");
        xml.line();
    }

    /// The entities that are mentioned, by their kinds; gives the name of each in the file.
    fn push_entities(&self, xml: &mut XmlOut) -> SortedMap<&'s EntityId, String> {
        let mut entities: Vec<&'s Entity> = Vec::new();
        let mut ids: SortedMap<&EntityId, String> = SortedMap::new();
        for (annotation, _) in &self.annotations {
            let Some(entity) = self.work.state.entity_of(annotation) else { continue };
            if ids.get(&entity.id).is_none() {
                entities.push(entity);
                ids.insert(&entity.id, format!("e{}", entities.len()));
            }
        }
        let is_of = |entity: &Entity, label: &str| entity.label.as_str() == label;
        for (label, list) in LISTS {
            let of_kind = entities.iter().copied().filter(|entity| is_of(entity, label)).collect();
            push_list(list, of_kind, &ids, xml);
        }
        let is_other = |entity: &&Entity| !LISTS.iter().any(|(label, _)| is_of(entity, label));
        let others = entities.iter().copied().filter(is_other).collect();
        push_list(OBJECTS, others, &ids, xml);
        ids
    }

    fn push_span(
        &self,
        number: usize,
        (annotation, ranges): (&Annotation, &[std::ops::Range<usize>]),
        entity: Option<&String>,
        xml: &mut XmlOut,
    ) {
        let pointer = |token: usize| format!("#{}", token_id(token));
        let (id, features) = (format!("a{number}"), format!("#f{number}"));
        let kind = xml_name(self.work.label_name(&annotation.label));
        let mut attributes = vec![("xml:id", id), ("n", annotation.id.to_string()), ("type", kind)];
        match ranges {
            [range] => attributes.extend([("from", pointer(range.start)), ("to", pointer(range.end - 1))]),
            // Each word is named: those between the fragments are not part of it.
            _ => {
                let words: Vec<String> = ranges.iter().flat_map(|range| range.clone().map(pointer)).collect();
                attributes.push(("target", words.join(" ")));
            }
        }
        if has_features(annotation) {
            attributes.push(("ana", features));
        }
        if let Some(entity) = entity {
            attributes.push(("corresp", format!("#{entity}")));
        }
        if annotation.certainty == Certainty::Unsure {
            attributes.push(("cert", "low".to_owned()));
        }
        let attributes: Vec<(&str, &str)> =
            attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        xml.open("span", &attributes);
        xml.text(&annotation.target.surface(self.work.text()));
        xml.close("span");
        xml.line();
    }

    fn push_features(&self, number: usize, annotation: &Annotation, out: &mut Out, xml: &mut XmlOut) {
        if !has_features(annotation) {
            return;
        }
        let kind = xml_name(self.work.label_name(&annotation.label));
        xml.open("fs", &[("xml:id", &format!("f{number}")), ("type", &kind)]);
        for (key, value) in &annotation.attributes {
            let name = xml_name(key.as_str());
            if name != key.as_str() || matches!(value, AttributeValue::Other(_)) {
                let place = self.work.place(annotation.target.envelope());
                out.losses.add_at(LossKind::AttributeForm, key.as_str(), place);
            }
            xml.open("f", &[("name", &name)]);
            self.push_value(annotation, key, value, xml);
            xml.close("f");
        }
        if !annotation.note.is_empty() {
            // No attribute is called so: see `xml_name`.
            xml.open("f", &[("name", "annotator.note")]);
            element(xml, "string", &annotation.note);
            xml.close("f");
        }
        xml.close("fs");
        xml.line();
    }

    fn push_value(
        &self,
        annotation: &Annotation,
        key: &AttributeKey,
        value: &AttributeValue,
        xml: &mut XmlOut,
    ) {
        let attribute = self.work.state.schema.attribute(&annotation.label, key);
        let is_choice = matches!(attribute.map(|it| &it.kind), Some(AttributeKind::Choice(_)));
        let text = value_text(value);
        match value {
            AttributeValue::Flag(_) => xml.empty("binary", &[("value", &text)]),
            AttributeValue::Number(_) => xml.empty("numeric", &[("value", &text)]),
            _ if is_choice && !text.is_empty() && !text.contains(char::is_whitespace) => {
                xml.empty("symbol", &[("value", &text)]);
            }
            _ => element(xml, "string", &text),
        }
    }

    fn push_relations(&self, out: &mut Out, xml: &mut XmlOut) {
        let ids = IdIndex::new(self.annotations.iter().map(|(annotation, _)| annotation.id.as_str()));
        let number = |annotation: &Annotation| ids.get(annotation.id.as_str()).map(|idx| idx + 1);
        let relations = self.work.relations();
        let mut written = Vec::new();
        for Linked { relation, from, to } in relations {
            match number(from).zip(number(to)) {
                Some((from, to)) => written.push((relation.kind.as_str(), from, to)),
                None => out.losses.add(LossKind::Relation, relation.kind.as_str(), 1),
            }
        }
        if written.is_empty() {
            return;
        }
        xml.open("listRelation", &[]);
        xml.line();
        for (kind, from, to) in written {
            let (active, passive) = (format!("#a{from}"), format!("#a{to}"));
            xml.empty("relation", &[("name", &xml_name(kind)), ("active", &active), ("passive", &passive)]);
            xml.line();
        }
        xml.close("listRelation");
        xml.line();
    }
}

fn has_features(annotation: &Annotation) -> bool {
    !annotation.attributes.is_empty() || !annotation.note.is_empty()
}

fn push_list(
    (list, thing, name): ListNames,
    entities: Vec<&Entity>,
    ids: &SortedMap<&EntityId, String>,
    xml: &mut XmlOut,
) {
    if entities.is_empty() {
        return;
    }
    xml.open(list, &[]);
    xml.line();
    for entity in entities {
        let id = ids.get(&entity.id).map(String::as_str).unwrap_or_default();
        xml.open(thing, &[("xml:id", id)]);
        // Objects keep their names one level deeper.
        if thing == "object" {
            xml.open("objectIdentifier", &[]);
        }
        element(xml, name, &entity.name);
        if !entity.identifier.is_empty() {
            xml.open("idno", &[("type", "URI")]);
            xml.text(&entity.identifier);
            xml.close("idno");
        }
        if thing == "object" {
            xml.close("objectIdentifier");
        }
        xml.close(thing);
        xml.line();
    }
    xml.close(list);
    xml.line();
}
