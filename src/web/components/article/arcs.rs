//! The lines between linked annotations, drawn over the article after it is laid out.
//!
//! The layer has no text and takes no pointer: what the lines say stands in the inspector, and an
//! end out of view is named at the edge of the screen, on a button that goes there. The elements
//! are made and placed by hand, since their places are known only after drawing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement};
use yew::NodeRef;

use crate::edit::commands::choose::choose;
use crate::edit::state::{LinksShown, State};
use crate::model::annotation::Annotation;
use crate::model::ids::AnnotationId;
use crate::text::span::{TextOffset, TextSpan};
use crate::view_model::arcs::{Arc, ArcKind, Point, Rect, arcs_of, path_of, tenths};
use crate::view_model::excerpt::excerpt;
use crate::web::dom;
use crate::web::dom::position::{block_id, range_of};
use crate::web::i18n::pick;
use crate::web::store::Store;

/// Relations drawn at once, at most: more would be a thicket.
const ARCS_MAX: usize = 200;

/// Draws the lines.
pub struct Arcs {
    store: Rc<Store>,
    layer: NodeRef,
    edges: NodeRef,
    /// A line that follows the pointer: from where, in pixels of the page.
    rubber: Cell<Option<(Point, Point)>>,
    drawn: Cell<usize>,
    listeners: RefCell<Vec<EventListener>>,
}

/// Where an end of a line is.
enum End {
    Here(Rect),
    Above,
    Below,
}

/// What is measured before anything is written.
pub struct Measured {
    paths: Vec<(String, &'static str)>,
    edges: Vec<(bool, AnnotationId, String)>,
    view: Rect,
}

impl Arcs {
    pub fn new(store: Rc<Store>, layer: NodeRef, edges: NodeRef) -> Arcs {
        Arcs {
            store,
            layer,
            edges,
            rubber: Cell::default(),
            drawn: Cell::default(),
            listeners: RefCell::default(),
        }
    }

    /// Whether scrolling changes what is drawn.
    pub fn follows_scrolling(&self) -> bool {
        self.drawn.get() > 0 || self.store.state().focus.links == LinksShown::All
    }

    /// Shows a line from one place to another, or takes it away.
    pub fn set_rubber(&self, line: Option<(Point, Point)>) {
        self.rubber.set(line);
    }

    /// Reads where everything is. `origin` is the page on the screen.
    pub fn measure(&self, state: &State, page: &HtmlElement, origin: &DomRect) -> Measured {
        let view = view_of(page, origin);
        let shown = (state.focus.links == LinksShown::All).then(|| visible_span(state, page)).flatten();
        let mut measured = Measured { paths: Vec::new(), edges: Vec::new(), view };
        let is_dragged = self.rubber.get().is_some();
        for arc in arcs_of(state, shown).into_iter().take(ARCS_MAX) {
            // One line at a time says where the link would go.
            if is_dragged && arc.kind == ArcKind::Candidate {
                continue;
            }
            self.measure_arc(state, &arc, origin, &mut measured);
        }
        if let Some((from, to)) = self.rubber.get() {
            let dot = |point: Point| Rect { x: point.x, y: point.y, width: 0.0, height: 0.0 };
            measured.paths.push((path_of(dot(from), dot(to)), ArcKind::Candidate.class()));
        }
        measured
    }

    fn measure_arc(&self, state: &State, arc: &Arc, origin: &DomRect, measured: &mut Measured) {
        let view = measured.view;
        let ends = [&arc.from, &arc.to].map(|end| place_of_end(state, end, origin, view));
        let at_edge = |top: bool| Rect {
            x: 0.0,
            y: if top { view.y } else { view.y + view.height },
            width: 0.0,
            height: 0.0,
        };
        let rects = match &ends {
            [End::Here(from), End::Here(to)] => [*from, *to],
            [End::Here(from), far] => {
                let top = matches!(far, End::Above);
                [*from, Rect { x: from.x + from.width / 2.0, ..at_edge(top) }]
            }
            [far, End::Here(to)] => {
                let top = matches!(far, End::Above);
                [Rect { x: to.x + to.width / 2.0, ..at_edge(top) }, *to]
            }
            _ => return,
        };
        measured.paths.push((path_of(rects[0], rects[1]), arc.kind.class()));
        for (end, annotation) in ends.iter().zip([&arc.from, &arc.to]) {
            if !matches!(end, End::Here(_)) {
                let is_from = annotation.id == arc.from.id;
                let words = edge_words(state, arc, annotation, is_from);
                measured.edges.push((matches!(end, End::Above), annotation.id.clone(), words));
            }
        }
    }

