//! What holds of all formats together, seen from outside as the worker sees it: hostile files do no
//! harm, and memory has bounds.

// The archiver of the unit tests names these as the crate does.
use sourcier_exchange::{desk, export, import, pack};

#[path = "../../src/samples/zip.rs"]
mod archives;
mod exports;
mod hostile;
mod memory;
