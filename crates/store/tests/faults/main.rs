//! Faults: the process is killed, the power goes, the disk is full or fails. A child process writes and says what was acknowledged; the
//! parent kills it and counts what is there afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod child;
mod fsync_error;
mod full;
mod kill;
mod power;
