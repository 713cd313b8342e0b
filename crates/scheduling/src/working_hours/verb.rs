//! `GET|PUT theatre/people/{id}/hours`: the weekly hours of one person, whole.

use super::hours::{is_whole, outside};
use super::{is_off_duty, schedule_of};
use crate::closure::{Closure, Pattern, Weeks, hour, written};
use crate::element::{BLOCK, extensions, instant, maybe, ms, text};
use crate::index::{Index, Shelf, Shelves};
use crate::suite::change::same_version;
use crate::suite::who::{may_book, staff};
use crate::suite::wish::whole;
use crate::zone::{self, DAY};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType, Text};
use jiff::civil::Date;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

/// Extension of the Schedule: one a row.
const ROW: &str = "urn:medhub:working-hours";
const ROWS_MAX: usize = 42;
/// Hours without an end are kept so long ahead.
const AHEAD_DAYS: i64 = 3_650;
/// Bookings that are looked at, and told, when hours change.
const LOOK_DAYS: i64 = 90;
const HIT_MAX: usize = 100;

const WRONG: Text = Text {
    key: "scheduling.hours-wrong",
    fr: "Ces heures ne se lisent pas : un jour de 1 (lundi) à 7, « from » avant « until » (hh:mm), « weeks » all, odd ou even, {max} lignes au plus. Une nuit se dit en deux lignes : jusqu'à 00:00, puis dès 00:00 le lendemain.",
    en: "These hours cannot be read: a day from 1 (Monday) to 7, \"from\" before \"until\" (hh:mm), \"weeks\" all, odd or even, {max} rows at most. A night is said in two rows: until 00:00, then from 00:00 on the next day.",
    de: "Diese Zeiten sind nicht lesbar: ein Tag von 1 (Montag) bis 7, „from“ vor „until“ (hh:mm), „weeks“ all, odd oder even, höchstens {max} Zeilen. Eine Nacht wird in zwei Zeilen angegeben: bis 00:00, dann ab 00:00 am Folgetag.",
};

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, summary, set| Route {
        method,
        path: "theatre/people/{id}/hours",
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Hours { shelves: shelves.clone(), set }),
    };
    vec![
        route(Method::Get, "When a person works", false),
        route(Method::Put, "Says when a person works", true),
    ]
}

struct Hours {
    shelves: Arc<Shelves>,
    set: bool,
}

/// What a Schedule says of the hours.
#[derive(Default)]
struct Week {
    version: u64,
    rows: Vec<Pattern>,
    starts: Option<Date>,
    ends: Option<Date>,
}

#[async_trait]
impl Handler for Hours {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let who = format!("Practitioner/{}", request.param("id"));
        let shelf = self.shelves.fresh(&cx).await?;
        let known = shelf.read(|index| index.people.contains_key(&who));
        known.then_some(()).ok_or(Error::NotFound)?;
        let stored = stored(&cx, &who).await?;
        if !self.set {
            return Ok(RouteReply::json(200, &Json::object(tell(&shelf, &who, &stored))));
        }
        may_book(&cx, None).await?;
        let mut form = Form::read(&request.body)?;
        let version = whole(&mut form, "version", 0, i64::MAX);
        let (starts, ends) = (form.text("starts", 10), form.text("ends", 10));
        let rows = rows(&mut form);
        form.finish()?;
        same_version(version, stored.version)?;
        let day = |said: Option<String>, at: &str| said.map(|d| zone::day(&d, at)).transpose();
        let (starts, ends) = (day(starts, "starts")?, day(ends, "ends")?);
        let starts = starts.unwrap_or_else(|| zone::day_of(cx.ctx.clock.now_ms()));
        if ends.is_some_and(|ends| ends < starts) {
            return Err(Issue::error(Code::Value, WRONG).at("ends").arg("max", ROWS_MAX).into());
        }
        let week = Week { version: stored.version, rows, starts: Some(starts), ends };
        cx.tenant.commit(&cx.ctx, writes(&shelf, &who, &week)).await?;
        let shelf = self.shelves.fresh(&cx).await?;
        let now = cx.ctx.clock.now_ms();
        let hit = shelf.read(|index| hit(index, &who, now));
        let stored = self::stored(&cx, &who).await?;
        let told = tell(&shelf, &who, &stored).into_iter().chain([("hit", Json::array(hit))]);
        Ok(RouteReply::json(200, &Json::object(told)))
    }
}

fn rows(form: &mut Form<'_>) -> Vec<Pattern> {
    let read = |row: &Json<'_>| {
        let weekday: i8 = row.get("weekday")?.as_number()?.parse().ok()?;
        let weeks = match row.get_str("weeks") {
            None | Some("all") => Weeks::All,
            Some("odd") => Weeks::Odd,
            Some("even") => Weeks::Even,
            Some(_) => return None,
        };
        let (from, until) = (hour(row.get_str("from")?)?, hour(row.get_str("until")?)?);
        let row = Pattern { weekday, from, until, weeks, release: 0 };
        ((1..=7).contains(&weekday) && is_whole(&row)).then_some(row)
    };
    let said = form.json().get("hours").and_then(Json::as_array).map(<[_]>::len);
    let all: Option<Vec<Pattern>> = form.json().each("hours").map(read).collect();
    match all.filter(|_| said.is_some_and(|n| n <= ROWS_MAX)) {
        Some(rows) => rows,
        None => {
            form.wrong(Issue::error(Code::Value, WRONG).at("hours").arg("max", ROWS_MAX));
            Vec::new()
        }
    }
}

