//! The help: the five-minute card, then the keys, then where the work lives.

use yew::prelude::*;

use crate::edit::keymap::{BINDINGS, Section};
use crate::model::schema::{RelationType, Schema};
use crate::view_model::markdown::{Inline, MarkdownBlock, read_markdown};
use crate::web::components::dialog::Dialog;
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
    html! {
        <Dialog title={tr("help.title")} on_close={on_close.clone()} class="dialog--wide" is_text=true>
            <div class="help">
                <section class="help__card">
                    <h3>{ tr("help.card") }</h3>
                    { markdown(&messages().pick(&schema.card)) }
                </section>
                <section>
                    <h3>{ tr("help.labels") }</h3>
                    <p>{ tr("help.label-key") }</p>
                    <ul class="help__labels" role="list">
                        { for schema.labels.iter().filter(|label| !label.retired).map(|label| html! {
                            <li>
                                { swatch(schema, &label.id) }
                                if let Some(hotkey) = label.hotkey { { kbd(&hotkey.to_string()) } }
                                <b>{ pick(&label.name) }</b>{ " " }<span>{ pick(&label.definition) }</span>
                            </li>
                        }) }
                    </ul>
                </section>
                <section>
                    <h3>{ tr("help.keys") }</h3>
                    <p>{ tr("help.native-keys") }</p>
                    { keys(Section::Marking) }{ link_keys(schema) }{ keys(Section::Choosing) }{ keys(Section::Cursor) }
                    { keys(Section::View) }{ keys(Section::Work) }
                </section>
                <section>
                    <h3>{ tr("help.where-title") }</h3>
                    <p>{ tr(lives) }</p>
                    <p>{ tr("help.nothing-leaves") }</p>
                </section>
            </div>
        </Dialog>
    }
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
    html! {
        <>
            <h4>{ tr(title) }</h4>
            <dl class="help__keys">
                { for lines.map(|binding| html! {
                    <div>
                        <dt>{ for keys_of(binding.command).into_iter().map(|key| html! { { kbd(&key) } }) }</dt>
                        <dd>{ tr(&format!("command.{}", binding.command.name())) }</dd>
                    </div>
                }) }
            </dl>
        </>
    }
}

/// The keys of links, which are the schema's; nothing where it has none.
fn link_keys(schema: &Schema) -> Html {
    let mut with_key = schema.relations.iter().filter(|kind| kind.key.is_some()).peekable();
    if with_key.peek().is_none() {
        return html! {};
    }
    let line = |kind: &RelationType| {
        html! {
            <div>
                <dt>{ kbd(&kind.key.map(String::from).unwrap_or_default()) }</dt>
                <dd>{ pick(&kind.name) }{ ", " }{ pick(&kind.inverse_name) }</dd>
            </div>
        }
    };
    html! { <><h4>{ tr("help.section-linking") }</h4><dl class="help__keys">{ for with_key.map(line) }</dl></> }
}

/// Markdown as elements; it holds nothing but text.
pub fn markdown(source: &str) -> Html {
    let inline = |inline: &Inline| match inline {
        Inline::Text(words) => html! { { words } },
        Inline::Strong(words) => html! { <strong>{ words }</strong> },
        Inline::Code(words) => html! { <kbd class="kbd">{ words }</kbd> },
    };
    let line = |line: &[Inline]| line.iter().map(inline).collect::<Html>();
    let block = |block: &MarkdownBlock| match block {
        MarkdownBlock::Heading(words) => html! { <h4>{ line(words) }</h4> },
        MarkdownBlock::Paragraph(words) => html! { <p>{ line(words) }</p> },
        MarkdownBlock::List { ordered: true, items } => {
            html! { <ol>{ for items.iter().map(|item| html! { <li>{ line(item) }</li> }) }</ol> }
        }
        MarkdownBlock::List { ordered: false, items } => {
            html! { <ul>{ for items.iter().map(|item| html! { <li>{ line(item) }</li> }) }</ul> }
        }
    };
    read_markdown(source).iter().map(block).collect()
}
