//! Active time, in and out: whole seconds in the file, milliseconds in the model.

use crate::edit::state::State;
use crate::formats::json::CARRIED_TIMING;
use crate::formats::json::build::Report;
use crate::formats::json::report::{Fact, Remedy};
use crate::formats::json::wire::TIMING_KEYS;
use crate::formats::json::writer::Writer;
use crate::json::{Map, Value};
use crate::model::ids::AnnotationId;
use crate::model::timing::{Timed, Timing};

/// The times of a file, and what it says besides. O(n log n).
pub(super) fn read_timing(value: &Value, report: &mut Report) -> (Timing, Map) {
    let mut timing = Timing::default();
    let Value::Object(map) = value else {
        if !value.is_null() {
            report.problem(None, Fact::WrongType { key: "timing" }, Remedy::Default);
        }
        return (timing, Map::new());
    };
    let mut is_right = true;
    let mut active_ms = |seconds: &Value| {
        let active_ms = seconds.as_u64().and_then(|seconds| seconds.checked_mul(1000));
        is_right &= active_ms.is_some() || seconds.is_null();
        active_ms.filter(|active_ms| *active_ms > 0)
    };
    if let Some(active_ms) = map.get("document").and_then(&mut active_ms) {
        timing.add(active_ms);
    }
    match map.get("annotations") {
        Some(Value::Object(annotations)) => {
            for (id, seconds) in annotations.iter() {
                if let Some(active_ms) = active_ms(seconds) {
                    timing.add_to(&AnnotationId(id.clone()), active_ms);
                }
            }
        }
        None | Some(Value::Null) => {}
        Some(_) => is_right = false,
    }
    if !is_right {
        report.problem(None, Fact::WrongType { key: "timing" }, Remedy::Default);
    }
    let mut unknown = map.clone();
    unknown.retain(|key| !TIMING_KEYS.contains(&key));
    (timing, unknown)
}

/// Writes the member of the file, where time was counted. Annotations that are gone are left out.
pub(super) fn write_timing(writer: &mut Writer, state: &State) {
    let seconds = |active_ms: u64| Some(active_ms / 1000).filter(|seconds| *seconds > 0);
    let is_there = |timed: &&Timed| state.annotations.get(&timed.id).is_some();
    let timed = state.timing.iter().filter(is_there);
    let mut annotations =
        timed.filter_map(|timed| Some((timed.id.as_str(), seconds(timed.active_ms)?))).peekable();
    let document = seconds(state.timing.document_ms());
    let unknown = state.carried.get(CARRIED_TIMING).and_then(Value::as_object);
    if document.is_none() && annotations.peek().is_none() && unknown.is_none() {
        return;
    }
    writer.line_member("timing");
    writer.open_lines('{');
    if let Some(seconds) = document {
        writer.line_member("document");
        writer.whole(seconds);
    }
    if annotations.peek().is_some() {
        writer.line_member("annotations");
        writer.open_lines('{');
        for (id, seconds) in annotations {
            writer.line_member(id);
            writer.whole(seconds);
        }
        writer.close_lines('}');
    }
    for (key, value) in unknown.into_iter().flat_map(Map::iter) {
        writer.line_member(key);
        writer.value(value);
    }
    writer.close_lines('}');
}
