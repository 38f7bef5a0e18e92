//! What the checks found, with the way to each and what mends it.

use yew::prelude::*;

use crate::edit::state::State;
use crate::web::i18n::tr;
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

#[derive(Clone, PartialEq, Properties)]
pub struct WarningListProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
}

#[component]
pub fn WarningList(_props: &WarningListProps) -> Html {
    html! { <section aria-label={tr("side.warnings")}></section> }
}
