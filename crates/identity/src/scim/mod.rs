//! SCIM 2.0, inbound (RFC 7643, RFC 7644): the clinic's directory keeps our accounts up to date. Users are
//! accounts of people, groups are our roles. The caller is a program with the scope `scim`; accounts of programs
//! are none of its business.

mod answer;
mod configuration;
mod filter;
mod gate;
mod group;
mod groups;
mod operation;
mod user;
mod user_change;
mod users;

use crate::oauth::open;
use crate::verb;
use service::Method::{Delete, Get, Patch, Post, Put};
use service::Route;
use std::sync::Arc;

pub fn routes() -> Vec<Route> {
    let none = Arc::new(());
    let s = &none;
    vec![
        verb::open(s, Get, "/scim/v2/Users", "Lists accounts (SCIM)", users::list),
        verb::open(s, Post, "/scim/v2/Users", "Creates an account (SCIM)", users::create),
        verb::open(s, Get, "/scim/v2/Users/{id}", "Shows an account (SCIM)", users::show),
        verb::open(s, Put, "/scim/v2/Users/{id}", "Replaces an account (SCIM)", users::replace),
        verb::open(s, Patch, "/scim/v2/Users/{id}", "Changes an account (SCIM)", users::patch),
        verb::open(s, Delete, "/scim/v2/Users/{id}", "Closes an account (SCIM)", users::remove),
        verb::open(s, Get, "/scim/v2/Groups", "Lists roles (SCIM)", groups::list),
        verb::open(s, Post, "/scim/v2/Groups", "Roles are fixed (SCIM)", groups::create),
        verb::open(s, Get, "/scim/v2/Groups/{id}", "Shows a role and who has it (SCIM)", groups::show),
        verb::open(s, Put, "/scim/v2/Groups/{id}", "Says who has a role (SCIM)", groups::replace),
        verb::open(s, Patch, "/scim/v2/Groups/{id}", "Changes who has a role (SCIM)", groups::patch),
        open(Get, "/scim/v2/ServiceProviderConfig", "What our SCIM can do", configuration::Provider),
        open(Get, "/scim/v2/ResourceTypes", "What our SCIM knows", configuration::ResourceTypes),
        open(Get, "/scim/v2/Schemas", "What our SCIM knows of them", configuration::Schemas),
    ]
}
