//! The article as text. Knows nothing of annotation.
//!
//! The text is never changed or normalised: every place is a byte offset into it ([`span`]), and
//! [`offsets`] converts to the units of other programs. [`blocks`] cuts the text into paragraphs;
//! [`graphemes`], [`words`], [`sentences`] and [`snap`] find the boundaries round a place without
//! walking the whole text, by the rules of [`unicode`]. [`index`] holds what is made once per text; [`hash`] names a text;
//! [`alignment`] says what two versions of one share.

pub mod abbreviations;
pub mod alignment;
pub mod blocks;
pub mod graphemes;
pub mod hash;
pub mod index;
pub mod offsets;
pub mod sentences;
pub mod snap;
pub mod span;
pub mod unicode;
pub mod words;

#[cfg(test)]
pub(crate) mod samples;
