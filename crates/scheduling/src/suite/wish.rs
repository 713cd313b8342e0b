//! Where someone wants a case to be, and whether that is possible.

use super::team::{choose, extras};
use super::who::role_of;
use crate::booking::clash::{Clash, clashes};
use crate::booking::{Booking, Member, Place, appointment, moved};
use crate::case::Case;
use crate::duration::Durations;
use crate::index::{At, Index};
use crate::plan::offers::{HORIZON, Offer, Search, offers};
use crate::zone::{self, MINUTE};
use fhir::{Code, Issue, Json, Text};
use service::Form;
use std::sync::Arc;
use store::{Error, Result};

/// Minutes of cleaning where nobody said.
const CLEANING: i64 = 20;
const MINUTES_MAX: i64 = 24 * 60;

const NO_CASE: Text = Text {
    key: "scheduling.no-case",
    fr: "Cette demande d'intervention n'existe pas, n'est plus active, ou vous n'y avez pas accès. Rouvrez la liste d'attente.",
    en: "This surgical case does not exist, is not active any more, or is not open to you. Open the waiting list again.",
    de: "Diesen Eingriff gibt es nicht, er ist nicht mehr aktiv oder Ihnen nicht zugänglich. Öffnen Sie die Warteliste neu.",
};
const NO_ROOM: Text = Text {
    key: "scheduling.no-room",
    fr: "Indiquez une salle d'opération en service (« Location/… »).",
    en: "Name an operating room that is in use (\"Location/…\").",
    de: "Nennen Sie einen Operationssaal, der in Betrieb ist („Location/…“).",
};
const MINUTES: Text = Text {
    key: "scheduling.minutes",
    fr: "Une durée s'écrit en minutes entières, de 1 à {max}.",
    en: "A duration is written in whole minutes, from 1 to {max}.",
    de: "Eine Dauer wird in ganzen Minuten von 1 bis {max} geschrieben.",
};
const TEAM: Text = Text {
    key: "scheduling.team",
    fr: "Chaque membre de l'équipe a un rôle ({roles}) et une fiche (« Practitioner/… ») qui existe.",
    en: "Each member of the team has a role ({roles}) and a record (\"Practitioner/…\") that exists.",
    de: "Jedes Mitglied des Teams hat eine Rolle ({roles}) und einen Eintrag („Practitioner/…“), den es gibt.",
};

/// What is wished, complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub room: String,
    pub start: i64,
    pub minutes: i64,
    pub cleaning: i64,
    /// `None`: whoever fits.
    pub team: Option<Vec<Member>>,
}

/// What a body says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub room: Option<String>,
    pub start: Option<i64>,
    pub minutes: Option<i64>,
    pub cleaning: Option<i64>,
    pub team: Option<Vec<Member>>,
}

impl Said {
    /// Reads what is there; faults are noted in the form.
    pub fn read(form: &mut Form<'_>, index: &Index) -> Said {
        let room = form.text("room", 100);
        if room.as_ref().is_some_and(|r| !index.room(r).is_some_and(|r| r.active)) {
            form.wrong(Issue::error(Code::Value, NO_ROOM).at("room"));
        }
        let start = form.text("start", 40).and_then(|text| match zone::moment(&text, "start") {
            Ok(at) => Some(at),
            Err(issue) => {
                form.wrong(issue);
                None
            }
        });
        let minutes = whole(form, "minutes", 1, MINUTES_MAX);
        let cleaning = whole(form, "cleaning", 0, MINUTES_MAX);
        Said { room, start, minutes, cleaning, team: team(form, index) }
    }

    pub fn of_case(self, case: &Case, durations: &Durations) -> Option<Wish> {
        let usual = || case.minutes.unwrap_or_else(|| crate::plan::minutes(case, durations));
        Some(Wish {
            room: self.room?,
            start: self.start?,
            minutes: self.minutes.unwrap_or_else(usual),
            cleaning: self.cleaning.or(case.cleaning).unwrap_or(CLEANING),
            team: self.team,
        })
    }

    pub fn of_wish(self, wish: &Wish) -> Wish {
        Wish {
            room: self.room.unwrap_or_else(|| wish.room.clone()),
            start: self.start.unwrap_or(wish.start),
            minutes: self.minutes.unwrap_or(wish.minutes),
            cleaning: self.cleaning.unwrap_or(wish.cleaning),
            team: self.team.or_else(|| wish.team.clone()),
        }
    }

    pub fn of_booking(self, booking: &Booking) -> Option<Wish> {
        let lasts = (booking.end - booking.start) / MINUTE;
        Some(Wish {
            room: self.room.or_else(|| booking.room.clone())?,
            start: self.start.unwrap_or(booking.start),
            minutes: self.minutes.unwrap_or(lasts),
            cleaning: self.cleaning.unwrap_or(booking.cleaning),
            team: self.team.or_else(|| Some(booking.team.clone())),
        })
    }
}

pub(crate) fn whole(form: &mut Form<'_>, name: &'static str, least: i64, most: i64) -> Option<i64> {
    let found = match form.json().get(name) {
        None | Some(Json::Null) => return None,
        Some(found) => found.as_number().and_then(|n| n.parse::<i64>().ok()),
    };
    match found.filter(|n| (least..=most).contains(n)) {
        Some(n) => Some(n),
        None => {
            form.wrong(Issue::error(Code::Value, MINUTES).at(name).arg("max", most));
            None
        }
    }
}

