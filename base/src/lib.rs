//! What all of Sourcier is built on, and what every file goes through byte by byte: JSON, and sorting. In a
//! release this package is compiled for speed, where the others are for size: see docs/decisions/0028.

pub mod sorted;

pub mod json;
