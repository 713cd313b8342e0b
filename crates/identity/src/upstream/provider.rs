//! A provider, as the operator configures it.

use serde_json::{Value, json};

/// What makes a provider special.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Names the professional by `SubjectNameID`, the national identifier (IDNPS).
    ProSanteConnect,
    /// Any OpenID Connect provider: accounts are linked by an administrator.
    OpenId,
}

/// One provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Part of addresses: `[a-z0-9-]`.
    pub id: String,
    /// On the button.
    pub title: String,
    pub kind: Kind,
    /// As it stands in its ID tokens.
    pub issuer: String,
    /// Address of its discovery document, when it is not below the issuer.
    pub discovery: Option<String>,
    pub client_id: String,
    pub client_secret: Option<String>,
    /// Besides `openid`.
    pub scopes: String,
    /// Level that is asked for, and must be given.
    pub acr: Option<String>,
    /// Whether its sign-in counts as two factors.
    pub second_factor: bool,
    /// It only plays a provider; the page says so.
    pub simulator: bool,
    /// The only tenant that it serves; none: all.
    pub tenant: Option<String>,
}

impl Provider {
    /// Pro Santé Connect as its documentation has it; `issuer` chooses production or the sandbox (`bas`).
    pub fn pro_sante_connect(issuer: &str, client_id: &str, client_secret: Option<String>) -> Provider {
        Provider {
            id: "psc".into(),
            title: "Pro Santé Connect".into(),
            kind: Kind::ProSanteConnect,
            issuer: issuer.into(),
            discovery: Some(format!(
                "{}/.well-known/wallet-openid-configuration",
                issuer.trim_end_matches('/')
            )),
            client_id: client_id.into(),
            client_secret,
            scopes: "scope_all".into(),
            acr: Some("eidas1".into()),
            second_factor: true,
            simulator: false,
            tenant: None,
        }
    }

    pub(crate) fn serves(&self, tenant: &str) -> bool {
        self.tenant.as_deref().is_none_or(|only| only == tenant)
    }

    pub(crate) fn document(&self) -> String {
        let below = || format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        self.discovery.clone().unwrap_or_else(below)
    }
}

/// For `GET auth/methods`.
pub(crate) fn list(providers: &[Provider], tenant: &str) -> Vec<Value> {
    let here = providers.iter().filter(|p| p.serves(tenant));
    here.map(|p| json!({ "id": p.id, "title": p.title, "simulator": p.simulator })).collect()
}
