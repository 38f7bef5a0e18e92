//! The dialogs of the page.

pub mod command_list;
pub mod complete;
pub mod confirm;
pub mod documents;
pub mod export;
pub mod fields;
pub mod help;
pub mod import;
pub mod name;
pub mod new_label;
pub mod opening;
pub mod parts;
pub mod paste;
pub mod report_text;
pub mod settings;
