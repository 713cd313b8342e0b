//! `grant_type=refresh_token`. Each refresh token is good once and buys the next one; a used one that comes
//! again was stolen by somebody, so the whole family ends (OAuth 2.1 §4.3.1).

use super::issue;
use crate::oauth::Form;
use crate::oauth::client::Client;
use crate::oauth::family::{self, Family};
use crate::oauth::fault::Fault;
use crate::oauth::scope::Granted;
use service::{RouteCtx, RouteReply};
use store::TokenKind;
use uuid::Uuid;

const USED: &str = "oauth-refresh-used";

pub async fn renew(cx: &RouteCtx, client: &Client, form: &Form) -> Result<RouteReply, Fault> {
    let (hub, tenant) = (&cx.hub, cx.tenant.name());
    let token = form.need("refresh_token")?;
    let bad = || Fault::invalid_grant("the refresh token is unknown, used or over");
    let Some(info) = hub.token_look_up(tenant, token).await?.filter(|info| info.kind == TokenKind::Refresh)
    else {
        if let Some(known) = hub.vault(tenant, USED, token).await? {
            stolen(cx, &known).await?;
        }
        return Err(bad());
    };
    // Another client's token is not this one's to use, nor to end.
    let (true, Some(id)) = (info.grant.client.as_ref() == Some(&client.id), info.family) else {
        return Err(bad());
    };
    let family = Family::find(hub, tenant, id).await?.ok_or_else(bad)?;
    let granted = narrowed(&family, form)?;
    let name = id.to_string();
    if !hub.vault_add(tenant, USED, token, Some(info.expires), name.as_bytes()).await? {
        stolen(cx, name.as_bytes()).await?;
        return Err(bad());
    }
    hub.token_revoke(token).await?;
    if !family.is_attended(hub, tenant).await? {
        family::end(hub, tenant, id).await?;
        return Err(Fault::invalid_grant("the person's session is over"));
    }
    issue::issue(cx, client, &family, &granted).await
}

/// The app may ask for less than before, never for more.
fn narrowed(family: &Family, form: &Form) -> Result<Granted, Fault> {
    let Some(asked) = form.get("scope") else { return Ok(family.granted()) };
    let asked: Vec<String> = asked.split_whitespace().map(str::to_string).collect();
    let granted = family.granted().narrowed(&asked);
    if granted.0.len() != asked.len() {
        return Err(Fault::invalid_scope("more than was granted"));
    }
    Ok(granted)
}

async fn stolen(cx: &RouteCtx, family: &[u8]) -> Result<(), Fault> {
    if let Some(id) = std::str::from_utf8(family).ok().and_then(|id| id.parse::<Uuid>().ok()) {
        cx.tenant.audit_operation(&cx.ctx, "oauth-refresh-reuse", None).await?;
        family::end(&cx.hub, cx.tenant.name(), id).await?;
    }
    Ok(())
}
