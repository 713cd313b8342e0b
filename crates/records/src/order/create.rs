//! `POST patients/{id}/orders`: one sheet of orders, all of them or none.

use super::catalog;
use super::shape::{Kind, Line, Sheet, told};
use crate::person::{name_of, patient_read};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Role, Write};
use uuid::Uuid;

const ITEMS_MAX: usize = 50;
/// A clock that goes a little ahead of ours is no fault.
const AHEAD_MS: i64 = 5 * 60 * 1000;
/// Whose orders a laboratory takes; the policies decide about the record.
const ORDERING: [Role; 3] = [Role::Clinician, Role::Surgeon, Role::Anaesthetist];

const PRIORITIES: [(&str, &str); 4] =
    [("routine", "routine"), ("urgent", "urgent"), ("asap", "asap"), ("stat", "stat")];

const NO_ITEMS: Text = Text {
    key: "order.no-items",
    fr: "Indiquez de 1 à {max} examens dans « items ».",
    en: "Give 1 to {max} examinations in \"items\".",
    de: "Geben Sie 1 bis {max} Untersuchungen in „items“ an.",
};
const UNKNOWN_CODE: Text = Text {
    key: "order.unknown-code",
    fr: "Ce code n'est pas au catalogue : indiquez aussi « system » et « display », ou seulement « display ».",
    en: "This code is not in the catalogue: give \"system\" and \"display\" too, or \"display\" alone.",
    de: "Dieser Code steht nicht im Katalog: Geben Sie auch „system“ und „display“ an, oder nur „display“.",
};
const COLLECTED: Text = Text {
    key: "order.collected",
    fr: "La date du prélèvement s'écrit AAAA-MM-JJThh:mm:ss avec le fuseau, et n'est pas dans le futur ; l'imagerie n'en a pas.",
    en: "The time of collection is written YYYY-MM-DDThh:mm:ss with its zone and is not in the future; imaging has none.",
    de: "Die Entnahmezeit wird JJJJ-MM-TTThh:mm:ss mit Zeitzone geschrieben und liegt nicht in der Zukunft; Bildgebung hat keine.",
};
const ENCOUNTER: Text = Text {
    key: "order.encounter",
    fr: "Cette venue n'existe pas, ou n'est pas celle de ce patient.",
    en: "This encounter does not exist, or is not this patient's.",
    de: "Diesen Kontakt gibt es nicht, oder er gehört nicht zu diesem Patienten.",
};
const NOT_ORDERING: Text = Text {
    key: "order.not-ordering",
    fr: "Les examens sont prescrits par un médecin dont le compte est lié à sa fiche de professionnel. Demandez à un médecin de prescrire, ou à l'administrateur de lier votre fiche.",
    en: "Examinations are ordered by a physician whose account is linked to a professional's record. Ask a physician to order, or the administrator to link your record.",
    de: "Untersuchungen werden von einem Arzt angeordnet, dessen Konto mit seinem Fachpersonen-Eintrag verknüpft ist. Bitten Sie einen Arzt oder die Verwaltung um die Verknüpfung.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "patients/{id}/orders",
        summary: "Orders laboratory and imaging examinations",
        access: Access::SignedIn,
        handler: Arc::new(CreateOrders),
    }
}

struct CreateOrders;

#[async_trait]
impl Handler for CreateOrders {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let patient = request.param("id");
        let mut form = Form::read(&request.body)?;
        let encounter = form.text("encounter", 80);
        let lines = lines(&cx, &mut form);
        form.finish()?;
        patient_read(&cx, patient).await?;
        let requester = requester(&cx, patient).await?;
        if let Some(encounter) = &encounter {
            of_patient(&cx, encounter, patient).await?;
        }
        // A name that cannot be read now is no reason not to order.
        let name = name_of(&cx, &requester).await.ok().flatten();
        let requisition = number(&cx);
        let sheet = Sheet {
            patient,
            encounter: encounter.as_deref(),
            requester: &requester,
            requester_name: name.as_deref(),
            requisition: &requisition,
            now: cx.ctx.clock.now_ms(),
        };
        let mut writes = Vec::new();
        let mut orders = Vec::new();
        for line in &lines {
            let order = line.order(&sheet);
            writes.push(new(ResourceType::SERVICE_REQUEST, line.id, &order));
            writes.extend(line.specimen(&sheet).map(|(id, json)| new(ResourceType::SPECIMEN, id, &json)));
            orders.extend(told(1, &order, None));
        }
        cx.tenant.commit(&cx.ctx, writes).await?;
        let answer = [("requisition", Json::string(requisition)), ("orders", Json::Array(orders))];
        Ok(RouteReply::json(201, &Json::object(answer)))
    }
}

fn new(rt: ResourceType, id: Uuid, json: &Json<'_>) -> Write {
    let body = Bytes::from(json.to_vec());
    Write::Update { rt, id: id.to_string(), body, if_match: None, if_none_match: true }
}

