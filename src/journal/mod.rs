//! What is stored, as strings: encode and decode, without a place to put them.
//!
//! A work is stored as one snapshot and the records made since. [`record`] is one transaction,
//! [`snapshot`] the whole work at a sequence number, [`recover`] makes an editor of both.
//! `docs/storage.md` describes the form.

pub mod damage;

pub mod record;

pub mod snapshot;

pub mod recover;

mod edits_line;

mod frame;

mod wire;

#[cfg(test)]
pub(crate) mod tests;
