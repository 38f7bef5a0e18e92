//! A sealed line with a transaction or a step: its JSON begins with the edits, of which there may be very many, and
//! so is written some at a time.

use crate::edit::transaction::Edit;
use crate::journal::frame::Sealing;
use crate::journal::wire::edit_to_json;
use crate::json::{Map, Value};

#[derive(Clone, Debug)]
pub struct EditsLine {
    sealing: Sealing,
    /// How many edits are written.
    pushed: usize,
    /// The members after the edits.
    rest: String,
}

impl EditsLine {
    /// `head` stands before the JSON, `rest` has the members after the edits: one at least.
    pub fn new(head: &str, rest: Map) -> EditsLine {
        let mut sealing = Sealing::default();
        sealing.push(head);
        sealing.push("{\"e\":[");
        EditsLine { sealing, pushed: 0, rest: Value::Object(rest).to_string() }
    }

    pub fn pushed(&self) -> usize {
        self.pushed
    }

    /// Writes the next edits.
    pub fn push(&mut self, edits: &[Edit]) {
        for edit in edits {
            if self.pushed > 0 {
                self.sealing.push(",");
            }
            self.sealing.push(&edit_to_json(edit).to_string());
            self.pushed += 1;
        }
    }

    pub fn finish(mut self) -> String {
        self.sealing.push("],");
        self.sealing.push(&self.rest[1..]);
        self.sealing.finish()
    }
}
