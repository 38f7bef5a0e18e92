//! The guide to the labels, beside the article: it follows the label in hand.

use yew::prelude::*;

use crate::edit::state::State;
use crate::web::i18n::tr;
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

#[derive(Clone, PartialEq, Properties)]
pub struct GuidelinesProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
}

#[component]
pub fn Guidelines(_props: &GuidelinesProps) -> Html {
    html! { <section aria-label={tr("side.guidelines")}></section> }
}
