//! What the checks found, in the order of the text: the way to each, and what mends it.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::edit::commands::link::choose_or_link;
use crate::edit::commands::paragraph::unseen_paragraphs;
use crate::edit::commands::warnings::repair;
use crate::edit::keymap::Command;
use crate::edit::state::State;
use crate::edit::warned::Remark;
use crate::model::annotation_set::text_order;
use crate::model::ids::AnnotationId;
use crate::model::schema::{Label, Rule};
use crate::model::tree::Tree;
use crate::web::components::announcer::unseen_text;
use crate::web::components::element::{button, element, select_option, sending};
use crate::web::components::kbd::{kbd, keys_of};
use crate::web::components::line::{label_and_words, short_label};
use crate::web::components::scroll_window::ScrollWindow;
use crate::web::i18n::{number, pick, tr, tr_count, tr_with};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

/// As in `warning_list.css`.
const ROW_REM: f64 = 4.25;

#[derive(Clone, PartialEq, Properties)]
pub struct WarningListProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
}

pub enum ListMsg {
    Scrolled,
    /// The remarks of one rule, by its place in the schema, or all.
    Filter(Option<usize>),
    Choose(AnnotationId),
    Repair(AnnotationId, usize),
    NextUnseen,
}

pub struct WarningList {
    filter: Option<usize>,
    scroll: ScrollWindow,
    /// Whether the chosen annotation's row must be brought into view once drawn.
    reveal: bool,
    /// The row that gets the keys once drawn: the one in hand is gone.
    focus: Option<usize>,
}

impl Component for WarningList {
    type Message = ListMsg;
    type Properties = WarningListProps;

    fn create(_ctx: &Context<Self>) -> Self {
        WarningList { filter: None, scroll: ScrollWindow::new(ROW_REM), reveal: true, focus: None }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        let (new, old) = (&ctx.props().state, &old.state);
        if !Rc::ptr_eq(&new.schema, &old.schema) {
            self.filter = None;
        }
        self.reveal |= new.focus.chosen.is_some() && new.focus.chosen != old.focus.chosen;
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: ListMsg) -> bool {
        let store = &ctx.props().store;
        match msg {
            ListMsg::Scrolled => return self.scroll.measure(),
            ListMsg::Filter(rule) => {
                self.filter = rule;
                return true;
            }
            ListMsg::Choose(id) => {
                store.command(|state, command_ctx| choose_or_link(state, command_ctx, &id))
            }
            ListMsg::Repair(id, rule) => {
                self.focus = self.row_of(&ctx.props().state, &id);
                store.command(|state, command_ctx| {
                    let rule = &state.schema.rules[rule];
                    repair(state, command_ctx, &id, rule)
                });
            }
            ListMsg::NextUnseen => store.run(Command::NextUnseen, false),
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let state = &ctx.props().state;
        let shown = self.shown(state);
        let len = shown.len();
        let window = self.scroll.range(len);
        let rows = shown.iter_from(window.start).zip(window.clone());
        let rows = rows.map(|(remark, row)| self.row(ctx, remark, row, len)).collect();
        let onscroll = sending(ctx, |_: Event| ListMsg::Scrolled);
        element("section")
            .class("warning-list")
            .attr("aria-label", tr!("side.warnings"))
            .child(if state.warned().is_empty() { empty(ctx) } else { self.head(ctx) })
            .child_if(len == 0 && !state.warned().is_empty(), || {
                element("p").class("warning-list__empty").child(tr!("warnings.no-match"))
            })
            .child(self.scroll.list(len, window, onscroll, rows))
            .html()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            ctx.link().send_message(ListMsg::Scrolled);
        }
        if std::mem::take(&mut self.reveal) {
            let state = &ctx.props().state;
            let row = state.focus.chosen.as_ref().and_then(|chosen| self.row_of(state, chosen));
            if let Some(row) = row {
                self.scroll.reveal(row);
            }
        }
        if let Some(row) = self.focus.take() {
            self.focus_row(row.min(self.shown(&ctx.props().state).len().saturating_sub(1)));
        }
    }
}

