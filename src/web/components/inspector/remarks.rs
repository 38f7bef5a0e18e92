//! What the checks say of the chosen annotation, and what mends it.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::checks::broken_rules;
use crate::edit::commands::warnings::repair;
use crate::edit::state::State;
use crate::model::annotation::Annotation;
use crate::model::schema::Rule;
use crate::web::i18n::{pick, tr_with};
use crate::web::store::Store;

pub fn remarks_html(store: &Rc<Store>, state: &State, annotation: &Annotation) -> Html {
    let broken = broken_rules(state, annotation);
    if broken.is_empty() {
        return html! {};
    }
    let remark = |idx: &usize| {
        let rule = &state.schema.rules[*idx];
        html! {
            <li key={rule.id.to_string()} class="remarks__one">
                <span>{ pick(&rule.message) }</span>
                { repair_html(store, state, annotation, rule, *idx) }
            </li>
        }
    };
    html! { <ul role="list" class="remarks">{ for broken.iter().map(remark) }</ul> }
}

/// The button that mends, where the rule offers it.
fn repair_html(store: &Rc<Store>, state: &State, annotation: &Annotation, rule: &Rule, idx: usize) -> Html {
    let Some(label) = rule.repair.as_ref().and_then(|label| state.schema.label(label)) else {
        return html! {};
    };
    let (store, id) = (store.clone(), annotation.id.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        store.command(|state, ctx| match state.schema.rules.get(idx) {
            Some(rule) => repair(state, ctx, &id, rule),
            None => Ok(Default::default()),
        });
    });
    html! {
        <button type="button" {onclick}>{ tr_with("remarks.relabel", &[("label", &pick(&label.name))]) }</button>
    }
}
