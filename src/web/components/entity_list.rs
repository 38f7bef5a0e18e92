//! The entities of the document, each with its mentions.

use yew::prelude::*;

use crate::edit::state::State;
use crate::web::i18n::tr;
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

#[derive(Clone, PartialEq, Properties)]
pub struct EntityListProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
}

#[component]
pub fn EntityList(_props: &EntityListProps) -> Html {
    html! { <section aria-label={tr("side.entities")}></section> }
}
