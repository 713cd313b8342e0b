//! `POST surgeries/{id}/consumed {items}`: what an operation used leaves the stock, once however often it is sent.

use super::line::{Line, line, line_of, lines_of};
use super::message::{ITEMS, NO_LINE, QUANTITY};
use super::used::{Used, used};
use crate::implant::{Label, asked_device};
use crate::perioperative::case::{Case, derived, settled};
use crate::perioperative::field::clean;
use async_trait::async_trait;
use fhir::{Code, Issue, Json};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};
use uuid::Uuid;

const ITEMS_MAX: usize = 100;
const QUANTITY_MAX: i64 = 1_000;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "surgeries/{id}/consumed",
        summary: "Takes from the stock what an operation used; sent again, it changes nothing",
        access: Access::SignedIn,
        handler: Arc::new(Consume),
    }
}

struct Consume;

struct Item {
    client: Uuid,
    device: Option<String>,
    label: Option<Label>,
    name: Option<String>,
    quantity: i64,
    wasted: i64,
}

#[async_trait]
impl Handler for Consume {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let items = read(&request.body)?;
        let id = request.param("id");
        let (cx, items) = (&cx, &items);
        let (new, told) = settled(cx, || async move {
            let case = Case::read(cx, id).await?;
            let (writes, told) = prepared(cx, &case, items).await?;
            let new = !writes.is_empty();
            Ok((writes, (new, told)))
        })
        .await?;
        let told = Json::object([("consumed", Json::Array(told))]);
        Ok(RouteReply::json(if new { 201 } else { 200 }, &told))
    }
}

fn read(body: &[u8]) -> Result<Vec<Item>> {
    let form = Form::read(body)?;
    let sent = form.json().get("items").and_then(Json::as_array).unwrap_or_default();
    if !(1..=ITEMS_MAX).contains(&sent.len()) {
        return Err(Issue::error(Code::Required, ITEMS).at("items").arg("max", ITEMS_MAX).into());
    }
    let (mut items, mut issues) = (Vec::new(), Vec::new());
    for (n, json) in sent.iter().enumerate() {
        match item(&json.to_vec()) {
            Ok(item) => items.push(item),
            Err(Error::Refused(found)) => issues.extend(found.into_iter().map(|issue| {
                let below = issue.expression.as_deref().map(|m| format!(".{m}")).unwrap_or_default();
                issue.at(format!("items[{n}]{below}"))
            })),
            Err(other) => return Err(other),
        }
    }
    if issues.is_empty() { Ok(items) } else { Err(Error::Refused(issues)) }
}

fn item(body: &[u8]) -> Result<Item> {
    let mut form = Form::read(body)?;
    let client = form.required("id", 40);
    let client = Uuid::try_parse(&client).ok();
    let device = form.text("device", 80).map(|d| d.strip_prefix("Device/").unwrap_or(&d).to_string());
    let has = |form: &Form<'_>, name: &str| form.json().get(name).is_some_and(|value| *value != Json::Null);
    let coded = device.is_none() && (has(&form, "code") || has(&form, "gtin"));
    let label = if coded { asked_device(&mut form) } else { None };
    let name = form.text("name", 200).map(|name| clean(&name));
    let number = |form: &Form<'_>, name: &str| match form.json().get(name) {
        None | Some(Json::Null) => Some(0),
        Some(n) => n.as_number().and_then(|n| n.parse::<i64>().ok()),
    };
    let (quantity, wasted) = (number(&form, "quantity"), number(&form, "wasted"));
    let quantity = quantity.filter(|n| (1..=QUANTITY_MAX).contains(n));
    let wasted = wasted.filter(|n| (0..=QUANTITY_MAX).contains(n));
    for (name, missing) in [("quantity", quantity.is_none()), ("wasted", wasted.is_none())] {
        if missing {
            form.wrong(Issue::error(Code::Value, QUANTITY).at(name).arg("max", QUANTITY_MAX));
        }
    }
    if client.is_none() || (device.is_none() && label.is_none() && name.is_none() && !coded) {
        form.wrong(Issue::error(Code::Required, ITEMS).at("id").arg("max", ITEMS_MAX));
    }
    form.finish()?;
    let (Some(client), Some(quantity), Some(wasted)) = (client, quantity, wasted) else {
        return Err(Error::NotFound);
    };
    Ok(Item { client, device, label, name, quantity, wasted })
}

