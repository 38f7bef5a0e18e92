//! How the state changes: transactions, history, commands, keys. The whole editor without a
//! screen.

pub mod state;

pub mod activity;

pub mod transaction;

pub mod checks;

pub mod warned;

pub mod apply;

pub mod history;

pub mod editor;

pub mod derive;

pub mod invariants;

pub mod link_ends;

pub mod schema_change;

pub mod commands;

pub mod notice;

pub mod keymap;

#[cfg(test)]
pub(crate) mod tests;
