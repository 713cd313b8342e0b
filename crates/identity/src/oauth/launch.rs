//! `POST /api/v1/oauth/launch {client, patient?, encounter?}`: the address that starts a SMART app with the record
//! that is open (<https://hl7.org/fhir/smart-app-launch/app-launch.html#launch-app-ehr-launch>).

use super::authorize::LaunchContext;
use super::client::Client;
use super::encode::{secret, with_params};
use super::{consent, json, stored};
use async_trait::async_trait;
use fhir::{Code, Issue, Text};
use serde::Deserialize;
use serde_json::json;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::{Error, Result};

pub(crate) const LAUNCHES: &str = "oauth-launch";
const LASTS_MS: i64 = 300_000;

pub(crate) struct Launch;

#[derive(Deserialize)]
struct Asked {
    client: String,
    patient: Option<String>,
    encounter: Option<String>,
}

#[async_trait]
impl Handler for Launch {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        consent::by_person(&cx)?;
        let asked: Asked = crate::sign_in::json::read(&request)?;
        let client = Client::find(&cx.hub, cx.tenant.name(), &asked.client).await?.ok_or(Error::NotFound)?;
        let address =
            client.told.launch_url.as_deref().ok_or_else(|| Issue::error(Code::BusinessRule, NO_ADDRESS))?;
        let (patient, encounter) = consent::context(&cx, asked.patient, asked.encounter).await?;
        let context =
            LaunchContext { client: client.id.clone(), account: cx.ctx.actor.id, patient, encounter };
        let launch = secret()?;
        let end = cx.hub.clock().now_ms() + LASTS_MS;
        cx.hub
            .vault_put(cx.tenant.name(), LAUNCHES, &launch, Some(end), &stored::to_store(&context)?)
            .await?;
        let iss = format!("{}/fhir", cx.base);
        Ok(json(200, &json!({ "url": with_params(address, &[("iss", &iss), ("launch", &launch)]) })))
    }
}

const NO_ADDRESS: Text = Text {
    key: "launch.no-address",
    fr: "Cette application n'a pas d'adresse de lancement : un administrateur doit l'enregistrer.",
    en: "This application has no launch address: an administrator must register it.",
    de: "Diese Anwendung hat keine Startadresse: die Administration muss sie eintragen.",
};
