//! The worker of the page: hands each message to the [`Desk`] and posts its answer.
//!
//! A message is `[number, request, file, …]`: a number that comes back with the answer, the request
//! as JSON, and files as `Uint8Array`s. Messages are answered in their order. The page stops a long
//! job by ending the worker.

use std::cell::RefCell;

use crate::desk::{Desk, Means};
use crate::export::OutFile;
use crate::import::InFile;
use crate::pack::{Archiver, FILE_COUNT_MAX, Packer, UNPACKED_BYTES_MAX, Unpacked};
use js_sys::{Array, JsString, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, TextDecoder};

// `static/exchange_start.js`.
#[wasm_bindgen(js_namespace = sourcierZip)]
extern "C" {
    type JsArchive;

    #[wasm_bindgen(js_name = pack)]
    fn js_pack() -> JsArchive;

    #[wasm_bindgen(method, catch)]
    fn add(this: &JsArchive, path: &str, bytes: &[u8]) -> Result<(), js_sys::Error>;

    #[wasm_bindgen(method, catch)]
    fn finish(this: &JsArchive) -> Result<Uint8Array, js_sys::Error>;

    #[wasm_bindgen(js_name = unpack, catch)]
    fn js_unpack(archive: &Uint8Array, count_max: usize, bytes_max: usize) -> Result<Array, js_sys::Error>;
}

/// Answers the page from now on.
pub fn serve() {
    sourcier::web::use_browser();
    let worker: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let desk = RefCell::new(Desk::new(Means { archiver: Archiver { pack, unpack }, decode }));
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

struct Archive(JsArchive);

fn pack() -> Box<dyn Packer> {
    Box::new(Archive(js_pack()))
}

impl Packer for Archive {
    fn add(&mut self, file: OutFile) -> Result<(), String> {
        // The bytes are read at once, before anything else can happen to them.
        self.0.add(&file.path, &file.bytes).map_err(words)
    }

    fn finish(self: Box<Self>) -> Result<Vec<u8>, String> {
        self.0.finish().map(|archive| archive.to_vec()).map_err(words)
    }
}

fn unpack(archive: &[u8]) -> Result<Unpacked, String> {
    let list = js_unpack(&Uint8Array::from(archive), FILE_COUNT_MAX, UNPACKED_BYTES_MAX).map_err(words)?;
    let file = |idx: u32| InFile {
        path: list.get(2 * idx).as_string().unwrap_or_default(),
        bytes: list.get(2 * idx + 1).unchecked_into::<Uint8Array>().to_vec(),
    };
    Ok(Unpacked { files: (0..list.length() / 2).map(file).collect(), is_cut: list.length() % 2 == 1 })
}

fn decode(bytes: &[u8], encoding: &str) -> Option<String> {
    let decoder = TextDecoder::new_with_label(encoding).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

fn words(error: js_sys::Error) -> String {
    String::from(error.message())
}
