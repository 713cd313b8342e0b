//! `GET access/mine?patient=`: which parts of a patient's record the caller may read, so that a page never shows a
//! list that was withheld as an empty one. It tells nothing of what the record holds.

use super::who::no_patient;
use crate::sign_in::{Desk, json};
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub async fn mine(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let patient = request.query("patient").ok_or_else(no_patient)?;
    let patient = patient.strip_prefix("Patient/").unwrap_or(patient);
    let groups = cx.tenant.readable(&cx.ctx, patient).await?;
    let groups: Vec<&str> = groups.iter().map(|group| group.as_str()).collect();
    Ok(json::reply(200, &json!({ "groups": groups })))
}
