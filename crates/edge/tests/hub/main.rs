//! The edge in front of a hub in memory: every interaction, every refusal, attacks on every route.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod accounts;
mod bad_input;
mod kit;
mod oauth;
mod race;
mod rest_read;
mod rest_search;
mod rest_write;
mod routes;
mod scim;
mod sockets;
mod upstream;
