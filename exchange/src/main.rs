//! The worker of the page: hands each message to the [`Desk`] and posts its answer.
//!
//! A message is `[number, request, file, …]`: a number that comes back with the answer, the request
//! as JSON, and files as `Uint8Array`s. Messages are answered in their order. The page stops a long
//! job by ending the worker.

use std::cell::RefCell;

use js_sys::{Array, JsString, Uint8Array};
use sourcier_exchange::desk::Desk;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    sourcier::web::unicode::install();
    let worker: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let desk = RefCell::new(Desk::default());
    let scope = worker.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let message: Array = event.data().unchecked_into();
        let request = String::from(message.get(1).unchecked_into::<JsString>());
        let files = message.iter().skip(2).map(|file| Uint8Array::new(&file).to_vec()).collect();
        let answer = desk.borrow_mut().answer(&request, files);
        let reply = Array::of2(&message.get(0), &answer.json.to_string().into());
        let transferred = Array::new();
        for bytes in &answer.files {
            let bytes = Uint8Array::from(&bytes[..]);
            transferred.push(&bytes.buffer());
            reply.push(&bytes);
        }
        // The answer goes nowhere only where the page is gone.
        let _ = scope.post_message_with_transfer(&reply, &transferred);
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    let _ = worker.post_message(&JsValue::from_str("ready"));
}
