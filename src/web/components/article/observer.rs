//! Which sections are near the viewport, and when the page changes its size.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
    ResizeObserver,
};

use crate::web::components::article::far::Moved;

/// Tells which sections come near, and which are no longer.
pub struct SectionObserver {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl SectionObserver {
    /// `on_moved` gets the numbers of the sections, taken from `data-section`. Sections within two
    /// screens of the viewport of `scroller` are near; of an element that does not scroll, all are.
    pub fn new(scroller: &Element, on_moved: impl Fn(Moved) + 'static) -> Option<SectionObserver> {
        let callback = Closure::new(move |entries: Array| {
            let mut moved = Moved::default();
            for entry in entries.iter() {
                let Ok(entry) = entry.dyn_into::<IntersectionObserverEntry>() else { continue };
                let Ok(element) = entry.target().dyn_into::<HtmlElement>() else { continue };
                if let Some(section) = element.dataset().get("section").and_then(|text| text.parse().ok()) {
                    moved.note(section, entry.is_intersecting());
                }
            }
            on_moved(moved);
        });
        let options = IntersectionObserverInit::new();
        options.set_root(Some(scroller));
        options.set_root_margin("200% 0px");
        let observer =
            IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options).ok()?;
        Some(SectionObserver { observer, _callback: callback })
    }

    /// Watches all sections of a page, and no others any more.
    pub fn watch(&self, page: &Element) {
        self.observer.disconnect();
        let Ok(sections) = page.query_selector_all("[data-section]") else { return };
        for idx in 0..sections.length() {
            if let Some(section) = sections.item(idx).and_then(|node| node.dyn_into::<Element>().ok()) {
                self.observer.observe(&section);
            }
        }
    }
}

impl Drop for SectionObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Tells when an element changes its size: text size, width of the window, fonts.
pub struct SizeObserver {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl SizeObserver {
    pub fn new(element: &Element, on_size: impl Fn() + 'static) -> Option<SizeObserver> {
        let callback: Closure<dyn FnMut()> = Closure::new(on_size);
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(SizeObserver { observer, _callback: callback })
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
