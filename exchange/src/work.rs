//! One document on its way out.

use std::borrow::Cow;
use std::rc::Rc;

use sourcier::edit::state::State;
use sourcier::formats::rfc3339::write_time;
use sourcier::json::{self, Map, Value};
use sourcier::model::annotation::Annotation;
use sourcier::model::annotation_set::text_order;
use sourcier::model::dated::DatedValue;
use sourcier::model::ids::{AttributeKey, LabelId};
use sourcier::model::relation::Relation;
use sourcier::model::schema::{AttributeKind, AttributeValue};
use sourcier::sorted::sort_by;
use sourcier::text::span::{TextOffset, TextSpan};

use crate::losses::LossPlace;
use crate::options::Options;

/// A document, and the stem of the names of its files.
#[derive(Clone, Copy)]
pub struct Work<'s> {
    pub state: &'s State,
    /// Safe as a file name, and unlike that of every other document of the export.
    pub stem: &'s str,
}

/// A relation and its ends.
#[derive(Clone, Copy)]
pub struct Linked<'s> {
    pub relation: &'s Rc<Relation>,
    pub from: &'s Rc<Annotation>,
    pub to: &'s Rc<Annotation>,
}

impl<'s> Work<'s> {
    pub fn text(&self) -> &'s str {
        &self.state.document.text
    }

    /// In text order: earlier start first, then the longer one, then the id.
    pub fn annotations(&self) -> impl Iterator<Item = &'s Rc<Annotation>> + use<'s> {
        self.state.annotations.iter()
    }

    /// With their ends, in text order of `from`, then of `to`, then by type and id. O(n log n).
    pub fn relations(&self) -> Vec<Linked<'s>> {
        let linked = |relation: &'s Rc<Relation>| {
            let (from, to) = self.state.ends_of(relation)?;
            Some(Linked { relation, from, to })
        };
        let mut relations: Vec<Linked<'_>> = self.state.relations.iter().filter_map(linked).collect();
        sort_by(&mut relations, |left, right| {
            text_order(left.from, right.from)
                .then_with(|| text_order(left.to, right.to))
                .then_with(|| left.relation.kind.cmp(&right.relation.kind))
                .then_with(|| left.relation.id.cmp(&right.relation.id))
        });
        relations
    }

    /// Start and end in Unicode code points.
    pub fn code_points(&self, span: TextSpan) -> (u32, u32) {
        let at = |offset: TextOffset| self.state.document.index.offsets.code_point_of(self.text(), offset);
        (at(span.start()), at(span.end()))
    }

    /// Start and end in UTF-16 units.
    pub fn utf16(&self, span: TextSpan) -> (u32, u32) {
        let at = |offset: TextOffset| self.state.document.index.offsets.utf16_of(self.text(), offset);
        (at(span.start()), at(span.end()))
    }

    /// The words of a span.
    pub fn slice(&self, span: TextSpan) -> &'s str {
        &self.text()[span.range()]
    }

    /// The label's name for files: `[A-Za-z0-9_-]+` where the schema is as it should be.
    pub fn label_name(&self, label: &'s LabelId) -> &'s str {
        let known = self.state.schema.label(label);
        known.and_then(|label| label.export_name.as_deref()).unwrap_or(label.as_str())
    }

    /// The text of a field of the document, such as `language` or `headline`.
    pub fn field(&self, key: &str) -> Option<&'s str> {
        sourcier::model::document::field_text(&self.state.fields, key)
    }

    /// The text as a file of its own. A mark of the byte order that is text gets another one in
    /// front, since readers take the first one off.
    pub fn text_file(&self) -> Cow<'s, str> {
        match self.text().starts_with('\u{FEFF}') {
            true => Cow::Owned(format!("\u{FEFF}{}", self.text())),
            false => Cow::Borrowed(self.text()),
        }
    }

    /// Whether a value comes back from its text: texts do, and what the schema gives the type of.
    pub fn keeps_as_text(&self, annotation: &Annotation, key: &AttributeKey, value: &AttributeValue) -> bool {
        let kind = self.state.schema.attribute(&annotation.label, key).map(|attribute| &attribute.kind);
        match (value, kind) {
            (AttributeValue::Text(_), Some(AttributeKind::Flag | AttributeKind::Number)) => false,
            (AttributeValue::Text(_), _) => true,
            (AttributeValue::Flag(_), Some(AttributeKind::Flag)) => true,
            (AttributeValue::Number(_), Some(AttributeKind::Number)) => true,
            _ => false,
        }
    }

    /// Whether an annotation is a statement: one whose evidence can be told.
    pub fn is_statement(&self, annotation: &Annotation) -> bool {
        let label = self.state.schema.label(&annotation.label);
        let has_evidence = |key: &str| label.is_some_and(|label| label.attribute(&key.into()).is_some());
        has_evidence("evidence_status") || has_evidence("check_worthiness")
    }

    /// The name of whoever made the document's annotations, else their id.
    pub fn annotator_name(&self, options: &Options) -> String {
        let carried = self.state.carried.get("annotator");
        let text = |key| Some(carried?.get(key)?.as_str()?.to_owned());
        let own = [&options.annotator_name, &options.annotator_id];
        let own = own.into_iter().find(|name| !name.is_empty()).cloned();
        text("name").or_else(|| text("id")).or(own).unwrap_or_default()
    }

    /// Where a loss happened.
    pub fn place(&self, span: TextSpan) -> LossPlace {
        let (start, end) = self.code_points(span);
        LossPlace { document: self.stem.to_owned(), start, end, surface: self.slice(span).to_owned() }
    }

    /// Pairs of mentions of one entity, each with the nearest earlier one: `(later, earlier)`. For
    /// formats that know links but no entities. O(n log n).
    pub fn same_as_links(&self) -> Vec<(&'s Rc<Annotation>, &'s Rc<Annotation>)> {
        let mut links = Vec::new();
        for entity in self.state.entities.keys() {
            let mentions: Vec<_> = self.state.annotations.mentions(entity).collect();
            links.extend(mentions.windows(2).map(|pair| (pair[1], pair[0])));
        }
        links
    }
}

