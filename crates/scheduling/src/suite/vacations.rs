//! `theatre/blocks`: vacations are listed, made, changed, given back for a day, and taken over.

use super::blocks::is_released;
use super::change::same_version;
use super::who::{may_book, staff};
use super::wish::whole;
use crate::block::Block;
use crate::closure::{Pattern, Weeks, hour, written};
use crate::element::{instant, maybe, text};
use crate::index::{Index, Shelves};
use crate::zone;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType, Text};
use jiff::civil::Date;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

const WRONG: Text = Text {
    key: "scheduling.block-wrong",
    fr: "Une vacation a une salle en service, un titulaire (« Practitioner/… », « HealthcareService/… » ou « Organization/… »), un jour de 1 (lundi) à 7, et des heures « from » avant « until » (hh:mm).",
    en: "A vacation has a room in use, an owner (\"Practitioner/…\", \"HealthcareService/…\" or \"Organization/…\"), a weekday from 1 (Monday) to 7, and hours \"from\" before \"until\" (hh:mm).",
    de: "Eine OP-Zeit hat einen Saal in Betrieb, einen Inhaber („Practitioner/…“, „HealthcareService/…“ oder „Organization/…“), einen Wochentag von 1 (Montag) bis 7 und Stunden „from“ vor „until“ (hh:mm).",
};
const OVERLAPS: Text = Text {
    key: "scheduling.block-overlaps",
    fr: "Cette vacation en recouvre une autre de la même salle ({owner}, {from}–{until}). Changez les heures ou les semaines.",
    en: "This vacation overlaps another of the same room ({owner}, {from}–{until}). Change its hours or weeks.",
    de: "Diese OP-Zeit überschneidet sich mit einer anderen desselben Saals ({owner}, {from}–{until}). Ändern Sie Stunden oder Wochen.",
};
const NO_BLOCK: Text = Text {
    key: "scheduling.no-block",
    fr: "Cette vacation n'existe pas, ou n'a pas lieu ce jour-là.",
    en: "This vacation does not exist, or is not on that day.",
    de: "Diese OP-Zeit gibt es nicht, oder sie findet an diesem Tag nicht statt.",
};
const NOT_RELEASED: Text = Text {
    key: "scheduling.block-not-released",
    fr: "Cette vacation n'a pas été rendue : son titulaire doit d'abord la libérer.",
    en: "This vacation was not given back: its owner must release it first.",
    de: "Diese OP-Zeit wurde nicht zurückgegeben: Ihr Inhaber muss sie zuerst freigeben.",
};

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, path, summary, verb| Route {
        method,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Vacations { shelves: shelves.clone(), verb }),
    };
    vec![
        route(Method::Get, "theatre/blocks", "Vacations of the operating rooms", Verb::List),
        route(Method::Post, "theatre/blocks", "Makes a vacation", Verb::Make),
        route(Method::Put, "theatre/blocks/{id}", "Changes a vacation", Verb::Change),
        route(Method::Post, "theatre/blocks/{id}/release", "Gives a vacation back for a day", Verb::Release),
        route(Method::Post, "theatre/blocks/{id}/take", "Takes a vacation that was given back", Verb::Take),
    ]
}

#[derive(Clone, Copy)]
enum Verb {
    List,
    Make,
    Change,
    Release,
    Take,
}

struct Vacations {
    shelves: Arc<Shelves>,
    verb: Verb,
}

#[async_trait]
impl Handler for Vacations {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        match self.verb {
            Verb::List => self.list(&cx, &request).await,
            Verb::Make | Verb::Change => self.put(&cx, &request).await,
            Verb::Release => self.release(&cx, &request).await,
            Verb::Take => self.take(&cx, &request).await,
        }
    }
}

impl Vacations {
    async fn list(&self, cx: &RouteCtx, request: &RouteRequest) -> Result<RouteReply> {
        staff(cx).await?;
        let shelf = self.shelves.fresh(cx).await?;
        let told = shelf.read(|index| {
            let facility = request.query("facility").and_then(|f| index.facility(f));
            let here = |b: &&Block| {
                facility.as_ref().is_none_or(|f| index.room(&b.room).is_some_and(|r| &r.facility == f))
            };
            let mut all: Vec<&Block> = index.blocks.values().filter(|b| b.active).filter(here).collect();
            all.sort_by_key(|b| (index.name(&b.room), b.pattern.weekday, b.pattern.from, b.id.clone()));
            all.into_iter().map(|b| tell(index, b)).collect::<Vec<_>>()
        });
        Ok(RouteReply::json(200, &Json::object([("blocks", Json::Array(told))])))
    }