impl WarningList {
    fn shown<'s>(&self, state: &'s State) -> &'s Tree<Remark> {
        self.filter.and_then(|rule| state.warned_of(rule)).unwrap_or_else(|| state.warned())
    }

    /// Where the first remark on an annotation stands in the list. O(log n).
    fn row_of(&self, state: &State, id: &AnnotationId) -> Option<usize> {
        let annotation = state.annotations.get(id)?;
        let shown = self.shown(state);
        let row = shown.rank(|remark| text_order(&remark.annotation, annotation));
        shown.nth(row).is_some_and(|remark| remark.annotation.id == *id).then_some(row)
    }

    fn focus_row(&self, row: usize) {
        let Some(list) = self.scroll.node.cast::<HtmlElement>() else { return };
        let button = list.query_selector(&format!("[aria-posinset=\"{}\"] button", row + 1)).ok().flatten();
        let button = button.and_then(|button| button.dyn_into::<HtmlElement>().ok());
        let _ = button.unwrap_or(list).focus();
    }

    /// How many there are, the key to the next one, and which are shown.
    fn head(&self, ctx: &Context<Self>) -> Html {
        let state = &ctx.props().state;
        let onchange = sending(ctx, |event: Event| {
            let value = event.target_unchecked_into::<web_sys::HtmlSelectElement>().value();
            ListMsg::Filter(value.parse().ok())
        });
        let option = |(idx, rule): (usize, &Rule)| {
            let len = state.warned_of(idx).map_or(0, Tree::len);
            let selected = self.filter == Some(idx);
            if len == 0 && !selected {
                return html! {};
            }
            let name = format!("{} ({})", pick(&rule.message), number(len));
            select_option(idx.to_string(), selected, name).html()
        };
        element("div")
            .class("warning-list__head")
            .child(
                element("h2")
                    .class("warning-list__count")
                    .child(tr_count("status.warnings", state.warned().len())),
            )
            .child(
                element("span")
                    .class("warning-list__next")
                    .child(tr!("warnings.next"))
                    .child(" ")
                    .children(keys_of(Command::NextWarning).first().map(|key| kbd(key))),
            )
            .child(
                element("select")
                    .attr("aria-label", tr!("warnings.filter"))
                    .onchange(onchange)
                    .child(select_option("", self.filter.is_none(), tr!("warnings.all")))
                    .children(state.schema.rules.iter().enumerate().map(option)),
            )
            .html()
    }

    fn row(&self, ctx: &Context<Self>, remark: &Remark, row: usize, len: usize) -> Html {
        let state = &ctx.props().state;
        let Remark { annotation, rule } = remark;
        let id = annotation.id.clone();
        let onclick = ctx.link().callback(move |_: MouseEvent| ListMsg::Choose(id.clone()));
        let is_chosen = state.focus.chosen.as_ref() == Some(&annotation.id);
        let message = state.schema.rules.get(*rule).map(|rule| pick(&rule.message));
        let mends = mending_label(state, *rule).map(|_| "warning-list__row--mends");
        element("li")
            .key(format!("{} {rule}", annotation.id))
            .class(classes!("warning-list__row", mends))
            .attr("aria-setsize", len.to_string())
            .attr("aria-posinset", (row + 1).to_string())
            .child(
                button()
                    .class("warning-list__jump")
                    .onclick(onclick)
                    .attr("aria-current", is_chosen.then_some("true"))
                    .child(label_and_words(state, annotation))
                    .child(element("span").class("warning-list__message").child(message)),
            )
            .child(self.repair_button(ctx, remark))
            .html()
    }

    /// What mends it, with the key that does the same where the annotation is chosen.
    fn repair_button(&self, ctx: &Context<Self>, remark: &Remark) -> Html {
        let rule = remark.rule;
        let Some(label) = mending_label(&ctx.props().state, rule) else { return html! {} };
        let id = remark.annotation.id.clone();
        let onclick = ctx.link().callback(move |_: MouseEvent| ListMsg::Repair(id.clone(), rule));
        let words = tr_with!("warnings.repair", &[("label", &short_label(label))]);
        button()
            .class("warning-list__repair")
            .onclick(onclick)
            .attr("title", words.clone())
            .attr("aria-label", words)
            .child(element("span").attr("aria-hidden", "true").child("→ ").child(short_label(label)))
            .children(label.hotkey.map(|key| kbd(&key.to_string())))
            .html()
    }
}

/// The label that mends what a rule finds.
fn mending_label(state: &State, rule: usize) -> Option<&Label> {
    state.schema.label(state.schema.rules.get(rule)?.repair.as_ref()?)
}

/// Nothing to check; what is still to be read.
fn empty(ctx: &Context<WarningList>) -> Html {
    let unseen = unseen_paragraphs(&ctx.props().state);
    let onclick = sending(ctx, |_: MouseEvent| ListMsg::NextUnseen);
    element("div")
        .class("warning-list__empty")
        .child(element("p").child(tr(if unseen == 0 { "warnings.empty-seen" } else { "warnings.empty" })))
        .child_if(unseen > 0, || {
            button()
                .onclick(onclick)
                .child(unseen_text(unseen))
                .child(" ")
                .children(keys_of(Command::NextUnseen).first().map(|key| kbd(key)))
        })
        .html()
}
