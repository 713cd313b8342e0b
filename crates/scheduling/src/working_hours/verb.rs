//! `GET|PUT theatre/people/{id}/hours`: the weekly hours of one person, from a day on and perhaps to another. Outside
//! of these days what was said before stands.

use super::hours::{is_whole, outside};
use super::period::{Period, after, current};
use super::{is_off_duty, schedule_of};
use crate::closure::{Closure, Pattern, Weeks, hour, written};
use crate::element::{BLOCK, extensions, instant, make, maybe, ms, text, text_of};
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

/// Extension of the Schedule: one a period, with its rows within.
const PERIOD: &str = "urn:medhub:working-hours:period";
const FROM: &str = "from";
const UNTIL: &str = "until";
/// One a row. Schedules of before periods have them by themselves.
const ROW: &str = "urn:medhub:working-hours";
const ROWS_MAX: usize = 42;
/// Such that all their Slots are looked at in a transaction (`CLOSURES_MAX` of the rule).
const PERIODS_MAX: usize = 5;
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
const PERIODS: Text = Text {
    key: "scheduling.hours-periods",
    fr: "Ces horaires changeraient plus de {max} fois à venir : réunissez des périodes.",
    en: "These hours would change more than {max} times to come: join some periods.",
    de: "Diese Zeiten würden sich künftig mehr als {max}-mal ändern: Fassen Sie Zeiträume zusammen.",
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
struct Said {
    version: u64,
    periods: Vec<Period>,
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
        let today = zone::day_of(cx.ctx.clock.now_ms());
        if !self.set {
            return Ok(RouteReply::json(200, &Json::object(tell(&shelf, &who, &stored, today))));
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
        let starts = starts.unwrap_or(today);
        if ends.is_some_and(|ends| ends < starts) {
            return Err(Issue::error(Code::Value, WRONG).at("ends").arg("max", ROWS_MAX).into());
        }
        let periods = after(stored.periods, Period { starts, ends, rows }, today);
        if periods.len() > PERIODS_MAX {
            return Err(Issue::error(Code::BusinessRule, PERIODS)
                .at("starts")
                .arg("max", PERIODS_MAX)
                .into());
        }
        let said = Said { version: stored.version, periods };
        cx.tenant.commit(&cx.ctx, writes(&shelf, &who, &said, today)).await?;
        let shelf = self.shelves.fresh(&cx).await?;
        let now = cx.ctx.clock.now_ms();
        let hit = shelf.read(|index| hit(index, &who, now));
        let stored = self::stored(&cx, &who).await?;
        let told = tell(&shelf, &who, &stored, today).into_iter().chain([("hit", Json::array(hit))]);
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

async fn stored(cx: &RouteCtx, who: &str) -> Result<Said> {
    let found = match cx.tenant.read(&cx.ctx, ResourceType::SCHEDULE, &schedule_of(who)).await {
        Err(Error::NotFound | Error::Gone { .. }) => return Ok(Said::default()),
        found => found?,
    };
    let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Schedule".into()))?;
    let day = |period: &Json<'_>, url| text_of(period, url).and_then(|day| day.parse::<Date>().ok());
    let read = |p: &Json<'_>| Some(Period { starts: day(p, FROM)?, ends: day(p, UNTIL), rows: rows_of(p) });
    let mut periods: Vec<Period> = extensions(&json, PERIOD).filter_map(read).collect();
    periods.extend(alone(&json));
    Ok(Said { version: found.version, periods })
}

fn rows_of(json: &Json<'_>) -> Vec<Pattern> {
    let read = |row: &Json<'_>| {
        Pattern::of(&Json::object([("extension", Json::array([renamed(row.clone().into_owned(), BLOCK)]))]))
    };
    extensions(json, ROW).filter_map(read).collect()
}

/// What a Schedule says that was written before there were periods.
fn alone(json: &Json<'_>) -> Option<Period> {
    let horizon = |name: &str| {
        let said = json.get("planningHorizon").and_then(|p| p.get_str(name)).and_then(ms);
        said.map(zone::day_of)
    };
    // The end is the midnight after the last day.
    let (starts, ends) = (horizon("start")?, horizon("end").map(|day| zone::plus(day, -1)));
    let rows = rows_of(json);
    (!rows.is_empty()).then_some(Period { starts, ends, rows })
}

/// The same extension under another address.
fn renamed(mut row: Json<'static>, url: &'static str) -> Json<'static> {
    if let Some(object) = row.as_object_mut() {
        object.set("url", Json::string(url));
    }
    row
}

/// The Schedule, the Slots outside its hours, and the end of those that were there before: all or nothing.
fn writes(shelf: &Shelf, who: &str, said: &Said, today: Date) -> Vec<Write> {
    let id = schedule_of(who);
    let update = |rt, id: String, json: &Json<'_>, version: Option<u64>, new| Write::Update {
        rt,
        id,
        body: Bytes::from(json.to_vec()),
        if_match: version,
        if_none_match: new,
    };
    let version = (said.version > 0).then_some(said.version);
    let schedule = schedule(&id, (who, shelf.read(|index| index.name(who))), &said.periods, today);
    let mut out = vec![update(ResourceType::SCHEDULE, id.clone(), &schedule, version, version.is_none())];
    let mut kept = Vec::new();
    for period in &said.periods {
        let (from, end) = moments(period);
        let until = end.unwrap_or(from + AHEAD_DAYS * DAY);
        for (n, (pattern, comment)) in outside(&period.rows).into_iter().enumerate() {
            let slot = format!("{id}-{}-{n}", period.starts.strftime("%Y%m%d"));
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
    }
    // Few may delete: what is over is void.
    let over: Vec<Write> = shelf.read(|index| {
        let own = index.closures.values().filter(|c| c.schedule == id && c.closes() && !kept.contains(&c.id));
        let void = |c: &Closure| {
            let json = Json::object([
                ("resourceType", text("Slot")),
                ("id", text(&c.id)),
                ("schedule", Json::object([("reference", text(format!("Schedule/{id}")))])),
                ("status", text("entered-in-error")),
                ("start", instant(c.from)),
                ("end", instant(c.until)),
            ]);
            update(ResourceType::SLOT, c.id.clone(), &json, None, false)
        };
        own.map(void).collect()
    });
    out.extend(over);
    out
}

/// When a period begins, and when it ends: the midnight after its last day.
fn moments(period: &Period) -> (i64, Option<i64>) {
    (zone::midnight(period.starts), period.ends.map(|day| zone::midnight(zone::plus(day, 1))))
}

fn schedule(id: &str, (who, name): (&str, String), periods: &[Period], today: Date) -> Json<'static> {
    let written = |period: &Period| {
        let day = |url, day: Date| make(url, "valueDate", text(day.to_string()));
        let days = [day(FROM, period.starts)].into_iter().chain(period.ends.map(|ends| day(UNTIL, ends)));
        let rows = period.rows.iter().map(|row| renamed(row.json(), ROW));
        Json::object([("url", text(PERIOD)), ("extension", Json::array(days.chain(rows)))])
    };
    let mut schedule = vec![("resourceType", text("Schedule")), ("id", text(id))];
    if !periods.is_empty() {
        schedule.push(("extension", Json::array(periods.iter().map(written))));
    }
    let from = periods.first().map_or_else(|| zone::midnight(today), |period| moments(period).0);
    let end = periods.last().and_then(|period| moments(period).1);
    let horizon = [("start", instant(from))].into_iter().chain(end.map(|end| ("end", instant(end))));
    let actor = Json::object([("reference", text(who)), ("display", text(name))]);
    schedule.extend([
        ("active", Json::Bool(true)),
        ("actor", Json::array([actor])),
        ("planningHorizon", Json::object(horizon)),
    ]);
    Json::object(schedule)
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

/// The hours of today (else the first to come), and under `later` those that come after them.
fn tell(shelf: &Shelf, who: &str, said: &Said, today: Date) -> Vec<(&'static str, Json<'static>)> {
    let row = |row: &Pattern| {
        Json::object([
            ("weekday", Json::integer(i64::from(row.weekday))),
            ("from", text(written(row.from))),
            ("until", text(written(row.until))),
            ("weeks", text(row.weeks.as_str())),
        ])
    };
    let of = |period: Option<&Period>| {
        let rows = period.map(|p| p.rows.as_slice()).unwrap_or_default();
        [
            ("hours", Json::array(rows.iter().map(row))),
            ("starts", maybe(period.map(|p| p.starts.to_string()))),
            ("ends", maybe(period.and_then(|p| p.ends).map(|day| day.to_string()))),
        ]
    };
    let at = current(&said.periods, today);
    let later = at.map(|at| &said.periods[at + 1..]).unwrap_or_default();
    let version = Json::integer(i64::try_from(said.version).unwrap_or(i64::MAX));
    let mut told = vec![
        ("ref", text(who)),
        ("name", text(shelf.read(|index| index.name(who)))),
        ("version", version),
        ("later", Json::array(later.iter().map(|period| Json::object(of(Some(period)))))),
    ];
    told.extend(of(at.map(|at| &said.periods[at])));
    told
}
