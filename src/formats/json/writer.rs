//! Writing JSON straight into a text, so that thirty thousand annotations need no tree of values.
//!
//! The layout is made for people who compare two files: the large lists and objects have one item
//! a line, everything inside an item stands on that line.

use crate::formats::rfc3339::write_time;
use crate::json::{self, Map, Value};
use crate::model::schema::AttributeValue;

/// JSON being written. The caller opens and closes objects in pairs.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) out: String,
    indent: usize,
}

impl Writer {
    pub(super) fn raw(&mut self, json: &str) {
        self.out.push_str(json);
    }

    /// Opens an object or a list whose items stand on lines of their own.
    pub(super) fn open_lines(&mut self, bracket: char) {
        self.out.push(bracket);
        self.indent += 1;
    }

    pub(super) fn close_lines(&mut self, bracket: char) {
        self.indent -= 1;
        if !self.out.ends_with(['{', '[']) {
            self.new_line();
        }
        self.out.push(bracket);
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.indent {
            self.out.push_str("  ");
        }
    }

    /// A comma where something stands before. No value ends in an opening bracket, since strings
    /// end in quotation marks.
    fn comma(&mut self) {
        if !self.out.ends_with(['{', '[']) {
            self.out.push(',');
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
        self.out.push(':');
    }

    pub(super) fn string(&mut self, text: &str) {
        json::write_string(&mut self.out, text);
    }

    pub(super) fn whole(&mut self, number: u64) {
        self.raw(&number.to_string());
    }

    pub(super) fn time(&mut self, time_ms: u64) {
        self.out.push('"');
        write_time(&mut self.out, time_ms);
        self.out.push('"');
    }

    /// A value on one line.
    pub(super) fn value(&mut self, value: &Value) {
        value.write(&mut self.out);
    }

    pub(super) fn attribute_value(&mut self, value: &AttributeValue) {
        match value {
            AttributeValue::Flag(flag) => self.raw(if *flag { "true" } else { "false" }),
            AttributeValue::Text(text) => self.string(text),
            AttributeValue::Number(number) => self.value(&Value::from(*number)),
            AttributeValue::Other(json) => match json::from_str(json) {
                Ok(value) => self.value(&value),
                Err(_) => self.string(json),
            },
        }
    }

    /// The members of an object on lines of their own, lists in it with one item a line.
    pub(super) fn object_lines(&mut self, map: &Map) {
        self.open_lines('{');
        for (key, value) in map.iter() {
            self.line_member(key);
            match value {
                Value::Array(items) => self.list_lines(items),
                other => self.value(other),
            }
        }
        self.close_lines('}');
    }

    pub(super) fn list_lines(&mut self, items: &[Value]) {
        self.open_lines('[');
        for item in items {
            self.line_item();
            self.value(item);
        }
        self.close_lines(']');
    }
}
