//! A document in the list: what it is called, how far it is, and what can be done to it.

use yew::prelude::*;

use super::progress::{state_name, state_of};
use super::{Act, DocumentsProps};
use crate::model::ids::DocumentId;
use crate::web::components::element::{Element, button, element};
use crate::web::i18n::{date_and_time, number, tr, tr_count, tr_with};
use crate::web::library::Entry;

/// The id of what opens a document, for who comes back to its row.
pub fn row_id(id: &DocumentId) -> String {
    ["document-", id.as_str()].concat()
}

pub(super) fn line(props: &DocumentsProps, entry: &Entry) -> Element {
    let DocumentsProps { schema, open, on_open, on_act, .. } = props;
    let changed = match entry.modified_ms {
        Some(time_ms) => tr_with!("documents.changed", &[("time", &date_and_time(time_ms))]),
        None => tr!("documents.untouched"),
    };
    let progress = (entry.paragraphs_done > 0).then(|| {
        let (done, all) = (number(entry.paragraphs_done), number(entry.paragraphs));
        tr_with!("documents.progress", &[("done", &done), ("all", &all)])
    });
    let facts = [
        Some(state_name(schema, state_of(entry))),
        Some(tr_count("status.annotations", entry.annotations)),
        progress,
        Some(changed),
    ];
    let facts: Vec<AttrValue> = facts.into_iter().flatten().collect();
    let named = |key: &str| tr_with(key, &[("title", &entry.title)]);
    let act = |name: AttrValue, label: AttrValue, act: Act| {
        button().sends(on_act, (act, entry.id.clone())).attr("aria-label", label).child(name)
    };
    let flag = act("⚑".into(), named("documents.flag-named"), Act::Flag(!entry.is_flagged))
        .class("documents__flag")
        .attr("title", tr!("documents.flag"))
        .attr("aria-pressed", if entry.is_flagged { "true" } else { "false" });
    element("li")
        .key(entry.id.to_string())
        .class("documents__line")
        .child(flag)
        .child(
            button()
                .attr("id", row_id(&entry.id))
                .class("documents__open")
                .sends(on_open, entry.id.clone())
                .attr("aria-current", (entry.id == *open).then_some("true"))
                .child(element("b").child(&entry.title))
                .child(element("span").child(facts.join(" · "))),
        )
        .child(
            element("span")
                .class("documents__acts")
                .child(act(tr!("documents.rename"), named("documents.rename-named"), Act::Rename))
                .child(act(tr!("documents.duplicate"), named("documents.duplicate-named"), Act::Duplicate))
                .child(act(tr!("documents.remove"), named("documents.remove-named"), Act::Remove)),
        )
}
