//! What lies over the text without touching it: the text cursor, the handles at the ends of the
//! chosen annotation, the place of the small palette. Read after drawing, in one frame.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{DomRect, HtmlElement};
use yew::NodeRef;

use crate::edit::state::{Edge, Mode, Selection, State};
use crate::text::span::TextOffset;
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
}

/// Places the overlay in the next frame after it was asked to.
pub struct Overlay {
    job: FrameJob,
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
        Overlay {
            job: FrameJob::new(move || {
                if let Some(page) = page.cast::<HtmlElement>() {
                    place_all(&store.state(), &page, &refs);
                }
            }),
        }
    }

    pub fn request(&self) {
        self.job.request();
    }
}

fn place_all(state: &State, page: &HtmlElement, refs: &OverlayRefs) {
    // All reads first, then all writes.
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
    let palette = selection.and_then(|selection| selection.span()).and_then(|span| {
        let rects = range_of(document, span)?.get_client_rects()?;
        let last = rects.item(rects.length().checked_sub(1)?)?;
        let first_x = rects.item(0).map_or(last.left(), |first| first.left());
        let x = if rects.length() > 1 { last.left() } else { first_x };
        Some(Place { x: x - origin.left(), y: last.bottom() - origin.top(), height: last.height() })
    });
    let page_width = origin.width();
    let palette_width =
        refs.palette.cast::<HtmlElement>().map_or(0.0, |element| f64::from(element.offset_width()));

    put(&refs.caret, caret, true);
    put(&refs.start, start, true);
    put(&refs.end, end, true);
    put(
        &refs.palette,
        palette.map(|place| Place { x: place.x.min(page_width - palette_width).max(0.0), ..place }),
        false,
    );
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
