//! `GET|PUT|DELETE theatre/people/{id}/calendar {ics}`: a person's calendar becomes absences of the coming year; a later
//! import takes the place of an earlier one.

use super::expand::{Away, away};
use super::read::events;
use super::schedule_of;
use crate::element::{instant, maybe, text};
use crate::index::{Shelf, Shelves};
use crate::suite::closures::hit;
use crate::suite::who::{may_book, staff};
use crate::zone::DAY;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

const LETTERS_MAX: usize = 1_000_000;
const EVENTS_MAX: usize = 5_000;
/// As many as the rule inside a transaction looks at of one Schedule.
const SPANS_MAX: usize = crate::booking::rule::CLOSURES_MAX;
/// How far ahead a calendar counts.
const AHEAD: i64 = 365 * DAY;
/// Why the person is away: nothing of the event's own words is kept.
const REASON: &str = "Agenda personnel";

const UNREADABLE: Text = Text {
    key: "scheduling.calendar-unreadable",
    fr: "Ce fichier n'est pas un agenda iCalendar (.ics) lisible, ou contient plus de {max} évènements. Exportez-le de nouveau depuis votre agenda.",
    en: "This file is no readable iCalendar (.ics), or holds more than {max} events. Export it from your calendar again.",
    de: "Diese Datei ist kein lesbarer iCalendar (.ics) oder enthält mehr als {max} Ereignisse. Exportieren Sie sie erneut aus Ihrem Kalender.",
};
const TOO_MANY: Text = Text {
    key: "scheduling.calendar-too-many",
    fr: "Cet agenda contient plus de {max} absences dans l'année : importez un agenda plus court.",
    en: "This calendar holds more than {max} absences within the year: import a shorter one.",
    de: "Dieser Kalender enthält mehr als {max} Abwesenheiten im Jahr: Importieren Sie einen kürzeren.",
};

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, summary, verb| Route {
        method,
        path: "theatre/people/{id}/calendar",
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Calendar { shelves: shelves.clone(), verb }),
    };
    vec![
        route(Method::Get, "What was imported of a person's calendar", Verb::Show),
        route(Method::Put, "Imports a person's calendar as absences", Verb::Import),
        route(Method::Delete, "Takes an imported calendar back", Verb::Remove),
    ]
}

#[derive(Clone, Copy)]
enum Verb {
    Show,
    Import,
    Remove,
}

struct Calendar {
    shelves: Arc<Shelves>,
    verb: Verb,
}

#[async_trait]
impl Handler for Calendar {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let who = format!("Practitioner/{}", request.param("id"));
        let shelf = self.shelves.fresh(&cx).await?;
        shelf.read(|index| index.people.contains_key(&who)).then_some(()).ok_or(Error::NotFound)?;
        let now = cx.ctx.clock.now_ms();
        match self.verb {
            Verb::Show => {}
            Verb::Remove => {
                may_book(&cx, None).await?;
                let writes = ended(&shelf, &schedule_of(&who), 0);
                cx.tenant.commit(&cx.ctx, writes).await?;
            }
            Verb::Import => {
                may_book(&cx, None).await?;
                let away = read(&request, now)?;
                cx.tenant.commit(&cx.ctx, writes(&shelf, &who, &away)).await?;
                let shelf = self.shelves.fresh(&cx).await?;
                let told = [
                    ("skipped", Json::integer(away.skipped as i64)),
                    ("unread", Json::integer(away.unread as i64)),
                    ("conflicts", conflicts(&shelf, &who, now)),
                ];
                let told = Json::object(stands(&cx, &shelf, &who).await?.into_iter().chain(told));
                return Ok(RouteReply::json(200, &told));
            }
        }
        let shelf = self.shelves.fresh(&cx).await?;
        Ok(RouteReply::json(200, &Json::object(stands(&cx, &shelf, &who).await?)))
    }
}

fn read(request: &RouteRequest, now: i64) -> Result<Away> {
    let mut form = Form::read(&request.body)?;
    let ics = form.required("ics", LETTERS_MAX);
    form.finish()?;
    let unreadable = || Error::from(Issue::error(Code::Value, UNREADABLE).at("ics").arg("max", EVENTS_MAX));
    let (events, unread) = events(&ics).ok_or_else(unreadable)?;
    if events.len() + unread > EVENTS_MAX {
        return Err(unreadable());
    }
    let mut away = away(&events, (now, now + AHEAD));
    away.unread += unread;
    if away.spans.len() > SPANS_MAX {
        return Err(Issue::error(Code::BusinessRule, TOO_MANY).at("ics").arg("max", SPANS_MAX).into());
    }
    Ok(away)
}

