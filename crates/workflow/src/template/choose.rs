//! Which template a new instance follows: the clinic's own where it is newer than the shipped one.

use super::{Template, is_newer, read, shipped};
use fhir::ResourceType;
use store::search::SearchRequest;
use store::{Ctx, Error, Result, Tenant};

/// Versions of one template that are looked at.
const VERSIONS: &str = "50";

/// # Errors
/// `NotFound` for a course that this service does not start; the store's.
pub(crate) async fn choose(tenant: &Tenant, ctx: &Ctx, url: &str) -> Result<Template> {
    let mut best = shipped::all().iter().find(|one| one.url == url).cloned().ok_or(Error::NotFound)?;
    let params = [("url", url), ("status", "active"), ("_count", VERSIONS)];
    let request = SearchRequest {
        rt: Some(ResourceType::PLAN_DEFINITION),
        params: params.into_iter().map(|(n, v)| (n.to_string(), v.to_string())).collect(),
        ..SearchRequest::default()
    };
    for found in tenant.search(ctx, &request).await?.entries {
        // What does not hold together was refused when it was written.
        let Ok(json) = fhir::json::parse(&found.visible.body) else { continue };
        let Ok(own) = read(&json) else { continue };
        if own.url == url && is_newer(&own.version, &best.version) {
            best = own;
        }
    }
    Ok(best)
}
