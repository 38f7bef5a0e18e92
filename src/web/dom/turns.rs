//! Turns of what the page does by itself: drawing more of a text, saving it, checking its rules. Each gets a task
//! of its own, one after the other, so that what the browser has to do meanwhile waits for one of them at most.

use std::cell::RefCell;
use std::collections::VecDeque;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessagePort};

/// Resolved in a later task, in which nothing else goes on that waits for this: until then the browser does what it
/// has to. The tasks are messages: unlike timers they are not put off where nobody looks at the page.
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
    /// What is sent here comes back as a task.
    port: Option<MessagePort>,
    _on_message: Closure<dyn FnMut()>,
}

impl Turns {
    fn new() -> Turns {
        let on_message: Closure<dyn FnMut()> = Closure::new(|| TURNS.with(Turns::next));
        let channel = MessageChannel::new().ok();
        let port = channel.map(|channel| {
            channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            channel.port2()
        });
        Turns { waiting: RefCell::default(), port, _on_message: on_message }
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
        if let Some(port) = &self.port {
            let _ = port.post_message(&JsValue::NULL);
        }
    }
}