    async fn put(&self, cx: &RouteCtx, request: &RouteRequest) -> Result<RouteReply> {
        may_book(cx, None).await?;
        let mut form = Form::read(&request.body)?;
        let id = request.param("id");
        let version = whole(&mut form, "version", 1, i64::MAX);
        let shelf = self.shelves.fresh(cx).await?;
        let old = shelf.read(|index| index.blocks.get(id).cloned());
        if !id.is_empty() {
            same_version(version, old.as_ref().ok_or(Error::NotFound)?.version)?;
        }
        let mut block = shelf.read(|index| read(&mut form, index, old.as_ref()))?;
        form.finish()?;
        if id.is_empty() {
            block.id = cx.ctx.ids.uuid().to_string();
        }
        shelf.read(|index| apart(index, &block))?;
        let write = Write::Update {
            rt: ResourceType::SCHEDULE,
            id: block.id.clone(),
            body: shelf.read(|index| schedule(index, &block)),
            if_match: old.as_ref().map(|o| o.version),
            if_none_match: old.is_none(),
        };
        cx.tenant.commit(&cx.ctx, vec![write]).await?;
        let status = if old.is_none() { 201 } else { 200 };
        self.told(cx, status, &block.id).await
    }

    async fn told(&self, cx: &RouteCtx, status: u16, id: &str) -> Result<RouteReply> {
        let shelf = self.shelves.fresh(cx).await?;
        let told = shelf.read(|index| index.blocks.get(id).map(|b| tell(index, b)));
        Ok(RouteReply::json(status, &told.unwrap_or(Json::Null)))
    }

    /// The vacation and its hours on the day that the form names.
    async fn on_day(
        &self,
        cx: &RouteCtx,
        id: &str,
        form: &mut Form<'_>,
    ) -> Result<(Block, Date, (i64, i64))> {
        let day = form.required("day", 10);
        form.finish()?;
        let day = zone::day(&day, "day")?;
        let shelf = self.shelves.fresh(cx).await?;
        let block = shelf.read(|index| index.blocks.get(id).cloned());
        let block = block.ok_or_else(|| Error::refused(Code::NotFound, NO_BLOCK))?;
        let hours = block.on(day).ok_or_else(|| Error::refused(Code::NotFound, NO_BLOCK))?;
        Ok((block, day, hours))
    }

    async fn release(&self, cx: &RouteCtx, request: &RouteRequest) -> Result<RouteReply> {
        may_book(cx, None).await?;
        let mut form = Form::read(&request.body)?;
        let (block, _, (from, until)) = self.on_day(cx, request.param("id"), &mut form).await?;
        let slot = Json::object([
            ("resourceType", text("Slot")),
            ("schedule", Json::object([("reference", text(format!("Schedule/{}", block.id)))])),
            ("status", text("free")),
            ("start", instant(from)),
            ("end", instant(until)),
        ]);
        let body = Bytes::from(slot.to_vec());
        let write = Write::Create { rt: ResourceType::SLOT, id: None, body, if_none_exist: None };
        cx.tenant.commit(&cx.ctx, vec![write]).await?;
        self.told(cx, 200, &block.id).await
    }

    /// A vacation of that one day, of the new owner.
    async fn take(&self, cx: &RouteCtx, request: &RouteRequest) -> Result<RouteReply> {
        may_book(cx, None).await?;
        let mut form = Form::read(&request.body)?;
        let owner = form.required("owner", 100);
        let (block, day, _) = self.on_day(cx, request.param("id"), &mut form).await?;
        let now = cx.ctx.clock.now_ms();
        let shelf = self.shelves.fresh(cx).await?;
        if !shelf.read(|index| is_released(index, &block, day, now)) {
            return Err(Error::refused(Code::Conflict, NOT_RELEASED));
        }
        if !is_owner(&owner) {
            return Err(Issue::error(Code::Value, WRONG).at("owner").into());
        }
        let taken = Block {
            id: cx.ctx.ids.uuid().to_string(),
            version: 0,
            owner: Some(owner),
            owner_name: None,
            pattern: Pattern { release: 0, ..block.pattern },
            starts: Some(day),
            ends: Some(day),
            ..block
        };
        let body = shelf.read(|index| schedule(index, &taken));
        let (rt, id) = (ResourceType::SCHEDULE, taken.id.clone());
        let write = Write::Update { rt, id, body, if_match: None, if_none_match: true };
        cx.tenant.commit(&cx.ctx, vec![write]).await?;
        self.told(cx, 201, &taken.id).await
    }
}

fn is_owner(what: &str) -> bool {
    ["Practitioner/", "HealthcareService/", "Organization/"].iter().any(|rt| what.starts_with(rt))
}