fn team(form: &mut Form<'_>, index: &Index) -> Option<Vec<Member>> {
    let read = |one: &Json<'_>| {
        let role = role_of(one.get_str("role")?)?;
        let who = one.get_str("ref").filter(|who| index.people.get(*who).is_some_and(|p| p.active))?;
        Some(Member { role, who: who.to_string() })
    };
    let found: Option<Vec<Option<Member>>> = match form.json().get("team") {
        None | Some(Json::Null) => return None,
        Some(Json::Array(all)) if all.len() <= 30 => Some(all.iter().map(read).collect()),
        Some(_) => None,
    };
    let team: Option<Vec<Member>> = found.and_then(|all| all.into_iter().collect());
    if team.is_none() {
        let roles = crate::booking::ROLES.map(|(role, _)| role).join(", ");
        form.wrong(Issue::error(Code::Value, TEAM).at("team").arg("roles", roles));
    }
    team
}

/// The case, if it can be booked.
///
/// # Errors
/// When there is none.
pub(crate) fn case<'a>(index: &'a Index, what: &str) -> Result<&'a Arc<Case>> {
    let found = index.cases.get(what).filter(|case| case.is_open());
    found.ok_or_else(|| Issue::error(Code::NotFound, NO_CASE).at("case").into())
}

/// # Errors
/// That room and start are missing.
pub(crate) fn complete(wish: Option<Wish>) -> Result<Wish> {
    wish.ok_or_else(|| Error::from(Issue::error(Code::Required, NO_ROOM).at("room")))
}

/// A booking as it would be, and what stands in its way.
pub(crate) struct Checked {
    /// The Appointment to write.
    pub json: Json<'static>,
    pub booking: Booking,
    pub clashes: Vec<Clash>,
}

/// What a wish comes to. `old`: the booking that would move.
pub(crate) fn check(
    index: &Index,
    case: &Case,
    old: Option<&Arc<Booking>>,
    wish: &Wish,
    now: i64,
) -> Checked {
    let facility = index.room(&wish.room).map(|r| r.facility.clone());
    let end = wish.start + wish.minutes * MINUTE;
    let own = old.map(|b| b.id.as_str());
    let team = match &wish.team {
        Some(team) => team.clone(),
        None => choose(index, case, facility.as_deref(), (wish.start, end), (now, own)),
    };
    let place = Place {
        room: wish.room.clone(),
        start: wish.start,
        minutes: wish.minutes,
        cleaning: wish.cleaning,
        team,
        extras: extras(index, case, facility.as_deref(), wish.start, wish.minutes * MINUTE),
        status: "booked",
        lock: "draft",
        hold_until: None,
    };
    let json = appointment(case, &place, &|what| index.name(what));
    let mut checked = checked(index, json, old, now);
    checked.clashes.extend(crate::act::lacking(index, case, &checked.booking));
    checked
}

/// What moving a booking comes to, the rest of its Appointment as it is.
pub(crate) fn check_move(
    index: &Index,
    (old, stored): (&Arc<Booking>, &Json<'_>),
    wish: &Wish,
    now: i64,
    ignored: &dyn Fn(&Booking) -> bool,
) -> Checked {
    let place = Place {
        room: wish.room.clone(),
        start: wish.start,
        minutes: wish.minutes,
        cleaning: wish.cleaning,
        team: wish.team.clone().unwrap_or_else(|| old.team.clone()),
        extras: Vec::new(),
        status: old.status.as_str(),
        lock: old.lock,
        hold_until: old.hold_until,
    };
    let json = moved(stored, old, &place, &|what| index.name(what));
    let mut checked = checked(index, json, Some(old), now);
    checked.clashes.retain(|c| match &c.cause {
        crate::booking::clash::Cause::Taken(other) => !ignored(other),
        _ => true,
    });
    // What stands may change its hour where it is, even if its act has come to ask for more.
    if old.room.as_deref() != Some(wish.room.as_str())
        && let Some(case) = old.case.as_ref().and_then(|c| index.cases.get(c))
    {
        checked.clashes.extend(crate::act::lacking(index, case, &checked.booking));
    }
    checked
}

fn checked(index: &Index, json: Json<'static>, old: Option<&Arc<Booking>>, now: i64) -> Checked {
    let mut booking = Booking::of(&json, 0).unwrap_or_else(Booking::nothing);
    if let Some(old) = old {
        booking.id.clone_from(&old.id);
    }
    let own_case = booking.case.clone();
    // A hold of the same case gives way to its booking.
    let ignored = |other: &Booking| other.status == crate::booking::Status::Pending && other.case == own_case;
    let found = clashes(&mut At { index, now }, &booking, &[], &ignored).unwrap_or_default();
    Checked { json, booking, clashes: found }
}

/// The three nearest places instead.
pub(crate) fn nearest(
    index: &Index,
    durations: &Durations,
    case: &Arc<Case>,
    (old, wish): (Option<&Arc<Booking>>, &Wish),
    now: i64,
) -> Vec<Offer> {
    let day = zone::day_of(wish.start.max(now));
    let search = Search {
        wish,
        case,
        booking: old,
        from: zone::plus(day, -3),
        to: zone::plus(day, HORIZON),
        room: None,
        near: Some((&wish.room, wish.start)),
        now,
        count: 3,
    };
    offers(index, durations, &search)
}
