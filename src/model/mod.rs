//! What is known about the text: documents, schemas, annotations.

pub mod ids;

pub mod schema;

pub mod document;

pub mod annotation;

pub mod tree;

pub mod annotation_set;

pub mod invariants;

pub mod selector;
