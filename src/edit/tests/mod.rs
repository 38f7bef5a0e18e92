//! The editor without a screen, driven by keys and drawn as text.

pub(crate) mod support;

pub(crate) mod drawing;

pub(crate) mod random;

mod marking;

mod choosing;

mod ends;

mod history;

mod linking;

mod deriving;

mod laws;

mod runs;

mod schema_changes;
