//! `POST orders/{id}/cancel {reason}`: an order that is not carried out any more.

use super::shape::{Kind, told};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::edit::instant;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

const OVER: Text = Text {
    key: "order.over",
    fr: "Cet examen est déjà réalisé ou annulé : il ne peut plus être annulé.",
    en: "This examination was carried out or cancelled already: it cannot be cancelled any more.",
    de: "Diese Untersuchung wurde schon durchgeführt oder storniert: Sie kann nicht mehr storniert werden.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "orders/{id}/cancel",
        summary: "Cancels an order",
        access: Access::SignedIn,
        handler: Arc::new(CancelOrder),
    }
}

struct CancelOrder;

#[async_trait]
impl Handler for CancelOrder {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let reason = form.required("reason", 500);
        form.finish()?;
        let found = cx.tenant.read(&cx.ctx, ResourceType::SERVICE_REQUEST, request.param("id")).await?;
        let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored order".into()))?;
        let mut order = json.into_owned();
        Kind::of(&order).ok_or(Error::NotFound)?;
        if !matches!(order.get_str("status"), Some("active" | "draft" | "on-hold")) {
            return Err(Issue::error(Code::Conflict, OVER).into());
        }
        let note = Json::object([
            ("authorString", Json::string(cx.ctx.actor.name.clone())),
            ("time", instant(cx.ctx.clock.now_ms())),
            ("text", Json::string(reason)),
        ]);
        if let Some(edit) = fhir::edit::edit(&mut order) {
            edit.status("revoked").push("note", note);
        }
        let write = Write::Update {
            rt: ResourceType::SERVICE_REQUEST,
            id: found.id,
            body: Bytes::from(order.to_vec()),
            if_match: Some(found.version),
            if_none_match: false,
        };
        cx.tenant.commit(&cx.ctx, vec![write]).await?;
        Ok(RouteReply::json(200, &told(found.version + 1, &order, None).unwrap_or(Json::Null)))
    }
}
