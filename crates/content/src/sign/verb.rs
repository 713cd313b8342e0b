//! `POST documents/{id}/sign`.

use super::{patient, professional};
use crate::document::{Document, Status};
use crate::kind::Signer;
use crate::message::{CLOSED, NOT_ASKED, OVER, SIGNED_ALREADY};
use crate::{asked, tell};
use async_trait::async_trait;
use fhir::{Code, Issue};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "documents/{id}/sign",
        summary: "Signs a document: its author with a fresh factor, or the patient on a tablet",
        access: Access::SignedIn,
        handler: Arc::new(Sign),
    }
}

struct Sign;

#[async_trait]
impl Handler for Sign {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let mut form = asked::form(&request.body)?;
        let signer = form.required_choice("as", &Signer::ALL);
        let version = asked::version(&request, &form)?;
        form.finish()?;
        let signer = signer.ok_or(Error::NotFound)?;
        let document = Document::read(&cx, id).await?;
        if !document.kind.signers.contains(&signer) {
            return Err(Issue::error(Code::BusinessRule, NOT_ASKED).at("as").into());
        }
        match document.status() {
            _ if document.decision(signer).as_deref() == Some("signed") => {
                return tell::conflict(&cx, &document, 409, SIGNED_ALREADY).await;
            }
            Status::Superseded | Status::Withdrawn => return tell::conflict(&cx, &document, 409, OVER).await,
            Status::Refused | Status::Revoked => return tell::conflict(&cx, &document, 409, CLOSED).await,
            _ => {}
        }
        if version != document.version {
            return tell::raced(&cx, id).await;
        }
        let done = match signer {
            Signer::Professional => professional::sign(&cx, &document).await,
            Signer::Patient => patient::sign(&cx, &document, &mut form).await,
        };
        match done {
            Ok(done) => tell::reply(&cx, &done, 200).await,
            Err(Error::VersionConflict { .. }) => tell::raced(&cx, id).await,
            // Whoever was faster has closed it: that is no lack of right.
            Err(Error::Denied) => {
                let now = Document::read(&cx, id).await?;
                match now.version == document.version {
                    true => Err(Error::Denied),
                    false => tell::raced(&cx, id).await,
                }
            }
            Err(other) => Err(other),
        }
    }
}
