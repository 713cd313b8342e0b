//! `theatre/closures`: rooms and sites that are closed, people who are absent; what is booked under a new one is told.

use super::board::days;
use super::recurring;
use super::who::{may_book, staff};
use crate::booking::Booking;
use crate::calendar::is_imported;
use crate::closure::{Closure, Span};
use crate::element::{instant, maybe, text};
use crate::index::{Index, Shelves};
use crate::working_hours::{is_hours, is_off_duty};
use crate::zone::{self, DAY};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::edit::edit;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

const DAYS_MAX: i64 = 400;

const WRONG: Text = Text {
    key: "scheduling.closure-wrong",
    fr: "Indiquez ce qui ferme (« Location/… ») ou qui s'absente (« Practitioner/… »), de quand à quand (« from » avant « until », au plus 400 jours).",
    en: "Name what closes (\"Location/…\") or who is away (\"Practitioner/…\"), from when until when (\"from\" before \"until\", 400 days at most).",
    de: "Nennen Sie, was schließt („Location/…“) oder wer abwesend ist („Practitioner/…“), von wann bis wann („from“ vor „until“, höchstens 400 Tage).",
};

const NEVER: Text = Text {
    key: "scheduling.closure-never",
    fr: "Ce jour de semaine ne tombe jamais entre ces deux dates : repoussez la dernière date.",
    en: "This day of the week never falls between these two dates: put the last date further off.",
    de: "Dieser Wochentag liegt nie zwischen diesen beiden Daten: Setzen Sie das letzte Datum später.",
};

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, path, summary, verb| Route {
        method,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Closures { shelves: shelves.clone(), verb }),
    };
    vec![
        route(Method::Get, "theatre/closures", "Closures and absences", Verb::List),
        route(Method::Post, "theatre/closures", "Closes a room or notes an absence", Verb::Make),
        route(Method::Delete, "theatre/closures/{id}", "Takes a closure back", Verb::Delete),
    ]
}

#[derive(Clone, Copy)]
enum Verb {
    List,
    Make,
    Delete,
}

struct Closures {
    shelves: Arc<Shelves>,
    verb: Verb,
}

#[async_trait]
impl Handler for Closures {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        match self.verb {
            Verb::List => self.list(&cx, &request).await,
            Verb::Make => self.make(&cx, &request).await,
            Verb::Delete => {
                may_book(&cx, None).await?;
                let id = request.param("id").to_string();
                let shelf = self.shelves.fresh(&cx).await?;
                let stands = |c: &Closure| c.closes() || &*c.status == "busy-tentative";
                let known = shelf.read(|index| index.closures.get(&id).is_some_and(stands));
                known.then_some(()).ok_or(Error::NotFound)?;
                let found = cx.tenant.read(&cx.ctx, ResourceType::SLOT, &id).await?;
                let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a closure".into()))?;
                let mut json = json.into_owned();
                // Whoever may close may open again; few may delete, and what was closed is remembered so.
                if let Some(edit) = edit(&mut json) {
                    edit.set("status", Json::string("entered-in-error"));
                }
                let (rt, body) = (ResourceType::SLOT, json.to_vec().into());
                let if_match = Some(found.version);
                let write = Write::Update { rt, id, body, if_match, if_none_match: false };
                cx.tenant.commit(&cx.ctx, vec![write]).await?;
                Ok(RouteReply::empty(204))
            }
        }
    }
}

impl Closures {
    async fn list(&self, cx: &RouteCtx, request: &RouteRequest) -> Result<RouteReply> {
        staff(cx).await?;
        let (from, to) = days(request, cx.ctx.clock.now_ms(), DAYS_MAX)?;
        let (from, until) = (zone::midnight(from), zone::midnight(zone::plus(to, 1)));
        let shelf = self.shelves.fresh(cx).await?;
        let told = shelf.read(|index| {
            let shown = |c: &&Closure| (c.closes() || &*c.status == "busy-tentative") && !is_off_duty(c);
            let mut all: Vec<&Closure> = index.closures.values().filter(shown).collect();
            all.retain(|c| !c.spans(from, until).is_empty());
            all.sort_by_key(|c| (c.from, c.id.clone()));
            all.into_iter().filter_map(|c| tell(index, c)).collect::<Vec<_>>()
        });
        Ok(RouteReply::json(200, &Json::object([("closures", Json::Array(told))])))
    }

