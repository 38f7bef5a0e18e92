//! From JSON to a schema.

use std::rc::Rc;

use crate::formats::rfc3339::read_time;
use crate::formats::schema_json::check::check_schema;
use crate::formats::schema_json::object::{Object, Problems};
use crate::formats::schema_json::{
    ATTRIBUTE_KINDS, FAMILIES, FIELD_KINDS, JsonType, KindWord, LEVELS, LINES, POLICIES, SCHEMA_FORMAT,
    SCHEMA_FORMAT_VERSION, SchemaFact, SchemaProblem, TIERS, is_color,
};
use crate::json::Value;
use crate::model::ids::{AttributeKey, FieldKey, GroupId, LabelId, RelationTypeId};
use crate::model::schema::{
    AttributeKind, AttributeType, AttributeValue, Choice, Family, FieldKind, FieldType, Group, Label,
    LineStyle, RelationType, Rule, RuleLevel, Schema, SchemaChange, SpanPolicy, Tier,
};
use crate::text::unicode::lower_case;

/// Reads a schema, or finds every problem in it: first those of single parts, in the order of the
/// file, then those between parts.
///
/// JSON that is no schema, or one of a newer program, has that one problem only. Never panics.
/// Lists are limited to `ITEM_COUNT_MAX` entries, so the time grows with the size of the JSON.
pub fn decode_schema(value: &Value) -> Result<Schema, Vec<SchemaProblem>> {
    let mut problems = Problems::default();
    let mut object = Object::new(value, String::new(), &mut problems);
    read_format(&mut object, &mut problems);
    if !problems.0.is_empty() {
        return Err(problems.0);
    }
    let schema = read_schema(&mut object, &mut problems);
    check_schema(&schema, &mut problems);
    if problems.0.is_empty() { Ok(schema) } else { Err(problems.0) }
}

fn read_format(object: &mut Object, problems: &mut Problems) {
    object.must_have("format", problems);
    if object.text("format", problems).is_some_and(|format| *format != *SCHEMA_FORMAT) {
        problems.add(object.at("format"), SchemaFact::NotASchema);
        return;
    }
    object.must_have("formatVersion", problems);
    match object.whole_number("formatVersion", problems) {
        Some(format_version) if format_version > SCHEMA_FORMAT_VERSION => {
            problems.add(object.at("formatVersion"), SchemaFact::NewerFormat { format_version });
        }
        _ => {}
    }
}

fn read_schema(object: &mut Object, problems: &mut Problems) -> Schema {
    let all_allowed = SpanPolicy { overlap: true, nesting: true, discontinuous: true };
    let policy = read_policy(object, all_allowed, problems).unwrap_or(all_allowed);
    for key in ["groups", "labels"] {
        object.must_have(key, problems);
    }
    Schema {
        id: object.id("id", problems),
        version: object.id("version", problems),
        name: object.name("name", problems),
        card: object.localized("card", problems),
        policy,
        groups: read_each(object, "groups", problems, read_group),
        labels: read_each(object, "labels", problems, |label, problems| read_label(label, policy, problems)),
        relations: read_each(object, "relations", problems, read_relation),
        document_fields: read_each(object, "documentFields", problems, read_field),
        rules: read_each(object, "rules", problems, read_rule),
        guidelines: object.text("guidelines", problems).unwrap_or_default(),
        changes: read_each(object, "changes", problems, read_change),
        extra: object.rest(),
    }
}

/// Every entry of a list of objects. Entries that are no objects are read too, as empty ones, so
/// that later problems name the right index.
fn read_each<T>(
    object: &mut Object,
    key: &'static str,
    problems: &mut Problems,
    read: impl Fn(&mut Object, &mut Problems) -> T,
) -> Vec<T> {
    let mut items = Vec::new();
    for (value, path) in object.list(key, problems) {
        items.push(read(&mut Object::new(value, path, problems), problems));
    }
    items
}

/// The parts that a policy leaves out are those of `base`.
fn read_policy(object: &mut Object, base: SpanPolicy, problems: &mut Problems) -> Option<SpanPolicy> {
    let mut policy = Object::new(object.get("policy")?, object.at("policy"), problems);
    let read = SpanPolicy {
        overlap: policy.word("overlap", POLICIES, base.overlap, problems),
        nesting: policy.word("nesting", POLICIES, base.nesting, problems),
        discontinuous: policy.word("discontinuous", POLICIES, base.discontinuous, problems),
    };
    policy.refuse_rest(problems);
    Some(read)
}

