//! Clients: the apps and programs that may ask for tokens (RFC 7591 for their metadata).

mod authenticate;
mod change;
mod check;
mod create;
mod key_sets;
mod list;
mod new_secret;
mod register;
mod registration_token;
mod remove;
mod show;

pub(crate) use authenticate::authenticate;
pub(crate) use key_sets::KeySets;

use super::consent;
use super::signed_in;
use super::stored::{stored, to_store};
use crate::account::guard;
use crate::sign_in::desk;
use fhir::{Code, Issue, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use service::{Method, Route, RouteCtx};
use store::{Error, Hub, Result};
use uuid::Uuid;

/// The drawer of the clients, by their id.
const DRAWER: &str = "oauth-client";
/// Clients of a tenant: the list is shown whole.
const CLIENTS_MAX: usize = 1_000;

/// How a client proves who it is (`token_endpoint_auth_method`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Auth {
    /// Public: it cannot keep a secret.
    #[serde(rename = "none")]
    None,
    #[serde(rename = "client_secret_basic")]
    Secret,
    #[serde(rename = "private_key_jwt")]
    Key,
}

/// What is registered of a client.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Client {
    pub id: String,
    pub told: Told,
    /// SHA-256 of the secret: 256 random bits need no slow hash.
    pub secret: Option<String>,
    /// The account that it acts as without a person.
    pub account: Option<Uuid>,
    /// ms since epoch.
    pub created: i64,
    /// Who registered it.
    pub by: String,
}

/// What an administrator, or the client itself, tells of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Told {
    pub name: String,
    #[serde(default)]
    pub url: Option<String>,
    pub auth: Auth,
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<String>,
    #[serde(default)]
    pub launch_url: Option<String>,
    pub grant_types: Vec<String>,
    pub scopes: Vec<String>,
    #[serde(default)]
    pub jwks: Option<Value>,
    #[serde(default)]
    pub jwks_uri: Option<String>,
    /// `RS256`, as OpenID Connect has it by default, or `ES256`.
    #[serde(default = "rs256")]
    pub id_token_alg: String,
    #[serde(default)]
    pub disabled: bool,
}

fn rs256() -> String {
    "RS256".into()
}

impl Client {
    /// A client by its id, unless it is switched off.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn find(hub: &Hub, tenant: &str, id: &str) -> Result<Option<Client>> {
        Ok(Client::any(hub, tenant, id).await?.filter(|client| !client.told.disabled))
    }

    /// A client by its id, switched off or not.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn any(hub: &Hub, tenant: &str, id: &str) -> Result<Option<Client>> {
        match hub.vault(tenant, DRAWER, id).await? {
            Some(bytes) => stored(&bytes).map(Some),
            None => Ok(None),
        }
    }

    async fn need(hub: &Hub, tenant: &str, id: &str) -> Result<Client> {
        Client::any(hub, tenant, id).await?.ok_or(Error::NotFound)
    }

    async fn all(hub: &Hub, tenant: &str) -> Result<Vec<Client>> {
        let found = hub.vault_list(tenant, DRAWER).await?;
        let mut clients = found.iter().map(|bytes| stored(bytes)).collect::<Result<Vec<Client>>>()?;
        clients.sort_by(|a, b| a.told.name.cmp(&b.told.name).then_with(|| a.id.cmp(&b.id)));
        Ok(clients)
    }

    async fn save(&self, hub: &Hub, tenant: &str) -> Result<()> {
        hub.vault_put(tenant, DRAWER, &self.id, None, &to_store(self)?).await
    }

    pub fn may(&self, grant_type: &str) -> bool {
        self.told.grant_types.iter().any(|g| g == grant_type)
    }

    /// As an administrator sees it: all but the secret's hash.
    fn shown(&self) -> Value {
        let told = &self.told;
        json!({
            "id": self.id, "name": told.name, "url": told.url, "auth": told.auth,
            "redirect_uris": told.redirect_uris, "post_logout_redirect_uris": told.post_logout_redirect_uris,
            "launch_url": told.launch_url, "grant_types": told.grant_types, "scopes": told.scopes,
            "jwks": told.jwks, "jwks_uri": told.jwks_uri, "id_token_alg": told.id_token_alg,
            "disabled": told.disabled, "by": self.by,
            "created": fhir_time(self.created),
        })
    }
}

/// RFC 3339.
pub(crate) fn fhir_time(ms: i64) -> String {
    fhir::date::instant_format(ms)
}

/// Only who runs the tenant, with a fresh factor, by our own app or command line: an app's token never registers
/// apps.
///
/// # Errors
/// `Denied`; `Refused` without a fresh factor.
async fn administers(cx: &RouteCtx) -> Result<()> {
    guard::administers(cx).await?;
    consent::by_person(cx)?;
    desk::fresh(cx).map(drop)
}

pub(crate) fn too_many(max: usize) -> Error {
    const TEXT: Text = Text {
        key: "client.too-many",
        fr: "L'établissement a déjà {max} applications. Supprimez celles qui ne servent plus.",
        en: "The tenant has {max} applications already. Remove those that are no longer used.",
        de: "Der Mandant hat bereits {max} Anwendungen. Entfernen Sie nicht mehr benutzte.",
    };
    Issue::error(Code::TooCostly, TEXT).arg("max", max).into()
}

pub(super) fn routes() -> Vec<Route> {
    use Method::{Delete, Get, Post, Put};
    vec![
        signed_in(Get, "oauth/clients", "Lists the apps that may connect", list::List),
        signed_in(Post, "oauth/clients", "Registers an app", create::Create),
        signed_in(Get, "oauth/clients/{id}", "Shows an app", show::Show),
        signed_in(Put, "oauth/clients/{id}", "Changes an app", change::Change),
        signed_in(Delete, "oauth/clients/{id}", "Removes an app and ends its tokens", remove::Remove),
        signed_in(Post, "oauth/clients/{id}/secret", "Gives an app a new secret", new_secret::NewSecret),
        signed_in(
            Post,
            "oauth/registration-tokens",
            "Lets an app register itself once",
            registration_token::RegistrationToken,
        ),
        super::open(Post, "/auth/register", "Registers an app (RFC 7591)", register::Register),
    ]
}
