//! Sign-in through another identity provider, by OpenID Connect: Pro Santé Connect
//! (<https://industriels.esante.gouv.fr/produits-et-services/pro-sante-connect>), Keycloak, Entra.
//!
//! `start` sends the browser there, `callback` takes the code back and asks the provider who it is, `finish`
//! starts the session for the page that began. A person is matched to an account by the national identifier, or
//! by a link that an administrator made; never by a name or a mail address.

mod callback;
mod claims;
mod discovery;
mod exchange;
mod finish;
mod link;
mod links;
mod provider;
mod start;
mod text;

pub(crate) use provider::list;
pub use provider::{Kind, Provider};

use crate::sign_in::Desk;
use crate::verb::{open, signed_in};
use discovery::Known;
use service::Method::{Delete, Get, Post};
use service::{Http, Route};
use std::sync::Arc;

/// What the verbs share.
pub struct Upstream {
    desk: Arc<Desk>,
    providers: Vec<Provider>,
    http: Arc<dyn Http>,
    known: Known,
}

impl Upstream {
    /// The provider of that id, as this tenant may use it.
    fn provider(&self, tenant: &str, id: &str) -> Option<&Provider> {
        self.providers.iter().find(|p| p.id == id && p.serves(tenant))
    }
}

/// The verbs; there are none when no provider is configured.
pub fn routes(desk: &Arc<Desk>) -> Vec<Route> {
    let parts = &desk.parts;
    if parts.upstream.is_empty() {
        return Vec::new();
    }
    let state = Arc::new(Upstream {
        desk: desk.clone(),
        providers: parts.upstream.clone(),
        http: parts.http.clone(),
        known: Known::default(),
    });
    let s = &state;
    vec![
        open(s, Get, "/auth/upstream/{id}/start", "Signs in elsewhere", start::start),
        open(s, Get, "/auth/upstream/{id}/callback", "Comes back from there", callback::callback),
        open(s, Post, "auth/upstream/finish", "Opens the session of who came back", finish::finish),
        signed_in(
            s,
            Get,
            "accounts/{id}/upstream",
            "Identities elsewhere that are linked to an account",
            links::list,
        ),
        signed_in(s, Post, "accounts/{id}/upstream", "Links an identity elsewhere to an account", links::add),
        signed_in(s, Delete, "accounts/{id}/upstream/{provider}", "Undoes such a link", links::remove),
    ]
}
