//! Articles without annotations: web pages, plain text, Markdown, Word files, and tables with an
//! article in each row.
//!
//! The text of a plain file is all of it, as it is: also the marks of Markdown, since places count
//! in it. [`encoding`] makes UTF-8 of files in other encodings before any reader sees them.

pub mod docx;
pub mod edited;
pub mod encoding;
pub mod page;
pub mod plain;
pub mod read_page;
pub mod rows;
