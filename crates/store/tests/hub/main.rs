//! What the store promises, told as stories on an embedded hub in a temporary folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backup;
mod canary;
mod clinic;
mod conditional;
mod erasure;
mod paging;
mod rotation;
mod versions;
