//! One program for the page and for its worker, so that what both need is loaded once. In a release
//! what only the worker needs is a wasm of its own.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    if web_sys::window().is_some() {
        sourcier::web::start();
        return;
    }
    #[cfg(feature = "split")]
    wasm_bindgen_futures::spawn_local(serve());
    #[cfg(not(feature = "split"))]
    serve();
}

/// All that is reached from here alone is split off, and loaded by the first call.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(exchange))]
fn serve() {
    sourcier_exchange::worker::serve();
}
