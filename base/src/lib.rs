//! What all of Sourcier is built on, and what every file goes through byte by byte: JSON, and sorting. See
//! docs/decisions/0028.

pub mod sorted;

pub mod json;
