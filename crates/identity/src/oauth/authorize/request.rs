//! A checked request of an app, waiting for the person's decision.

use crate::oauth::scope::Granted;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Requests that wait, by ticket.
pub(crate) const REQUESTS: &str = "oauth-request";

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AuthorizeRequest {
    /// Our address as the app knows it.
    pub issuer: String,
    pub client: String,
    pub redirect_uri: String,
    pub scopes: Vec<String>,
    pub state: Option<String>,
    pub nonce: Option<String>,
    /// S256.
    pub challenge: String,
    /// Launched from here: who did it, and with what.
    pub launch: Option<LaunchContext>,
    /// The person must have given a factor at or after this time, ms since epoch.
    pub factor_after: Option<i64>,
    /// The person must see the page, whatever was remembered.
    pub ask: bool,
    pub created: i64,
}

/// The context of a launch from our own app.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LaunchContext {
    pub client: String,
    pub account: Uuid,
    pub patient: Option<String>,
    pub encounter: Option<String>,
}

impl AuthorizeRequest {
    pub fn granted(&self) -> Granted {
        Granted(self.scopes.clone())
    }

    pub fn patient(&self) -> Option<&str> {
        self.launch.as_ref()?.patient.as_deref()
    }

    pub fn encounter(&self) -> Option<&str> {
        self.launch.as_ref()?.encounter.as_deref()
    }

    /// What the person must still choose.
    pub fn needs(&self) -> Option<&'static str> {
        let granted = self.granted();
        if granted.has("launch/encounter") && self.encounter().is_none() {
            return Some("encounter");
        }
        (granted.needs_patient() && self.patient().is_none()).then_some("patient")
    }
}
