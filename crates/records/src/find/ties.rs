//! The patients of a professional: those in whose care they are named, as far as the store shows it to them.

use fhir::ResourceType;
use service::RouteCtx;
use std::collections::HashMap;
use store::search::SearchRequest;
use store::{Error, Result};

/// Patients of one person; those with whom there was something to do last.
const PATIENTS_MAX: usize = 200;
const EACH: &str = "400";

/// Where a professional is named, and by which search parameter.
const NAMED_IN: [(ResourceType, &str); 5] = [
    (ResourceType::CARE_TEAM, "participant"),
    (ResourceType::APPOINTMENT, "actor"),
    (ResourceType::ENCOUNTER, "participant"),
    (ResourceType::PROCEDURE, "performer"),
    (ResourceType::SERVICE_REQUEST, "requester"),
];

/// Ids of the patients, the latest first, and whether there are more.
pub(crate) async fn patients(cx: &RouteCtx) -> Result<(Vec<String>, bool)> {
    let Some(person) = cx.ctx.actor.person.clone() else { return Ok((Vec::new(), false)) };
    let mut latest: HashMap<String, i64> = HashMap::new();
    let mut more = false;
    for (rt, param) in NAMED_IN {
        let params = [(param, person.to_string()), ("_count", EACH.to_string())];
        let request = SearchRequest {
            rt: Some(rt),
            params: params.into_iter().map(|(n, v)| (n.to_string(), v)).collect(),
            ..SearchRequest::default()
        };
        let page = match cx.tenant.search(&cx.ctx, &request).await {
            Err(Error::Denied) => continue,
            page => page?,
        };
        more |= page.next.is_some();
        for found in &page.entries {
            let Ok(json) = fhir::json::parse(&found.visible.body) else { continue };
            for id in fhir::compartment::patients(rt, &json) {
                let at = latest.entry(id.to_string()).or_insert(i64::MIN);
                *at = (*at).max(found.visible.at);
            }
        }
    }
    let mut all: Vec<(String, i64)> = latest.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    more |= all.len() > PATIENTS_MAX;
    all.truncate(PATIENTS_MAX);
    Ok((all.into_iter().map(|(id, _)| id).collect(), more))
}
