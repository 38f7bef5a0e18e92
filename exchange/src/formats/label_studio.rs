//! Label Studio: tasks as a JSON list, with the labelling configuration beside them, out and in.
//!
//! Places count code points (since 2021; older exports count UTF-16 units, so on the way in the
//! words decide). The page of Label Studio drops carriage returns, so the text goes out with LF
//! alone. Regions have no fragments: they reach from the first to the last one, and the fragments
//! stand in the region's `meta`, with what else Label Studio has no control for.

mod config;
mod export;
mod import;
#[cfg(test)]
mod tests;

use crate::carries::Carries;
use crate::export::Written;
use crate::import::Reader;

const CARRIES: Carries = Carries::MENTIONED;

pub const WRITTEN: Written = Written {
    id: "label-studio",
    carries: CARRIES,
    exporter: |options| Box::new(export::Tasks::new(options)),
};

pub const READER: Reader = Reader { id: "label-studio", recognise: import::recognise, read: import::read };

/// The control of the labels, and the text that all controls are on.
const LABEL: &str = "label";
const TEXT: &str = "text";
const CERTAINTY: &str = "certainty";
const ENTITY: &str = "entity";
const ENTITY_ID: &str = "entity_id";
const IDENTIFIER: &str = "identifier";

/// The names that no attribute's control may have.
const RESERVED: [&str; 6] = [LABEL, TEXT, CERTAINTY, ENTITY, ENTITY_ID, IDENTIFIER];

/// The control of an attribute.
fn control_of(key: &str) -> String {
    match RESERVED.contains(&key) || key.starts_with("attribute_") {
        true => format!("attribute_{key}"),
        false => key.to_owned(),
    }
}

/// The attribute of a control.
fn attribute_of(control: &str) -> &str {
    control.strip_prefix("attribute_").unwrap_or(control)
}
