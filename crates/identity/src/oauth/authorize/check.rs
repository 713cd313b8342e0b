//! What a request must hold, once it is known whose it is.

use super::request::{AuthorizeRequest, LaunchContext};
use crate::oauth::client::Client;
use crate::oauth::fault::Fault;
use crate::oauth::launch::LAUNCHES;
use crate::oauth::scope::{Granted, negotiate};
use crate::oauth::{Form, encode, stored};
use service::RouteCtx;

const STATE_MAX: usize = 2_000;
const NONCE_MAX: usize = 500;

pub async fn check(
    cx: &RouteCtx,
    client: &Client,
    form: &Form,
    redirect_uri: &str,
) -> Result<AuthorizeRequest, Fault> {
    plain_oauth(client, form)?;
    let now = cx.hub.clock().now_ms();
    let granted = negotiate(form.get("scope").unwrap_or(""), &client.told.scopes);
    if granted.0.is_empty() {
        return Err(Fault::invalid_scope("no scope that this client may have"));
    }
    audience(cx, form, &granted)?;
    let prompts: Vec<&str> = form.get("prompt").unwrap_or("").split_whitespace().collect();
    if prompts.contains(&"none") {
        // Our cookie does not cross sites, so without our page nobody is known to be signed in.
        return Err(Fault::new(400, "interaction_required", "a person must be asked"));
    }
    let age =
        form.get("max_age").and_then(|age| age.parse::<i64>().ok()).filter(|age| (0..=86_400).contains(age));
    let factor_after = match prompts.contains(&"login") {
        true => Some(now),
        false => age.map(|age| now - age * 1000),
    };
    Ok(AuthorizeRequest {
        issuer: cx.base.clone(),
        client: client.id.clone(),
        redirect_uri: redirect_uri.to_string(),
        launch: launch(cx, client, form, &granted).await?,
        scopes: granted.0,
        state: form.get("state").map(str::to_string),
        nonce: form.get("nonce").map(str::to_string),
        challenge: form.need("code_challenge")?.to_string(),
        factor_after,
        ask: prompts.contains(&"consent"),
        created: now,
    })
}

fn plain_oauth(client: &Client, form: &Form) -> Result<(), Fault> {
    if form.get("request").is_some() {
        return Err(Fault::new(400, "request_not_supported", "send the parameters themselves"));
    }
    if form.get("request_uri").is_some() {
        return Err(Fault::new(400, "request_uri_not_supported", "send the parameters themselves"));
    }
    if form.need("response_type")? != "code" {
        return Err(Fault::new(400, "unsupported_response_type", "response_type must be code"));
    }
    if form.get("response_mode").is_some_and(|mode| mode != "query") {
        return Err(Fault::invalid_request("response_mode must be query"));
    }
    if !client.may("authorization_code") {
        return Err(Fault::new(400, "unauthorized_client", "this client may not use authorization_code"));
    }
    let challenge = form.get("code_challenge").unwrap_or("");
    if form.get("code_challenge_method") != Some("S256") || !encode::is_s256(challenge) {
        return Err(Fault::invalid_request("PKCE is needed: code_challenge with code_challenge_method=S256"));
    }
    let long = |name: &str, max: usize| form.get(name).is_some_and(|v| v.len() > max);
    if long("state", STATE_MAX) || long("nonce", NONCE_MAX) {
        return Err(Fault::invalid_request("state or nonce is too long"));
    }
    Ok(())
}

/// `aud` names the server that the app will take the token to: a counterfeit one must not get ours.
fn audience(cx: &RouteCtx, form: &Form, granted: &Granted) -> Result<(), Fault> {
    let origin = cx.base.split("/t/").next().unwrap_or("");
    let ours = [format!("{}/fhir", cx.base), format!("{origin}/t/{}/fhir", cx.tenant.name())];
    let is_ours = |aud: &str| ours.iter().any(|base| base == aud.trim_end_matches('/'));
    let needed = granted.needs_patient() || granted.has("launch") || !granted.resources().is_empty();
    match form.get("aud").or_else(|| form.get("resource")) {
        Some(aud) if is_ours(aud) => Ok(()),
        Some(_) => Err(Fault::invalid_request(format!("aud must be {}", ours[0]))),
        None if needed => Err(Fault::invalid_request(format!("aud is missing: it must be {}", ours[0]))),
        None => Ok(()),
    }
}

/// The launch that the app answers to. It is used up by this request.
async fn launch(
    cx: &RouteCtx,
    client: &Client,
    form: &Form,
    granted: &Granted,
) -> Result<Option<LaunchContext>, Fault> {
    let Some(id) = form.get("launch").filter(|_| granted.has("launch")) else {
        return Ok(None);
    };
    let unknown = || Fault::invalid_request("the launch is unknown, over or another client's");
    let found = cx.hub.vault_take(cx.tenant.name(), LAUNCHES, id).await?;
    let context: LaunchContext = stored::stored(&found.ok_or_else(unknown)?)?;
    if context.client != client.id {
        return Err(unknown());
    }
    Ok(Some(context))
}
