//! What the store asks of acts: a definition can be found by its code, and no booking comes new into a room that lacks
//! what its act asks for, by whatever door it is written.

use super::{Act, clashes, equipped};
use crate::booking::Booking;
use crate::case::{Case, needs};
use crate::place::{self, Place};
use crate::words;
use fhir::{Code, Issue, Json, ResourceType, Text};
use store::rule::Refusal;
use store::{Result, Rule, TxRead};

const UNNAMED: Text = Text {
    key: "scheduling.act-unnamed",
    fr: "Une définition d'acte avec des besoins porte le code de l'acte une seconde fois, comme identifiant (même système, même valeur) : complétez « identifier ».",
    en: "A definition of an act with needs carries the act's code a second time, as an identifier (same system, same value): complete \"identifier\".",
    de: "Die Definition eines Eingriffs mit Anforderungen trägt seinen Code ein zweites Mal als Kennung (gleiches System, gleicher Wert): Ergänzen Sie „identifier“.",
};

pub(crate) struct DefinesAct;

impl Rule for DefinesAct {
    fn name(&self) -> &'static str {
        "scheduling.defines-act"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::ACTIVITY_DEFINITION]
    }

    fn check(
        &self,
        _: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        _: &mut TxRead<'_>,
    ) -> std::result::Result<(), Refusal> {
        let Some(definition) = after.filter(|json| !needs(json).is_empty()) else { return Ok(()) };
        match Act::of(definition, 0) {
            Some(act) if !act.named => {
                Err(Issue::error(Code::Required, UNNAMED).at("ActivityDefinition.identifier").into())
            }
            _ => Ok(()),
        }
    }
}

/// Refuses a room that lacks what the case or its act asks for.
///
/// # Errors
/// The refusal; what the database says.
pub(crate) fn of_acts(
    booking: &Booking,
    request: &Json<'_>,
    tx: &mut TxRead<'_>,
) -> std::result::Result<(), Refusal> {
    let Some(what) = booking.room.as_deref() else { return Ok(()) };
    let Some(case) = Case::of(request, 0) else { return Ok(()) };
    let case = equipped(&acts(&case, tx)?, case);
    if !case.needs.iter().any(|need| need.kind == "capability") {
        return Ok(());
    }
    let Some(body) =
        what.strip_prefix("Location/").map(|id| tx.read(ResourceType::LOCATION, id)).transpose()?
    else {
        return Ok(());
    };
    let Some(json) = body.as_ref().and_then(|body| fhir::json::parse(body).ok()) else { return Ok(()) };
    let (Place::Room(room), Some(resource)) = (Place::of(&json), place::resource(what, Some(&json))) else {
        return Ok(());
    };
    match clashes(&case.needs, &room.capabilities, booking, (what, &resource)).first() {
        Some(clash) => Err(words::issue(clash).at("Appointment.participant").into()),
        None => Ok(()),
    }
}

fn acts(case: &Case, tx: &mut TxRead<'_>) -> Result<Vec<Act>> {
    let Some(code) = &case.act_code else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    // With the case's system, and without any; `equipped` keeps what is of the case.
    let systems = [case.act_system.as_deref().unwrap_or_default(), ""];
    let count = if systems[0].is_empty() { 1 } else { 2 };
    let mut ids = Vec::new();
    for system in &systems[..count] {
        ids.extend(tx.living_with_identifier(ResourceType::ACTIVITY_DEFINITION, system, code)?);
    }
    for id in ids {
        let body = tx.read(ResourceType::ACTIVITY_DEFINITION, &id)?;
        found.extend(body.and_then(|body| Act::of(&fhir::json::parse(&body).ok()?, 0)));
    }
    Ok(found)
}
