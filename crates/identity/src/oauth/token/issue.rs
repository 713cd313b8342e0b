//! The tokens of a family, and SMART's launch context beside them.

use crate::oauth::client::Client;
use crate::oauth::family::{self, Family};
use crate::oauth::fault::Fault;
use crate::oauth::json;
use crate::oauth::keys::KeyRing;
use crate::oauth::scope::Granted;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use service::{RouteCtx, RouteReply};
use store::{Error, Grant, NewToken, TokenKind};

const ACCESS_S: u64 = 3600;
const ID_TOKEN_S: i64 = 3600;

/// New tokens; the access token is limited to `granted`, the refresh token to all of the family.
pub async fn issue(
    cx: &RouteCtx,
    client: &Client,
    family: &Family,
    granted: &Granted,
) -> Result<RouteReply, Fault> {
    let (hub, tenant) = (&cx.hub, cx.tenant.name());
    let now = hub.clock().now_ms();
    let whole = family.grant(cx.address.to_string());
    let narrow = Grant { scopes: Some(granted.resources()), plain_scopes: granted.plain(), ..whole.clone() };
    let access = token(cx, family, TokenKind::Access, ACCESS_S, narrow).await?;
    let mut answer = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": ACCESS_S,
        "scope": granted.text(),
    });
    if let Some(seconds) = family.refresh_s(now).filter(|_| client.may("refresh_token")) {
        answer["refresh_token"] = token(cx, family, TokenKind::Refresh, seconds, whole).await?.into();
    }
    context(cx, family, &mut answer);
    if granted.has("openid") {
        answer["id_token"] = id_token(cx, client, family, granted).await?.into();
    }
    if family::is_ended(hub, tenant, family.id).await? {
        // Somebody came with the same code or refresh token at this very moment.
        family::end(hub, tenant, family.id).await?;
        return Err(Fault::invalid_grant("used twice at once"));
    }
    cx.tenant.audit_operation(&cx.ctx, &format!("oauth-token {}", client.id), None).await?;
    Ok(json(200, &answer))
}

async fn token(
    cx: &RouteCtx,
    family: &Family,
    kind: TokenKind,
    ttl_s: u64,
    grant: Grant,
) -> Result<String, Fault> {
    let new = NewToken {
        tenant: cx.tenant.name().to_string(),
        account: family.account,
        kind,
        purpose: family.purpose(),
        ttl_s,
        idle_s: None,
        family: Some(family.id),
        grant,
    };
    match cx.hub.token_issue_new(new).await {
        Ok((token, _)) => Ok(token),
        Err(Error::NotFound | Error::Denied) => Err(Fault::invalid_grant("the account is closed")),
        Err(other) => Err(other.into()),
    }
}

/// <https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token>
fn context(cx: &RouteCtx, family: &Family, answer: &mut Value) {
    if let Some(patient) = &family.patient {
        answer["patient"] = patient.clone().into();
        // Launched from the open record, the app stands beside our own banner.
        answer["need_patient_banner"] = (!family.launched).into();
    }
    if let Some(encounter) = &family.encounter {
        answer["encounter"] = encounter.clone().into();
    }
    answer["smart_style_url"] = format!("{}/.well-known/smart-style.json", cx.base).into();
}

async fn id_token(
    cx: &RouteCtx,
    client: &Client,
    family: &Family,
    granted: &Granted,
) -> Result<String, Fault> {
    let (hub, tenant) = (&cx.hub, cx.tenant.name());
    let now = hub.clock().now_ms();
    let account = hub.account_by_id(tenant, family.account).await?.ok_or(Error::NotFound)?;
    let mut claims = json!({
        "iss": cx.base,
        "sub": family.account.to_string(),
        "aud": client.id,
        "iat": now / 1000,
        "exp": now / 1000 + ID_TOKEN_S,
        "amr": family.amr,
    });
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            claims[name] = value;
        }
    };
    set("nonce", family.nonce.clone().map(Value::from));
    set("auth_time", family.auth_time.map(Value::from));
    set("sid", family.session.map(|sid| sid.to_string().into()));
    let person = account.practitioner.filter(|_| granted.has("fhirUser") || granted.has("profile"));
    set("fhirUser", person.map(|person| format!("{}/fhir/{person}", cx.base).into()));
    set("preferred_username", granted.has("profile").then(|| account.name.into()));
    let alg = match client.told.id_token_alg.as_str() {
        "ES256" => Algorithm::ES256,
        _ => Algorithm::RS256,
    };
    Ok(KeyRing::open(hub, tenant).await?.sign(alg, &claims, now)?)
}
