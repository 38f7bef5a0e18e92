//! Data sets for Hugging Face's `datasets`: JSON Lines with the same columns in every row, and a
//! card (`README.md`) whose head declares the columns, so that empty lists have a type too.
//!
//! `hf-tokens` has a row for each sentence, with tokens and the numbers of their tags: `O` is 0, and
//! each label has a number for its first token and one for the others. `hf-spans` has a row for each
//! document. Places count code points. Out only.

mod card;
mod spans;
mod tokens;

pub use spans::WRITTEN as SPANS;
pub use tokens::WRITTEN as TOKENS;

#[cfg(test)]
mod tests;
