//! `GET implants?lot=&gtin=&serial=`: who carries a lot. Access decides for each patient, and each look is audited.

use super::device::{CLIENT, GTIN, LOT, SERIAL, identified, is_implant, is_struck, told};
use super::message::SEARCH;
use super::recall::{self, Recall, token};
use crate::perioperative::case::{CASE, all, parsed};
use crate::perioperative::person;
use crate::stock;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const VALUE_MAX: usize = 40;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "implants",
        summary: "Who carries an implant of a lot, a product or a serial number",
        access: Access::SignedIn,
        handler: Arc::new(Carriers),
    }
}

struct Carriers;

/// What is looked for.
#[derive(Default)]
pub(super) struct Wanted {
    pub gtin: Option<String>,
    pub lot: Option<String>,
    pub serial: Option<String>,
}

#[async_trait]
impl Handler for Carriers {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let query = |name: &str| {
            let text = request.query(name).map(str::trim).filter(|text| !text.is_empty());
            text.map(|text| text.chars().take(VALUE_MAX).collect::<String>())
        };
        let gtin = query("gtin").map(|gtin| format!("{gtin:0>14}"));
        let wanted = Wanted { gtin, lot: query("lot"), serial: query("serial") };
        if wanted.gtin.is_none() && wanted.lot.is_none() && wanted.serial.is_none() {
            return Err(Issue::error(Code::Required, SEARCH).at("lot").into());
        }
        let today = fhir::date::date_format(cx.ctx.clock.now_ms());
        let recalls: Vec<Recall> = recall::every(&cx)
            .await?
            .into_iter()
            .filter(|r| wanted.covers(&r.gtin, r.lot.as_deref()))
            .collect();
        let mut carriers = Vec::new();
        for (id, json) in implants(&cx, &wanted).await? {
            carriers.push(carrier(&cx, &id, &json).await?);
        }
        let lines = stock::lines(&cx).await?;
        let lines = lines.iter().filter(|line| wanted.covers(&line.gtin, line.lot.as_deref()));
        let lines = lines.map(|line| line.told(&today, recall_of(&recalls, &line.gtin, line.lot.as_deref())));
        let told = Json::object([
            ("carriers", Json::Array(carriers)),
            ("stock", Json::array(lines)),
            ("recalls", Json::array(recalls.iter().map(|recall| Json::object(recall.told())))),
        ]);
        Ok(RouteReply::json(200, &told))
    }
}

fn recall_of(recalls: &[Recall], gtin: &str, lot: Option<&str>) -> bool {
    recalls.iter().any(|recall| recall.covers(gtin, lot))
}

impl Wanted {
    fn covers(&self, gtin: &str, lot: Option<&str>) -> bool {
        self.gtin.as_deref().is_none_or(|wanted| wanted == gtin)
            && self.lot.as_deref().is_none_or(|wanted| lot.is_none() || lot == Some(wanted))
    }

    /// The most telling of what is looked for.
    pub fn query(&self) -> Option<String> {
        match (&self.serial, &self.lot, &self.gtin) {
            (Some(serial), _, Some(gtin)) => Some(token(SERIAL, &format!("{gtin}:{serial}"))),
            (_, Some(lot), _) => Some(token(LOT, lot)),
            (_, None, Some(gtin)) => Some(token(GTIN, gtin)),
            (Some(_), None, None) => Some(format!("{SERIAL}|")),
            (None, None, None) => None,
        }
    }

    pub fn is(&self, json: &Json<'_>) -> bool {
        let fits = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| found == Some(wanted))
        };
        fits(&self.gtin, identified(json, GTIN))
            && fits(&self.lot, json.get_str("lotNumber"))
            && fits(&self.serial, json.get_str("serialNumber"))
    }
}

/// The implants that are looked for and stand.
pub(super) async fn implants(cx: &RouteCtx, wanted: &Wanted) -> Result<Vec<(String, Json<'static>)>> {
    let Some(query) = wanted.query() else { return Ok(Vec::new()) };
    let mut implants = Vec::new();
    for found in all(cx, ResourceType::DEVICE, [("identifier", query)]).await? {
        let json = parsed(&found)?;
        if is_implant(&json) && !is_struck(&json) && wanted.is(&json) {
            implants.push((found.id, json));
        }
    }
    Ok(implants)
}

async fn carrier(cx: &RouteCtx, id: &str, json: &Json<'static>) -> Result<Json<'static>> {
    let reference = json.get("patient").and_then(|p| p.get_str("reference")).unwrap_or_default();
    let mut patient = vec![("reference", Json::string(reference.to_string()))];
    let read = match reference.strip_prefix("Patient/") {
        Some(patient) => cx.tenant.read(&cx.ctx, ResourceType::PATIENT, patient).await,
        None => Err(Error::NotFound),
    };
    match read {
        Ok(found) => {
            let found = parsed(&found)?;
            patient.extend(person::name(&found).map(|name| ("name", Json::string(name))));
            let birth = found.get_str("birthDate").map(|day| Json::string(day.to_string()));
            patient.extend(birth.map(|day| ("birthDate", day)));
        }
        Err(Error::NotFound | Error::Gone { .. } | Error::Denied) => {}
        Err(other) => return Err(other),
    }
    let case = identified(json, CASE).map(|case| Json::string(format!("ServiceRequest/{case}")));
    let mut members = told(id, json);
    members.retain(|(name, _)| *name != "id" && *name != "status");
    members.push(("device", Json::string(format!("Device/{id}"))));
    members.push(("patient", Json::object(patient)));
    members.push(("case", case.unwrap_or(Json::Null)));
    members.push(("client", identified(json, CLIENT).map_or(Json::Null, |c| Json::string(c.to_string()))));
    Ok(Json::object(members))
}
