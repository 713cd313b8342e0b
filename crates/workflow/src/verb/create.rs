//! `POST workflows/surgical/create {case, template?}`: begins a course by hand, once.

use super::status::told;
use crate::instance::{Case, Facts, Instance, advance};
use crate::message::{CASE_CLOSED, NOT_A_CASE, UNKNOWN_TEMPLATE};
use crate::template::{Starts, choose, short, urls};
use async_trait::async_trait;
use fhir::{Code, Issue, ResourceType};
use policy::{Group, Verb};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Ctx, Error, Result};

const DEFAULT: &str = "surgery-approval";

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "workflows/surgical/create",
        summary: "Begins a course for an operation",
        access: Access::SignedIn,
        handler: Arc::new(Create),
    }
}

struct Create;

#[async_trait]
impl Handler for Create {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let said = form.required("case", 100);
        let template = form.text("template", 60).unwrap_or_else(|| DEFAULT.to_string());
        let url = urls().find(|url| short(url) == template);
        if url.is_none() {
            form.wrong(Issue::error(Code::CodeInvalid, UNKNOWN_TEMPLATE).at("template"));
        }
        form.finish()?;
        let url = url.ok_or(Error::NotFound)?;
        let id = said.strip_prefix("ServiceRequest/").unwrap_or(&said);
        let hub = Ctx { actor: store::Actor::system("workflow"), ..cx.ctx.clone() };
        let unknown = || Error::from(Issue::error(Code::NotFound, NOT_A_CASE).at("case"));
        let case = Case::read(&cx.tenant, &hub, id).await?.ok_or_else(unknown)?;
        let on = Some((ResourceType::SERVICE_REQUEST, id));
        let patient = case.patient.trim_start_matches("Patient/");
        match cx.tenant.decide(&cx.ctx, Verb::Write, Group::Schedule, Some(patient)).await {
            Ok(true) => {}
            // Whoever may not know the patient does not learn that there is a case.
            Ok(false) | Err(Error::NotFound) => {
                cx.tenant.audit_refused(&cx.ctx, "workflow-create", on).await?;
                return Err(unknown());
            }
            Err(other) => return Err(other),
        }
        cx.tenant.audit_operation(&cx.ctx, "workflow-create", on).await?;
        let status = match begin(&cx, &hub, &case, url).await {
            Ok(true) => 201,
            // The feed was faster: it runs.
            Ok(false) | Err(Error::VersionConflict { .. }) => 200,
            Err(other) => return Err(other),
        };
        Ok(RouteReply::json(status, &told(&cx, id).await?))
    }
}

/// Whether it began now.
async fn begin(cx: &RouteCtx, hub: &Ctx, case: &Case, url: &str) -> Result<bool> {
    if Instance::read(&cx.tenant, hub, &case.id, url).await?.is_some() {
        return Ok(false);
    }
    let template = choose(&cx.tenant, hub, url).await?;
    if !case.may_begin(template.starts == Starts::CaseOver) {
        return Err(Error::refused(Code::Conflict, CASE_CLOSED));
    }
    let now = cx.ctx.clock.now_ms();
    let facts = Facts::read(&cx.tenant, hub, case).await?;
    let mut instance = Instance::begin(cx.tenant.name(), case, template, now);
    let writes = advance(&mut instance, &[], Some(case), &facts, now)?;
    cx.tenant.commit(&super::act::named(cx, hub), writes).await?;
    Ok(true)
}
