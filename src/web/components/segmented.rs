//! A short choice as segments side by side: one click, or the arrow keys.

use yew::prelude::*;

use crate::web::components::element::element;

/// With more letters than this in all segments, they stand under their name.
const WIDE_CHARS: usize = 30;

/// One segment.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentedOption {
    pub value: AttrValue,
    pub name: AttrValue,
    pub help: AttrValue,
}

/// A choice.
pub struct Segmented {
    /// Distinguishes the radio buttons of this choice from others on the page.
    pub id: AttrValue,
    pub name: AttrValue,
    pub options: Vec<SegmentedOption>,
    /// The chosen value; another than the options' chooses none.
    pub value: AttrValue,
    pub on_choose: Callback<AttrValue>,
    /// What follows the choice: how the value came about.
    pub after: Html,
}

pub fn segmented(choice: &Segmented) -> Html {
    let Segmented { id, name, options, value, on_choose, after } = choice;
    let option = |option: &SegmentedOption| {
        let onchange = on_choose.reform({
            let value = option.value.clone();
            move |_: Event| value.clone()
        });
        element("label")
            .key(option.value.to_string())
            .class("segmented__option")
            .attr("title", option.help.clone())
            .child(
                element("input")
                    .attr("type", "radio")
                    .attr("name", id.clone())
                    .value(option.value.clone())
                    .checked(option.value == *value)
                    .onchange(onchange),
            )
            .child(element("span").child(&option.name))
            .html()
    };
    // Long names get the whole width, under the question.
    let length: usize = options.iter().map(|option| option.name.chars().count() + 3).sum();
    let wide = (length > WIDE_CHARS).then_some("row--wide");
    element("div")
        .class(classes!("row", wide))
        .attr("role", "radiogroup")
        .attr("aria-labelledby", format!("{id}-name"))
        .child(element("span").attr("id", format!("{id}-name")).class("row__name").child(name))
        .child(
            element("div")
                .class("row__value")
                .child(element("span").class("segmented").children(options.iter().map(option)))
                .child(after.clone()),
        )
        .html()
}
