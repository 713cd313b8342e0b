//! `GET demo/mails`: what the sample clinic would have mailed. A simulator: nothing leaves.

use super::desk::Desk;
use super::json;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub async fn list(desk: Arc<Desk>, _: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let sample = desk.parts.sample.as_ref().ok_or(Error::NotFound)?;
    let mails = sample.outbox.mails();
    let mails = mails.iter().map(|m| json!({"to": m.to, "subject": m.subject, "text": m.text}));
    Ok(json::reply(200, &json!({"simulator": true, "mails": mails.collect::<Vec<_>>()})))
}
