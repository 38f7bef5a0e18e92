//! What a label looks like: its tint, box or underline, in small.

use yew::prelude::*;

use crate::model::ids::LabelId;
use crate::model::schema::{Family, Schema};

/// Decoration: the name always stands beside it.
pub fn swatch(schema: &Schema, label: &LabelId) -> Html {
    let idx = schema.label_index(label);
    let group = schema.label(label).and_then(|label| schema.group(&label.group));
    let family = match group.map(|group| group.family) {
        Some(Family::Tint) => "swatch--tint",
        Some(Family::Box) => "swatch--box",
        Some(Family::Underline) | None => "swatch--underline",
    };
    let of_label = idx.map_or_else(|| "sw-x".to_string(), |idx| format!("sw-{idx}"));
    html! { <i class={classes!("swatch", family, of_label)} aria-hidden="true"></i> }
}
