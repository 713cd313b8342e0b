//! The operation: Parameters in, a searchset Bundle out, the likeliest first.

use super::super::duplicates::{self, Candidate, Sought};
use super::grade::Grade;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const GRADE: &str = "http://hl7.org/fhir/StructureDefinition/match-grade";
const LEAST: f64 = 0.1;
/// Matches that are told, unless fewer are asked for.
const COUNT_MAX: usize = 20;

const NO_PATIENT: Text = Text {
    key: "match.resource",
    fr: "Envoyez une ressource Parameters dont le paramètre « resource » est un Patient.",
    en: "Send a Parameters resource whose parameter \"resource\" is a Patient.",
    de: "Senden Sie eine Parameters-Ressource, deren Parameter „resource“ ein Patient ist.",
};

const TOO_LITTLE: Text = Text {
    key: "match.too-little",
    fr: "Ce Patient ne permet de chercher personne : donnez une date de naissance entière, un nom ou un identifiant.",
    en: "Nobody can be looked for by this Patient: give a whole birth date, a name or an identifier.",
    de: "Mit diesem Patienten lässt sich niemand suchen: Geben Sie ein volles Geburtsdatum, einen Namen oder eine Kennung an.",
};

const BAD_COUNT: Text = Text {
    key: "match.count",
    fr: "« count » est un entier positif.",
    en: "\"count\" is a positive integer.",
    de: "„count“ ist eine positive ganze Zahl.",
};

pub(in super::super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "/fhir/Patient/$match",
        summary: "Finds the records that may be a person's, with how sure each match is",
        access: Access::SignedIn,
        handler: Arc::new(Match),
    }
}

struct Match;

/// What is asked.
struct Asked {
    sought: Sought,
    /// Only a match that is certain and the only certain one.
    certain: bool,
    count: usize,
}

impl Asked {
    fn read(body: &[u8]) -> Result<Asked> {
        let wrong = |text, at: &str| Issue::error(Code::Value, text).at(at);
        let json = fhir::json::parse(body).map_err(|_| wrong(NO_PATIENT, "Parameters"))?;
        let named = |name: &str| json.each("parameter").find(|p| p.get_str("name") == Some(name));
        // A Patient alone is taken too: what is meant is plain.
        let alone = (json.get_str("resourceType") == Some("Patient")).then_some(&json);
        let patient = named("resource").and_then(|p| p.get("resource")).or(alone);
        let patient = patient.filter(|p| p.get_str("resourceType") == Some("Patient"));
        let patient = patient.ok_or_else(|| wrong(NO_PATIENT, "Parameters.parameter"))?;
        let sought = Sought::of_patient(patient).ok_or_else(|| wrong(TOO_LITTLE, "Patient"))?;
        let certain = named("onlyCertainMatches").and_then(|p| p.get("valueBoolean")?.as_bool());
        let count = match named("count").map(|p| p.get("valueInteger").and_then(Json::as_number)) {
            None => COUNT_MAX,
            Some(number) => number
                .and_then(|n| n.parse::<usize>().ok())
                .filter(|n| *n > 0)
                .ok_or_else(|| wrong(BAD_COUNT, "Parameters.parameter"))?,
        };
        Ok(Asked { sought, certain: certain.unwrap_or(false), count: count.min(COUNT_MAX) })
    }
}

#[async_trait]
impl Handler for Match {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let asked = Asked::read(&request.body)?;
        let mut found = duplicates::find(&cx, &asked.sought, LEAST).await?;
        if asked.certain {
            found.retain(|candidate| Grade::of(candidate) == Grade::Certain);
            // The specification: with several there is no certain match.
            if found.len() > 1 {
                found.clear();
            }
        }
        found.truncate(asked.count);
        let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
        let entries = found.into_iter().map(|candidate| entry(&cx.base, candidate));
        let bundle = Json::object([
            ("resourceType", Json::string(ResourceType::BUNDLE.name())),
            ("type", Json::string("searchset")),
            ("total", Json::integer(total)),
            ("entry", Json::array(entries)),
        ]);
        Ok(RouteReply::json(200, &without_empty(bundle)))
    }
}

fn entry(base: &str, candidate: Candidate) -> Json<'static> {
    let grade = Json::object([
        ("url", Json::string(GRADE)),
        ("valueCode", Json::string(Grade::of(&candidate).code())),
    ]);
    let search = Json::object([
        ("extension", Json::array([grade])),
        ("mode", Json::string("match")),
        ("score", Json::Number(format!("{:.2}", candidate.score).into())),
    ]);
    Json::object([
        ("fullUrl", Json::string(format!("{base}/fhir/Patient/{}", candidate.id))),
        ("resource", candidate.body),
        ("search", search),
    ])
}

/// FHIR knows no empty lists.
fn without_empty(mut bundle: Json<'static>) -> Json<'static> {
    if bundle.each("entry").next().is_none()
        && let Some(object) = bundle.as_object_mut()
    {
        object.remove("entry");
    }
    bundle
}
