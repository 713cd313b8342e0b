//! Previews, of which nothing is kept: `POST documents/templates/medical/preview` writes texts with the facts of a
//! sample; `POST documents/preview` prints the pages that `generate-medical` would make.

use super::{facts, post, written};
use crate::asked::{self, Asked};
use crate::draft;
use crate::missing::Missing;
use crate::sheet::Name;
use crate::verb::pdf;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn text() -> Route {
    Route {
        method: Method::Post,
        path: "documents/templates/medical/preview",
        summary: "Writes a clinic's own text with the facts of a sample; keeps nothing",
        access: Access::SignedIn,
        handler: Arc::new(Words),
    }
}

pub(super) fn pages() -> Route {
    Route {
        method: Method::Post,
        path: "documents/preview",
        summary: "Prints the pages that a document would have; keeps nothing",
        access: Access::SignedIn,
        handler: Arc::new(Pages),
    }
}

struct Words;
struct Pages;

#[async_trait]
impl Handler for Words {
    async fn handle(&self, _: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = asked::form(&request.body)?;
        let (kind, _, values) = post::wordings(&mut form);
        form.finish()?;
        let written = written(&values, kind.ok_or(Error::NotFound)?, &facts::sample())?;
        Ok(RouteReply::json(200, &Json::object([("values", Json::object(written))])))
    }
}

#[async_trait]
impl Handler for Pages {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let asked = Asked::read(&request.body)?;
        let (chart, values, missing) = asked.look(&cx).await?;
        if !missing.is_empty() {
            return Err(Error::Refused(missing.iter().map(Missing::issue).collect()));
        }
        // A name of its own, that no document ever has.
        let name = Name::new(cx.ctx.ids.uuid().to_string());
        let printed = draft::printed(asked.kind, &chart, &values, name).await?;
        Ok(pdf("preview", printed.into_pdf()))
    }
}
