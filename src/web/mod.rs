//! The browser half: the only part that may name Yew or the DOM.

pub mod activity;
pub mod api;
pub mod app;
pub mod clock;
pub mod components;
pub mod dom;
pub mod exchange;
pub mod i18n;
pub mod library;
pub mod long_work;
pub mod opening;
pub mod page_reader;
pub mod persist;
pub mod ptr_eq;
pub mod session;
pub mod settings;
pub mod store;
pub mod styles;
pub mod unicode;

use js_sys::Number;
use wasm_bindgen::{JsCast, JsValue};

use crate::json::number::{Fractions, use_fractions};

/// Has the plain half ask the browser for what it knows: the rules of Unicode, and how fractions are
/// read and written.
pub fn use_browser() {
    unicode::install();
    use_fractions(Fractions { read: Number::parse_float, write: dom::decimal });
}

/// Starts the program: the crash banner, then the page.
pub fn start() {
    // Yew would put its own in place of one set otherwise.
    yew::set_custom_panic_hook(Box::new(|info| {
        // After a panic the instance is dead: a static banner outside Yew says so.
        let message = JsValue::from_str(&info.to_string());
        web_sys::console::error_1(&message);
        if let Some(window) = web_sys::window()
            && let Ok(crash) = js_sys::Reflect::get(&window, &JsValue::from_str("sourcierCrash"))
            && let Some(crash) = crash.dyn_ref::<js_sys::Function>()
        {
            let _ = crash.call1(&JsValue::NULL, &message);
        }
    }));
    use_browser();
    let document = web_sys::window().and_then(|window| window.document());
    let root = document.and_then(|document| document.get_element_by_id("app"));
    if let Some(root) = root {
        root.set_inner_html("");
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
