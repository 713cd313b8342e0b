//! Who must look at a result: whoever ordered it; else the first professional of the patient's care team; else
//! nobody by name, and the team sees it.

use fhir::{Json, ResourceType};
use service::ReactionCtx;
use store::Result;
use store::search::SearchRequest;

/// Orders of one report that are asked, and care teams of one patient.
const ORDERS_MAX: usize = 5;
const TEAMS_MAX: &str = "10";

/// `Practitioner/…`, of somebody who is still there.
pub(super) async fn owner(cx: &ReactionCtx, orders: &[String], patient: &str) -> Result<Option<String>> {
    for order in orders.iter().filter_map(|order| order.strip_prefix("ServiceRequest/")).take(ORDERS_MAX) {
        let Some(found) = read(cx, ResourceType::SERVICE_REQUEST, order).await? else { continue };
        let requester = found.get("requester").and_then(|one| one.get_str("reference"));
        if let Some(requester) = requester
            && let Some(person) = person(cx, requester).await?
        {
            return Ok(Some(person));
        }
    }
    let params = [("patient", patient), ("status", "active"), ("_count", TEAMS_MAX)];
    let request = SearchRequest {
        rt: Some(ResourceType::CARE_TEAM),
        params: params.into_iter().map(|(n, v)| (n.to_string(), v.to_string())).collect(),
        ..SearchRequest::default()
    };
    for found in cx.tenant.search(&cx.ctx, &request).await?.entries {
        let Ok(team) = fhir::json::parse(&found.visible.body) else { continue };
        let members = team.each("participant").filter_map(|one| one.get("member")?.get_str("reference"));
        for member in members {
            if let Some(person) = person(cx, member).await? {
                return Ok(Some(person));
            }
        }
    }
    Ok(None)
}

/// The practitioner whom a reference leads to, by a role or not, if they are still there.
async fn person(cx: &ReactionCtx, reference: &str) -> Result<Option<String>> {
    let practitioner = match reference.split_once('/') {
        Some(("Practitioner", id)) => id.to_string(),
        Some(("PractitionerRole", id)) => {
            let Some(role) = read(cx, ResourceType::PRACTITIONER_ROLE, id).await? else { return Ok(None) };
            let named = role.get("practitioner").and_then(|one| one.get_str("reference"));
            match named.and_then(|reference| reference.strip_prefix("Practitioner/")) {
                Some(id) => id.to_string(),
                None => return Ok(None),
            }
        }
        _ => return Ok(None),
    };
    let found = read(cx, ResourceType::PRACTITIONER, &practitioner).await?;
    let there = found.is_some_and(|json| json.get("active").and_then(Json::as_bool) != Some(false));
    Ok(there.then(|| format!("Practitioner/{practitioner}")))
}

async fn read(cx: &ReactionCtx, rt: ResourceType, id: &str) -> Result<Option<Json<'static>>> {
    let found = cx.current(rt, id).await?;
    Ok(found.and_then(|visible| fhir::json::parse(&visible.body).ok().map(Json::into_owned)))
}
