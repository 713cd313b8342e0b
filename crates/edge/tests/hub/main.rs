//! The edge in front of a hub in memory: every interaction, every refusal, attacks on every route.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod access;
mod accounts;
mod administration;
mod authenticator;
mod bad_input;
mod conversations;
mod kit;
mod live;
mod notes;
mod oauth;
mod passkey;
mod race;
mod records;
mod rest_operations;
mod rest_patch;
mod rest_read;
mod rest_search;
mod rest_write;
mod routes;
mod scim;
mod sign_in;
mod sign_in_attacks;
mod signed_in;
mod sockets;
mod stations;
mod upstream;
