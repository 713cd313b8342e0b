//! `POST stock/receive`: a delivery enters the stock, once however often it is sent.

use super::line::{Line, line};
use super::message::{EXPIRED, NAME, QUANTITY, RECALLED};
use super::product::product;
use crate::implant::{Label, asked_device, recall};
use crate::perioperative::case::{created, derived, settled};
use crate::perioperative::field::clean;
use crate::perioperative::message::CLIENT_ID;
use async_trait::async_trait;
use fhir::edit::{edit, instant, reference, resource};
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};
use uuid::Uuid;

const QUANTITY_MAX: i64 = 10_000;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "stock/receive",
        summary: "Receives a lot into the stock; sent again, it changes nothing",
        access: Access::SignedIn,
        handler: Arc::new(Receive),
    }
}

struct Receive;

struct Asked {
    client: Uuid,
    label: Label,
    quantity: i64,
    name: Option<String>,
    manufacturer: Option<String>,
    place: Option<String>,
}

#[async_trait]
impl Handler for Receive {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let asked = read(&request.body)?;
        let today = fhir::date::date_format(cx.ctx.clock.now_ms());
        let name = named(&cx, &asked, &today).await?;
        let delivery = derived("received", &asked.label.gtin, &asked.client.to_string());
        let id = Line::id(&asked.label, asked.place.as_deref());
        let (cx, asked, name, delivery, id) = (&cx, &asked, &name, &delivery, &id);
        let (new, line) = settled(cx, || async move {
            let stored = line(cx, id).await?;
            let known = cx.tenant.read(&cx.ctx, ResourceType::SUPPLY_DELIVERY, delivery).await;
            match (known, stored) {
                (Ok(_), Some(line)) => Ok((Vec::new(), (false, line))),
                (Ok(_) | Err(Error::NotFound), stored) => {
                    let fresh = || {
                        let (name, maker) = name.clone();
                        Line::new(&asked.label, Some(name), maker, asked.place.clone())
                    };
                    let mut line = stored.unwrap_or_else(fresh);
                    line.quantity += asked.quantity;
                    let writes = vec![line.update(), received(cx, delivery, asked.quantity, &line)];
                    line.version += 1;
                    Ok((writes, (true, line)))
                }
                (Err(other), _) => Err(other),
            }
        })
        .await?;
        Ok(RouteReply::json(if new { 201 } else { 200 }, &line.told(&today, false)))
    }
}

fn read(body: &[u8]) -> Result<Asked> {
    let mut form = Form::read(body)?;
    let client = form.required("id", 40);
    let client = Uuid::try_parse(&client).ok();
    if client.is_none() {
        form.wrong(Issue::error(Code::Value, CLIENT_ID).at("id"));
    }
    let label = asked_device(&mut form);
    let quantity = form.json().get("quantity").and_then(Json::as_number).and_then(|n| n.parse::<i64>().ok());
    let quantity = quantity.filter(|n| (1..=QUANTITY_MAX).contains(n));
    if quantity.is_none() {
        form.wrong(Issue::error(Code::Value, QUANTITY).at("quantity").arg("max", QUANTITY_MAX));
    }
    let (name, manufacturer, place) =
        (form.text("name", 200), form.text("manufacturer", 200), form.text("location", 120));
    form.finish()?;
    let (Some(client), Some(label), Some(quantity)) = (client, label, quantity) else {
        return Err(Error::NotFound);
    };
    let clean = |text: Option<String>| text.map(|text| clean(&text));
    let (name, manufacturer, place) = (clean(name), clean(manufacturer), clean(place));
    Ok(Asked { client, label, quantity, name, manufacturer, place })
}

/// What it is called and who made it, when it may enter the stock.
async fn named(cx: &RouteCtx, asked: &Asked, today: &str) -> Result<(String, Option<String>)> {
    let label = &asked.label;
    if label.is_expired(today) {
        let expiry = label.expiry.as_deref().unwrap_or_default();
        return Err(Issue::error(Code::BusinessRule, EXPIRED).at("expiry").arg("expiry", expiry).into());
    }
    if let Some(recall) = recall::of(cx, label).await?.first() {
        let reference = recall.reference.as_deref().unwrap_or("—");
        return Err(Issue::error(Code::BusinessRule, RECALLED).at("lot").arg("reference", reference).into());
    }
    let known = product(cx, &label.gtin).await?;
    let name = known.as_ref().map(|product| product.name.clone()).or_else(|| asked.name.clone());
    let name = name.ok_or_else(|| Error::from(Issue::error(Code::Required, NAME).at("name")))?;
    Ok((name, known.and_then(|product| product.manufacturer).or_else(|| asked.manufacturer.clone())))
}

fn received(cx: &RouteCtx, id: &str, quantity: i64, line: &Line) -> Write {
    let mut json = resource(ResourceType::SUPPLY_DELIVERY);
    let supplied = Json::object([
        ("quantity", Json::object([("value", Json::integer(quantity))])),
        ("itemReference", reference(ResourceType::DEVICE, &line.id)),
    ]);
    if let Some(edit) = edit(&mut json) {
        edit.set("id", Json::string(id.to_string()))
            .status("completed")
            .set("suppliedItem", supplied)
            .set("occurrenceDateTime", instant(cx.ctx.clock.now_ms()));
    }
    created(ResourceType::SUPPLY_DELIVERY, id.to_string(), &json)
}
