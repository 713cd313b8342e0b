//! `POST medical-professionals`: a Practitioner, and a first role when a facility is named.

use super::credentials::{Qualification, qualifications};
use super::role::{NewRole, unknown, warnings};
use super::rpps::{SYSTEMS, checks, is_shaped};
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Form, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Result, Write};

const V2_0203_FR: &str = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203";

const BAD_RPPS: Text = Text {
    key: "professional.rpps",
    fr: "Le numéro RPPS compte onze chiffres.",
    en: "An RPPS number has eleven digits.",
    de: "Eine RPPS-Nummer hat elf Ziffern.",
};

const UNCHECKED: Text = Text {
    key: "professional.rpps-check",
    fr: "La clé de ce numéro RPPS ne correspond pas : relisez-le dans l'annuaire santé.",
    en: "The check digit of this RPPS number does not fit: read it again in the national directory.",
    de: "Die Prüfziffer dieser RPPS-Nummer stimmt nicht: Prüfen Sie sie im nationalen Verzeichnis.",
};

pub(super) const NO_QUALIFICATION: Text = Text {
    key: "professional.qualification",
    fr: "Une qualification est un objet qui porte au moins son intitulé (« text »).",
    en: "A qualification is an object with at least its title (\"text\").",
    de: "Eine Qualifikation ist ein Objekt mit mindestens ihrer Bezeichnung („text“).",
};

const GENDERS: [(&str, &str); 4] =
    [("male", "male"), ("female", "female"), ("other", "other"), ("unknown", "unknown")];

pub(super) async fn create(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let mut form = Form::read(&request.body)?;
    let (family, given) = (form.required("family", 100), form.required("given", 100));
    let prefix = form.text("prefix", 20);
    let rpps = form.text("rpps", 20).map(|number| number.replace(' ', ""));
    let gender = form.choice("gender", &GENDERS);
    let mail = form.text("mail", 200);
    let mut issues = Vec::new();
    match &rpps {
        Some(number) if !is_shaped(number) => form.wrong(Issue::error(Code::Value, BAD_RPPS).at("rpps")),
        Some(number) if !checks(number) => issues.push(Issue::warning(Code::Value, UNCHECKED).at("rpps")),
        _ => {}
    }
    let qualifications = qualifications(&mut form);
    let role = form.json().get("organization").is_some().then(|| NewRole::read(&mut form));
    form.finish()?;
    issues.extend(role.iter().flat_map(|role| unknown(&role.specialties)));
    let shown =
        [prefix.as_deref(), Some(&given), Some(&family)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let id = cx.ctx.ids.uuid().to_string();
    let mut name = vec![
        ("use", Json::string("official")),
        ("text", Json::string(shown.clone())),
        ("family", Json::string(family)),
        ("given", Json::array([Json::string(given)])),
    ];
    name.extend(prefix.map(|prefix| ("prefix", Json::array([Json::string(prefix)]))));
    let mut practitioner =
        vec![("resourceType", Json::string("Practitioner")), ("id", Json::string(id.clone()))];
    practitioner.extend(rpps.as_deref().map(|number| ("identifier", Json::array([identifier(number)]))));
    practitioner.push(("active", Json::Bool(true)));
    practitioner.push(("name", Json::array([Json::object(name)])));
    practitioner.extend(mail.map(|mail| {
        (
            "telecom",
            Json::array([Json::object([("system", Json::string("email")), ("value", Json::string(mail))])]),
        )
    }));
    practitioner.extend(gender.map(|gender| ("gender", Json::string(gender))));
    if !qualifications.is_empty() {
        practitioner.push(("qualification", Json::array(qualifications.iter().map(Qualification::json))));
    }
    let practitioner = Json::object(practitioner);
    let mut writes = vec![new(ResourceType::PRACTITIONER, &id, &practitioner)];
    let mut role_id = Json::Null;
    if let Some(role) = &role {
        let own = cx.ctx.ids.uuid().to_string();
        let resource = role.resource(&own, &format!("Practitioner/{id}"), Some(&shown));
        writes.push(new(ResourceType::PRACTITIONER_ROLE, &own, &resource));
        role_id = Json::string(own);
    }
    cx.tenant.commit(&cx.ctx, writes).await?;
    let body = Json::object([
        ("id", Json::string(id)),
        ("name", Json::string(shown)),
        ("rpps", rpps.map_or(Json::Null, Json::string)),
        ("provider", role_id),
        ("warnings", warnings(&issues, cx.ctx.lang)),
    ]);
    Ok(RouteReply::json(201, &body))
}

fn identifier(number: &str) -> Json<'static> {
    let coding = fhir::edit::coding(V2_0203_FR, "RPPS", None);
    Json::object([
        ("use", Json::string("official")),
        ("type", Json::object([("coding", Json::array([coding]))])),
        ("system", Json::string(SYSTEMS[0])),
        ("value", Json::string(number.to_string())),
    ])
}

/// The write of a new resource with that id.
pub(super) fn new(rt: ResourceType, id: &str, body: &Json<'_>) -> Write {
    let body = Bytes::from(body.to_vec());
    Write::Update { rt, id: id.to_string(), body, if_match: None, if_none_match: true }
}
