//! `GET documents/{id}/certificate`: the signatures with a certificate in the pages of a document, checked anew.

use super::{broken, keys};
use crate::document::{Document, Rendition, content};
use crate::words::{maybe, text};
use async_trait::async_trait;
use fhir::Json;
use pades::{Authority, Checked, Covers, Level, Moment, Trust, Verdict, ca};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const HOUR: i64 = 3_600;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/{id}/certificate",
        summary: "The signatures with a certificate in the pages of a document, checked",
        access: Access::SignedIn,
        handler: Arc::new(Check),
    }
}

struct Check;

#[async_trait]
impl Handler for Check {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let document = Document::read(&cx, request.param("id")).await?;
        let mut found = Vec::new();
        if content(&document.json, Rendition::Certified).is_some() {
            let bytes = document.bytes(&cx, Rendition::Certified).await?;
            found = checked(&cx, &bytes).await?;
        }
        let told = Json::object([("signatures", Json::array(found.iter().map(tell)))]);
        Ok(RouteReply::json(200, &told))
    }
}

async fn checked(cx: &RouteCtx, pdf: &[u8]) -> Result<Vec<Checked>> {
    let (authority, now) = (keys::authority(cx).await?, keys::now(cx));
    let issues = Authority { key: &authority.key, certificate: &authority.certificate };
    // The clinic revokes no certificate yet: its list is empty, and made when it is asked for.
    let number = u64::try_from(now.0).unwrap_or(0);
    let list = ca::revocation_list(&issues, number, Moment(now.0 - HOUR), Moment(now.0 + HOUR), &[]);
    let lists = [list.map_err(broken)?];
    let trust = Trust {
        authorities: std::slice::from_ref(&authority.certificate),
        stamp_authorities: &[],
        revocation_lists: &lists,
        now,
    };
    pades::verify(pdf, &trust).map_err(broken)
}

fn tell(one: &Checked) -> Json<'static> {
    let moment = |moment: Moment| text(fhir::date::instant_format(moment.0 * 1000));
    let about = one.signer.as_ref();
    Json::object([
        ("verdict", Json::string(verdict(one.verdict))),
        ("profile", Json::string(profile(one.level))),
        ("name", maybe(about.map(|about| about.name.clone()))),
        ("rpps", maybe(about.and_then(|about| about.rpps.clone()))),
        ("issuer", maybe(about.map(|about| about.issuer.clone()))),
        ("from", about.map_or(Json::Null, |about| moment(about.from))),
        ("until", about.map_or(Json::Null, |about| moment(about.until))),
        ("at", one.claimed.map_or(Json::Null, moment)),
        ("stamped", one.stamped.map_or(Json::Null, moment)),
        ("whole", Json::Bool(one.covers == Covers::WholeFile)),
    ])
}

fn profile(level: Level) -> &'static str {
    match level {
        Level::Basic => "PAdES-B-B",
        Level::Stamped => "PAdES-B-T",
        Level::LongTerm => "PAdES-B-LT",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "valid",
        Verdict::Changed | Verdict::ChangedAfter => "changed",
        Verdict::Forged => "forged",
        Verdict::UnknownAuthority => "unknown-authority",
        Verdict::NotYetValid => "not-yet-valid",
        Verdict::Expired => "expired",
        Verdict::Revoked { .. } => "revoked",
        Verdict::RevocationUnknown => "revocation-unknown",
        Verdict::BadStamp(_) => "bad-stamp",
        Verdict::NotForSigning => "not-for-signing",
        Verdict::Unsupported => "unsupported",
        Verdict::Malformed => "malformed",
    }
}
