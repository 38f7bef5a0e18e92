//! Web pages, read by `static/page_reader.js` into JSON for the worker. The script is loaded with the
//! first page.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::web::dom;

/// The JSON of a web page in UTF-8; empty where it cannot be read.
pub async fn read(html: &[u8]) -> Vec<u8> {
    let html = Uint8Array::from(html).into();
    // Each page has the hand for a while: the screen goes on between them.
    dom::next_task().await;
    read_with(&html, &JsValue::UNDEFINED).await.unwrap_or_default()
}

/// The same of a selection that is also there as plain text.
pub async fn read_selection(html: &str, plain: &str) -> Option<Vec<u8>> {
    read_with(&html.into(), &plain.into()).await
}

async fn read_with(html: &JsValue, plain: &JsValue) -> Option<Vec<u8>> {
    let load: Function = Reflect::get(&dom::window(), &"sourcierPageReader".into()).ok()?.dyn_into().ok()?;
    let loading: Promise = load.call0(&JsValue::NULL).ok()?.dyn_into().ok()?;
    let reader: Function = JsFuture::from(loading).await.ok()?.dyn_into().ok()?;
    let json = reader.call2(&JsValue::NULL, html, plain).ok()?;
    Some(json.dyn_into::<Uint8Array>().ok()?.to_vec())
}