    /// Writes what was measured.
    pub fn place(&self, measured: &Measured) {
        self.drawn.set(measured.paths.len());
        self.place_paths(&measured.paths);
        self.place_edges(measured);
    }

    fn place_paths(&self, paths: &[(String, &'static str)]) {
        let Some(layer) = self.layer.get().and_then(|node| node.dyn_into::<Element>().ok()) else { return };
        let drawn = layer.get_elements_by_class_name("arc");
        for idx in (paths.len() as u32..drawn.length()).rev() {
            if let Some(extra) = drawn.item(idx) {
                extra.remove();
            }
        }
        for (idx, (path, class)) in paths.iter().enumerate() {
            let element = drawn.item(idx as u32).or_else(|| {
                let made = dom::document().create_element_ns(Some("http://www.w3.org/2000/svg"), "path");
                made.ok()
                    .and_then(|made| layer.append_child(&made).ok())
                    .and_then(|made| made.dyn_into().ok())
            });
            if let Some(element) = element {
                let _ = element.set_attribute("d", path);
                let _ = element.set_attribute("class", &format!("arc {class}"));
                // Not in a style sheet: the single file has none that name anything.
                let _ = element.set_attribute("marker-end", "url(#arc-head)");
            }
        }
    }

    /// The names of ends out of view, at the upper and lower edge.
    fn place_edges(&self, measured: &Measured) {
        let Some(box_element) = self.edges.cast::<HtmlElement>() else { return };
        let (view, style) = (measured.view, box_element.style());
        let _ = style.set_property("transform", &format!("translate(0,{}px)", tenths(view.y)));
        let _ = style.set_property("height", &format!("{}px", tenths(view.height)));
        let wanted: Vec<String> =
            measured.edges.iter().map(|(above, id, words)| format!("{above}{id}{words}")).collect();
        if box_element.dataset().get("drawn").as_deref() == Some(&wanted.join("\n")) {
            return;
        }
        let _ = box_element.dataset().set("drawn", &wanted.join("\n"));
        while let Some(old) = box_element.last_element_child() {
            old.remove();
        }
        let mut listeners = Vec::new();
        for above in [true, false] {
            let side = dom::document().create_element("div");
            let Some(side) = side.ok().and_then(|side| side.dyn_into::<Element>().ok()) else { continue };
            side.set_class_name(if above { "edge edge--above" } else { "edge edge--below" });
            for (_, id, words) in measured.edges.iter().filter(|(is_above, ..)| *is_above == above) {
                if let Some(button) = self.edge_button(above, id, words, &mut listeners) {
                    let _ = side.append_child(&button);
                }
            }
            let _ = box_element.append_child(&side);
        }
        *self.listeners.borrow_mut() = listeners;
    }

    fn edge_button(
        &self,
        above: bool,
        id: &AnnotationId,
        words: &str,
        listeners: &mut Vec<EventListener>,
    ) -> Option<Element> {
        let button = dom::document().create_element("button").ok()?;
        let _ = button.set_attribute("type", "button");
        // The inspector has the same way, in the order of the keys.
        let _ = button.set_attribute("tabindex", "-1");
        button.set_class_name("edge__end");
        button.set_text_content(Some(&format!("{} {words}", if above { "↑" } else { "↓" })));
        let (store, id) = (self.store.clone(), id.clone());
        listeners.push(EventListener::new(&button, "click", move |_| {
            store.command(|state, ctx| choose(state, ctx, &id));
        }));
        Some(button)
    }
}

/// What an end at the edge is called: « dit par : Poutine ».
fn edge_words(state: &State, arc: &Arc, annotation: &Annotation, is_from: bool) -> String {
    const WORDS_CHARS_MAX: usize = 32;
    let short = excerpt(state, annotation, WORDS_CHARS_MAX);
    match arc.relation.as_ref().and_then(|relation| state.schema.relation(&relation.kind)) {
        Some(kind) => format!("{} {short}", pick(if is_from { &kind.inverse_name } else { &kind.name })),
        None => short,
    }
}

/// Where an annotation is on the page, if it is in view. Sections out of view are not laid out for
/// it.
fn place_of_end(state: &State, annotation: &Annotation, origin: &DomRect, view: Rect) -> End {
    let document = &state.document;
    let block = document.index.blocks.nearest_block(annotation.target.start());
    let section = block
        .and_then(|block| dom::element_by_id(&block_id(block)))
        .and_then(|block| block.closest("[data-section]").ok().flatten());
    let Some(section) = section else { return End::Above };
    let rect = rect_in(&section.get_bounding_client_rect(), origin);
    if rect.y + rect.height < view.y {
        return End::Above;
    }
    if rect.y > view.y + view.height {
        return End::Below;
    }
    let first = annotation.target.fragments()[0];
    let rects = range_of(document, first).and_then(|range| range.get_client_rects());
    let Some(rect) = rects.and_then(|rects| rects.item(0)) else { return End::Above };
    let rect = rect_in(&rect, origin);
    if rect.y + rect.height < view.y {
        End::Above
    } else if rect.y > view.y + view.height {
        End::Below
    } else {
        End::Here(rect)
    }
}

fn rect_in(rect: &DomRect, origin: &DomRect) -> Rect {
    Rect {
        x: rect.left() - origin.left(),
        y: rect.top() - origin.top(),
        width: rect.width(),
        height: rect.height(),
    }
}

/// The part of the page that is in view. Nothing beyond its end: what is put there would keep the page as long as
/// it was when heights were still guessed, and who has jumped to its end would see nothing.
pub fn view_of(page: &HtmlElement, origin: &DomRect) -> Rect {
    let scroller = page.closest("main").ok().flatten();
    let rect =
        scroller.map_or_else(|| page.get_bounding_client_rect(), |main| main.get_bounding_client_rect());
    let view = rect_in(&rect, origin);
    // Not `clamp`, whose panic would write fractions: 7 kB.
    let y = view.y.max(0.0).min(origin.height());
    let end = (view.y + view.height).min(origin.height()).max(y);
    Rect { x: 0.0, y, width: origin.width(), height: end - y }
}

/// The words of the sections in view.
fn visible_span(state: &State, page: &HtmlElement) -> Option<TextSpan> {
    let scroller = page.closest("main").ok().flatten()?;
    let view = scroller.get_bounding_client_rect();
    let sections = page.query_selector_all("[data-section]").ok()?;
    let blocks = state.document.index.blocks.blocks();
    let mut span: Option<(TextOffset, TextOffset)> = None;
    for idx in 0..sections.length() {
        let Some(section) = sections.item(idx).and_then(|node| node.dyn_into::<Element>().ok()) else {
            continue;
        };
        let rect = section.get_bounding_client_rect();
        if rect.bottom() < view.top() {
            continue;
        }
        if rect.top() > view.bottom() {
            break;
        }
        let first = section
            .first_element_child()
            .and_then(|block| block.id().strip_prefix('b')?.parse::<usize>().ok());
        let last = section
            .last_element_child()
            .and_then(|block| block.id().strip_prefix('b')?.parse::<usize>().ok());
        if let (Some(first), Some(last)) =
            (first.and_then(|idx| blocks.get(idx)), last.and_then(|idx| blocks.get(idx)))
        {
            let start = span.map_or(first.span.start(), |(start, _)| start);
            span = Some((start, last.span.end()));
        }
    }
    span.and_then(|(start, end)| TextSpan::new(start, end))
}
