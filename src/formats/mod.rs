//! The project's data in the forms of files: each file form has a module of its own.

pub mod presets;
pub mod schema_json;
