//! A browser for tests: serves the built page, drives a real browser over WebDriver, and speaks
//! of the page in the field's words. The tests themselves are in `tests/all`.
//!
//! Everything that only one browser has is in `chromium`; the rest is plain WebDriver, so that
//! the same tests can run in Firefox and WebKit.

pub mod actions;
pub mod article;
pub mod bench;
mod chromium;
mod config;
mod driver;
pub mod keys;
pub mod page;
pub mod server;
mod webdriver;
pub mod work;
