// The worker of the formats. The page first sends it the wasm: an address, or in sourcier.html the bytes
// themselves. Messages that come before the wasm listens are kept by the page, which waits for "ready".
// `cargo xtask dist` puts wasm-bindgen's JavaScript here in place of the next line.
importScripts("exchange.js");
onmessage = (event) => {
  onmessage = null;
  wasm_bindgen({ module_or_path: event.data }).catch((error) => {
    setTimeout(() => {
      throw error;
    });
  });
};
