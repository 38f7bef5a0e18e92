//! Writing: on one line and without a space, or on many lines for people.

use std::fmt;

use crate::json::{Map, Value};

impl Value {
    pub fn write(&self, out: &mut String) {
        match self {
            Value::Null => out.push_str("null"),
            Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Value::Number(number) => number.write(out),
            Value::String(text) => write_string(out, text),
            Value::Array(items) => {
                out.push('[');
                for (idx, item) in items.iter().enumerate() {
                    out.push_str(if idx > 0 { "," } else { "" });
                    item.write(out);
                }
                out.push(']');
            }
            Value::Object(map) => map.write(out),
        }
    }

    /// Each item and each member on a line of its own, indented by two blanks a level.
    pub fn to_lines(&self) -> String {
        let mut out = String::new();
        self.write_lines(&mut out, "\n");
        out
    }

    /// `line` is a line break and what the line of this value begins with.
    fn write_lines(&self, out: &mut String, line: &str) {
        let inner = [line, "  "].concat();
        match self {
            Value::Array(items) if !items.is_empty() => {
                out.push('[');
                for (idx, item) in items.iter().enumerate() {
                    out.push_str(if idx > 0 { "," } else { "" });
                    out.push_str(&inner);
                    item.write_lines(out, &inner);
                }
                out.push_str(line);
                out.push(']');
            }
            Value::Object(map) if !map.is_empty() => {
                out.push('{');
                for (idx, (key, value)) in map.iter().enumerate() {
                    out.push_str(if idx > 0 { "," } else { "" });
                    out.push_str(&inner);
                    write_string(out, key);
                    out.push_str(": ");
                    value.write_lines(out, &inner);
                }
                out.push_str(line);
                out.push('}');
            }
            other => other.write(out),
        }
    }
}

impl Map {
    pub fn write(&self, out: &mut String) {
        out.push('{');
        for (idx, (key, value)) in self.iter().enumerate() {
            out.push_str(if idx > 0 { "," } else { "" });
            write_string(out, key);
            out.push(':');
            value.write(out);
        }
        out.push('}');
    }
}

/// The text between quotation marks.
pub fn write_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    let is_escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    while let Some(at) = rest.bytes().position(is_escaped) {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'\x08' => out.push_str("\\b"),
            b'\x0c' => out.push_str("\\f"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            byte if byte < b' ' => {
                out.push_str(if byte < 16 { "\\u000" } else { "\\u001" });
                out.push(char::from(b"0123456789abcdef"[usize::from(byte % 16)]));
            }
            byte => out.extend(['\\', char::from(byte)]),
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

impl fmt::Display for Map {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut json = String::new();
        self.write(&mut json);
        formatter.write_str(&json)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut json = String::new();
        self.write(&mut json);
        formatter.write_str(&json)
    }
}
