//! Sections that came into sight from out of reach. The browser lays out what `content-visibility: auto`
//! left out one frame after it came into sight, so a page that moves by more than a screen a frame would be
//! empty while it moves. What is in sight after such a move is laid out in the same frame. And the text cursor,
//! which keys and jumps bring into sight.

use std::cell::{Cell, RefCell};

use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::edit::state::State;
use crate::web::components::article::ARTICLE_ID;
use crate::web::dom;
use crate::web::dom::position::{Side, block_id, caret_rect};

/// Has a section laid out wherever it is.
const SHOWN: &str = "data-shown";

/// Which sections are laid out since the page moved far.
#[derive(Default)]
pub struct InSight {
    last_top: Cell<i32>,
    shown: RefCell<Vec<Element>>,
}

impl InSight {
    /// To be called with each scroll event of `scroller`, in which `page` is. Costs a look at the logarithm of the
    /// number of sections where the page moved by more than a screen, and nothing else.
    pub fn scrolled(&self, scroller: &Element, page: &HtmlElement) {
        let top = scroller.scroll_top();
        let moved = top.abs_diff(self.last_top.replace(top));
        if moved < scroller.client_height().unsigned_abs() {
            return;
        }
        let now = sections_in_sight(scroller, page);
        for section in &now {
            let _ = section.set_attribute(SHOWN, "");
        }
        for section in self.shown.replace(now.clone()) {
            if !now.contains(&section) {
                let _ = section.remove_attribute(SHOWN);
            }
        }
    }
}

/// The children of the page between both edges of the scroller: sections, which follow one another.
fn sections_in_sight(scroller: &Element, page: &HtmlElement) -> Vec<Element> {
    let view = scroller.get_bounding_client_rect();
    let children = page.children();
    let child = |idx: u32| children.item(idx).filter(|child| child.has_attribute("data-section"));
    // All children that are not sections come after them, where there are sections at all.
    let [mut first, mut end] = [0, children.length()];
    while first < end {
        let middle = first.midpoint(end);
        if child(middle).is_some_and(|section| section.get_bounding_client_rect().bottom() <= view.top()) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    (first..)
        .map_while(child)
        .take_while(|section| section.get_bounding_client_rect().top() < view.bottom())
        .collect()
}

/// Scrolls the text cursor into view, with some lines round it.
pub fn bring_into_view(state: &State) {
    const MARGIN_PX: f64 = 96.0;
    let Some(selection) = state.focus.selection else { return };
    let blocks = &state.document.index.blocks;
    let block = blocks.nearest_block(selection.head).and_then(|idx| dom::element_by_id(&block_id(idx)));
    let scroller = dom::element_by_id(ARTICLE_ID).and_then(|page| page.closest("main").ok().flatten());
    let (Some(block), Some(scroller)) = (block, scroller) else { return };
    let view = scroller.get_bounding_client_rect();
    let rect = block.get_bounding_client_rect();
    if rect.bottom() < view.top() || rect.top() > view.bottom() {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        block.scroll_into_view_with_scroll_into_view_options(&options);
    }
    let Some(caret) = caret_rect(&state.document, selection.head, Side::After) else { return };
    // What is in view stays where it is; what is not comes in with some lines round it.
    if caret.top() < view.top() {
        let above = view.top() + MARGIN_PX - caret.top();
        scroller.set_scroll_top(scroller.scroll_top() - above as i32);
    } else if caret.bottom() > view.bottom() {
        let below = caret.bottom() - (view.bottom() - MARGIN_PX);
        scroller.set_scroll_top(scroller.scroll_top() + below as i32);
    }
}
