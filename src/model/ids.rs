//! Identifiers. Each kind has a type of its own, so that none can stand for another.
//!
//! Identifiers are opaque strings: those made here are random (see [`IdSource`]), those of files
//! are kept as they came.

use std::borrow::Borrow;
use std::fmt;
use std::rc::Rc;

macro_rules! string_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Rc<str>);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $name(Rc::from(text))
            }
        }

        /// Lookups by a name that the code knows need no copy of it.
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

string_id!(
    /// An annotation: unique across files and annotators.
    AnnotationId
);
string_id!(RelationId);
string_id!(
    /// One person, organisation, place or event that several mentions refer to.
    EntityId
);
string_id!(DocumentId);
string_id!(
    /// A project on this computer. The first one's is empty.
    ProjectId
);
string_id!(AnnotatorId);
string_id!(
    /// A label of the schema (`ALLEGATION`).
    LabelId
);
string_id!(GroupId);
string_id!(RelationTypeId);
string_id!(
    /// The key of an attribute in the schema and in files (`evidence_status`).
    AttributeKey
);
string_id!(
    /// The key of a document field (`date_published`).
    FieldKey
);

/// Makes fresh identifiers from random bits given from outside, since the plain half of the
/// program has no randomness of its own.
///
/// An identifier is a letter for its kind and 13 characters of Crockford's base 32: 64 bits, so
/// that a million annotations of many annotators meet with a probability below 10⁻⁷. It starts
/// with a letter because XML formats ask for that.
#[derive(Clone, Debug)]
pub struct IdSource {
    state: u64,
}

impl IdSource {
    /// `seed` is random in the browser and fixed in tests.
    pub fn new(seed: u64) -> IdSource {
        IdSource { state: seed }
    }

    pub fn annotation(&mut self) -> AnnotationId {
        AnnotationId(self.next('a'))
    }

    pub fn relation(&mut self) -> RelationId {
        RelationId(self.next('r'))
    }

    pub fn entity(&mut self) -> EntityId {
        EntityId(self.next('e'))
    }

    pub fn document(&mut self) -> DocumentId {
        DocumentId(self.next('d'))
    }

    pub fn project(&mut self) -> ProjectId {
        ProjectId(self.next('p'))
    }

    pub fn annotator(&mut self) -> AnnotatorId {
        AnnotatorId(self.next('u'))
    }

    fn next(&mut self, kind: char) -> Rc<str> {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let mut bits = self.next_u64();
        let mut id = String::with_capacity(14);
        id.push(kind);
        for _ in 0..13 {
            id.push(char::from(DIGITS[(bits & 31) as usize]));
            bits >>= 5;
        }
        Rc::from(id)
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014): a bijection of a counter, so one source never
    /// repeats within 2⁶⁴ identifiers.
    fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }
}
