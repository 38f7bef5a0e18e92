//! Plain data ready to draw, made from the state. Only reads.

pub mod messages;

pub mod segments;

pub mod sections;

pub mod rows;

pub mod window;
