//! What is still open when someone says that the work is complete. It never stands in the way.

use yew::prelude::*;

use crate::edit::commands::paragraph::unseen_paragraphs;
use crate::edit::state::State;
use crate::edit::warned::Remark;
use crate::model::ids::AnnotationId;
use crate::model::schema::Rule;
use crate::model::tree::Tree;
use crate::web::components::announcer::unseen_text;
use crate::web::components::dialog::Dialog;
use crate::web::components::line::label_and_words;
use crate::web::i18n::{pick, tr, tr_count};
use crate::web::ptr_eq::PtrEq;

/// How many remarks of one rule are listed. The panel has them all.
const REMARKS_MAX: usize = 5;

pub struct CompleteProps {
    pub state: PtrEq<State>,
    /// Goes to an annotation, or to the first thing that is open.
    pub on_go: Callback<Option<AnnotationId>>,
    pub on_anyway: Callback<()>,
    pub on_close: Callback<()>,
}

pub fn complete_dialog(props: &CompleteProps) -> Html {
    let CompleteProps { state, on_go, on_anyway, on_close } = props;
    let unseen = unseen_paragraphs(state);
    html! {
        <Dialog title={tr("complete.title")} on_close={on_close.clone()}>
            <p>{ tr("complete.what") }</p>
            if unseen > 0 {
                <h3 class="complete__what">{ unseen_text(unseen) }</h3>
            }
            { for state.schema.rules.iter().enumerate().map(|(idx, rule)| remarks(props, idx, rule)) }
            <p class="dialog__actions">
                <button type="button" onclick={on_anyway.reform(|_: MouseEvent| ())}>{ tr("complete.anyway") }</button>
                <button type="button" class="button--main" onclick={on_go.reform(|_: MouseEvent| None)}>{ tr("complete.go") }</button>
            </p>
        </Dialog>
    }
}

/// The remarks of one rule, each with the way there; nothing where there is none.
fn remarks(props: &CompleteProps, idx: usize, rule: &Rule) -> Html {
    let CompleteProps { state, on_go, .. } = props;
    let Some(found) = state.warned_of(idx).filter(|found| !Tree::is_empty(found)) else { return html! {} };
    let line = |remark: &Remark| {
        let id = remark.annotation.id.clone();
        html! {
            <li>
                <button type="button" class="complete__jump" onclick={on_go.reform(move |_: MouseEvent| Some(id.clone()))}>
                    { label_and_words(state, &remark.annotation) }
                </button>
            </li>
        }
    };
    let rest = found.len().saturating_sub(REMARKS_MAX);
    html! {
        <>
            <h3 class="complete__what">{ pick(&rule.message) }</h3>
            <ul role="list">
                { for found.iter().take(REMARKS_MAX).map(line) }
                if rest > 0 {
                    <li class="complete__rest">{ tr_count("report.rest", rest) }</li>
                }
            </ul>
        </>
    }
}
