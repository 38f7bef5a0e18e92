//! The list of all annotations: a window onto rows of one height.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::edit::commands::link::choose_or_link;
use crate::edit::state::State;
use crate::model::annotation::Annotation;
use crate::model::ids::{AnnotationId, LabelId};
use crate::model::schema::Label;
use crate::view_model::rows::{RowFilter, Rows};
use crate::web::components::element::{button, element, fragment, select_option, sending};
use crate::web::components::line::label_and_words;
use crate::web::components::scroll_window::ScrollWindow;
use crate::web::dom::frame::FrameJob;
use crate::web::dom::{self, is_touch};
use crate::web::i18n::{number, pick, tr, tr_count, tr_with};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

/// As in `annotation_list.css`.
const ROW_REM: f64 = 2.0;
const TOUCH_ROW_REM: f64 = 2.5;

#[derive(Clone, PartialEq, Properties)]
pub struct AnnotationListProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
}

pub enum ListMsg {
    Scrolled,
    /// What changed is on the screen: the list follows.
    Follow,
    FilterText(String),
    FilterLabel(Option<LabelId>),
    ShowAll,
    Choose(AnnotationId),
}

pub struct AnnotationList {
    rows: Rows,
    filter: RowFilter,
    scroll: ScrollWindow,
    /// The state whose rows these are.
    drawn: PtrEq<State>,
    /// Whether the chosen row must be brought into view once drawn.
    reveal: bool,
    /// Asks for [`ListMsg::Follow`] with a frame: the rows are much to draw, and what a person looks at is the text.
    following: FrameJob,
}

impl Component for AnnotationList {
    type Message = ListMsg;
    type Properties = AnnotationListProps;

    fn create(ctx: &Context<Self>) -> Self {
        let filter = RowFilter::default();
        let link = ctx.link().clone();
        AnnotationList {
            rows: Rows::new(ctx.props().state.0.clone(), &filter),
            filter,
            scroll: ScrollWindow::new(if is_touch() { TOUCH_ROW_REM } else { ROW_REM }),
            drawn: ctx.props().state.clone(),
            reveal: true,
            following: FrameJob::new(move || {
                let link = link.clone();
                spawn_local(async move {
                    dom::next_task_first().await;
                    link.send_message(ListMsg::Follow);
                });
            }),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Self::Properties) -> bool {
        if ctx.props().state != self.drawn {
            self.following.request();
        }
        false
    }

    fn update(&mut self, ctx: &Context<Self>, msg: ListMsg) -> bool {
        let before = self.filter.clone();
        match msg {
            ListMsg::Scrolled => return self.scroll.measure(),
            ListMsg::Follow => return self.follow(ctx),
            ListMsg::FilterText(text) => self.filter.text = text,
            ListMsg::FilterLabel(label) => self.filter.label = label,
            ListMsg::ShowAll => self.filter = RowFilter::default(),
            ListMsg::Choose(id) => {
                ctx.props().store.command(|state, command_ctx| choose_or_link(state, command_ctx, &id));
                return false;
            }
        }
        self.rows = self.rows.after(&before, &self.filter);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let len = self.rows.len();
        let window = self.scroll.range(len);
        let rows = self.rows.window(window.clone());
        let rows = rows.iter().zip(window.clone()).map(|(row, idx)| self.row(ctx, row, idx, len)).collect();
        let onscroll = sending(ctx, |_: Event| ListMsg::Scrolled);
        element("section")
            .class("annotation-list")
            .attr("aria-label", tr!("list.label"))
            .child(self.filter_html(ctx, len))
            .child_if(len == 0, || {
                let is_all = self.filter == RowFilter::default();
                element("p")
                    .class("annotation-list__empty")
                    .child(tr(if is_all { "list.empty" } else { "list.no-match" }))
                    .child_if(!is_all, || {
                        let all = sending(ctx, |_: MouseEvent| ListMsg::ShowAll);
                        fragment().child(" ").child(button().onclick(all).child(tr!("list.show-all")))
                    })
            })
            .child(self.scroll.list(len, window, onscroll, rows))
            .html()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            ctx.link().send_message(ListMsg::Scrolled);
        }
        if std::mem::take(&mut self.reveal) {
            self.reveal_chosen();
        }
    }
}

