//! `PUT surgeries/{id} {version, …}`: changes the request while nobody was received for it.

use super::form::Asked;
use super::message::BEGUN;
use super::whole::Whole;
use super::{element, tell};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Put,
        path: "surgeries/{id}",
        summary: "Changes what is asked for",
        access: Access::SignedIn,
        handler: Arc::new(Change),
    }
}

/// The version that the caller looked at.
///
/// # Errors
/// `VersionConflict` when there is a newer one.
pub(super) fn same_version(form: &Form<'_>, case: &Whole) -> Result<()> {
    let said = form.json().get("version").and_then(Json::as_number).and_then(|n| n.parse::<u64>().ok());
    match said {
        Some(version) if version != case.version => Err(Error::VersionConflict { current: case.version }),
        _ => Ok(()),
    }
}

struct Change;

#[async_trait]
impl Handler for Change {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let mut case = Whole::read(&cx, request.param("id")).await?;
        same_version(&form, &case)?;
        if !case.status().is_open() {
            return Err(Issue::error(Code::Conflict, BEGUN).into());
        }
        let asked = Asked::read(&cx, &mut form, false).await?;
        asked.onto(&mut case.json);
        asked.check_side(&case.json, &mut form);
        form.finish()?;
        let write = element::write(ResourceType::SERVICE_REQUEST, &case.id, Some(case.version), &case.json);
        cx.tenant.commit(&cx.ctx, vec![write]).await?;
        Ok(RouteReply::json(200, &tell::surgery(&Whole::read(&cx, request.param("id")).await?)))
    }
}
