//! `grant_type=authorization_code`. A code is sold once; who comes again with it ends what was sold
//! (RFC 6749 §4.1.2).

use super::issue;
use crate::oauth::client::Client;
use crate::oauth::consent::{CODE_FAMILIES, CODES, Code};
use crate::oauth::fault::Fault;
use crate::oauth::{Form, encode, family, stored};
use service::{RouteCtx, RouteReply};

pub async fn sell(cx: &RouteCtx, client: &Client, form: &Form) -> Result<RouteReply, Fault> {
    let (hub, tenant) = (&cx.hub, cx.tenant.name());
    let name = form.need("code")?;
    let verifier = form.need("code_verifier")?;
    let back = form.need("redirect_uri")?;
    let Some(bytes) = hub.vault_take(tenant, CODES, name).await? else {
        if let Some(known) = hub.vault(tenant, CODE_FAMILIES, name).await?
            && let Some(id) = std::str::from_utf8(&known).ok().and_then(|id| id.parse().ok())
        {
            family::end(hub, tenant, id).await?;
        }
        return Err(Fault::invalid_grant("the code is unknown, used or over"));
    };
    let code: Code = stored::stored(&bytes)?;
    let fits = code.family.client == client.id
        && code.issuer == cx.base
        && code.redirect_uri == back
        && (43..=128).contains(&verifier.len())
        && encode::same(&code.challenge, &encode::s256(verifier));
    if !fits {
        return Err(Fault::invalid_grant(
            "the code does not belong to this client, redirect_uri or code_verifier",
        ));
    }
    code.family.save(hub, tenant).await?;
    let granted = code.family.granted();
    issue::issue(cx, client, &code.family, &granted).await
}