    /// Once, or again every week between the two moments.
    async fn make(&self, cx: &RouteCtx, request: &RouteRequest) -> Result<RouteReply> {
        may_book(cx, None).await?;
        let mut form = Form::read(&request.body)?;
        let of = form.required("of", 100);
        let (from, until) = (form.required("from", 40), form.required("until", 40));
        let reason = form.text("reason", 200);
        let kinds = [
            ("closed", "busy-unavailable"),
            ("absent", "busy-unavailable"),
            ("holiday", "busy-unavailable"),
            ("on-call", "busy-tentative"),
        ];
        let status = form.choice("kind", &kinds).unwrap_or("busy-unavailable");
        let pattern = recurring::read(&mut form);
        form.finish()?;
        let pattern = pattern?;
        let (from, until) = (zone::moment(&from, "from")?, zone::moment(&until, "until")?);
        let shelf = self.shelves.fresh(cx).await?;
        let known = shelf.read(|index| index.people.contains_key(&of) || index.places.contains_key(&of));
        if !known || from >= until || until - from > DAYS_MAX * DAY {
            return Err(Issue::error(Code::Value, WRONG).at("of").into());
        }
        let (schedule, mut writes) = match shelf.read(|index| agenda(index, &of)) {
            Some(id) => (id, Vec::new()),
            None => {
                let id = cx.ctx.ids.uuid().to_string();
                let name = shelf.read(|index| index.name(&of));
                (id.clone(), vec![new_schedule(id, &of, &name)])
            }
        };
        let id = cx.ctx.ids.uuid().to_string();
        let mut slot = vec![
            ("resourceType", text("Slot")),
            ("id", text(&id)),
            ("schedule", Json::object([("reference", text(format!("Schedule/{schedule}")))])),
            ("status", text(status)),
            ("start", instant(from)),
            ("end", instant(until)),
        ];
        slot.extend(reason.map(|reason| ("comment", text(reason))));
        slot.extend(pattern.map(|pattern| ("extension", Json::array([pattern.json()]))));
        let slot = Json::object(slot);
        let spans = Closure::of(&slot, 0).map(|c| c.spans(from, until)).unwrap_or_default();
        if spans.is_empty() && status == "busy-unavailable" {
            return Err(Issue::error(Code::Value, NEVER).at("weekday").into());
        }
        let body = Bytes::from(slot.to_vec());
        let rt = ResourceType::SLOT;
        writes.push(Write::Update { rt, id: id.clone(), body, if_match: None, if_none_match: true });
        cx.tenant.commit(&cx.ctx, writes).await?;
        let hit = shelf.read(|index| hit(index, &of, &spans, cx.ctx.clock.now_ms()));
        let hit = if status == "busy-unavailable" { hit } else { Vec::new() };
        let told = [("id", text(id)), ("hit", Json::Array(hit.into_iter().map(text).collect()))];
        Ok(RouteReply::json(201, &Json::object(told)))
    }
}

/// The Schedule that is about that one thing alone and is no vacation.
fn agenda(index: &Index, of: &str) -> Option<String> {
    let own = |(id, actors): &(&String, &Vec<String>)| {
        actors.len() == 1
            && actors[0] == of
            && !index.blocks.contains_key(*id)
            && !is_hours(id)
            && !is_imported(id)
    };
    index.schedules.iter().filter(own).map(|(id, _)| id.clone()).min()
}

