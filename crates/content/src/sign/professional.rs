//! The author signs, with a factor given just now.

use super::{proof, shown};
use crate::certify::Pen;
use crate::document::{self, Document, Signature};
use crate::fixed::Change;
use crate::kind::Signer;
use crate::message::NOT_THE_AUTHOR;
use crate::right;
use crate::words::text;
use fhir::{Code, Json};
use service::RouteCtx;
use store::{Error, Result};

/// No time stamp, since no authority of stamps is set up (ETSI EN 319 142-1).
const PROFILE: &str = "PAdES-B-B";

pub(super) async fn sign(cx: &RouteCtx, document: &Document) -> Result<Document> {
    let author = document::author(&document.json);
    let me = right::professional(cx);
    let author = author.filter(|author| me.is_some() && author.get_str("reference") == me);
    let author = author.ok_or_else(|| Error::refused(Code::Forbidden, NOT_THE_AUTHOR))?;
    right::fresh(cx, document.patient()).await?;
    let mut change = Change::of(cx, document).await?;
    let pen = Pen::of(cx, &author, &change.data).await?;
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
        alone: None,
        certificate: Some(pen.number()?),
    };
    let pages = shown::all(cx, document, &signature, None).await?;
    change.certify(cx, &pen)?;
    change.sign(cx, &signature, pages, Some(&pen)).await?;
    change.seal();
    let number = signature.certificate.clone().unwrap_or_default();
    let statement = Json::object([
        ("level", Json::string("simple")),
        ("profile", Json::string(PROFILE)),
        ("certificate", text(number)),
    ]);
    change.also(proof::of(cx, document, &signature, statement));
    change.supersede(cx).await?;
    change.commit(cx, &cx.ctx).await
}
