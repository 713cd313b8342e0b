//! The edge: HTTP in front of the store. FHIR REST at `/fhir` and `/t/{tenant}/fhir`, the product's own API at
//! `/api/v1`, health, metrics on a listener of their own, and the web app.
//!
//! The way of a request: `server` (socket, limits, timeouts) → `app` (number, language, rates) → `auth` (who
//! asks) → `rest/dispatch` (which interaction) → the interaction's file → the store → `finish` (common headers).
//! What goes wrong on the way is a [`failure::Failure`], which `outcome` renders.

mod api;
mod app;
mod assets;
mod auth;
mod config;
mod cors;
mod cx;
mod error;
mod failure;
mod finish;
mod health;
mod idempotency;
mod live;
mod log;
mod mail;
mod metrics;
mod outcome;
mod outgoing;
mod rate;
mod rest;
mod server;
mod session;
mod stall;
mod text;
mod tls;
mod wire;

pub use app::App;
pub use assets::{Asset, Assets, NoAssets};
pub use config::{Config, Demo, DemoAccount, Limits, Rate, Rates, Tls, Version};
pub use error::Error;
pub use mail::{MailConfig, MailSecurity, Smtp};
pub use outgoing::{HttpClient, HttpClientConfig};
pub use server::Server;
pub use wire::address::Peer;
