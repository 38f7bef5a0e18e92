//! The page as a person meets it, in a real browser. One binary; each file one part of the work.

mod files;
mod keyboard;
mod mouse;
mod no_script;
mod requests;
mod storage;
mod tabs;
mod tampered;
mod text_stays;
mod touch;
