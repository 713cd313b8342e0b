//! `POST stations {name}`, `GET stations`, `DELETE stations/{id}`: the ward stations of a clinic.

use super::desk::{self, Desk};
use super::{json, station, text};
use crate::account::guard;
use serde::Deserialize;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

#[derive(Deserialize)]
struct Asked {
    name: String,
}

pub async fn add(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::administers(&cx).await?;
    let caller = desk::fresh(&cx)?;
    let asked: Asked = json::read(&request)?;
    let name = asked.name.trim();
    if name.is_empty() || name.chars().count() > 60 {
        return Err(text::wrong("name", text::STATION_NAME));
    }
    let station = station::Station {
        id: cx.ctx.ids.uuid().to_string(),
        name: name.to_string(),
        created: cx.ctx.clock.now_ms(),
        by: caller.actor.name.clone(),
    };
    let token = station::register(&cx, &station).await?;
    cx.tenant.audit_operation(&cx.ctx, &format!("station-registered {}", station.id), None).await?;
    Ok(json::reply(201, &json!({"id": station.id, "name": station.name, "token": token})))
}

pub async fn list(_: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    guard::may_see(&cx).await?;
    let stations = station::all(&cx).await?;
    let stations = stations
        .iter()
        .map(|s| json!({"id": s.id, "name": s.name, "created": json::instant(s.created), "by": s.by}));
    Ok(json::reply(200, &json!({"stations": stations.collect::<Vec<_>>()})))
}

pub async fn remove(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::administers(&cx).await?;
    desk::fresh(&cx)?;
    let id = request.param("id");
    station::remove(&cx, id).await?;
    cx.tenant.audit_operation(&cx.ctx, &format!("station-removed {id}"), None).await?;
    Ok(RouteReply::empty(204))
}
