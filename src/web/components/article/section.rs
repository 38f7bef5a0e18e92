//! Some dozens of blocks, contained for the browser so that what is far away costs nothing. While
//! they are not in the page yet, an empty section keeps their place.

use yew::prelude::*;

use crate::model::document::Document;
use crate::view_model::forms::estimated_lines;
use crate::view_model::sections::SectionView;
use crate::web::components::article::block::{ArticleBlock, ArticleBlockProps};
use crate::web::components::element::keyed_component;
use crate::web::ptr_eq::PtrEq;

#[derive(Clone, PartialEq, Properties)]
pub struct ArticleSectionProps {
    pub document: PtrEq<Document>,
    pub idx: usize,
    pub view: PtrEq<SectionView>,
    pub names: PtrEq<[AttrValue]>,
    pub lang: Option<AttrValue>,
}

#[component]
pub fn ArticleSection(props: &ArticleSectionProps) -> Html {
    let ArticleSectionProps { document, idx, view, names, lang } = props;
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
