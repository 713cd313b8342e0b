//! The verb.

use super::duplicates::{self, Candidate, Sought};
use super::traits::Traits;
use super::{identity, ipp};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Outcome, Result, Write};

/// Steps of the sequence that are tried: they double, so a million numbers that are taken are passed.
const STEPS: u32 = 20;

const DUPLICATES: Text = Text {
    key: "register.duplicates",
    fr: "Un dossier de cette personne existe peut-être déjà. Ouvrez-le, ou confirmez que vous avez comparé les dossiers proposés.",
    en: "This person may already have a record. Open it, or confirm that you compared the records shown.",
    de: "Diese Person hat vielleicht schon eine Akte. Öffnen Sie sie, oder bestätigen Sie, dass Sie die gezeigten Akten verglichen haben.",
};

/// As the rule says it, without the id: who it may be stands beside, as far as the caller may know them.
const SAME_TRAITS: Text = Text {
    key: identity::SAME_TRAITS.key,
    fr: "Un dossier porte déjà les mêmes nom de naissance, premier prénom, date de naissance et sexe. Ouvrez-le ; si ce sont deux personnes, confirmez l'homonymie et dites pourquoi.",
    en: "A record already has the same birth name, first given name, birth date and sex. Open it; if these are two persons, confirm that they are namesakes and say why.",
    de: "Eine Akte hat bereits denselben Geburtsnamen, ersten Vornamen, dasselbe Geburtsdatum und Geschlecht. Öffnen Sie sie; sind es zwei Personen, bestätigen Sie die Namensgleichheit mit Begründung.",
};

const SAME_NUMBER: Text = Text {
    key: "register.number-taken",
    fr: "Ce matricule est déjà celui d'un dossier de l'établissement : c'est la même personne. Ouvrez ce dossier.",
    en: "This number is already that of a record of the clinic: it is the same person. Open that record.",
    de: "Diese Nummer gehört bereits zu einer Akte der Einrichtung: Es ist dieselbe Person. Öffnen Sie diese Akte.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "patients/register",
        summary: "Registers a patient, unless they may be known already",
        access: Access::SignedIn,
        handler: Arc::new(Register),
    }
}

struct Register;

#[async_trait]
impl Handler for Register {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let mut traits = Traits::read(&mut form, cx.ctx.clock.now_ms())?;
        let candidates = duplicates::find(&cx, &Sought::of_traits(&traits), duplicates::LIKELY).await?;
        if candidates.iter().any(Candidate::same_number) {
            return Ok(known(&cx, SAME_NUMBER, &candidates));
        }
        if candidates.iter().any(|candidate| !is_seen(form.json(), &candidate.id)) {
            return Ok(known(&cx, DUPLICATES, &candidates));
        }
        let compared = candidates.iter().filter(|candidate| is_seen(form.json(), &candidate.id));
        traits.homonyms = compared.map(|candidate| candidate.id.clone()).collect();
        let (outcome, number) = match create(&cx, &traits).await {
            // Somebody registered the person meanwhile, or nobody said why these are two.
            Err(error) if identity::is_refusal(&error) => {
                let found = duplicates::find(&cx, &Sought::of_traits(&traits), duplicates::LIKELY).await?;
                return Ok(known(&cx, SAME_TRAITS, &found));
            }
            done => done?,
        };
        let warnings = traits.warnings.iter().map(|issue| {
            Json::object([
                ("code", Json::string(issue.text.key)),
                ("field", Json::string(issue.expression.clone().unwrap_or_default())),
                ("message", Json::string(issue.sentence(cx.ctx.lang))),
            ])
        });
        let body = Json::object([
            ("id", Json::string(outcome.id)),
            ("ipp", Json::string(number)),
            ("identity_status", Json::string(traits.status.coded().0)),
            ("warnings", Json::array(warnings)),
        ]);
        Ok(RouteReply::json(201, &body))
    }
}

/// `duplicates_seen`: true, or the ids that were compared.
fn is_seen(body: &Json<'_>, id: &str) -> bool {
    match body.get("duplicates_seen") {
        Some(Json::Bool(seen)) => *seen,
        Some(Json::Array(ids)) => ids.iter().any(|seen| seen.as_str() == Some(id)),
        _ => false,
    }
}

/// 409, with who it may be.
fn known(cx: &RouteCtx, text: Text, candidates: &[Candidate]) -> RouteReply {
    let body = Json::object([
        ("type", Json::string(format!("urn:medhub:message:{}", text.key))),
        ("title", Json::string(Issue::error(Code::Duplicate, text).sentence(cx.ctx.lang))),
        ("status", Json::integer(409)),
        ("code", Json::string(text.key)),
        ("request", Json::string(cx.ctx.request.to_string())),
        ("candidates", Json::array(candidates.iter().map(|c| c.told(cx.ctx.lang)))),
    ]);
    RouteReply::json(409, &body).with("content-type", "application/problem+json")
}

/// Writes the patient under the next number that is free.
pub(super) async fn create(cx: &RouteCtx, traits: &Traits) -> Result<(Outcome, String)> {
    for n in 0..STEPS {
        let number = ipp::next(cx, 1 << n).await?;
        let id = cx.ctx.ids.uuid().to_string();
        let body = traits.patient(&number, &cx.ctx.actor.name, cx.ctx.clock.now_ms());
        // The patient, those around them and their cover stand together or not at all.
        let covers = traits.around.coverages(&id);
        let people = traits.around.related(&id);
        let new = |rt, id, body: &Json<'_>| Write::Create {
            rt,
            id,
            body: Bytes::from(body.to_vec()),
            if_none_exist: None,
        };
        let mut writes = vec![new(ResourceType::PATIENT, Some(id.clone()), &body)];
        writes.extend(people.iter().map(|person| new(ResourceType::RELATED_PERSON, None, person)));
        writes.extend(covers.iter().map(|cover| new(ResourceType::COVERAGE, None, cover)));
        match cx.tenant.commit(&cx.ctx, writes).await.map_err(single) {
            Ok(done) => return done.into_iter().next().map(|o| (o, number)).ok_or(Error::NotFound),
            Err(error) if identity::is_refusal(&error) => return Err(error),
            Err(Error::Refused(issues)) if issues.iter().all(|i| i.code == Code::Duplicate) => {}
            Err(other) => return Err(other),
        }
    }
    Err(Error::Unavailable("no free record number was found".into()))
}

/// What one of several writes was refused for.
fn single(error: Error) -> Error {
    match error {
        Error::InWrite { error, .. } => single(*error),
        other => other,
    }
}
