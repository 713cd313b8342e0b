//! `PUT patients/{id}/consent`: what the patient decided on one kind. Each decision is a new version; who
//! collected it, how, and for which text is kept with it.

use super::draft::{Decision, Draft, Method};
use super::kind::Kind;
use super::text::{self, ConsentText};
use super::{id_of, view};
use crate::person::{name_of, patient_read};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method as Http, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Role, Visible, Write};

const NO_SUCH_TEXT: Text = Text {
    key: "consent.no-such-text",
    fr: "Cette version du texte n'existe pas pour ce consentement. Choisissez une version de « consent-texts ».",
    en: "There is no such version of the text for this consent. Choose one of \"consent-texts\".",
    de: "Diese Textfassung gibt es für diese Einwilligung nicht. Wählen Sie eine aus „consent-texts“.",
};

const NOTHING_TO_WITHDRAW: Text = Text {
    key: "consent.nothing-to-withdraw",
    fr: "Aucun accord n'est en vigueur : il n'y a rien à retirer. Pour enregistrer un refus, choisissez « deny ».",
    en: "No agreement is in force: there is nothing to withdraw. To record a refusal, choose \"deny\".",
    de: "Es gilt keine Einwilligung: Es gibt nichts zu widerrufen. Für eine Ablehnung wählen Sie „deny“.",
};

const BY_THE_PATIENT: Text = Text {
    key: "consent.by-the-patient",
    fr: "Depuis l'espace patient, la décision est électronique et personne d'autre ne la recueille : retirez « collected_by » et choisissez « electronic ».",
    en: "In the patient portal the decision is electronic and nobody else collects it: leave out \"collected_by\" and choose \"electronic\".",
    de: "Im Patientenportal ist die Entscheidung elektronisch und wird von niemand anderem erhoben: Lassen Sie „collected_by“ weg und wählen Sie „electronic“.",
};

const NOT_A_PROFESSIONAL: Text = Text {
    key: "consent.collector",
    fr: "Indiquez le professionnel par sa référence, par exemple « Practitioner/… », telle qu'elle existe dans l'établissement.",
    en: "Name the professional by a reference such as \"Practitioner/…\" that exists in the clinic.",
    de: "Nennen Sie die Fachperson mit einem Verweis wie „Practitioner/…“, der in der Einrichtung existiert.",
};

pub(super) fn route() -> Route {
    Route {
        method: Http::Put,
        path: "patients/{id}/consent",
        summary: "Records what a patient decided: permits, denies or withdraws",
        access: Access::SignedIn,
        handler: Arc::new(PutConsent),
    }
}

struct PutConsent;

/// The request, read.
struct Asked {
    kind: Kind,
    decision: Decision,
    method: Method,
    version: Option<String>,
    collector: Option<String>,
    source: Option<String>,
    note: Option<String>,
}

impl Asked {
    fn read(body: &[u8]) -> Result<Asked> {
        let mut form = Form::read(body)?;
        let kind = form.required_choice("kind", &Kind::ASKED);
        let decision = form.required_choice("decision", &Decision::ALL);
        let method = form.required_choice("method", &Method::ALL);
        let version = form.text("text_version", 40);
        let collector = form.text("collected_by", 200);
        let source = form.text("source", 200);
        let note = form.text("note", 2_000);
        form.finish()?;
        match (kind, decision, method) {
            (Some(kind), Some(decision), Some(method)) => {
                Ok(Asked { kind, decision, method, version, collector, source, note })
            }
            // `finish` has said what is missing.
            _ => Err(Error::NotFound),
        }
    }

    /// The text that was shown: the one named, else the one in force.
    fn text(&self) -> Result<&'static ConsentText> {
        let text = match &self.version {
            Some(version) => text::version(self.kind, version),
            None => text::current(self.kind),
        };
        text.ok_or_else(|| Issue::error(Code::CodeInvalid, NO_SUCH_TEXT).at("text_version").into())
    }
}

