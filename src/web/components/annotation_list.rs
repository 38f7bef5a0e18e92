//! The list of all annotations: a window onto rows of one height.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::edit::commands::link::choose_or_link;
use crate::edit::state::State;
use crate::model::annotation::Annotation;
use crate::model::ids::{AnnotationId, LabelId};
use crate::model::schema::Label;
use crate::view_model::excerpt::excerpt;
use crate::view_model::rows::{RowFilter, Rows};
use crate::view_model::window::visible_window;
use crate::web::components::swatch::swatch;
use crate::web::i18n::{pick, tr, tr_count};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

/// As in `annotation_list.css`.
const ROW_PX: f64 = 32.0;
/// Scroll events within one step change nothing.
const SCROLL_STEP_PX: f64 = 96.0;
const OVERSCAN_ROWS: usize = 6;
/// How much of the words a row holds.
const WORDS_CHARS_MAX: usize = 120;

#[derive(Clone, PartialEq, Properties)]
pub struct AnnotationListProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
}

pub enum ListMsg {
    Scrolled,
    FilterText(String),
    FilterLabel(Option<LabelId>),
    Choose(AnnotationId),
}

pub struct AnnotationList {
    rows: Rows,
    filter: RowFilter,
    scroller: NodeRef,
    scroll_px: f64,
    viewport_px: f64,
    /// Whether the chosen row must be brought into view once drawn.
    reveal: bool,
}

impl Component for AnnotationList {
    type Message = ListMsg;
    type Properties = AnnotationListProps;

