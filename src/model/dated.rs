//! The history of a value that changes with the news: what the article's evidence was, and since
//! when.

use std::rc::Rc;

use crate::model::schema::AttributeValue;

/// A value that a person chose for a dated attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedValue {
    pub value: AttributeValue,
    /// Since when it holds, as far as the annotator knows: an ISO 8601 date (`2026-11-26`).
    pub as_of: Rc<str>,
    /// When it was set: milliseconds since 1970 in UTC.
    pub set_ms: u64,
}

/// The chosen values, in the order of `as_of`, then of the time they were set. The last one
/// counts.
pub type DatedValues = Rc<[DatedValue]>;
