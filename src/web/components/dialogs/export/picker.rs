//! Which of several documents are exported.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{ExportDialog, Msg};
use crate::model::ids::DocumentId;
use crate::web::components::dialogs::documents::progress::{state_name, state_of, states_of};
use crate::web::components::element::{Element, button, element};
use crate::web::i18n::{tr, tr_count};
use crate::web::library::Entry;

/// The most documents that are listed; the buttons pick among all.
const LINES_MAX: usize = 300;

/// Many documents at once.
#[derive(Clone)]
enum Pick {
    All,
    None,
    Flagged,
    /// Those that are as far as this.
    State(String),
}

impl Pick {
    fn takes(&self, entry: &Entry) -> bool {
        match self {
            Pick::All => true,
            Pick::None => false,
            Pick::Flagged => entry.is_flagged,
            Pick::State(state) => state_of(entry) == state,
        }
    }
}

impl ExportDialog {
    /// A box for each document, and buttons for many at once.
    pub(super) fn picker_html(&self, ctx: &Context<Self>) -> Html {
        let schema = &ctx.props().state.schema;
        let by_state = states_of(&self.documents)
            .into_iter()
            .map(|state| pick(ctx, state_name(schema, state), Pick::State(state.to_owned())));
        let flagged = self.documents.iter().any(|entry| entry.is_flagged);
        let buttons = element("p")
            .class("export__picks")
            .child(pick(ctx, tr!("export.pick-all"), Pick::All))
            .children(by_state)
            .child(flagged.then(|| pick(ctx, tr!("documents.flagged"), Pick::Flagged)))
            .child(pick(ctx, tr!("export.pick-none"), Pick::None));
        let rest = self.documents.len().saturating_sub(LINES_MAX);
        let list = element("ul")
            .class("export__picked")
            .attr("role", "list")
            .children(self.documents.iter().take(LINES_MAX).map(|entry| self.box_of(ctx, entry)))
            .child((rest > 0).then(|| element("li").child(tr_count("export.pick-more", rest))));
        element("fieldset")
            .class("export")
            .child(element("legend").child(tr_count("export.picked", self.chosen.picked.len())))
            .child(buttons)
            .child(list)
            .html()
    }

    fn box_of(&self, ctx: &Context<Self>, entry: &Entry) -> Element {
        let id = entry.id.clone();
        let onchange = ctx.link().callback(move |event: Event| {
            let is_on = event.target_unchecked_into::<HtmlInputElement>().checked();
            let id = id.clone();
            Msg::Choose(Box::new(move |dialog| set_picked(&mut dialog.chosen.picked, id, is_on)))
        });
        let input = element("input").attr("type", "checkbox").onchange(onchange);
        let label = element("label")
            .class("export__flag")
            .child(input.checked(self.chosen.picked.contains(&entry.id)))
            .child(element("span").child(&entry.title));
        element("li").key(entry.id.to_string()).child(label)
    }
}

/// A button that picks the documents of a kind, and no others.
fn pick(ctx: &Context<ExportDialog>, name: AttrValue, pick: Pick) -> Element {
    let onclick = ctx.link().callback(move |_: MouseEvent| {
        let pick = pick.clone();
        Msg::Choose(Box::new(move |dialog| {
            let wanted = dialog.documents.iter().filter(|entry| pick.takes(entry));
            dialog.chosen.picked = wanted.map(|entry| entry.id.clone()).collect();
        }))
    });
    button().onclick(onclick).child(name)
}

fn set_picked(picked: &mut Vec<DocumentId>, id: DocumentId, is_on: bool) {
    picked.retain(|known| *known != id);
    if is_on {
        picked.push(id);
    }
}
