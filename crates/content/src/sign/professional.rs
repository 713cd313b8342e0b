//! The author signs, with a factor given just now.

use super::{proof, shown};
use crate::document::{self, Document, Signature};
use crate::fixed::Change;
use crate::kind::Signer;
use crate::message::NOT_THE_AUTHOR;
use crate::right;
use fhir::{Code, Json};
use service::RouteCtx;
use store::{Error, Result};

pub(super) async fn sign(cx: &RouteCtx, document: &Document) -> Result<Document> {
    let author = document::author(&document.json);
    let me = right::professional(cx);
    let author = author.filter(|author| me.is_some() && author.get_str("reference") == me);
    let author = author.ok_or_else(|| Error::refused(Code::Forbidden, NOT_THE_AUTHOR))?;
    right::fresh(cx, document.patient()).await?;
    let mut change = Change::of(cx, document).await?;
    let signature = Signature {
        signer: Signer::Professional,
        decision: "signed".into(),
        who: author,
        collected_by: None,
        at: fhir::date::instant_format(cx.ctx.clock.now_ms()),
        methods: cx.ctx.grant.amr.clone(),
        hash: change.hash.clone(),
        evidence: None,
        representative: None,
    };
    let pages = shown::all(cx, document, &signature, None).await?;
    change.sign(cx, &signature, pages).await?;
    change.seal();
    change.also(proof::of(cx, document, &signature, Json::object([("level", Json::string("simple"))])));
    change.supersede(cx).await?;
    change.commit(cx, &cx.ctx).await
}
