//! `POST documents/generate-medical`: makes a draft from the chart and a form.

use crate::asked::Asked;
use crate::missing::Missing;
use crate::{draft, tell};
use async_trait::async_trait;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "documents/generate-medical",
        summary: "Makes a document from the chart: a draft, or the list of what is missing",
        access: Access::SignedIn,
        handler: Arc::new(Generate),
    }
}

struct Generate;

#[async_trait]
impl Handler for Generate {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let asked = Asked::read(&request.body)?;
        let (chart, values, missing) = asked.look(&cx).await?;
        if !missing.is_empty() {
            return Err(Error::Refused(missing.iter().map(Missing::issue).collect()));
        }
        let made = draft::made(&cx, &asked, &chart, &values).await?;
        tell::reply(&cx, &made, 201).await
    }
}
