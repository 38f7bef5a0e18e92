//! Web Annotation JSON-LD (W3C Recommendation “Web Annotation Data Model”, 2017), out and in.
//!
//! One document is one `AnnotationCollection` with its page in it (`….jsonld`), and the text beside
//! it (`….txt`). Places count Unicode code points, as the Recommendation asks. What it has no term
//! for stands under the prefix `news:`, which the file's own context declares: JSON-LD drops keys
//! that no context has.

mod export;
mod import;
mod locate;
#[cfg(test)]
mod tests;

pub use export::WRITTEN;
pub use import::READER;

/// The context of the Recommendation.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// The fields of a document that schema.org has a property for.
const SCHEMA_FIELDS: [(&str, &str); 5] = [
    ("headline", "schema:headline"),
    ("date_published", "schema:datePublished"),
    ("dateline_place", "schema:dateline"),
    ("agency", "schema:publisher"),
    ("author", "schema:author"),
];

/// The terms beside the value of an attribute, which no attribute may be called.
const BODY_TERMS: [&str; 4] = ["news:byHand", "news:dated", "news:key", "news:data"];

/// The term for the value of an attribute: `evidence_status` is `news:evidenceStatus`. `None` for a
/// key that makes no term.
fn term(key: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !key.bytes().all(is_plain) {
        return None;
    }
    let mut term = "news:".to_owned();
    for (idx, word) in key.split('_').enumerate() {
        let first = word.chars().next()?;
        term.push(if idx > 0 { first.to_ascii_uppercase() } else { first });
        term.push_str(&word[1..]);
    }
    (!BODY_TERMS.contains(&term.as_str())).then_some(term)
}
