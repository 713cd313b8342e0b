//! `POST notes/{id}/cosign`: somebody other than the author confirms a signed note.

use super::attest::{Act, Role};
use super::content;
use super::message::{AMENDED, CHANGED, COSIGN_SELF, COSIGNED, NOT_SIGNED, WITHDRAWN};
use super::right::{self, Powers};
use super::view::Seen;
use super::{form, sign};
use crate::person::name_of;
use async_trait::async_trait;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "notes/{id}/cosign",
        summary: "Co-signs a signed note; needs a factor given in the last five minutes",
        access: Access::SignedIn,
        handler: Arc::new(Cosign),
    }
}

struct Cosign;

#[async_trait]
impl Handler for Cosign {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let form = form::read(&request.body)?;
        let current = Seen::read(&cx, id).await?;
        let who = right::professional(&cx)?.to_string();
        let against = if content::is_draft(&current.json) {
            Some(NOT_SIGNED)
        } else if content::is_withdrawn(&current.json) {
            Some(WITHDRAWN)
        } else if current.amended_by.is_some() {
            Some(AMENDED)
        } else if content::authors(&current.json).any(|author| author == who) {
            Some(COSIGN_SELF)
        } else {
            content::attester(&current.json, "professional").map(|_| COSIGNED)
        };
        if let Some(text) = against {
            return current.conflict(&cx, 409, text).await;
        }
        let Some(version) = form::version(&request, &form) else { return Ok(form::version_missing(&cx)) };
        if version != current.version {
            return current.conflict(&cx, 412, CHANGED).await;
        }
        if !Powers::of(&cx, current.patient()).await?.over(&cx, &current).cosign {
            return right::denied(&cx, "note-cosign", id).await;
        }
        right::fresh(&cx, current.patient()).await?;
        let name = name_of(&cx, &who).await?;
        let mut note = current.json.clone();
        let status = if content::amends(&note).is_some() { "amended" } else { "final" };
        sign::attested(&cx, &mut note, status, "professional", (&who, name.as_deref()));
        let act = Act { note: id, role: Role::Cosigner, who: &who, name: name.as_deref(), reason: None };
        let ctx = right::on_behalf(&cx, "note-cosign", id).await?;
        sign::commit(&cx, &ctx, &act, note, version).await
    }
}
