//! Hostile files: each attack in the syntax of each reader, read by the reader alone and by the desk as
//! the page asks it, down to the open document.
//!
//! No attack may panic, and none may set aside more than a multiple of its bytes, at one time or in
//! all: so none hangs or fills the memory either. What an attack does not touch comes in, and that
//! something was wrong is told.

mod archives;
mod depth;
mod encodings;
mod forms;
mod ids;
mod many;
mod places;
mod reading;
mod words;
