//! The few things that could be done about today, the best first.

use super::evaluate::{Ahead, grid};
use super::project::{Projected, Stay};
use super::words::{EARLIER, EARLIER_WHY, HOURS, MOVE, MOVE_WHY, SWAP, SWAP_WHY, VACATION};
use crate::booking::Booking;
use crate::element::{instant, text};
use crate::suite::who::Names;
use crate::words::side;
use crate::zone::{self, MINUTE};
use fhir::{Code, Issue, Json, Text};
use service::Method;
use std::sync::Arc;

/// Below, nobody turns the programme over.
const WORTH: i64 = 10;
/// A case is called earlier for no less.
const EARLIER_WORTH: i64 = 15;
/// What a case needs to be called for another time or another room.
const NOTICE: i64 = 10 * MINUTE;
/// Who is planned later than that is not called yet.
const SOON: i64 = 3 * 60 * MINUTE;
/// Late cases that other places are sought for, and pairs that are tried.
const LATE_MAX: usize = 12;
const PAIRS_MAX: usize = 60;
const PROPOSALS_MAX: usize = 6;

/// A verb that carries it out.
pub(super) struct Call {
    pub method: Method,
    pub path: String,
    pub body: Json<'static>,
}

pub(super) struct Proposal<'a> {
    pub kind: &'static str,
    pub room: String,
    pub booking: Option<&'a Arc<Booking>>,
    pub text: Issue,
    pub why: Option<Issue>,
    /// Minutes of lateness that it avoids, or that a warning is about.
    pub minutes: i64,
    pub at: Option<(i64, i64)>,
    pub calls: Vec<Call>,
}

impl Proposal<'_> {
    /// The same for the same thing, so that a screen can tell what is new.
    pub fn id(&self) -> String {
        let booking = self.booking.map_or("", |b| b.id.as_str());
        format!("{}:{booking}:{}", self.kind, self.room)
    }
}

fn say(sentence: Text) -> Issue {
    Issue::warning(Code::Informational, sentence)
}

/// All of them, bounded: at most one for a case.
pub(super) fn proposals<'a>(ahead: &'a Ahead<'a>, names: &Names) -> Vec<Proposal<'a>> {
    let say = Sayer { ahead, names };
    let mut all = moves(ahead, &say);
    all.extend(swaps(ahead, &say));
    all.extend(earlier(ahead, &say));
    all.sort_by(|a, b| (b.minutes, a.id()).cmp(&(a.minutes, b.id())));
    let mut told: Vec<Proposal<'a>> = Vec::new();
    for one in all {
        let again = told.iter().any(|t| t.booking.map(|b| &b.id) == one.booking.map(|b| &b.id));
        if !again && told.len() < PROPOSALS_MAX {
            told.push(one);
        }
    }
    let mut warned = overruns(ahead);
    warned.sort_by(|a, b| (b.minutes, a.id()).cmp(&(a.minutes, b.id())));
    told.extend(warned.into_iter().take(PROPOSALS_MAX));
    told.truncate(PROPOSALS_MAX);
    told
}

struct Sayer<'a> {
    ahead: &'a Ahead<'a>,
    names: &'a Names,
}

impl Sayer<'_> {
    /// The case's number; its act and side for whoever may know them.
    fn what(&self, booking: &Booking) -> String {
        let case = booking.case.as_ref().and_then(|c| self.ahead.today.index.cases.get(c));
        let act = case.map(|c| c.act.clone()).filter(|a| !a.is_empty()).or_else(|| booking.act.clone());
        let seen = booking.patient.as_ref().is_some_and(|p| self.names.contains_key(p));
        let Some(act) = act.filter(|_| seen) else { return booking.spoken() };
        match booking.side.or(case.and_then(|c| c.side)) {
            Some(code) => format!("{} ({act}, {})", booking.spoken(), side(code)),
            None => format!("{} ({act})", booking.spoken()),
        }
    }

    fn room(&self, what: &str) -> String {
        self.ahead.today.index.name(what)
    }

    fn who(&self, booking: &Booking) -> String {
        let needed = booking.team.iter().filter(|m| matches!(m.role, "surgeon" | "anaesthetist"));
        needed.map(|m| self.ahead.today.index.name(&m.who)).collect::<Vec<_>>().join(", ")
    }
}

