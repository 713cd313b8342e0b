//! `GET surgeries/day?date=&facility=`: the day of the theatre, room by room, as planned, as it went and as it will be.

use super::project::{Projected, Slot, project};
use crate::case::element::{self, all, instant, name, parsed, side_of, text};
use crate::case::whole::Whole;
use crate::case::{schedule_part, tell, zone};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use jiff::civil::Date;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/day",
        summary: "The theatre's day, room by room",
        access: Access::SignedIn,
        handler: Arc::new(Day),
    }
}

struct Day;

/// The rooms of a site and what is done in them on a day.
pub(super) struct Theatre {
    /// `Location/…` and name.
    pub facilities: Vec<(String, String)>,
    pub rooms: Vec<Room>,
}

pub(super) struct Room {
    pub what: String,
    pub name: String,
    pub cases: Vec<(Whole, Projected)>,
}

impl Theatre {
    pub async fn read(cx: &RouteCtx, day: Date, facility: Option<&str>) -> Result<Theatre> {
        let now = cx.ctx.clock.now_ms();
        let (mut facilities, mut rooms) = (Vec::new(), Vec::new());
        let mut sites: HashMap<String, String> = HashMap::new();
        for found in all(cx, ResourceType::LOCATION, &[]).await? {
            let json = parsed(&found)?;
            let what = format!("Location/{}", found.id);
            let kinds = json.get("physicalType").into_iter().flat_map(|t| t.each("coding"));
            let kinds: Vec<&str> = kinds.filter_map(|c| c.get_str("code")).collect();
            if kinds.contains(&"si") {
                facilities.push((what, name(&json)));
            } else if kinds.contains(&"ro") {
                let site = json.get("partOf").and_then(|p| p.get_str("reference")).unwrap_or_default();
                sites.insert(what.clone(), site.to_string());
                rooms.push((what, name(&json)));
            }
        }
        if let Some(facility) = facility.filter(|f| !f.is_empty()) {
            rooms.retain(|(what, _)| sites.get(what).is_some_and(|site| site.ends_with(facility)));
        }
        rooms.sort_by(|a, b| a.1.cmp(&b.1));
        facilities.sort_by(|a, b| a.1.cmp(&b.1));
        let mut by_room: BTreeMap<String, Vec<Whole>> = BTreeMap::new();
        for case in cases(cx, day).await? {
            if let Some((room, _)) = case.room() {
                by_room.entry(room).or_default().push(case);
            }
        }
        let told = rooms.into_iter().map(|(what, name)| {
            let cases = by_room.remove(&what).unwrap_or_default();
            Room { cases: projected(cases, now), what, name }
        });
        Ok(Theatre { rooms: told.collect(), facilities })
    }
}

/// The cases that are booked on that day, by their hour.
async fn cases(cx: &RouteCtx, day: Date) -> Result<Vec<Whole>> {
    let (from, until) = (zone::midnight(day), zone::midnight(zone::plus(day, 1)));
    let query = [
        ("date", format!("ge{}", fhir::date::instant_format(from))),
        ("date", format!("lt{}", fhir::date::instant_format(until))),
        ("status", "booked,arrived,checked-in,fulfilled".to_string()),
    ];
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for found in all(cx, ResourceType::APPOINTMENT, &query).await? {
        let json = parsed(&found)?;
        let case = element::case_of(&json).and_then(|case| case.strip_prefix("ServiceRequest/"));
        ids.extend(case.map(str::to_string));
    }
    let mut cases = Vec::new();
    for some in ids.into_iter().collect::<Vec<_>>().chunks(element::CHUNK) {
        let query = [("_id", some.join(","))];
        let found = all(cx, ResourceType::SERVICE_REQUEST, &query).await?;
        cases.extend(schedule_part::rest(cx, &query, &found).await?);
        cases.extend(Whole::of_all(cx, found).await?);
    }
    // A case may have been moved to another day since.
    cases.retain(|case| case.planned().is_some_and(|(start, _)| (from..until).contains(&start)));
    cases.sort_by_key(|case| case.planned());
    Ok(cases)
}

