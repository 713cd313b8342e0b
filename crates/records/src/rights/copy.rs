//! `POST patients/{id}/copy`: everything of the patient's record that the caller may see, as a Bundle
//! (<https://hl7.org/fhir/R4/bundle.html>). Taking a record out is recorded before the first page is read.

use crate::person::patient_read;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType, Text};
use policy::{Group, Verb};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::HashSet;
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result, Visible};

/// Resources read at a time, and bytes that one answer may have.
const PAGE: &str = "500";
const BYTES_MAX: usize = 64 * 1024 * 1024;

const TOO_LARGE: Text = Text {
    key: "copy.too-large",
    fr: "Ce dossier dépasse {max} Mo : demandez la copie à l'administration, qui l'exporte depuis le serveur.",
    en: "This record is larger than {max} MB: ask the administration for the copy, which exports it on the server.",
    de: "Diese Akte ist größer als {max} MB: Bitten Sie die Verwaltung um die Kopie, die sie auf dem Server exportiert.",
};

/// Under the key by which the web app knows to ask for the factor and to repeat.
const FRESH_FACTOR: Text = Text {
    key: "auth.fresh-factor",
    fr: "Confirmez votre identité (mot de passe, code ou clé d'accès), puis recommencez.",
    en: "Confirm your identity (password, code or passkey), then try again.",
    de: "Bestätigen Sie Ihre Identität (Passwort, Code oder Passkey) und versuchen Sie es erneut.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "patients/{id}/copy",
        summary: "A copy of a patient's record",
        access: Access::SignedIn,
        handler: Arc::new(Copy),
    }
}

struct Copy;

#[async_trait]
impl Handler for Copy {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let patient = patient_read(&cx, id).await?;
        may_export(&cx, id).await?;
        cx.tenant.audit_operation(&cx.ctx, "copy", Some((ResourceType::PATIENT, id))).await?;
        let mut bundle = Bundle::new(cx.ctx.clock.now_ms());
        bundle.push(&patient)?;
        let mut asked = SearchRequest {
            params: vec![("_count".into(), PAGE.into())],
            compartment: Some((ResourceType::PATIENT, id.to_string())),
            ..SearchRequest::default()
        };
        loop {
            let page = cx.tenant.search(&cx.ctx, &asked).await?;
            for found in &page.entries {
                bundle.push(&found.visible)?;
            }
            match page.next {
                Some(next) => asked.page = Some(next),
                None => break,
            }
        }
        let reply = RouteReply { body: bundle.finish(), ..RouteReply::empty(200) };
        Ok(reply
            .with("content-type", "application/fhir+json")
            .with("content-disposition", "attachment; filename=\"dossier.json\""))
    }
}

/// The decision of the policies: who may take the record out, with a factor given just now.
async fn may_export(cx: &RouteCtx, patient: &str) -> Result<()> {
    let explained =
        cx.tenant.explain(&cx.ctx, Verb::Export, Group::Identity, Some(patient)).await?.explanation;
    if explained.allowed || cx.ctx.actor.system {
        return Ok(());
    }
    cx.tenant.audit_refused(&cx.ctx, "copy", Some((ResourceType::PATIENT, patient))).await?;
    let stale = explained.would_open.iter().any(|opening| opening.as_str() == "fresh-factor");
    if stale { Err(Error::refused(Code::Forbidden, FRESH_FACTOR)) } else { Err(Error::Denied) }
}

/// The bytes of a Bundle, as they grow.
struct Bundle {
    bytes: Vec<u8>,
    seen: HashSet<(ResourceType, String)>,
}

impl Bundle {
    fn new(now: i64) -> Bundle {
        let time = Json::string(fhir::date::instant_format(now));
        let head = format!(r#"{{"resourceType":"Bundle","type":"collection","timestamp":{time},"entry":["#);
        Bundle { bytes: head.into_bytes(), seen: HashSet::new() }
    }

    fn push(&mut self, found: &Visible) -> Result<()> {
        if found.body.is_empty() || !self.seen.insert((found.rt, found.id.clone())) {
            return Ok(());
        }
        if self.bytes.len() + found.body.len() > BYTES_MAX {
            let issue = Issue::error(Code::TooLong, TOO_LARGE).arg("max", BYTES_MAX / 1024 / 1024);
            return Err(issue.into());
        }
        if self.seen.len() > 1 {
            self.bytes.push(b',');
        }
        self.bytes.extend_from_slice(br#"{"resource":"#);
        self.bytes.extend_from_slice(&found.body);
        self.bytes.push(b'}');
        Ok(())
    }

    fn finish(mut self) -> Bytes {
        self.bytes.extend_from_slice(b"]}");
        Bytes::from(self.bytes)
    }
}
