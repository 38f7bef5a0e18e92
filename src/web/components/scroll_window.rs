//! The scrolled part of a long list: how far it is scrolled, and which rows that shows.

use std::ops::Range;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::view_model::window::{RowHeights, visible_window};
use crate::web::components::element::element;
use crate::web::dom;

/// Scroll events within one step change nothing.
const SCROLL_STEP_PX: f64 = 96.0;
const OVERSCAN_ROWS: usize = 6;
/// Before anything is measured.
const VIEWPORT_PX: f64 = 600.0;

/// A window onto rows.
pub struct ScrollWindow {
    /// The element that scrolls.
    pub node: NodeRef,
    pub heights: RowHeights,
    scroll_px: f64,
    viewport_px: f64,
}

impl ScrollWindow {
    /// The row height must be that of the style sheet, which grows with the size of the browser's text.
    pub fn new(row_rem: f64) -> ScrollWindow {
        ScrollWindow {
            node: NodeRef::default(),
            heights: RowHeights::even(row_rem * dom::rem_px()),
            scroll_px: 0.0,
            viewport_px: VIEWPORT_PX,
        }
    }

    /// Reads the scroll place. Whether another window must be drawn.
    pub fn measure(&mut self) -> bool {
        let Some(node) = self.node.cast::<HtmlElement>() else { return false };
        let scroll_px = (f64::from(node.scroll_top()) / SCROLL_STEP_PX).floor() * SCROLL_STEP_PX;
        let viewport_px = f64::from(node.client_height()) + SCROLL_STEP_PX;
        let changed = scroll_px != self.scroll_px || viewport_px != self.viewport_px;
        (self.scroll_px, self.viewport_px) = (scroll_px, viewport_px);
        changed
    }

    /// The rows to draw.
    pub fn range(&self, len: usize) -> Range<usize> {
        visible_window(len, &self.heights, self.scroll_px, self.viewport_px, OVERSCAN_ROWS)
    }

    /// The drawn rows, with room before and after them for those that are not.
    pub fn list(&self, len: usize, range: Range<usize>, onscroll: Callback<Event>, rows: Html) -> Html {
        let room = |from: usize, to: usize| {
            format!("height:{}px", dom::decimal(self.heights.top_of(to) - self.heights.top_of(from)))
        };
        element("div")
            .node(self.node.clone())
            .class("side__rows")
            .attr("tabindex", "-1")
            .onscroll(onscroll)
            .child(element("div").attr("style", room(0, range.start)))
            .child(element("ul").attr("role", "list").child(rows))
            .child(element("div").attr("style", room(range.end, len)))
            .html()
    }

    /// Scrolls a row into view, with some others round it. Nothing where it is in view already.
    pub fn reveal(&self, row: usize) {
        let Some(node) = self.node.cast::<HtmlElement>() else { return };
        let (top, end) = (self.heights.top_of(row), self.heights.top_of(row + 1));
        let (scroll, height) = (f64::from(node.scroll_top()), f64::from(node.client_height()));
        if top < scroll || top + self.heights.row_px > scroll + height {
            // The middle of the row comes to the middle, but never its beginning out of sight.
            let middle = (top + end - height) / 2.0;
            node.set_scroll_top(middle.min(top) as i32);
        }
    }
}
