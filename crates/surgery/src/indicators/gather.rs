//! The facts of a period, from the record: operations from their Procedures, plans from their Appointments, vacations
//! from their Schedules.

use super::asked::Asked;
use super::facts::{Facts, Operation, Stopped, Vacation};
use super::weekly::{Span, Weekly, without};
use crate::case::element::{self, SNOMED, SURGERY, all, case_of, label, ms, name, parsed, text_at};
use crate::case::{whole, zone};
use crate::milestone::{self, Code};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::collections::{HashMap, HashSet};
use store::{Ctx, Result};

/// Nobody cleans a room longer; a later tap was forgotten.
const CLEANING_MAX: i64 = 90 * 60_000;
/// When a booking was taken off the plan.
const CANCELLED_AT: &str = "urn:medhub:booking:cancelled-at";

/// What the plan said of a case.
struct Plan {
    case: String,
    number: Option<String>,
    act: String,
    room: Option<String>,
    surgeon: Option<String>,
    start: i64,
    counts: bool,
    /// When it was taken off the plan.
    stopped: Option<i64>,
}

/// # Errors
/// The store's.
pub(super) async fn gather(cx: &RouteCtx, asked: &Asked) -> Result<Facts> {
    let ctx = Ctx {
        clock: cx.ctx.clock.clone(),
        ids: cx.ctx.ids.clone(),
        request: cx.ctx.request,
        ..Ctx::system("surgery.indicators")
    };
    let cx = RouteCtx { ctx, ..cx.clone() };
    let mut facts = Facts::default();
    let sites = places(&cx, &mut facts).await?;
    people(&cx, &mut facts).await?;
    let ours = |room: &str| match &asked.facility {
        None => true,
        Some(site) => sites.get(room).is_some_and(|of| of.ends_with(site.as_str())),
    };
    let plans = plans(&cx, asked).await?;
    facts.operations = operations(&cx, asked, &plans).await?;
    facts.operations.retain(|one| ours(&one.room));
    facts.operations.sort_by(|a, b| (&a.room, a.start, &a.case).cmp(&(&b.room, b.start, &b.case)));
    facts.stopped = stopped(&plans, &facts.operations);
    facts.stopped.retain(|one| ours(&one.room));
    facts.vacations = vacations(&cx, asked, &sites).await?;
    facts.vacations.retain(|one| ours(&one.room));
    Ok(facts)
}

/// Names of the rooms; the site of each.
async fn places(cx: &RouteCtx, facts: &mut Facts) -> Result<HashMap<String, String>> {
    let mut sites = HashMap::new();
    for found in all(cx, ResourceType::LOCATION, &[]).await? {
        let json = parsed(&found)?;
        let what = format!("Location/{}", found.id);
        let site = json.get("partOf").and_then(|p| p.get_str("reference")).unwrap_or_default();
        sites.insert(what.clone(), site.to_string());
        facts.names.insert(what, name(&json));
    }
    Ok(sites)
}

async fn people(cx: &RouteCtx, facts: &mut Facts) -> Result<()> {
    for found in all(cx, ResourceType::PRACTITIONER, &[]).await? {
        facts.names.insert(format!("Practitioner/{}", found.id), name(&parsed(&found)?));
    }
    for found in all(cx, ResourceType::PRACTITIONER_ROLE, &[]).await? {
        let json = parsed(&found)?;
        let who = json.get("practitioner").and_then(|p| p.get_str("reference"));
        if let (Some(who), Some(specialty)) = (who, json.each("specialty").find_map(label)) {
            facts.specialties.entry(who.to_string()).or_insert(specialty);
        }
    }
    Ok(())
}

