//! The page as a person meets it, in a real browser. One binary; each file one part of the work.

mod keyboard;
mod mouse;
mod text_stays;
