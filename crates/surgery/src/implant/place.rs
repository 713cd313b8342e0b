//! `POST surgeries/{id}/implants`: an implant is in the patient. The Device, its place in the Procedure and what it
//! takes from the stock are written together or not at all.

use super::code::Device;
use super::device::{Implant, told};
use super::message::NO_LOT;
use super::recall;
use crate::perioperative::case::{Case, created, derived, parsed, settled};
use crate::perioperative::field::clean;
use crate::perioperative::person;
use crate::stock::{self, Line};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};
use uuid::Uuid;

const SIDES: [(&str, &str); 3] = [("right", "right"), ("left", "left"), ("both", "both")];

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "surgeries/{id}/implants",
        summary: "Records an implant in the patient and takes it from the stock; sent again, it changes nothing",
        access: Access::SignedIn,
        handler: Arc::new(Place),
    }
}

struct Place;

struct Asked {
    client: Uuid,
    label: Device,
    name: Option<String>,
    site: Option<String>,
    side: Option<&'static str>,
    override_reason: Option<String>,
}

#[async_trait]
impl Handler for Place {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let asked = read(&request.body)?;
        let author = person::author(&cx).await?;
        let id = request.param("id");
        let (cx, asked, author) = (&cx, &asked, &author);
        let (new, told) = settled(cx, || async move {
            let case = Case::read(cx, id).await?;
            let device = derived("implant", &case.id, &asked.client.to_string());
            match cx.tenant.read(&cx.ctx, ResourceType::DEVICE, &device).await {
                Ok(found) => Ok((Vec::new(), (false, told(&found.id, &parsed(&found)?)))),
                Err(Error::NotFound) => {
                    let (writes, told) = prepared(cx, &case, device, asked, author).await?;
                    Ok((writes, (true, told)))
                }
                Err(other) => Err(other),
            }
        })
        .await?;
        Ok(RouteReply::json(if new { 201 } else { 200 }, &Json::object(told)))
    }
}

fn read(body: &[u8]) -> Result<Asked> {
    let mut form = Form::read(body)?;
    let client = form.required("id", 40);
    let label = super::asked::device(&mut form);
    if label.as_ref().is_some_and(|label| label.lot.is_none() && label.serial.is_none()) {
        form.wrong(Issue::error(Code::Required, NO_LOT).at("lot"));
    }
    let (name, site) = (form.text("name", 200), form.text("site", 200));
    let side = form.choice("side", &SIDES);
    let override_reason = form.text("overrideReason", 500);
    let id = Uuid::try_parse(&client).ok();
    if id.is_none() && !client.is_empty() {
        form.wrong(Issue::error(Code::Value, crate::perioperative::message::CLIENT_ID).at("id"));
    }
    form.finish()?;
    let (Some(client), Some(label)) = (id, label) else { return Err(Error::NotFound) };
    let clean = |text: Option<String>| text.map(|text| clean(&text));
    let (name, site, override_reason) = (clean(name), clean(site), clean(override_reason));
    Ok(Asked { client, label, name, site, side, override_reason })
}

type Told = Vec<(&'static str, Json<'static>)>;

async fn prepared(
    cx: &RouteCtx,
    case: &Case,
    id: String,
    asked: &Asked,
    author: &Json<'static>,
) -> Result<(Vec<Write>, Told)> {
    let label = &asked.label;
    let recalls = recall::of(cx, label).await?;
    let time = fhir::date::instant_format(cx.ctx.clock.now_ms());
    let today = time.get(..10).unwrap_or_default();
    let against: Vec<Issue> = super::rule::against(label, recalls.first().map(super::rule::told_as), today);
    if !against.is_empty() && asked.override_reason.is_none() {
        return Err(Error::Refused(against));
    }
    let product = stock::product(cx, &label.gtin).await?;
    let line = stock::line_of(cx, label).await?;
    let name = product.as_ref().map(|p| p.name.clone()).or_else(|| line.as_ref()?.name.clone());
    let maker = line.as_ref().and_then(|line| line.manufacturer.clone());
    let taken = line.filter(|line| line.quantity > 0).map(|line| line.plus(-1));
    let implant = Implant {
        id: id.clone(),
        taken: taken.as_ref().map(|line| line.id.clone()),
        client: asked.client.to_string(),
        label: label.clone(),
        name: name.or_else(|| asked.name.clone()),
        manufacturer: product.and_then(|p| p.manufacturer).or(maker),
        site: asked.site.clone(),
        side: asked.side.or_else(|| case.side()),
        time,
        author: author.clone(),
        override_reason: asked.override_reason.clone().filter(|_| !against.is_empty()),
    };
    let json = implant.json(case);
    let mut writes = vec![created(ResourceType::DEVICE, id.clone(), &json)];
    writes.push(case.with_procedure(|procedure| implanted(procedure, &id)));
    writes.extend(taken.iter().map(Line::update));
    let mut members = told(&id, &json);
    let stock = taken.map(|line| {
        let device = Json::string(format!("Device/{}", line.id));
        Json::object([("device", device), ("quantity", Json::integer(line.quantity))])
    });
    members.push(("stock", stock.unwrap_or(Json::Null)));
    let warnings = against.iter().map(|issue| Json::string(issue.sentence(cx.ctx.lang)));
    members.push(("warnings", Json::array(warnings)));
    Ok((writes, members))
}

fn implanted(procedure: &mut Json<'static>, device: &str) {
    let action = fhir::edit::codeable_concept("http://hl7.org/fhir/device-action", "implanted", None);
    let focal = Json::object([
        ("action", action),
        ("manipulated", Json::object([("reference", Json::string(format!("Device/{device}")))])),
    ]);
    if let Some(edit) = fhir::edit::edit(procedure) {
        edit.push_new("focalDevice", focal.into_owned());
    }
}
