//! Signing and checking together.

mod bad_input;
mod others;
mod signing;
mod verdicts;