/// Cases that have not begun, with where they stand in the list.
fn waiting<'a>(
    ahead: &'a Ahead<'a>,
) -> impl Iterator<Item = (usize, &'a Arc<Booking>, &'a Stay, &'a Projected)> {
    let today = ahead.today;
    let all = today.bookings.iter().zip(&today.stays).zip(&ahead.projected).enumerate();
    let all = all.map(|(at, ((booking, stay), projected))| (at, *booking, stay, projected));
    all.filter(move |(_, booking, stay, _)| !stay.has_begun() && booking.is_taking(today.now))
}

fn put(booking: &Booking, room: Option<&str>, start: i64) -> Call {
    let mut body = vec![("version", Json::integer(booking.version as i64))];
    body.extend(room.map(|room| ("room", text(room))));
    body.push(("start", instant(start)));
    Call { method: Method::Put, path: format!("theatre/bookings/{}", booking.id), body: Json::object(body) }
}

/// A late case to another room that is free.
fn moves<'a>(ahead: &'a Ahead<'a>, say_of: &Sayer<'_>) -> Vec<Proposal<'a>> {
    let mut late: Vec<_> = waiting(ahead).filter(|(at, ..)| ahead.late_at(*at) >= WORTH).collect();
    late.sort_by_key(|(at, booking, ..)| (std::cmp::Reverse(ahead.late_at(*at)), &booking.id));
    let mut found = Vec::new();
    for (at, booking, stay, projected) in late.into_iter().take(LATE_MAX) {
        let earliest = grid(stay.due.max(ahead.today.now + NOTICE));
        let places = ahead.places(booking, earliest);
        let elsewhere = places.into_iter().filter(|o| o.room != stay.room && o.start < projected.start);
        let judged = elsewhere.map(|offer| {
            let (minutes, day) = ahead.avoided(|stays| {
                stays[at].room.clone_from(&offer.room);
                stays[at].start = offer.start;
            });
            (minutes, day[at], offer)
        });
        let best =
            judged.max_by_key(|(minutes, _, o)| (*minutes, std::cmp::Reverse((o.start, o.room.clone()))));
        let Some((minutes, then, offer)) = best.filter(|(minutes, ..)| *minutes >= WORTH) else { continue };
        let (room, hour) = (say_of.room(&offer.room), zone::hour(offer.start));
        found.push(Proposal {
            kind: "move",
            booking: Some(booking),
            text: say(MOVE)
                .arg("what", say_of.what(booking))
                .arg("room", &room)
                .arg("at", &hour)
                .arg("minutes", minutes),
            why: Some(
                say(MOVE_WHY)
                    .arg("from", say_of.room(&stay.room))
                    .arg("late", ahead.late_at(at))
                    .arg("room", &room)
                    .arg("who", say_of.who(booking))
                    .arg("at", &hour),
            ),
            minutes,
            at: Some((offer.start, then.end)),
            calls: vec![put(booking, Some(&offer.room), offer.start)],
            room: offer.room,
        });
    }
    found
}

/// Two cases take each other's place, where one waits for its people and the other does not.
fn swaps<'a>(ahead: &'a Ahead<'a>, say_of: &Sayer<'_>) -> Vec<Proposal<'a>> {
    let all: Vec<_> = waiting(ahead).collect();
    let mut found = Vec::new();
    let late = || all.iter().filter(|(at, ..)| ahead.late_at(*at) >= WORTH);
    let pairs =
        late().flat_map(|one| all.iter().filter(|other| other.0 != one.0).map(move |other| (one, other)));
    for ((at, a, stay, projected), (other_at, b, there, _)) in pairs.take(PAIRS_MAX) {
        let (minutes, day) = ahead.avoided(|stays| {
            stays[*at].room.clone_from(&there.room);
            stays[*other_at].room.clone_from(&stay.room);
            (stays[*at].start, stays[*other_at].start) = (there.start, stay.start);
        });
        if minutes < WORTH || !ahead.can_swap(a, b) {
            continue;
        }
        let one =
            |b: &Booking| Json::object([("id", text(&b.id)), ("version", Json::integer(b.version as i64))]);
        found.push(Proposal {
            kind: "swap",
            room: there.room.clone(),
            booking: Some(*a),
            text: say(SWAP)
                .arg("what", say_of.what(a))
                .arg("room", say_of.room(&stay.room))
                .arg("other", say_of.what(b))
                .arg("there", say_of.room(&there.room))
                .arg("minutes", minutes),
            why: Some(
                say(SWAP_WHY)
                    .arg("what", a.spoken())
                    .arg("at", zone::hour(projected.start))
                    .arg("who", say_of.who(a))
                    .arg("other", b.spoken()),
            ),
            minutes,
            at: Some((day[*at].start, day[*at].end)),
            calls: vec![Call {
                method: Method::Post,
                path: "theatre/swap".into(),
                body: Json::object([("a", one(a)), ("b", one(b))]),
            }],
        });
    }
    found
}

