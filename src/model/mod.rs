//! What is known about the text: documents, schemas, annotations.

pub mod ids;

pub mod dates;

pub mod iris;

pub mod schema;

pub mod structure;

pub mod document;

pub mod dated;

pub mod annotation;

pub mod tree;

pub mod annotation_set;

pub mod relation;

pub mod entity;

pub mod paragraphs;

pub mod timing;

pub mod invariants;

pub mod selector;
