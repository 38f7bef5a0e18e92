//! The dated values of an annotation, in and out.

use std::rc::Rc;

use crate::formats::json::value::decode_value;
use crate::formats::json::wire::Key;
use crate::formats::json::writer::Writer;
use crate::formats::rfc3339::read_time;
use crate::json::Value;
use crate::model::annotation::Annotation;
use crate::model::dated::{DatedValue, DatedValues};
use crate::model::dates::is_date;
use crate::model::ids::AttributeKey;
use crate::sorted::{SortedMap, sort_by};

/// The values of each attribute, in the order of the model. `None` where anything is not as it
/// should be, or is not known: then the whole waits, so that nothing of it is lost.
pub(super) fn read_dated(value: &Value) -> Option<SortedMap<AttributeKey, DatedValues>> {
    let mut dated = SortedMap::new();
    for (key, list) in value.as_object()?.iter() {
        let list = list.as_array().filter(|list| !list.is_empty())?;
        let mut values = list.iter().map(read_entry).collect::<Option<Vec<DatedValue>>>()?;
        sort_by(&mut values, |left, right| (&left.as_of, left.set_ms).cmp(&(&right.as_of, right.set_ms)));
        dated.insert(AttributeKey(key.clone()), DatedValues::from(values));
    }
    Some(dated)
}

fn read_entry(entry: &Value) -> Option<DatedValue> {
    let map = entry.as_object().filter(|map| map.len() == 3)?;
    let as_of = map.get("asOf")?.as_str().filter(|as_of| is_date(as_of))?;
    Some(DatedValue {
        value: decode_value(map.get("value")?),
        as_of: Rc::from(as_of),
        set_ms: read_time(map.get("set")?.as_str()?)?,
    })
}

/// Writes the member, where there is anything to say.
pub(super) fn write_dated(writer: &mut Writer, annotation: &Annotation) {
    if annotation.dated.is_empty() {
        return;
    }
    writer.member(Key::Dated.name());
    writer.raw("{");
    for (key, values) in &annotation.dated {
        writer.member(key.as_str());
        writer.raw("[");
        for (idx, dated) in values.iter().enumerate() {
            writer.raw(if idx > 0 { ",{\"value\":" } else { "{\"value\":" });
            writer.attribute_value(&dated.value);
            writer.member("asOf");
            writer.string(&dated.as_of);
            writer.member("set");
            writer.time(dated.set_ms);
            writer.raw("}");
        }
        writer.raw("]");
    }
    writer.raw("}");
}