async fn stored(cx: &RouteCtx, who: &str) -> Result<Week> {
    let found = match cx.tenant.read(&cx.ctx, ResourceType::SCHEDULE, &schedule_of(who)).await {
        Err(Error::NotFound | Error::Gone { .. }) => return Ok(Week::default()),
        found => found?,
    };
    let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Schedule".into()))?;
    let horizon = |name: &str| {
        let said = json.get("planningHorizon").and_then(|p| p.get_str(name)).and_then(ms);
        said.map(zone::day_of)
    };
    // The end is the midnight after the last day.
    let (starts, ends) = (horizon("start"), horizon("end").map(|day| zone::plus(day, -1)));
    let rows = extensions(&json, ROW).filter_map(|row| {
        Pattern::of(&Json::object([("extension", Json::array([renamed(row.clone().into_owned(), BLOCK)]))]))
    });
    Ok(Week { version: found.version, rows: rows.collect(), starts, ends })
}

/// The same extension under another address.
fn renamed(mut row: Json<'static>, url: &'static str) -> Json<'static> {
    if let Some(object) = row.as_object_mut() {
        object.set("url", Json::string(url));
    }
    row
}

/// The Schedule, the Slots outside its hours, and the end of those that were there before: all or nothing.
fn writes(shelf: &Shelf, who: &str, week: &Week) -> Vec<Write> {
    let id = schedule_of(who);
    let from = zone::midnight(week.starts.unwrap_or_default());
    let end = week.ends.map(|day| zone::midnight(zone::plus(day, 1)));
    let until = end.unwrap_or(from + AHEAD_DAYS * DAY);
    let name = shelf.read(|index| index.name(who));
    let actor = Json::object([("reference", text(who)), ("display", text(name))]);
    let horizon = [("start", instant(from))].into_iter().chain(end.map(|end| ("end", instant(end))));
    let mut schedule = vec![("resourceType", text("Schedule")), ("id", text(&id))];
    if !week.rows.is_empty() {
        schedule.push(("extension", Json::array(week.rows.iter().map(|row| renamed(row.json(), ROW)))));
    }
    schedule.extend([
        ("active", Json::Bool(true)),
        ("actor", Json::array([actor])),
        ("planningHorizon", Json::object(horizon)),
    ]);
    let update = |rt, id: String, json: &Json<'_>, version: Option<u64>, new| Write::Update {
        rt,
        id,
        body: Bytes::from(json.to_vec()),
        if_match: version,
        if_none_match: new,
    };
    let version = (week.version > 0).then_some(week.version);
    let first =
        update(ResourceType::SCHEDULE, id.clone(), &Json::object(schedule), version, version.is_none());
    let mut out = vec![first];
    let mut kept = Vec::new();
    for (n, (pattern, comment)) in outside(&week.rows).into_iter().enumerate() {
        let slot = format!("{id}-{n}");
        let json = Json::object([
            ("resourceType", text("Slot")),
            ("id", text(&slot)),
            ("extension", Json::array([pattern.json()])),
            ("schedule", Json::object([("reference", text(format!("Schedule/{id}")))])),
            ("status", text("busy-unavailable")),
            ("start", instant(from)),
            ("end", instant(until)),
            ("comment", text(comment)),
        ]);
        out.push(update(ResourceType::SLOT, slot.clone(), &json, None, false));
        kept.push(slot);
    }
    let over: Vec<String> = shelf.read(|index| {
        let own = index.closures.values().filter(|c| c.schedule == id && !kept.contains(&c.id));
        own.map(|c| c.id.clone()).collect()
    });
    let end = |id| Write::Delete { rt: ResourceType::SLOT, id, if_match: None };
    out.extend(over.into_iter().map(end));
    out
}

/// The bookings to come that lie outside the hours of that person.
fn hit(index: &Index, who: &str, now: i64) -> Vec<Json<'static>> {
    let until = now + LOOK_DAYS * DAY;
    let off: Vec<&Closure> = index.closures_of(who).into_iter().filter(|c| is_off_duty(c)).collect();
    let meets = |from: i64, until: i64| off.iter().any(|c| !c.spans(from, until).is_empty());
    let mut found: Vec<_> = index
        .of(who, now, until)
        .filter(|b| b.is_taking(now) && b.takes.iter().any(|t| t.what == who && meets(t.from, t.until)))
        .collect();
    found.sort_by_key(|b| (b.start, &b.id));
    found.into_iter().take(HIT_MAX).map(|b| text(&b.id)).collect()
}

fn tell(shelf: &Shelf, who: &str, week: &Week) -> Vec<(&'static str, Json<'static>)> {
    let row = |row: &Pattern| {
        Json::object([
            ("weekday", Json::integer(i64::from(row.weekday))),
            ("from", text(written(row.from))),
            ("until", text(written(row.until))),
            ("weeks", text(row.weeks.as_str())),
        ])
    };
    let version = Json::integer(i64::try_from(week.version).unwrap_or(i64::MAX));
    vec![
        ("ref", text(who)),
        ("name", text(shelf.read(|index| index.name(who)))),
        ("version", version),
        ("hours", Json::array(week.rows.iter().map(row))),
        ("starts", maybe(week.starts.map(|day| day.to_string()))),
        ("ends", maybe(week.ends.map(|day| day.to_string()))),
    ]
}
