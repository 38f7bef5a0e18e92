//! Sourcier: a text annotator for news articles that runs wholly in the browser.
//!
//! Read the modules in this order. Everything but `web` is plain Rust: no clock, no randomness, no
//! input or output, no JavaScript. `cargo check --lib --no-default-features` proves it.

pub use sourcier_base::{json, sorted};

pub mod text;

pub mod model;

pub mod edit;

pub mod journal;

pub mod formats;

pub mod view_model;

#[cfg(feature = "web")]
pub mod web;
