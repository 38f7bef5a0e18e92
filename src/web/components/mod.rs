//! The parts of the screen. Each draws its props; what is thought about is in `view_model`.

pub mod annotation_list;
pub mod announcer;
pub mod article;
pub mod dialog;
pub mod dialogs;
pub mod element;
pub mod entity_list;
pub mod guidelines;
pub mod header;
pub mod inspector;
pub mod kbd;
pub mod line;
pub mod palette;
pub mod schema_editor;
pub mod scroll_window;
pub mod segmented;
pub mod side_panel;
pub mod status_line;
pub mod swatch;
pub mod text_field;
pub mod warning_list;
