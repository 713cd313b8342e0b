//! `POST /api/v1/oauth/requests/{ticket}` `{allow, patient?, encounter?, scopes?}`: the decision. Answers the
//! address to send the browser to.

use super::remembered::{self, Remembered};
use super::{Code as AuthorizationCode, by_person, context};
use crate::oauth::authorize::{AuthorizeRequest, REQUESTS, error_address};
use crate::oauth::client::Client;
use crate::oauth::encode::with_params;
use crate::oauth::family::Family;
use crate::oauth::{json, stored};
use async_trait::async_trait;
use fhir::{Code, Issue, Text};
use serde::Deserialize;
use serde_json::json;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::{Result, TokenKind};

pub struct Decide;

#[derive(Deserialize)]
struct Decision {
    allow: bool,
    patient: Option<String>,
    encounter: Option<String>,
    /// Those that the person grants; absent: all that were asked.
    scopes: Option<Vec<String>>,
}

#[async_trait]
impl Handler for Decide {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        by_person(&cx)?;
        let ticket = request.param("ticket");
        let decision: Decision = crate::sign_in::json::read(&request)?;
        let (asked, client) = waiting(&cx, ticket).await?;
        if !decision.allow {
            used_up(&cx, ticket).await?;
            let why = "the person refused";
            let state = asked.state.as_deref();
            let to = error_address(&asked.issuer, &asked.redirect_uri, state, "access_denied", why);
            return Ok(json(200, &json!({ "redirect": to })));
        }
        let factor_at = cx.ctx.grant.factor_at.unwrap_or(0);
        if asked.factor_after.is_some_and(|after| factor_at < after) {
            return Err(Issue::error(Code::Forbidden, FRESH).into());
        }
        let family = family(&cx, &asked, &client, decision).await?;
        used_up(&cx, ticket).await?;
        let to = allow(&cx, &asked, family).await?;
        Ok(json(200, &json!({ "redirect": to })))
    }
}

/// A request that waits for this person, and its client.
pub async fn waiting(cx: &RouteCtx, ticket: &str) -> Result<(AuthorizeRequest, Client)> {
    let over = || store::Error::from(Issue::error(Code::NotFound, OVER));
    let found = cx.hub.vault(cx.tenant.name(), REQUESTS, ticket).await?;
    let asked: AuthorizeRequest = stored::stored(&found.ok_or_else(over)?)?;
    let client = Client::find(&cx.hub, cx.tenant.name(), &asked.client).await?.ok_or_else(over)?;
    // What one person launched, no other finishes: the record would change hands.
    if asked.launch.as_ref().is_some_and(|launch| launch.account != cx.ctx.actor.id) {
        return Err(over());
    }
    Ok((asked, client))
}

async fn used_up(cx: &RouteCtx, ticket: &str) -> Result<()> {
    let taken = cx.hub.vault_take(cx.tenant.name(), REQUESTS, ticket).await?;
    taken.map(drop).ok_or_else(|| Issue::error(Code::NotFound, OVER).into())
}

/// The patient whom a portal account stands for.
pub fn own_patient(cx: &RouteCtx) -> Option<String> {
    cx.ctx.actor.person.as_deref()?.strip_prefix("Patient/").map(str::to_string)
}

async fn family(cx: &RouteCtx, asked: &AuthorizeRequest, client: &Client, said: Decision) -> Result<Family> {
    let granted = match &said.scopes {
        Some(kept) => asked.granted().narrowed(kept),
        None => asked.granted(),
    };
    let chosen = asked.patient().map(str::to_string).or(said.patient);
    let patient = chosen.or_else(|| own_patient(cx).filter(|_| granted.needs_patient()));
    let encounter = asked.encounter().map(str::to_string).or(said.encounter);
    let (patient, encounter) = context(cx, patient, encounter).await?;
    if granted.needs_patient() && patient.is_none() {
        return Err(Issue::error(Code::Required, CHOOSE_PATIENT).at("patient").into());
    }
    if granted.has("launch/encounter") && encounter.is_none() {
        return Err(Issue::error(Code::Required, CHOOSE_ENCOUNTER).at("encounter").into());
    }
    let grant = &cx.ctx.grant;
    let caller = cx.caller.as_ref();
    Ok(Family {
        id: cx.hub.ids().uuid(),
        client: client.id.clone(),
        account: cx.ctx.actor.id,
        scopes: granted.0,
        patient,
        encounter,
        launched: asked.launch.is_some(),
        session: caller.filter(|c| c.kind == TokenKind::Session).and_then(|c| c.family),
        session_end: caller.map_or(0, |c| c.expires),
        auth_time: grant.factor_at.map(|at| at / 1000),
        amr: grant.amr.clone(),
        second_factor: grant.second_factor,
        purpose: cx.ctx.purpose.as_str().to_string(),
        created: cx.hub.clock().now_ms(),
        nonce: asked.nonce.clone(),
    })
}

async fn allow(cx: &RouteCtx, asked: &AuthorizeRequest, family: Family) -> Result<String> {
    let (hub, tenant) = (&cx.hub, cx.tenant.name());
    if family.scopes.is_empty() {
        let state = asked.state.as_deref();
        return Ok(error_address(
            &asked.issuer,
            &asked.redirect_uri,
            state,
            "access_denied",
            "nothing was granted",
        ));
    }
    let new = Remembered { client: family.client.clone(), scopes: family.scopes.clone(), at: family.created };
    remembered::add(hub, tenant, family.account, new).await?;
    let patient = family.patient.as_deref().map(|id| (fhir::ResourceType::PATIENT, id));
    cx.tenant.audit_operation(&cx.ctx, &format!("oauth-consent {}", family.client), patient).await?;
    let code = AuthorizationCode {
        issuer: asked.issuer.clone(),
        redirect_uri: asked.redirect_uri.clone(),
        challenge: asked.challenge.clone(),
        family,
    };
    let code = code.put(hub, tenant).await?;
    let mut params = vec![("code", code.as_str())];
    params.extend(asked.state.as_deref().map(|state| ("state", state)));
    params.push(("iss", &asked.issuer));
    Ok(with_params(&asked.redirect_uri, &params))
}

const OVER: Text = Text {
    key: "oauth.request-over",
    fr: "Cette demande de connexion n'existe pas ou n'est plus valable. Recommencez depuis l'application.",
    en: "This request does not exist or is over. Start again from the application.",
    de: "Diese Anfrage gibt es nicht oder sie ist abgelaufen. Beginnen Sie in der Anwendung neu.",
};
const FRESH: Text = Text {
    key: "auth.fresh-factor",
    fr: "L'application demande que vous confirmiez votre identité. Redonnez un facteur, puis recommencez.",
    en: "The application asks you to confirm who you are. Give a factor again, then repeat.",
    de: "Die Anwendung verlangt eine erneute Bestätigung. Geben Sie einen Faktor erneut ein und wiederholen Sie.",
};
const CHOOSE_PATIENT: Text = Text {
    key: "oauth.choose-patient",
    fr: "L'application a besoin d'un patient : choisissez-le.",
    en: "The application needs a patient: choose one.",
    de: "Die Anwendung braucht einen Patienten: wählen Sie ihn.",
};
const CHOOSE_ENCOUNTER: Text = Text {
    key: "oauth.choose-encounter",
    fr: "L'application a besoin d'un séjour : choisissez-le.",
    en: "The application needs an encounter: choose one.",
    de: "Die Anwendung braucht einen Aufenthalt: wählen Sie ihn.",
};
