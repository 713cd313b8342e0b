//! The authorization server: OAuth 2.1 (<https://datatracker.ietf.org/doc/draft-ietf-oauth-v2-1/>), OpenID
//! Connect (<https://openid.net/specs/openid-connect-core-1_0.html>) and SMART App Launch 2.2
//! (<https://hl7.org/fhir/smart-app-launch/>).
//!
//! `authorize` proves client and redirect address and leaves a ticket; the web app shows it (`consent`) to the
//! person who is signed in and gets the address to go to, with a code; `token` sells the code. All state lies in
//! the vault, sealed, single-use and with an end. Tokens are opaque and the hub's own.

mod authorize;
mod client;
mod consent;
mod discovery;
pub(crate) mod encode;
mod family;
mod fault;
mod form;
mod introspect;
mod jwt;
mod keys;
mod launch;
mod logout;
mod redirect;
mod revoke;
mod scope;
mod scope_words;
mod stored;
mod token;
mod userinfo;

use crate::sign_in::Desk;
use service::{Access, Handler, Method, Route};
use std::sync::Arc;

pub(crate) use crate::sign_in::json::reply as json;
pub(crate) use form::Form;
pub(crate) use jwt::{Jwt, verified};
pub(crate) use stored::{stored, to_store};

/// The verbs.
pub fn routes(desk: &Arc<Desk>) -> Vec<Route> {
    let parts = &desk.parts;
    let key_sets = Arc::new(client::KeySets::new(parts.http.clone(), parts.public_url.clone()));
    let mut routes = open_routes(desk, key_sets);
    routes.extend(client::routes());
    routes.extend(consent::routes());
    routes.extend([
        signed_in(Method::Post, "oauth/launch", "Launches a SMART app with a patient", launch::Launch),
        signed_in(
            Method::Post,
            "oauth/logout/{ticket}",
            "Ends the session on behalf of an app",
            logout::Confirm,
        ),
    ]);
    routes
}

fn open_routes(desk: &Arc<Desk>, key_sets: Arc<client::KeySets>) -> Vec<Route> {
    let authorize = || authorize::Authorize { desk: desk.clone() };
    let logout = || logout::Logout { desk: desk.clone() };
    let token = token::Token { key_sets: key_sets.clone() };
    let introspect = introspect::Introspect { key_sets: key_sets.clone() };
    let revoke = revoke::Revoke { key_sets };
    vec![
        open(Method::Get, "/auth/authorize", "Begins an authorization", authorize()),
        open(Method::Post, "/auth/authorize", "Begins an authorization, by form", authorize()),
        open(
            Method::Post,
            "/auth/token",
            "Gives tokens for a code, a refresh token or a signed assertion",
            token,
        ),
        open(Method::Post, "/auth/introspect", "Says what a token is good for", introspect),
        open(Method::Post, "/auth/revoke", "Ends a token", revoke),
        open(Method::Get, "/auth/userinfo", "Says who the token's person is", userinfo::UserInfo),
        open(Method::Post, "/auth/userinfo", "Says who the token's person is", userinfo::UserInfo),
        open(Method::Get, "/auth/jwks", "Public keys of the signatures", keys::Jwks),
        open(Method::Get, "/auth/logout", "Ends the session for an app", logout()),
        open(Method::Post, "/auth/logout", "Ends the session for an app, by form", logout()),
        open(Method::Get, "/.well-known/smart-configuration", "SMART capabilities", discovery::Smart),
        open(Method::Get, "/.well-known/openid-configuration", "OpenID Connect discovery", discovery::OpenId),
        open(Method::Get, "/.well-known/oauth-authorization-server", "OAuth metadata", discovery::OpenId),
        open(Method::Get, "/.well-known/smart-style.json", "Colours for SMART apps", discovery::Style),
    ]
}

pub(crate) fn open(method: Method, path: &'static str, summary: &'static str, verb: impl Handler) -> Route {
    Route { method, path, summary, access: Access::Open, handler: Arc::new(verb) }
}

pub(crate) fn signed_in(
    method: Method,
    path: &'static str,
    summary: &'static str,
    verb: impl Handler,
) -> Route {
    Route { method, path, summary, access: Access::SignedIn, handler: Arc::new(verb) }
}
