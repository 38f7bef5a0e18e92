//! The names on the web of a text and of what was said of it: the same work has the same names in
//! each export, so that two formats can point to one thing.

use uuid::Uuid;

use crate::work::Work;

/// The name of a text by its hash: `ni:///sha-256;…` (RFC 6920), which says exactly which bytes.
pub(crate) fn text_iri(work: Work<'_>) -> String {
    let digits = work.state.document.sha256().as_bytes();
    let nibble = |digit: u8| char::from(digit).to_digit(16).unwrap_or(0) as u8;
    let bytes: Vec<u8> = digits.chunks(2).map(|pair| nibble(pair[0]) << 4 | nibble(pair[1])).collect();
    format!("ni:///sha-256;{}", base64_url(&bytes))
}

/// The SHA-256 in hexadecimal that such a name holds.
pub(crate) fn sha256_of(iri: &str) -> Option<String> {
    let encoded = iri.strip_prefix("ni:///sha-256;")?;
    let encoded = encoded.split('?').next().unwrap_or(encoded);
    let mut bits = 0_u32;
    let mut bit_count = 0;
    let mut hex = String::new();
    for letter in encoded.bytes() {
        bits = bits << 6 | LETTERS.iter().position(|&found| found == letter)? as u32;
        bit_count += 6;
        if bit_count >= 8 {
            bit_count -= 8;
            hex.push_str(&format!("{:02x}", bits >> bit_count & 0xFF));
            bits &= (1 << bit_count) - 1;
        }
    }
    (hex.len() == 64).then_some(hex)
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base 64 for URLs, without padding (RFC 4648, section 5).
fn base64_url(bytes: &[u8]) -> String {
    let mut encoded = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |idx: usize| u32::from(*chunk.get(idx).unwrap_or(&0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..=chunk.len() {
            encoded.push(char::from(LETTERS[(bits >> (18 - 6 * place) & 63) as usize]));
        }
    }
    encoded
}

/// Names of what was said of a document.
pub(crate) struct Names {
    /// Two annotators of one text have documents of their own.
    base: String,
}

impl Names {
    pub fn new(work: Work<'_>) -> Names {
        Names { base: format!("{}#{}", text_iri(work), work.state.document.id) }
    }

    pub fn collection(&self) -> String {
        self.name("collection", "")
    }

    pub fn page(&self) -> String {
        self.name("page", "")
    }

    pub fn notes(&self) -> String {
        self.name("notes", "")
    }

    pub fn annotation(&self, id: &str) -> String {
        self.name("annotation", id)
    }

    pub fn relation(&self, id: &str) -> String {
        self.name("relation", id)
    }

    pub fn entity(&self, id: &str) -> String {
        self.name("entity", id)
    }

    fn name(&self, kind: &str, id: &str) -> String {
        urn(&format!("{}/{kind}/{id}", self.base))
    }
}

/// The vocabulary of a schema: its labels, relation types and keys are names in it.
pub(crate) fn vocabulary(schema_id: &str) -> String {
    format!("{}#", urn(&format!("sourcier-schema:{schema_id}")))
}

fn urn(name: &str) -> String {
    format!("urn:uuid:{}", Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::sample;

    #[test]
    fn a_text_is_named_by_its_hash() {
        let state = sample("annotated");
        let iri = text_iri(Work { state: &state, stem: "x" });
        assert_eq!(iri, "ni:///sha-256;aH2k4HDeXmLwFTBCG5fQP9oxwfGaP1q_Z8KtEgAOwdU");
        assert_eq!(sha256_of(&iri).as_deref(), Some(&**state.document.sha256()));
        for wrong in ["", "ni:///sha-256;", "ni:///sha-256;aH2k", "ni:///md5;aH2k", "ni:///sha-256;a b"] {
            assert_eq!(sha256_of(wrong), None);
        }
    }
}
