//! Tokens in rows with a tag each: CoNLL-2003 with its four columns, and two columns with the tags
//! IOB2 or BILOU.
//!
//! As read by seqeval, spaCy's converters and doccano: a blank line after each sentence, no white
//! space in a token, the tag last. CoNLL-2003 parts its columns by blanks and starts a document with
//! a `-DOCSTART-` line; the others part two columns by a tab, which doccano demands, and have no such
//! line, which spaCy would take for a token. The rows hold no places: the text lies beside them
//! (`.txt`), and on the way in the tokens are looked for in it. Without it the text is the tokens
//! with blanks between.

mod export;
mod import;
mod tags;

pub use export::{BILOU, CONLL2003, IOB2};
pub use import::{READ_BILOU, READ_CONLL2003, READ_IOB2};

/// The columns and tags of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Conll2003,
    Iob2,
    Bilou,
}

impl Scheme {
    /// Of the files.
    fn extension(self) -> &'static str {
        match self {
            Scheme::Conll2003 => "conll",
            Scheme::Iob2 => "iob2",
            Scheme::Bilou => "bilou",
        }
    }
}

#[cfg(test)]
mod tests;
