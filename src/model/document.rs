//! A document: a text that never changes, and what is needed to find one's way in it.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::model::ids::{DocumentId, FieldKey};
use crate::model::schema::AttributeValue;
use crate::model::structure::Structure;
use crate::sorted::SortedMap;
use crate::text::blocks::BlockIndex;
use crate::text::hash::sha256_hex;
use crate::text::index::TextIndex;
use crate::text::span::TextSpan;

/// The fields of a document: headline, agency, date …
pub type Fields = SortedMap<FieldKey, AttributeValue>;

/// A text under an id. The text is never changed, trimmed or normalised.
#[derive(Debug)]
pub struct Document {
    pub id: DocumentId,
    pub text: Rc<str>,
    pub index: TextIndex,
    /// Milliseconds since 1970 in UTC.
    pub created_ms: u64,
    /// How the text was laid out, for display; fixed with it.
    pub structure: Structure,
    sha256: OnceCell<Rc<str>>,
}

impl Document {
    pub fn new(id: DocumentId, text: Rc<str>, created_ms: u64) -> Document {
        let index = TextIndex::new(&text);
        Document { id, text, index, created_ms, structure: Structure::default(), sha256: OnceCell::new() }
    }

    /// The same text under another id. Nothing is worked out again.
    pub fn under(&self, id: DocumentId) -> Document {
        Document {
            id,
            text: self.text.clone(),
            index: self.index.clone(),
            created_ms: self.created_ms,
            structure: self.structure.clone(),
            sha256: self.sha256.clone(),
        }
    }

    /// The document with its structure, which must be of this text. O(n) where there is any.
    pub fn with_structure(mut self, structure: Structure) -> Document {
        if !structure.is_empty() {
            self.index.blocks = BlockIndex::cut(&self.text, &structure.lines());
        }
        self.structure = structure;
        self
    }

    /// The SHA-256 of the UTF-8 bytes in lower-case hexadecimal. O(n) the first time.
    pub fn sha256(&self) -> &Rc<str> {
        self.sha256.get_or_init(|| Rc::from(sha256_hex(&self.text)))
    }

    /// Takes up the SHA-256 that somebody else worked out.
    pub fn know_sha256(&self, sha256: Rc<str>) {
        debug_assert_eq!(*sha256, *sha256_hex(&self.text));
        let _ = self.sha256.set(sha256);
    }

    /// The words of a span. Panics if the span is not of this text.
    pub fn slice(&self, span: TextSpan) -> &str {
        &self.text[span.range()]
    }

    /// Whether a span ends within this text and cuts no character.
    pub fn holds(&self, span: TextSpan) -> bool {
        self.text.is_char_boundary(span.start().to_usize())
            && self.text.is_char_boundary(span.end().to_usize())
    }
}

/// The text of a field, or nothing.
pub fn field_text<'f>(fields: &'f Fields, key: &str) -> Option<&'f str> {
    fields.get(key).and_then(AttributeValue::as_text)
}
