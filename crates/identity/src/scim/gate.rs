//! Who may come in: a program with the scope `scim`, and nobody else.

use super::answer::{Answer, Fault};
use service::RouteCtx;
use store::Role;

/// # Errors
/// 401 without a token, 403 with one that is for something else.
pub fn admit(cx: &RouteCtx) -> Answer<()> {
    if cx.caller.is_none() {
        return Err(Fault::plain(401, "a bearer token is needed"));
    }
    let grant = &cx.ctx.grant;
    let scoped = grant.client.is_some() && grant.plain_scopes.split(' ').any(|scope| scope == "scim");
    match scoped && cx.ctx.actor.roles.contains(&Role::Integration) {
        true => Ok(()),
        false => Err(Fault::plain(403, "the token needs the scope scim")),
    }
}