fn read_group(object: &mut Object, problems: &mut Problems) -> Group {
    object.must_have("family", problems);
    Group {
        id: GroupId(object.id("id", problems)),
        name: object.name("name", problems),
        family: object.word("family", FAMILIES, Family::Tint, problems),
        extra: object.rest(),
    }
}

fn read_label(object: &mut Object, schema_policy: SpanPolicy, problems: &mut Problems) -> Label {
    Label {
        id: LabelId(object.id("id", problems)),
        export_name: object.text("exportName", problems),
        group: GroupId(object.id("group", problems)),
        name: object.name("name", problems),
        short_name: object.localized("shortName", problems),
        hotkey: read_key(object, "hotkey", problems),
        color: read_color(object, problems),
        line: object.word("line", LINES, LineStyle::Solid, problems),
        tier: object.word("tier", TIERS, Tier::V1, problems),
        retired: object.flag("retired", false, problems),
        policy: read_policy(object, schema_policy, problems),
        definition: object.localized("definition", problems),
        include: object.localized("include", problems),
        exclude: object.localized("exclude", problems),
        example: object.localized("example", problems),
        stacks: object.flag("stacks", false, problems),
        is_entity: object.flag("entity", false, problems),
        attributes: read_each(object, "attributes", problems, read_attribute),
        extra: object.rest(),
    }
}

fn read_color(object: &mut Object, problems: &mut Problems) -> Rc<str> {
    object.must_have("color", problems);
    let Some(color) = object.text("color", problems) else { return Rc::default() };
    if !is_color(&color) {
        problems.add(object.at("color"), SchemaFact::BadColor { found: color.clone() });
    }
    color
}

/// One lower-case character that a keyboard event can name.
fn read_key(object: &mut Object, key: &'static str, problems: &mut Problems) -> Option<char> {
    let found = object.text(key, problems)?;
    let mut characters = found.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None)
            if !character.is_whitespace() && !character.is_control() && *lower_case(&found) == *found =>
        {
            Some(character)
        }
        _ => {
            problems.add(object.at(key), SchemaFact::BadKey { found });
            None
        }
    }
}

fn read_attribute(object: &mut Object, problems: &mut Problems) -> AttributeType {
    let (key, name) = (AttributeKey(object.id("key", problems)), object.name("name", problems));
    let help = object.localized("help", problems);
    let kind = read_attribute_kind(object, problems);
    AttributeType {
        key,
        name,
        help,
        default: read_default(object, &kind, problems),
        kind,
        required: object.flag("required", false, problems),
        tier: object.word("tier", TIERS, Tier::V1, problems),
        computed: object.text("computed", problems),
        is_dated: object.flag("dated", false, problems),
        shown_if: read_shown_if(object, problems),
        extra: object.rest(),
    }
}

fn read_attribute_kind(object: &mut Object, problems: &mut Problems) -> AttributeKind {
    object.must_have("type", problems);
    match object.word("type", ATTRIBUTE_KINDS, KindWord::Text, problems) {
        KindWord::Flag => AttributeKind::Flag,
        KindWord::Choice => AttributeKind::Choice(read_choices(object, problems)),
        KindWord::Number => AttributeKind::Number,
        KindWord::Date => AttributeKind::Date,
        _ => AttributeKind::Text { len_max: read_len_max(object, problems) },
    }
}

fn read_len_max(object: &mut Object, problems: &mut Problems) -> Option<u32> {
    let len_max = object.whole_number("max", problems)?;
    // A limit beyond `u32` limits nothing, but it would not come out as it went in.
    let fits = u32::try_from(len_max).ok();
    if fits.is_none() {
        let expected = JsonType::WholeNumber;
        problems.add(object.at("max"), SchemaFact::WrongType { expected });
    }
    fits
}

fn read_choices(object: &mut Object, problems: &mut Problems) -> Vec<Choice> {
    read_each(object, "values", problems, |object, problems| Choice {
        value: object.id("value", problems),
        name: object.name("name", problems),
        help: object.localized("help", problems),
        extra: object.rest(),
    })
}