#[async_trait]
impl Handler for PutConsent {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let patient = request.param("id");
        let asked = Asked::read(&request.body)?;
        patient_read(&cx, patient).await?;
        let id = id_of(patient, asked.kind, "");
        let before = super::get::current(&cx, &id).await?;
        let text = text_of(&asked, before.as_ref())?;
        let collector = collector(&cx, &asked).await?;
        let consent = Draft {
            id: id.clone(),
            patient: patient.to_string(),
            kind: asked.kind,
            decision: asked.decision,
            method: asked.method,
            text: Some(text.uri()),
            collector,
            performer: performer(&cx, patient),
            source: asked.source,
            actor: None,
            note: asked.note,
            at: cx.ctx.clock.now_ms(),
        };
        let saved = save(&cx, id, before.as_ref(), consent.into_json()).await?;
        let json = fhir::json::parse(&saved).map_err(|_| Error::Corrupt("a Consent just written".into()))?;
        let shown = view::decision(&json, cx.ctx.lang).unwrap_or(Json::Null);
        Ok(RouteReply::json(200, &shown))
    }
}

/// What is withdrawn is what was agreed to: the same text, and it must be in force.
fn text_of(asked: &Asked, before: Option<&Visible>) -> Result<&'static ConsentText> {
    if asked.decision != Decision::Withdraw {
        return asked.text();
    }
    let in_force = before.and_then(view::json).filter(|consent| Decision::of(consent) == Decision::Permit);
    let consent = in_force
        .ok_or_else(|| Error::from(Issue::error(Code::BusinessRule, NOTHING_TO_WITHDRAW).at("decision")))?;
    text::of(&consent).map_or_else(|| asked.text(), Ok)
}

/// Who collected the decision: the one named, else the professional who writes; of the patient's own, nobody.
async fn collector(cx: &RouteCtx, asked: &Asked) -> Result<Option<(String, Option<String>)>> {
    if from_portal(cx) {
        return match (&asked.collector, asked.method) {
            (None, Method::Electronic) => Ok(None),
            _ => Err(Issue::error(Code::BusinessRule, BY_THE_PATIENT).at("method").into()),
        };
    }
    let Some(named) = asked.collector.clone().or_else(|| cx.ctx.actor.person.as_deref().map(String::from))
    else {
        return Ok(None);
    };
    let wrong = || Error::from(Issue::error(Code::Value, NOT_A_PROFESSIONAL).at("collected_by"));
    if !named.starts_with("Practitioner/") {
        return Err(wrong());
    }
    match name_of(cx, &named).await {
        Ok(name) => Ok(Some((named, name))),
        Err(Error::NotFound | Error::Gone { .. }) => Err(wrong()),
        Err(other) => Err(other),
    }
}

/// Whether the caller is a patient or a proxy, and nothing else.
pub(super) fn from_portal(cx: &RouteCtx) -> bool {
    cx.ctx.actor.roles == [Role::Patient]
}

/// Who decides: in the portal the account's person, else the patient.
pub(super) fn performer(cx: &RouteCtx, patient: &str) -> String {
    let portal = cx.ctx.actor.person.as_deref().filter(|_| from_portal(cx));
    portal.map_or_else(|| format!("Patient/{patient}"), String::from)
}

/// Writes over the version that was read: of two at once, one is told to look again.
pub(super) async fn save(
    cx: &RouteCtx,
    id: String,
    before: Option<&Visible>,
    consent: Json<'_>,
) -> Result<Bytes> {
    let write = Write::Update {
        rt: ResourceType::CONSENT,
        id,
        body: Bytes::from(consent.to_vec()),
        if_match: before.map(|found| found.version),
        if_none_match: before.is_none(),
    };
    let mut done = cx.tenant.commit(&cx.ctx, vec![write]).await?;
    done.pop().map(|outcome| outcome.body).ok_or(Error::NotFound)
}
