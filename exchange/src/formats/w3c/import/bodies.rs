//! What an annotation says, from its bodies and its motivation.

use sourcier::json::{Map, Value};

use super::{each, id_of, member, text_of};
use crate::draft::say;
use crate::formats::w3c::term;
use crate::problems::{ProblemKind, Problems, Remedy};

/// What one annotation says.
#[derive(Default)]
pub(super) struct Said {
    /// The label, or the type of a relation.
    pub label: String,
    pub attributes: Map,
    pub by_hand: Vec<String>,
    pub dated: Map,
    /// Whether the file says which values were chosen by hand: only Sourcier's own do.
    pub is_ours: bool,
    pub note: String,
    pub is_unsure: bool,
    pub is_relation: bool,
    /// The annotation that a relation leads to.
    pub linked: Option<String>,
    pub entity: Option<Entity>,
    pub created: Option<String>,
    pub changed: Option<String>,
    pub annotator: Option<String>,
}

#[derive(Default)]
pub(super) struct Entity {
    pub id: String,
    pub local_id: Option<String>,
    pub name: String,
    pub identifier: String,
}

pub(super) fn said(value: &Value, problems: &mut Problems) -> Said {
    let motivations: Vec<&str> =
        each(member(value, "motivation")).iter().filter_map(id_of).map(short).collect();
    let mut said = Said {
        is_relation: motivations.contains(&"linking"),
        is_ours: value.get("news:localId").is_some(),
        is_unsure: text_of(value, "news:certainty") == Some("unsure"),
        created: text_of(value, "created").map(str::to_owned),
        changed: text_of(value, "modified").map(str::to_owned),
        annotator: each(member(value, "creator")).iter().find_map(annotator),
        entity: value.get("news:entity").and_then(entity),
        ..Said::default()
    };
    if let Some(text) = text_of(value, "bodyValue") {
        said.add_note(text);
    }
    // Labels in the order in which they are believed: a tag, a class, the motivation.
    let mut tags = Vec::new();
    let mut classes = Vec::new();
    for body in flat(member(value, "body")) {
        said.add(body, &motivations, (&mut tags, &mut classes), problems);
    }
    let relation = value.get("news:relation").and_then(Value::as_str);
    let motivation = motivations.first().copied().unwrap_or("Annotation");
    let mut labels = relation.into_iter().chain(tags).chain(classes).chain([motivation]);
    said.label = labels.next().unwrap_or_default().to_owned();
    // A class and the motivation stay when there are tags; a second tag would be a second label.
    if relation.is_none() && tags_beyond_first(value, &said.label) {
        problems.add(None, ProblemKind::Unsupported, &said.label, Remedy::ValueLeftOut);
    }
    said
}

fn tags_beyond_first(value: &Value, label: &str) -> bool {
    let tags = flat(member(value, "body")).into_iter().filter(|body| purposes(body).contains(&"tagging"));
    tags.filter_map(|body| text_of(body, "value")).any(|tag| tag != label)
}

/// The bodies, and those in choices and lists.
fn flat(body: Option<&Value>) -> Vec<&Value> {
    let mut bodies = Vec::new();
    for body in each(body) {
        match body.get("items") {
            Some(items) => bodies.extend(each(Some(items))),
            None => bodies.push(body),
        }
    }
    bodies
}

fn purposes(body: &Value) -> Vec<&str> {
    each(member(body, "purpose")).iter().filter_map(id_of).map(short).collect()
}

/// `oa:tagging` is `tagging`.
fn short(name: &str) -> &str {
    name.strip_prefix("oa:").or(name.strip_prefix("http://www.w3.org/ns/oa#")).unwrap_or(name)
}

fn annotator(creator: &Value) -> Option<String> {
    let name = text_of(creator, "nickname").or_else(|| text_of(creator, "name"));
    let name = name.or_else(|| id_of(creator)).filter(|name| !name.is_empty());
    name.map(str::to_owned)
}

fn entity(value: &Value) -> Option<Entity> {
    let text = |key| text_of(value, key).unwrap_or_default().to_owned();
    Some(Entity {
        id: id_of(value)?.to_owned(),
        local_id: text_of(value, "news:localId").map(str::to_owned),
        name: text("label"),
        identifier: text("news:identifier"),
    })
}

impl Said {
    fn add<'v>(
        &mut self,
        body: &'v Value,
        motivations: &[&str],
        (tags, classes): (&mut Vec<&'v str>, &mut Vec<&'v str>),
        problems: &mut Problems,
    ) {
        let given = purposes(body);
        let has = |purpose: &str| match given.is_empty() {
            true => motivations.contains(&purpose),
            false => given.contains(&purpose),
        };
        let text = text_of(body, "value").or_else(|| text_of(body, "chars"));
        let Some(text) = text else {
            self.add_resource(body, has("linking"), classes);
            return;
        };
        match text.split_once('=') {
            Some((key, value)) if has("classifying") && !has("tagging") => {
                let key = text_of(body, "news:key").unwrap_or(key);
                self.add_attribute(body, key, value, problems);
            }
            _ if has("tagging") => tags.push(text),
            _ if has("classifying") || has("identifying") => classes.push(text),
            _ => self.add_note(text),
        }
    }

    /// A body that is something elsewhere: a class, a thing of the world, another annotation.
    fn add_resource<'v>(&mut self, body: &'v Value, is_link: bool, classes: &mut Vec<&'v str>) {
        let Some(iri) = body.get("source").and_then(id_of).or_else(|| id_of(body)) else { return };
        if is_link {
            self.linked.get_or_insert(iri.to_owned());
        } else if self.is_ours {
            // The class is the tag again, and the thing stands with the entity.
        } else if iri.contains("wikidata.org/") || iri.contains("dbpedia.org/") || iri.contains("viaf.org/") {
            let entity = Entity { id: iri.to_owned(), identifier: iri.to_owned(), ..Entity::default() };
            self.entity.get_or_insert(entity);
        } else {
            classes.push(iri.rsplit(['#', '/']).next().filter(|name| !name.is_empty()).unwrap_or(iri));
        }
    }

    fn add_attribute(&mut self, body: &Value, key: &str, text: &str, problems: &mut Problems) {
        let typed = term(key).and_then(|term| body.get(&term)).or_else(|| body.get("news:data"));
        let value = typed.map_or_else(|| text.into(), data);
        say(&mut self.attributes, key, value, problems);
        if body.get("news:byHand").and_then(Value::as_bool) == Some(true) {
            self.by_hand.push(key.to_owned());
        }
        if let Some(values) = body.get("news:dated") {
            let mut dated: Vec<Value> = each(Some(values)).iter().filter_map(dated_value).collect();
            // Lists of JSON-LD have no order.
            let order = |value: &Value| (value["asOf"].to_string(), value["set"].to_string());
            sourcier::sorted::sort_by_key(&mut dated, order);
            say(&mut self.dated, key, dated.into(), problems);
        }
    }

    fn add_note(&mut self, text: &str) {
        if !self.note.is_empty() {
            self.note.push('\n');
        }
        self.note.push_str(text);
    }
}

fn dated_value(value: &Value) -> Option<Value> {
    let (as_of, set) = (text_of(value, "news:asOf")?, text_of(value, "news:set")?);
    let value = data(value.get("news:data")?);
    Some(Map::new().with("value", value).with("asOf", as_of).with("set", set).into())
}

/// A value of JSON-LD as it is in the native format.
pub(super) fn data(value: &Value) -> Value {
    value.get("@value").unwrap_or(value).clone()
}
