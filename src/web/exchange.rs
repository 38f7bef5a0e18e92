//! The page's side of the worker that writes and reads the formats of other programs.
//!
//! The worker is started with the first request and answers them in their order; see the package
//! `exchange` for what can be asked. Ending it is how a long job is stopped: the next request starts
//! another.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

use crate::json::{Map, Value, from_str};
use crate::web::dom;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExchangeError {
    /// The worker cannot be started, or came to a sudden end.
    Unavailable,
    /// [`Exchange::stop`] was called.
    Stopped,
    /// The worker knows no answer: its code for the reason.
    Refused,
}

/// A request: what is to be done, and with what.
pub fn request<const N: usize>(what: &str, members: [(&'static str, Value); N]) -> Value {
    let mut request = Map::from_iter([("do", Value::from(what))]);
    for (key, value) in members {
        request.insert(key, value);
    }
    Value::Object(request)
}

/// A text of an answer; empty where there is none.
pub fn text<'j>(json: &'j Value, key: &str) -> &'j str {
    json.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A number of an answer.
pub fn count(json: &Value, key: &str) -> usize {
    json.get(key).and_then(Value::as_u64).unwrap_or_default() as usize
}

/// A list of an answer.
pub fn list<'j>(json: &'j Value, key: &str) -> &'j [Value] {
    json.get(key).and_then(Value::as_array).unwrap_or_default()
}

/// An answer with the files that go with it.
pub struct Reply {
    pub json: Value,
    pub files: Vec<Vec<u8>>,
}

/// The worker, where one is at work.
#[derive(Default)]
pub struct Exchange {
    worker: RefCell<Option<Rc<Running>>>,
    next_number: Cell<u32>,
}

/// A worker and those who wait for its answers, under their numbers.
struct Running {
    worker: Worker,
    waiting: RefCell<Vec<(u32, Function)>>,
    /// Until the worker is ready, which is number 0.
    ready: Promise,
    _listeners: RefCell<Vec<EventListener>>,
}

impl Exchange {
    /// Asks the worker. `files` go with the request.
    pub async fn ask(&self, request: &Value, files: &[&[u8]]) -> Result<Reply, ExchangeError> {
        let running = self.running().await?;
        let number = self.next_number.get() + 1;
        self.next_number.set(number);
        let message = Array::of2(&number.into(), &request.to_string().into());
        let transferred = Array::new();
        for bytes in files {
            let bytes = Uint8Array::from(*bytes);
            transferred.push(&bytes.buffer());
            message.push(&bytes);
        }
        let answer = running.answer(number);
        let posted = running.worker.post_message_with_transfer(&message, &transferred);
        posted.map_err(|_| ExchangeError::Unavailable)?;
        let answer: Array = settled(answer).await?.unchecked_into();
        let json = answer.get(1).as_string().and_then(|json| from_str(&json).ok()).unwrap_or_default();
        if json.get("error").is_some() {
            return Err(ExchangeError::Refused);
        }
        let files = answer.iter().skip(2).map(|file| Uint8Array::new(&file).to_vec()).collect();
        Ok(Reply { json, files })
    }

    /// Ends the worker with all that it does. Whoever waits gets [`ExchangeError::Stopped`].
    pub fn stop(&self) {
        if let Some(running) = self.worker.take() {
            running.worker.terminate();
            running.give_up(ExchangeError::Stopped);
        }
    }

    async fn running(&self) -> Result<Rc<Running>, ExchangeError> {
        let found = self.worker.borrow().clone();
        let running = match found {
            Some(running) => running,
            None => {
                let worker = start().await.ok_or(ExchangeError::Unavailable)?;
                let running = Running::new(worker);
                *self.worker.borrow_mut() = Some(running.clone());
                running
            }
        };
        let ready = settled(running.ready.clone()).await;
        if ready == Err(ExchangeError::Unavailable)
            && let Some(failed) = self.worker.take()
        {
            failed.worker.terminate();
        }
        ready.map(|_| running)
    }
}

impl Running {
    fn new(worker: Worker) -> Rc<Running> {
        Rc::new_cyclic(|weak: &std::rc::Weak<Running>| {
            let (on_message, on_error) = (weak.clone(), weak.clone());
            let listeners = vec![
                EventListener::new(&worker, "message", move |event| {
                    if let (Some(running), Some(event)) =
                        (on_message.upgrade(), event.dyn_ref::<MessageEvent>())
                    {
                        running.take(&event.data());
                    }
                }),
                EventListener::new(&worker, "error", move |_| {
                    if let Some(running) = on_error.upgrade() {
                        running.give_up(ExchangeError::Unavailable);
                    }
                }),
            ];
            let waiting = RefCell::default();
            let ready = promise(&waiting, 0);
            Running { worker, waiting, ready, _listeners: RefCell::new(listeners) }
        })
    }

    /// Fulfilled with the message of this number.
    fn answer(&self, number: u32) -> Promise {
        promise(&self.waiting, number)
    }

    fn take(&self, message: &JsValue) {
        // "ready" is no list.
        let number = message.dyn_ref::<Array>().and_then(|list| list.get(0).as_f64()).unwrap_or_default();
        let mut waiting = self.waiting.borrow_mut();
        if let Some(idx) = waiting.iter().position(|(waited_for, _)| f64::from(*waited_for) == number) {
            let (_, resolve) = waiting.remove(idx);
            let _ = resolve.call1(&JsValue::NULL, message);
        }
    }

    /// Tells all who wait that no answer comes.
    fn give_up(&self, error: ExchangeError) {
        let code = JsValue::from(if error == ExchangeError::Stopped { 1 } else { 0 });
        for (_, resolve) in self.waiting.take() {
            let _ = resolve.call1(&JsValue::NULL, &code);
        }
    }
}

fn promise(waiting: &RefCell<Vec<(u32, Function)>>, number: u32) -> Promise {
    Promise::new(&mut |resolve, _| waiting.borrow_mut().push((number, resolve)))
}

/// The message that was waited for, or why there is none ([`Running::give_up`] gives a number).
async fn settled(promise: Promise) -> Result<JsValue, ExchangeError> {
    let message = JsFuture::from(promise).await.map_err(|_| ExchangeError::Unavailable)?;
    match message.as_f64() {
        Some(0.0) => Err(ExchangeError::Unavailable),
        Some(_) => Err(ExchangeError::Stopped),
        None => Ok(message),
    }
}

/// `static/boot.js` knows where the worker's files are.
async fn start() -> Option<Worker> {
    let start: Function = Reflect::get(&dom::window(), &"sourcierExchange".into()).ok()?.dyn_into().ok()?;
    let started: Promise = start.call0(&JsValue::NULL).ok()?.dyn_into().ok()?;
    JsFuture::from(started).await.ok()?.dyn_into().ok()
}
