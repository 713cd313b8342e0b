//! `PUT patients/{id}/opposition`: the patient opposes access by a professional or an organization, or sharing
//! as such, or lifts an opposition (article L.1110-4 of the public health code).

use super::draft::{Decision, Draft, Method};
use super::kind::Kind;
use super::put::{from_portal, performer, save};
use super::{id_of, view};
use crate::person::{name_of, patient_read};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use service::{Access, Form, Handler, Method as Http, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const NO_SUCH_ACTOR: Text = Text {
    key: "consent.no-such-actor",
    fr: "Indiquez le professionnel ou l'établissement par sa référence, par exemple « Practitioner/… », ou laissez ce champ vide pour s'opposer à tout partage.",
    en: "Name the professional or the organization by a reference such as \"Practitioner/…\", or leave this field out to oppose all sharing.",
    de: "Nennen Sie die Fachperson oder die Einrichtung mit einem Verweis wie „Practitioner/…“, oder lassen Sie dieses Feld leer, um jeder Weitergabe zu widersprechen.",
};

const NOTHING_TO_LIFT: Text = Text {
    key: "consent.nothing-to-lift",
    fr: "Le patient ne s'oppose pas à cet accès : il n'y a rien à lever.",
    en: "The patient does not oppose this access: there is nothing to lift.",
    de: "Der Patient widerspricht diesem Zugriff nicht: Es gibt nichts aufzuheben.",
};

pub(super) fn route() -> Route {
    Route {
        method: Http::Put,
        path: "patients/{id}/opposition",
        summary: "Records that a patient opposes access by someone, or lifts it",
        access: Access::SignedIn,
        handler: Arc::new(PutOpposition),
    }
}

struct PutOpposition;

#[async_trait]
impl Handler for PutOpposition {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let patient = request.param("id");
        let mut form = Form::read(&request.body)?;
        let actor = form.text("actor", 200);
        let reason = form.text("reason", 2_000);
        let method = form.choice("method", &Method::ALL);
        let decision = form.choice("decision", &[("oppose", Decision::Deny), ("lift", Decision::Withdraw)]);
        form.finish()?;
        patient_read(&cx, patient).await?;
        let id = id_of(patient, Kind::Opposition, actor.as_deref().unwrap_or("sharing"));
        let before = super::get::current(&cx, &id).await?;
        let decision = decision.unwrap_or(Decision::Deny);
        let opposed =
            before.as_ref().and_then(view::json).is_some_and(|c| Decision::of(&c) == Decision::Deny);
        if decision == Decision::Withdraw && !opposed {
            return Err(Issue::error(Code::BusinessRule, NOTHING_TO_LIFT).at("decision").into());
        }
        let actor = match actor {
            Some(reference) => Some(named(&cx, reference).await?),
            None => None,
        };
        let portal = from_portal(&cx);
        let own = cx.ctx.actor.person.as_deref().filter(|p| !portal && p.starts_with("Practitioner/"));
        let collector = match own {
            Some(own) => Some((own.to_string(), name_of(&cx, own).await?)),
            None => None,
        };
        let otherwise = if portal { Method::Electronic } else { Method::Oral };
        let draft = Draft {
            id: id.clone(),
            patient: patient.to_string(),
            kind: Kind::Opposition,
            decision,
            method: method.filter(|_| !portal).unwrap_or(otherwise),
            text: None,
            collector,
            performer: performer(&cx, patient),
            source: None,
            actor,
            note: reason,
            at: cx.ctx.clock.now_ms(),
        };
        let saved = save(&cx, id, before.as_ref(), draft.into_json()).await?;
        let json = fhir::json::parse(&saved).map_err(|_| Error::Corrupt("a Consent just written".into()))?;
        Ok(RouteReply::json(200, &Json::object([("opposition", view::opposition(&json))])))
    }
}

/// The reference and the name of whom the patient opposes. A patient who may not look into the directory
/// still may oppose: the name is then left out.
async fn named(cx: &RouteCtx, reference: String) -> Result<(String, Option<String>)> {
    let wrong = || Error::from(Issue::error(Code::Value, NO_SUCH_ACTOR).at("actor"));
    if !["Practitioner/", "Organization/"].iter().any(|kind| reference.starts_with(kind)) {
        return Err(wrong());
    }
    match name_of(cx, &reference).await {
        Ok(name) => Ok((reference, name)),
        Err(Error::Denied) => Ok((reference, None)),
        Err(Error::NotFound | Error::Gone { .. }) => Err(wrong()),
        Err(other) => Err(other),
    }
}