/// What the form says; what it does not say stays.
fn read(form: &mut Form<'_>, index: &Index, old: Option<&Block>) -> Result<Block> {
    let wrong = |place: &'static str| Error::from(Issue::error(Code::Value, WRONG).at(place));
    let time = |said: Option<String>, old: Option<jiff::civil::Time>, place| match said {
        Some(said) => hour(&said).ok_or_else(|| wrong(place)),
        None => old.ok_or_else(|| wrong(place)),
    };
    let room = form.text("room", 100).or_else(|| old.map(|o| o.room.clone()));
    let room = room.filter(|r| index.room(r).is_some()).ok_or_else(|| wrong("room"))?;
    let owner = form.text("owner", 100).or_else(|| old.and_then(|o| o.owner.clone()));
    let owner = owner.filter(|o| is_owner(o)).ok_or_else(|| wrong("owner"))?;
    let weekday = whole(form, "weekday", 1, 7).or(old.map(|o| i64::from(o.pattern.weekday)));
    let from = time(form.text("from", 8), old.map(|o| o.pattern.from), "from")?;
    let until = time(form.text("until", 8), old.map(|o| o.pattern.until), "until")?;
    if from >= until {
        return Err(wrong("until"));
    }
    let weeks = form.choice("weeks", &[("all", Weeks::All), ("odd", Weeks::Odd), ("even", Weeks::Even)]);
    let release = whole(form, "release", 0, 365).or(old.map(|o| o.pattern.release)).unwrap_or(0);
    let mut day = |name: &'static str, old: Option<Date>| match form.text(name, 10) {
        Some(said) => zone::day(&said, name).map(Some).map_err(Error::from),
        None => Ok(old),
    };
    let (starts, ends) = (day("starts", old.and_then(|o| o.starts))?, day("ends", old.and_then(|o| o.ends))?);
    Ok(Block {
        id: old.map(|o| o.id.clone()).unwrap_or_default(),
        version: old.map_or(0, |o| o.version),
        room,
        owner: Some(owner),
        owner_name: None,
        pattern: Pattern {
            weekday: weekday.ok_or_else(|| wrong("weekday"))? as i8,
            from,
            until,
            weeks: weeks.or(old.map(|o| o.pattern.weeks)).unwrap_or(Weeks::All),
            release,
        },
        starts,
        ends,
        active: true,
    })
}

/// # Errors
/// For a vacation that overlaps another of its room.
fn apart(index: &Index, block: &Block) -> Result<()> {
    let same_weeks = |a: Weeks, b: Weeks| a == Weeks::All || b == Weeks::All || a == b;
    let meets = |other: &&Block| {
        let (a, b) = (&block.pattern, &other.pattern);
        let days = block.starts.is_none_or(|s| other.ends.is_none_or(|e| s <= e))
            && block.ends.is_none_or(|e| other.starts.is_none_or(|s| s <= e));
        other.id != block.id
            && other.active
            && other.room == block.room
            && a.weekday == b.weekday
            && same_weeks(a.weeks, b.weeks)
            && a.from < b.until
            && b.from < a.until
            && days
            // A vacation of one day stands in the place of the one that was given back.
            && (other.starts.is_none() || other.starts != other.ends)
    };
    match index.blocks.values().find(meets) {
        None => Ok(()),
        Some(other) => {
            let owner = other.owner.as_deref().map(|o| index.name(o)).unwrap_or_default();
            let issue = Issue::error(Code::Conflict, OVERLAPS).at("from").arg("owner", owner);
            let (from, until) = (written(other.pattern.from), written(other.pattern.until));
            Err(issue.arg("from", from).arg("until", until).into())
        }
    }
}

fn schedule(index: &Index, block: &Block) -> Bytes {
    let named = |what: &str| Json::object([("reference", text(what)), ("display", text(index.name(what)))]);
    let mut members = vec![
        ("resourceType", text("Schedule")),
        ("id", text(&block.id)),
        ("extension", Json::array([block.pattern.json()])),
        ("active", Json::Bool(block.active)),
        ("serviceType", Json::array([Json::object([("text", text("Vacation opératoire"))])])),
        (
            "actor",
            Json::Array(
                [Some(&block.room), block.owner.as_ref()].into_iter().flatten().map(|w| named(w)).collect(),
            ),
        ),
    ];
    let days = [("start", block.starts), ("end", block.ends)];
    let horizon: Vec<_> = days.into_iter().filter_map(|(n, d)| Some((n, text(d?.to_string())))).collect();
    if !horizon.is_empty() {
        members.push(("planningHorizon", Json::object(horizon)));
    }
    Bytes::from(Json::object(members).to_vec())
}

fn tell(index: &Index, block: &Block) -> Json<'static> {
    let day = |d: Option<Date>| d.map_or(Json::Null, |d| text(d.to_string()));
    let owner = block.owner.as_deref();
    let name = block.owner_name.clone().or_else(|| owner.map(|o| index.name(o)));
    Json::object([
        ("id", text(&block.id)),
        ("version", Json::integer(block.version as i64)),
        ("room", text(&block.room)),
        ("roomName", text(index.name(&block.room))),
        ("owner", maybe(owner)),
        ("ownerName", maybe(name)),
        ("weekday", Json::integer(i64::from(block.pattern.weekday))),
        ("from", text(written(block.pattern.from))),
        ("until", text(written(block.pattern.until))),
        ("weeks", text(block.pattern.weeks.as_str())),
        ("release", Json::integer(block.pattern.release)),
        ("starts", day(block.starts)),
        ("ends", day(block.ends)),
    ])
}
