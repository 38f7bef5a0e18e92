//! What several formats share.

pub mod id_index;
pub mod iri;
pub mod json_lines;
pub mod layer;
pub mod line_ends;
pub mod places;
pub mod tokens;
pub mod xml;
