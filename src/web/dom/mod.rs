//! All effects on the page: the only place besides `main` that calls `web_sys` for them.

pub mod files;
pub mod frame;
pub mod highlight;
pub mod idb;
pub mod keys;
pub mod locks;
pub mod position;
mod turns;

use js_sys::{JsString, Number, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlDocument, HtmlElement, HtmlInputElement, Storage, Window};

use crate::text::hash::hex;

pub use turns::{next_task, next_task_first};

/// The window. There is one in every place where this program runs.
pub fn window() -> Window {
    web_sys::window().expect("the program runs in a page")
}

pub fn document() -> Document {
    window().document().expect("a page has a document")
}

/// `<html>`.
pub fn document_element() -> Option<HtmlElement> {
    web_sys::window()?.document()?.document_element()?.dyn_into().ok()
}

pub fn element_by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The browser's first language.
pub fn browser_language() -> String {
    window().navigator().language().unwrap_or_default()
}

/// Refused in some private windows.
pub fn local_storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

pub fn media_matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// The size of the browser's text, which a person may have made larger than its 16 pixels.
pub fn rem_px() -> f64 {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    // Whole pixels: the tables that read a fraction weigh 15 kB in the page.
    size.and_then(|size| size.split(['.', 'p']).next()?.parse::<u32>().ok()).map_or(16.0, f64::from)
}

/// Whether a finger does what a mouse does elsewhere: who has no keys at hand reads of none.
pub fn is_touch() -> bool {
    media_matches("(pointer: coarse)")
}

pub fn is_mac() -> bool {
    let agent = window().navigator().user_agent().unwrap_or_default();
    agent.contains("Macintosh") || agent.contains("iPhone") || agent.contains("iPad")
}

pub fn is_hidden() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Hidden
}

/// The id of the open dialog's title.
pub const DIALOG_TITLE_ID: &str = "dialog-title";

/// Whether a dialog lies over the page: each is open as long as it is there. Asked at each key, so it is found by an
/// id: a selector would have the browser look through all of the text.
pub fn has_dialog() -> bool {
    element_by_id(DIALOG_TITLE_ID).is_some()
}

/// Whether the page was opened from a file.
pub fn is_local_file() -> bool {
    window().location().protocol().is_ok_and(|protocol| protocol == "file:")
}

pub fn reload() {
    let _ = window().location().reload();
}

/// Resolved in a task so many milliseconds later.
pub async fn pause(ms: i32) {
    let task = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    let _ = JsFuture::from(task).await;
}

#[wasm_bindgen]
extern "C" {
    type TextEncoder;
    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;
    #[wasm_bindgen(method, js_name = encodeInto)]
    fn encode_into(this: &TextEncoder, text: &JsString, bytes: &mut [u8]) -> JsValue;
}

/// A text in UTF-8. As `String::from` has it, but at once into a place that is mostly large enough:
/// that one first makes room for three times the text.
pub fn utf8(text: &JsString) -> Vec<u8> {
    let len_utf16 = text.length() as usize;
    let written_into = |bytes: &mut Vec<u8>| {
        let result = TextEncoder::new().encode_into(text, bytes);
        let count = |key: &str| Reflect::get(&result, &key.into()).ok()?.as_f64();
        bytes.truncate(count("written").unwrap_or_default() as usize);
        count("read") == Some(len_utf16 as f64)
    };
    let mut bytes = vec![0; len_utf16 + len_utf16 / 16 + 64];
    if !written_into(&mut bytes) {
        bytes = vec![0; 3 * len_utf16];
        written_into(&mut bytes);
    }
    bytes
}

/// Has the memory grow at once by about what reading a file of this size takes. It grows by 64 KiB
/// otherwise, a thousand times, and the browser does much each time.
pub fn reserve_for_file(size_bytes: usize) {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(3 * size_bytes)));
}

/// The SHA-256 of a text as `text::hash` writes it, worked out beside the page's thread and by the
/// processor's own instructions: ten times quicker. `None` where the browser does it for safe pages only,
/// and this is none.
pub async fn sha256_hex(text: &str) -> Option<String> {
    let crypto = window().crypto().ok()?;
    let bytes = Uint8Array::from(text.as_bytes());
    let digest = crypto.subtle().digest_with_str_and_buffer_source("SHA-256", &bytes).ok()?;
    Some(hex(&Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec()))
}

/// The number as JavaScript writes it, which style sheets and fields read: `0.5`. For page code in
/// place of `to_string` and `format!`, whose way to write fractions weighs 5 kB.
pub fn decimal(number: f64) -> String {
    Number::from(number).to_string_with_radix(10).map_or_else(|_| String::new(), String::from)
}

/// The number that a text is, in digits; none where it is something else or not finite. In place of
/// `parse`, for the same reason.
pub fn number(text: &str) -> Option<f64> {
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'+' | b'-' | b'e' | b'E');
    let is_number = !text.is_empty() && text.bytes().all(is_part);
    is_number.then(|| JsValue::from_str(text).unchecked_into_f64()).filter(|number| number.is_finite())
}

/// Whether nothing on the page has the keys.
pub fn has_no_focus() -> bool {
    document().active_element().is_none_or(|active| active.tag_name() == "BODY")
}

/// Focuses an element without scrolling to it.
pub fn focus_quietly(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Copies the text of an input, which is selected afterwards. Whether the browser did. By the old
/// command, since the clipboard itself is out of reach for pages opened from a file or over plain
/// HTTP.
pub fn copy_from(input: &HtmlInputElement) -> bool {
    input.select();
    let document = document().dyn_into::<HtmlDocument>();
    document.is_ok_and(|document| document.exec_command("copy").unwrap_or(false))
}

/// Brings an element to the top of the one that scrolls it, and moves nothing else.
pub fn scroll_within(scroller: &str, element: &HtmlElement) {
    let scroller = document().query_selector(scroller).ok().flatten();
    if let Some(scroller) = scroller {
        let above = element.get_bounding_client_rect().top() - scroller.get_bounding_client_rect().top();
        scroller.set_scroll_top(scroller.scroll_top() + above as i32);
    }
}