/// The value as text: `true`, `3.5`, a choice's word. What the program has no type for is its JSON.
pub fn value_text(value: &AttributeValue) -> String {
    match value {
        AttributeValue::Flag(flag) => flag.to_string(),
        AttributeValue::Text(text) | AttributeValue::Other(text) => text.to_string(),
        AttributeValue::Number(number) => fraction_text(*number),
    }
}

/// A number as formats without types have it: with a decimal point or an exponent.
fn fraction_text(number: f64) -> String {
    let mut text = Value::from(number).to_string();
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        text.push_str(".0");
    }
    text
}

/// A time as files write it: RFC 3339 in UTC, with milliseconds.
pub fn time_text(time_ms: u64) -> String {
    let mut time = String::new();
    write_time(&mut time, time_ms);
    time
}

/// The value as JSON.
pub fn value_json(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::Flag(flag) => (*flag).into(),
        AttributeValue::Text(text) => Value::from(&**text),
        AttributeValue::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            (*number as i64).into()
        }
        AttributeValue::Number(number) => (*number).into(),
        AttributeValue::Other(json) => json::from_str(json).unwrap_or_default(),
    }
}

/// The dated values as in the native format.
pub fn dated_json(annotation: &Annotation) -> Map {
    let mut dated = Map::new();
    for (key, values) in annotation.dated.iter() {
        let value = |dated: &DatedValue| {
            let json = Map::new().with("value", value_json(&dated.value)).with("asOf", &*dated.as_of);
            json.with("set", time_text(dated.set_ms))
        };
        dated.insert(key.as_str(), values.iter().map(value).collect::<Value>());
    }
    dated
}
