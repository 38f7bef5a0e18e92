//! Tests of the native file. `support` is the only place that knows the API.

mod anchor;
mod broken;
mod golden;
mod laws;
mod links;
mod open;
mod random;
mod scale;
mod schema;
mod steps;
mod structure;
mod support;
mod version;
mod version_1;
