//! `POST documents/{id}/refuse` and `…/revoke`: the patient does not consent, or no longer does. Both are kept like a
//! signature, and the pages say so.

use super::{consent, patient, proof, shown};
use crate::document::{Document, Signature, Status, binary};
use crate::fixed::Change;
use crate::kind::Signer;
use crate::message::{NOT_ASKED, NOTHING_GIVEN, OVER, SIGNED_ALREADY};
use crate::words::{maybe, text};
use crate::{asked, right, tell};
use async_trait::async_trait;
use fhir::edit::reference;
use fhir::{Code, Json, ResourceType};
use policy::{Group, Verb};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const REASON_MAX: usize = 2_000;

pub(super) fn refuse() -> Route {
    Route {
        method: Method::Post,
        path: "documents/{id}/refuse",
        summary: "Records that the patient refuses to sign",
        access: Access::SignedIn,
        handler: Arc::new(Decide { decision: "refused" }),
    }
}

pub(super) fn revoke() -> Route {
    Route {
        method: Method::Post,
        path: "documents/{id}/revoke",
        summary: "Records that the patient withdraws a consent that was given",
        access: Access::SignedIn,
        handler: Arc::new(Decide { decision: "revoked" }),
    }
}

struct Decide {
    decision: &'static str,
}

#[async_trait]
impl Handler for Decide {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let mut form = asked::form(&request.body)?;
        let version = asked::version(&request, &form)?;
        let reason = form.text("reason", REASON_MAX);
        form.finish()?;
        let document = Document::read(&cx, id).await?;
        if !document.kind.signers.contains(&Signer::Patient) {
            return Err(Error::refused(Code::BusinessRule, NOT_ASKED));
        }
        let given = document.decision(Signer::Patient).as_deref() == Some("signed");
        match (self.decision, document.status()) {
            (_, Status::Superseded | Status::Withdrawn) => {
                return tell::conflict(&cx, &document, 409, OVER).await;
            }
            ("refused", _) if document.decision(Signer::Patient).is_some() => {
                return tell::conflict(&cx, &document, 409, SIGNED_ALREADY).await;
            }
            ("revoked", _) if !given => return tell::conflict(&cx, &document, 409, NOTHING_GIVEN).await,
            _ => {}
        }
        if version != document.version {
            return tell::raced(&cx, id).await;
        }
        if !right::may(&cx, Verb::Write, Group::Consent, document.patient()).await? {
            return right::denied(&cx, "document-decide", id).await;
        }
        match self.record(&cx, &document, reason).await {
            Ok(done) => tell::reply(&cx, &done, 200).await,
            Err(Error::VersionConflict { .. }) => tell::raced(&cx, id).await,
            Err(other) => Err(other),
        }
    }
}

impl Decide {
    async fn record(&self, cx: &RouteCtx, document: &Document, reason: Option<String>) -> Result<Document> {
        let mut change = Change::of(cx, document).await?;
        let name = change.data.get("patient").and_then(|p| p.get_str("name")).unwrap_or_default().to_string();
        let mut who = reference(ResourceType::PATIENT, document.patient());
        if let Some(object) = who.as_object_mut() {
            object.set("display", text(name));
        }
        let evidence = cx.ctx.ids.uuid().to_string();
        let signature = Signature {
            signer: Signer::Patient,
            decision: self.decision.into(),
            who,
            collected_by: patient::collector(cx),
            at: fhir::date::instant_format(cx.ctx.clock.now_ms()),
            methods: Vec::new(),
            hash: change.hash.clone(),
            evidence: Some(format!("Binary/{evidence}")),
            representative: None,
            alone: None,
            certificate: None,
        };
        let pages = shown::all(cx, document, &signature, None).await?;
        change.sign(cx, &signature, pages, None).await?;
        let file = Json::object([
            ("decision", Json::string(self.decision)),
            ("reason", maybe(reason)),
            ("hash", text(&*signature.hash)),
            ("at", text(&*signature.at)),
            ("account", text(cx.ctx.actor.id.to_string())),
        ]);
        change.also(binary(&evidence, document.patient(), "application/json", &file.to_vec()));
        change.also(proof::of(cx, document, &signature, Json::object([("level", Json::string("simple"))])));
        let status = if self.decision == "refused" { "rejected" } else { "inactive" };
        if let Some(write) = consent::write(cx, document, status).await? {
            change.also(write);
        }
        let ctx = right::on_behalf(cx, "document-decide", &document.id).await?;
        change.commit(cx, &ctx).await
    }
}
