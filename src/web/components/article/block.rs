//! One block of text with its marks.

use std::rc::Rc;

use yew::prelude::*;

use crate::model::document::Document;
use crate::model::paragraphs::ParagraphState;
use crate::text::span::TextSpan;
use crate::view_model::forms::{Form, form_of};
use crate::view_model::segments::Segment;
use crate::web::components::element::element;
use crate::web::dom::position::block_id;
use crate::web::i18n::tr;
use crate::web::ptr_eq::PtrEq;

#[derive(Clone, PartialEq, Properties)]
pub struct ArticleBlockProps {
    pub document: PtrEq<Document>,
    pub idx: usize,
    /// `None` draws plain text: nobody is near.
    pub segments: Option<PtrEq<[Segment]>>,
    /// What was said of the paragraph that begins here.
    pub state: Option<ParagraphState>,
    /// The labels' names, for those who hear the page.
    pub names: PtrEq<[AttrValue]>,
    pub lang: Option<AttrValue>,
}

/// A paragraph, or a piece of a long one. Its text nodes hold exactly the document's text.
#[component]
pub fn ArticleBlock(props: &ArticleBlockProps) -> Html {
    let ArticleBlockProps { document, idx, segments, state, names, lang } = props;
    let block = document.index.blocks.blocks()[*idx];
    let number = (block.piece == 0).then(|| (block.paragraph + 1).to_string());
    // The margin has room for three digits of the usual size.
    let is_long = (block.paragraph > 998).then_some("");
    let content = match segments {
        Some(segments) => segments.iter().map(|segment| segment_html(document, segment, names)).collect(),
        None => text(document, block.span),
    };
    // The margin is drawn from attributes: no text of it may stand in the block.
    let (margin, description) = match state {
        Some(ParagraphState::Seen) => (Some("seen"), Some(tr!("paragraph.seen"))),
        Some(ParagraphState::NothingHere) => (Some("nothing"), Some(tr!("paragraph.nothing"))),
        None => (None, None),
    };
    let form = form_of(document, *idx);
    let heading = (form.heading_level > 0).then_some("heading");
    let level = heading.map(|_| form.heading_level.to_string());
    let style = (form.list_level > 0).then(|| format!("--list-level:{}", form.list_level));
    html! {
        <p id={block_id(*idx)} class={class_of(form)} dir="auto" lang={lang.clone()} data-block={idx.to_string()}
            data-number={number} data-long={is_long} data-margin={margin} aria-description={description}
            role={heading} aria-level={level} {style}>
            { form.item.map(bullet) }
            { content }
        </p>
    }
}

fn class_of(form: Form) -> AttrValue {
    if form == Form::default() {
        return AttrValue::Static("block");
    }
    let mut class = String::from("block");
    let parts = [
        (form.heading_level > 0, "heading"),
        (form.heading_level == 1, "h1"),
        (form.heading_level == 2, "h2"),
        (form.is_quote, "quote"),
        (form.list_level > 0, "item"),
        (form.goes_on, "goes-on"),
    ];
    for (_, part) in parts.iter().filter(|(is, _)| *is) {
        class.push_str(" block--");
        class.push_str(part);
    }
    class.into()
}

/// What stands before an item, drawn from an attribute: the block's text nodes are its text.
fn bullet(number: Option<u32>) -> Html {
    let mark = number.map_or("•".to_owned(), |number| format!("{number}."));
    element("i").class("bullet").attr("data-bullet", mark).html()
}

fn segment_html(document: &Document, segment: &Segment, names: &[AttrValue]) -> Html {
    let link = segment.link.clone().map(AttrValue::Rc);
    if segment.class.is_empty() {
        let text = text(document, segment.span);
        return match link {
            None => text,
            Some(address) => element("span").class("link").attr("title", address).child(text).html(),
        };
    }
    let labels: Vec<&str> =
        segment.labels.iter().filter_map(|idx| names.get(*idx)).map(AttrValue::as_str).collect();
    let deeper = (segment.deeper > 0).then(|| format!("+{}", segment.deeper));
    let class = if link.is_some() { "mark link " } else { "mark " }.to_owned() + &segment.class;
    html! {
        <mark {class} title={link} aria-description={labels.join(", ")} data-deeper={deeper}>
            { text(document, segment.span) }
        </mark>
    }
}

fn text(document: &Document, span: TextSpan) -> Html {
    Html::from(AttrValue::Rc(Rc::from(document.slice(span))))
}
