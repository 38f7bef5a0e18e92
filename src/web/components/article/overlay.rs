//! What lies over the text without touching it: the text cursor, the handles at the ends of the
//! chosen annotation, the place of the small palette. Read after drawing, in one frame.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{DomRect, HtmlElement};
use yew::NodeRef;

use crate::edit::state::{Edge, Mode, Selection, State};
use crate::model::annotation::Target;
use crate::model::document::Document;
use crate::text::span::{TextOffset, TextSpan};
use crate::view_model::arcs::{Point, Rect};
use crate::view_model::popover::box_place;
use crate::web::components::article::arcs::{Arcs, view_of};
use crate::web::dom::decimal;
use crate::web::dom::frame::FrameJob;
use crate::web::dom::position::{Side, caret_rect, range_of};
use crate::web::store::Store;

/// The elements that are placed.
#[derive(Clone, Default)]
pub struct OverlayRefs {
    pub caret: NodeRef,
    pub start: NodeRef,
    pub end: NodeRef,
    pub palette: NodeRef,
    /// From here links are dragged.
    pub grip: NodeRef,
    /// The types of relation that fit, where several do.
    pub options: NodeRef,
    /// The lines of links, and the names of their ends out of view.
    pub arcs: NodeRef,
    pub edges: NodeRef,
}

/// Places the overlay in the next frame after it was asked to.
pub struct Overlay {
    job: FrameJob,
    arcs: Rc<Arcs>,
}

/// Where a thing goes, in CSS pixels from the page's upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    x: f64,
    y: f64,
    height: f64,
}

impl Overlay {
    pub fn new(store: Rc<Store>, page: NodeRef, refs: OverlayRefs) -> Overlay {
        let arcs = Rc::new(Arcs::new(store.clone(), refs.arcs.clone(), refs.edges.clone()));
        let drawn_arcs = arcs.clone();
        Overlay {
            job: FrameJob::new(move || {
                if let Some(page) = page.cast::<HtmlElement>() {
                    place_all(&store.state(), &page, &refs, &drawn_arcs);
                }
            }),
            arcs,
        }
    }

    /// Places everything again after scrolling, where that changes anything.
    pub fn scrolled(&self) {
        if self.arcs.follows_scrolling() {
            self.request();
        }
    }

    /// Shows a line that follows the pointer, or takes it away.
    pub fn set_rubber(&self, line: Option<(Point, Point)>) {
        self.arcs.set_rubber(line);
        self.request();
    }

    pub fn request(&self) {
        self.job.request();
    }
}

fn place_all(state: &State, page: &HtmlElement, refs: &OverlayRefs, arcs: &Arcs) {
    // All reads first, then all writes; but what is hidden has no size that could be read.
    for node in [&refs.palette, &refs.options] {
        if let Some(element) = node.cast::<HtmlElement>() {
            element.set_hidden(false);
        }
    }
    let origin = page.get_bounding_client_rect();
    let document = &state.document;
    let at = |offset: TextOffset, side: Side| {
        caret_rect(document, offset, side).map(|rect| place_in(&rect, &origin))
    };
    let selection = state.focus.selection;
    let caret = selection.and_then(|selection| at(selection.head, side_of(selection)));
    let chosen = state.chosen().map(|chosen| chosen.target.clone());
    let start = chosen.as_ref().and_then(|target| at(target.start(), Side::After));
    let end = chosen.as_ref().and_then(|target| at(target.end(), Side::Before));
    let grip = chosen.as_ref().and_then(|target| grip_place(document, target, &origin));
    let words_of = |span: TextSpan| words_place(document, span, &origin);
    let selected = selection.and_then(|selection| selection.span());
    let palette = selected.map(|span| beside(&refs.palette, &[words_of(span)], page));
    let candidate = state.link_candidate().and_then(|id| state.annotations.get(id));
    let options = candidate.map(|candidate| {
        let here = chosen.as_ref().and_then(|target| words_of(target.fragments()[0]));
        beside(&refs.options, &[words_of(candidate.target.fragments()[0]), here], page)
    });
    let lines = arcs.measure(state, page, &origin);

    put(&refs.caret, caret, true);
    put(&refs.start, start, true);
    put(&refs.end, end, true);
    put(&refs.palette, palette, false);
    put(&refs.grip, grip, false);
    put(&refs.options, options, false);
    arcs.place(&lines);
    show_moving(state, refs);
}

