//! What a label looks like: its tint, box or underline, in small.

use yew::prelude::*;

use crate::model::ids::LabelId;
use crate::model::schema::{Family, Schema};
use crate::web::components::element::element;

/// Decoration: the name always stands beside it.
pub fn swatch(schema: &Schema, label: &LabelId) -> Html {
    let idx = schema.label_index(label);
    let of_label = idx.map_or_else(|| "sw-x".to_string(), |idx| format!("sw-{idx}"));
    sample(family_of(schema, label), of_label)
}

/// A label of a draft: its colours are those of `LabelSheet::show_draft`.
pub fn draft_swatch(schema: &Schema, label: &LabelId) -> Html {
    let idx = schema.label_index(label).unwrap_or_default();
    sample(family_of(schema, label), format!("dr-{idx}"))
}

/// A sample in the colours of a class.
pub fn sample(family: Family, class: String) -> Html {
    let family = match family {
        Family::Tint => "swatch--tint",
        Family::Box => "swatch--box",
        Family::Underline => "swatch--underline",
    };
    element("i").class(classes!("swatch", family, class)).attr("aria-hidden", "true").html()
}

/// How the marks of a label are drawn; underlined where the schema does not say.
fn family_of(schema: &Schema, label: &LabelId) -> Family {
    let group = schema.label(label).and_then(|label| schema.group(&label.group));
    group.map_or(Family::Underline, |group| group.family)
}