fn new_schedule(id: String, of: &str, name: &str) -> Write {
    let actor = Json::object([("reference", text(of)), ("display", text(name))]);
    let json = Json::object([
        ("resourceType", text("Schedule")),
        ("id", text(&id)),
        ("active", Json::Bool(true)),
        ("actor", Json::array([actor])),
    ]);
    let body = Bytes::from(json.to_vec());
    Write::Update { rt: ResourceType::SCHEDULE, id, body, if_match: None, if_none_match: true }
}

/// The bookings that are under a closure, by id.
pub(crate) fn hit(index: &Index, of: &str, spans: &[Span], now: i64) -> Vec<String> {
    let (Some(from), Some(until)) = (spans.iter().map(|s| s.from).min(), spans.iter().map(|s| s.until).max())
    else {
        return Vec::new();
    };
    let rooms: Vec<String> = match index.facility(of) {
        Some(site) => index.rooms(Some(&site)).iter().map(|r| r.what.clone()).collect(),
        None => vec![of.to_string()],
    };
    let mut found: Vec<&Arc<Booking>> = rooms
        .iter()
        .flat_map(|what| {
            let meets = move |b: &&Arc<Booking>| {
                b.is_taking(now)
                    && b.takes.iter().any(|t| {
                        &t.what == what && spans.iter().any(|s| t.from < s.until && s.from < t.until)
                    })
            };
            index.of(what, from - 2 * DAY, until).filter(meets)
        })
        .collect();
    found.sort_by_key(|b| (b.start, b.id.clone()));
    found.dedup_by_key(|b| b.id.clone());
    found.into_iter().map(|b| b.id.clone()).collect()
}

fn tell(index: &Index, closure: &Closure) -> Option<Json<'static>> {
    let of = index.schedules.get(&closure.schedule)?.first()?;
    let kind = match (&*closure.status, of.starts_with("Practitioner/")) {
        ("busy-tentative", _) => "on-call",
        (_, true) => "absent",
        (_, false) => "closed",
    };
    let mut told = vec![
        ("id", text(&closure.id)),
        ("of", text(of)),
        ("ofName", text(index.name(of))),
        ("kind", text(kind)),
        ("from", instant(closure.from)),
        ("until", instant(closure.until)),
        ("reason", maybe(closure.reason.as_deref())),
    ];
    told.extend(closure.pattern.iter().flat_map(recurring::tell));
    Some(Json::object(told))
}

#[cfg(test)]
mod tests {
    use crate::fixture::house;
    use store::{Error, Role};

    #[tokio::test]
    async fn a_closure_that_never_comes_is_refused() {
        let house = house().await;
        let body = r#"{"of":"Location/r1","from":"2026-11-23T08:00","until":"2026-11-23T18:00","weekday":2,"hours":{"from":"12:00","until":"14:00"},"reason":"Staff"}"#;
        let (status, issue) = house.call("POST", "theatre/closures", body).await;
        assert_eq!((status, issue.as_str()), (422, Some("scheduling.closure-never")));
    }

    #[tokio::test]
    async fn whoever_closes_a_room_opens_it_again() {
        let house = house().await;
        let secretary = || house.hub.ctx(&[Role::Secretary]);
        let body =
            r#"{"of":"Location/r1","from":"2026-11-23T08:00","until":"2026-11-23T18:00","reason":"Panne"}"#;
        let made = house.hub.ask(&*house.service, secretary(), "POST", "theatre/closures", body).await;
        let path = format!("theatre/closures/{}", made.get_str("id").unwrap());
        assert_eq!(house.book(1, 1, "2026-11-23T09:00").await.0, 409);
        let done = house.hub.call(&*house.service, secretary(), "DELETE", &path, "").await;
        assert_eq!(done.unwrap().status, 204);
        let (_, list) = house.call("GET", "theatre/closures?from=2026-11-23&to=2026-11-24", "").await;
        assert_eq!(list.each("closures").count(), 0);
        assert_eq!(house.book(1, 1, "2026-11-23T09:00").await.0, 201);
        let again = house.hub.call(&*house.service, secretary(), "DELETE", &path, "").await;
        assert!(matches!(again, Err(Error::NotFound)));
    }
}
