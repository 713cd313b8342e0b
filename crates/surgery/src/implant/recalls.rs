//! `GET implants/recalls` and `POST implants/recalls {gtin, lot, reference, reason}`.

use super::carriers::{Wanted, implants};
use super::gs1::has_check_digit;
use super::message::{CHECK_DIGIT, NOT_RECALLING};
use super::recall::{self, Recall};
use crate::perioperative::case::{created, raced};
use crate::perioperative::field::clean;
use crate::perioperative::person;
use crate::stock;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Role};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route {
            method: Method::Get,
            path: "implants/recalls",
            summary: "Recalled products and lots, with how many are in patients and in stock",
            access: Access::SignedIn,
            handler: Arc::new(ListRecalls),
        },
        Route {
            method: Method::Post,
            path: "implants/recalls",
            summary: "Records the recall of a product or of one lot; whoever carries it is flagged",
            access: Access::SignedIn,
            handler: Arc::new(AddRecall),
        },
    ]
}

struct ListRecalls;

#[async_trait]
impl Handler for ListRecalls {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let mut recalls = recall::every(&cx).await?;
        recalls.sort_by(|a, b| b.at.cmp(&a.at));
        let mut told = Vec::new();
        for recall in &recalls {
            told.push(counted(&cx, recall).await?);
        }
        Ok(RouteReply::json(200, &Json::object([("recalls", Json::Array(told))])))
    }
}

/// A recall with what there is of it, as far as the caller may know.
async fn counted(cx: &RouteCtx, recall: &Recall) -> Result<Json<'static>> {
    let wanted = Wanted { gtin: Some(recall.gtin.clone()), lot: recall.lot.clone(), serial: None };
    let carriers = implants(cx, &wanted).await?.len();
    let lines = stock::lines(cx).await?;
    let lines = lines.iter().filter(|line| recall.covers(&line.gtin, line.lot.as_deref()));
    let mut members = recall.told();
    members.push(("carriers", Json::integer(i64::try_from(carriers).unwrap_or(i64::MAX))));
    members.push(("stock", Json::integer(lines.map(|line| line.quantity).sum())));
    Ok(Json::object(members))
}

struct AddRecall;

#[async_trait]
impl Handler for AddRecall {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let gtin = form.required("gtin", 14);
        if !gtin.is_empty() && !has_check_digit(&gtin) {
            form.wrong(Issue::error(Code::Value, CHECK_DIGIT).at("gtin"));
        }
        let (lot, reference) = (form.text("lot", 20), form.text("reference", 80));
        let reason = clean(&form.required("reason", 2_000));
        form.finish()?;
        let may = [Role::Pharmacist, Role::MedicalAdmin].iter().any(|role| cx.ctx.actor.has(*role));
        if !may {
            cx.tenant.audit_refused(&cx.ctx, "recall", None).await?;
            return Err(Error::refused(Code::Forbidden, NOT_RECALLING));
        }
        let gtin = format!("{gtin:0>14}");
        let id = Recall::id(&gtin, lot.as_deref());
        let name = stock::product(&cx, &gtin).await?.map(|product| product.name);
        let at = fhir::date::instant_format(cx.ctx.clock.now_ms());
        let by = person::author(&cx).await?;
        let recall = Recall { id: id.clone(), gtin, lot, name, reference, reason, at, by };
        let write = created(ResourceType::DETECTED_ISSUE, id.clone(), &recall.json());
        let new = match cx.tenant.commit(&cx.ctx, vec![write]).await {
            Ok(_) => true,
            // Recalled already: the first recall stands.
            Err(error) if raced(&error) => false,
            Err(error) => return Err(error),
        };
        let stands = match new {
            true => None,
            false => recall::every(&cx).await?.into_iter().find(|known| known.id == id),
        };
        let told = counted(&cx, stands.as_ref().unwrap_or(&recall)).await?;
        Ok(RouteReply::json(if new { 201 } else { 200 }, &told))
    }
}