/// The end in hand is larger.
fn show_moving(state: &State, refs: &OverlayRefs) {
    if let Mode::MovingEnds(moving) = &state.focus.mode {
        for (edge, handle) in [(Edge::Start, &refs.start), (Edge::End, &refs.end)] {
            if let Some(handle) = handle.cast::<HtmlElement>() {
                let _ = handle.class_list().toggle_with_force("handle--moving", moving.edge == edge);
            }
        }
    } else {
        for handle in [&refs.start, &refs.end] {
            if let Some(handle) = handle.cast::<HtmlElement>() {
                let _ = handle.class_list().remove_1("handle--moving");
            }
        }
    }
}

/// Where a small box goes that is about words, the nearest first; those that are nowhere are left out.
fn beside(node: &NodeRef, words: &[Option<Rect>], page: &HtmlElement) -> Place {
    let words: Vec<Rect> = words.iter().flatten().copied().collect();
    let (size, gap) = node.cast::<HtmlElement>().map_or_else(Default::default, |it| {
        let size = Point { x: it.offset_width().into(), y: it.offset_height().into() };
        (size, f64::from(it.offset_top()))
    });
    let Point { x, y } = box_place(&words, view_of(page, &page.get_bounding_client_rect()), size, gap);
    // The style sheet has put the gap before it already.
    Place { x, y: y - gap, height: 0.0 }
}

/// From the first line of a span to its last, where that begins.
fn words_place(document: &Document, span: TextSpan, origin: &DomRect) -> Option<Rect> {
    let blocks = document.index.blocks.blocks_touching(span);
    let lines_of = |block| range_of(document, part_in(document, span, block)?)?.get_client_rects();
    let first = lines_of(blocks.start)?.item(0)?;
    let lines = lines_of(blocks.last()?)?;
    let last = lines.item(lines.length().checked_sub(1)?)?;
    Some(Rect {
        x: last.left() - origin.left(),
        y: first.top() - origin.top(),
        width: last.width(),
        height: last.bottom() - first.top(),
    })
}

/// Over the middle of the first line of an annotation.
fn grip_place(document: &Document, target: &Target, origin: &DomRect) -> Option<Place> {
    let span = target.fragments()[0];
    let first = document.index.blocks.blocks_touching(span).start;
    let rects = range_of(document, part_in(document, span, first)?)?.get_client_rects()?;
    let first = rects.item(0)?;
    let x = first.left() + first.width() / 2.0 - origin.left();
    Some(Place { x, y: first.top() - origin.top(), height: first.height() })
}

/// What a block has of a span. To ask for the lines of all of a long one would lay out the whole text.
fn part_in(document: &Document, span: TextSpan, block: usize) -> Option<TextSpan> {
    let block = document.index.blocks.blocks().get(block)?.span;
    TextSpan::new(span.start().max(block.start()), span.end().min(block.end()))
}

/// The cursor stands at the words that are selected, not a line further.
fn side_of(selection: Selection) -> Side {
    if selection.head > selection.anchor { Side::Before } else { Side::After }
}

fn place_in(rect: &DomRect, origin: &DomRect) -> Place {
    Place { x: rect.left() - origin.left(), y: rect.top() - origin.top(), height: rect.height() }
}

/// Puts an element at a place, or hides it.
fn put(node: &NodeRef, place: Option<Place>, with_height: bool) {
    let Some(element) = node.get().and_then(|node| node.dyn_into::<HtmlElement>().ok()) else { return };
    element.set_hidden(place.is_none());
    if let Some(Place { x, y, height }) = place {
        let style = element.style();
        let _ = style.set_property("transform", &format!("translate({}px,{}px)", decimal(x), decimal(y)));
        if with_height {
            let _ = style.set_property("height", &format!("{}px", decimal(height)));
        }
    }
}