/// The next case of a room that is free before its hour.
fn earlier<'a>(ahead: &'a Ahead<'a>, say_of: &Sayer<'_>) -> Vec<Proposal<'a>> {
    let now = ahead.today.now;
    let mut found: Vec<Proposal<'a>> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    let mut all: Vec<_> = waiting(ahead).collect();
    all.sort_by_key(|(_, booking, stay, _)| (stay.start, &booking.id));
    for (_, booking, stay, projected) in all {
        if seen.contains(&stay.room.as_str()) {
            continue;
        }
        seen.push(&stay.room);
        let opens =
            ahead.today.index.room(&stay.room).map_or(now, |r| zone::at(zone::day_of(now), r.hours.0));
        let free = projected.room_free.max(projected.people_free);
        let start = grid(free.max(now + NOTICE).max(opens));
        let minutes = (stay.due - start) / MINUTE;
        if minutes < EARLIER_WORTH || stay.due > now + SOON || !ahead.can_begin(booking, start) {
            continue;
        }
        let (room, hour) = (say_of.room(&stay.room), zone::hour(start));
        found.push(Proposal {
            kind: "earlier",
            room: stay.room.clone(),
            booking: Some(booking),
            text: say(EARLIER)
                .arg("what", say_of.what(booking))
                .arg("room", &room)
                .arg("at", &hour)
                .arg("then", zone::hour(stay.due))
                .arg("minutes", minutes),
            why: Some(say(EARLIER_WHY).arg("room", &room).arg("who", say_of.who(booking)).arg("at", &hour)),
            minutes,
            at: Some((start, start + (projected.end - projected.start))),
            calls: vec![put(booking, None, start)],
        });
    }
    found
}

/// Vacations that will last longer than they are; of a room without any, its hours.
fn overruns<'a>(ahead: &'a Ahead<'a>) -> Vec<Proposal<'a>> {
    let (index, day) = (ahead.today.index, zone::day_of(ahead.today.now));
    let mut found = Vec::new();
    for room in &ahead.today.rooms {
        let of_room = || ahead.today.stays.iter().zip(&ahead.projected).filter(|(s, _)| s.room == room.what);
        let ends = |from: i64, until: i64| {
            let within = of_room().filter(|(s, _)| (from..until).contains(&s.due) && s.left.is_none());
            within.map(|(_, projected)| projected.end).max()
        };
        let blocks = index.blocks.values().filter(|b| b.room == room.what);
        let mut spans: Vec<_> = blocks.filter_map(|b| Some((b.on(day)?, Some(b)))).collect();
        if spans.is_empty() {
            spans.push(((zone::at(day, room.hours.0), zone::at(day, room.hours.1)), None));
        }
        spans.sort_by_key(|(span, _)| *span);
        for ((from, until), block) in spans {
            let Some(end) = ends(from, until) else { continue };
            let minutes = (end - until) / MINUTE;
            if minutes < EARLIER_WORTH {
                continue;
            }
            let owner = block
                .and_then(|b| b.owner_name.clone().or_else(|| b.owner.as_deref().map(|o| index.name(o))));
            let sentence = match &owner {
                Some(owner) => say(VACATION).arg("who", owner),
                None => say(HOURS),
            };
            let sentence = sentence.arg("room", &room.name).arg("minutes", minutes);
            found.push(Proposal {
                kind: "overrun",
                room: room.what.clone(),
                booking: None,
                text: sentence.arg("at", zone::hour(end)).arg("then", zone::hour(until)),
                why: None,
                minutes,
                at: Some((until, end)),
                calls: Vec::new(),
            });
        }
    }
    found
}
