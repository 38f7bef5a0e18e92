//! The page as a person meets it, in a real browser. One binary; each file one part of the work.

mod files;
mod keyboard;
mod mouse;
mod storage;
mod tabs;
mod text_stays;