async fn prepared(cx: &RouteCtx, case: &Case, items: &[Item]) -> Result<(Vec<Write>, Vec<Json<'static>>)> {
    let known = used(cx, case).await?;
    let now = fhir::date::instant_format(cx.ctx.clock.now_ms());
    let (mut writes, mut told, mut changed): (Vec<Write>, Vec<Json<'static>>, Vec<Line>) = Default::default();
    for (n, item) in items.iter().enumerate() {
        let id = derived("consumed", &case.id, &item.client.to_string());
        if let Some(known) = known.iter().find(|used| used.id == id) {
            told.push(told_of(known, None));
            continue;
        }
        let found = lot(cx, item, n).await?;
        // What was taken before in this sending counts.
        let at = found.as_ref().and_then(|found| changed.iter().position(|line| line.id == found.id));
        let line = at.map(|at| changed[at].clone()).or(found);
        let name = line.as_ref().and_then(|line| line.name.clone()).or_else(|| item.name.clone());
        let gtin = item.label.as_ref().map(|label| label.gtin.clone());
        let used = Used {
            id,
            client: item.client.to_string(),
            gtin: line.as_ref().map(|line| line.gtin.clone()).or_else(|| gtin.clone()),
            lot: line.as_ref().and_then(|l| l.lot.clone()).or_else(|| item.label.as_ref()?.lot.clone()),
            name: name.or(gtin).unwrap_or_default(),
            quantity: item.quantity,
            wasted: item.wasted.min(item.quantity),
        };
        let short = line.as_ref().is_none_or(|line| line.quantity < used.quantity);
        let line = line.map(|line| line.plus(-used.quantity));
        writes.push(used.write(case, line.as_ref(), &now));
        told.push(told_of(&used, line.as_ref().map(|line| (line.quantity, short))));
        match (at, line) {
            (Some(at), Some(line)) => changed[at] = line,
            (None, Some(line)) => changed.push(line),
            (_, None) => {}
        }
    }
    writes.extend(changed.iter().map(Line::update));
    Ok((writes, told))
}

/// The lot that an item is taken from: the one that was named, else the one that ends first.
async fn lot(cx: &RouteCtx, item: &Item, n: usize) -> Result<Option<Line>> {
    if let Some(device) = &item.device {
        let found = line(cx, device).await?;
        let missing = || Error::from(Issue::error(Code::NotFound, NO_LINE).at(format!("items[{n}].device")));
        return found.ok_or_else(missing).map(Some);
    }
    let Some(label) = &item.label else { return Ok(None) };
    if label.lot.is_some() || label.serial.is_some() {
        return line_of(cx, label).await;
    }
    let mut lines = lines_of(cx, &label.gtin).await?;
    let at = lines.iter().position(|line| line.quantity >= item.quantity);
    let at = at.or_else(|| lines.iter().position(|line| line.quantity > 0)).unwrap_or(0);
    Ok((at < lines.len()).then(|| lines.swap_remove(at)))
}

fn told_of(used: &Used, stock: Option<(i64, bool)>) -> Json<'static> {
    let text = |text: &Option<String>| text.clone().map_or(Json::Null, Json::string);
    Json::object([
        ("id", Json::string(used.id.clone())),
        ("client", Json::string(used.client.clone())),
        ("name", Json::string(used.name.clone())),
        ("gtin", text(&used.gtin)),
        ("lot", text(&used.lot)),
        ("quantity", Json::integer(used.quantity)),
        ("wasted", Json::integer(used.wasted)),
        ("stock", stock.map_or(Json::Null, |(quantity, _)| Json::integer(quantity))),
        ("short", Json::Bool(stock.is_some_and(|(_, short)| short))),
    ])
}
