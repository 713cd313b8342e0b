//! `GET auth/methods`: the ways to sign in here, for the page that offers them.

use super::desk::Desk;
use super::{json, passkey, station};
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub async fn methods(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let station = station::of(&cx, &request).await?;
    Ok(json::reply(
        200,
        &json!({
            "password": true,
            "passkey": passkey::is_possible(&cx),
            "upstream": [],
            "station": station.map(|s| json!({"id": s.id, "name": s.name})),
        }),
    ))
}
