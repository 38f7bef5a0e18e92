//! The article: its sections, the text cursor, and what a hand does on it.

mod arcs;
mod block;
mod far;
mod grip;
mod hands;
mod link_options;
mod observer;
mod overlay;
mod printing;
mod quick_palette;
mod section;
mod selection;
mod sight;

use std::ops::Range;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent};
use yew::html::Scope;
use yew::prelude::*;

use crate::edit::state::{Edge, Mode, Selection, State};
use crate::model::document::field_text;
use crate::text::span::TextOffset;
use crate::view_model::messages::UiLanguage;
use crate::view_model::sections::{ArticleView, PartView};
use crate::web::components::article::far::{FarSections, Moved};
use crate::web::components::article::grip::Grip;
use crate::web::components::article::hands::Hands;
use crate::web::components::article::link_options::link_options;
use crate::web::components::article::observer::{SectionObserver, SizeObserver};
use crate::web::components::article::overlay::{Overlay, OverlayRefs};
use crate::web::components::article::printing::Printing;
use crate::web::components::article::quick_palette::quick_palette;
use crate::web::components::article::section::{ArticlePart, ArticlePartProps};
use crate::web::components::article::selection::SelectionSync;
use crate::web::components::article::sight::{InSight, bring_into_view};
use crate::web::components::element::{Element, element, keyed_component};
use crate::web::dom;
use crate::web::i18n::{pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::session::Session;
use crate::web::store::{Changed, Store, StoreEvent, Subscription};

/// How many sections get their text in one go: some milliseconds of work.
const SECTIONS_AT_ONCE: usize = 3;
/// In so many goes at most.
const GOES_MAX: usize = 100;
/// As many where someone is about to search: a megabyte and more in well under half a second.
const SECTIONS_IN_A_HURRY: usize = 512;

/// The id of the article's element, which takes the keys.
pub const ARTICLE_ID: &str = "article";

#[derive(Clone, PartialEq, Properties)]
pub struct ArticleProps {
    pub store: PtrEq<Store>,
    /// The language of the interface: the names of labels that are read out follow it.
    pub language: UiLanguage,
    /// The place, in bytes, to which the page scrolls once it is drawn.
    pub scroll_to: Option<u32>,
    /// Told of what takes long.
    pub session: PtrEq<Session>,
}

pub enum ArticleMsg {
    Store(Rc<StoreEvent>),
    /// Sections that came near the viewport, or went away from it.
    Moved(Moved),
    /// Sections that are far can give their marks up.
    Leave,
    /// The next sections can get their text.
    More,
    /// The browser's own search is about to look through the text.
    Search,
    /// Sections that get their marks, wherever they are: of all, where the page is about to be printed.
    Mark(Range<usize>),
    /// A key has the page printed, with too many sections that have no marks yet.
    Print,
}

/// Draws the open document. Owns the sections drawn so far, the observers and the listeners.
pub struct Article {
    state: Rc<State>,
    view: ArticleView,
    names: PtrEq<[AttrValue]>,
    no_names: PtrEq<[AttrValue]>,
    page: NodeRef,
    overlay_refs: OverlayRefs,
    overlay: Rc<Overlay>,
    selection: Rc<SelectionSync>,
    observer: Option<SectionObserver>,
    size: Option<SizeObserver>,
    far: FarSections,
    printing: Printing,
    /// Whether the next sections wait for their turn.
    awaits_more: bool,
    /// How many those are.
    at_once: usize,
    listeners: Vec<EventListener>,
    hands: Hands,
    grip: Grip,
    drawn: Drawn,
    /// What was selected in the page before sections came near.
    fleeting: Option<Selection>,
    _subscription: Subscription,
}

/// What the drawing under way must be followed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drawn {
    Still,
    Anew,
    SelectionMoved,
    CaretMoved,
}

impl Component for Article {
    type Message = ArticleMsg;
    type Properties = ArticleProps;

