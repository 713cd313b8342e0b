//! No room, person, piece of equipment or bed is booked twice, nor while it is closed or absent. A booking is asked
//! when it newly takes something; what happened (`fulfilled`) and what others wrote without saying what it is stay
//! free, so that a history can be imported.

use super::clash::{Cause, Clash, Resource, World, clashes};
use super::{Booking, Kind, LOOK_BACK, LOOK_BACK_BEDS, Status};
use crate::case;
use crate::closure::{Closure, Span};
use crate::place;
use crate::words;
use crate::zone::{DAY, MINUTE};
use fhir::{Code, Issue, Json, ResourceType, Text};
use std::sync::Arc;
use store::rule::Refusal;
use store::{Result, Rule, TxRead};

/// Bookings of one resource in its look-back, and Slots of one Schedule; more are not in a clinic.
const TAKERS_MAX: usize = 500;
pub(crate) const CLOSURES_MAX: usize = 500;

pub(crate) const BACKWARDS: Text = Text {
    key: "scheduling.backwards",
    fr: "L'intervention finirait avant d'avoir commencé : corrigez la durée.",
    en: "It would end before it begins: mend the duration.",
    de: "Der Eingriff würde vor seinem Beginn enden: Korrigieren Sie die Dauer.",
};
pub(crate) const TOO_LONG: Text = Text {
    key: "scheduling.too-long",
    fr: "Une réservation dure au plus 24 heures (ici {minutes} min) : corrigez la durée, ou faites-en deux.",
    en: "A booking lasts 24 hours at most (this one {minutes} min): mend the duration, or make two.",
    de: "Eine Buchung dauert höchstens 24 Stunden (hier {minutes} min): Korrigieren Sie die Dauer, oder buchen Sie zweimal.",
};
const SIDES: Text = Text {
    key: "scheduling.side-differs",
    fr: "Le côté de la réservation ({booking}) n'est pas celui de la demande d'intervention ({case}). Vérifiez le côté auprès du chirurgien avant tout.",
    en: "The side of the booking ({booking}) is not that of the surgical case ({case}). Check the side with the surgeon before anything else.",
    de: "Die Seite der Buchung ({booking}) ist nicht die des Eingriffs ({case}). Prüfen Sie zuerst die Seite mit dem Operateur.",
};
const TWICE: Text = Text {
    key: "scheduling.case-booked-twice",
    fr: "Cette intervention est déjà programmée ({when}). Déplacez la réservation existante.",
    en: "This case is booked already ({when}). Move the booking that exists.",
    de: "Dieser Eingriff ist bereits geplant ({when}). Verschieben Sie die bestehende Buchung.",
};
pub(crate) const LOCKED: Text = Text {
    key: "scheduling.locked",
    fr: "Cette réservation est verrouillée : déverrouillez-la avant de la déplacer.",
    en: "This booking is locked: unlock it before moving it.",
    de: "Diese Buchung ist gesperrt: Entsperren Sie sie, bevor Sie sie verschieben.",
};

pub(crate) struct BookedOnce;

impl Rule for BookedOnce {
    fn name(&self) -> &'static str {
        "scheduling.booked-once"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::APPOINTMENT]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> std::result::Result<(), Refusal> {
        let Some(mut booking) = after.and_then(|json| Booking::of(json, 0)) else { return Ok(()) };
        let now = tx.now_ms();
        if booking.kind == Kind::Other || !booking.is_taking(now) {
            return Ok(());
        }
        booking.id = tx.id().to_string();
        let before = before.and_then(|json| Booking::of(json, 0));
        locked(before.as_ref(), &booking)?;
        let same_time = before.as_ref().is_some_and(|b| (b.start, b.end) == (booking.start, booking.end));
        if !same_time {
            lasting(&booking)?;
        }
        // One that has stepped aside in this very transaction, to change places with others, stands too.
        let stood = before.clone().filter(|b| b.is_taking(now) || b.status == Status::Waiting);
        // What lapsed may have been given to others since: it is asked for anew.
        let taking = before.filter(|b| b.is_taking(now) && b.kind == booking.kind);
        // The hub by itself brings what was there before, in any order: the room may come after its booking.
        let brought = tx.actor().system && tx.actor().id.is_nil();
        if booking.kind == Kind::Theatre {
            of_case(&booking, (taking.as_ref(), stood.as_ref()), (brought, tx))?;
        }
        let held = taking.map(|b| b.takes).unwrap_or_default();
        let mut world = Inside { tx };
        let mut found = clashes(&mut world, &booking, &held, &|_| false)?;
        found.retain(|clash| !(brought && clash.cause == Cause::Unknown));
        match found.first() {
            Some(clash) => Err(refused(clash).into()),
            None => Ok(()),
        }
    }
}

fn refused(clash: &Clash) -> Issue {
    words::issue(clash).at("Appointment.participant")
}

fn locked(before: Option<&Booking>, after: &Booking) -> std::result::Result<(), Refusal> {
    let moved = before.is_some_and(|b| {
        b.lock == "locked" && after.lock == "locked" && (b.start, &b.room) != (after.start, &after.room)
    });
    if moved { Err(Issue::error(Code::Conflict, LOCKED).into()) } else { Ok(()) }
}

