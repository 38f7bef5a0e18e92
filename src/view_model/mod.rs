//! Plain data ready to draw, made from the state. Only reads.

pub mod arcs;

pub mod color;

pub mod entities;

pub mod excerpt;

pub mod links;

pub mod markdown;

pub mod messages;

pub mod popover;

pub mod rows;

pub mod sections;

pub mod forms;

pub mod segments;

pub mod window;
