//! Turns of what the page does by itself: drawing more of a text, saving it, checking its rules. Each gets a task
//! of its own, one after the other, so that what the browser has to do meanwhile waits for one of them at most.

use std::cell::RefCell;
use std::collections::VecDeque;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::web::dom::window;

/// Resolved in a later task, in which nothing else goes on that waits for this: until then the browser does what it
/// has to. The tasks are timers: of messages a browser takes many in one task, where each sends the next.
pub async fn next_task() {
    turn(Turns::wait).await;
}

/// The same, before all that waits: for what is to be seen, or searched, and comes to an end soon.
pub async fn next_task_first() {
    turn(Turns::wait_first).await;
}

async fn turn(wait: fn(&Turns, Function)) {
    let turn = Promise::new(&mut |resolve, _| TURNS.with(|turns| wait(turns, resolve)));
    let _ = JsFuture::from(turn).await;
}

thread_local! {
    static TURNS: Turns = Turns::new();
}

struct Turns {
    waiting: RefCell<VecDeque<Function>>,
    on_turn: Closure<dyn FnMut()>,
}

impl Turns {
    fn new() -> Turns {
        Turns { waiting: RefCell::default(), on_turn: Closure::new(|| TURNS.with(Turns::next)) }
    }

    fn wait(&self, resolve: Function) {
        self.waiting.borrow_mut().push_back(resolve);
        self.ask_once();
    }

    fn wait_first(&self, resolve: Function) {
        self.waiting.borrow_mut().push_front(resolve);
        self.ask_once();
    }

    fn next(&self) {
        let mut waiting = self.waiting.borrow_mut();
        let resolve = waiting.pop_front();
        if !waiting.is_empty() {
            self.ask();
        }
        drop(waiting);
        if let Some(resolve) = resolve {
            let _ = resolve.call0(&JsValue::NULL);
        }
    }

    /// A turn is asked for as soon as something waits for one.
    fn ask_once(&self) {
        if self.waiting.borrow().len() == 1 {
            self.ask();
        }
    }

    fn ask(&self) {
        let _ = window().set_timeout_with_callback(self.on_turn.as_ref().unchecked_ref());
    }
}