    fn create(ctx: &Context<Self>) -> Self {
        let store = ctx.props().store.0.clone();
        let link = ctx.link().clone();
        let subscription = store.subscribe(move |event| match **event {
            StoreEvent::Opened(_) | StoreEvent::Changed(_) => {
                link.send_message(ArticleMsg::Store(event.clone()))
            }
            _ => {}
        });
        let page = NodeRef::default();
        let overlay_refs = OverlayRefs::default();
        let overlay = Rc::new(Overlay::new(store.clone(), page.clone(), overlay_refs.clone()));
        let selection = Rc::new(SelectionSync::new(store.clone(), page.clone()));
        let hands = Hands::new(store.clone(), selection.clone(), overlay.clone());
        let grip = Grip::new(store.clone(), overlay.clone());
        let state = store.state();
        let mut view = ArticleView::new(&state);
        view.fill(&state, 0);
        Article {
            view,
            names: names_of(&state),
            no_names: PtrEq(Rc::from([])),
            state,
            page,
            overlay_refs,
            overlay,
            selection,
            observer: None,
            size: None,
            far: FarSections::default(),
            printing: Printing::default(),
            awaits_more: false,
            at_once: SECTIONS_AT_ONCE,
            listeners: Vec::new(),
            hands,
            grip,
            drawn: Drawn::Anew,
            fleeting: None,
            _subscription: subscription,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        self.names = names_of(&self.state);
        // What is scrolled to must be there.
        if let Some(place) = ctx.props().scroll_to {
            self.view.fill_at(&self.state, TextOffset(place));
        }
        ctx.props() != old
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Self::Message) -> bool {
        match msg {
            ArticleMsg::Store(event) => match &*event {
                StoreEvent::Opened(state) => {
                    self.view = ArticleView::new(state);
                    self.view.fill(state, 0);
                    self.names = names_of(state);
                    self.state = state.clone();
                    self.at_once = SECTIONS_AT_ONCE;
                    self.far = FarSections::default();
                    self.drawn = Drawn::Anew;
                    true
                }
                StoreEvent::Changed(changed) => {
                    self.take_changes(changed);
                    true
                }
                _ => false,
            },
            ArticleMsg::Mark(mut sections) => {
                sections.end = sections.end.min(self.view.section_count());
                sections.fold(false, |is_new, section| is_new | self.view.fill(&self.state, section))
            }
            ArticleMsg::Print => {
                self.printing.print(&ctx.props().session.0, ctx.link().clone());
                false
            }
            ArticleMsg::More => {
                self.awaits_more = false;
                // Each go costs a look at every section: of very many, more come at once.
                let sections = self.view.section_count();
                self.view.draw_more(self.at_once.max(sections / GOES_MAX));
                true
            }
            ArticleMsg::Search => {
                self.at_once = SECTIONS_IN_A_HURRY;
                self.view.is_partial() && {
                    self.view.draw_more(self.at_once);
                    true
                }
            }
            ArticleMsg::Moved(mut moved) => {
                let mut is_new = false;
                for section in &moved.near {
                    is_new |= self.view.fill(&self.state, *section);
                }
                if is_new {
                    self.fleeting = self.selection.fleeting();
                }
                moved.far.retain(|section| self.view.is_filled(*section));
                self.far.take_up(&moved, leave(ctx));
                is_new
            }
            ArticleMsg::Leave => self.leave_far(ctx),
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let state = &self.state;
        let document = PtrEq(state.document.clone());
        let lang = field_text(&state.fields, "language").map(|tag| AttrValue::from(tag.to_string()));
        let part = |part: &Rc<PartView>| {
            // Where nothing is named, other names draw nothing anew.
            let names = if part.has_marks() { self.names.clone() } else { self.no_names.clone() };
            keyed_component::<ArticlePart>(
                part.first,
                ArticlePartProps {
                    document: document.clone(),
                    view: PtrEq(part.clone()),
                    names,
                    lang: lang.clone(),
                },
            )
        };
        let grab = |edge: Edge| {
            let hands = self.hands.clone();
            Callback::from(move |event: PointerEvent| hands.grab_handle(&event, edge))
        };
        let on_grip = {
            let grip = self.grip.clone();
            Callback::from(move |event: PointerEvent| grip.grab(&event))
        };
        let refs = &self.overlay_refs;
        let is_linking = matches!(state.focus.mode, Mode::Linking(_));
        let is_empty = state.document.index.blocks.blocks().is_empty();
        element("article")
            .attr("id", ARTICLE_ID)
            .class(classes!(
                "page",
                state.focus.armed.is_some().then_some("page--armed"),
                is_linking.then_some("page--linking")
            ))
            .node(self.page.clone())
            .attr("tabindex", "0")
            .attr("aria-label", tr!("article.label"))
            .attr("spellcheck", "false")
            .attr("translate", "no")
            .attr("data-text", "true")
            .child_if(is_empty, || element("p").class("page__empty").child(tr!("article.empty")))
            .children(self.view.parts().iter().map(part))
            .child(
                element("svg")
                    .node(refs.arcs.clone())
                    .class("arcs")
                    .attr("aria-hidden", "true")
                    .child(arc_head()),
            )
            .child(element("div").node(refs.edges.clone()).class("edges").attr("aria-hidden", "true"))
            .child(hidden(&refs.caret, "caret"))
            .child(hidden(&refs.start, "handle handle--start").onpointerdown(grab(Edge::Start)))
            .child(hidden(&refs.end, "handle handle--end").onpointerdown(grab(Edge::End)))
            .child(hidden(&refs.grip, "grip").onpointerdown(on_grip))
            .child(link_options(&ctx.props().store.0, state, &refs.options))
            .child_if(state.selected_span().is_some(), || {
                quick_palette(&ctx.props().store, &state.schema, &refs.palette)
            })
            .html()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        let Some(page) = self.page.cast::<HtmlElement>() else { return };
        if first_render {
            self.listeners = self.hands.listen(&page);
            let link = ctx.link().clone();
            let all = move |_: &Event| link.send_message(ArticleMsg::Mark(0..usize::MAX));
            self.listeners.push(EventListener::new(&dom::window(), "beforeprint", all));
            let link = ctx.link().clone();
            // The search that is asked for by a menu takes the focus, any that is asked for by a key may look at once.
            let search = move |_: &Event| link.send_message(ArticleMsg::Search);
            self.listeners.push(EventListener::new(&dom::window(), "blur", search));
            let link = ctx.link().clone();
            let options = EventListenerOptions::enable_prevent_default();
            let on_key = move |event: &Event| browser_key(&link, event);
            self.listeners.push(EventListener::new_with_options(&dom::window(), "keydown", options, on_key));
            let overlay = self.overlay.clone();
            self.size = SizeObserver::new(&page, move || overlay.request());
            let link = ctx.link().clone();
            if let Ok(Some(main)) = page.closest("main") {
                let overlay = self.overlay.clone();
                let (scroller, article, sight) = (main.clone(), page.clone(), InSight::default());
                let on_scroll = move |_: &Event| {
                    sight.scrolled(&scroller, &article);
                    overlay.scrolled();
                };
                self.listeners.push(EventListener::new(&main, "scroll", on_scroll));
                let on_moved = move |moved| link.send_message(ArticleMsg::Moved(moved));
                self.observer = SectionObserver::new(&main, on_moved);
            }
        }
        if let Some(fleeting) = self.fleeting.take() {
            self.selection.put(fleeting);
        }
        match std::mem::replace(&mut self.drawn, Drawn::Still) {
            Drawn::Anew => {
                self.selection.show();
                if let Some(observer) = &self.observer {
                    observer.watch(&page);
                }
            }
            Drawn::CaretMoved => {
                self.selection.show();
                bring_into_view(&self.state);
            }
            Drawn::SelectionMoved => self.selection.show(),
            Drawn::Still => {}
        }
        self.overlay.request();
        if self.view.is_partial() && !std::mem::replace(&mut self.awaits_more, true) {
            let link = ctx.link().clone();
            spawn_local(async move {
                dom::next_task_first().await;
                link.send_message(ArticleMsg::More);
            });
        }
    }
}

impl Article {
    /// Has the next sections that are far give their marks up. Whether any does.
    fn leave_far(&mut self, ctx: &Context<Self>) -> bool {
        // On paper, all is near.
        if self.printing.is_on() {
            self.far.wait(leave(ctx));
            return false;
        }
        // What is drawn as selected ends in text nodes, which must stay.
        let selections = [self.state.focus.selection, self.selection.fleeting()];
        let ends = selections.into_iter().flatten().flat_map(|selection| [selection.anchor, selection.head]);
        let kept: Vec<usize> = ends.filter_map(|place| ArticleView::section_at(&self.state, place)).collect();
        let next = self.far.next(&kept, leave(ctx));
        for section in &next {
            self.view.leave(*section);
        }
        !next.is_empty()
    }

    fn take_changes(&mut self, changed: &Changed) {
        let (old, new) = (&changed.old.focus, &changed.new.focus);
        self.state = changed.new.clone();
        if old.marks != new.marks {
            self.view.refresh_all(&self.state);
        }
        if changed.summary.schema {
            self.names = names_of(&self.state);
            self.view.refresh_all(&self.state);
        }
        self.view.refresh(&self.state, &changed.summary.spans);
        self.view.refresh_paragraphs(&self.state, &changed.summary.paragraphs);
        if changed.old.link_candidate() != changed.new.link_candidate() {
            for state in [&changed.old, &changed.new] {
                if let Some(candidate) = state.link_candidate().and_then(|id| state.annotations.get(id)) {
                    self.view.refresh(&self.state, candidate.target.fragments());
                }
            }
        }
        if old.chosen != new.chosen {
            for chosen in [changed.old.chosen(), changed.new.chosen()].into_iter().flatten() {
                self.view.refresh(&self.state, chosen.target.fragments());
            }
        }
        if old.selection != new.selection {
            if let Some(selection) = new.selection {
                self.view.fill_at(&self.state, selection.anchor);
                self.view.fill_at(&self.state, selection.head);
            }
            // A hand moves the selection where it looks; keys and jumps may move it out of sight.
            self.drawn = if self.selection.is_by_hand(new.selection) {
                Drawn::SelectionMoved
            } else {
                Drawn::CaretMoved
            };
        } else if !changed.transaction.edits.is_empty() {
            self.drawn = Drawn::SelectionMoved;
        }
    }
}

/// Has sections that are far give their marks up.
fn leave(ctx: &Context<Article>) -> impl FnOnce() + 'static {
    let link = ctx.link().clone();
    move || link.send_message(ArticleMsg::Leave)
}

/// The labels' names in schema order.
fn names_of(state: &State) -> PtrEq<[AttrValue]> {
    PtrEq(state.schema.labels.iter().map(|label| pick(&label.name)).collect())
}

/// Gives the keys to the article.
pub fn focus_article() {
    if let Some(article) = dom::element_by_id(ARTICLE_ID) {
        dom::focus_quietly(&article);
    }
}

/// Gives the keys to the small palette at the selection.
pub fn focus_quick_palette() {
    let first = dom::document().query_selector(".quick-palette button").ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        dom::focus_quietly(&first);
    }
}

