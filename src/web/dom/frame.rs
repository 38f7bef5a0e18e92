//! One animation frame at a time: reading the layout after drawing, then writing.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::web::dom::window;

/// Runs a job in the next animation frame; asking again before it runs changes nothing. Dropping
/// it cancels.
pub struct FrameJob {
    job: Closure<dyn FnMut()>,
    pending: Rc<Cell<Option<i32>>>,
}

impl FrameJob {
    pub fn new(mut job: impl FnMut() + 'static) -> FrameJob {
        let pending = Rc::new(Cell::new(None));
        let clear = pending.clone();
        let job = Closure::new(move || {
            clear.set(None);
            job();
        });
        FrameJob { job, pending }
    }

    pub fn request(&self) {
        if self.pending.get().is_none() {
            let id = window().request_animation_frame(self.job.as_ref().unchecked_ref());
            self.pending.set(id.ok());
        }
    }
}

impl Drop for FrameJob {
    fn drop(&mut self) {
        if let Some(id) = self.pending.get() {
            let _ = window().cancel_animation_frame(id);
        }
    }
}
