//! Some dozens of blocks, contained for the browser so that what is far away costs nothing. While
//! they are not in the page yet, an empty section keeps their place. Some sections are a part,
//! which is in the page as its sections are.

use yew::prelude::*;

use crate::model::document::Document;
use crate::view_model::forms::estimated_lines;
use crate::view_model::sections::{PartView, SectionView};
use crate::web::components::article::block::{ArticleBlock, ArticleBlockProps};
use crate::web::components::element::keyed_component;
use crate::web::ptr_eq::PtrEq;

#[derive(Clone, PartialEq, Properties)]
pub struct ArticlePartProps {
    pub document: PtrEq<Document>,
    pub view: PtrEq<PartView>,
    pub names: PtrEq<[AttrValue]>,
    pub lang: Option<AttrValue>,
}

#[component]
pub fn ArticlePart(props: &ArticlePartProps) -> Html {
    let sections = props.view.sections.iter().enumerate();
    sections.map(|(place, view)| section(props, props.view.first + place, view)).collect()
}

fn section(props: &ArticlePartProps, idx: usize, view: &SectionView) -> Html {
    let ArticlePartProps { document, names, lang, .. } = props;
    let block = |(place, idx): (usize, usize)| {
        let segments = view.marks.as_ref().map(|marks| PtrEq(marks[place].clone()));
        let state = view.paragraphs.get(place).copied().flatten();
        keyed_component::<ArticleBlock>(
            view.times_left * document.index.blocks.blocks().len() + idx,
            ArticleBlockProps {
                document: document.clone(),
                idx,
                segments,
                state,
                names: names.clone(),
                lang: lang.clone(),
            },
        )
    };
    // What the browser takes for the height of a section it has not laid out yet.
    let style = format!("--section-lines:{}", estimated_lines(document, view.blocks.clone()));
    html! {
        <div class={classes!("section", view.is_empty.then_some("section--empty"))} data-section={idx.to_string()} {style}>
            if !view.is_empty {
                { for view.blocks.clone().enumerate().map(block) }
            }
        </div>
    }
}
