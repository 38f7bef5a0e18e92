//! The colour of a label: those that go well with its group, any other, and what is against it.

use yew::prelude::*;

use crate::model::ids::{GroupId, LabelId};
use crate::model::schema::{Family, Schema};
use crate::view_model::color::offer::{ColorFault, color_faults};
use crate::view_model::color::vision::Vision;
use crate::web::components::element::element;
use crate::web::components::schema_editor::form::value_of;
use crate::web::components::swatch::sample;
use crate::web::i18n::{decimal, pick, tr, tr_with};

/// A choice of a colour.
pub struct ColorRow<'r> {
    pub id: &'static str,
    pub schema: &'r Schema,
    pub group: &'r GroupId,
    /// The label that is to have the colour, where it is there already.
    pub label: Option<&'r LabelId>,
    pub color: AttrValue,
    /// Drawn in the classes `of-0`, `of-1` and so on.
    pub offers: &'r [String],
    pub on_color: Callback<String>,
}

pub fn color_row(row: &ColorRow<'_>) -> Html {
    let ColorRow { id, schema, group, label, color, offers, on_color } = row;
    let family = schema.group(group).map_or(Family::Underline, |group| group.family);
    let offer = |(idx, offer): (usize, &String)| {
        let onchange = on_color.reform({
            let offer = offer.clone();
            move |_: Event| offer.clone()
        });
        let name = tr_with!("color.offer", &[("color", offer)]);
        element("label")
            .key(offer.clone())
            .class("colors__offer")
            .attr("title", name.clone())
            .child(
                element("input")
                    .attr("type", "radio")
                    .attr("name", format!("{id}-offer"))
                    .attr("aria-label", name)
                    .checked(offer.eq_ignore_ascii_case(color))
                    .onchange(onchange),
            )
            .child(sample(family, format!("of-{idx}")))
            .html()
    };
    let onchange = on_color.reform(|event: Event| value_of(&event).to_ascii_uppercase());
    let faults = color_faults(schema, group, *label, color);
    element("div")
        .class("row")
        .attr("role", "group")
        .attr("aria-labelledby", format!("{id}-name"))
        .child(element("span").attr("id", format!("{id}-name")).class("row__name").child(tr!("color.name")))
        .child(
            element("div")
                .class("row__value colors")
                .children(offers.iter().enumerate().map(offer))
                .child(
                    element("input")
                        .attr("type", "color")
                        .class("colors__any")
                        .attr("aria-label", tr!("color.any"))
                        .attr("title", tr!("color.any"))
                        .value(color.to_ascii_lowercase())
                        .onchange(onchange.clone()),
                )
                .child(
                    element("input")
                        .attr("type", "text")
                        .attr("id", *id)
                        .class("colors__code")
                        .attr("aria-label", tr!("color.code"))
                        .attr("spellcheck", "false")
                        .attr("maxlength", "7")
                        .value(color.clone())
                        .onchange(onchange),
                ),
        )
        .children(
            faults
                .iter()
                .map(|fault| element("p").class("colors__fault").child(fault_text(schema, fault)).html()),
        )
        .html()
}

fn fault_text(schema: &Schema, fault: &ColorFault) -> AttrValue {
    match fault {
        ColorFault::NotAColor => tr!("color.not-a-color"),
        ColorFault::Contrast(ratio) => tr_with!("color.contrast", &[("ratio", &decimal(*ratio))]),
        ColorFault::TooNear(label, vision) => {
            let name =
                schema.label(label).map_or_else(|| label.to_string().into(), |label| pick(&label.name));
            match vision {
                Vision::Common => tr_with!("color.near", &[("label", &name)]),
                Vision::Protanopia => tr_with!("color.near-protanopia", &[("label", &name)]),
                Vision::Deuteranopia => tr_with!("color.near-deuteranopia", &[("label", &name)]),
                Vision::Tritanopia => tr_with!("color.near-tritanopia", &[("label", &name)]),
            }
        }
    }
}