/// The Schedule, a Slot each, and the end of what an earlier import left: all or nothing.
fn writes(shelf: &Shelf, who: &str, away: &Away) -> Vec<Write> {
    let id = schedule_of(who);
    let actor = [("reference", text(who)), ("display", text(shelf.read(|index| index.name(who))))];
    let schedule = Json::object([
        ("resourceType", text("Schedule")),
        ("id", text(&id)),
        ("active", Json::Bool(true)),
        ("actor", Json::array([Json::object(actor)])),
        ("comment", text(REASON)),
    ]);
    let mut out = vec![update(ResourceType::SCHEDULE, id.clone(), &schedule)];
    for (n, (from, until)) in away.spans.iter().enumerate() {
        let slot = format!("{id}-{n}");
        out.push(update(
            ResourceType::SLOT,
            slot.clone(),
            &self::slot(&slot, &id, "busy-unavailable", (*from, *until)),
        ));
    }
    out.extend(ended(shelf, &id, away.spans.len()));
    out
}

/// What stands of an import, from the nth Slot on, is marked as void: few may delete.
fn ended(shelf: &Shelf, schedule: &str, from: usize) -> Vec<Write> {
    let number = |slot: &str| slot.rsplit('-').next().and_then(|n| n.parse::<usize>().ok());
    shelf.read(|index| {
        let own = index.closures.values().filter(|c| c.schedule == schedule && c.closes());
        let over = own.filter(|c| number(&c.id).is_none_or(|n| n >= from));
        let end = |c: &crate::closure::Closure| {
            update(
                ResourceType::SLOT,
                c.id.clone(),
                &slot(&c.id, schedule, "entered-in-error", (c.from, c.until)),
            )
        };
        over.map(end).collect()
    })
}

fn slot(id: &str, schedule: &str, status: &str, (from, until): (i64, i64)) -> Json<'static> {
    Json::object([
        ("resourceType", text("Slot")),
        ("id", text(id)),
        ("schedule", Json::object([("reference", text(format!("Schedule/{schedule}")))])),
        ("status", text(status)),
        ("start", instant(from)),
        ("end", instant(until)),
        ("comment", text(REASON)),
    ])
}

fn update(rt: ResourceType, id: String, json: &Json<'_>) -> Write {
    Write::Update { rt, id, body: Bytes::from(json.to_vec()), if_match: None, if_none_match: false }
}

/// `{absences, importedAt}`.
async fn stands(cx: &RouteCtx, shelf: &Shelf, who: &str) -> Result<[(&'static str, Json<'static>); 2]> {
    let id = schedule_of(who);
    let count =
        shelf.read(|index| index.closures.values().filter(|c| c.schedule == id && c.closes()).count());
    let at = match cx.tenant.read(&cx.ctx, ResourceType::SCHEDULE, &id).await {
        Err(Error::NotFound | Error::Gone { .. }) => None,
        Err(other) => return Err(other),
        Ok(found) => Some(instant(found.at)).filter(|_| count > 0),
    };
    Ok([("absences", Json::integer(count as i64)), ("importedAt", at.unwrap_or(Json::Null))])
}

/// What is booked to come where the person is now away.
fn conflicts(shelf: &Shelf, who: &str, now: i64) -> Json<'static> {
    let id = schedule_of(who);
    shelf.read(|index| {
        let own = index.closures.values().filter(|c| c.schedule == id && c.closes());
        let spans: Vec<_> = own.flat_map(|c| c.spans(now, now + AHEAD)).collect();
        let mut found: Vec<_> =
            hit(index, who, &spans, now).into_iter().filter_map(|id| index.bookings.get(&id)).collect();
        found.sort_by_key(|b| (b.start, b.id.clone()));
        Json::array(found.into_iter().map(|b| {
            let room = b.room.as_deref().map(|room| index.name(room));
            Json::object([
                ("id", text(&b.id)),
                ("number", text(b.spoken())),
                ("start", instant(b.start)),
                ("room", maybe(room)),
            ])
        }))
    })
}
