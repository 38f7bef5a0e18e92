//! Writing JSON straight into bytes, so that thirty thousand annotations need no tree of values.
//!
//! The layout is made for people who compare two files: the large lists and objects have one item
//! a line, everything inside an item stands on that line.

use serde_json::{Map, Value};

use crate::formats::json::value::write_number;
use crate::formats::rfc3339::write_time;
use crate::model::schema::AttributeValue;

/// JSON being written. The caller opens and closes objects in pairs.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) out: Vec<u8>,
    indent: usize,
}

impl Writer {
    pub(super) fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    /// Opens an object or a list whose items stand on lines of their own.
    pub(super) fn open_lines(&mut self, bracket: u8) {
        self.out.push(bracket);
        self.indent += 1;
    }

    pub(super) fn close_lines(&mut self, bracket: u8) {
        self.indent -= 1;
        if !matches!(self.out.last(), Some(b'{' | b'[')) {
            self.new_line();
        }
        self.out.push(bracket);
    }

    fn new_line(&mut self) {
        self.out.push(b'\n');
        self.out.resize(self.out.len() + 2 * self.indent, b' ');
    }

    /// A comma where something stands before. No value ends in an opening bracket, since strings
    /// end in quotation marks.
    fn comma(&mut self) {
        if !matches!(self.out.last(), Some(b'{' | b'[')) {
            self.out.push(b',');
        }
    }

    /// Begins an item of a list on a line of its own.
    pub(super) fn line_item(&mut self) {
        self.comma();
        self.new_line();
    }

    /// Begins a member on a line of its own.
    pub(super) fn line_member(&mut self, key: &str) {
        self.line_item();
        self.string(key);
        self.raw(": ");
    }

    /// Begins a member on the same line.
    pub(super) fn member(&mut self, key: &str) {
        self.comma();
        self.string(key);
        self.out.push(b':');
    }

    pub(super) fn string(&mut self, text: &str) {
        let is_escaped = |&byte: &u8| byte < b' ' || byte == b'"' || byte == b'\\';
        if !text.as_bytes().iter().any(is_escaped) {
            self.out.push(b'"');
            self.out.extend_from_slice(text.as_bytes());
            self.out.push(b'"');
            return;
        }
        // Writing to a vector does not fail, and neither does a string.
        let written = serde_json::to_writer(&mut self.out, text);
        debug_assert!(written.is_ok());
    }

    pub(super) fn whole(&mut self, number: u64) {
        let written = serde_json::to_writer(&mut self.out, &number);
        debug_assert!(written.is_ok());
    }

    pub(super) fn time(&mut self, time_ms: u64) {
        self.out.push(b'"');
        write_time(&mut self.out, time_ms);
        self.out.push(b'"');
    }

    /// A value on one line. `Value` always has string keys, so this does not fail.
    pub(super) fn value(&mut self, value: &Value) {
        let written = serde_json::to_writer(&mut self.out, value);
        debug_assert!(written.is_ok());
    }

    pub(super) fn attribute_value(&mut self, value: &AttributeValue) {
        match value {
            AttributeValue::Flag(flag) => self.raw(if *flag { "true" } else { "false" }),
            AttributeValue::Text(text) => self.string(text),
            AttributeValue::Number(number) => write_number(&mut self.out, *number),
            AttributeValue::Other(json) => match serde_json::from_str::<Value>(json) {
                Ok(value) => self.value(&value),
                Err(_) => self.string(json),
            },
        }
    }

    /// The members of an object on lines of their own, lists in it with one item a line.
    pub(super) fn object_lines(&mut self, map: &Map<String, Value>) {
        self.open_lines(b'{');
        for (key, value) in map {
            self.line_member(key);
            match value {
                Value::Array(items) => self.list_lines(items),
                other => self.value(other),
            }
        }
        self.close_lines(b'}');
    }

    pub(super) fn list_lines(&mut self, items: &[Value]) {
        self.open_lines(b'[');
        for item in items {
            self.line_item();
            self.value(item);
        }
        self.close_lines(b']');
    }
}