/// A key that has the browser search in the page, or go on to the next place, or print: the text must be there,
/// and for print its marks.
fn browser_key(article: &Scope<Article>, event: &Event) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
    let is_command = key.ctrl_key() || key.meta_key();
    let is_long = || article.get_component().is_some_and(|article| printing::is_long(&article.view));
    match &*key.key() {
        "F3" => article.send_message(ArticleMsg::Search),
        "f" | "g" | "F" | "G" if is_command => article.send_message(ArticleMsg::Search),
        "p" | "P" if is_command && !key.shift_key() && is_long() => {
            event.prevent_default();
            article.send_message(ArticleMsg::Print);
        }
        _ => {}
    }
}

/// The head that the lines of relations share.
fn arc_head() -> Element {
    element("defs").child(
        element("marker")
            .attr("id", "arc-head")
            .attr("viewBox", "0 0 8 8")
            .attr("refX", "7")
            .attr("refY", "4")
            .attr("markerWidth", "7")
            .attr("markerHeight", "7")
            .attr("orient", "auto-start-reverse")
            .child(element("path").attr("d", "M0 0.5L8 4L0 7.5Z").attr("fill", "context-stroke")),
    )
}

/// Something over the text, which the overlay places and shows.
fn hidden(node: &NodeRef, class: &'static str) -> Element {
    element("span").node(node.clone()).class(class).flag("hidden", true).attr("aria-hidden", "true")
}
