//! Sign-in: passwords, second factors, passkeys, sessions, ward stations, emergency access. One verb a file.
//!
//! `desk` holds what they share; `credential`, `ticket`, `link`, `device`, `station` are what the vault keeps;
//! `throttle` and `hashing` bound what anyone may cost.

mod break_glass;
mod break_glass_notice;
mod break_glass_review;
pub mod credential;
pub mod desk;
mod device;
mod emergency;
mod enrolled;
mod fresh;
pub mod hashing;
mod invitation;
pub mod json;
pub mod link;
pub mod login;
pub mod mails;
pub mod me;
mod methods;
mod passkey;
mod passkey_enrol;
mod passkey_sign_in;
mod password;
pub mod password_change;
mod pin;
mod recovery;
mod recovery_codes;
mod reentry;
mod reset;
mod sample_mails;
mod second_factor;
mod security;
pub mod session;
mod sessions;
pub mod station;
mod stations;
pub mod text;
mod throttle;
mod ticket;
mod totp;
mod totp_enrol;

pub use desk::Desk;
pub use password::check as password_check;
pub use security::sessions as sessions_view;

use crate::verb::{open, signed_in};
use service::Method::{Delete, Get, Post, Put};
use service::Route;
use std::sync::Arc;

pub fn routes(desk: &Arc<Desk>) -> Vec<Route> {
    let mut routes = ways_in(desk);
    routes.extend(own_account(desk));
    routes.extend(stations_and_emergencies(desk));
    if desk.parts.sample.is_some() {
        routes.push(open(
            desk,
            Get,
            "demo/mails",
            "Mails of the sample clinic (simulator)",
            sample_mails::list,
        ));
    }
    routes
}

fn ways_in(d: &Arc<Desk>) -> Vec<Route> {
    vec![
        open(d, Get, "auth/methods", "Ways to sign in", methods::methods),
        open(d, Post, "auth/login", "Signs in by password", login::login),
        open(d, Post, "auth/second-factor", "Completes a sign-in", second_factor::second_factor),
        open(d, Post, "auth/passkey/begin", "Begins a sign-in by passkey", passkey_sign_in::begin),
        open(d, Post, "auth/passkey/finish", "Signs in by passkey", passkey_sign_in::finish),
        open(d, Post, "auth/station-reentry", "Signs in again by PIN on a ward station", reentry::reenter),
        open(d, Post, "auth/reset-password", "Mails a link to set a new password", reset::reset),
        open(d, Post, "auth/invitation/look", "What a mailed link stands for", invitation::look),
        open(d, Post, "auth/invitation", "Sets the password by a mailed link", invitation::accept),
        signed_in(d, Get, "me", "Who is signed in", me::me),
        signed_in(d, Post, "auth/refresh-token", "The session lives on", fresh::refresh),
        signed_in(d, Post, "auth/fresh", "Gives a factor again", fresh::fresh),
        signed_in(d, Post, "auth/fresh/passkey/begin", "Begins giving a passkey again", fresh::passkey_begin),
    ]
}

fn own_account(d: &Arc<Desk>) -> Vec<Route> {
    vec![
        signed_in(d, Get, "account/security", "How my account is protected", security::security),
        signed_in(d, Post, "account/password", "Changes my password", password_change::change),
        signed_in(d, Post, "account/totp/begin", "Begins an authenticator app", totp_enrol::begin),
        signed_in(d, Post, "account/totp/finish", "Adds the authenticator app", totp_enrol::finish),
        signed_in(d, Delete, "account/totp", "Removes the authenticator app", totp_enrol::remove),
        signed_in(d, Post, "account/passkeys/begin", "Begins a passkey", passkey_enrol::begin),
        signed_in(d, Post, "account/passkeys/finish", "Adds the passkey", passkey_enrol::finish),
        signed_in(d, Delete, "account/passkeys/{id}", "Removes a passkey", passkey_enrol::remove),
        signed_in(d, Post, "account/recovery-codes", "Ten new recovery codes", recovery_codes::renew),
        signed_in(d, Delete, "account/sessions/{id}", "Ends one of my sessions", sessions::end_one),
        signed_in(d, Delete, "account/sessions", "Ends all my other sessions", sessions::end_others),
        signed_in(d, Put, "account/pin", "Sets my PIN for this ward station", pin::set),
    ]
}

fn stations_and_emergencies(d: &Arc<Desk>) -> Vec<Route> {
    let review = break_glass_review::review;
    vec![
        signed_in(d, Post, "stations", "Registers this browser as a ward station", stations::add),
        signed_in(d, Get, "stations", "The ward stations", stations::list),
        signed_in(d, Delete, "stations/{id}", "Removes a ward station", stations::remove),
        signed_in(d, Post, "break-glass", "Opens a record in an emergency", break_glass::open),
        signed_in(d, Get, "break-glass", "Emergency accesses and their reviews", break_glass_review::list),
        signed_in(d, Post, "break-glass/reviews/{task}", "Closes a review", review),
        signed_in(d, Delete, "break-glass/{patient}", "Ends an emergency access", break_glass::close),
    ]
}
