//! Everything through two modules or more, as one test program.

mod messages;
mod tidy;