fn read_default(
    object: &mut Object,
    kind: &AttributeKind,
    problems: &mut Problems,
) -> Option<AttributeValue> {
    let value = object.get("default")?;
    let (default, expected) = match kind {
        AttributeKind::Flag => (value.as_bool().map(AttributeValue::Flag), JsonType::Flag),
        AttributeKind::Number => (value.as_f64().map(AttributeValue::Number), JsonType::Number),
        AttributeKind::Choice(_) | AttributeKind::Text { .. } | AttributeKind::Date => {
            (value.as_str().map(|text| AttributeValue::Text(Rc::from(text))), JsonType::Text)
        }
    };
    if default.is_none() {
        problems.add(object.at("default"), SchemaFact::WrongType { expected });
    }
    default
}

fn read_shown_if(object: &mut Object, problems: &mut Problems) -> Option<(AttributeKey, Vec<Rc<str>>)> {
    let mut condition = Object::new(object.get("shownIf")?, object.at("shownIf"), problems);
    condition.must_have("values", problems);
    let attribute = AttributeKey(condition.id("attribute", problems));
    let values = condition.texts("values", problems);
    condition.refuse_rest(problems);
    Some((attribute, values))
}

fn read_relation(object: &mut Object, problems: &mut Problems) -> RelationType {
    for key in ["from", "to"] {
        object.must_have(key, problems);
    }
    RelationType {
        id: RelationTypeId(object.id("id", problems)),
        name: object.name("name", problems),
        inverse_name: object.name("inverseName", problems),
        reads: object.name("reads", problems),
        key: read_key(object, "key", problems),
        from: object.texts("from", problems).into_iter().map(LabelId).collect(),
        to: object.texts("to", problems).into_iter().map(LabelId).collect(),
        directed: object.flag("directed", true, problems),
        one_per_from: object.flag("onePerFrom", false, problems),
        one_per_to: object.flag("onePerTo", false, problems),
        when_from: read_when_from(object, problems),
        tier: object.word("tier", TIERS, Tier::V1, problems),
        extra: object.rest(),
    }
}

fn read_when_from(object: &mut Object, problems: &mut Problems) -> Option<(AttributeKey, Rc<str>)> {
    let mut condition = Object::new(object.get("whenFrom")?, object.at("whenFrom"), problems);
    let attribute = AttributeKey(condition.id("attribute", problems));
    let value = condition.id("value", problems);
    condition.refuse_rest(problems);
    Some((attribute, value))
}

fn read_field(object: &mut Object, problems: &mut Problems) -> FieldType {
    let (key, name) = (FieldKey(object.id("key", problems)), object.name("name", problems));
    FieldType {
        key,
        name,
        help: object.localized("help", problems),
        kind: read_field_kind(object, problems),
        required: object.flag("required", false, problems),
        tier: object.word("tier", TIERS, Tier::V1, problems),
        automatic: object.flag("automatic", false, problems),
        extra: object.rest(),
    }
}

fn read_field_kind(object: &mut Object, problems: &mut Problems) -> FieldKind {
    object.must_have("type", problems);
    match object.word("type", FIELD_KINDS, KindWord::Text, problems) {
        KindWord::LongText => FieldKind::LongText,
        KindWord::Choice => FieldKind::Choice(read_choices(object, problems)),
        KindWord::Iri => FieldKind::Iri,
        KindWord::Date => FieldKind::Date,
        KindWord::DateTime => FieldKind::DateTime,
        KindWord::Language => FieldKind::Language,
        KindWord::Hash => FieldKind::Hash,
        KindWord::Integer => FieldKind::Integer,
        _ => FieldKind::Text,
    }
}

fn read_rule(object: &mut Object, problems: &mut Problems) -> Rule {
    object.must_have("level", problems);
    Rule {
        id: object.id("id", problems),
        level: object.word("level", LEVELS, RuleLevel::Warn, problems),
        check: object.id("check", problems),
        message: object.name("message", problems),
        repair: object.text("repair", problems).map(LabelId),
        note: object.text("note", problems).unwrap_or_default(),
        extra: object.rest(),
    }
}

/// Nothing else stands in an entry of the change log.
fn read_change(object: &mut Object, problems: &mut Problems) -> SchemaChange {
    object.must_have("time", problems);
    let time = object.text("time", problems);
    let time_ms = time.as_deref().and_then(read_time);
    if let (Some(found), None) = (time, time_ms) {
        problems.add(object.at("time"), SchemaFact::BadTime { found });
    }
    let change = SchemaChange {
        version: object.id("version", problems),
        time_ms: time_ms.unwrap_or_default(),
        what: object.texts("what", problems),
    };
    object.refuse_rest(problems);
    change
}
