//! The store: tenants, versions, search, transactions, the feed, access decisions and audit.
//!
//! Everything clinical is a FHIR R4 resource in one versioned, sealed, tenant-isolated store. Every call
//! takes a [`Ctx`]; the store decides access and writes the audit record, so no endpoint can forget either.
//! It knows neither HTTP nor any domain noun.

pub mod access;
pub mod audit;
pub mod backend;
pub mod body;
pub mod bundle;
pub mod cache;
pub mod ctx;
mod erase;
pub mod error;
mod feed;
mod fresh;
pub mod grant;
mod history;
pub mod hub;
pub mod index;
mod keyring;
pub mod patch;
pub mod postgres;
mod read;
pub mod registry;
pub mod rule;
pub mod search;
pub mod sqlite;
mod tenant;
pub mod write;

pub use backend::{FeedRow, Head, Hit, Op, Parked};
pub use ctx::{Actor, Cause, Clock, Ctx, Ids, Purpose, RandomIds, Role, SystemClock, purpose_parse};
pub use erase::Erased;
pub use error::{Error, Result};
pub use grant::{BreakGlass, Grant, Scope, ScopeContext};
pub use history::{HistoryPage, HistoryRequest};
pub use hub::{
    AccountChange, AccountInfo, Caller, Health, Hub, HubConfig, NewTenant, NewToken, TenantInfo, TokenInfo,
    TokenKey, TokenKind,
};
pub use read::Visible;
pub use rule::{Rule, TxRead};
pub use tenant::{SNAPSHOT_MS, Tenant};
pub use write::{Outcome, Status, Write};
