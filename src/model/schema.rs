//! The annotation schema of a project: labels in groups, their attributes, the relations between
//! them, the fields of a document and the checks.
//!
//! A schema is plain data. Identifiers never change; names may. What a person reads is
//! [`Localized`]. The JSON form is read and written by `formats::schema_json`, nowhere else.

use std::rc::Rc;

use crate::json::Map;
use crate::model::annotation::Annotation;
use crate::model::dates::is_date_value;
use crate::model::ids::{AttributeKey, FieldKey, GroupId, LabelId, RelationTypeId};

/// The keys of commands, which no label or relation may have. `k`, `u` and the digits are free for
/// labels.
pub const RESERVED_KEYS: &str = "giyvz,;.+-?";
/// The most entries that a list of a schema may have.
pub const ITEM_COUNT_MAX: usize = 1_000;

/// One text in the two languages of the interface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Localized {
    pub fr: Rc<str>,
    pub en: Rc<str>,
}

/// The tag set of a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    pub id: Rc<str>,
    pub version: Rc<str>,
    pub name: Localized,
    /// The five-minute card, in Markdown.
    pub card: Localized,
    /// Shown for a label without a policy of its own.
    pub policy: SpanPolicy,
    pub groups: Vec<Group>,
    pub labels: Vec<Label>,
    pub relations: Vec<RelationType>,
    pub document_fields: Vec<FieldType>,
    pub rules: Vec<Rule>,
    /// The notes of the team on how to use the schema, in Markdown.
    pub guidelines: Rc<str>,
    /// What was changed since the schema's first version, oldest first.
    pub changes: Vec<SchemaChange>,
    /// What this version of the program does not know, kept for the way out (a JSON object).
    pub extra: Map,
}

/// What annotations of the schema may do to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanPolicy {
    /// Two annotations may share part of their words without one holding the other.
    pub overlap: bool,
    /// One annotation may hold another.
    pub nesting: bool,
    /// An annotation may have several fragments.
    pub discontinuous: bool,
}

/// A layer of the schema: statements, markers, entities. The family says how marks are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    pub name: Localized,
    pub family: Family,
    pub extra: Map,
}

/// How the marks of a group are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Statements.
    Tint,
    /// Markers.
    Box,
    /// Entities.
    Underline,
}

/// The second cue of a label, beside its colour: the style of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineStyle {
    Solid,
    Double,
    Dotted,
    Dashed,
    Wavy,
}

/// A label that spans of text can carry.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub id: LabelId,
    /// `[A-Za-z0-9_-]+`, for formats that allow no other characters. Falls back to `id`.
    pub export_name: Option<Rc<str>>,
    pub group: GroupId,
    pub name: Localized,
    /// A short name for narrow places; empty where the name is short enough.
    pub short_name: Localized,
    /// One character of `event.key`, lower case.
    pub hotkey: Option<char>,
    /// `#RRGGBB`: the schema's colour, from which both themes derive theirs.
    pub color: Rc<str>,
    pub line: LineStyle,
    pub tier: Tier,
    pub retired: bool,
    pub policy: Option<SpanPolicy>,
    pub definition: Localized,
    pub include: Localized,
    pub exclude: Localized,
    pub example: Localized,
    /// Whether it lies beside others of its group on the same words: its key adds rather than
    /// relabels, and so do theirs over it. A quote stays when its words are marked as a claim.
    pub stacks: bool,
    /// Whether mentions with this label are grouped into entities.
    pub is_entity: bool,
    pub attributes: Vec<AttributeType>,
    pub extra: Map,
}

/// When a part of the schema was planned; `V1_1` parts are offered after the `V1` ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    V1,
    V1_1,
}

/// An attribute that annotations with a label carry.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeType {
    pub key: AttributeKey,
    pub name: Localized,
    pub help: Localized,
    pub kind: AttributeKind,
    pub default: Option<AttributeValue>,
    pub required: bool,
    pub tier: Tier,
    /// The id of the computation that fills the value, known to the code (`quote_kind`, …).
    pub computed: Option<Rc<str>>,
    /// Whether the values that a person chooses are kept with their dates.
    pub is_dated: bool,
    /// Shown only when another attribute of the same annotation has one of these values.
    pub shown_if: Option<(AttributeKey, Vec<Rc<str>>)>,
    pub extra: Map,
}

/// The type of an attribute's value.
#[derive(Clone, Debug, PartialEq)]
pub enum AttributeKind {
    Flag,
    Choice(Vec<Choice>),
    /// `len_max` in code points.
    Text {
        len_max: Option<u32>,
    },
    Number,
    /// ISO 8601 of any precision, or a TIMEX3 duration.
    Date,
}

/// One value of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: Rc<str>,
    pub name: Localized,
    pub help: Localized,
    pub extra: Map,
}

/// The value of an attribute or of a document field.
#[derive(Clone, Debug, PartialEq)]
pub enum AttributeValue {
    Flag(bool),
    /// A choice's value, a text or a date: all are strings in the file.
    Text(Rc<str>),
    Number(f64),
    /// Something else, found in a file and kept as its JSON.
    Other(Rc<str>),
}

/// A typed, directed link that annotations of some labels may have.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationType {
    pub id: RelationTypeId,
    pub name: Localized,
    /// The relation read from its other end: « dit par » for SOURCE.
    pub inverse_name: Localized,
    /// A sentence with `{from}` and `{to}`.
    pub reads: Localized,
    pub key: Option<char>,
    pub from: Vec<LabelId>,
    pub to: Vec<LabelId>,
    pub directed: bool,
    /// At most one relation of this type per `from` end.
    pub one_per_from: bool,
    /// At most one relation of this type per `to` end.
    pub one_per_to: bool,
    /// Only where an attribute of the `from` end has this value (`bearing`, `lacking`). An end
    /// whose label has no such attribute is not held to it.
    pub when_from: Option<(AttributeKey, Rc<str>)>,
    pub tier: Tier,
    pub extra: Map,
}

