//! The parts of the screen. Each draws its props; what is thought about is in `view_model`.

pub mod annotation_list;
pub mod announcer;
pub mod article;
pub mod dialog;
pub mod dialogs;
pub mod header;
pub mod inspector;
pub mod kbd;
pub mod palette;
pub mod status_line;
pub mod swatch;