/// # Errors
/// What ends before it begins, and what lasts more than a day.
pub(crate) fn lasting(booking: &Booking) -> std::result::Result<(), Issue> {
    let lasts = booking.end - booking.start;
    if lasts <= 0 {
        return Err(Issue::error(Code::BusinessRule, BACKWARDS).at("Appointment.end"));
    }
    if lasts > DAY {
        let issue = Issue::error(Code::BusinessRule, TOO_LONG).at("Appointment.end");
        return Err(issue.arg("minutes", lasts / MINUTE));
    }
    Ok(())
}

/// One booking a case, on the case's side, in a room that has what the case asks for.
fn of_case(
    booking: &Booking,
    (taking, stood): (Option<&Booking>, Option<&Booking>),
    (brought, tx): (bool, &mut TxRead<'_>),
) -> std::result::Result<(), Refusal> {
    let Some(case) = &booking.case else { return Ok(()) };
    let Some(id) = case.strip_prefix("ServiceRequest/") else { return Ok(()) };
    if let Some(body) = tx.read(ResourceType::SERVICE_REQUEST, id)? {
        let request = fhir::json::parse(&body).unwrap_or(Json::Null);
        let side = case::side(&request);
        if let (Some(theirs), Some(ours)) = (side, booking.side)
            && theirs != ours
        {
            let issue = Issue::error(Code::BusinessRule, SIDES).at("Appointment.extension");
            return Err(issue.arg("booking", words::side(ours)).arg("case", words::side(theirs)).into());
        }
        // What stands may stay where it is, whatever its act came to ask for since.
        if !brought && stood.is_none_or(|b| b.room != booking.room) {
            crate::act::of_acts(booking, &request, tx)?;
        }
    }
    if taking.is_some_and(|b| b.case == booking.case) {
        return Ok(());
    }
    let query = format!("based-on={case}&status=pending,booked,arrived,checked-in");
    for other in tx.search(ResourceType::APPOINTMENT, &query, 10)? {
        if other == tx.id() {
            continue;
        }
        let Some(other) = tx.read(ResourceType::APPOINTMENT, &other)? else { continue };
        let other = fhir::json::parse(&other).ok().and_then(|json| Booking::of(&json, 0));
        if let Some(other) = other.filter(|o| o.kind == Kind::Theatre && o.is_taking(tx.now_ms())) {
            let when = format!("{} {}", crate::zone::day_of(other.start), crate::zone::hour(other.start));
            return Err(Issue::error(Code::Conflict, TWICE)
                .at("Appointment.basedOn")
                .arg("when", when)
                .into());
        }
    }
    Ok(())
}

/// The tenant as the transaction sees it.
struct Inside<'t, 'a> {
    tx: &'t mut TxRead<'a>,
}

impl Inside<'_, '_> {
    fn of(&mut self, what: &str) -> Result<Option<Json<'static>>> {
        let Some((rt, id)) = what.split_once('/') else { return Ok(None) };
        let Some(rt) = ResourceType::parse(rt) else { return Ok(None) };
        let body = self.tx.read(rt, id)?;
        Ok(body.and_then(|body| fhir::json::parse(&body).ok().map(Json::into_owned)))
    }
}

impl World for Inside<'_, '_> {
    fn resource(&mut self, what: &str) -> Result<Option<Resource>> {
        let json = self.of(what)?;
        Ok(place::resource(what, json.as_ref()))
    }

    fn takers(&mut self, what: &str, from: i64, until: i64) -> Result<Vec<Arc<Booking>>> {
        let back = if what.starts_with("Location/") { LOOK_BACK_BEDS } else { LOOK_BACK };
        let (from, until) = (fhir::date::instant_format(from - back), fhir::date::instant_format(until));
        let query =
            format!("actor={what}&status=pending,booked,arrived,checked-in&date=ge{from}&date=lt{until}");
        let (mut found, now) = (Vec::new(), self.tx.now_ms());
        for id in self.tx.search(ResourceType::APPOINTMENT, &query, TAKERS_MAX)? {
            let Some(body) = self.tx.read(ResourceType::APPOINTMENT, &id)? else { continue };
            let booking = fhir::json::parse(&body).ok().and_then(|json| Booking::of(&json, 0));
            found.extend(booking.filter(|b| b.is_taking(now)).map(Arc::new));
        }
        Ok(found)
    }

    fn closed(&mut self, what: &str, from: i64, until: i64) -> Result<Vec<Span>> {
        let mut whose = vec![what.to_string()];
        // A room is closed with its site.
        if what.starts_with("Location/") {
            let site = self.of(what)?.and_then(|json| place::part_of(&json));
            whose.extend(site);
        }
        let mut found = Vec::new();
        for actor in whose {
            for schedule in self.tx.search(ResourceType::SCHEDULE, &format!("actor={actor}"), 50)? {
                let query = format!("schedule=Schedule/{schedule}&status=busy-unavailable");
                for slot in self.tx.search(ResourceType::SLOT, &query, CLOSURES_MAX)? {
                    let Some(body) = self.tx.read(ResourceType::SLOT, &slot)? else { continue };
                    let closure = fhir::json::parse(&body).ok().and_then(|json| Closure::of(&json, 0));
                    found.extend(closure.map(|c| c.spans(from, until)).unwrap_or_default());
                }
            }
        }
        Ok(found)
    }
}