    fn create(ctx: &Context<Self>) -> Self {
        let filter = RowFilter::default();
        AnnotationList {
            rows: Rows::new(ctx.props().state.0.clone(), &filter),
            filter,
            scroller: NodeRef::default(),
            scroll_px: 0.0,
            viewport_px: 600.0,
            reveal: false,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        let (new, old) = (&ctx.props().state, &old.state);
        self.reveal = new.focus.chosen.is_some() && new.focus.chosen != old.focus.chosen;
        let same_rows = new.annotations.same(&old.annotations) && Rc::ptr_eq(&new.schema, &old.schema);
        if !same_rows || !Rc::ptr_eq(&new.document, &old.document) {
            self.rows = Rows::new(new.0.clone(), &self.filter);
            return true;
        }
        new.focus.chosen != old.focus.chosen
    }

    fn update(&mut self, ctx: &Context<Self>, msg: ListMsg) -> bool {
        match msg {
            ListMsg::Scrolled => return self.measure(),
            ListMsg::FilterText(text) => self.filter.text = text,
            ListMsg::FilterLabel(label) => self.filter.label = label,
            ListMsg::Choose(id) => {
                ctx.props().store.command(|state, command_ctx| choose_or_link(state, command_ctx, &id));
                return false;
            }
        }
        self.rows = Rows::new(ctx.props().state.0.clone(), &self.filter);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let len = self.rows.len();
        let window = visible_window(len, ROW_PX, self.scroll_px, self.viewport_px, OVERSCAN_ROWS);
        let before = format!("height:{}px", window.start as f64 * ROW_PX);
        let after = format!("height:{}px", (len - window.end) as f64 * ROW_PX);
        let start = window.start;
        let rows = self.rows.window(window);
        html! {
            <section class="annotation-list" aria-label={tr("list.label")}>
                { self.filter_html(ctx, len) }
                if len == 0 {
                    <p class="annotation-list__empty">{ tr(if self.filter == RowFilter::default() { "list.empty" } else { "list.no-match" }) }</p>
                }
                <div ref={self.scroller.clone()} class="annotation-list__scroller" tabindex="-1"
                    onscroll={ctx.link().callback(|_: Event| ListMsg::Scrolled)}>
                    <div style={before}></div>
                    <ul role="list">
                        { for rows.iter().enumerate().map(|(idx, row)| self.row(ctx, row, start + idx, len)) }
                    </ul>
                    <div style={after}></div>
                </div>
            </section>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render && self.measure() {
            ctx.link().send_message(ListMsg::Scrolled);
        }
        if std::mem::take(&mut self.reveal) {
            self.reveal_chosen(ctx);
        }
    }
}

impl AnnotationList {
    /// Reads the scroll place. Whether another window must be drawn.
    fn measure(&mut self) -> bool {
        let Some(scroller) = self.scroller.cast::<HtmlElement>() else { return false };
        let scroll_px = (f64::from(scroller.scroll_top()) / SCROLL_STEP_PX).floor() * SCROLL_STEP_PX;
        let viewport_px = f64::from(scroller.client_height()) + SCROLL_STEP_PX;
        let changed = scroll_px != self.scroll_px || viewport_px != self.viewport_px;
        (self.scroll_px, self.viewport_px) = (scroll_px, viewport_px);
        changed
    }

    fn reveal_chosen(&self, ctx: &Context<Self>) {
        let Some(scroller) = self.scroller.cast::<HtmlElement>() else { return };
        let position = ctx.props().state.chosen().and_then(|chosen| self.rows.position(chosen));
        let Some(position) = position else { return };
        let (top, height) = (position as f64 * ROW_PX, f64::from(scroller.client_height()));
        let scroll = f64::from(scroller.scroll_top());
        if top < scroll || top + ROW_PX > scroll + height {
            scroller.set_scroll_top((top - height / 2.0) as i32);
        }
    }

    fn filter_html(&self, ctx: &Context<Self>, len: usize) -> Html {
        let schema = &ctx.props().state.schema;
        let oninput = ctx.link().callback(|event: InputEvent| {
            ListMsg::FilterText(event.target_unchecked_into::<web_sys::HtmlInputElement>().value())
        });
        let onchange = ctx.link().callback(|event: Event| {
            let value = event.target_unchecked_into::<web_sys::HtmlSelectElement>().value();
            ListMsg::FilterLabel((!value.is_empty()).then(|| LabelId::from(value.as_str())))
        });
        let option = |label: &Label| {
            let selected = self.filter.label.as_ref() == Some(&label.id);
            html! { <option value={label.id.to_string()} {selected}>{ pick(&label.name) }</option> }
        };
        html! {
            <div class="annotation-list__filter">
                <h2 class="annotation-list__count">{ tr_count("list.count", len) }</h2>
                <select aria-label={tr("list.filter-label")} {onchange}>
                    <option value="" selected={self.filter.label.is_none()}>{ tr("list.all-labels") }</option>
                    { for schema.labels.iter().map(option) }
                </select>
                <input type="search" aria-label={tr("list.filter-text")} placeholder={tr("list.filter-text")}
                    value={self.filter.text.clone()} {oninput} />
            </div>
        }
    }

    fn row(&self, ctx: &Context<Self>, annotation: &Rc<Annotation>, idx: usize, len: usize) -> Html {
        let state = &ctx.props().state;
        let id = annotation.id.clone();
        let onclick = ctx.link().callback(move |_: MouseEvent| ListMsg::Choose(id.clone()));
        let label = state.schema.label(&annotation.label);
        let name = label.map_or_else(
            || AttrValue::from(annotation.label.to_string()),
            |label| pick(if label.short_name.fr.is_empty() { &label.name } else { &label.short_name }),
        );
        let is_chosen = state.focus.chosen.as_ref() == Some(&annotation.id);
        html! {
            <li key={annotation.id.to_string()} class="annotation-list__row" aria-setsize={len.to_string()}
                aria-posinset={(idx + 1).to_string()}>
                <button type="button" {onclick} aria-current={is_chosen.then_some("true")}>
                    { swatch(&state.schema, &annotation.label) }
                    <b>{ name }</b>
                    <span dir="auto">{ excerpt(state, annotation, WORDS_CHARS_MAX) }</span>
                </button>
            </li>
        }
    }
}
