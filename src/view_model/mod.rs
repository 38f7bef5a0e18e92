//! Plain data ready to draw.

pub mod color;
