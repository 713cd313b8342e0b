//! `GET surgeries/indicators/cases?…&indicator=&key=`: the cases behind one figure of one group, the newest first, as
//! far as the caller may open them.

use super::asked::{Asked, staff, unknown};
use super::facts::Facts;
use super::figures::Measures;
use super::gather::{gather, openable, shown};
use super::get::number;
use super::kinds::KINDS;
use super::measure::Measured;
use crate::case::element::{maybe, text};
use crate::case::zone;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

/// More are not looked through one by one.
const TOLD_MAX: usize = 500;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/indicators/cases",
        summary: "The cases behind a figure of the theatre",
        access: Access::SignedIn,
        handler: Arc::new(Cases),
    }
}

struct Cases;

struct Counted {
    case: String,
    number: String,
    act: String,
    room: String,
    surgeon: Option<String>,
    at: i64,
    value: Option<f64>,
}

/// What an operation adds to a figure; nothing when it is not behind it.
fn part(code: &str, one: &Measured, tolerance: i64) -> Option<f64> {
    let some = |minutes: i64| (minutes > 0).then_some(minutes as f64);
    match code {
        "tros" => Some(one.used as f64),
        "tvo" | "trov" | "occupation" => some(one.inside),
        "debordement" => some(one.over),
        "outside" => some(one.outside),
        "late-start" => one.late.map(|late| late as f64),
        "first-on-time" => one.late.map(|late| if late <= tolerance { 100.0 } else { 0.0 }),
        "inter-case" => one.gap.map(|gap| gap as f64),
        _ => None,
    }
}

fn counted(facts: &Facts, asked: &Asked, code: &str, key: &str) -> Vec<Counted> {
    let measures = Measures::new(facts, asked.tolerance);
    let wanted = |group: String| key.is_empty() || group == key;
    let operations = facts.operations.iter().zip(&measures.each);
    let operations = operations.filter(|(one, _)| wanted(facts.of_operation(asked.by, one)));
    let mut out: Vec<Counted> = operations
        .filter_map(|(one, measured)| {
            let value = Some(part(code, measured, asked.tolerance)?);
            let (case, number, act) = (one.case.clone(), one.number.clone(), one.act.clone());
            Some(Counted {
                case,
                number,
                act,
                room: one.room.clone(),
                surgeon: one.surgeon.clone(),
                at: one.start,
                value,
            })
        })
        .collect();
    if code == "cancelled" {
        let stopped = facts.stopped.iter().filter(|one| wanted(facts.of_stopped(asked.by, one)));
        out.extend(stopped.map(|one| Counted {
            case: one.case.clone(),
            number: one.number.clone(),
            act: one.act.clone(),
            room: one.room.clone(),
            surgeon: one.surgeon.clone(),
            at: one.planned,
            value: None,
        }));
    }
    out.sort_by(|a, b| (b.at, &a.case).cmp(&(a.at, &b.case)));
    out.truncate(TOLD_MAX);
    out
}

#[async_trait]
impl Handler for Cases {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let asked = Asked::read(&request, cx.ctx.clock.now_ms())?;
        let code = request.query("indicator").unwrap_or_default();
        if !KINDS.iter().any(|kind| kind.code == code) {
            return Err(unknown("indicator", &KINDS.map(|kind| kind.code).join(", ")).into());
        }
        let facts = gather(&cx, &asked).await?;
        let mut found = counted(&facts, &asked, code, request.query("key").unwrap_or_default());
        let ids: Vec<String> = found.iter().map(|one| one.case.clone()).collect();
        let openable = openable(&cx, &ids).await?;
        found.retain(|one| openable.contains(&one.case));
        let told = found.iter().map(|one| {
            Json::object([
                ("id", text(&one.case)),
                ("number", text(&one.number)),
                ("act", text(&one.act)),
                ("day", text(zone::day_of(one.at).to_string())),
                ("room", text(shown(&facts, &one.room))),
                ("surgeon", maybe(one.surgeon.as_ref().map(|who| shown(&facts, who)))),
                ("value", number(one.value)),
            ])
        });
        Ok(RouteReply::json(200, &Json::object([("cases", Json::array(told))])))
    }
}
