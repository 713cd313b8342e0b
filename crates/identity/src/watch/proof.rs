//! `GET audit/{id}/proof`: the proof that an AuditEvent stands in the signed log, to be kept or checked elsewhere
//! (docs/security/README.md tells how).

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "audit/{id}/proof",
        summary: "Proves that an audit event stands in the signed log",
        access: Access::SignedIn,
        handler: Arc::new(Proof),
    }
}

struct Proof;

/// `{index, size, entry, hashes, checkpoint, verifier}`: entry and hashes in base64.
#[async_trait]
impl Handler for Proof {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let proof = cx.tenant.audit_proof(&cx.ctx, id).await?;
        let text = |bytes: &[u8]| Json::String(STANDARD.encode(bytes).into());
        let number = |number: u64| Json::Number(number.to_string().into());
        let told = Json::object([
            ("index", number(proof.index)),
            ("size", number(proof.size)),
            ("entry", text(&proof.entry)),
            ("hashes", Json::array(proof.hashes.iter().map(|hash| text(hash)))),
            ("checkpoint", Json::String(proof.checkpoint.into())),
            ("verifier", Json::String(proof.verifier.into())),
        ]);
        let name = format!("attachment; filename=\"{id}.proof.json\"");
        Ok(RouteReply::json(200, &told).with("content-disposition", name))
    }
}
