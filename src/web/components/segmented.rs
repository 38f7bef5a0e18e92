//! A short choice as segments side by side: one click, or the arrow keys.

use yew::prelude::*;

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
        html! {
            <label key={option.value.to_string()} class="segmented__option" title={option.help.clone()}>
                <input type="radio" name={id.clone()} value={option.value.clone()} checked={option.value == *value}
                    {onchange} />
                <span>{ &option.name }</span>
            </label>
        }
    };
    // Long names get the whole width, under the question.
    let length: usize = options.iter().map(|option| option.name.chars().count() + 3).sum();
    let wide = (length > WIDE_CHARS).then_some("row--wide");
    html! {
        <div class={classes!("row", wide)} role="radiogroup" aria-labelledby={format!("{id}-name")}>
            <span id={format!("{id}-name")} class="row__name">{ name }</span>
            <div class="row__value">
                <span class="segmented">{ for options.iter().map(option) }</span>
                { after.clone() }
            </div>
        </div>
    }
}