/// A field of the whole document.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldType {
    pub key: FieldKey,
    pub name: Localized,
    pub help: Localized,
    pub kind: FieldKind,
    pub required: bool,
    pub tier: Tier,
    /// Filled by the program, not by a person (`sha256`, `length`, `created`, …).
    pub automatic: bool,
    pub extra: Map,
}

/// The type of a document field. All values but `Integer` are strings in the file.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    Text,
    LongText,
    Choice(Vec<Choice>),
    Iri,
    Date,
    DateTime,
    Language,
    Hash,
    Integer,
}

/// A check that the program runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub id: Rc<str>,
    pub level: RuleLevel,
    /// The id of the test, known to the code.
    pub check: Rc<str>,
    pub message: Localized,
    /// The label that mends what the rule finds, in one key press.
    pub repair: Option<LabelId>,
    /// The prose of the rule, for people.
    pub note: Rc<str>,
    pub extra: Map,
}

/// An entry of the schema's change log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaChange {
    /// The version that the change led to.
    pub version: Rc<str>,
    /// Milliseconds since 1970 in UTC.
    pub time_ms: u64,
    /// What was done, as codes and ids (`rename-label CLAIM`), one a line.
    pub what: Vec<Rc<str>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleLevel {
    Warn,
    Refuse,
    Fix,
}

impl Schema {
    /// Whether both name the same groups, labels and relation types, whatever they are called on the
    /// screen and look like. O(n²) for n labels, of which there are few.
    pub fn names_the_same(&self, other: &Schema) -> bool {
        self.labels.len() == other.labels.len()
            && self.groups.len() == other.groups.len()
            && self.relations.len() == other.relations.len()
            && self.labels.iter().all(|label| other.label(&label.id).is_some())
            && self.groups.iter().all(|group| other.group(&group.id).is_some())
            && self.relations.iter().all(|relation| other.relation(&relation.id).is_some())
    }

    /// The label with this id. O(number of labels).
    pub fn label(&self, id: &LabelId) -> Option<&Label> {
        self.labels.iter().find(|label| label.id == *id)
    }

    /// The place of a label in the schema: stable while the schema is, used for style classes.
    pub fn label_index(&self, id: &LabelId) -> Option<usize> {
        self.labels.iter().position(|label| label.id == *id)
    }

    pub fn group(&self, id: &GroupId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == *id)
    }

    /// The labels of a group that are still offered, in schema order.
    pub fn labels_of(&self, group: &GroupId) -> impl Iterator<Item = &Label> {
        self.labels.iter().filter(move |label| label.group == *group && !label.retired)
    }

    /// The offered label with this key.
    pub fn label_by_hotkey(&self, key: char) -> Option<&Label> {
        self.labels.iter().find(|label| label.hotkey == Some(key) && !label.retired)
    }

    pub fn relation(&self, id: &RelationTypeId) -> Option<&RelationType> {
        self.relations.iter().find(|relation| relation.id == *id)
    }

    /// The attribute of a label. O(labels + attributes).
    pub fn attribute(&self, label: &LabelId, key: &AttributeKey) -> Option<&AttributeType> {
        self.label(label)?.attribute(key)
    }

    pub fn field(&self, key: &FieldKey) -> Option<&FieldType> {
        self.document_fields.iter().find(|field| field.key == *key)
    }

    /// The rules that hold for annotations with this label.
    pub fn policy_of(&self, id: &LabelId) -> SpanPolicy {
        self.label(id).and_then(|label| label.policy).unwrap_or(self.policy)
    }
}

impl RelationType {
    /// Whether the schema lets these two annotations be linked so: labels, and the attribute that
    /// the type asks of its `from` end.
    pub fn allows(&self, from: &Annotation, to: &Annotation) -> bool {
        self.from.contains(&from.label) && self.to.contains(&to.label) && self.asks_of(from)
    }

    /// Whether a `from` end has the value that the type asks of it. One whose label has no such
    /// attribute is not held to it.
    pub fn asks_of(&self, from: &Annotation) -> bool {
        self.when_from.as_ref().is_none_or(|(key, value)| {
            from.attributes.get(key).is_none_or(|found| found.as_text() == Some(value))
        })
    }
}

impl Label {
    pub fn attribute(&self, key: &AttributeKey) -> Option<&AttributeType> {
        self.attributes.iter().find(|attribute| attribute.key == *key)
    }
}

impl AttributeValue {
    /// The string of a choice, text or date.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            AttributeValue::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl AttributeKind {
    /// Whether a value is of this type: a choice's own value, a text that is not too long.
    pub fn allows(&self, value: &AttributeValue) -> bool {
        match (self, value) {
            (AttributeKind::Flag, AttributeValue::Flag(_)) => true,
            // Not a number is not equal to itself: no edit of it could be undone.
            (AttributeKind::Number, AttributeValue::Number(number)) => number.is_finite(),
            (AttributeKind::Date, AttributeValue::Text(text)) => is_date_value(text),
            (AttributeKind::Choice(choices), AttributeValue::Text(text)) => {
                choices.iter().any(|choice| choice.value == *text)
            }
            (AttributeKind::Text { len_max }, AttributeValue::Text(text)) => {
                len_max.is_none_or(|len_max| text.chars().count() <= len_max as usize)
            }
            _ => false,
        }
    }
}

/// `#RRGGBB`, in either case.
pub fn is_color(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|byte| byte.is_ascii_hexdigit())
}
