//! The formats of other programs: articles and labelled data in, labelled data out.
//!
//! A worker of the page loads this when someone opens or saves such a file; the native format
//! stays in the package `sourcier`, and is the only thing that the two exchange. Everything here is
//! plain Rust: what a browser does better (decoding old encodings, reading HTML) is handed in.
//!
//! A way out is an [`export::Exporter`]: it gets documents one after the other and writes files. What
//! a format cannot carry is counted from its [`carries::Carries`], so that a format states it once
//! and the dialog, the documentation and the tests of its round trip all read the same.
//! A way in is a [`import::Reader`]: it finds its files by their content and makes [`draft::Draft`]s,
//! which say no more than the file did. [`native`] then puts a draft on the project's schema, as a
//! native file; opening that file checks places, ids and words as for any other.

pub mod articles;
pub mod carries;
pub mod desk;
pub mod draft;
pub mod export;
pub mod formats;
pub mod import;
pub mod losses;
pub mod mapping;
pub mod names;
pub mod native;
pub mod options;
pub mod pack;
pub mod problems;
pub mod work;
#[cfg(feature = "web")]
pub mod worker;

mod shared;

#[cfg(test)]
pub(crate) mod samples;
