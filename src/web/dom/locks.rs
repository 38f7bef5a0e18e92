//! One writer among the tabs: Web Locks, and the channel by which tabs tell each other.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

#[wasm_bindgen]
extern "C" {
    // `web_sys` has it only behind its unstable flag.
    #[wasm_bindgen(js_name = LockManager)]
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        callback: &Function,
    ) -> Result<Promise, JsValue>;
}

/// A lock that other tabs cannot have as long as this value lives.
pub struct TabLock {
    release: Rc<Cell<Option<Function>>>,
}

impl Drop for TabLock {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// How a request for a lock went.
pub enum LockAnswer {
    Granted(TabLock),
    /// Another tab has it.
    Taken,
    /// The browser has no locks: whoever writes finds out at the write.
    Unsupported,
}

/// Asks for a lock, without waiting where another tab has it.
pub fn try_lock(name: &str, answer: impl FnOnce(LockAnswer) + 'static) {
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    request(name, &options, answer);
}

/// Waits for a lock that another tab has.
pub fn wait_for_lock(name: &str, answer: impl FnOnce(LockAnswer) + 'static) {
    request(name, &Object::new(), answer);
}

fn request(name: &str, options: &Object, answer: impl FnOnce(LockAnswer) + 'static) {
    let navigator = crate::web::dom::window().navigator();
    let manager = Reflect::get(&navigator, &"locks".into()).ok().filter(|locks| locks.is_object());
    let Some(manager) = manager else {
        answer(LockAnswer::Unsupported);
        return;
    };
    let manager: LockManager = manager.unchecked_into();
    let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() {
            answer(LockAnswer::Taken);
            return JsValue::UNDEFINED;
        }
        // The lock is held until this promise is fulfilled.
        let release = Rc::new(Cell::new(None));
        let keep = release.clone();
        let held = Promise::new(&mut |resolve, _| keep.set(Some(resolve)));
        answer(LockAnswer::Granted(TabLock { release }));
        held.into()
    });
    // A request that fails leaves the callback uncalled; there is nothing to release then.
    if let Ok(done) = manager.request(name, options, callback.unchecked_ref()) {
        spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(done).await;
        });
    }
}
