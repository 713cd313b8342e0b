//! `POST /auth/register`: dynamic registration (RFC 7591), by an administrator or with an initial access token
//! that one gave out. Without either, nobody registers anything.

use super::check::CREDENTIALS;
use super::create::create;
use super::registration_token::DRAWER;
use super::{Auth, Client, Told};
use crate::oauth::fault::{Answer, Fault, settle};
use crate::oauth::{consent, json};
use crate::sign_in::desk;
use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::{Error, Result, Role};

pub struct Register;

/// The client metadata of RFC 7591 that we know. Others are ignored, as the standard wants.
#[derive(Deserialize)]
struct Metadata {
    client_name: Option<String>,
    client_uri: Option<String>,
    token_endpoint_auth_method: Option<Auth>,
    #[serde(default)]
    redirect_uris: Vec<String>,
    #[serde(default)]
    post_logout_redirect_uris: Vec<String>,
    initiate_login_uri: Option<String>,
    grant_types: Option<Vec<String>>,
    scope: Option<String>,
    jwks: Option<Value>,
    jwks_uri: Option<String>,
    id_token_signed_response_alg: Option<String>,
}

#[async_trait]
impl Handler for Register {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        settle(register(&cx, &request).await)
    }
}

async fn register(cx: &RouteCtx, request: &RouteRequest) -> Answer<RouteReply> {
    let unreadable = Fault::new(400, "invalid_client_metadata", "the metadata cannot be read");
    let metadata: Metadata = serde_json::from_slice(&request.body).map_err(|_| unreadable)?;
    let who = who(cx, request).await?;
    let told = told(metadata);
    // The one to whom a token was given is not the one who runs the clinic: no access without a person.
    if !who.administers && told.grant_types.iter().any(|grant| grant == CREDENTIALS) {
        let why = "client_credentials must be registered by an administrator";
        return Err(Fault::new(400, "invalid_client_metadata", why));
    }
    let made = create(cx, told, &who.name).await;
    let (client, secret) = made.map_err(metadata_fault)?;
    Ok(json(201, &registered(&client, secret)))
}

/// Who registers.
struct Who {
    name: String,
    administers: bool,
}

/// An initial access token is used up by the try.
async fn who(cx: &RouteCtx, request: &RouteRequest) -> Answer<Who> {
    let role = cx.ctx.actor.roles.contains(&Role::MedicalAdmin);
    if role && consent::by_person(cx).is_ok() && desk::fresh(cx).is_ok() {
        return Ok(Who { name: cx.ctx.actor.name.clone(), administers: true });
    }
    let bearer = request.header("authorization").and_then(|v| v.split_once(' '));
    let token =
        bearer.filter(|(s, t)| s.eq_ignore_ascii_case("bearer") && t.len() < 200).map(|(_, t)| t.trim());
    let given = match token {
        Some(token) => cx.hub.vault_take(cx.tenant.name(), DRAWER, token).await?,
        None => None,
    };
    let by = given.and_then(|by| String::from_utf8(by).ok());
    by.map(|name| Who { name, administers: false }).ok_or_else(|| {
        Fault::new(401, "invalid_token", "an administrator's or an initial access token is needed")
    })
}

fn told(metadata: Metadata) -> Told {
    let code = || vec!["authorization_code".to_string()];
    Told {
        name: metadata.client_name.unwrap_or_default(),
        url: metadata.client_uri,
        auth: metadata.token_endpoint_auth_method.unwrap_or(Auth::Secret),
        redirect_uris: metadata.redirect_uris,
        post_logout_redirect_uris: metadata.post_logout_redirect_uris,
        launch_url: metadata.initiate_login_uri,
        grant_types: metadata.grant_types.unwrap_or_else(code),
        scopes: metadata.scope.unwrap_or_default().split_whitespace().map(str::to_string).collect(),
        jwks: metadata.jwks,
        jwks_uri: metadata.jwks_uri,
        id_token_alg: metadata.id_token_signed_response_alg.unwrap_or_else(|| "RS256".into()),
        disabled: false,
    }
}

fn metadata_fault(error: Error) -> Fault {
    match error {
        Error::Refused(issues) => {
            let redirect = issues.iter().any(|i| i.expression.as_deref() == Some("redirect_uris"));
            let code = if redirect { "invalid_redirect_uri" } else { "invalid_client_metadata" };
            let why: Vec<String> = issues.iter().map(|i| i.sentence(fhir::Lang::En)).collect();
            Fault::new(400, code, why.join(" "))
        }
        other => other.into(),
    }
}

fn registered(client: &Client, secret: Option<String>) -> Value {
    let told = &client.told;
    let mut out = json!({
        "client_id": client.id,
        "client_id_issued_at": client.created / 1000,
        "client_name": told.name,
        "token_endpoint_auth_method": told.auth,
        "redirect_uris": told.redirect_uris,
        "grant_types": told.grant_types,
        "response_types": if client.may("authorization_code") { vec!["code"] } else { vec![] },
        "scope": told.scopes.join(" "),
        "id_token_signed_response_alg": told.id_token_alg,
    });
    if let Some(secret) = secret {
        out["client_secret"] = secret.into();
        out["client_secret_expires_at"] = 0.into();
    }
    for (name, value) in
        [("client_uri", &told.url), ("jwks_uri", &told.jwks_uri), ("initiate_login_uri", &told.launch_url)]
    {
        if let Some(value) = value {
            out[name] = value.clone().into();
        }
    }
    if let Some(jwks) = &told.jwks {
        out["jwks"] = jwks.clone();
    }
    out
}
