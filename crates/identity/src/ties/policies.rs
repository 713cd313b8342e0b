//! `GET access/policies`: the policies in force, as a privacy officer reads them.

use super::controls;
use crate::sign_in::{Desk, json};
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub async fn list(_: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    controls(&cx).await?;
    let policies = cx.tenant.policies();
    let list = policies.list().into_iter().map(|policy| {
        json!({
            "id": policy.id,
            "file": policy.file,
            "effect": policy.effect.as_str(),
            "sentence": super::explain::sentence(&policy.sentence),
            "see": policy.see,
            "text": policy.text,
        })
    });
    let list: Vec<_> = list.collect();
    cx.tenant.audit_operation(&cx.ctx, "access-policies", None).await?;
    // Why nothing is in force is for the operator's log alone.
    Ok(json::reply(200, &json!({ "closed": policies.closed_reason().is_some(), "policies": list })))
}