fn projected(cases: Vec<Whole>, now: i64) -> Vec<(Whole, Projected)> {
    let slots: Vec<Slot> = cases
        .iter()
        .map(|case| {
            let (start, end) = case.planned().unwrap_or_default();
            let gone = case.status().is_gone();
            Slot { start, end, cleaning: case.cleaning(), marks: case.marks(), gone }
        })
        .collect();
    cases.into_iter().zip(project(&slots, now)).collect()
}

#[async_trait]
impl Handler for Day {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let today = zone::day_of(cx.ctx.clock.now_ms());
        let day = request.query("date").and_then(|d| d.parse().ok()).unwrap_or(today);
        let theatre = Theatre::read(&cx, day, request.query("facility")).await?;
        let patients = patients(&cx, &theatre).await?;
        let place = |what: &str, name: &str| Json::object([("ref", text(what)), ("name", text(name))]);
        let rooms = theatre.rooms.iter().map(|room| {
            let cases = room.cases.iter().map(|(case, projected)| told(case, *projected, &patients));
            let cases = Json::array(cases);
            Json::object([("ref", text(&room.what)), ("name", text(&room.name)), ("cases", cases)])
        });
        let told = Json::object([
            ("day", text(day.to_string())),
            ("now", instant(cx.ctx.clock.now_ms())),
            ("facilities", Json::array(theatre.facilities.iter().map(|(what, name)| place(what, name)))),
            ("rooms", Json::array(rooms)),
        ]);
        Ok(RouteReply::json(200, &told))
    }
}

fn told(case: &Whole, projected: Projected, patients: &HashMap<String, Json<'static>>) -> Json<'static> {
    let (start, end) = case.planned().unwrap_or_default();
    let setting = element::text_at(&case.json, element::SETTING).unwrap_or("inpatient");
    let side = side_of(&case.json);
    Json::object([
        ("id", text(&case.id)),
        ("number", text(case.number())),
        ("patient", patients.get(case.patient()).cloned().unwrap_or(Json::Null)),
        ("act", text(case.act())),
        ("side", element::maybe(side)),
        ("surgeon", tell::person(case.surgeon())),
        ("anaesthesia", text(case.anaesthesia())),
        ("setting", text(setting)),
        ("urgency", text(case.urgency())),
        ("status", text(case.status().as_str())),
        ("start", instant(start)),
        ("end", instant(end)),
        ("cleaning", Json::integer(case.cleaning())),
        ("projectedStart", instant(projected.start)),
        ("projectedEnd", instant(projected.end)),
        ("late", Json::integer(projected.late)),
        ("milestones", tell::marks(case)),
        ("gone", Json::Bool(case.status().is_gone())),
        ("checklist", crate::checklist::summary(case)),
    ])
}

/// The patients whom the caller may know, by id.
async fn patients(cx: &RouteCtx, theatre: &Theatre) -> Result<HashMap<String, Json<'static>>> {
    let cases = theatre.rooms.iter().flat_map(|room| &room.cases);
    let ids: BTreeSet<String> = cases.map(|(case, _)| case.patient().to_string()).collect();
    let mut out = HashMap::new();
    for some in ids.into_iter().collect::<Vec<_>>().chunks(element::CHUNK) {
        for found in all(cx, ResourceType::PATIENT, &[("_id", some.join(","))]).await? {
            let json = parsed(&found)?;
            let usual = json.each("name").find(|n| n.get_str("use") == Some("usual"));
            let of_name = usual.or_else(|| json.each("name").next());
            let family = of_name.and_then(|n| n.get_str("family")).unwrap_or_default().to_uppercase();
            let given = of_name.and_then(|n| n.each("given").find_map(Json::as_str)).unwrap_or_default();
            let initials: String = given.chars().take(1).chain(family.chars().take(1)).collect();
            let members = [
                ("id", text(&found.id)),
                ("name", text(format!("{family} {given}").trim())),
                ("birthDate", element::maybe(json.get_str("birthDate"))),
                ("initials", text(initials.to_uppercase())),
            ];
            out.insert(found.id, Json::object(members));
        }
    }
    Ok(out)
}
