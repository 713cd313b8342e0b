//! Reads of the hub's own.

use crate::element::parsed;
use fhir::{Json, ResourceType};
use store::search::SearchRequest;
use store::{Ctx, Error, Result, Tenant, Visible};

/// Resources of one list that are looked at.
const MAX: usize = 2_000;
const PAGE: usize = 500;

/// The resource with its version; `None` when it is not there (any more).
///
/// # Errors
/// The store's.
pub(crate) async fn one(
    tenant: &Tenant,
    ctx: &Ctx,
    rt: ResourceType,
    id: &str,
) -> Result<Option<(u64, Json<'static>)>> {
    match tenant.read(ctx, rt, id).await {
        Ok(found) => Ok(Some((found.version, parsed(&found)?))),
        Err(Error::NotFound | Error::Gone { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What matches, bounded.
///
/// # Errors
/// The store's.
pub(crate) async fn by_params(
    tenant: &Tenant,
    ctx: &Ctx,
    rt: ResourceType,
    params: &[(&str, String)],
) -> Result<Vec<Visible>> {
    let mut found = Vec::new();
    let mut request = asked(rt, params, PAGE);
    loop {
        let page = tenant.search(ctx, &request).await?;
        found.extend(page.entries.into_iter().map(|entry| entry.visible));
        match page.next {
            Some(next) if found.len() < MAX => request.page = Some(next),
            _ => return Ok(found),
        }
    }
}

/// The first that match.
///
/// # Errors
/// The store's.
pub(crate) async fn first(
    tenant: &Tenant,
    ctx: &Ctx,
    rt: ResourceType,
    params: &[(&str, String)],
    count: usize,
) -> Result<Vec<Visible>> {
    let page = tenant.search(ctx, &asked(rt, params, count)).await?;
    Ok(page.entries.into_iter().map(|entry| entry.visible).collect())
}

fn asked(rt: ResourceType, params: &[(&str, String)], count: usize) -> SearchRequest {
    let mut all: Vec<(String, String)> =
        params.iter().map(|(name, value)| ((*name).to_string(), value.clone())).collect();
    all.push(("_count".into(), count.to_string()));
    SearchRequest { rt: Some(rt), params: all, ..SearchRequest::default() }
}
