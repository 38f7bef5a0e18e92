//! The help: the five-minute card, then the keys, then where the work lives.

use yew::prelude::*;

use crate::edit::keymap::{BINDINGS, Section};
use crate::model::schema::{RelationType, Schema};
use crate::view_model::markdown::{Inline, MarkdownBlock, read_markdown};
use crate::web::components::dialog::text_dialog;
use crate::web::components::element::{element, fragment};
use crate::web::components::kbd::{kbd, keys_of};
use crate::web::components::swatch::swatch;
use crate::web::dom;
use crate::web::i18n::{messages, pick, tr};
use crate::web::ptr_eq::PtrEq;

pub struct HelpProps {
    pub schema: PtrEq<Schema>,
    pub on_close: Callback<()>,
}

pub fn help(props: &HelpProps) -> Html {
    let HelpProps { schema, on_close } = props;
    let lives = if dom::is_local_file() { "help.where-file" } else { "help.where" };
    text_dialog(
        tr!("help.title"),
        on_close.clone(),
        fragment().child(
            element("div")
                .class("help")
                .child(
                    element("section")
                        .class("help__card")
                        .child(element("h3").child(tr!("help.card")))
                        .child(markdown(&messages().pick(&schema.card))),
                )
                .child(
                    element("section")
                        .child(element("h3").child(tr!("help.labels")))
                        .child(element("p").child(tr!("help.label-key")))
                        .child(element("ul").class("help__labels").attr("role", "list").children(
                            schema.labels.iter().filter(|label| !label.retired).map(|label| {
                                element("li")
                                    .child(swatch(schema, &label.id))
                                    .child(if let Some(hotkey) = label.hotkey {
                                        kbd(&hotkey.to_string())
                                    } else {
                                        html! {}
                                    })
                                    .child(element("b").child(pick(&label.name)))
                                    .child(" ")
                                    .child(element("span").child(pick(&label.definition)))
                                    .html()
                            }),
                        )),
                )
                .child(
                    element("section")
                        .child(element("h3").child(tr!("help.keys")))
                        .child(element("p").child(tr!("help.native-keys")))
                        .child(keys(Section::Marking))
                        .child(link_keys(schema))
                        .child(keys(Section::Choosing))
                        .child(keys(Section::Cursor))
                        .child(keys(Section::View))
                        .child(keys(Section::Work)),
                )
                .child(
                    element("section")
                        .child(element("h3").child(tr!("help.where-title")))
                        .child(element("p").child(tr(lives)))
                        .child(element("p").child(tr!("help.nothing-leaves"))),
                ),
        ),
    )
}

/// The keys of a section, from the table that the handler uses.
fn keys(section: Section) -> Html {
    let title = match section {
        Section::Marking => "help.section-marking",
        Section::Choosing => "help.section-choosing",
        Section::Cursor => "help.section-cursor",
        Section::Work => "help.section-work",
        Section::View => "help.section-view",
    };
    let lines = BINDINGS.iter().filter(|binding| binding.section == section && !binding.keys.is_empty());
    fragment()
        .child(element("h4").child(tr(title)))
        .child(element("dl").class("help__keys").children(lines.map(|binding| {
            element("div")
                .child(element("dt").children(keys_of(binding.command).into_iter().map(|key| kbd(&key))))
                .child(element("dd").child(tr(&format!("command.{}", binding.command.name()))))
                .html()
        })))
        .html()
}

/// The keys of links, which are the schema's; nothing where it has none.
fn link_keys(schema: &Schema) -> Html {
    let mut with_key = schema.relations.iter().filter(|kind| kind.key.is_some()).peekable();
    if with_key.peek().is_none() {
        return html! {};
    }
    let line = |kind: &RelationType| {
        element("div")
            .child(element("dt").child(kbd(&kind.key.map(String::from).unwrap_or_default())))
            .child(element("dd").child(pick(&kind.name)).child(", ").child(pick(&kind.inverse_name)))
            .html()
    };
    fragment()
        .child(element("h4").child(tr!("help.section-linking")))
        .child(element("dl").class("help__keys").children(with_key.map(line)))
        .html()
}

/// Markdown as elements; it holds nothing but text.
pub fn markdown(source: &str) -> Html {
    let inline = |inline: &Inline| match inline {
        Inline::Text(words) => html! { { words } },
        Inline::Strong(words) => element("strong").child(words).html(),
        Inline::Code(words) => element("kbd").class("kbd").child(words).html(),
    };
    let line = |line: &[Inline]| line.iter().map(inline).collect::<Html>();
    let block = |block: &MarkdownBlock| match block {
        MarkdownBlock::Heading(words) => element("h4").child(line(words)).html(),
        MarkdownBlock::Paragraph(words) => element("p").child(line(words)).html(),
        MarkdownBlock::List { ordered: true, items } => {
            element("ol").children(items.iter().map(|item| element("li").child(line(item)).html())).html()
        }
        MarkdownBlock::List { ordered: false, items } => {
            element("ul").children(items.iter().map(|item| element("li").child(line(item)).html())).html()
        }
    };
    read_markdown(source).iter().map(block).collect()
}
