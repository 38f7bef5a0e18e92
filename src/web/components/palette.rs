//! The labels, in their groups, always in reach: with colour, name, key and count, and what they
//! mean.

use yew::prelude::*;

use crate::edit::commands::annotate::{arm, use_label as label_selection};
use crate::edit::keymap::Command;
use crate::model::ids::LabelId;
use crate::model::schema::{Label, Schema};
use crate::sorted::SortedMap;
use crate::text::unicode::lower_case;
use crate::web::components::article::focus_article;
use crate::web::components::element::{Element, button, element, fragment};
use crate::web::components::guidelines::meaning;
use crate::web::components::kbd::kbd;
use crate::web::components::swatch::swatch;
use crate::web::i18n::{number, pick, tr, tr_count};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

/// With more labels than this there is a field to find one.
const LABELS_WITHOUT_SEARCH_MAX: usize = 12;

#[derive(Clone, PartialEq, Properties)]
pub struct PaletteProps {
    pub store: PtrEq<Store>,
    pub schema: PtrEq<Schema>,
    pub counts: PtrEq<SortedMap<LabelId, usize>>,
    pub armed: Option<LabelId>,
    /// What this label means is shown while no other is pointed at.
    pub in_hand: Option<LabelId>,
    pub on_command: Callback<Command>,
}

/// A click marks the selection, or arms the label for the next one. Keys do more: see the
/// keymap.
#[component]
pub fn Palette(props: &PaletteProps) -> Html {
    let PaletteProps { store, schema, counts, armed, in_hand, on_command } = props;
    let search = use_state(String::new);
    let pointed_at = use_state(|| None::<LabelId>);
    let on_label = use_callback(store.clone(), |label: LabelId, store| {
        store.command(|state, ctx| {
            if state.selected_span().is_some() {
                label_selection(state, ctx, &label, true)
            } else {
                Ok(arm(state, ctx, &label))
            }
        });
        focus_article();
    });
    let on_point = {
        let pointed_at = pointed_at.clone();
        Callback::from(move |label: Option<LabelId>| pointed_at.set(label))
    };
    let label_html = |label: &Label| {
        let count = counts.get(&label.id).copied().unwrap_or(0);
        let is_armed = armed.as_ref() == Some(&label.id);
        label_line(schema, label, (count, is_armed), &on_label, &on_point)
    };
    let needle = lower_case(&search);
    let is_found = |label: &&Label| {
        [&*label.name.fr, &*label.name.en, label.id.as_str()]
            .iter()
            .any(|name| lower_case(name).contains(needle.trim()))
    };
    let offered = schema.labels.iter().filter(|label| !label.retired).count();
    let found = schema.groups.iter().map(|group| {
        let labels: Vec<&Label> = schema.labels_of(&group.id).filter(is_found).collect();
        (!labels.is_empty()).then(|| {
            element("section")
                .key(group.id.to_string())
                .class("palette__group")
                .child(element("h2").class("palette__title").child(pick(&group.name)))
                .child(element("ul").attr("role", "list").children(labels.into_iter().map(label_html)))
        })
    });
    let shown = pointed_at.as_ref().or(in_hand.as_ref()).and_then(|label| schema.label(label));
    element("nav")
        .class("palette")
        .attr("aria-label", tr!("palette.label"))
        .onmouseleave(on_point.reform(|_: MouseEvent| None))
        .child(
            element("div")
                .class("palette__labels")
                .child_if(offered > LABELS_WITHOUT_SEARCH_MAX, || search_html(&search))
                .children(found),
        )
        .child(
            button()
                .class("palette__add")
                .attr("title", tr!("command.new-label"))
                .onmousedown(|event: MouseEvent| event.prevent_default())
                .sends(on_command, Command::NewLabel)
                .child(element("span").attr("aria-hidden", "true").child("+"))
                .child(element("span").child(tr!("palette.add"))),
        )
        .child(help(schema, shown))
        .html()
}

/// What the label means that is pointed at or in hand.
fn help(schema: &Schema, shown: Option<&Label>) -> Element {
    element("div")
        .class("palette__help")
        .attr("role", "region")
        .attr("tabindex", "0")
        .attr("aria-label", tr!("schema.meaning"))
        .child(match shown {
            Some(label) => fragment()
                .child(element("h2").child(swatch(schema, &label.id)).child(pick(&label.name)))
                .child(meaning(label)),
            None => element("p").child(tr!("palette.help")),
        })
}

fn search_html(search: &UseStateHandle<String>) -> Html {
    let oninput = {
        let search = search.clone();
        Callback::from(move |event: InputEvent| {
            search.set(event.target_unchecked_into::<web_sys::HtmlInputElement>().value());
        })
    };
    element("input")
        .attr("type", "search")
        .class("palette__search")
        .attr("aria-label", tr!("palette.search"))
        .attr("placeholder", tr!("palette.search"))
        .value((**search).clone())
        .oninput(oninput)
        .html()
}

fn label_line(
    schema: &Schema,
    label: &Label,
    (count, is_armed): (usize, bool),
    on_label: &Callback<LabelId>,
    on_point: &Callback<Option<LabelId>>,
) -> Html {
    let id = || label.id.clone();
    let onclick = on_label.reform({
        let id = id();
        move |_: MouseEvent| id.clone()
    });
    let onmouseenter = on_point.reform({
        let id = id();
        move |_: MouseEvent| Some(id.clone())
    });
    let onfocus = on_point.reform({
        let id = id();
        move |_: FocusEvent| Some(id.clone())
    });
    element("li")
        .key(label.id.to_string())
        .child(
            button()
                .class("palette__label")
                .attr("aria-pressed", is_armed.to_string())
                .onclick(onclick)
                .onmouseenter(onmouseenter)
                .onfocus(onfocus)
                .onblur(on_point.reform(|_: FocusEvent| None))
                .onmousedown(|event: MouseEvent| event.prevent_default())
                .attr("aria-description", pick(&label.definition))
                .attr("data-label", label.id.to_string())
                .child(swatch(schema, &label.id))
                .child(element("span").class("palette__name").child(pick(&label.name)))
                .child(
                    element("span")
                        .class("palette__count")
                        .attr("aria-label", tr_count("palette.count", count))
                        .child(if count > 0 { number(count) } else { String::new() }),
                )
                .child(if let Some(hotkey) = label.hotkey {
                    kbd(&hotkey.to_string())
                } else {
                    html! {}
                }),
        )
        .html()
}