impl AnnotationList {
    fn reveal_chosen(&self) {
        if let Some(row) = self.drawn.chosen().and_then(|chosen| self.rows.position(chosen)) {
            self.scroll.reveal(row);
        }
    }

    /// Takes the newest state up. Whether anything is to be drawn.
    fn follow(&mut self, ctx: &Context<Self>) -> bool {
        let new = ctx.props().state.clone();
        let old = std::mem::replace(&mut self.drawn, new.clone());
        let has_other_choice = new.focus.chosen != old.focus.chosen;
        let same_rows = new.annotations.same(&old.annotations) && Rc::ptr_eq(&new.schema, &old.schema);
        let has_other_rows = !same_rows || !Rc::ptr_eq(&new.document, &old.document);
        if has_other_rows {
            self.rows = Rows::new(new.0, &self.filter);
        }
        self.reveal = has_other_choice;
        if self.reveal {
            // So that the rows there are drawn at once; where the list became longer it may be some pixels short.
            self.reveal_chosen();
            self.scroll.measure();
        }
        has_other_rows || has_other_choice
    }

    fn filter_html(&self, ctx: &Context<Self>, len: usize) -> Html {
        let (schema, all) = (&self.drawn.schema, self.drawn.annotations.len());
        let count = match self.filter == RowFilter::default() {
            true => tr_count("list.count", len),
            false => tr_with!("list.count-of", &[("n", &number(len)), ("all", &number(all))]),
        };
        let oninput = sending(ctx, |event: InputEvent| {
            ListMsg::FilterText(event.target_unchecked_into::<web_sys::HtmlInputElement>().value())
        });
        let onchange = sending(ctx, |event: Event| {
            let value = event.target_unchecked_into::<web_sys::HtmlSelectElement>().value();
            ListMsg::FilterLabel((!value.is_empty()).then(|| LabelId::from(value.as_str())))
        });
        let option = |label: &Label| {
            let selected = self.filter.label.as_ref() == Some(&label.id);
            select_option(label.id.to_string(), selected, pick(&label.name)).html()
        };
        element("div")
            .class("annotation-list__filter")
            .child(element("h2").class("annotation-list__count").child(count))
            .child(
                element("select")
                    .attr("aria-label", tr!("list.filter-label"))
                    .onchange(onchange)
                    .child(select_option("", self.filter.label.is_none(), tr!("list.all-labels")))
                    .children(schema.labels.iter().map(option)),
            )
            .child(
                element("input")
                    .attr("type", "search")
                    .attr("aria-label", tr!("list.filter-text"))
                    .attr("placeholder", tr!("list.filter-text"))
                    .value(self.filter.text.clone())
                    .oninput(oninput),
            )
            .html()
    }

    fn row(&self, ctx: &Context<Self>, annotation: &Rc<Annotation>, idx: usize, len: usize) -> Html {
        let state = &self.drawn;
        let id = annotation.id.clone();
        let onclick = ctx.link().callback(move |_: MouseEvent| ListMsg::Choose(id.clone()));
        let is_chosen = state.focus.chosen.as_ref() == Some(&annotation.id);
        element("li")
            .key(annotation.id.to_string())
            .class("annotation-list__row")
            .attr("aria-setsize", len.to_string())
            .attr("aria-posinset", (idx + 1).to_string())
            .child(
                button()
                    .onclick(onclick)
                    .attr("aria-current", is_chosen.then_some("true"))
                    .child(label_and_words(state, annotation)),
            )
            .html()
    }
}
