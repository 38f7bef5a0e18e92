//! What is known about the text: documents, schemas, annotations.

pub mod ids;
pub mod schema;
