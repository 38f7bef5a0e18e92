//! What is still open when someone says that the work is complete. It never stands in the way.

use yew::prelude::*;

use crate::edit::commands::paragraph::unseen_paragraphs;
use crate::edit::state::State;
use crate::edit::warned::Remark;
use crate::model::ids::AnnotationId;
use crate::model::schema::Rule;
use crate::model::tree::Tree;
use crate::web::components::announcer::unseen_text;
use crate::web::components::dialog::dialog;
use crate::web::components::element::{button, element, fragment};
use crate::web::components::line::label_and_words;
use crate::web::i18n::{pick, tr, tr_count};
use crate::web::ptr_eq::PtrEq;

/// How many remarks of one rule are listed. The panel has them all.
const REMARKS_MAX: usize = 5;

pub struct CompleteProps {
    pub state: PtrEq<State>,
    /// Goes to an annotation, or to the first thing that is open.
    pub on_go: Callback<Option<AnnotationId>>,
    /// Goes to the first paragraph that nobody has seen.
    pub on_unseen: Callback<()>,
    pub on_anyway: Callback<()>,
    pub on_close: Callback<()>,
}

pub fn complete_dialog(props: &CompleteProps) -> Html {
    let CompleteProps { state, on_go, on_unseen, on_anyway, on_close } = props;
    let unseen = unseen_paragraphs(state);
    dialog(
        tr!("complete.title"),
        on_close.clone(),
        "",
        fragment()
            .child(element("p").child(tr!("complete.what")))
            .child_if(unseen > 0, || {
                let jump = button().class("complete__jump").sends(on_unseen, ());
                element("h3").class("complete__what").child(jump.child(unseen_text(unseen)))
            })
            .children(state.schema.rules.iter().enumerate().map(|(idx, rule)| remarks(props, idx, rule)))
            .child(
                element("p")
                    .class("dialog__actions")
                    .child(button().sends(on_anyway, ()).child(tr!("complete.anyway")))
                    .child(
                        button()
                            .class("button--main")
                            .onclick(on_go.reform(|_: MouseEvent| None))
                            .child(tr!("complete.go")),
                    ),
            ),
    )
}

/// The remarks of one rule, each with the way there; nothing where there is none.
fn remarks(props: &CompleteProps, idx: usize, rule: &Rule) -> Html {
    let CompleteProps { state, on_go, .. } = props;
    let Some(found) = state.warned_of(idx).filter(|found| !Tree::is_empty(found)) else { return html! {} };
    let line = |remark: &Remark| {
        let id = remark.annotation.id.clone();
        element("li")
            .child(
                button()
                    .class("complete__jump")
                    .onclick(on_go.reform(move |_: MouseEvent| Some(id.clone())))
                    .child(label_and_words(state, &remark.annotation)),
            )
            .html()
    };
    let rest = found.len().saturating_sub(REMARKS_MAX);
    fragment()
        .child(element("h3").class("complete__what").child(pick(&rule.message)))
        .child(element("ul").attr("role", "list").children(found.iter().take(REMARKS_MAX).map(line)).child(
            if rest > 0 {
                element("li").class("complete__rest").child(tr_count("report.rest", rest)).html()
            } else {
                html! {}
            },
        ))
        .html()
}
