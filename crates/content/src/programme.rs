//! `GET documents/programme?date=…`: the operating programme of a day on paper, room by room. It is printed when it is
//! asked for and not kept: the plan is what counts, and it changes.

use crate::chart::{Case, Clinical};
use crate::message::{DAY, NO_PAGES};
use crate::paper;
use crate::read::{all, display, identified, one};
use crate::verb::pdf;
use crate::words::{code, maybe, text};
use crate::zone;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Lang, ResourceType};
use jiff::ToSpan;
use jiff::civil::Date;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const KIND: &str = "urn:medhub:appointment-kind";
const IPP: &str = "urn:medhub:ipp";
const TEMPLATE: &str = include_str!("../templates/programme.typ");

pub(crate) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/programme",
        summary: "The operating programme of a day, PDF",
        access: Access::SignedIn,
        handler: Arc::new(Programme),
    }
}

struct Programme;

#[async_trait]
impl Handler for Programme {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let day = request.query("date").and_then(|day| day.parse::<Date>().ok());
        let day = day.ok_or_else(|| Error::from(Issue::error(Code::Value, DAY).at("date")))?;
        let room = request.query("room").map(|room| room.strip_prefix("Location/").unwrap_or(room));
        let lang = cx.ctx.lang;
        let mut rows = rows(&cx, day, room, lang).await?;
        if rows.is_empty() {
            return Err(Error::refused(Code::NotFound, NO_PAGES));
        }
        rows.sort_by(|a, b| (&a.room, a.start).cmp(&(&b.room, b.start)));
        let mut rooms: Vec<(String, Vec<Json<'static>>)> = Vec::new();
        for row in rows {
            match rooms.last_mut().filter(|(room, _)| *room == row.room) {
                Some((_, cases)) => cases.push(row.json),
                None => rooms.push((row.room, vec![row.json])),
            }
        }
        let rooms = rooms
            .into_iter()
            .map(|(room, cases)| Json::object([("room", text(room)), ("cases", Json::Array(cases))]));
        let now = cx.ctx.clock.now_ms();
        let data = Json::object([
            ("lang", text(code(lang))),
            ("day", text(zone::long(day, lang))),
            ("printed", text(zone::moment(now, lang))),
            ("rooms", Json::array(rooms)),
        ]);
        Ok(pdf("programme", paper::plain(TEMPLATE, data, zone::day_of(now)).await?))
    }
}

struct Row {
    room: String,
    start: i64,
    json: Json<'static>,
}

async fn rows(cx: &RouteCtx, day: Date, room: Option<&str>, lang: Lang) -> Result<Vec<Row>> {
    let next = day.checked_add(1.day()).unwrap_or(day);
    let mut query = vec![
        ("date", format!("ge{}", fhir::date::instant_format(zone::midnight(day)))),
        ("date", format!("lt{}", fhir::date::instant_format(zone::midnight(next)))),
        ("service-category", format!("{KIND}|theatre")),
    ];
    query.extend(room.map(|room| ("location", format!("Location/{room}"))));
    let mut found = Vec::new();
    for booking in all(cx, ResourceType::APPOINTMENT, &query).await? {
        if matches!(booking.json.get_str("status"), Some("booked" | "arrived" | "checked-in" | "fulfilled")) {
            found.extend(row(cx, &booking.json, lang).await?);
        }
    }
    Ok(found)
}

/// None for a booking whose case or patient the caller may not see.
async fn row(cx: &RouteCtx, booking: &Json<'static>, lang: Lang) -> Result<Option<Row>> {
    let actor = |kind: &str| {
        let actors = booking.each("participant").filter_map(|p| p.get("actor"));
        let mut of = actors.filter(|a| a.get_str("reference").is_some_and(|r| r.starts_with(kind)));
        of.next()
    };
    let id =
        |kind: &str| actor(kind).and_then(|a| a.get_str("reference")?.strip_prefix(kind).map(String::from));
    let case = booking.each("basedOn").find_map(|b| b.get_str("reference")?.strip_prefix("ServiceRequest/"));
    let (Some(patient), Some(case)) = (id("Patient/"), case) else { return Ok(None) };
    let (Some(start), Some(end)) =
        (booking.get_str("start").and_then(zone::ms), booking.get_str("end").and_then(zone::ms))
    else {
        return Ok(None);
    };
    let Some(person) = one(cx, ResourceType::PATIENT, &patient).await? else { return Ok(None) };
    let Some(whole) = Case::read(cx, case, &patient, lang).await? else { return Ok(None) };
    let clinical = Clinical::read(cx, &patient, lang).await?;
    let place = match actor("Location/").and_then(display) {
        Some(name) => name,
        None => match id("Location/") {
            Some(id) => one(cx, ResourceType::LOCATION, &id)
                .await?
                .and_then(|found| found.json.get_str("name").map(String::from))
                .unwrap_or_default(),
            None => String::new(),
        },
    };
    let who = crate::chart::Patient::of(&person.json, lang, cx.ctx.clock.now_ms());
    let json = Json::object([
        ("from", text(zone::hour(start, lang))),
        ("until", text(zone::hour(end, lang))),
        ("minutes", text(((end - start) / 60_000).to_string())),
        ("name", text(crate::prefill::breakable(&who.name))),
        ("birth", maybe(who.birth_date.as_deref().and_then(|day| zone::told(day, lang)))),
        ("ipp", maybe(identified(&person.json, IPP))),
        ("act", text(&*whole.act)),
        ("side", maybe(whole.side.map(|side| crate::chart::side_word(side, lang)))),
        ("surgeon", maybe(whole.surgeon.clone())),
        ("team", Json::array(whole.team.iter().map(|one| text(one.clone())))),
        ("anaesthesia", maybe(whole.anaesthesia.clone())),
        ("position", maybe(whole.position.clone())),
        ("material", Json::array(whole.needs.iter().map(|one| text(one.clone())))),
        ("isolation", maybe(whole.isolation.clone())),
        ("allergies", maybe(clinical.allergies.map(|all| all.replace('\n', ", ")))),
        ("setting", maybe(whole.setting)),
    ]);
    Ok(Some(Row { room: place, start, json }))
}
