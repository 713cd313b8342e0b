//! The person's part of an authorization: what is asked, the decision, and what was decided before.

mod apps;
mod code;
mod context;
mod decide;
mod remembered;
mod show;

pub(crate) use code::{CODE_FAMILIES, CODES, Code};
pub(crate) use context::context;

use super::signed_in;
use service::{Method, Route, RouteCtx};
use store::{Error, Result};

/// Only a person who is fully signed in to our own app, or on the command line: an app's token grants nothing
/// to other apps.
///
/// # Errors
/// `Denied`.
pub(crate) fn by_person(cx: &RouteCtx) -> Result<()> {
    let grant = &cx.ctx.grant;
    let own = grant.client.is_none() && grant.scopes.is_none();
    if own && cx.caller.is_some() { Ok(()) } else { Err(Error::Denied) }
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        signed_in(Method::Get, "oauth/requests/{ticket}", "Shows what an app asks for", show::Show),
        signed_in(
            Method::Post,
            "oauth/requests/{ticket}",
            "Grants or refuses what an app asks for",
            decide::Decide,
        ),
        signed_in(Method::Get, "account/apps", "Lists the apps that the person has let in", apps::List),
        signed_in(Method::Delete, "account/apps/{client}", "Shuts an app out again", apps::Remove),
    ]
}
