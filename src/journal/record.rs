//! One record of the journal: a transaction with edits, under its sequence number.

use crate::edit::state::Focus;
use crate::edit::transaction::Transaction;
use crate::journal::edits_line::EditsLine;
use crate::journal::frame::unseal;
use crate::journal::wire::{record_of_json, record_to_json};
use crate::json::from_str;

/// The version of records that this program writes. It reads the older ones too.
pub const RECORD_VERSION: u32 = 2;

/// A transaction as it was made. Offsets are in bytes of the document's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Counts the transactions with edits of one work, from 1.
    pub seq: u64,
    /// Of the form it was read from: 1 knew neither relations nor entities.
    pub version: u32,
    /// The focus that the transaction met: the history holds it, and moves of the focus alone
    /// have no records.
    pub focus_before: Focus,
    pub transaction: Transaction,
}

/// Why a record cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordError {
    /// Cut off or changed: the checksum differs.
    Damaged,
    /// Whole, but of a version that this program does not know: made by a newer one.
    UnknownVersion(String),
    /// Whole, but not a record, or not one of its version.
    Malformed,
}

/// The record as a string: checksum, `r`, version, sequence number, JSON. `focus_before` is the
/// focus of the state that the transaction was dispatched on.
pub fn encode_record(seq: u64, focus_before: &Focus, transaction: &Transaction) -> String {
    let mut line = record_line(seq, focus_before, transaction);
    line.push(&transaction.edits);
    line.finish()
}

/// As [`encode_record`], for a transaction of very many edits: they are still to be written.
pub fn record_line(seq: u64, focus_before: &Focus, transaction: &Transaction) -> EditsLine {
    EditsLine::new(&format!("r {RECORD_VERSION} {seq} "), record_to_json(focus_before, transaction))
}

pub fn decode_record(raw: &str) -> Result<Record, RecordError> {
    let body = unseal(raw).ok_or(RecordError::Damaged)?;
    let rest = body.strip_prefix("r ").ok_or(RecordError::Malformed)?;
    let (version, rest) = rest.split_once(' ').ok_or(RecordError::Malformed)?;
    let version = known_version(version, RECORD_VERSION)
        .ok_or_else(|| RecordError::UnknownVersion(version.to_string()))?;
    let (seq, json) = rest.split_once(' ').ok_or(RecordError::Malformed)?;
    let seq = seq.parse().map_err(|_| RecordError::Malformed)?;
    let record = from_str(json).ok().and_then(record_of_json);
    let (focus_before, transaction) = record.ok_or(RecordError::Malformed)?;
    Ok(Record { seq, version, focus_before, transaction })
}

/// The number of a version up to `newest`, written as this program writes it.
pub(super) fn known_version(version: &str, newest: u32) -> Option<u32> {
    (1..=newest).find(|known| version == known.to_string())
}

#[cfg(test)]
mod tests;
