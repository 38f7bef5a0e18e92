//! Sections that came into sight from out of reach. The browser lays out what `content-visibility: auto`
//! left out one frame after it came into sight, so a page that moves by more than a screen a frame would be
//! empty while it moves. What is in sight after such a move is laid out in the same frame.

use std::cell::{Cell, RefCell};

use web_sys::{Element, HtmlElement};

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