/// The professional who orders.
async fn requester(cx: &RouteCtx, patient: &str) -> Result<String> {
    let actor = &cx.ctx.actor;
    let person = actor.person.as_deref().filter(|person| person.starts_with("Practitioner/"));
    match person.filter(|_| ORDERING.iter().any(|role| actor.has(*role))) {
        Some(person) => Ok(person.to_string()),
        None => {
            cx.tenant.audit_refused(&cx.ctx, "order", Some((ResourceType::PATIENT, patient))).await?;
            Err(Error::refused(Code::Forbidden, NOT_ORDERING))
        }
    }
}

async fn of_patient(cx: &RouteCtx, encounter: &str, patient: &str) -> Result<()> {
    let wrong = || -> Error { Issue::error(Code::Value, ENCOUNTER).at("encounter").into() };
    let id = encounter.strip_prefix("Encounter/").ok_or_else(wrong)?;
    let found = match cx.tenant.read(&cx.ctx, ResourceType::ENCOUNTER, id).await {
        Err(Error::NotFound | Error::Gone { .. } | Error::Denied) => return Err(wrong()),
        found => found?,
    };
    let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Encounter".into()))?;
    let subject = json.get("subject").and_then(|subject| subject.get_str("reference"));
    let own = subject.and_then(|s| s.strip_prefix("Patient/")) == Some(patient);
    if own { Ok(()) } else { Err(wrong()) }
}

/// `R261122-9F3A0C41`: the day, and what tells sheets of a day apart.
fn number(cx: &RouteCtx) -> String {
    let day = fhir::date::date_format(cx.ctx.clock.now_ms()).replace('-', "");
    let random = cx.ctx.ids.uuid().simple().to_string().to_uppercase();
    format!("R{}-{}", day.get(2..).unwrap_or_default(), &random[..8])
}

fn lines(cx: &RouteCtx, form: &mut Form<'_>) -> Vec<Line> {
    let items: Vec<Json<'static>> = form.json().each("items").map(|item| item.clone().into_owned()).collect();
    if !(1..=ITEMS_MAX).contains(&items.len()) {
        form.wrong(Issue::error(Code::Required, NO_ITEMS).at("items").arg("max", ITEMS_MAX));
        return Vec::new();
    }
    let mut lines = Vec::with_capacity(items.len());
    for (n, item) in items.iter().enumerate() {
        match line(cx, item) {
            Ok(line) => lines.push(line),
            Err(issues) => issues.into_iter().for_each(|issue| form.wrong(at(issue, n))),
        }
    }
    lines
}

/// The place of a fault, below its item.
fn at(issue: Issue, n: usize) -> Issue {
    let below = issue.expression.as_deref().map(|member| format!(".{member}")).unwrap_or_default();
    issue.at(format!("items[{n}]{below}"))
}

fn line(cx: &RouteCtx, item: &Json<'_>) -> std::result::Result<Line, Vec<Issue>> {
    let bytes = item.to_vec();
    let mut form = match Form::read(&bytes) {
        Ok(form) => form,
        Err(Error::Refused(issues)) => return Err(issues),
        Err(_) => return Err(vec![Issue::error(Code::Structure, NO_ITEMS).arg("max", ITEMS_MAX)]),
    };
    let kind = form.required_choice("kind", &Kind::ALL);
    let priority = form.choice("priority", &PRIORITIES).unwrap_or("routine");
    let (code, system) = (form.text("code", 64), form.text("system", 200));
    let (display, note, reason) =
        (form.text("display", 200), form.text("note", 2_000), form.text("reason", 500));
    let collected = form.text("collected", 40);
    let kind = kind.unwrap_or(Kind::Lab);
    let known = code.as_deref().and_then(|code| catalog::item(kind, system.as_deref(), code));
    let named = code.is_some();
    let code = match (code, known, system) {
        (Some(code), Some(known), _) => Some((known.system.to_string(), code)),
        (Some(code), None, Some(system)) if display.is_some() => Some((system, code)),
        (Some(_), None, _) => {
            form.wrong(Issue::error(Code::CodeInvalid, UNKNOWN_CODE).at("code"));
            None
        }
        (None, ..) => None,
    };
    let display = match (display, known) {
        (Some(display), _) => display,
        (None, Some(known)) => known.display(cx.ctx.lang).to_string(),
        // What is wrong with the code is said already.
        (None, None) if named => String::new(),
        (None, None) => form.required("display", 200),
    };
    if collected.as_deref().is_some_and(|text| kind == Kind::Imaging || !is_past(cx, text)) {
        form.wrong(Issue::error(Code::Value, COLLECTED).at("collected"));
    }
    match form.finish() {
        Ok(()) => Ok(Line {
            id: cx.ctx.ids.uuid(),
            kind,
            code,
            display,
            priority,
            note,
            reason,
            specimen: collected.map(|text| (cx.ctx.ids.uuid(), text)),
        }),
        Err(Error::Refused(issues)) => Err(issues),
        Err(_) => Err(Vec::new()),
    }
}

fn is_past(cx: &RouteCtx, text: &str) -> bool {
    fhir::date::date_time(text).is_some_and(|moment| moment.lo_ms <= cx.ctx.clock.now_ms() + AHEAD_MS)
}
