//! What no write may break, whoever makes it: the order of the milestones, the side, and no incision without the
//! check-list. An operation that is written when it is over already (a record taken over from elsewhere) is history.

use crate::case::element::{case_of, derived, is_surgery, side_of};
use crate::checklist::message::{NO_GO, NO_SIGN_IN, NO_TIME_OUT};
use crate::checklist::state::{Gate, hindrance};
use crate::checklist::version::Version;
use crate::checklist::{entry, library};
use crate::milestone::{self, Code};
use fhir::{Code as IssueCode, Issue, Json, ResourceType, Text};
use store::rule::Refusal;
use store::{Rule, TxRead};

const SIDES: Text = Text {
    key: "surgery.sides-differ",
    fr: "Le côté ({here}) n'est pas celui de {other} ({there}). Arrêtez et vérifiez le côté avec l'opérateur.",
    en: "The side ({here}) is not that of {other} ({there}). Stop and check the side with the surgeon.",
    de: "Die Seite ({here}) ist nicht die von {other} ({there}). Halten Sie an und prüfen Sie die Seite mit dem Operateur.",
};
const BACK: Text = Text {
    key: "surgery.status-back",
    fr: "Une intervention terminée ne revient pas en arrière : corrigez ses jalons.",
    en: "A finished operation does not go back: correct its milestones.",
    de: "Ein beendeter Eingriff geht nicht zurück: Korrigieren Sie seine Meilensteine.",
};

pub(crate) struct CaseInOrder;

impl Rule for CaseInOrder {
    fn name(&self) -> &'static str {
        "surgery.case-in-order"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::SERVICE_REQUEST, ResourceType::PROCEDURE]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let Some(after) = after else { return Ok(()) };
        match after.get_str("resourceType") {
            Some("Procedure") => procedure(before, after, tx),
            _ if is_surgery(after) => request(before, after, tx),
            _ => Ok(()),
        }
    }
}

fn spoken(side: &str) -> &'static str {
    match side {
        "right" => "DROIT",
        "left" => "GAUCHE",
        _ => "BILATÉRAL",
    }
}

fn differ(here: &str, there: &str, other: &'static str, place: &'static str) -> Refusal {
    let issue = Issue::error(IssueCode::BusinessRule, SIDES).at(place).arg("other", other);
    issue.arg("here", spoken(here)).arg("there", spoken(there)).into()
}

/// A side that changes is compared with the booking and the operation of the case.
fn request(before: Option<&Json<'_>>, after: &Json<'_>, tx: &mut TxRead<'_>) -> Result<(), Refusal> {
    let Some(side) = side_of(after) else { return Ok(()) };
    if before.is_none() || before.and_then(side_of) == Some(side) {
        return Ok(());
    }
    let based = format!("based-on=ServiceRequest/{}", tx.id());
    for id in tx.search(ResourceType::PROCEDURE, &based, 10)? {
        let Some(body) = tx.read(ResourceType::PROCEDURE, &id)? else { continue };
        let there = fhir::json::parse(&body).ok().and_then(|json| side_of(&json));
        if let Some(there) = there.filter(|there| *there != side) {
            return Err(differ(side, there, "l'acte réalisé", "ServiceRequest.bodySite"));
        }
    }
    let open = format!("{based}&status=booked,arrived,checked-in,pending");
    for id in tx.search(ResourceType::APPOINTMENT, &open, 10)? {
        let Some(body) = tx.read(ResourceType::APPOINTMENT, &id)? else { continue };
        let Ok(json) = fhir::json::parse(&body) else { continue };
        let there = crate::case::element::text_at(&json, "urn:medhub:booking:side");
        if let Some(there) = there.filter(|there| *there != side) {
            return Err(differ(side, there, "la réservation", "ServiceRequest.bodySite"));
        }
    }
    Ok(())
}

fn procedure(before: Option<&Json<'_>>, after: &Json<'_>, tx: &mut TxRead<'_>) -> Result<(), Refusal> {
    let Some(id) = case_of(after).and_then(|case| case.strip_prefix("ServiceRequest/")) else {
        return Ok(());
    };
    let marks = milestone::read(after);
    milestone::check(&marks)?;
    let rank = |json: &Json<'_>| match json.get_str("status") {
        Some("completed") => 2,
        Some("in-progress" | "on-hold") => 1,
        Some("preparation") => 0,
        _ => 9,
    };
    let old = before.map(milestone::read).unwrap_or_default();
    let back = before.is_some_and(|before| rank(before) < 9 && rank(after) < rank(before));
    if back && marks.len() >= old.len() {
        return Err(Issue::error(IssueCode::BusinessRule, BACK).at("Procedure.status").into());
    }
    let Some(body) = tx.read(ResourceType::SERVICE_REQUEST, id)? else { return Ok(()) };
    let Ok(case) = fhir::json::parse(&body) else { return Ok(()) };
    if let (Some(here), Some(there)) = (side_of(after), side_of(&case))
        && here != there
    {
        return Err(differ(here, there, "la demande", "Procedure.bodySite"));
    }
    let history = before.is_none() && rank(after) == 2;
    let new = marks.iter().filter(|mark| !old.iter().any(|known| known.code == mark.code));
    let new: Vec<Code> = new.map(|mark| mark.code).collect();
    if history || new.is_empty() {
        return Ok(());
    }
    let checklist = tx.read(ResourceType::QUESTIONNAIRE_RESPONSE, &derived("checklist", id))?;
    let checklist = checklist.as_ref().and_then(|body| fhir::json::parse(body).ok());
    let version = library::in_transaction(checklist.as_ref(), tx)?;
    version.map_or(Ok(()), |version| gates(&new, &version, checklist.as_ref()))
}

/// # Errors
/// A milestone that waits for a phase of the check-list.
fn gates(new: &[Code], version: &Version, checklist: Option<&Json<'_>>) -> Result<(), Refusal> {
    let entries = checklist.map(entry::read).unwrap_or_default();
    for code in new {
        let Some((phase, gate)) = hindrance(version, &entries, code.as_str()) else { continue };
        let text = match (gate, code) {
            (Gate::NoGo, _) => NO_GO,
            (_, Code::Incision) => NO_TIME_OUT,
            _ => NO_SIGN_IN,
        };
        let issue = Issue::error(IssueCode::BusinessRule, text).at("Procedure.extension");
        return Err(issue.arg("phase", &phase.title).into());
    }
    Ok(())
}