fn within((from, until): Span) -> [(&'static str, String); 2] {
    [
        ("date", format!("ge{}", fhir::date::instant_format(from))),
        ("date", format!("lt{}", fhir::date::instant_format(until))),
    ]
}

async fn plans(cx: &RouteCtx, asked: &Asked) -> Result<Vec<Plan>> {
    let mut query = within(asked.span()).to_vec();
    query.push(("service-category", "urn:medhub:appointment-kind|theatre".to_string()));
    let mut plans = Vec::new();
    for found in all(cx, ResourceType::APPOINTMENT, &query).await? {
        plans.extend(plan(&parsed(&found)?));
    }
    plans.sort_by_key(|plan| (plan.counts, plan.start));
    Ok(plans)
}

fn plan(json: &Json<'_>) -> Option<Plan> {
    let status = json.get_str("status")?;
    let counts = matches!(status, "booked" | "arrived" | "checked-in" | "fulfilled");
    let start = json.get_str("start").and_then(ms)?;
    // A hold that lapsed and a booking that was undone say no moment: they were never on the plan of that day.
    let stopped = match status {
        "cancelled" => text_at(json, CANCELLED_AT).and_then(ms),
        "noshow" => Some(start),
        _ => None,
    };
    Some(Plan {
        case: case_of(json)?.strip_prefix("ServiceRequest/")?.to_string(),
        number: json.each("identifier").find_map(|i| i.get_str("value")).map(str::to_string),
        act: json.each("serviceType").find_map(label).unwrap_or_default(),
        room: whole::room_of(json).map(|(room, _)| room),
        surgeon: whole::team_of(json).into_iter().find(|m| m.role == "surgeon").map(|m| m.what),
        start,
        counts,
        stopped,
    })
}

async fn operations(cx: &RouteCtx, asked: &Asked, plans: &[Plan]) -> Result<Vec<Operation>> {
    // Of several plans of a case the last one counts.
    let by_case: HashMap<&str, &Plan> = plans.iter().map(|plan| (plan.case.as_str(), plan)).collect();
    let now = cx.ctx.clock.now_ms();
    let (from, until) = asked.span();
    let mut query = within((from, until)).to_vec();
    query.push(("category", format!("{SNOMED}|{SURGERY}")));
    query.push(("status", "completed,in-progress".to_string()));
    let mut out = Vec::new();
    for found in all(cx, ResourceType::PROCEDURE, &query).await? {
        let json = parsed(&found)?;
        let case = case_of(&json).and_then(|case| case.strip_prefix("ServiceRequest/"));
        let Some(case) = case else { continue };
        let one = operation(&json, case, by_case.get(case).copied(), now);
        out.extend(one.filter(|one| (from..until).contains(&one.start)));
    }
    Ok(out)
}

fn operation(json: &Json<'_>, case: &str, plan: Option<&Plan>, now: i64) -> Option<Operation> {
    let marks = milestone::read(json);
    let time = |code| milestone::time_of(&marks, code);
    let period = |name: &str| json.get("performedPeriod").and_then(|p| p.get_str(name)).and_then(ms);
    let start = time(Code::In).or_else(|| period("start"))?;
    // Whoever is inside now uses the room until now.
    let end = time(Code::Out).or_else(|| period("end")).unwrap_or(now).max(start);
    let clean = time(Code::Cleaned).filter(|at| (end..=end + CLEANING_MAX).contains(at)).unwrap_or(end);
    let reference = |json: &Json<'_>| json.get_str("reference").map(str::to_string);
    let planned_room = plan.and_then(|plan| plan.room.clone());
    let performer = || json.each("performer").next().and_then(|p| p.get("actor")).and_then(reference);
    let plan_number = plan.and_then(|plan| plan.number.clone());
    Some(Operation {
        case: case.to_string(),
        number: plan_number.unwrap_or_else(|| case.chars().take(8).collect()),
        act: json.get("code").and_then(label).unwrap_or_default(),
        room: json.get("location").and_then(reference).or(planned_room)?,
        surgeon: plan.and_then(|plan| plan.surgeon.clone()).or_else(performer),
        planned: plan.filter(|plan| plan.counts).map(|plan| plan.start),
        start,
        end,
        clean,
    })
}

/// What was taken off the plan on its day or afterwards, and not done on that day all the same.
fn stopped(plans: &[Plan], operations: &[Operation]) -> Vec<Stopped> {
    let done = operations.iter().map(|one| (one.case.as_str(), zone::day_of(one.start)));
    let mut known: HashSet<(&str, jiff::civil::Date)> = done.collect();
    let kept = plans.iter().filter(|plan| plan.counts);
    known.extend(kept.map(|plan| (plan.case.as_str(), zone::day_of(plan.start))));
    let mut out = Vec::new();
    for plan in plans {
        let day = zone::day_of(plan.start);
        let on_the_day = plan.stopped.is_some_and(|at| zone::day_of(at) >= day);
        let Some(room) = plan.room.clone().filter(|_| on_the_day) else { continue };
        if known.insert((&plan.case, day)) {
            out.push(Stopped {
                case: plan.case.clone(),
                number: plan.number.clone().unwrap_or_else(|| plan.case.chars().take(8).collect()),
                act: plan.act.clone(),
                room,
                surgeon: plan.surgeon.clone(),
                planned: plan.start,
            });
        }
    }
    out
}

/// When something is shut, by the Schedule it stands on; what was given back, too.
struct Away {
    schedule: String,
    given_back: bool,
    span: Span,
    weekly: Option<Weekly>,
}

async fn aways(cx: &RouteCtx, until: i64) -> Result<Vec<Away>> {
    let query = [
        ("status", "busy-unavailable,free".to_string()),
        ("start", format!("lt{}", fhir::date::instant_format(until))),
    ];
    let mut out = Vec::new();
    for found in all(cx, ResourceType::SLOT, &query).await? {
        let json = parsed(&found)?;
        let schedule = json.get("schedule").and_then(|s| s.get_str("reference"));
        let at = |name: &str| json.get_str(name).and_then(ms);
        if let (Some(schedule), Some(start), Some(end)) = (schedule, at("start"), at("end")) {
            out.push(Away {
                schedule: schedule.to_string(),
                given_back: json.get_str("status") == Some("free"),
                span: (start, end),
                weekly: Weekly::of(&json),
            });
        }
    }
    Ok(out)
}

/// The vacations that began by now, without what was shut or given back, none over another.
async fn vacations(cx: &RouteCtx, asked: &Asked, sites: &HashMap<String, String>) -> Result<Vec<Vacation>> {
    let (_, until) = asked.span();
    let until = until.min(cx.ctx.clock.now_ms());
    let aways = aways(cx, until).await?;
    let mut grid = Vec::new();
    let mut about: HashMap<String, Vec<String>> = HashMap::new();
    for found in all(cx, ResourceType::SCHEDULE, &[]).await? {
        let json = parsed(&found)?;
        let actors = json.each("actor").filter_map(|a| a.get_str("reference")).map(str::to_string);
        let what = format!("Schedule/{}", found.id);
        about.insert(what.clone(), actors.collect());
        if let Some(weekly) = Weekly::of(&json) {
            grid.push((what, weekly, json));
        }
    }
    // A vacation of one day takes its hours from the one that returns every week.
    grid.sort_by_key(|(what, _, json)| (horizon(json).1 != horizon(json).0, what.clone()));
    let mut out: Vec<Vacation> = Vec::new();
    for (what, weekly, json) in &grid {
        let actors = about.get(what).into_iter().flatten();
        let Some(room) = actors.clone().find(|a| a.starts_with("Location/")) else { continue };
        let owner = actors.clone().find(|a| !a.starts_with("Location/"));
        let site = sites.get(room);
        let shuts = |away: &Away| match away.given_back {
            true => away.schedule == *what,
            // A vacation's own Schedule names its room: what is shut stands on Schedules without hours.
            false => {
                about.get(&away.schedule).is_some_and(|of| of.iter().any(|a| a == room || Some(a) == site))
            }
        };
        let shut: Vec<&Away> = aways.iter().filter(|away| shuts(away)).collect();
        for (day, hours) in days(asked, weekly, horizon(json)) {
            let mut left = if hours.0 < until { vec![hours] } else { Vec::new() };
            for away in &shut {
                let span = away.weekly.as_ref().map_or(Some(away.span), |weekly| weekly.on(day));
                left = span.map_or_else(|| left.clone(), |span| without(left.clone(), span));
            }
            for other in out.iter().filter(|v| v.room == *room) {
                left = without(left, (other.from, other.until));
            }
            let of = |(from, until)| Vacation { room: room.clone(), owner: owner.cloned(), from, until };
            out.extend(left.into_iter().map(of));
        }
    }
    Ok(out)
}

type Days = (Option<jiff::civil::Date>, Option<jiff::civil::Date>);

fn horizon(json: &Json<'_>) -> Days {
    let horizon = json.get("planningHorizon");
    let day = |name: &str| {
        horizon.and_then(|h| h.get_str(name)).and_then(|t| t.get(..10)).and_then(|t| t.parse().ok())
    };
    (day("start"), day("end"))
}

fn days(asked: &Asked, weekly: &Weekly, (starts, ends): Days) -> Vec<(jiff::civil::Date, Span)> {
    let mut out = Vec::new();
    let mut day = asked.from.max(starts.unwrap_or(asked.from));
    let last = asked.to.min(ends.unwrap_or(asked.to));
    while day <= last {
        out.extend(weekly.on(day).map(|span| (day, span)));
        let next = zone::plus(day, 1);
        if next == day {
            break;
        }
        day = next;
    }
    out
}

/// A number of a case, or the beginning of its id; never a name.
pub(super) fn shown(facts: &Facts, reference: &str) -> String {
    facts
        .names
        .get(reference)
        .filter(|name| !name.is_empty())
        .cloned()
        .unwrap_or_else(|| reference.to_string())
}

/// The cases that the caller may open, of these.
///
/// # Errors
/// The store's.
pub(super) async fn openable(cx: &RouteCtx, ids: &[String]) -> Result<HashSet<String>> {
    let mut out = HashSet::new();
    for some in ids.chunks(element::CHUNK) {
        let found = all(cx, ResourceType::SERVICE_REQUEST, &[("_id", some.join(","))]).await?;
        out.extend(found.into_iter().map(|one| one.id));
    }
    Ok(out)
}
