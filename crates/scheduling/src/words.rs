//! What stands in the way, in sentences. They name rooms, staff and case numbers, never a patient.

use crate::booking::clash::{Cause, Clash, ResourceKind};
use crate::working_hours;
use crate::zone;
use fhir::{Code, Issue, Text};

const ROOM: Text = Text {
    key: "scheduling.room-taken",
    fr: "{name} est prise par le cas {holder} de {from} à {until} (nettoyage compris) : {minutes} min de trop. Choisissez une autre heure ou une autre salle.",
    en: "{name} is taken by case {holder} from {from} to {until} (cleaning included): {minutes} min too many. Choose another time or another room.",
    de: "{name} ist von {from} bis {until} (mit Reinigung) durch Fall {holder} belegt: {minutes} min zu viel. Wählen Sie eine andere Zeit oder einen anderen Saal.",
};
const PERSON: Text = Text {
    key: "scheduling.person-taken",
    fr: "{name} est pris(e) par le cas {holder} de {from} à {until} : {minutes} min en commun. Choisissez une autre heure ou une autre personne.",
    en: "{name} is taken by case {holder} from {from} to {until}: {minutes} min in common. Choose another time or another person.",
    de: "{name} ist von {from} bis {until} durch Fall {holder} gebunden: {minutes} min gemeinsam. Wählen Sie eine andere Zeit oder eine andere Person.",
};
const PATIENT: Text = Text {
    key: "scheduling.patient-taken",
    fr: "Ce patient a déjà une intervention ({holder}) de {from} à {until}. Choisissez une autre heure.",
    en: "This patient has another operation ({holder}) from {from} to {until}. Choose another time.",
    de: "Dieser Patient hat bereits einen Eingriff ({holder}) von {from} bis {until}. Wählen Sie eine andere Zeit.",
};
const POOL: Text = Text {
    key: "scheduling.pool-empty",
    fr: "« {name} » : les {count} sont pris de {from} à {until}, en dernier par le cas {holder} : {minutes} min de trop. Choisissez une autre heure.",
    en: "\"{name}\": all {count} are taken from {from} to {until}, last by case {holder}: {minutes} min too many. Choose another time.",
    de: "„{name}“: Alle {count} sind von {from} bis {until} vergeben, zuletzt an Fall {holder}: {minutes} min zu viel. Wählen Sie eine andere Zeit.",
};
const CLOSED: Text = Text {
    key: "scheduling.closed",
    fr: "{name} est fermée de {from} à {until} ({reason}) : {minutes} min de trop. Choisissez une autre heure ou une autre salle.",
    en: "{name} is closed from {from} to {until} ({reason}): {minutes} min too many. Choose another time or another room.",
    de: "{name} ist von {from} bis {until} geschlossen ({reason}): {minutes} min zu viel. Wählen Sie eine andere Zeit oder einen anderen Saal.",
};
const ABSENT: Text = Text {
    key: "scheduling.absent",
    fr: "{name} est absent(e) de {from} à {until} ({reason}). Choisissez une autre heure ou une autre personne.",
    en: "{name} is absent from {from} to {until} ({reason}). Choose another time or another person.",
    de: "{name} ist von {from} bis {until} abwesend ({reason}). Wählen Sie eine andere Zeit oder eine andere Person.",
};
const UNKNOWN: Text = Text {
    key: "scheduling.unknown-resource",
    fr: "« {what} » ne peut pas être réservé : cette ressource n'existe pas ou n'est plus en service. Choisissez-en une autre.",
    en: "\"{what}\" cannot be booked: this resource does not exist or is out of service. Choose another.",
    de: "„{what}“ kann nicht gebucht werden: Diese Ressource gibt es nicht oder sie ist außer Betrieb. Wählen Sie eine andere.",
};

const LACKING: Text = Text {
    key: "scheduling.capability",
    fr: "{name} n'a pas ce que cette intervention demande : « {what} ». Choisissez une salle qui en est équipée.",
    en: "{name} has not what this operation asks for: \"{what}\". Choose a room that has it.",
    de: "{name} hat nicht, was dieser Eingriff verlangt: „{what}“. Wählen Sie einen Saal, der es hat.",
};

/// The sentence of what stands in the way.
pub(crate) fn issue(clash: &Clash) -> Issue {
    let kind = clash.resource.kind;
    let (text, holder, from, until, reason) = match &clash.cause {
        Cause::Unknown => {
            return Issue::error(Code::Conflict, UNKNOWN).arg("what", &clash.what);
        }
        Cause::Lacking(what) => {
            return Issue::error(Code::Conflict, LACKING).arg("name", &clash.resource.name).arg("what", what);
        }
        Cause::Closed(span) => {
            if let Some(issue) = working_hours::refusal(&clash.resource.name, span, clash.from) {
                return issue;
            }
            let text = if kind == ResourceKind::Person { ABSENT } else { CLOSED };
            (text, String::new(), span.from, span.until, span.reason.clone())
        }
        Cause::Taken(booking) => {
            let take = booking.takes.iter().find(|t| t.what == clash.what);
            let (from, until) = take.map_or((clash.from, clash.until), |t| (t.from, t.until));
            let text = match kind {
                ResourceKind::Room => ROOM,
                ResourceKind::Person => PERSON,
                ResourceKind::Patient => PATIENT,
                _ => POOL,
            };
            (text, booking.spoken(), from, until, None)
        }
    };
    Issue::error(Code::Conflict, text)
        .arg("name", if clash.resource.name.is_empty() { &clash.what } else { &clash.resource.name })
        .arg("holder", holder)
        .arg("from", moment(from, clash.from))
        .arg("until", moment(until, clash.from))
        .arg("reason", reason.unwrap_or_else(|| "—".into()))
        .arg("count", clash.resource.capacity)
        .arg("minutes", clash.minutes())
}

/// `09:05`, with the day where it is another than that of `near`.
fn moment(ms: i64, near: i64) -> String {
    let day = zone::day_of(ms);
    if day == zone::day_of(near) { zone::hour(ms) } else { format!("{day} {}", zone::hour(ms)) }
}

/// A side, spelled out.
pub(crate) fn side(code: &str) -> &'static str {
    match code {
        "right" => "DROIT",
        "left" => "GAUCHE",
        _ => "BILATÉRAL",
    }
}
