//! What a label looks like: its tint, box or underline, in small.

use yew::prelude::*;

use crate::model::ids::LabelId;
use crate::model::schema::{Family, Schema};
use crate::web::ptr_eq::PtrEq;

#[derive(Clone, PartialEq, Properties)]
pub struct SwatchProps {
    pub schema: PtrEq<Schema>,
    pub label: LabelId,
}

/// Decoration: the name always stands beside it.
#[component]
pub fn Swatch(props: &SwatchProps) -> Html {
    let SwatchProps { schema, label } = props;
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
