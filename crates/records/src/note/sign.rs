//! `POST notes/{id}/sign`: the author signs the text that was shown. Note and proof are one transaction: a session
//! that ends in the middle leaves a draft, or a signed note.

use super::attest::{self, Act, Role};
use super::content::{self, Content};
use super::create::seen;
use super::message::{CHANGED, EMPTY, NOT_THE_AUTHOR, SIGNED};
use super::view::Seen;
use super::{form, right};
use crate::person::name_of;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Code, Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Ctx, Error, Result, Write};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "notes/{id}/sign",
        summary: "Signs a draft; needs a factor given in the last five minutes",
        access: Access::SignedIn,
        handler: Arc::new(Sign),
    }
}

struct Sign;

#[async_trait]
impl Handler for Sign {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let form = form::read(&request.body)?;
        let current = Seen::read(&cx, id).await?;
        if !content::is_draft(&current.json) {
            return current.conflict(&cx, 409, SIGNED).await;
        }
        let who = right::professional(&cx)?.to_string();
        if !content::authors(&current.json).any(|author| author == who) {
            return Err(Error::refused(Code::Forbidden, NOT_THE_AUTHOR));
        }
        let Some(version) = form::version(&request, &form) else { return Ok(form::version_missing(&cx)) };
        if version != current.version {
            return current.conflict(&cx, 412, CHANGED).await;
        }
        right::fresh(&cx, current.patient()).await?;
        let content = Content::of(&current.json).without_blanks();
        if content.sections.is_empty() {
            return Err(Error::refused(Code::BusinessRule, EMPTY));
        }
        let mut note = current.json.clone();
        content.write(&mut note, current.kind());
        let amends = content::amends(&note).is_some();
        let name = name_of(&cx, &who).await?;
        attested(&cx, &mut note, if amends { "amended" } else { "final" }, "legal", (&who, name.as_deref()));
        content::seal(&mut note);
        let reason = content::extension(&note, content::REASON, "valueString").and_then(|r| r.as_str());
        let reason = reason.map(String::from);
        let act = Act {
            note: id,
            role: if amends { Role::Amendment } else { Role::Author },
            who: &who,
            name: name.as_deref(),
            reason: reason.as_deref(),
        };
        commit(&cx, &cx.ctx, &act, note, version).await
    }
}

/// Sets the status and adds an attester.
pub(super) fn attested(
    cx: &RouteCtx,
    note: &mut Json<'static>,
    status: &'static str,
    mode: &'static str,
    (who, name): (&str, Option<&str>),
) {
    let attester = Json::object([
        ("mode", Json::string(mode)),
        ("time", fhir::edit::instant(cx.ctx.clock.now_ms())),
        ("party", content::reference(who, name)),
    ]);
    let mut attesters: Vec<Json<'static>> = note.each("attester").cloned().collect();
    attesters.push(attester);
    if let Some(object) = note.as_object_mut() {
        object.set("status", Json::string(status));
        object.set("attester", Json::Array(attesters));
    }
}

/// Writes the proof and the note, both or neither, and answers with the note.
pub(super) async fn commit(
    cx: &RouteCtx,
    ctx: &Ctx,
    act: &Act<'_>,
    note: Json<'static>,
    version: u64,
) -> Result<RouteReply> {
    let proof = attest::provenance(cx, act, &note);
    let proof = Write::Create {
        rt: ResourceType::PROVENANCE,
        id: None,
        body: Bytes::from(proof.to_vec()),
        if_none_exist: None,
    };
    let signed = Write::Update {
        rt: ResourceType::COMPOSITION,
        id: act.note.to_string(),
        body: Bytes::from(note.to_vec()),
        if_match: Some(version),
        if_none_match: false,
    };
    // The rule on the note looks for its proof, so the proof goes first.
    match cx.tenant.commit(ctx, vec![proof, signed]).await.map_err(form::single) {
        Ok(mut done) => seen(done.pop().ok_or(Error::NotFound)?)?.reply(cx, 200).await,
        Err(Error::VersionConflict { .. }) => {
            Seen::read(cx, act.note).await?.conflict(cx, 412, CHANGED).await
        }
        Err(other) => Err(other),
    }
}
