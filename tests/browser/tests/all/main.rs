//! The page as a person meets it, in a real browser. One binary; each file one part of the work.

mod accessibility;
mod articles;
mod entities;
mod exchange;
mod fields;
mod files;
mod keyboard;
mod large;
mod links;
mod mouse;
mod narrow;
mod no_script;
mod paragraphs;
mod pictures;
mod remarks;
mod requests;
mod schema;
mod single_file;
mod storage;
mod tabs;
mod tampered;
mod text_stays;
mod touch;
mod update;
mod versions;
mod whole_article;
