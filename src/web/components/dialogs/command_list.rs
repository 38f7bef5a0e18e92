//! Every command by its name: type a few letters, press Enter.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::edit::keymap::{BINDINGS, Command};
use crate::model::ids::LabelId;
use crate::model::schema::Schema;
use crate::text::unicode::lower_case;
use crate::web::components::dialog::dialog;
use crate::web::components::element::{Element, element, fragment};
use crate::web::components::kbd::{kbd, keys_of};
use crate::web::i18n::{pick, tr};
use crate::web::ptr_eq::PtrEq;

/// What a line of the list does.
#[derive(Clone, Debug, PartialEq)]
pub enum Listed {
    Command(Command),
    Label(LabelId),
}

#[derive(Clone, PartialEq, Properties)]
pub struct CommandListProps {
    pub schema: PtrEq<Schema>,
    pub on_choose: Callback<Listed>,
    pub on_close: Callback<()>,
}

/// What a line stands for, its name and its keys.
type Line = (Listed, AttrValue, Vec<String>);

#[component]
pub fn CommandList(props: &CommandListProps) -> Html {
    let CommandListProps { schema, on_choose, on_close } = props;
    let filter = use_state(String::new);
    let active = use_state(|| 0usize);
    let input = use_node_ref();
    use_effect_with(input.clone(), |input| {
        if let Some(input) = input.cast::<HtmlInputElement>() {
            let _ = input.focus();
        }
    });
    let lines = lines(schema, &filter);
    let active_idx = (*active).min(lines.len().saturating_sub(1));
    let oninput = {
        let (filter, active) = (filter.clone(), active.clone());
        Callback::from(move |event: InputEvent| {
            filter.set(event.target_unchecked_into::<HtmlInputElement>().value());
            active.set(0);
        })
    };
    let onkeydown = {
        let (schema, shown, on_choose) = (schema.clone(), filter.clone(), on_choose.clone());
        let (active, len) = (active.clone(), lines.len());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowDown" => active.set((active_idx + 1).min(len.saturating_sub(1))),
                "ArrowUp" => active.set(active_idx.saturating_sub(1)),
                "Enter" => {
                    // A quick hand is ahead of the drawing: what counts is what is typed.
                    let typed = event.target_unchecked_into::<HtmlInputElement>().value();
                    let idx = if typed == *shown { active_idx } else { 0 };
                    if let Some((chosen, ..)) = self::lines(&schema, &typed).into_iter().nth(idx) {
                        on_choose.emit(chosen);
                    }
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let field = element("input")
        .node(input)
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("aria-expanded", "true")
        .attr("aria-controls", "command-lines")
        .attr("aria-activedescendant", format!("command-{active_idx}"))
        .attr("aria-label", tr!("commands.filter"))
        .attr("placeholder", tr!("commands.filter"))
        .value((*filter).clone())
        .oninput(oninput)
        .onkeydown(onkeydown);
    dialog(
        tr!("commands.title"),
        on_close.clone(),
        "dialog--commands",
        fragment()
            .child(field)
            .child(list(&lines, active_idx, on_choose))
            .child_if(lines.is_empty(), || element("p").child(tr!("commands.none"))),
    )
}

fn list(lines: &[Line], active_idx: usize, on_choose: &Callback<Listed>) -> Element {
    let line = |(idx, (listed, name, keys)): (usize, &Line)| {
        element("li")
            .attr("id", format!("command-{idx}"))
            .attr("role", "option")
            .attr("aria-selected", (idx == active_idx).to_string())
            .sends(on_choose, listed.clone())
            .child(element("span").child(name))
            .child(element("span").children(keys.iter().map(|key| kbd(key))))
    };
    element("ul")
        .attr("id", "command-lines")
        .class("command-list")
        .attr("role", "listbox")
        .attr("aria-label", tr!("commands.title"))
        .children(lines.iter().enumerate().map(line))
}

/// The lines whose name holds all words of the filter, without regard to case.
fn lines(schema: &Schema, filter: &str) -> Vec<Line> {
    let words: Vec<String> = lower_case(filter).split_whitespace().map(String::from).collect();
    let commands = BINDINGS.iter().filter(|binding| binding.command != Command::CommandList).map(|binding| {
        let name = tr(&format!("command.{}", binding.command.name()));
        (Listed::Command(binding.command), name, keys_of(binding.command))
    });
    let labels = schema.labels.iter().filter(|label| !label.retired).map(|label| {
        let keys = label.hotkey.map(|key| key.to_string()).into_iter().collect();
        (Listed::Label(label.id.clone()), pick(&label.name), keys)
    });
    let matches = |name: &AttrValue| {
        let name = lower_case(name);
        words.iter().all(|word| name.contains(word.as_str()))
    };
    commands.chain(labels).filter(|(_, name, _)| matches(name)).collect()
}
