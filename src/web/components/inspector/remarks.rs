//! What the checks say of the chosen annotation, and what mends it.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::checks::broken_rules;
use crate::edit::commands::warnings::repair;
use crate::edit::state::State;
use crate::model::annotation::Annotation;
use crate::model::schema::Rule;
use crate::web::components::element::{button, element};
use crate::web::i18n::{pick, tr_with};
use crate::web::store::Store;

pub fn remarks_html(store: &Rc<Store>, state: &State, annotation: &Annotation) -> Html {
    let broken = broken_rules(state, annotation);
    if broken.is_empty() {
        return html! {};
    }
    let remark = |idx: &usize| {
        let rule = &state.schema.rules[*idx];
        element("li")
            .key(rule.id.to_string())
            .class("remarks__one")
            .child(element("span").child(pick(&rule.message)))
            .child(repair_html(store, state, annotation, rule, *idx))
            .html()
    };
    element("ul").attr("role", "list").class("remarks").children(broken.iter().map(remark)).html()
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
    button().onclick(onclick).child(tr_with!("remarks.relabel", &[("label", &pick(&label.name))])).html()
}
