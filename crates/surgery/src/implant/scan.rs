//! `POST implants/scan {code}`: what a label says, and what is known of it: product, stock, expiry, recall.

use super::code::Device;
use super::device::{SERIAL, identified, is_implant, is_struck};
use super::recall::{self, Recall, token};
use crate::perioperative::case::{all, parsed};
use crate::stock;
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "implants/scan",
        summary: "Reads the label of a device: product, lot, expiry, recall, stock",
        access: Access::SignedIn,
        handler: Arc::new(Scan),
    }
}

struct Scan;

#[async_trait]
impl Handler for Scan {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let label = super::asked::device(&mut form);
        form.finish()?;
        let label = label.ok_or(store::Error::NotFound)?;
        let product = stock::product(&cx, &label.gtin).await?;
        let line = stock::line_of(&cx, &label).await?;
        let recalls = recall::of(&cx, &label).await?;
        let today = fhir::date::date_format(cx.ctx.clock.now_ms());
        let text = |text: &Option<String>| text.clone().map_or(Json::Null, Json::string);
        let name = product.as_ref().map(|p| p.name.clone()).or_else(|| line.as_ref()?.name.clone());
        let maker = product.as_ref().and_then(|p| p.manufacturer.clone());
        let maker = maker.or_else(|| line.as_ref()?.manufacturer.clone());
        let told = Json::object([
            ("format", Json::string(if label.hibc { "hibc" } else { "gs1" })),
            ("gtin", Json::string(label.gtin.clone())),
            ("lot", text(&label.lot)),
            ("serial", text(&label.serial)),
            ("expiry", text(&label.expiry)),
            ("produced", text(&label.produced)),
            ("reference", text(&label.reference)),
            ("udi", Json::string(label.udi.clone())),
            ("known", Json::Bool(product.is_some())),
            ("name", text(&name)),
            ("manufacturer", text(&maker)),
            ("state", Json::string(state(&label, !recalls.is_empty(), &today))),
            ("expiresIn", days_left(&label, &today).map_or(Json::Null, Json::integer)),
            ("stock", line.as_ref().map_or(Json::Null, |line| line.told(&today, !recalls.is_empty()))),
            ("recall", recalls.first().map_or(Json::Null, |recall: &Recall| Json::object(recall.told()))),
            ("used", used(&cx, &label).await?),
        ]);
        Ok(RouteReply::json(200, &told))
    }
}

/// `ok`, or what speaks against it.
pub(super) fn state(label: &Device, recalled: bool, today: &str) -> &'static str {
    match (label.is_expired(today), recalled) {
        (true, true) => "expired-recalled",
        (true, false) => "expired",
        (false, true) => "recalled",
        (false, false) if label.expiry.is_none() => "unknown-expiry",
        (false, false) => "ok",
    }
}

fn days_left(label: &Device, today: &str) -> Option<i64> {
    let expiry: jiff::civil::Date = label.expiry.as_ref()?.parse().ok()?;
    let today: jiff::civil::Date = today.parse().ok()?;
    today.until(expiry).ok().map(|span| i64::from(span.get_days()))
}

/// Who carries a device of that serial number already.
async fn used(cx: &RouteCtx, label: &Device) -> Result<Json<'static>> {
    let Some(serial) = &label.serial else { return Ok(Json::array([])) };
    let value = format!("{}:{serial}", label.gtin);
    let mut used = Vec::new();
    for found in all(cx, ResourceType::DEVICE, [("identifier", token(SERIAL, &value))]).await? {
        let json = parsed(&found)?;
        if !is_implant(&json) || is_struck(&json) || identified(&json, SERIAL) != Some(value.as_str()) {
            continue;
        }
        let patient = json.get("patient").and_then(|p| p.get_str("reference")).unwrap_or_default();
        used.push(Json::object([
            ("device", Json::string(format!("Device/{}", found.id))),
            ("patient", Json::string(patient.to_string())),
        ]));
    }
    Ok(Json::Array(used))
}
