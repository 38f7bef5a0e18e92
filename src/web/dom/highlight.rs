//! A long selection, drawn as a highlight. What is selected the browser lays out, wherever it is: of ten
//! megabytes that takes seconds. A highlight is drawn where someone looks.

use wasm_bindgen::prelude::*;
use web_sys::Range;

/// The name under which `styles/base.css` knows it.
const NAME: &str = "selected";

#[wasm_bindgen]
extern "C" {
    type Highlight;
    #[wasm_bindgen(constructor, catch)]
    fn new(range: &Range) -> Result<Highlight, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["CSS", "highlights"], js_name = set)]
    fn set_highlight(name: &str, highlight: &Highlight) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["CSS", "highlights"], js_name = delete)]
    fn delete_highlight(name: &str) -> Result<JsValue, JsValue>;
}

/// Draws a range as selected, and no other any more. Whether the browser can.
pub fn show(range: &Range) -> bool {
    Highlight::new(range).is_ok_and(|highlight| set_highlight(NAME, &highlight).is_ok())
}

pub fn clear() {
    let _ = delete_highlight(NAME);
}
