//! Files out and in: downloads, and what a person chose or dropped.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, DataTransfer, File, HtmlAnchorElement, Url};

use crate::web::dom;

/// Offers bytes as a file to save.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = dom::document().create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // Firefox needs the address for a moment after the click.
    gloo_timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

/// The path of a file in the folder that was dropped or chosen, else its name.
pub fn path(file: &File) -> String {
    let paths = ["sourcierPath", "webkitRelativePath"].map(|key| Reflect::get(file, &key.into()));
    let mut paths = paths.into_iter().filter_map(|path| path.ok()?.as_string());
    paths.find(|path| !path.is_empty()).unwrap_or_else(|| file.name())
}

/// The files of a drop, those of folders too; a list of them, once they are found. `static/boot.js` walks
/// through the folders.
pub fn dropped(data: &DataTransfer) -> Option<Promise> {
    let walk: Function = Reflect::get(&dom::window(), &"sourcierDropped".into()).ok()?.dyn_into().ok()?;
    walk.call1(&JsValue::NULL, data).ok()?.dyn_into().ok()
}

/// The bytes of a file that a person gave.
pub async fn read(file: &File) -> Result<Vec<u8>, JsValue> {
    let buffer = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
