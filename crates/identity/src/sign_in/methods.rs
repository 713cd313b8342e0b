//! `GET auth/methods`: the ways to sign in here, for the page that offers them.

use super::desk::Desk;
use super::{json, passkey, station};
use crate::upstream;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub async fn methods(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let station = station::of(&cx, &request).await?;
    Ok(json::reply(
        200,
        &json!({
            "password": true,
            "passkey": passkey::is_possible(&cx),
            "upstream": upstream::list(&desk.parts.upstream, cx.tenant.name()),
            "station": station.map(|s| json!({"id": s.id, "name": s.name})),
        }),
    ))
}
