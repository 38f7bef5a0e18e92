//! Between places in the page and offsets in the text: the only place where UTF-16 is counted.
//!
//! A block of text is an element with the id `b<n>`; its text nodes hold exactly the text of the
//! document's block. Whatever else the page shows (counts, handles) is not in text nodes there.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, Node, Range};

use crate::model::document::Document;
use crate::text::span::{TextOffset, TextSpan};
use crate::web::dom;

/// Why a place in the page has no offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionError {
    /// Not in the article.
    Outside,
    /// The page shows other words than the document has: a translator or extension changed it.
    Tampered,
}

/// The offset of a place in the page. O(length of the block).
pub fn offset_of(document: &Document, node: &Node, offset_utf16: u32) -> Result<TextOffset, PositionError> {
    let Some(block_element) = closest_block(node) else {
        return between_blocks(document, node, offset_utf16);
    };
    let idx = block_idx(&block_element).ok_or(PositionError::Outside)?;
    let span = document.index.blocks.blocks().get(idx).ok_or(PositionError::Outside)?.span;
    if block_element.text_content().as_deref() != Some(document.slice(span)) {
        return Err(PositionError::Tampered);
    }
    let range = dom::document().create_range().map_err(|_| PositionError::Outside)?;
    let _ = range.set_start(&block_element, 0);
    range.set_end(node, offset_utf16).map_err(|_| PositionError::Outside)?;
    let before: String = range.to_string().into();
    Ok(TextOffset::new(span.start().to_usize() + before.len()))
}

/// Which of the two neighbours a place between two characters belongs to, where they stand on
/// different lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The end of what is before.
    Before,
    /// The start of what comes after.
    After,
}

/// The place in the page of an offset: a text node and UTF-16 units into it. An offset between
/// blocks is at the end of the block before it. O(log n + length of the block).
pub fn place_of(document: &Document, offset: TextOffset, side: Side) -> Option<(Node, u32)> {
    let idx = document.index.blocks.nearest_block(offset)?;
    let span = document.index.blocks.blocks()[idx].span;
    let within = offset.clamp(span.start(), span.end());
    let before = &document.text[span.start().to_usize()..within.to_usize()];
    let mut left: u32 = before.encode_utf16().count() as u32;
    let element = dom::document().get_element_by_id(&block_id(idx))?;
    let mut last = None;
    for text in text_nodes(&element) {
        let len = text.unchecked_ref::<web_sys::CharacterData>().length();
        if left < len || left == len && side == Side::Before {
            return Some((text, left));
        }
        left -= len;
        last = Some((text, len));
    }
    last.or_else(|| Some((element.into(), 0)))
}

/// The range of a span in the page.
pub fn range_of(document: &Document, span: TextSpan) -> Option<Range> {
    let range = dom::document().create_range().ok()?;
    let (start, start_at) = place_of(document, span.start(), Side::After)?;
    let (end, end_at) = place_of(document, span.end(), Side::Before)?;
    range.set_start(&start, start_at).ok()?;
    range.set_end(&end, end_at).ok()?;
    Some(range)
}

/// Where on the screen the character at an offset begins, or the one before it ends. An edge of
/// that character, because an empty range has no rectangle in some engines.
pub fn caret_rect(document: &Document, offset: TextOffset, side: Side) -> Option<DomRect> {
    let (node, at) = place_of(document, offset, side)?;
    let range = dom::document().create_range().ok()?;
    let len = node.dyn_ref::<web_sys::CharacterData>().map_or(0, |text| text.length());
    let is_after = at < len && (side == Side::After || at == 0);
    let (start, end, at_end) = if is_after { (at, at + 1, false) } else { (at.saturating_sub(1), at, true) };
    range.set_start(&node, start).ok()?;
    range.set_end(&node, end).ok()?;
    let rect = if at_end { last_rect(&range) } else { first_rect(&range) }?;
    let x = if at_end { rect.right() } else { rect.left() };
    DomRect::new_with_x_and_y_and_width_and_height(x, rect.top(), 0.0, rect.height()).ok()
}

/// The offset under a place on the screen, in CSS pixels of the viewport.
pub fn offset_at_point(document: &Document, x: f64, y: f64) -> Result<TextOffset, PositionError> {
    // `caretPositionFromPoint` is missing in WebKit; `caretRangeFromPoint` is in all engines.
    let page = dom::document();
    let caret = js_sys::Reflect::get(&page, &"caretRangeFromPoint".into());
    let function: js_sys::Function =
        caret.ok().and_then(|caret| caret.dyn_into().ok()).ok_or(PositionError::Outside)?;
    let range = function.call2(&page, &x.into(), &y.into()).map_err(|_| PositionError::Outside)?;
    let range: Range = range.dyn_into().map_err(|_| PositionError::Outside)?;
    let node = range.start_container().map_err(|_| PositionError::Outside)?;
    offset_of(document, &node, range.start_offset().unwrap_or(0))
}

/// The id of a block's element.
pub fn block_id(idx: usize) -> String {
    format!("b{idx}")
}

fn block_idx(element: &Element) -> Option<usize> {
    element.id().strip_prefix('b')?.parse().ok()
}

/// The block element that holds a node.
fn closest_block(node: &Node) -> Option<Element> {
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    element.closest("[data-block]").ok().flatten()
}

/// A place that is in the article but in no block: the start of the next block, else the end.
fn between_blocks(document: &Document, node: &Node, offset: u32) -> Result<TextOffset, PositionError> {
    let element = node.dyn_ref::<Element>().ok_or(PositionError::Outside)?;
    if element.closest("[data-text]").ok().flatten().is_none() {
        return Err(PositionError::Outside);
    }
    let child = element.children().item(offset);
    let block = child.and_then(|child| match child.matches("[data-block]") {
        Ok(true) => Some(child),
        _ => child.query_selector("[data-block]").ok().flatten(),
    });
    let blocks = document.index.blocks.blocks();
    let place = match block.as_ref().and_then(block_idx).and_then(|idx| blocks.get(idx)) {
        Some(block) => block.span.start(),
        None => blocks.last().map_or(TextOffset(0), |block| block.span.end()),
    };
    Ok(place)
}

fn text_nodes(element: &Element) -> Vec<Node> {
    let mut found = Vec::new();
    let mut stack: Vec<Node> = vec![element.clone().into()];
    while let Some(node) = stack.pop() {
        if node.node_type() == Node::TEXT_NODE {
            found.push(node);
            continue;
        }
        let mut child = node.last_child();
        while let Some(here) = child {
            child = here.previous_sibling();
            stack.push(here);
        }
    }
    found
}

fn last_rect(range: &Range) -> Option<DomRect> {
    let rects = range.get_client_rects()?;
    rects.item(rects.length().checked_sub(1)?)
}

fn first_rect(range: &Range) -> Option<DomRect> {
    range.get_client_rects().and_then(|rects| rects.item(0))
}
